/** Rows as a network. */

import { MOST, type Web } from "../network/web";
import { numeric, type Results, type Term } from "./results";
import { shortened } from "./vocabulary";

/** A term as short as it can be said. */
export function said(term: Term | undefined, base: string): string {
  if (!term) return "";
  return term.type === "uri" ? shortened(term.value, base) : term.value;
}

/** The two columns that look most like the ends of ties: of IRIs, else of other words than numbers. */
export function ends(results: Results): [number, number] {
  if (results.isGraph) return [0, 2];
  const places = results.columns.map((_, column) => column);
  const first = (column: number) => results.rows.find((row) => row[column])?.[column];
  const iris = places.filter((column) => first(column)?.type === "uri");
  const texts = places.filter(
    (column) => numeric(first(column)) === null && !/^\d{4}/.test(first(column)?.value ?? ""),
  );
  const [from = 0, to = Math.min(1, places.length - 1)] = iris.length > 1 ? iris : texts;
  return [from, to];
}

const KINDS: Record<string, string> = { state: "State", org: "Organization", person: "Person" };

/** The rows as ties between what stands in two columns. */
export function webOf(results: Results, from: number, to: number, base: string): Web {
  const web: Web = { actors: new Map(), ties: new Map(), reduced: "" };
  for (const row of results.rows) {
    const [source, target] = [said(row[from], base), said(row[to], base)];
    if (!source || !target || source === target) continue;
    const fresh = [source, target].filter((id) => !web.actors.has(id));
    if (web.actors.size + fresh.length > MOST) {
      web.reduced = `The first ${MOST.toLocaleString("en")} nodes are drawn; the table has all rows.`;
      continue;
    }
    for (const id of fresh)
      web.actors.set(id, { id, label: id, type: KINDS[id.split(":")[0] ?? ""] ?? "", country: null });
    const [one, other] = source < target ? [source, target] : [target, source];
    const key = `${one} ${other}`;
    const events = (web.ties.get(key)?.events ?? 0) + 1;
    web.ties.set(key, { source: one, target: other, events, first: null, last: null });
  }
  return web;
}
