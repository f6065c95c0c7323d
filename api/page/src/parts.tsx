/** Pieces that several views are made of. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { answer, type Values, view, viewOf } from "./addresses";
import { save } from "./files";
import { Failure } from "./loading";
import { text } from "./server";
import type { EventType, Happening, Node, Part, Sentence } from "./types";
import { articleName, date, many, percent, words } from "./words";

const JSON_LD = "application/ld+json";

/** The heading of a view, with the focus when the view is new, so that screen readers say where one is. */
export function Heading(props: { kind: string; children: ComponentChildren; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · defcoop`;
    if (document.activeElement?.localName === "main") heading.current?.focus({ preventScroll: true });
  }, [props.title]);
  return (
    <header class="heading">
      <p class="kind">{props.kind}</p>
      <h1 ref={heading} tabIndex={-1}>
        {props.children}
      </h1>
    </header>
  );
}

export function EntityLink(props: { node: Node }) {
  const { node } = props;
  return (
    <a class={`entity of-${node.type}`} href={viewOf(node.id)}>
      {node.label}
    </a>
  );
}

/** Entities in a row, divided by commas. */
export function EntityLinks(props: { nodes: Node[] }) {
  return (
    <>
      {props.nodes.map((node, place) => (
        <>
          {place > 0 && ", "}
          <EntityLink node={node} />
        </>
      ))}
    </>
  );
}

export function TypeTag(props: { type: EventType }) {
  return <span class={`tag type-${props.type}`}>{words(props.type)}</span>;
}

export function Confidence(props: { of: number }) {
  return (
    <span class="confidence" title="The chance that this is right">
      {percent(props.of)} sure
    </span>
  );
}

/** An event in a list: date, type, what it is called, how sure, and the first sentence that shows it. */
export function EventItem(props: { event: Happening; children?: ComponentChildren }) {
  const { event } = props;
  const sentence = event.sentences[0];
  return (
    <li class="event">
      <p class="line">
        <span class="date">{date(event.when) || "no date"}</span>
        <TypeTag type={event.type} />
        <a href={viewOf(event.id)}>{event.label}</a>
        {event.status !== "Actual" && <span class="status">{event.status.toLowerCase()}</span>}
        {props.children}
        <span class="aside">
          <Confidence of={event.confidence} /> · {many(event.sources, "source")}
        </span>
      </p>
      {sentence && <p class="quote">{sentence.exact}</p>}
    </li>
  );
}

/** The actors of an event by their roles. */
export function Roles(props: { parts: Part[] }) {
  const roles = [...new Set(props.parts.map((part) => part.role))];
  return (
    <dl class="facts">
      {roles.map((role) => (
        <Fact name={words(role)} key={role}>
          <EntityLinks nodes={props.parts.filter((part) => part.role === role).map((part) => part.actor)} />
        </Fact>
      ))}
    </dl>
  );
}

/** A name and a value in a list of facts; nothing where there is no value. */
export function Fact(props: { name: string; children: ComponentChildren }) {
  const { children } = props;
  if (children === null || children === undefined || children === "" || children === false) return null;
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Where a sentence stands: the article with the sentence marked, its publisher and day. */
export function Source(props: { sentence: Sentence; event?: string }) {
  const { sentence } = props;
  return (
    <span class="source">
      <a href={view("article", [sentence.article], { event: props.event })}>
        {sentence.headline ?? articleName(sentence.article)}
      </a>
      {sentence.publisher && `, ${sentence.publisher}`}
      {sentence.published && `, ${date(sentence.published)}`}
    </span>
  );
}

/** An address outside, which opens only where it leads to the web. */
export function Outside(props: { to: string; children?: ComponentChildren }) {
  const said = props.children ?? props.to;
  if (!/^https?:\/\//.test(props.to)) return <>{said}</>;
  return (
    <a href={props.to} rel="noreferrer external">
      {said}
    </a>
  );
}

/**
 * What is shown, or the one `node`, in other forms: for Gephi, for a spreadsheet, as linked data; and the query that asks
 * for it. `about` says what the graph is of where that is not plain.
 */
export function Forms(props: {
  gexf: Values;
  csv: string;
  jsonld?: string;
  node?: string;
  query: string;
  about?: string;
}) {
  return (
    <nav class="forms" aria-label="This in other forms">
      <a class="button" download href={answer("export/graph.gexf", props.gexf)} title={props.about}>
        GEXF
      </a>
      <a class="button" download href={props.csv}>
        CSV
      </a>
      {props.jsonld && (
        <a class="button" download href={props.jsonld}>
          JSON-LD
        </a>
      )}
      {props.node && <LinkedData id={props.node} />}
      <a class="button" href={props.query}>
        Query
      </a>
    </nav>
  );
}

/** What the graph states of one node, as JSON-LD: its address answers that to those who ask for it, so no link does. */
function LinkedData(props: { id: string }) {
  const [error, setError] = useState<unknown>(null);
  const keep = async () => {
    const [kind = "", name = ""] = props.id.split(/:(.*)/s);
    setError(null);
    try {
      save(`${name}.jsonld`, JSON_LD, await text(`id/${kind}/${encodeURIComponent(name)}`, JSON_LD));
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <>
      <button type="button" onClick={keep}>
        JSON-LD
      </button>
      {error !== null && <Failure error={error} />}
    </>
  );
}
