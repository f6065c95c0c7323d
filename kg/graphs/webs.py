"""JSON for drawings in a browser: for D3 (and networkx), and for graphology and sigma."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.graphs.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, Node, edge_values, node_values, written
from kg.graphs.looks import Looks, size, sunflower
from kg.graphs.projections import Projection


def d3(projection: Projection, nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    """Nodes and links, with the keys that networkx looks for besides."""
    about = {"directed": projection.directed, "multigraph": True, "graph": {"title": projection.title}}
    yield json.dumps(about)[:-1] + ', "nodes": [\n'
    yield from _separated({"id": node.id, **_node(node)} for node in nodes)
    yield '\n], "links": [\n'
    yield from _separated(
        {"source": edge.source, "target": edge.target, "key": edge.kind, **_edge(edge)} for edge in edges
    )
    yield "\n]}\n"


def graphology(projection: Projection, nodes: Iterable[Node], edges: Iterable[Edge], looks: Looks) -> Iterator[str]:
    """What `Graph.from` takes; sigma wants a position for each node, and `type` for itself, so ours is `class`."""
    options = {"type": "directed" if projection.directed else "undirected", "multi": True, "allowSelfLoops": False}
    yield json.dumps({"options": options, "attributes": {"name": projection.title}})[:-1] + ', "nodes": [\n'
    yield from _separated(
        {"key": node.id, "attributes": {**_classed(_node(node)), **_drawn(place, node, looks)}}
        for place, node in enumerate(nodes)
    )
    yield '\n], "edges": [\n'
    undirected = {} if projection.directed else {"undirected": True}
    yield from _separated(
        {
            "key": str(number),
            "source": edge.source,
            "target": edge.target,
            **undirected,
            "attributes": _classed(_edge(edge)),
        }
        for number, edge in enumerate(edges)
    )
    yield "\n]}\n"


def _separated(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Values of a list, a line each."""
    separator = ""
    for value in values:
        yield separator + json.dumps(value)
        separator = ",\n"


def _node(node: Node) -> dict[str, Any]:
    return {"label": node.label, **_said(NODE_ATTRIBUTES, node_values(node)), **_days(node)}


def _edge(edge: Edge) -> dict[str, Any]:
    return {"label": edge.label, "weight": edge.weight, **_said(EDGE_ATTRIBUTES, edge_values(edge)), **_days(edge)}


def _said(attributes: Iterable[tuple[str, str]], values: Iterable[Any]) -> dict[str, Any]:
    """What is known, by title."""
    return {title: value for (title, _), value in zip(attributes, values, strict=True) if value not in (None, "")}


def _days(element: Node | Edge) -> dict[str, Any]:
    spells = [[written(first), written(last)] for first, last in element.spells]
    return {"spells": spells} if spells else {}


def _drawn(place: int, node: Node, looks: Looks) -> dict[str, Any]:
    x, y = looks.positions.get(node.id) or sunflower(place)
    red, green, blue = looks.colour(node)
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "size": round(size(node), 2),
        "color": f"#{red:02x}{green:02x}{blue:02x}",
    }


def _classed(said: dict[str, Any]) -> dict[str, Any]:
    return {"class" if title == "type" else title: value for title, value in said.items()}
