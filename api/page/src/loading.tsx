/** Answers on their way: what is shown while they load, and when they do not come. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { viewOf } from "./addresses";
import { get, Problem } from "./server";

export type Loading<T> = { state: "loading" } | { state: "failed"; error: unknown } | { state: "ready"; value: T };

/** What a promise comes to, made anew when `key` changes; an older one is given up. */
export function useLoading<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loading<T> {
  const [found, setFound] = useState<{ key: string; loading: Loading<T> }>({ key: "", loading: { state: "loading" } });
  useEffect(() => {
    const controller = new AbortController();
    const settle = (loading: Loading<T>) => {
      if (!controller.signal.aborted) setFound({ key, loading });
    };
    load(controller.signal).then(
      (value) => settle({ state: "ready", value }),
      (error: unknown) => settle({ state: "failed", error }),
    );
    return () => controller.abort();
  }, [key]);
  return found.key === key ? found.loading : { state: "loading" };
}

/** The JSON at an address of the server. */
export function useAnswer<T>(path: string): Loading<T> {
  return useLoading(path, (signal) => get<T>(path, signal));
}

/** The value when it is there; until then, that it loads, or what went wrong. `whole` where it is the whole view. */
export function Loaded<T>(props: {
  of: Loading<T>;
  what: string;
  whole?: boolean;
  children: (value: T) => ComponentChildren;
}) {
  const { of } = props;
  if (of.state === "loading") {
    return (
      <>
        {props.whole && <h1 class="hidden">Loading</h1>}
        <Waiting what={props.what} />
      </>
    );
  }
  if (of.state === "failed") {
    return (
      <>
        {props.whole && <h1>{of.error instanceof Problem && of.error.status === 404 ? "Not found" : "No answer"}</h1>}
        <Failure error={of.error} />
      </>
    );
  }
  return <>{props.children(of.value)}</>;
}

export function Waiting(props: { what: string }) {
  return (
    <p class="waiting" role="status">
      Loading {props.what} …
    </p>
  );
}

/** What went wrong, in the server's words, and what may help. */
export function Failure(props: { error: unknown }) {
  const { error } = props;
  const nearest = error instanceof Problem ? error.nearest : [];
  return (
    <div class="failure" role="alert">
      <strong>That did not work.</strong> <span>{error instanceof Error ? error.message : String(error)}</span>
      {nearest.length > 0 && (
        <p>
          Perhaps you mean{" "}
          {nearest.map((id, place) => (
            <>
              {place > 0 && ", "}
              <a href={viewOf(id)}>{id}</a>
            </>
          ))}
          .
        </p>
      )}
    </div>
  );
}

export function Nothing(props: { children: ComponentChildren }) {
  return <p class="nothing">{props.children}</p>;
}
