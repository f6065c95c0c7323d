"""Measures of a network: of each actor, of the whole, and of each year. All but brokerage are networkx's.

A network is what a projection makes of the events that happened, unless others are asked for. Who is linked to nobody
is left out. Between two actors there is one link; its weight is how many events (or articles) make it. An event counts
in the year in which it began; those without a date count in the whole alone.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from typing import Any

import networkx as nx

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.errors import UsageError
from kg.graphs.blocs import Blocs
from kg.graphs.measures import ALL, MOST_EDGES, MOST_NODES, ROLES, Actor, Measure, Measured, Metrics, Shape, Year
from kg.graphs.networks import communities, graph, simple
from kg.graphs.projections import EdgeRule, Kind, Projection
from kg.graphs.streams import Stream, opened
from kg.model import Status

DIGITS = 6
"""Decimals of a measure: what follows differs from machine to machine."""
ACTUAL = (Status.ACTUAL,)


def metrics(
    lookups: Lookups,
    projection: Projection,
    wanted: EventFilter,
    blocs: Blocs,
    measures: Sequence[Measure] = ALL,
    by_year: bool = False,
) -> Metrics:
    """The measures of a projection of the events that pass the filter: of those that happened unless it says a status.

    Raises:
        UnknownEntity: an id in the filter is no entity's.
        UsageError: the filter is none, the network is too large, or it has no years.
    """
    if projection.edge is EdgeRule.TENURE and by_year:
        raise UsageError(f"the projection {projection.name} has no years; leave them out, or choose another one")
    made = yearly(lookups, projection, wanted)
    years = tuple(Year(year, measured(one, blocs, measures)) for year, one in _split(made)) if by_year else ()
    return Metrics(projection.name, projection.directed, measured(made, blocs, measures), years)


def yearly(lookups: Lookups, projection: Projection, wanted: EventFilter) -> "nx.MultiDiGraph[str]":
    """The network with an edge for each year.

    Raises:
        UnknownEntity, UsageError: as for `metrics`.
    """
    kept = projection.kind if projection.edge is EdgeRule.TENURE else (Kind.YEAR,)
    happened = replace(wanted, statuses=wanted.statuses or ACTUAL)
    with closing(opened(lookups, projection.model_copy(update={"kind": kept}), happened)) as stream:
        _check("nodes", stream.size(), MOST_NODES)
        return _read(stream)


def _read(stream: Stream) -> "nx.MultiDiGraph[str]":
    made = graph(stream)
    _check("edges", made.number_of_edges(), MOST_EDGES)
    made.remove_nodes_from(list(nx.isolates(made)))
    return made


def _check(what: str, many: int, most: int) -> None:
    if many > most:
        raise UsageError(
            f"a network of {many} {what} takes too long to measure, the most is {most}; narrow the events by type, "
            "country or dates, or measure the file of an export"
        )


def _split(made: "nx.MultiDiGraph[str]") -> Iterator[tuple[int, "nx.MultiDiGraph[str]"]]:
    keys = {key for _, _, key in made.edges(keys=True)}
    for year in sorted(int(key) for key in keys if key.isdecimal()):
        part: nx.MultiDiGraph[str] = nx.MultiDiGraph(**made.graph)
        for source, target, key, said in made.edges(keys=True, data=True):
            if key == f"{year:04}":
                part.add_edge(source, target, key, **said)
        part.add_nodes_from((id, made.nodes[id]) for id in list(part))
        yield year, part


def measured(made: "nx.MultiDiGraph[str]", blocs: Blocs, measures: Sequence[Measure] = ALL) -> Measured:
    """The network's shape and its actors."""
    groups = communities(made)
    single, flat = _single(made), simple(made)
    of = {str(id): blocs.of(id, said["country"]) for id, said in made.nodes(data=True)}
    roles = brokerage(single, of) if any(measure in ROLES for measure in measures) else {}
    places = {id: place for place, ids in enumerate(groups, 1) for id in ids}
    found = {measure: MEASURES[measure](single, flat) for measure in measures if measure in MEASURES}

    def value(measure: Measure, id: str) -> float:
        if measure in ROLES:
            return roles[id][measure]
        return places[id] if measure is Measure.COMMUNITY else round(found[measure][id], DIGITS)

    actors = (
        Actor(id, said["label"], said["type"], of[id], {measure: value(measure, id) for measure in measures})
        for id, said in made.nodes(data=True)
    )
    first = measures[0]
    return Measured(
        _shape(single, flat, groups), tuple(sorted(actors, key=lambda actor: (-actor.measures[first], actor.id)))
    )


def _single(made: "nx.MultiDiGraph[str]") -> "nx.Graph[Hashable]":
    """One link between two actors, with its direction where the projection has any."""
    if not made.graph["directed"]:
        return simple(made)
    single: nx.DiGraph[Hashable] = nx.DiGraph()
    single.add_nodes_from(made)
    for source, target, said in made.edges(data=True):
        before = single.get_edge_data(source, target, {"weight": 0})
        single.add_edge(source, target, weight=before["weight"] + said["weight"])
    return single


def _shape(single: "nx.Graph[Hashable]", flat: "nx.Graph[Hashable]", groups: list[list[str]]) -> Shape:
    census = nx.triadic_census(single if isinstance(single, nx.DiGraph) else single.to_directed())
    return Shape(
        nodes=len(single),
        links=single.number_of_edges(),
        weight=int(single.size("weight")),
        density=round(nx.density(single), DIGITS),
        transitivity=round(float(nx.transitivity(flat)), DIGITS),
        components=nx.number_connected_components(flat),
        communities=len(groups),
        modularity=round(nx.community.modularity(flat, map(set, groups)), DIGITS) if flat.size() else 0.0,
        triads={name: many for name, many in census.items() if many},
    )


def eigenvector(flat: "nx.Graph[Hashable]") -> dict[Hashable, float]:
    """The eigenvector of each component with the norm 1, times the component's share of all nodes.

    A network in parts has no one eigenvector: that of its largest part would leave all others without a value, and the
    norm alone would put each actor of a lonely pair above the centre of the rest. Directions are left out: networks of
    supply have hardly any ways back.
    """
    found: dict[Hashable, float] = {}
    for ids in nx.connected_components(flat):
        part = flat.subgraph(sorted(ids, key=str))
        # the solver is for three nodes and more
        alone = _solved(part) if len(part) > 2 else dict.fromkeys(part, len(part) ** -0.5)
        found.update({id: value * len(part) / len(flat) for id, value in alone.items()})
    return found


def _solved(part: "nx.Graph[Hashable]") -> dict[Hashable, float]:
    return nx.eigenvector_centrality_numpy(part, weight="weight", max_iter=10_000)


def brokerage(single: "nx.Graph[Hashable]", of: Mapping[Any, str]) -> dict[Any, Counter[Measure]]:
    """How often each actor stands between two that are not linked themselves, by the blocs of the three.

    The roles are those of R. V. Gould and R. M. Fernandez, Structures of mediation, Sociological Methodology 19, 1989:
    from a over the broker b to c, where a is linked to b, b to c, and a not to c. An undirected link leads both ways,
    so each such pair counts from either end, as it does in R's sna.
    """
    before = single.pred if isinstance(single, nx.DiGraph) else single.adj
    return {
        broker: Counter(
            _role(of[source], of[broker], of[target])
            for source, target in product(before[broker], single.adj[broker])
            if source != target and not single.has_edge(source, target)
        )
        for broker in single
    }


def _role(source: str, broker: str, target: str) -> Measure:
    if source == target:
        return Measure.COORDINATOR if source == broker else Measure.CONSULTANT
    if broker == target:
        return Measure.GATEKEEPER
    return Measure.REPRESENTATIVE if broker == source else Measure.LIAISON


MEASURES: dict[Measure, Callable[["nx.Graph[Hashable]", "nx.Graph[Hashable]"], Any]] = {
    Measure.DEGREE: lambda single, _: dict(single.degree()),
    Measure.STRENGTH: lambda single, _: dict(single.degree(weight="weight")),
    Measure.BETWEENNESS: lambda single, _: nx.betweenness_centrality(single),
    Measure.EIGENVECTOR: lambda _, flat: eigenvector(flat),
    Measure.PAGERANK: lambda single, _: nx.pagerank(single),
    Measure.CLUSTERING: lambda _, flat: nx.clustering(flat),
    Measure.TRIANGLES: lambda _, flat: nx.triangles(flat),
}
"""Measures by actor, of the network with directions and the same without."""
