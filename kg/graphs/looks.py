"""How a graph looks when it opens: colours, sizes and, for a small one, positions."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kg.graphs.elements import Node

Colour = tuple[int, int, int]
Position = tuple[float, float]

TYPES: dict[str, Colour] = {
    "State": (46, 107, 168),
    "Organization": (77, 146, 33),
    "Person": (217, 131, 36),
    "Post": (148, 103, 189),
    "Agreement": (190, 60, 60),
    "ArmsTransfer": (120, 60, 60),
}
PALETTE: tuple[Colour, ...] = (
    (31, 119, 180), (255, 127, 14), (44, 160, 44), (214, 39, 40), (148, 103, 189),
    (140, 86, 75), (227, 119, 194), (188, 189, 34), (23, 190, 207), (174, 199, 232),
)  # fmt: skip
"""The category colours of D3 and Vega, without its grey."""
OTHER: Colour = (128, 128, 128)

SMALLEST = 6.0
GROWTH = 4.0
"""A node's size is the smallest, and the growth times the root of its degree, so that its area follows its degree."""
TURN = math.pi * (3 - math.sqrt(5))
"""Radians between neighbours in a sunflower: H. Vogel, A better way to construct the sunflower head, 1979."""
STEP = 20.0
"""The distance of a sunflower's neighbours."""


class Colouring(StrEnum):
    """What a node's colour stands for."""

    TYPE = "type"
    COUNTRY = "country"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Looks:
    """The colour of a node, and the positions of nodes by id, as far as they have any."""

    colour: Callable[[Node], Colour]
    positions: Mapping[str, Position] = field(default_factory=dict)


def size(node: Node) -> float:
    """The size of a node by its degree."""
    return SMALLEST + GROWTH * math.sqrt(node.degree)


def by_type(node: Node) -> Colour:
    """A colour for each class."""
    return TYPES.get(node.type, OTHER)


def by_country(countries: Sequence[str]) -> Callable[[Node], Colour]:
    """A colour for each of these countries, as many as there are colours."""
    colours = dict(zip(countries, PALETTE, strict=False))
    return lambda node: colours.get(node.country or "", OTHER)


def by_community(communities: Iterable[Iterable[str]]) -> Callable[[Node], Colour]:
    """A colour for the nodes of each of these groups, as many as there are colours."""
    colours = {id: colour for ids, colour in zip(communities, PALETTE, strict=False) for id in ids}
    return lambda node: colours.get(node.id, OTHER)


def sunflower(place: int) -> Position:
    """A position for the node of this number, where nothing else says one: all fill a disc evenly."""
    radius = STEP * math.sqrt(place)
    return radius * math.cos(place * TURN), radius * math.sin(place * TURN)
