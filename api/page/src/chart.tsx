/** Bars by year, stacked by the type of event, with the same numbers as a table. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { EVENT_TYPES, type Period } from "./types";
import { words } from "./words";

const HEIGHT = 120;
const FOOT = 18;
const SIDE = 28;

/** Every year from the first to the last one. */
function filled(periods: Period[]): Period[] {
  const known = new Map(periods.map((one) => [Number(one.period), one]));
  const years = [...known.keys()].sort((one, other) => one - other);
  const first = years[0];
  const last = years.at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from(
    { length: last - first + 1 },
    (_, step) => known.get(first + step) ?? { period: String(first + step), events: 0, types: [] },
  );
}

export function YearChart(props: { periods: Period[]; title: string }) {
  const periods = filled(props.periods);
  if (periods.length === 0) return <p class="nothing">None of the events has a known date.</p>;
  return <Drawn periods={periods} known={props.periods} title={props.title} />;
}

/** The width of an element in pixels, as it is laid out. */
function useWidth<T extends Element>() {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

function Drawn(props: { periods: Period[]; known: Period[]; title: string }) {
  const { periods } = props;
  const [figure, width] = useWidth<HTMLElement>();
  const most = Math.max(...periods.map((one) => one.events));
  const step = (width - 2 * SIDE) / Math.max(periods.length, 12);
  const every = Math.ceil(36 / step);
  const types = EVENT_TYPES.filter((type) => periods.some((one) => one.types.some((count) => count.type === type)));
  const total = periods.reduce((sum, one) => sum + one.events, 0);
  const summary = `${props.title}: ${total} from ${periods[0]?.period} to ${periods.at(-1)?.period}, at most ${most} in a year.`;
  return (
    <figure class="chart" ref={figure}>
      <svg viewBox={`0 0 ${width} ${HEIGHT + FOOT + 8}`} role="img" aria-label={summary}>
        {[0, most].map((value) => (
          <g class="grid" key={value}>
            <line x1={SIDE} x2={width - SIDE} y1={height(value, most)} y2={height(value, most)} />
            <text x={SIDE - 6} y={height(value, most) + 4} text-anchor="end">
              {value}
            </text>
          </g>
        ))}
        {periods.map((one, place) => (
          <g key={one.period} transform={`translate(${SIDE + place * step} 0)`}>
            <title>{`${one.period}: ${one.events}`}</title>
            <Bar period={one} most={most} width={step} />
            {place % every === 0 && (
              <text class="year" x={step / 2} y={HEIGHT + FOOT + 4} text-anchor="middle">
                {one.period}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption>
        {types.map((type) => (
          <span class="legend" key={type}>
            <span class={`swatch type-${type}`} />
            {words(type)}
          </span>
        ))}
        <details>
          <summary>The numbers</summary>
          <div class="scroll">
            <table>
              <caption class="hidden">{props.title}</caption>
              <thead>
                <tr>
                  <th scope="col">Year</th>
                  <th scope="col">All</th>
                  {types.map((type) => (
                    <th scope="col" key={type}>
                      {words(type)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {props.known.map((one) => (
                  <tr key={one.period}>
                    <th scope="row">{one.period}</th>
                    <td>{one.events}</td>
                    {types.map((type) => (
                      <td key={type}>{one.types.find((count) => count.type === type)?.number ?? ""}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </figcaption>
    </figure>
  );
}

function Bar(props: { period: Period; most: number; width: number }) {
  let below = 0;
  return (
    <>
      {EVENT_TYPES.map((type) => {
        const number = props.period.types.find((count) => count.type === type)?.number ?? 0;
        if (!number) return null;
        const top = height(below + number, props.most);
        const bottom = height(below, props.most);
        below += number;
        return (
          <rect
            class={`bar type-${type}`}
            x={1}
            y={top}
            width={Math.max(props.width - 2, 1)}
            height={bottom - top}
            key={type}
          />
        );
      })}
    </>
  );
}

function height(value: number, most: number): number {
  return 8 + HEIGHT - (value / Math.max(most, 1)) * HEIGHT;
}

/** Bars for named numbers, the first column of a table with the numbers. */
export function NumberBars(props: { title: string; rows: { name: string; number: number; href?: string }[] }) {
  const most = Math.max(...props.rows.map((row) => Math.abs(row.number)), 1);
  return (
    <div class="scroll">
      <table class="bars">
        <caption class="hidden">{props.title}</caption>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.href ? <a href={row.href}>{row.name}</a> : row.name}</th>
              <td class="number">{row.number.toLocaleString("en")}</td>
              <td class="drawn" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect class="bar" width={(Math.abs(row.number) / most) * 100} height="10" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
