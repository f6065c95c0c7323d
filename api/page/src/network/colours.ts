/** The colours of actors: by type or by country, from the style sheet, so that they fit light and dark. */

import type { Actor, Web } from "./web";

export type Colouring = "type" | "country";

export interface Colours {
  of: (actor: Actor) => string;
  legend: { name: string; colour: string }[];
}

/** Countries that have a colour of their own; the rest share one. */
const PALETTE = ["agreement", "transfer", "exercise", "aid", "meeting", "training", "visit", "project"];
const TYPES = ["State", "Organization", "Person"];

/** A colour of the style sheet. */
export function styled(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function colours(web: Web, by: Colouring): Colours {
  const other = styled("deployment");
  if (by === "type") {
    const known = new Map(TYPES.map((type) => [type, styled(type.toLowerCase())]));
    const there = new Set([...web.actors.values()].map((actor) => actor.type));
    return {
      of: (actor) => known.get(actor.type) ?? other,
      legend: TYPES.filter((type) => there.has(type)).map((name) => ({ name, colour: known.get(name) ?? other })),
    };
  }
  const counts = new Map<string, number>();
  for (const { country } of web.actors.values()) if (country) counts.set(country, (counts.get(country) ?? 0) + 1);
  const first = [...counts].sort(([, one], [, most]) => most - one).slice(0, PALETTE.length);
  const known = new Map(first.map(([country], place) => [country, styled(PALETTE[place] ?? "deployment")]));
  return {
    of: (actor) => known.get(actor.country ?? "") ?? other,
    legend: [...[...known].map(([name, colour]) => ({ name, colour })), { name: "others", colour: other }],
  };
}
