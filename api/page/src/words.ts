/** How the terms of the graph are said. */

import { decoded } from "./addresses";
import type { EventType } from "./types";

export const TYPE_WORDS: Record<EventType, string> = {
  Agreement: "Agreement",
  Meeting: "Meeting",
  Visit: "Visit",
  Exercise: "Exercise",
  ArmsTransfer: "Arms transfer",
  MilitaryAid: "Military aid",
  Training: "Training",
  Deployment: "Deployment",
  IndustrialProject: "Industrial project",
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TABLE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)$/;

/** An EDTF date or interval in words; forms that are rarer stay as they are. */
export function date(edtf: string | null): string {
  if (!edtf) return "";
  if (edtf.includes("/")) {
    const [from = "", to = ""] = edtf.split("/");
    return from && to ? `${date(from)} – ${date(to)}` : from ? `from ${date(from)}` : `until ${date(to)}`;
  }
  const found = TABLE.exec(edtf);
  if (!found) return edtf;
  const [, year = "", month, day, doubt] = found;
  const name = month ? MONTHS[Number(month) - 1] : "";
  if (month && !name) return edtf;
  const words = [day ? String(Number(day)) : "", name, year].filter(Boolean).join(" ");
  return doubt ? `about ${words}` : words;
}

/** The days that something spans. */
export function span(first: string | null, last: string | null): string {
  if (!first || first === last) return date(first ?? last);
  return `${date(first)} – ${date(last)}`;
}

/** A term such as `ArmsTransfer` or `signatory` in words. */
export function words(term: string): string {
  return term in TYPE_WORDS ? TYPE_WORDS[term as EventType] : term;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A number with its noun: `1 event`, `1,204 events`. */
export function many(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** An article's identifier without the prefix. */
export function articleName(id: string): string {
  return decoded(id.replace(/^article:/, ""));
}
