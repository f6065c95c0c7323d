// Prints what graphology reads of a GEXF file, and of its own format: the edges and a node's looks, as JSON.
import { readFileSync } from 'node:fs'
import Graph from 'graphology'
import gexf from 'graphology-gexf'

const [gexfFile, ownFile] = process.argv.slice(2)
const graphs = {
  gexf: gexf.parse(Graph, readFileSync(gexfFile, 'utf8'), { allowUndeclaredAttributes: false, addMissingNodes: false }),
  own: Graph.from(JSON.parse(readFileSync(ownFile, 'utf8'))),
}
const read = graph => ({
  type: graph.type,
  nodes: graph.order,
  edges: graph.mapEdges((edge, said, source, target) => [source, target, said.kind, said.weight]),
  drawn: graph.filterNodes((node, said) => said.size > 0 && /^(#|rgb)/.test(said.color)).length,
  placed: graph.filterNodes((node, said) => Number.isFinite(said.x) && Number.isFinite(said.y)).length,
})
console.log(JSON.stringify({ gexf: read(graphs.gexf), own: read(graphs.own) }))
