/** The rows of an answer: as a table, as bars, as a network. */

import { useMemo, useState } from "preact/hooks";
import { viewOf } from "../addresses";
import { NumberBars } from "../chart";
import { colours } from "../network/colours";
import { Drawing } from "../network/drawing";
import { Outside } from "../parts";
import { many } from "../words";
import { numeric, type Results, type Term } from "./results";
import { shortened } from "./vocabulary";
import { ends, said, webOf } from "./web";

/** Rows and bars that are shown at once. */
const PORTION = 500;
const BARS = 60;

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

export function Rows(props: { results: Results; base: string }) {
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

/** The rows in numbers: a column added up, or the rows counted, by the values of another one. */
export function Bars(props: { results: Results; base: string }) {
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

/** The rows as ties between the values of two columns. */
export function Net(props: { results: Results; base: string }) {
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
