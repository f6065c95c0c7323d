import { useState } from "preact/hooks";
import { answer, describing, segment, view, viewOf } from "../addresses";
import { Correction } from "../curation";
import { Loaded, useAnswer } from "../loading";
import { Confidence, EntityLink, Fact, Forms, Heading, Outside, Roles, Source, TypeTag } from "../parts";
import type { Disagreement, Goods, Happening, Sentence } from "../types";
import { articleName, date, many, span } from "../words";

/** All that is known of an event: `#/event/event:agreement-0123456789ab`. */
export default function EventView(props: { id: string }) {
  const event = useAnswer<Happening>(`events/${segment(props.id)}`);
  return (
    <Loaded of={event} what="the event" whole>
      {(found) => <Told event={found} />}
    </Loaded>
  );
}

function Told(props: { event: Happening }) {
  const { event } = props;
  const sentences = [...Map.groupBy(event.sentences, place).values()];
  const [correcting, setCorrecting] = useState(false);
  return (
    <article>
      <Heading kind="Event" title={event.label}>
        {event.label}
      </Heading>
      <div class="bar-of">
        <Forms
          gexf={around(event)}
          csv={answer("events.csv", around(event))}
          node={event.id}
          query={describing(event.iri)}
        />
        <button type="button" onClick={() => setCorrecting(true)}>
          Something is wrong …
        </button>
      </div>
      {correcting && <Correction event={event} close={() => setCorrecting(false)} />}
      <div class="columns">
        <section aria-labelledby="facts">
          <h2 id="facts">Facts</h2>
          <Facts event={event} />
        </section>
        <section aria-labelledby="roles">
          <h2 id="roles">Who takes part</h2>
          <Roles parts={event.parts} />
          {event.goods.length > 0 && <Items goods={event.goods} />}
        </section>
      </div>
      {event.disagreements.length > 0 && <Differences of={event.disagreements} />}
      <section aria-labelledby="sources">
        <h2 id="sources">What the sources say</h2>
        <p class="aside">
          {many(sentences.length, "sentence")} of {many(event.sources, "article")}
        </p>
        <ol class="sentences">
          {sentences.map(
            (found) => found[0] && <Quoted found={found} sentence={found[0]} event={event.id} key={place(found[0])} />,
          )}
        </ol>
      </section>
    </article>
  );
}

function place(sentence: Sentence): string {
  return `${sentence.article} ${sentence.start} ${sentence.end}`;
}

/** A sentence with all the rules that found the event in it. */
function Quoted(props: { found: Sentence[]; sentence: Sentence; event: string }) {
  const { found, sentence } = props;
  return (
    <li>
      <blockquote>{sentence.exact}</blockquote>
      <p class="aside">
        <Source sentence={sentence} event={props.event} /> · found by{" "}
        {found.map(({ extractor, confidence }, at) => (
          <>
            {at > 0 && ", "}
            rule <code>{extractor}</code> (<Confidence of={confidence} />)
          </>
        ))}
        {sentence.url && (
          <>
            {" · "}
            <Outside to={sentence.url}>original</Outside>
          </>
        )}
      </p>
    </li>
  );
}

function Facts(props: { event: Happening }) {
  const { event } = props;
  const bounds = event.earliest && event.earliest !== event.when ? span(event.earliest, event.latest) : "";
  return (
    <dl class="facts">
      <Fact name="Type">
        <TypeTag type={event.type} />
      </Fact>
      <Fact name="Status">{event.status.toLowerCase()}</Fact>
      <Fact name="When">
        {date(event.when) || "not said"}
        {bounds && bounds !== date(event.when) && <span class="aside"> ({bounds})</span>}
      </Fact>
      <Fact name="Where">{event.place && <EntityLink node={event.place} />}</Fact>
      <Fact name="Name">{event.name}</Fact>
      <Fact name="Stage">{event.stage}</Fact>
      <Fact name="Confidence">
        <Confidence of={event.confidence} />
      </Fact>
      <Fact name="During">
        {event.during && <a href={viewOf(event.during)}>the meeting or visit that it was part of</a>}
      </Fact>
      <Fact name="Id">
        <code>{event.id}</code>
      </Fact>
    </dl>
  );
}

function Items(props: { goods: Goods[] }) {
  return (
    <>
      <h3>Goods</h3>
      <ul>
        {props.goods.map((goods, place) => (
          <li key={place}>
            {goods.quantity !== null && `${goods.quantity.toLocaleString("en")} × `}
            <EntityLink node={goods.equipment} />
            {(goods.value_text ?? goods.amount) && `, ${goods.value_text ?? `${goods.currency ?? ""} ${goods.amount}`}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Differences(props: { of: Disagreement[] }) {
  return (
    <section aria-labelledby="differences" class="differences">
      <h2 id="differences">Where the sources differ</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">On</th>
              <th scope="col">One says</th>
              <th scope="col">In</th>
            </tr>
          </thead>
          <tbody>
            {props.of.flatMap((one) =>
              one.versions.map((version, place) => (
                <tr key={one.property + (one.about?.id ?? "") + version.value}>
                  {place === 0 && (
                    <th scope="rowgroup" rowSpan={one.versions.length}>
                      {one.property}
                      {one.about && ` of ${one.about.label}`}
                    </th>
                  )}
                  <td>{one.property === "when" ? date(version.value) : version.value}</td>
                  <td>
                    {version.articles.map((article, at) => (
                      <>
                        {at > 0 && ", "}
                        <a href={view("article", [article])}>{articleName(article)}</a>
                      </>
                    ))}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The filter for what the actors of an event do of its type, in its days. */
function around(event: Happening): Record<string, string | string[] | null> {
  const actors = [...new Set(event.parts.map((part) => part.actor.id))].slice(0, 20);
  return { type: event.type, actor: actors, from: event.earliest, to: event.latest };
}
