/** What links an entity to others, page by page. */

import { useEffect, useState } from "preact/hooks";
import { answer, view } from "./addresses";
import { Failure, Nothing, Waiting } from "./loading";
import { EntityLinks, EventItem } from "./parts";
import { get } from "./server";
import { EVENT_TYPES, type Page, type Relationship } from "./types";
import { many, words } from "./words";

const PORTION = 20;
const SORTS = {
  newest: "newest first",
  oldest: "oldest first",
  confidence: "surest first",
  sources: "most told first",
};

/** With a choice of type and order, which the address keeps. */
export function Relationships(props: { id: string; path: string; params: URLSearchParams }) {
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

/** Those of one event stand together. */
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
