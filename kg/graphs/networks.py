"""A projection as a graph of networkx, and what is computed on one for a drawing."""

import math
from collections.abc import Hashable
from contextlib import ExitStack, closing
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
from pydantic import TypeAdapter, ValidationError

from kg.answers.lookups import Lookups
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UsageError
from kg.graphs.elements import Edge, Node, Spells
from kg.graphs.looks import Position
from kg.graphs.projections import projection
from kg.graphs.streams import Stream, opened
from kg.serving.reading import readable

SEED = 1
"""What layouts and communities start from, so that they come out the same each time."""
SPREAD = 400.0
"""The mean distance of a drawing's nodes from its middle."""
FILTER = TypeAdapter(EventFilter)


def network(place: Store | Path | str, projection_name: str, filters: dict[str, Any]) -> "nx.MultiDiGraph[str]":
    """The projection of an open store, or of that in a folder or engine; `filters` are those of `EventFilter`.

    Raises:
        StoreError: there is no store, or another process holds it.
        UnknownEntity: an id in the filters is no entity's.
        UsageError: there is no such projection or filter.
    """
    wanted, chosen = filtered(filters), projection(projection_name)
    with ExitStack() as open:
        store = place if isinstance(place, Store) else open.enter_context(readable(place))
        return graph(open.enter_context(closing(opened(Lookups(store), chosen, wanted))))


def filtered(filters: dict[str, Any]) -> EventFilter:
    """The filter of values by name; a single value stands for several, text for what it names.

    >>> filtered({"types": "Agreement", "since": "2018-01-01"}).types
    (<EventType.AGREEMENT: 'Agreement'>,)

    Raises:
        UsageError: there is no such filter, or it has no such value.
    """
    known = {field.name: isinstance(field.default, tuple) for field in fields(EventFilter)}
    if unknown := filters.keys() - known:
        raise UsageError(f"no filter {min(unknown)!r}; there are {', '.join(known)}")
    several = {name: (one,) if known[name] and isinstance(one, str) else one for name, one in filters.items()}
    try:
        return FILTER.validate_python(several)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"filter {first['loc'][0]}: {first['input']!r}: {first['msg']}") from None


def graph(stream: Stream) -> "nx.MultiDiGraph[str]":
    """The whole graph; parallel edges have their kind as key, and what is unknown is None.

    An undirected projection, as its `graph["directed"]` says, has each edge once; `to_undirected()` makes that of it.
    """
    shown = stream.projection
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=shown.name, title=shown.title, directed=shown.directed)
    for node in stream.nodes():
        made.add_node(node.id, **_node(node))
    for edge in stream.edges():
        made.add_edge(edge.source, edge.target, edge.kind, **_edge(edge))
    return made


def positions(made: "nx.MultiDiGraph[str]") -> dict[str, Position]:
    """Where ForceAtlas2 puts the nodes: Jacomy et al., PLoS ONE 9(6), 2014, as networkx has it."""
    found = nx.forceatlas2_layout(simple(made), seed=SEED, strong_gravity=True)
    mean = sum(math.hypot(*place) for place in found.values()) / max(len(found), 1) or 1.0
    return {str(id): (float(x) / mean * SPREAD, float(y) / mean * SPREAD) for id, (x, y) in found.items()}


def communities(made: "nx.MultiDiGraph[str]") -> list[list[str]]:
    """The groups that Louvain's method finds, the largest first: Blondel et al., J. Stat. Mech. P10008, 2008."""
    ids = list(made)
    numbered = nx.convert_node_labels_to_integers(simple(made))
    found = nx.community.louvain_communities(numbered, seed=SEED)
    return sorted(([ids[place] for place in sorted(one)] for one in found), key=lambda one: (-len(one), one[0]))


def simple(made: "nx.MultiDiGraph[str]") -> "nx.Graph[Hashable]":
    """The same without directions and parallel edges; the weight of an edge is that of all between its ends."""
    single: nx.Graph[Hashable] = nx.Graph()
    single.add_nodes_from(made)
    for source, target, said in made.edges(data=True):
        before = single.get_edge_data(source, target, {"weight": 0})
        single.add_edge(source, target, weight=before["weight"] + said["weight"])
    return single


def plain(made: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str] | nx.MultiGraph[str]":
    """The same with text and numbers alone, for files: days as 2018-08-07, several values divided by blanks."""
    directed = made.graph["directed"]
    copied: nx.MultiDiGraph[str] | nx.MultiGraph[str] = nx.MultiDiGraph() if directed else nx.MultiGraph()
    copied.add_nodes_from((id, _texts(said)) for id, said in made.nodes(data=True))
    copied.add_edges_from((*ends, _texts(said)) for *ends, said in made.edges(keys=True, data=True))
    return copied


def _texts(said: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in said.items() if value is not None and value != ()}


def _text(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(str(_text(one)) for one in value)
    return value if isinstance(value, str | int | float) else str(value)


def _node(node: Node) -> dict[str, Any]:
    return {
        "label": node.label,
        "type": node.type,
        "country": node.country,
        "status": node.status,
        "events": node.events,
        **_days(node.spells),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "label": edge.label,
        "kind": edge.kind,
        "weight": edge.weight,
        "type": edge.type,
        "status": edge.status,
        "givers": tuple(edge.givers.split()),
        "confidence": edge.confidence,
        "events": tuple(edge.events.split()),
        **_days(edge.spells),
    }


def _days(spells: Spells) -> dict[str, Any]:
    dated = tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in spells)
    return {"first": dated[0][0] if dated else None, "last": dated[-1][1] if dated else None, "spells": dated}
