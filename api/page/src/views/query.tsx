import { useEffect, useRef, useState } from "preact/hooks";
import { view } from "../addresses";
import { Failure, useAnswer } from "../loading";
import { Heading } from "../parts";
import { Answer, type Form, FORMS, type Ran } from "../query/answer";
import { Editor } from "../query/editor";
import { run } from "../query/results";
import type { Question } from "../types";

const START = `SELECT ?when ?pact ?signatory WHERE {
  ?event a coop:Agreement ; skos:prefLabel ?pact ; coop:signatory/skos:prefLabel ?signatory .
  OPTIONAL { ?event coop:when ?when }
}
ORDER BY ?when ?pact
LIMIT 100
`;
/** A SPARQL query and its answer: `#/query?query=SELECT...&as=chart`. */
export default function QueryView(props: { params: URLSearchParams }) {
  const given = props.params.get("query");
  const [loaded, setLoaded] = useState({ text: given ?? START });
  const [form, setForm] = useState<Form>(() => FORMS.find((one) => one === props.params.get("as")) ?? "table");
  const [ran, setRan] = useState<Ran | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const current = useRef(loaded.text);
  const load = (text: string) => {
    setLoaded({ text });
    current.current = text;
    void start();
  };
  const base = useAnswer<{ base: string }>("health");

  const start = async () => {
    const controller = new AbortController();
    const query = current.current;
    const began = performance.now();
    setRunning((before) => {
      before?.abort();
      return controller;
    });
    setError(null);
    history.replaceState(null, "", view("query", [], { query, as: form === "table" ? null : form }));
    try {
      const results = await run(query, controller.signal);
      setRan({ query, results, seconds: (performance.now() - began) / 1000 });
    } catch (failed) {
      if (!controller.signal.aborted) {
        setRan(null);
        setError(failed);
      }
    }
    setRunning((now) => (now === controller ? null : now));
  };
  useEffect(() => {
    if (given === null) return;
    load(given);
  }, [given]);
  const show = (chosen: Form) => {
    setForm(chosen);
    if (ran)
      history.replaceState(null, "", view("query", [], { query: ran.query, as: chosen === "table" ? null : chosen }));
  };

  return (
    <>
      <Heading kind="SPARQL" title="Query">
        Ask the graph
      </Heading>
      <Examples
        choose={load}
      />
      <Editor
        loaded={loaded}
        edited={(text) => {
          current.current = text;
        }}
        run={start}
      />
      <div class="controls">
        <button type="button" class="main" onClick={start}>
          Run
        </button>
        {running && (
          <button type="button" onClick={() => running.abort()}>
            Stop
          </button>
        )}
        <span class="aside">
          Ctrl+Enter runs it. Prefixes need no declaration; Ctrl+Space completes terms, and names behind{" "}
          <code>state:</code> or <code>person:</code>.
        </span>
      </div>
      {running && (
        <p class="waiting" role="status">
          Asking …
        </p>
      )}
      {error !== null && <Failure error={error} />}
      {ran && !running && (
        <Answer
          ran={ran}
          form={form}
          show={show}
          base={base.state === "ready" ? base.value.base : ""}
          key={ran.query}
        />
      )}
    </>
  );
}

function Examples(props: { choose: (query: string) => void }) {
  const questions = useAnswer<Question[]>("queries");
  if (questions.state === "failed") return <Failure error={questions.error} />;
  const known = questions.state === "ready" ? questions.value : [];
  return (
    <p class="controls">
      <label class="wide">
        Questions as examples
        <select
          value=""
          onChange={(event) => {
            const chosen = known.find((one) => one.name === event.currentTarget.value);
            if (chosen) props.choose(chosen.query);
          }}
        >
          <option value="">choose one …</option>
          {known.map((one) => (
            <option value={one.name} key={one.name}>
              {one.question}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
