"""A picture of a network: nodes by what they are and how many links they have, links by how often and whether at all."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import UsageError
from kg.graphs.looks import OTHER, PALETTE, TYPES, Colour, Colouring, Position
from kg.graphs.networks import communities, graph, positions
from kg.graphs.streams import Stream
from kg.model import Status
from kg.pictures import labels
from kg.pictures.files import picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DRAWN = 1000
"""Nodes of the largest network that is laid out, in about 3 s; more would not be told apart anyway."""
WIDTH, HEIGHT = 11.0, 8.5
AREA = 40.0
"""Square points of a node, for each link, and one more."""
LARGEST = 900.0
THICKEST = 6.0
COLOURS = 8
"""Countries or communities with a colour of their own."""
REST = "other"
DEEDS, PLANS = "#8a8a8a", "#c44e52"
Nodes = list[tuple[str, dict[str, Any]]]


def network(stream: Stream, format: str, colouring: Colouring = Colouring.TYPE) -> bytes:
    """The picture of a projection; who is linked to nobody is left out.

    Raises:
        UsageError: there is nothing to draw, or too much.
    """
    if (many := stream.size()) > MOST_DRAWN:
        raise UsageError(
            f"a picture shows up to {MOST_DRAWN} nodes, these are {many}; narrow the events by type, country or dates, "
            "or draw the export in Gephi"
        )
    made = graph(stream)
    made.remove_nodes_from(list(nx.isolates(made)))
    if not made:
        raise UsageError("none of these events links two nodes; ask for others, or another projection")
    return picture(format, WIDTH, HEIGHT, lambda figure: _draw(figure, made, colouring))


def _draw(figure: "Figure", made: "nx.MultiDiGraph[str]", colouring: Colouring) -> None:
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.91))
    axes.axis("off")
    where = positions(made)
    nodes = sorted(made.nodes(data=True), key=lambda node: (-made.degree(node[0]), node[0]))
    areas = [min(AREA * (1 + made.degree(id)), LARGEST) for id, _ in nodes]
    named = _groups(made, colouring)
    _limits(axes, where)
    _edges(axes, made, where, dict(zip((id for id, _ in nodes), areas, strict=True)))
    axes.scatter(
        [where[id][0] for id, _ in nodes],
        [where[id][1] for id, _ in nodes],
        s=areas,
        c=[_hex(named[1].get(named[0][id], OTHER)) for id, _ in nodes],
        edgecolors="white",
        linewidths=0.8,
        zorder=3,
    )
    _legend(axes, named, made)
    missed = labels.place(
        axes, [(said["label"], *where[id], math.sqrt(area) / 2) for (id, said), area in zip(nodes, areas, strict=True)]
    )
    more = f"; {missed} names left out for room" if missed else ""
    figure.text(0.02, 0.96, made.graph["title"], fontsize=13, weight="bold", va="center")
    figure.text(0.98, 0.96, f"{len(made)} nodes, {made.number_of_edges()} edges{more}", ha="right", va="center")


def _limits(axes: "Axes", where: Mapping[str, Position]) -> None:
    across, up = [x for x, _ in where.values()], [y for _, y in where.values()]
    margin_x, margin_y = (max(max(one) - min(one), 1.0) * 0.1 for one in (across, up))
    axes.set_xlim(min(across) - margin_x, max(across) + margin_x)
    axes.set_ylim(min(up) - margin_y, max(up) + margin_y)


def _edges(
    axes: "Axes", made: "nx.MultiDiGraph[str]", where: Mapping[str, Position], areas: Mapping[str, float]
) -> None:
    """Parallel edges bent apart, the thicker the more events, dashed where nothing has happened (yet)."""
    from matplotlib.patches import FancyArrowPatch

    for (source, target), kinds in _pairs(made).items():
        for place, (one, other, said) in enumerate(kinds):
            bend = (place - (len(kinds) - 1) / 2) * 0.12 * (1 if one == source else -1)
            axes.add_patch(
                FancyArrowPatch(
                    where[one],
                    where[other],
                    connectionstyle=f"arc3,rad={bend}",
                    arrowstyle="-|>" if made.graph["directed"] else "-",
                    mutation_scale=11,
                    shrinkA=math.sqrt(areas[one]) / 2,
                    shrinkB=math.sqrt(areas[other]) / 2,
                    linewidth=min(0.9 + math.log2(said["weight"]), THICKEST),
                    linestyle="-" if _happened(said) else (0, (3, 2)),
                    color=DEEDS if _happened(said) else PLANS,
                    alpha=0.7,
                    zorder=1,
                )
            )


def _pairs(made: "nx.MultiDiGraph[str]") -> dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]]:
    found: dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = {}
    for source, target, said in made.edges(data=True):
        found.setdefault((min(source, target), max(source, target)), []).append((source, target, said))
    return found


def _happened(said: dict[str, Any]) -> bool:
    return said["status"] in (None, Status.ACTUAL)


def _groups(made: "nx.MultiDiGraph[str]", colouring: Colouring) -> tuple[dict[str, str], dict[str, Colour]]:
    """The group of each node by its id, and the colours of the groups, the largest first."""
    if colouring is Colouring.COMMUNITY:
        groups = {id: f"community {place}" for place, ids in enumerate(communities(made), 1) for id in ids}
    else:
        groups = {id: said[colouring.value] or REST for id, said in made.nodes(data=True)}
    found = sorted(set(groups.values()) - {REST}, key=lambda name: (-list(groups.values()).count(name), name))
    if colouring is Colouring.TYPE:
        return groups, {name: TYPES.get(name, OTHER) for name in found}
    return groups, dict(zip(found[:COLOURS], PALETTE, strict=False))


def _legend(axes: "Axes", named: tuple[dict[str, str], dict[str, Colour]], made: "nx.MultiDiGraph[str]") -> None:
    from matplotlib.lines import Line2D

    groups, colours = named
    entries = [(name, _hex(colour)) for name, colour in colours.items()]
    if set(groups.values()) - colours.keys():
        entries.append((REST, _hex(OTHER)))
    dots = [Line2D([], [], marker="o", linestyle="", color=colour, label=name) for name, colour in entries]
    deeds = {_happened(said) for *_, said in made.edges(data=True)}
    lines = [Line2D([], [], color=DEEDS, label="happened")] if True in deeds else []
    plans = [Line2D([], [], color=PLANS, linestyle="--", label="planned, proposed or off")] if False in deeds else []
    axes.legend(handles=[*dots, *lines, *plans], loc="lower left", frameon=True, framealpha=0.85, fontsize=8)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
