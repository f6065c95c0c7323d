import { answer, bracketed, segment, view } from "../addresses";
import { NumberBars, YearChart } from "../chart";
import { Loaded, Nothing, useAnswer, useLoading } from "../loading";
import { EntityLink, EventItem, Forms, Heading } from "../parts";
import { get } from "../server";
import type { Entity, Happening, Page, Timeline } from "../types";
import { words } from "../words";

/** All that two actors did together: `#/dyad/state:PK/state:RU?type=Visit`. */
export default function DyadView(props: { one: string; other: string; params: URLSearchParams }) {
  const { one, other } = props;
  const both = useLoading(`${one} ${other}`, (signal) =>
    Promise.all([one, other].map((id) => get<Entity>(`entities/${segment(id)}`, signal))),
  );
  return (
    <Loaded of={both} what="the two" whole>
      {([first, second]) => first && second && <Between one={first} other={second} type={props.params.get("type")} />}
    </Loaded>
  );
}

function Between(props: { one: Entity; other: Entity; type: string | null }) {
  const { one, other } = props;
  const ids = [one.node.id, other.node.id];
  const events = useAnswer<Page<Happening>>(
    answer("events", { actor: ids, type: props.type, sort: "newest", limit: 1000, count: "true" }),
  );
  const totals = useAnswer<Page<Happening>>(answer("events", { actor: ids, limit: 1, facet: "type" }));
  const timeline = useAnswer<Timeline>(answer("timeline", { actor: ids }));
  return (
    <article>
      <Heading kind="Between two" title={`${one.node.label} and ${other.node.label}`}>
        <EntityLink node={one.node} /> and <EntityLink node={other.node} />
      </Heading>
      <Forms
        gexf={{ actor: ids }}
        csv={answer("events.csv", { actor: ids, limit: 1000 })}
        jsonld={answer("events.jsonld", { actor: ids, limit: 1000 })}
        query={view("query", [], { query: history(one.iri, other.iri) })}
      />
      <div class="columns">
        <section aria-labelledby="years">
          <h2 id="years">By year</h2>
          <Loaded of={timeline} what="the years">
            {({ items }) => <YearChart periods={items} title="Events by year" />}
          </Loaded>
        </section>
        <section aria-labelledby="totals">
          <h2 id="totals">By type</h2>
          <Loaded of={totals} what="the totals">
            {({ facets }) => (
              <NumberBars
                title="Events by type"
                rows={(facets?.type ?? []).map(({ name, number }) => ({
                  name: words(name),
                  number,
                  href: view("dyad", ids, { type: name }),
                }))}
              />
            )}
          </Loaded>
        </section>
      </div>
      <section aria-labelledby="history">
        <h2 id="history">History{props.type && `: ${words(props.type)}`}</h2>
        {props.type && (
          <p>
            <a href={view("dyad", ids)}>Show all types</a>
          </p>
        )}
        <Loaded of={events} what="the history">
          {({ items, total }) =>
            items.length === 0 ? (
              <Nothing>
                No article tells of anything between the two. See{" "}
                <a href={view("network", [one.node.id])}>the network</a> around {one.node.label} for whom it deals with.
              </Nothing>
            ) : (
              <>
                {(total ?? 0) > items.length && (
                  <p class="aside">
                    The newest {items.length} of {total}; choose a type, or take the CSV.
                  </p>
                )}
                <Years events={items} />
              </>
            )
          }
        </Loaded>
      </section>
    </article>
  );
}

/** Events under their years, those without a date last. */
function Years(props: { events: Happening[] }) {
  const years = Map.groupBy(props.events, (event) => event.earliest?.slice(0, 4) ?? "Without a date");
  return (
    <>
      {[...years].map(([year, events]) => (
        <section class="year" key={year} aria-label={year}>
          <h3>{year}</h3>
          <ol class="events">
            {events.map((event) => (
              <EventItem event={event} key={event.id} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function history(one: string, other: string): string {
  return `SELECT DISTINCT ?when ?event ?name WHERE {
  ?event ?role1 ${bracketed(one)} ; ?role2 ${bracketed(other)} ; skos:prefLabel ?name .
  OPTIONAL { ?event coop:when ?when }
}
ORDER BY ?when ?name
`;
}
