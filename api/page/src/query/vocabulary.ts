/** What the editor completes: keywords, prefixes, the ontology's terms, and entities by name. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { answer } from "../addresses";
import { get } from "../server";
import type { Matches } from "../types";
import { run } from "./results";

export const NAMESPACES: Record<string, string> = {
  coop: "https://w3id.org/defcoop/ontology#",
  dcterms: "http://purl.org/dc/terms/",
  oa: "http://www.w3.org/ns/oa#",
  owl: "http://www.w3.org/2002/07/owl#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

/** The prefixes of short ids, and the class that a search is narrowed to. */
const FOLDERS: Record<string, string> = {
  state: "State",
  org: "Organization",
  person: "Person",
  post: "Post",
  place: "Place",
  equipment: "Equipment",
};

const KEYWORDS = (
  "SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE FILTER OPTIONAL UNION MINUS VALUES BIND AS GRAPH EXISTS NOT IN " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG DATATYPE REGEX CONTAINS " +
  "STRSTARTS STRENDS STRAFTER STRBEFORE LCASE UCASE CONCAT REPLACE YEAR MONTH DAY IF COALESCE BOUND UNDEF PREFIX"
).split(" ");

const OTHERS = [
  "skos:prefLabel",
  "skos:altLabel",
  "skos:exactMatch",
  "rdfs:label",
  "rdfs:subClassOf",
  "rdfs:subPropertyOf",
  "dcterms:identifier",
  "dcterms:publisher",
  "schema:datePublished",
  "schema:headline",
  "schema:url",
  "oa:exact",
  "oa:start",
  "oa:end",
];

const TERMS = `SELECT DISTINCT ?term ?definition WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:NamedIndividual }
  ?term a ?kind
  OPTIONAL { ?term skos:definition ?definition }
}`;

let terms: Promise<Completion[]> | null = null;

/** What may follow at the cursor. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[A-Za-z_]*:?[\w%-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  if (context.state.sliceDoc(word.from - 1, word.from).match(/[?$"<#]/)) return null;
  const [prefix = "", local] = word.text.split(":");
  const type = FOLDERS[prefix];
  if (type && local !== undefined) return entities(word.from, type, local, context);
  const fixed: Completion[] = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...[...Object.keys(NAMESPACES), ...Object.keys(FOLDERS)].map((name) => ({ label: `${name}:`, type: "namespace" })),
    ...OTHERS.map((label) => ({ label, type: "property" })),
  ];
  terms ??= ours();
  return { from: word.from, options: [...(await terms), ...fixed], validFor: /^[A-Za-z_]*:?[\w-]*$/ };
}

async function entities(
  from: number,
  type: string,
  text: string,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  if (!text) return null;
  const controller = new AbortController();
  context.addEventListener("abort", () => controller.abort());
  const asked = answer("entities", { q: text.replaceAll("-", " "), type, limit: 20 });
  const found = await get<Matches>(asked, controller.signal).catch(() => null);
  if (!found) return null;
  const options = found.items.map(({ node }) => ({ label: node.id, detail: node.label, type: "constant" }));
  return { from, options, filter: false };
}

/** The ontology's terms, with what they mean. */
async function ours(): Promise<Completion[]> {
  const { rows } = await run(TERMS, new AbortController().signal).catch(() => ({ rows: [] }));
  const namespace = NAMESPACES.coop ?? "";
  return rows
    .filter(([term]) => term?.value.startsWith(namespace))
    .map(([term, definition]) => {
      const name = term?.value.slice(namespace.length) ?? "";
      const type = /^[A-Z]/.test(name) ? "class" : "property";
      return { label: `coop:${name}`, type, boost: 1, ...(definition ? { info: definition.value } : {}) };
    });
}

/** An IRI as short as the prefixes make it. */
export function shortened(iri: string, base: string): string {
  if (iri.startsWith(base)) return iri.slice(base.length).replace("/", ":");
  for (const [prefix, namespace] of Object.entries(NAMESPACES)) {
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return iri;
}
