/** The addresses of views (behind the `#`) and of the server's answers. */

export type Values = Record<string, string | number | string[] | null | undefined>;

/** The view that the page shows: `#/dyad/state:PK/state:RU?type=Visit` is `dyad` with two ids and one parameter. */
export interface Route {
  view: string;
  ids: string[];
  params: URLSearchParams;
}

export function routeOf(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", ...ids] = path.split("/").map(decoded);
  return { view, ids: ids.filter(Boolean), params: new URLSearchParams(query) };
}

/** The address of a view. */
export function view(name: string, ids: string[] = [], values: Values = {}): string {
  return `#/${[name, ...ids.map(segment)].join("/")}${queryOf(values)}`;
}

/** The address of an answer of the server, relative to the page. */
export function answer(path: string, values: Values = {}): string {
  return `${path}${queryOf(values)}`;
}

/** A piece of a path; the colon of short ids stays readable. */
export function segment(id: string): string {
  return encodeURIComponent(id).replaceAll("%3A", ":");
}

/** The view of what has a short id: an event, an article, or an entity; a mere name is searched for. */
export function viewOf(id: string): string {
  if (!id.includes(":")) return view("search", [], { q: id });
  if (id.startsWith("event:")) return view("event", [id]);
  if (id.startsWith("article:")) return view("article", [id]);
  return view("entity", [id]);
}

/** The query that asks for all that is known of the node with this IRI. */
export function describing(iri: string): string {
  return view("query", [], {
    query: `SELECT DISTINCT ?property ?value WHERE {\n  ${bracketed(iri)} ?property ?value\n}\nORDER BY ?property ?value\n`,
  });
}

/** An IRI as SPARQL writes it; what may not stand in one is percent-encoded. */
export function bracketed(iri: string): string {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|\\^`]/g, encodeURIComponent)}>`;
}

/** A text as SPARQL writes it, which has the escapes of JSON. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

function queryOf(values: Values): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const query = params.toString().replaceAll("%3A", ":");
  return query ? `?${query}` : "";
}

/** The text without percent-encoding, where it is that. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
