import { useEffect, useState } from "preact/hooks";
import { answer, bracketed, segment, view } from "../addresses";
import { YearChart } from "../chart";
import { Failure, Loaded, Nothing, useAnswer, Waiting } from "../loading";
import { EntityLink, EntityLinks, EventItem, Fact, Forms, Heading, Outside } from "../parts";
import { get } from "../server";
import {
  EVENT_TYPES,
  type Entity,
  type Neighbour,
  type Page,
  type Relationship,
  type Tenure,
  type Timeline,
} from "../types";
import { articleName, date, many, span, words } from "../words";

const PORTION = 20;

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

const SORTS = {
  newest: "newest first",
  oldest: "oldest first",
  confidence: "surest first",
  sources: "most told first",
};

function Relationships(props: { id: string; path: string; params: URLSearchParams }) {
  const asked = { type: props.params.get("type"), sort: props.params.get("sort") };
  const first = answer(`${props.path}/relationships`, { ...asked, limit: PORTION, count: "true" });
  const change = (name: "type" | "sort", value: string) => {
    location.hash = view("entity", [props.id], { ...asked, [name]: value });
  };
  return (
    <section aria-labelledby="relationships">
      <h2 id="relationships">Relationships</h2>
      <div class="controls">
        <label>
          Type
          <select value={asked.type ?? ""} onChange={(event) => change("type", event.currentTarget.value)}>
            <option value="">all</option>
            {EVENT_TYPES.map((type) => (
              <option value={type} key={type}>
                {words(type)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Order
          <select value={asked.sort ?? "newest"} onChange={(event) => change("sort", event.currentTarget.value)}>
            {Object.entries(SORTS).map(([sort, said]) => (
              <option value={sort} key={sort}>
                {said}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Paged first={first} filtered={Boolean(asked.type)} key={first} />
    </section>
  );
}

/** Relationships page by page; those of one event stand together. */
function Paged(props: { first: string; filtered: boolean }) {
  const [items, setItems] = useState<Relationship[]>([]);
  const [next, setNext] = useState<string | null>(props.first);
  const [total, setTotal] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = (path: string, before: Relationship[], signal?: AbortSignal) => {
    setBusy(true);
    setError(null);
    get<Page<Relationship>>(path, signal).then(
      (page) => {
        setItems([...before, ...page.items]);
        setNext(page.next);
        if (typeof page.total === "number") setTotal(page.total);
        setBusy(false);
      },
      (found: unknown) => {
        if (signal?.aborted) return;
        setError(found);
        setBusy(false);
      },
    );
  };
  useEffect(() => {
    const controller = new AbortController();
    load(props.first, [], controller.signal);
    return () => controller.abort();
  }, [props.first]);
  const events = [...Map.groupBy(items, (item) => item.event.id).values()];
  return (
    <>
      {total !== null && <p class="aside">{many(total, "relationship")} in all</p>}
      {!busy && !error && items.length === 0 && (
        <Nothing>
          {props.filtered ? "There are none of this type. Choose another type." : "No event links it to others."}
        </Nothing>
      )}
      <ol class="events">
        {events.map(
          (group) =>
            group[0] && (
              <EventItem event={group[0].event} key={group[0].event.id}>
                <span class="with">
                  as {group[0].roles.join(", ")}, with <EntityLinks nodes={group.map((item) => item.counterpart)} />
                </span>
              </EventItem>
            ),
        )}
      </ol>
      {busy && <Waiting what="relationships" />}
      {error !== null && <Failure error={error} />}
      {next && !busy && items.length > 0 && (
        <button type="button" onClick={() => load(next, items)}>
          Show more
        </button>
      )}
    </>
  );
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
