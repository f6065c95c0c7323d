import { useState } from "preact/hooks";
import { answer, bracketed, segment, view } from "../addresses";
import { YearChart } from "../chart";
import { Loaded, Nothing, useAnswer } from "../loading";
import { EntityLink, EntityLinks, Fact, Forms, Heading, Outside } from "../parts";
import { Relationships } from "../relationships";
import type { Entity, Neighbour, Page, Tenure, Timeline } from "../types";
import { articleName, date, many, span, words } from "../words";

/** What is known of an entity: `#/entity/state:PK?type=Agreement&sort=newest`. */
export default function EntityView(props: { id: string; params: URLSearchParams }) {
  const path = `entities/${segment(props.id)}`;
  const entity = useAnswer<Entity>(path);
  return (
    <Loaded of={entity} what="the entity" whole>
      {(found) => <Known entity={found} path={`entities/${segment(found.node.id)}`} params={props.params} />}
    </Loaded>
  );
}

function Known(props: { entity: Entity; path: string; params: URLSearchParams }) {
  const { entity, path } = props;
  const { node } = entity;
  const events = entity.events.reduce((sum, count) => sum + count.number, 0);
  return (
    <article>
      <Heading kind={node.type || "Entity"} title={node.label}>
        {node.label}
      </Heading>
      <Forms
        gexf={{ actor: node.id }}
        csv={answer(`${path}/relationships.csv`, { limit: 1000 })}
        node={node.id}
        query={view("query", [], { query: dealings(entity.iri) })}
      />
      <div class="columns">
        <div>
          <Facts entity={entity} events={events} />
          {entity.posts.length > 0 && <Posts entity={entity} />}
        </div>
        <div>
          {events > 0 && <Years id={node.id} />}
          {events > 0 && <Counterparts id={node.id} path={path} />}
        </div>
      </div>
      <Relationships id={node.id} path={path} params={props.params} />
    </article>
  );
}

function Facts(props: { entity: Entity; events: number }) {
  const { entity } = props;
  const codes = [entity.iso2, entity.iso3].filter(Boolean).join(", ");
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl class="facts">
        <Fact name="Also called">{entity.aliases.join(" · ")}</Fact>
        <Fact name="Codes">{codes}</Fact>
        <Fact name="State">{entity.states.length > 0 && <EntityLinks nodes={entity.states} />}</Fact>
        <Fact name="Acts for">{entity.represents.length > 0 && <EntityLinks nodes={entity.represents} />}</Fact>
        <Fact name="Rank">{entity.ranks.join(", ")}</Fact>
        <Fact name="Events">
          {props.events > 0 && (
            <>
              {many(props.events, "event")}
              {entity.first && `, ${span(entity.first, entity.last)}`}
              {" · "}
              <a href={view("network", [entity.node.id])}>network</a>
              <ul class="counts">
                {entity.events.map((count) => (
                  <li key={count.type}>
                    <a href={view("entity", [entity.node.id], { type: count.type })}>{words(count.type)}</a>{" "}
                    {count.number}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Fact>
        <Fact name="Same as">
          {entity.same_as.length > 0 &&
            entity.same_as.map((iri) => (
              <div key={iri}>
                <Outside to={iri} />
              </div>
            ))}
        </Fact>
        <Fact name="Id">
          <code>{entity.node.id}</code>
        </Fact>
      </dl>
    </section>
  );
}

function Posts(props: { entity: Entity }) {
  const { entity } = props;
  const ofPost = entity.node.type === "Post";
  const sorted = [...entity.posts].sort((one, other) => (other.day ?? "").localeCompare(one.day ?? ""));
  return (
    <section aria-labelledby="posts">
      <h2 id="posts">{ofPost ? "Holders" : "Posts over time"}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">As of</th>
              <th scope="col">{ofPost ? "Person" : "Post"}</th>
              <th scope="col">For</th>
              <th scope="col">Says</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((tenure) => (
              <Held
                tenure={tenure}
                ofPost={ofPost}
                key={tenure.post.id + tenure.person.id + tenure.article + tenure.former}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Held(props: { tenure: Tenure; ofPost: boolean }) {
  const { tenure } = props;
  const bodies = [tenure.organization, tenure.state].filter((one) => one !== null);
  return (
    <tr>
      <td class="date">{date(tenure.day)}</td>
      <td>
        <EntityLink node={props.ofPost ? tenure.person : tenure.post} />
        {tenure.former && <span class="status">former</span>}
      </td>
      <td>
        <EntityLinks nodes={bodies} />
      </td>
      <td>
        <a href={view("article", [tenure.article])}>{articleName(tenure.article)}</a>
      </td>
    </tr>
  );
}

function Years(props: { id: string }) {
  const timeline = useAnswer<Timeline>(answer("timeline", { actor: props.id }));
  return (
    <section aria-labelledby="years">
      <h2 id="years">Events by year</h2>
      <Loaded of={timeline} what="the years">
        {({ items }) => <YearChart periods={items} title="Events by year" />}
      </Loaded>
    </section>
  );
}

function Counterparts(props: { id: string; path: string }) {
  const neighbours = useAnswer<Page<Neighbour>>(answer(`${props.path}/neighbours`, { limit: 200 }));
  const [all, setAll] = useState(false);
  return (
    <section aria-labelledby="counterparts">
      <h2 id="counterparts">Counterparts</h2>
      <Loaded of={neighbours} what="the counterparts">
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>Nobody else takes part in its events.</Nothing>
          ) : (
            <>
              <div class="scroll">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">With</th>
                      <th scope="col">Events</th>
                      <th scope="col">Of which</th>
                      <th scope="col">When</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.slice(0, all ? items.length : 10).map((one) => (
                      <tr key={one.counterpart.id}>
                        <th scope="row">
                          <EntityLink node={one.counterpart} />
                        </th>
                        <td class="number">
                          <a
                            href={view("dyad", [props.id, one.counterpart.id])}
                            aria-label={`${many(one.events, "event")} with ${one.counterpart.label}`}
                          >
                            {one.events}
                          </a>
                        </td>
                        <td>{one.types.map((count) => `${words(count.type)} ${count.number}`).join(", ")}</td>
                        <td class="date">{years(one.first, one.last)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {items.length > 10 && !all && (
                <button type="button" onClick={() => setAll(true)}>
                  Show all {items.length}
                </button>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function years(first: string | null, last: string | null): string {
  const [from, to] = [first?.slice(0, 4) ?? "", last?.slice(0, 4) ?? ""];
  return from === to ? from : `${from} – ${to}`;
}

function dealings(iri: string): string {
  return `SELECT DISTINCT ?when ?event ?name ?role ?with WHERE {
  ?event ?role ${bracketed(iri)} ; a ?type ; skos:prefLabel ?name .
  ?type rdfs:subClassOf coop:CooperationEvent .
  OPTIONAL { ?event coop:when ?when }
  OPTIONAL {
    ?event ?other ?counterpart .
    ?other rdfs:subPropertyOf coop:actor .
    ?counterpart skos:prefLabel ?with .
    FILTER (?counterpart != ${bracketed(iri)})
  }
}
ORDER BY ?when
`;
}
