/** The page around the views: header, search, and the view that the address names. */

import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Route, routeOf, view } from "./addresses";
import { Failure, Nothing, useLoading, Waiting } from "./loading";
import { Heading } from "./parts";
import { SearchField } from "./searching";
import DyadView from "./views/dyad";
import EntityView from "./views/entity";
import EventView from "./views/event";
import HomeView from "./views/home";
import SearchView from "./views/search";

export function App() {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const changed = (event: HashChangeEvent) => {
      const [before, now] = [routeOf(new URL(event.oldURL).hash), routeOf(location.hash)];
      setRoute(now);
      if (before.view === now.view && before.ids.join() === now.ids.join()) return;
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const current = (name: string) => (route.view === name ? "page" : undefined);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <a class="brand" href={view("")} aria-label="defcoop, start">
          defcoop
        </a>
        <SearchField
          label="Search states, people, organisations"
          key={route.view === "search" ? "search" : "other"}
          initial={route.view === "search" ? (route.params.get("q") ?? "") : ""}
        />
        <nav aria-label="Views">
          <a href={view("network")} aria-current={current("network")}>
            Network
          </a>
          <a href={view("query")} aria-current={current("query")}>
            Query
          </a>
          <a href={view("extract")} aria-current={current("extract")}>
            Read a text
          </a>
        </nav>
      </header>
      <main ref={main} tabIndex={-1} class={`view-${route.view || "home"}`}>
        <View route={route} />
      </main>
    </>
  );
}

function View(props: { route: Route }) {
  const { view: name, ids, params } = props.route;
  const [one = "", other = ""] = ids;
  if (name === "") return <HomeView />;
  if (name === "search") return <SearchView params={params} />;
  if (name === "entity" && one) return <EntityView id={one} params={params} key={one} />;
  if (name === "dyad" && one && other)
    return <DyadView one={one} other={other} params={params} key={`${one} ${other}`} />;
  if (name === "event" && one) return <EventView id={one} key={one} />;
  if (name === "article" && one) return <Later load={article} given={{ id: one, params }} key={one} />;
  if (name === "network") return <Later load={network} given={{ id: one || null, params }} />;
  if (name === "query") return <Later load={query} given={{ params }} />;
  if (name === "extract") return <Later load={extract} given={{}} />;
  return (
    <>
      <Heading kind="defcoop" title="No such view">
        No such view
      </Heading>
      <Nothing>
        This address leads nowhere. <a href={view("")}>Begin at the start</a>, or search above.
      </Nothing>
    </>
  );
}

const article = () => import("./views/article");
const network = () => import("./views/network");
const query = () => import("./views/query");
const extract = () => import("./views/extract");

/** A view whose code is fetched when it is first shown. */
function Later<P extends object>(props: { load: () => Promise<{ default: ComponentType<P> }>; given: P }) {
  const loading = useLoading(props.load.toString(), props.load);
  if (loading.state === "loading") return <Waiting what="the view" />;
  if (loading.state === "failed") return <Failure error={loading.error} />;
  const Shown = loading.value.default;
  return <Shown {...props.given} />;
}
