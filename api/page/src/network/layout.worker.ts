/** Lays a network out by ForceAtlas2, away from the page, and tells the positions as they settle. */

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Layout, Places } from "./layout";

const TOLD_EVERY = 10;
/** Actors from which on forces are reckoned by regions (Barnes and Hut). */
const MANY = 300;

addEventListener("message", (event: MessageEvent<Layout>) => {
  const { ids, places, ties, rounds } = event.data;
  const graph = new Graph({ type: "undirected" });
  ids.forEach((id, at) => graph.addNode(id, { x: places[2 * at], y: places[2 * at + 1] }));
  for (const [source, target, weight] of ties) graph.addEdge(ids[source], ids[target], { weight });
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: ids.length > MANY,
    edgeWeightInfluence: 0.5,
    outboundAttractionDistribution: ids.length > MANY,
  };
  for (let round = 0; round < rounds; round += TOLD_EVERY) {
    forceAtlas2.assign(graph, { iterations: TOLD_EVERY, settings, getEdgeWeight: "weight" });
    const told = new Float32Array(2 * ids.length);
    ids.forEach((id, at) => {
      told[2 * at] = graph.getNodeAttribute(id, "x") as number;
      told[2 * at + 1] = graph.getNodeAttribute(id, "y") as number;
    });
    postMessage({ places: told, done: round + TOLD_EVERY >= rounds } satisfies Places, { transfer: [told.buffer] });
  }
});
