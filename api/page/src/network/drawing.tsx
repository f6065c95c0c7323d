/** The network as a drawing: pan, zoom, choose an actor with the pointer or the keys. */

import Graph from "graphology";
import { useEffect, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import {
  EdgeLineProgram,
  EdgeRectangleProgram,
  NodeCircleProgram,
  type NodeHoverDrawingFunction,
  NodePointProgram,
} from "sigma/rendering";
import { Failure } from "../loading";
import { type Colours, styled } from "./colours";
import { layOut, type Places } from "./layout";
import { degrees, isThere, type Web } from "./web";

const TURN = Math.PI * (3 - Math.sqrt(5));
/** Ties from which on they are thin lines, and left out while the drawing moves. */
const HEAVY = 4000;
/** Actors up to which they are drawn in full size. */
const ROOMY = 400;

interface Point {
  x: number;
  y: number;
}

export interface Shown {
  web: Web;
  colours: Colours;
  /** Ties that began later are left out. */
  year: number | null;
  chosen: string | null;
}

export function Drawing(props: Shown & { label: string; choose: (id: string) => void; expand: (id: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture | null>(null);
  const [unable, setUnable] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!box.current) return;
    try {
      picture.current = new Picture(box.current, (id) => {
        latest.current.choose(id);
        latest.current.expand(id);
      });
    } catch {
      setUnable(true);
    }
    return () => picture.current?.end();
  }, []);
  useEffect(() => picture.current?.show(props.web), [props.web]);
  useEffect(() => picture.current?.look(props), [props.web, props.colours, props.year, props.chosen]);

  const press = (event: KeyboardEvent) => {
    const { chosen } = latest.current;
    if (event.key === "Enter" && chosen) props.expand(chosen);
    else if (event.key === "ArrowRight" || event.key === "ArrowDown")
      props.choose(picture.current?.beside(chosen, 1) ?? "");
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp")
      props.choose(picture.current?.beside(chosen, -1) ?? "");
    else if (event.key === "+") picture.current?.zoom(1 / 1.5);
    else if (event.key === "-") picture.current?.zoom(1.5);
    else if (event.key === "0") picture.current?.zoom(null);
    else return;
    event.preventDefault();
  };
  if (unable) return <Failure error="This browser cannot draw networks: it has no WebGL. The table shows the same." />;
  return (
    <div class="drawing">
      <div
        class="canvas"
        ref={box}
        tabIndex={0}
        role="application"
        aria-label={props.label}
        aria-describedby="keys"
        onKeyDown={press}
      />
      <div class="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => picture.current?.zoom(1 / 1.5)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => picture.current?.zoom(1.5)}>
          −
        </button>
        <button type="button" aria-label="Show all" onClick={() => picture.current?.zoom(null)}>
          ⤢
        </button>
      </div>
    </div>
  );
}

/** The drawing in an element of the page, with its layout. */
class Picture {
  private readonly graph = new Graph({ type: "undirected" });
  private readonly sigma: Sigma;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private shown: Shown | null = null;
  private colour = { near: "", far: "" };
  private there = new Set<string>();
  private endLayout = () => {};

  constructor(box: HTMLElement, chosen: (id: string) => void) {
    this.sigma = new Sigma(this.graph, box, {
      allowInvalidContainer: true,
      labelDensity: 0.6,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5,
      labelSize: 13,
      labelFont: "system-ui, sans-serif",
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      defaultDrawNodeHover: hovered,
      nodeReducer: (id, data) => this.node(id, data),
      edgeReducer: (_, data) => this.tie(data),
    });
    this.sigma.on("clickNode", ({ node }) => chosen(node));
    this.dark.addEventListener("change", this.restyle);
    this.restyle();
  }

  end(): void {
    this.endLayout();
    this.dark.removeEventListener("change", this.restyle);
    this.sigma.kill();
  }

  /** Show this network; actors that are drawn already stay where they are. */
  show(web: Web): void {
    const { graph } = this;
    this.endLayout();
    for (const id of graph.nodes()) if (!web.actors.has(id)) graph.dropNode(id);
    const many = degrees(web);
    const fresh = graph.order === 0;
    const scale = Math.min(1, Math.max(0.35, Math.sqrt(ROOMY / web.actors.size)));
    const starts = fresh ? new Map<string, Point>() : this.beginnings(web);
    let place = 0;
    for (const actor of web.actors.values()) {
      const size = scale * (3 + 1.6 * Math.sqrt(many.get(actor.id) ?? 0));
      const angle = place * TURN;
      const from = starts.get(actor.id);
      const far = from ? 1 : Math.sqrt(place);
      const start = { x: (from?.x ?? 0) + far * Math.cos(angle), y: (from?.y ?? 0) + far * Math.sin(angle) };
      if (graph.hasNode(actor.id)) graph.mergeNodeAttributes(actor.id, { size });
      else graph.addNode(actor.id, { label: actor.label, size, ...start });
      place += 1;
    }
    graph.clearEdges();
    const heavy = web.ties.size > HEAVY;
    this.sigma.setSetting("nodeProgramClasses", { circle: heavy ? NodePointProgram : NodeCircleProgram });
    this.sigma.setSetting("edgeProgramClasses", { line: heavy ? EdgeLineProgram : EdgeRectangleProgram });
    this.sigma.setSetting("hideEdgesOnMove", heavy);
    for (const [key, tie] of web.ties) {
      graph.addEdgeWithKey(key, tie.source, tie.target, { size: Math.min(0.6 + Math.sqrt(tie.events) / 2, 5), key });
    }
    this.settle(fresh ? (graph.order > 1000 ? 200 : 400) : 120);
  }

  /** Follow a change of colours, year or choice. */
  look(shown: Shown): void {
    this.shown = shown;
    this.colour = { near: styled("accent"), far: styled("tie") };
    this.there = new Set(shown.year === null ? shown.web.actors.keys() : shown.chosen ? [shown.chosen] : []);
    for (const tie of shown.web.ties.values()) {
      if (isThere(tie, shown.year)) this.there.add(tie.source).add(tie.target);
    }
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Nearer or farther; everything with `null`. */
  zoom(factor: number | null): void {
    const camera = this.sigma.getCamera();
    void camera.animate(factor === null ? { x: 0.5, y: 0.5, ratio: 1 } : { ratio: camera.ratio * factor }, {
      duration: 200,
    });
  }

  /** The actor that follows one in the order of their sizes, among those that are to be seen. */
  beside(id: string | null, step: number): string | undefined {
    const order = this.graph
      .filterNodes((one) => this.there.has(one))
      .sort((one, other) => this.graph.degree(other) - this.graph.degree(one) || (one < other ? -1 : 1));
    const at = id === null ? (step > 0 ? -1 : 0) : order.indexOf(id);
    return order[(at + step + order.length) % order.length];
  }

  /** Where new actors start: beside one that they are tied to. */
  private beginnings(web: Web): Map<string, Point> {
    const found = new Map<string, Point>();
    for (const { source, target } of web.ties.values()) {
      const [old, fresh] = this.graph.hasNode(source) ? [source, target] : [target, source];
      if (!this.graph.hasNode(fresh) && this.graph.hasNode(old))
        found.set(fresh, { x: this.at(old, "x"), y: this.at(old, "y") });
    }
    return found;
  }

  private settle(rounds: number): void {
    const ids = this.graph.nodes();
    if (ids.length < 2) return;
    const at = new Map(ids.map((id, place) => [id, place]));
    const places = new Float32Array(ids.flatMap((id) => [this.at(id, "x"), this.at(id, "y")]));
    const ties = this.graph.mapEdges((_, data, source, target): [number, number, number] => [
      at.get(source) ?? 0,
      at.get(target) ?? 0,
      Number(data.size),
    ]);
    this.endLayout = layOut({ ids, places, ties, rounds }, (found: Places) => {
      this.graph.updateEachNodeAttributes(
        (id, data) => {
          const place = at.get(id);
          return place === undefined ? data : { ...data, x: found.places[2 * place], y: found.places[2 * place + 1] };
        },
        { attributes: ["x", "y"] },
      );
    });
  }

  private at(id: string, axis: "x" | "y"): number {
    return this.graph.getNodeAttribute(id, axis) as number;
  }

  private node(id: string, data: Record<string, unknown>): Record<string, unknown> {
    const { shown } = this;
    const actor = shown?.web.actors.get(id);
    if (!shown || !actor) return data;
    const chosen = id === shown.chosen;
    return {
      ...data,
      color: shown.colours.of(actor),
      hidden: !this.there.has(id),
      highlighted: chosen,
      forceLabel: chosen || shown.web.actors.size <= 40,
      zIndex: chosen ? 1 : 0,
    };
  }

  private tie(data: Record<string, unknown>): Record<string, unknown> {
    const { shown } = this;
    const tie = shown?.web.ties.get(String(data.key));
    if (!shown || !tie) return data;
    const near = tie.source === shown.chosen || tie.target === shown.chosen;
    return {
      ...data,
      hidden: !isThere(tie, shown.year),
      color: near ? this.colour.near : this.colour.far,
      zIndex: near ? 1 : 0,
    };
  }

  private readonly restyle = () => {
    this.sigma.setSetting("labelColor", { color: styled("text") });
    this.sigma.setSetting("defaultEdgeColor", styled("tie"));
  };
}

/** The label of the actor that is pointed at, on the ground of the page. */
const hovered: NodeHoverDrawingFunction = (context, node, settings) => {
  const label = node.label ?? "";
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const [x, y] = [node.x + node.size + 3, node.y];
  context.beginPath();
  context.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
  context.strokeStyle = styled("accent");
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = styled("raised");
  context.fillRect(x - 2, y - settings.labelSize, context.measureText(label).width + 8, settings.labelSize * 1.8);
  context.fillStyle = styled("text");
  context.fillText(label, x + 2, y + settings.labelSize / 3);
};
