import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { view, viewOf } from "../addresses";
import { NumberBars } from "../chart";
import { gexf, save } from "../files";
import { Failure, Nothing, useAnswer } from "../loading";
import { colours } from "../network/colours";
import { Drawing } from "../network/drawing";
import { MOST, type Web } from "../network/web";
import { Heading, Outside } from "../parts";
import { Editor } from "../query/editor";
import { FILES, numeric, type Results, run, type Term } from "../query/results";
import { shortened } from "../query/vocabulary";
import { ask } from "../server";
import type { Question } from "../types";
import { many } from "../words";

const START = `SELECT ?when ?pact ?signatory WHERE {
  ?event a coop:Agreement ; skos:prefLabel ?pact ; coop:signatory/skos:prefLabel ?signatory .
  OPTIONAL { ?event coop:when ?when }
}
ORDER BY ?when ?pact
LIMIT 100
`;
const FORMS = ["table", "chart", "network"] as const;
type Form = (typeof FORMS)[number];
/** Rows and bars that are shown at once. */
const PORTION = 500;
const BARS = 60;

interface Ran {
  query: string;
  results: Results;
  seconds: number;
}

/** A SPARQL query and its answer: `#/query?query=SELECT...&as=chart`. */
export default function QueryView(props: { params: URLSearchParams }) {
  const given = props.params.get("query");
  const [text, setText] = useState(given ?? START);
  const [form, setForm] = useState<Form>(() => FORMS.find((one) => one === props.params.get("as")) ?? "table");
  const [ran, setRan] = useState<Ran | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const current = useRef(text);
  current.current = text;
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
    setText(given);
    current.current = given;
    void start();
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
        choose={(query) => {
          setText(query);
          current.current = query;
          void start();
        }}
      />
      <Editor text={text} edited={setText} run={start} />
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

function Answer(props: { ran: Ran; form: Form; show: (form: Form) => void; base: string }) {
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

function Cell(props: { term: Term | undefined; base: string }) {
  const { term, base } = props;
  if (!term) return null;
  if (term.type !== "uri") return <>{term.value}</>;
  const short = shortened(term.value, base);
  if (base && term.value.startsWith(base)) {
    return /^(state|org|person|post|place|equipment|event|article):/.test(short) ? (
      <a href={viewOf(short)}>{short}</a>
    ) : (
      <>{short}</>
    );
  }
  return short === term.value ? <Outside to={term.value} /> : <code>{short}</code>;
}

function Rows(props: { results: Results; base: string }) {
  const { columns, rows } = props.results;
  const [shown, setShown] = useState(PORTION);
  return (
    <>
      <div class="rows" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th
                  scope="col"
                  key={name}
                  class={numeric(rows[0]?.[columns.indexOf(name)]) === null ? undefined : "number"}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, place) => (
              <tr key={place}>
                {row.map((term, column) => (
                  <td key={column} class={numeric(term) === null ? undefined : "number"}>
                    <Cell term={term} base={props.base} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + PORTION)}>
          Show more of {rows.length.toLocaleString("en")}
        </button>
      )}
    </>
  );
}

function ColumnChoice(props: {
  label: string;
  of: string[];
  value: number;
  none?: string;
  set: (column: number) => void;
}) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.set(Number(event.currentTarget.value))}>
        {props.none && <option value={-1}>{props.none}</option>}
        {props.of.map((name, column) => (
          <option value={column} key={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Bars(props: { results: Results; base: string }) {
  const { results } = props;
  const { columns, rows } = results;
  const [measure, setMeasure] = useState(() =>
    columns.findIndex((_, column) => rows.every((row) => numeric(row[column]) !== null)),
  );
  const [name, setName] = useState(() =>
    Math.max(
      columns.findIndex((_, column) => column !== measure),
      0,
    ),
  );
  const sums = new Map<string, number>();
  for (const row of rows) {
    const label = said(row[name], props.base) || "(none)";
    sums.set(label, (sums.get(label) ?? 0) + (measure < 0 ? 1 : (numeric(row[measure]) ?? 0)));
  }
  const isTime = [...sums.keys()].every((label) => /^\d{4}/.test(label));
  const sorted = [...sums].sort(([one, less], [other, more]) => (isTime ? one.localeCompare(other) : more - less));
  return (
    <>
      <div class="controls">
        <ColumnChoice label="Bars for" of={columns} value={name} set={setName} />
        <ColumnChoice label="Length" of={columns} value={measure} none="number of rows" set={setMeasure} />
      </div>
      <NumberBars
        title="Chart of the answer"
        rows={sorted.slice(0, BARS).map(([label, number]) => ({ name: label, number }))}
      />
      {sorted.length > BARS && (
        <p class="aside">
          The first {BARS} of {sorted.length.toLocaleString("en")}.
        </p>
      )}
    </>
  );
}

function Net(props: { results: Results; base: string }) {
  const { results, base } = props;
  const [[from, to], setEnds] = useState(() => ends(results));
  const web = useMemo(() => webOf(results, from, to, base), [results, from, to, base]);
  const painted = useMemo(() => colours(web, "type"), [web]);
  const [chosen, setChosen] = useState<string | null>(null);
  const actor = chosen ? web.actors.get(chosen) : undefined;
  return (
    <>
      <div class="controls">
        <ColumnChoice label="From" of={results.columns} value={from} set={(column) => setEnds([column, to])} />
        <ColumnChoice label="To" of={results.columns} value={to} set={(column) => setEnds([from, column])} />
        <span class="aside" role="status">
          {many(web.actors.size, "node")}, {many(web.ties.size, "tie")}
          {actor && " · "}
          {actor && (/^[a-z]+:/.test(actor.id) ? <a href={viewOf(actor.id)}>{actor.label}</a> : actor.label)}
        </span>
      </div>
      {web.reduced && <p class="reduced">{web.reduced}</p>}
      <p id="keys" class="hidden">
        Arrows choose a node, plus and minus zoom, 0 shows all. The table shows the same in words.
      </p>
      <Drawing
        web={web}
        colours={painted}
        year={null}
        chosen={chosen}
        choose={(id) => setChosen(id || null)}
        expand={() => undefined}
        label={`Network of ${many(web.actors.size, "node")}`}
      />
    </>
  );
}

function said(term: Term | undefined, base: string): string {
  if (!term) return "";
  return term.type === "uri" ? shortened(term.value, base) : term.value;
}

/** The two columns that look most like the ends of ties: of IRIs, else of other words than numbers. */
function ends(results: Results): [number, number] {
  if (results.isGraph) return [0, 2];
  const places = results.columns.map((_, column) => column);
  const first = (column: number) => results.rows.find((row) => row[column])?.[column];
  const iris = places.filter((column) => first(column)?.type === "uri");
  const texts = places.filter(
    (column) => numeric(first(column)) === null && !/^\d{4}/.test(first(column)?.value ?? ""),
  );
  const [from = 0, to = Math.min(1, places.length - 1)] = iris.length > 1 ? iris : texts;
  return [from, to];
}

const KINDS: Record<string, string> = { state: "State", org: "Organization", person: "Person" };

/** The rows as ties between what stands in two columns. */
function webOf(results: Results, from: number, to: number, base: string): Web {
  const web: Web = { actors: new Map(), ties: new Map(), reduced: "" };
  for (const row of results.rows) {
    const [source, target] = [said(row[from], base), said(row[to], base)];
    if (!source || !target || source === target) continue;
    const fresh = [source, target].filter((id) => !web.actors.has(id));
    if (web.actors.size + fresh.length > MOST) {
      web.reduced = `The first ${MOST.toLocaleString("en")} nodes are drawn; the table has all rows.`;
      continue;
    }
    for (const id of fresh)
      web.actors.set(id, { id, label: id, type: KINDS[id.split(":")[0] ?? ""] ?? "", country: null });
    const [one, other] = source < target ? [source, target] : [target, source];
    const key = `${one} ${other}`;
    const events = (web.ties.get(key)?.events ?? 0) + 1;
    web.ties.set(key, { source: one, target: other, events, first: null, last: null });
  }
  return web;
}
