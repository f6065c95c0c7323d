/** Requests to the server that the page comes from. */

import type { ProblemDocument } from "./types";

/** What the server, or the way to it, says went wrong. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly nearest: string[] = [],
  ) {
    super(message);
  }
}

/** The JSON of an answer. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await sent(path, { signal: signal ?? null, headers: { Accept: "application/json" } })).json()) as T;
}

/** The JSON that the server answers to this body; with a token where writing needs one. */
export async function post<T>(path: string, body: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json", Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  return (await (await sent(path, { method: "POST", headers, body: JSON.stringify(body) })).json()) as T;
}

/** The answer to a SPARQL query, in the media types that are accepted. */
export async function ask(query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return sent("sparql", { method: "POST", headers, body: query, signal: signal ?? null });
}

/** The text of an answer in another media type. */
export async function text(path: string, accept: string): Promise<string> {
  return (await sent(path, { headers: { Accept: accept } })).text();
}

async function sent(path: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), options);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "The server does not answer. See whether kg serve still runs, then try again.");
  }
  if (!response.ok) throw await problem(response);
  return response;
}

async function problem(response: Response): Promise<Problem> {
  try {
    const found = (await response.json()) as Partial<ProblemDocument>;
    return new Problem(response.status, found.detail ?? response.statusText, found.nearest ?? []);
  } catch {
    return new Problem(response.status, `${response.status} ${response.statusText}`);
  }
}
