/** The slider over the years, which plays. */

import { useEffect, useState } from "preact/hooks";

const PACE = 900;

/** Behind the last year stand all ties, the undated too. */
export function Years(props: { span: [number, number]; year: number | null; set: (year: number | null) => void }) {
  const { set, year } = props;
  const [first, last] = props.span;
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const next = (year ?? last) + 1;
      set(next > last ? null : next);
      if (next > last) setPlaying(false);
    }, PACE);
    return () => clearTimeout(timer);
  }, [playing, year]);
  const play = () => {
    if (!playing && (year === null || year >= last)) set(first);
    setPlaying(!playing);
  };
  const said = year === null ? "all years" : `until ${year}`;
  return (
    <div class="play">
      <button type="button" onClick={play}>
        {playing ? "Pause" : "Play"}
      </button>
      <input
        type="range"
        aria-label="Year until which ties are shown"
        aria-valuetext={said}
        min={first}
        max={last + 1}
        value={year ?? last + 1}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          setPlaying(false);
          set(value > last ? null : value);
        }}
      />
      <output>{said}</output>
    </div>
  );
}
