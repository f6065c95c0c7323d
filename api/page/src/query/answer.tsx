/** The answer to a query: as a table, a chart or a network, and as files. */

import { useState } from "preact/hooks";
import { gexf, save } from "../files";
import { Failure, Nothing } from "../loading";
import { ask } from "../server";
import { many } from "../words";
import { FILES, type Results } from "./results";
import { Bars, Net, Rows } from "./shown";
import { ends, webOf } from "./web";

export const FORMS = ["table", "chart", "network"] as const;
export type Form = (typeof FORMS)[number];

/** A query that was run. */
export interface Ran {
  query: string;
  results: Results;
  seconds: number;
}

export function Answer(props: { ran: Ran; form: Form; show: (form: Form) => void; base: string }) {
  const { results, seconds } = props.ran;
  if (results.truth !== null) {
    return (
      <p class="lead" role="status">
        The answer is <strong>{results.truth ? "yes" : "no"}</strong>.
      </p>
    );
  }
  return (
    <section aria-label="Answer">
      <div class="bar-of">
        <div class="forms" role="group" aria-label="Shown as">
          {FORMS.map((one) => (
            <button type="button" key={one} aria-pressed={one === props.form} onClick={() => props.show(one)}>
              {one[0]?.toUpperCase() + one.slice(1)}
            </button>
          ))}
        </div>
        <Files ran={props.ran} base={props.base} />
      </div>
      <p class="aside" role="status">
        {many(results.rows.length, results.isGraph ? "triple" : "row")} in {seconds.toFixed(2)} s
      </p>
      {results.rows.length === 0 ? (
        <Nothing>Nothing in the graph fits. Make a part OPTIONAL, or see in an example how the terms are used.</Nothing>
      ) : props.form === "table" ? (
        <Rows results={results} base={props.base} />
      ) : props.form === "chart" ? (
        <Bars results={results} base={props.base} />
      ) : (
        <Net results={results} base={props.base} />
      )}
    </section>
  );
}

function Files(props: { ran: Ran; base: string }) {
  const { query, results } = props.ran;
  const [error, setError] = useState<unknown>(null);
  const keep = async (ending: keyof typeof FILES) => {
    setError(null);
    try {
      const response = await ask(query, FILES[ending]);
      save(`answer.${ending}`, FILES[ending], await response.text());
    } catch (failed) {
      setError(failed);
    }
  };
  const draw = () => {
    const web = webOf(results, ...ends(results), props.base);
    const nodes = [...web.actors.values()];
    const edges = [...web.ties.values()].map((tie) => ({ ...tie, label: many(tie.events, "row") }));
    save("answer.gexf", "application/gexf+xml", gexf({ nodes, edges }));
  };
  return (
    <div class="forms" role="group" aria-label="Keep it as a file">
      <button type="button" onClick={draw}>
        GEXF
      </button>
      {results.isGraph ? (
        <button type="button" onClick={() => keep("jsonld")}>
          JSON-LD
        </button>
      ) : (
        <>
          <button type="button" onClick={() => keep("csv")}>
            CSV
          </button>
          <button type="button" onClick={() => keep("json")}>
            JSON
          </button>
        </>
      )}
      {error !== null && <Failure error={error} />}
    </div>
  );
}
