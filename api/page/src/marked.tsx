/** A text with the sentences marked that something was read out of, and what that was beside it. */

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Correction } from "./curation";
import { Confidence, EntityLink, TypeTag } from "./parts";
import { viewOf } from "./addresses";
import type { Happening, Telling } from "./types";
import { date, words } from "./words";

/** A stretch of the text, and the places in `told` of the events that it shows. */
interface Stretch {
  text: string;
  shows: number[];
  /** Events whose sentence ends here. */
  ends: number[];
}

/** The text cut where sentences begin and end; offsets count code points. */
function stretches(text: string, told: Telling[]): Stretch[] {
  const points = Array.from(text);
  const spans = told.flatMap((telling, shown) => telling.sentences.map(({ start, end }) => ({ start, end, shown })));
  const cuts = [...new Set([0, points.length, ...spans.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut <= points.length)
    .sort((one, other) => one - other);
  return cuts.slice(0, -1).map((from, place) => {
    const to = cuts[place + 1] ?? points.length;
    const over = spans.filter(({ start, end }) => start <= from && to <= end);
    return {
      text: points.slice(from, to).join(""),
      shows: [...new Set(over.map(({ shown }) => shown))],
      ends: [...new Set(over.filter(({ end }) => end === to).map(({ shown }) => shown))],
    };
  });
}

export function MarkedText(props: { text: string; told: Telling[]; chosen?: string | null; curated?: boolean }) {
  const { told } = props;
  const [active, setActive] = useState(() => told.findIndex((telling) => telling.event.id === props.chosen));
  const [wrong, setWrong] = useState<Happening | null>(null);
  const pieces = useMemo(() => stretches(props.text, told), [props.text, told]);
  const text = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);

  const showSentence = (place: number) => {
    setActive(place);
    text.current?.querySelector(`[data-shows~="${place}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  const showEvent = (place: number) => {
    setActive(place);
    list.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  };
  useEffect(() => {
    if (active >= 0) showSentence(active);
  }, []);

  return (
    <div class="columns reading">
      <section aria-labelledby="text">
        <h2 id="text">Text</h2>
        <div class="text" ref={text}>
          {pieces.map((piece, place) =>
            piece.shows.length === 0 ? (
              piece.text
            ) : (
              <Marked key={place} piece={piece} told={told} active={active} choose={showEvent} />
            ),
          )}
        </div>
      </section>
      <section aria-labelledby="told">
        <h2 id="told">What was read out of it</h2>
        <ol class="told" ref={list}>
          {told.map(({ event, sentences }, place) => (
            <li key={event.id} data-place={place} tabIndex={-1} class={place === active ? "active" : undefined}>
              <p class="line">
                <TypeTag type={event.type} />
                {props.curated ? <a href={viewOf(event.id)}>{event.label}</a> : <strong>{event.label}</strong>}
              </p>
              <Summary event={event} linked={props.curated} />
              <p class="aside">
                <Confidence of={event.confidence} /> · rule {rules(sentences.map((sentence) => sentence.extractor))}
              </p>
              <p class="controls">
                <button type="button" onClick={() => showSentence(place)}>
                  Show the sentence
                </button>
                {props.curated && (
                  <button type="button" onClick={() => setWrong(event)} aria-label={`Wrong? ${event.label}`}>
                    Wrong?
                  </button>
                )}
              </p>
            </li>
          ))}
        </ol>
      </section>
      {wrong && <Correction event={wrong} close={() => setWrong(null)} />}
    </div>
  );
}

function Marked(props: { piece: Stretch; told: Telling[]; active: number; choose: (place: number) => void }) {
  const { piece, told } = props;
  const type = told[piece.shows[0] ?? 0]?.event.type;
  const active = piece.shows.includes(props.active) ? " active" : "";
  return (
    <>
      <mark class={`type-${type}${active}`} data-shows={piece.shows.join(" ")}>
        {piece.text}
      </mark>
      {piece.ends.map((place) => (
        <button
          type="button"
          class="note"
          key={place}
          aria-label={`Event ${place + 1}: ${told[place]?.event.label}`}
          onClick={() => props.choose(place)}
        >
          {place + 1}
        </button>
      ))}
    </>
  );
}

function Summary(props: { event: Happening; linked?: boolean }) {
  const { event } = props;
  const rest = [
    date(event.when),
    event.place?.label,
    event.status === "Actual" ? "" : event.status.toLowerCase(),
    event.stage,
  ];
  return (
    <p>
      {event.parts.map((part, place): ComponentChildren => (
        <>
          {place > 0 && ", "}
          {props.linked ? <EntityLink node={part.actor} /> : part.actor.label}{" "}
          <span class="aside">{words(part.role)}</span>
        </>
      ))}
      {event.goods.length > 0 && `; ${event.goods.map((goods) => goods.equipment.label).join(", ")}`}
      {rest.some(Boolean) && <span class="aside"> · {rest.filter(Boolean).join(" · ")}</span>}
    </p>
  );
}

function rules(extractors: string[]): ComponentChildren {
  return [...new Set(extractors)].map((rule, place) => (
    <>
      {place > 0 && ", "}
      <code>{rule}</code>
    </>
  ));
}
