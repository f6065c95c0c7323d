"""Nodes and edges, and what is said of them, in whatever format."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

Spells = Sequence[tuple[int, int]]
"""Spans of days (proleptic ordinals, first and last), apart from one another and in order."""

NODE_ATTRIBUTES = (("type", "string"), ("country", "string"), ("status", "string"), ("events", "integer"))
EDGE_ATTRIBUTES = (
    ("kind", "string"),
    ("type", "string"),
    ("status", "string"),
    ("first", "string"),
    ("last", "string"),
    ("givers", "string"),
    ("confidence", "double"),
    ("events", "string"),
)
"""Titles and types of attributes; several values of one attribute are divided by blanks."""


class Node(NamedTuple):
    """A node: `type` is a class; `country` an ISO 3166-1 alpha-2 code; `status` is an event's; `degree` counts edges.

    `events` is how many it took part in; the degree is 0 unless it was asked for.
    """

    id: str
    label: str
    type: str
    country: str | None
    status: str | None
    events: int
    degree: int
    spells: Spells


class Edge(NamedTuple):
    """All that links two nodes in one `kind`; type and status are those of all its events, none where they differ.

    `givers` are the ends that provide, visit or send; `weight` counts, `confidence` (0 to 1) is the best of the events,
    whose ids are `events`.
    """

    source: str
    target: str
    kind: str
    label: str
    weight: int
    type: str | None
    status: str | None
    givers: str
    confidence: float | None
    events: str
    spells: Spells


@lru_cache(maxsize=65536)
def written(day: int) -> str:
    """A day as text: 2018-08-07."""
    return date.fromordinal(day).isoformat()


def bounds(spells: Spells) -> tuple[str | None, str | None]:
    """The first day of all and the last, as text."""
    return (written(spells[0][0]), written(spells[-1][1])) if spells else (None, None)


def node_values(node: Node) -> tuple[str | int | None, ...]:
    """The values of `NODE_ATTRIBUTES`."""
    return node.type, node.country, node.status, node.events


def edge_values(edge: Edge) -> tuple[str | float | None, ...]:
    """The values of `EDGE_ATTRIBUTES`."""
    return edge.kind, edge.type, edge.status, *bounds(edge.spells), edge.givers, edge.confidence, edge.events
