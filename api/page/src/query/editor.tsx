/** The editor of queries: CodeMirror, in a shadow tree, where its styles need no style element (which the policy forbids). */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "preact/hooks";
import { complete } from "./vocabulary";

const theme = EditorView.theme({
  "&": {
    backgroundColor: "transparent",
    color: "var(--text)",
    fontSize: "0.875rem",
    minHeight: "12rem",
    maxHeight: "50vh",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--faint)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--exercise) 30%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--text)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionInfo": { maxWidth: "22rem", padding: "0.4rem 0.6rem", fontFamily: "var(--sans)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--agreement)", fontWeight: "600" },
  {
    tag: [tags.variableName, tags.special(tags.variableName), tags.definition(tags.variableName)],
    color: "var(--meeting)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--exercise)" },
  { tag: [tags.number, tags.atom, tags.bool], color: "var(--transfer)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.standard(tags.variableName), tags.meta], color: "var(--training)" },
]);

/** What is `loaded` replaces what stands there, each time that it is another object; `edited` hears of every change. */
export function Editor(props: { loaded: { text: string }; edited: (text: string) => void; run: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!box.current) return;
    const root = box.current.shadowRoot ?? box.current.attachShadow({ mode: "open" });
    const start = () => {
      latest.current.run();
      return true;
    };
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.loaded.text,
        extensions: [
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: start }])),
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ override: [complete], icons: false }),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          StreamLanguage.define(sparql),
          syntaxHighlighting(colours),
          theme,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": "SPARQL query; Ctrl and Enter run it" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.edited(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const made = editor.current;
    if (!made || made.state.doc.toString() === props.loaded.text) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: props.loaded.text } });
  }, [props.loaded]);
  return <div class="editor" ref={box} />;
}
