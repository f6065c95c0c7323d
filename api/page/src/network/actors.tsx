/** The network in words. */

import { useState } from "preact/hooks";
import { view, viewOf } from "../addresses";
import { Fact } from "../parts";
import { many } from "../words";
import { type Actor, isThere, type Web } from "./web";

/** Rows that the table begins with. */
const FIRST_ROWS = 100;

interface Acting {
  web: Web;
  year: number | null;
  choose: (id: string) => void;
  expand: (id: string) => void;
}

/** The actor that is chosen, and whom it is tied to. */
export function Chosen(props: Acting & { actor: Actor | undefined }) {
  const { actor, web } = props;
  if (!actor) return null;
  const near = [...web.ties.values()]
    .filter((tie) => (tie.source === actor.id || tie.target === actor.id) && isThere(tie, props.year))
    .sort((one, other) => other.events - one.events);
  return (
    <section aria-labelledby="chosen">
      <h2 id="chosen">
        <a href={viewOf(actor.id)}>{actor.label}</a>
      </h2>
      <dl class="facts">
        <Fact name="Kind">{actor.type}</Fact>
        <Fact name="Country">{actor.country}</Fact>
        <Fact name="Ties">{near.length}</Fact>
      </dl>
      <p class="controls">
        <button type="button" onClick={() => props.expand(actor.id)}>
          Expand
        </button>
        <a class="button" href={view("network", [actor.id])}>
          Draw around it
        </a>
      </p>
      <ul class="plain near">
        {near.slice(0, 30).map((tie) => {
          const other = web.actors.get(tie.source === actor.id ? tie.target : tie.source);
          return (
            other && (
              <li key={other.id}>
                <button type="button" class="plain" onClick={() => props.choose(other.id)}>
                  <span class={`entity of-${other.type}`}>{other.label}</span>
                </button>{" "}
                <a
                  href={view("dyad", [actor.id, other.id])}
                  aria-label={`${many(tie.events, "event")} with ${other.label}`}
                >
                  {many(tie.events, "event")}
                </a>
              </li>
            )
          );
        })}
      </ul>
      {near.length > 30 && <p class="aside">and {near.length - 30} more</p>}
    </section>
  );
}

/** Each actor with its ties. */
export function Actors(props: Acting) {
  const { web } = props;
  const [all, setAll] = useState(false);
  const ties = new Map<string, { name: string; events: number }[]>();
  for (const tie of web.ties.values()) {
    if (!isThere(tie, props.year)) continue;
    for (const [one, other] of [
      [tie.source, tie.target],
      [tie.target, tie.source],
    ] as const) {
      const known = ties.get(one) ?? [];
      known.push({ name: web.actors.get(other)?.label ?? other, events: tie.events });
      ties.set(one, known);
    }
  }
  const rows = [...ties].sort(([, one], [, other]) => other.length - one.length);
  return (
    <div class="rows" tabIndex={0} role="region" aria-label="Actors and their ties">
      <table>
        <thead>
          <tr>
            <th scope="col">Actor</th>
            <th scope="col">Kind</th>
            <th scope="col">Country</th>
            <th scope="col">Ties</th>
            <th scope="col">With</th>
            <th scope="col">
              <span class="hidden">Expand</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, all ? rows.length : FIRST_ROWS).map(([id, near]) => {
            const actor = web.actors.get(id);
            return (
              <tr key={id}>
                <th scope="row">
                  <a class={`entity of-${actor?.type}`} href={viewOf(id)}>
                    {actor?.label ?? id}
                  </a>
                </th>
                <td>{actor?.type}</td>
                <td>{actor?.country}</td>
                <td class="number">{near.length}</td>
                <td>
                  {near
                    .sort((one, other) => other.events - one.events)
                    .slice(0, 12)
                    .map(({ name, events }) => `${name} ${events}`)
                    .join(", ")}
                  {near.length > 12 && ", …"}
                </td>
                <td>
                  <button type="button" aria-label={`Expand ${actor?.label}`} onClick={() => props.expand(id)}>
                    Expand
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > FIRST_ROWS && !all && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {rows.length.toLocaleString("en")}
        </button>
      )}
    </div>
  );
}
