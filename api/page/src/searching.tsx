/** The field that finds entities by name: a combobox with suggestions from the server. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { answer, view, viewOf } from "./addresses";
import { get } from "./server";
import type { Match, Matches } from "./types";

const PAUSE = 120;
const SHOWN = 8;

/** `choose` is what happens with an entity; by default its view opens. */
export function SearchField(props: { label: string; initial?: string; choose?: (match: Match) => void }) {
  const [text, setText] = useState(props.initial ?? "");
  const [matches, setMatches] = useState<Match[]>([]);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  const typed = useRef(false);
  const id = useId();

  useEffect(() => {
    if (!typed.current || !text.trim()) {
      setMatches([]);
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      get<Matches>(answer("entities", { q: text.trim(), limit: SHOWN }), controller.signal).then(
        (found) => {
          setMatches(found.items);
          setActive(-1);
          setOpen(true);
        },
        () => setMatches([]),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text]);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (match: Match) => {
    close();
    typed.current = false;
    if (props.choose) {
      setText("");
      props.choose(match);
    } else {
      setText(match.node.label);
      location.hash = viewOf(match.node.id);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const match = matches[active];
    if (match) choose(match);
    else if (props.choose && matches[0]) choose(matches[0]);
    else if (!props.choose && text.trim()) {
      close();
      location.hash = view("search", [], { q: text.trim() });
    }
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(matches.length > 0);
    const places = matches.length + 1; // the field itself is one of them
    const step = event.key === "ArrowDown" ? 1 : -1;
    setActive((was) => ((was + 1 + step + places) % places) - 1);
  };
  const shown = open && matches.length > 0;
  return (
    <form class="search" role="search" aria-label={props.label} onSubmit={submit}>
      <input
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-expanded={shown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}${active}` : undefined}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        maxLength={500}
        value={text}
        onInput={(event) => {
          typed.current = true;
          setText(event.currentTarget.value);
        }}
        onKeyDown={move}
        onBlur={close}
      />
      <ul class="suggestions" role="listbox" id={`${id}list`} aria-label="Suggestions" hidden={!shown}>
        {matches.map((match, place) => (
          <li
            key={match.node.id}
            id={`${id}${place}`}
            role="option"
            aria-selected={place === active}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(match);
            }}
          >
            <span class={`entity of-${match.node.type}`}>{match.node.label}</span>
            <span class="aside">
              {match.name !== match.node.label && `${match.name} · `}
              {match.node.type || "Entity"}
              {match.state && match.state !== match.node.id && ` · ${match.state.replace("state:", "")}`}
            </span>
          </li>
        ))}
      </ul>
    </form>
  );
}
