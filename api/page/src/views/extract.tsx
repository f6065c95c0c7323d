import { useState } from "preact/hooks";
import { view } from "../addresses";
import { csv, gexf, save } from "../files";
import { Failure, Nothing } from "../loading";
import { MarkedText } from "../marked";
import { Heading } from "../parts";
import { post } from "../server";
import type { Extracted, Happening } from "../types";
import { many, words } from "../words";

const EXAMPLE =
  "Indian Defence Minister Manohar Parrikar and his French counterpart, Jean-Yves Le Drian, signed the agreement " +
  "on 36 Rafale fighters in New Delhi on 23 September 2016.";

/** Paste a text, see what is read out of it: `#/extract`. Nothing is stored. */
export default function ExtractView() {
  const [read, setRead] = useState<{ text: string; found: Extracted } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const send = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const [title, day, body] = ["title", "date", "text"].map((name) => String(form.get(name) ?? "").trim());
    const text = (body ?? "").replace(/\r\n?/g, "\n");
    setBusy(true);
    setError(null);
    try {
      const found = await post<Extracted>("extract", { title: title || null, date: day || null, text });
      setRead({ text: title ? `${title}\n\n${text}` : text, found });
    } catch (failed) {
      setRead(null);
      setError(failed);
    }
    setBusy(false);
  };

  return (
    <>
      <Heading kind="Try it" title="Read a text">
        Read a text
      </Heading>
      <p class="lead">Paste an article in English and see which events are read out of it. Nothing is stored.</p>
      <form class="paste" onSubmit={send}>
        <div class="controls">
          <label class="wide">
            Headline (if it has one)
            <input name="title" maxLength={500} />
          </label>
          <label>
            Day of publication
            <input name="date" type="date" />
          </label>
        </div>
        <label>
          Text
          <textarea name="text" rows={8} required maxLength={50_000} placeholder={EXAMPLE} />
        </label>
        <p class="controls">
          <button type="submit" class="main" disabled={busy}>
            {busy ? "Reading …" : "Read it"}
          </button>
          <button
            type="button"
            onClick={(event) => {
              const field = event.currentTarget.form?.elements.namedItem("text");
              if (field instanceof HTMLTextAreaElement) field.value = EXAMPLE;
            }}
          >
            Take an example
          </button>
        </p>
      </form>
      {busy && (
        <p class="waiting" role="status">
          Reading; the first text takes some seconds longer …
        </p>
      )}
      {error !== null && <Failure error={error} />}
      {read && !busy && <Result text={read.text} events={read.found.events} key={read.found.id} />}
    </>
  );
}

function Result(props: { text: string; events: Happening[] }) {
  const { events } = props;
  if (events.length === 0) {
    return (
      <Nothing>No event was found. Sentences that say who signed, met, sold, visited or trained are read best.</Nothing>
    );
  }
  const told = events
    .map((event) => ({ event, sentences: event.sentences }))
    .sort((one, other) => (one.sentences[0]?.start ?? 0) - (other.sentences[0]?.start ?? 0));
  return (
    <>
      <p role="status">{many(events.length, "event")}</p>
      <nav class="forms" aria-label="This in other forms">
        <button type="button" onClick={() => save("extracted.gexf", "application/gexf+xml", gexf(drawn(events)))}>
          GEXF
        </button>
        <button type="button" onClick={() => save("extracted.csv", "text/csv", csv(rows(events)))}>
          CSV
        </button>
        <button
          type="button"
          onClick={() => save("extracted.json", "application/json", JSON.stringify(events, null, 2))}
        >
          JSON
        </button>
        <a class="button" href={view("query")}>
          Query
        </a>
      </nav>
      <MarkedText text={props.text} told={told} />
    </>
  );
}

function rows(events: Happening[]): string[][] {
  const head = ["type", "label", "status", "when", "place", "role", "actor", "confidence", "sentence"];
  return [
    head,
    ...events.flatMap((event) =>
      event.parts.map((part) => [
        event.type,
        event.label,
        event.status,
        event.when ?? "",
        event.place?.label ?? "",
        part.role,
        part.actor.id,
        String(event.confidence),
        event.sentences[0]?.exact ?? "",
      ]),
    ),
  ];
}

/** Events and their actors as nodes, roles as edges. */
function drawn(events: Happening[]) {
  const actors = new Map(events.flatMap((event) => event.parts.map((part) => [part.actor.id, part.actor.label])));
  return {
    nodes: [
      ...[...actors].map(([id, label]) => ({ id, label })),
      ...events.map((event) => ({ id: event.id, label: `${words(event.type)}: ${event.label}` })),
    ],
    edges: events.flatMap((event) =>
      event.parts.map((part) => ({ source: part.actor.id, target: event.id, label: part.role })),
    ),
  };
}
