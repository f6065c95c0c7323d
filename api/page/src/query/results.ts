/** Answers to SPARQL queries as rows, whatever the query's form. */

import { ask } from "../server";

export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
  datatype?: string;
}

export interface Results {
  /** Whether the query makes triples; then the columns are subject, predicate and object. */
  isGraph: boolean;
  columns: string[];
  rows: (Term | undefined)[][];
  truth: boolean | null;
}

interface Bindings {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

const JSON_ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

/** The media types in which a query's answer can be kept as a file. */
export const FILES = { csv: "text/csv", json: JSON_ROWS, jsonld: "application/ld+json" } as const;

export async function run(query: string, signal: AbortSignal): Promise<Results> {
  const response = await ask(query, `${JSON_ROWS}, ${TRIPLES}`, signal);
  const kind = response.headers.get("Content-Type") ?? "";
  if (kind.startsWith(TRIPLES)) {
    return {
      isGraph: true,
      columns: ["subject", "predicate", "object"],
      rows: triples(await response.text()),
      truth: null,
    };
  }
  const { head, results, boolean } = (await response.json()) as Bindings;
  const columns = head.vars ?? [];
  const rows = (results?.bindings ?? []).map((binding) => columns.map((name) => binding[name]));
  return { isGraph: false, columns, rows, truth: boolean ?? null };
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@[\w-]+)?/g;
const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function triples(text: string): Term[][] {
  const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  return lines.map((line) => [...line.matchAll(TERM)].map(term).slice(0, 3));
}

function term([, iri, blank, text, datatype]: RegExpMatchArray): Term {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  return { type: "literal", value: unescaped(text ?? ""), ...(datatype ? { datatype } : {}) };
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\dA-F]{4})|U([\dA-F]{8})|(.))/gi, (_, short?: string, long?: string, one?: string) =>
    one === undefined ? String.fromCodePoint(parseInt(short ?? long ?? "", 16)) : (ESCAPES[one] ?? one),
  );
}

/** The number that a term is; `null` where it is none. */
export function numeric(term: Term | undefined): number | null {
  if (term?.type !== "literal" || !/#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? "")) return null;
  return Number(term.value);
}
