"""A picture of a network: nodes by what they are and how many links they have, links by how often, or not yet."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

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
ACROSS, UP = WIDTH * 72 * 0.96, HEIGHT * 72 * 0.84
"""The drawing's part of it, in points: a point is the unit of its axes."""
MARGINS = (90.0, 25.0)
GAP, ROUNDS = 6.0, 60
"""The points between two nodes at least, and how often they are pushed apart for that."""
AREA = 40.0
"""Square points of a node, for each link, and one more."""
LARGEST = 900.0
THICKEST = 6.0
COLOURS = 8
"""Countries or communities with a colour of their own."""
REST = "other"
EVENTS: dict[str, Colour] = {
    "Meeting": (148, 103, 189),
    "Visit": (227, 119, 194),
    "Exercise": (23, 190, 207),
    "Training": (188, 189, 34),
    "MilitaryAid": (0, 115, 115),
    "Deployment": (150, 215, 140),
    "IndustrialProject": (60, 60, 60),
}
"""The classes of events that an export leaves without a colour."""
CLASSES = {**TYPES, **EVENTS}
DEEDS, PLANS = "#8a8a8a", "#c44e52"


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
    axes = figure.add_axes((0.02, 0.09, ACROSS / WIDTH / 72, UP / HEIGHT / 72))
    axes.axis("off")
    degrees = dict(made.degree())
    ids = sorted(made, key=lambda id: (-degrees[id], id))
    radii = {id: math.sqrt(min(AREA * (1 + degrees[id]), LARGEST)) / 2 for id in ids}
    groups, colours = _groups(made, colouring)
    where = _fitted(positions(made), radii)
    axes.set_xlim(0, ACROSS)
    axes.set_ylim(0, UP)
    _edges(axes, made, where, radii)
    axes.scatter(
        [where[id][0] for id in ids],
        [where[id][1] for id in ids],
        s=[(2 * radii[id]) ** 2 for id in ids],
        c=[_hex(colours.get(groups[id], OTHER)) for id in ids],
        edgecolors="white",
        linewidths=0.8,
        zorder=3,
    )
    _legend(axes, groups, colours, {_happened(said) for *_, said in made.edges(data=True)})
    missed = labels.place(axes, [(made.nodes[id]["label"], *where[id], radii[id]) for id in ids])
    more = f"; {missed} names left out for room" if missed else ""
    figure.text(0.02, 0.96, made.graph["title"], fontsize=13, weight="bold", va="center")
    figure.text(0.98, 0.96, f"{len(made)} nodes, {made.number_of_edges()} edges{more}", ha="right", va="center")


def _fitted(where: Mapping[str, Position], radii: Mapping[str, float]) -> dict[str, Position]:
    """The positions in points, all inside, and no node over another as far as there is room."""
    ids = list(where)
    places, sizes = np.array([where[id] for id in ids]), np.array([radii[id] for id in ids])
    margins, room = np.array(MARGINS), np.array((ACROSS, UP))
    low, high = places.min(axis=0), places.max(axis=0)
    places = margins + (places - low) / np.maximum(high - low, 1e-9) * (room - 2 * margins)
    wanted = sizes[:, None] + sizes[None, :] + GAP
    for _ in range(ROUNDS):
        ways = places[:, None] - places[None, :]
        far = np.maximum(np.hypot(ways[..., 0], ways[..., 1]), 1e-9)
        lacking = np.maximum(wanted - far, 0.0)
        np.fill_diagonal(lacking, 0.0)
        if not lacking.any():
            break
        places = np.clip(places + (ways / far[..., None] * lacking[..., None] / 2).sum(axis=1), GAP, room - GAP)
    return {id: (float(x), float(y)) for id, (x, y) in zip(ids, places, strict=True)}


def _edges(
    axes: "Axes", made: "nx.MultiDiGraph[str]", where: Mapping[str, Position], radii: Mapping[str, float]
) -> None:
    """Parallel edges bent apart, the thicker the more events, dashed where nothing has happened (yet)."""
    from matplotlib.patches import FancyArrowPatch

    for (source, _), kinds in _pairs(made).items():
        for place, (one, other, said) in enumerate(kinds):
            bend = (place - (len(kinds) - 1) / 2) * 0.12 * (1 if one == source else -1)
            axes.add_patch(
                FancyArrowPatch(
                    where[one],
                    where[other],
                    connectionstyle=f"arc3,rad={bend}",
                    arrowstyle="-|>" if made.graph["directed"] else "-",
                    mutation_scale=11,
                    shrinkA=radii[one],
                    shrinkB=radii[other],
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
        return groups, {name: CLASSES.get(name, OTHER) for name in found}
    return groups, dict(zip(found[:COLOURS], PALETTE, strict=False))


def _legend(axes: "Axes", groups: dict[str, str], colours: dict[str, Colour], deeds: set[bool]) -> None:
    from matplotlib.lines import Line2D

    entries = [(name, _hex(colour)) for name, colour in colours.items()]
    if set(groups.values()) - colours.keys():
        entries.append((REST, _hex(OTHER)))
    dots = [Line2D([], [], marker="o", linestyle="", color=colour, label=name) for name, colour in entries]
    lines = [Line2D([], [], color=DEEDS, label="happened")] if True in deeds else []
    plans = [Line2D([], [], color=PLANS, linestyle="--", label="planned, proposed or off")] if False in deeds else []
    axes.legend(
        handles=[*dots, *lines, *plans],
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=8,
        frameon=False,
        fontsize=8,
    )


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
