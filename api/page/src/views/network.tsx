import { useEffect, useMemo, useState } from "preact/hooks";
import { answer, segment, type Values, view, viewOf } from "../addresses";
import { Failure, Loaded, Nothing, useLoading } from "../loading";
import { Actors, Chosen } from "../network/actors";
import { type Colouring, colours } from "../network/colours";
import { Drawing } from "../network/drawing";
import { around, degrees, isThere, joined, type Web, whole, years } from "../network/web";
import { Years } from "../network/years";
import { Forms, Heading } from "../parts";
import { SearchField } from "../searching";
import { EVENT_TYPES, STATUSES } from "../types";
import { many, words } from "../words";

const DEPTHS = ["1", "2", "3"];

/** What the address says of the events that are drawn. */
interface Asked extends Values {
  type: string[];
  status: string[];
  country: string[];
  from: string | null;
  to: string | null;
  confidence: string | null;
}

/** Actors and what ties them: `#/network/state:PK?depth=2&type=Agreement`, or of all events `#/network?country=PK`. */
export default function NetworkView(props: { id: string | null; params: URLSearchParams }) {
  const { id, params } = props;
  const asked: Asked = {
    type: params.getAll("type"),
    status: params.getAll("status"),
    country: params.getAll("country"),
    from: params.get("from"),
    to: params.get("to"),
    confidence: params.get("confidence"),
  };
  const depth = params.get("depth") ?? "1";
  const expanded = params.getAll("expand");
  const key = view("network", id ? [id] : [], { ...asked, depth });
  const web = useLoading(key, async (signal) => {
    const start = id ? await around(id, { ...asked, depth }, signal) : await whole(asked, signal);
    const more = await Promise.all(expanded.map((one) => around(one, { ...asked, depth: 1 }, signal)));
    return more.reduce(joined, start);
  });
  return (
    <>
      <Heading kind="Network" title="Network">
        {id ? <Centre id={id} web={web.state === "ready" ? web.value : null} /> : "Who deals with whom"}
      </Heading>
      <Forms
        gexf={id ? { ...asked, actor: id } : asked}
        csv={
          id
            ? answer(`entities/${segment(id)}/neighbours.csv`, { ...asked, limit: 1000 })
            : answer("events.csv", { ...asked, limit: 1000 })
        }
        jsonld={answer("events.jsonld", { ...asked, actor: id, limit: 1000 })}
        query={view("query", [], { query: ties(asked.type), as: "network" })}
      />
      <Filter id={id} asked={asked} depth={depth} />
      <Loaded of={web} what="the network">
        {(found) =>
          found.ties.size === 0 ? (
            <Nothing>No event ties anybody here. Take another type, or leave out dates and countries.</Nothing>
          ) : (
            <Known start={found} id={id} asked={asked} params={params} key={`${key} ${params}`} />
          )
        }
      </Loaded>
    </>
  );
}

function Centre(props: { id: string; web: Web | null }) {
  return (
    <>
      Around <a href={viewOf(props.id)}>{props.web?.actors.get(props.id)?.label ?? props.id}</a>
    </>
  );
}

function Filter(props: { id: string | null; asked: Asked; depth: string }) {
  const { id, asked } = props;
  const go = (changed: Values, centre = id) => {
    location.hash = view("network", centre ? [centre] : [], { ...asked, depth: id ? props.depth : null, ...changed });
  };
  const choice = (label: string, name: string, value: string, options: readonly string[], all: string) => (
    <label>
      {label}
      <select value={value} onChange={(event) => go({ [name]: event.currentTarget.value })}>
        {all && <option value="">{all}</option>}
        {options.map((option) => (
          <option value={option} key={option}>
            {name === "status" ? option.toLowerCase() : words(option)}
          </option>
        ))}
      </select>
    </label>
  );
  const field = (label: string, name: "from" | "to") => (
    <label>
      {label}
      <input type="date" value={asked[name] ?? ""} onChange={(event) => go({ [name]: event.currentTarget.value })} />
    </label>
  );
  return (
    <section class="controls" aria-label="What is drawn">
      <div class="field">
        <SearchField label="Draw around" choose={(match) => go({ depth: "1" }, match.node.id)} />
      </div>
      {id && choice("Steps", "depth", props.depth, DEPTHS, "")}
      {choice("Type", "type", asked.type[0] ?? "", EVENT_TYPES, "all")}
      {choice("Status", "status", asked.status[0] ?? "", STATUSES, "all")}
      <label>
        Country
        <input
          class="short"
          value={asked.country[0] ?? ""}
          maxLength={2}
          pattern="[A-Za-z]{2}"
          placeholder="PK"
          onChange={(event) => go({ country: event.currentTarget.value.toUpperCase() })}
        />
      </label>
      {field("From", "from")}
      {field("To", "to")}
      {choice("Sure", "confidence", asked.confidence ?? "", ["0.5", "0.8", "0.9"], "any")}
      {id && (
        <a class="button" href={view("network", [], asked)}>
          Draw all
        </a>
      )}
    </section>
  );
}

function Known(props: { start: Web; id: string | null; asked: Asked; params: URLSearchParams }) {
  const { params } = props;
  const [web, setWeb] = useState(props.start);
  const [chosen, setChosen] = useState(props.id);
  const [year, setYear] = useState<number | null>(params.get("year") ? Number(params.get("year")) : null);
  const [by, setBy] = useState<Colouring>(params.get("colour") === "country" ? "country" : "type");
  const [table, setTable] = useState(params.get("as") === "table");
  const [expanded, setExpanded] = useState(() => params.getAll("expand"));
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>(null);
  const dark = useDark();
  const painted = useMemo(() => colours(web, by), [web, by, dark]);
  const span = useMemo(() => years(web), [web]);
  const shown = [...web.ties.values()].filter((tie) => isThere(tie, year));

  useEffect(() => {
    const rest = { colour: by === "type" ? null : by, year, as: table ? "table" : null, expand: expanded };
    const address = view("network", props.id ? [props.id] : [], {
      ...props.asked,
      depth: params.get("depth"),
      ...rest,
    });
    history.replaceState(null, "", address);
  }, [by, year, table, expanded]);

  const choose = (id: string) => {
    const actor = web.actors.get(id);
    setChosen(id || null);
    if (actor) setSaid(`${actor.label}, ${actor.type}, ${many(degrees(web).get(id) ?? 0, "tie")}`);
  };
  const expand = async (id: string) => {
    setError(null);
    try {
      const more = await around(id, { ...props.asked, depth: 1 });
      setWeb((before) => {
        const now = joined(before, more);
        const added = now.actors.size - before.actors.size;
        setSaid(`${before.actors.get(id)?.label ?? id}: ${added > 0 ? `${many(added, "actor")} more` : "nobody new"}`);
        return added > 0 || now.ties.size > before.ties.size ? now : before;
      });
      setExpanded((before) => (before.includes(id) || id === props.id ? before : [...before, id]));
    } catch (failed) {
      setError(failed);
    }
  };

  return (
    <>
      <div class="controls">
        <label>
          Colour by
          <select value={by} onChange={(event) => setBy(event.currentTarget.value as Colouring)}>
            <option value="type">type</option>
            <option value="country">country</option>
          </select>
        </label>
        <button type="button" aria-pressed={table} onClick={() => setTable(!table)}>
          As a table
        </button>
        <span class="aside">
          {many(web.actors.size, "actor")}, {many(shown.length, "tie")}
          {year !== null && ` until ${year}`}
        </span>
        <span class="legends">
          {painted.legend.map(({ name, colour }) => (
            <span class="legend" key={name}>
              <svg class="dot" viewBox="0 0 10 10" aria-hidden="true">
                <circle cx="5" cy="5" r="5" fill={colour} />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </div>
      {web.reduced && <p class="reduced">{web.reduced}</p>}
      {error !== null && <Failure error={error} />}
      <div class="network">
        <div>
          {span && <Years span={span} year={year} set={setYear} />}
          {table ? (
            <Actors web={web} year={year} choose={choose} expand={expand} />
          ) : (
            <Drawing
              web={web}
              colours={painted}
              year={year}
              chosen={chosen}
              choose={choose}
              expand={expand}
              label={`Network of ${many(web.actors.size, "actor")}. The button “As a table” shows the same in words.`}
            />
          )}
        </div>
        <div class="side">
          {!table && (
            <p id="keys" class="aside">
              Click an actor to expand it; or with the keys: arrows choose one, Enter expands it, + and − zoom, 0 shows
              all.
            </p>
          )}
          {chosen && <Chosen actor={web.actors.get(chosen)} web={web} year={year} choose={choose} expand={expand} />}
          <p class="hidden" role="status">
            {said}
          </p>
        </div>
      </div>
    </>
  );
}

function useDark(): boolean {
  const query = matchMedia("(prefers-color-scheme: dark)");
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const changed = () => setDark(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return dark;
}

function ties(types: string[]): string {
  const known = types.filter((type) => (EVENT_TYPES as readonly string[]).includes(type));
  const chosen = known.length > 0 ? known : EVENT_TYPES;
  return `SELECT ?one ?other (COUNT(DISTINCT ?event) AS ?events) WHERE {
  VALUES ?type { ${chosen.map((type) => `coop:${type}`).join(" ")} }
  ?event a ?type ; ?role1 ?state1 ; ?role2 ?state2 .
  ?state1 a coop:State ; skos:prefLabel ?one .
  ?state2 a coop:State ; skos:prefLabel ?other .
  FILTER (?one < ?other)
}
GROUP BY ?one ?other
ORDER BY DESC(?events)
`;
}
