/** The network that is drawn: actors, and what ties them, one tie for each pair. */

import { answer, segment, type Values } from "../addresses";
import { get } from "../server";
import type { Export, Network } from "../types";

/** How many actors are drawn at most; more are neither smooth nor legible. */
export const MOST = 5000;

export interface Actor {
  id: string;
  label: string;
  type: string;
  country: string | null;
}

export interface Tie {
  source: string;
  target: string;
  events: number;
  /** Years; `null` where no event of the tie is dated. */
  first: number | null;
  last: number | null;
}

export interface Web {
  actors: Map<string, Actor>;
  ties: Map<string, Tie>;
  /** Words on what is not drawn; empty where all is. */
  reduced: string;
}

/** The network up to some steps around an actor. */
export async function around(id: string, asked: Values, signal?: AbortSignal): Promise<Web> {
  const limit = 1000;
  const found = await get<Network>(answer(`entities/${segment(id)}/network`, { ...asked, limit }), signal);
  const web = empty();
  for (const { node, country } of found.nodes) web.actors.set(node.id, { ...node, country });
  for (const tie of found.edges) add(web, tie.source, tie.target, tie.events, tie.first, tie.last);
  if (!found.complete)
    web.reduced = `Only the ${limit.toLocaleString("en")} nearest actors are drawn; fewer steps or a filter show the rest.`;
  return web;
}

/** The network of all events that meet a filter. */
export async function whole(asked: Values, signal?: AbortSignal): Promise<Web> {
  const found = await get<Export>(answer("export/actors.json", asked), signal);
  const web = empty();
  for (const { id, label, type, country } of found.nodes)
    web.actors.set(id, { id, label, type, country: country ?? null });
  for (const link of found.links) {
    add(web, link.source, link.target, link.weight, link.first ?? null, link.last ?? null);
  }
  return cut(web);
}

/** Both networks as one; the first one's actors and ties stay as they are. */
export function joined(one: Web, other: Web): Web {
  return cut({
    actors: new Map([...other.actors, ...one.actors]),
    ties: new Map([...other.ties, ...one.ties]),
    reduced: one.reduced,
  });
}

/** How many ties each actor has. */
export function degrees(web: Web): Map<string, number> {
  const found = new Map<string, number>([...web.actors.keys()].map((id) => [id, 0]));
  for (const { source, target } of web.ties.values()) {
    found.set(source, (found.get(source) ?? 0) + 1);
    found.set(target, (found.get(target) ?? 0) + 1);
  }
  return found;
}

/** The first and the last year of the ties; `null` where none is dated. */
export function years(web: Web): [number, number] | null {
  let [from, to] = [Infinity, -Infinity];
  for (const { first, last } of web.ties.values()) {
    if (first !== null) from = Math.min(from, first);
    if (last !== null) to = Math.max(to, last);
  }
  return from <= to ? [from, to] : null;
}

/** Whether there is a tie by the end of a year; without a year, at any time. */
export function isThere(tie: Tie, year: number | null): boolean {
  return year === null || (tie.first !== null && tie.first <= year);
}

function empty(): Web {
  return { actors: new Map(), ties: new Map(), reduced: "" };
}

function add(web: Web, one: string, other: string, events: number, first: string | null, last: string | null): void {
  const [source, target] = one < other ? [one, other] : [other, one];
  const key = `${source} ${target}`;
  const known = web.ties.get(key);
  web.ties.set(key, {
    source,
    target,
    events: events + (known?.events ?? 0),
    first: bound(Math.min, year(first), known?.first ?? null),
    last: bound(Math.max, year(last), known?.last ?? null),
  });
}

function bound(choose: (...values: number[]) => number, one: number | null, other: number | null): number | null {
  const known = [one, other].filter((value) => value !== null);
  return known.length > 0 ? choose(...known) : null;
}

function year(day: string | null): number | null {
  return day ? Number(day.slice(0, 4)) : null;
}

/** The actors with the most ties, as many as are drawn. */
function cut(web: Web): Web {
  if (web.actors.size <= MOST) return web;
  const byDegree = [...degrees(web)].sort(([, one], [, other]) => other - one);
  const kept = new Set(byDegree.slice(0, MOST).map(([id]) => id));
  return {
    actors: new Map([...web.actors].filter(([id]) => kept.has(id))),
    ties: new Map([...web.ties].filter(([, { source, target }]) => kept.has(source) && kept.has(target))),
    reduced: `Of ${web.actors.size.toLocaleString("en")} actors the ${MOST.toLocaleString("en")} with the most ties are drawn; the GEXF has all.`,
  };
}
