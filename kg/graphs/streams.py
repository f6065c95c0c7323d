"""The nodes and edges of a projection, one by one from the index."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.graphs import statements
from kg.graphs.elements import Edge, Node, Spells
from kg.graphs.projections import Projection
from kg.index.numbers import number
from kg.index.selection import Selection

SCRATCH = """
PRAGMA cache_size = -32768;
PRAGMA temp.cache_size = -32768;
PRAGMA temp_store = FILE;
CREATE TEMP TABLE degree (node INTEGER PRIMARY KEY, edges INTEGER NOT NULL);
CREATE TEMP TABLE link (
    source INTEGER, target INTEGER, kind TEXT, source_id TEXT, target_id TEXT, type TEXT, status TEXT,
    first INTEGER, last INTEGER, confidence REAL, event TEXT, forth INTEGER, back INTEGER, weight INTEGER,
    PRIMARY KEY (source, target, kind, last, event)
) WITHOUT ROWID;
BEGIN;
"""
DEGREES = """
INSERT INTO degree SELECT node, count(*) FROM (
    SELECT source AS node FROM link GROUP BY source, target, kind UNION ALL
    SELECT target FROM link GROUP BY source, target, kind
) GROUP BY node
"""
COUNTRIES = """
SELECT country FROM ({nodes}) WHERE country IS NOT NULL GROUP BY country ORDER BY count(DISTINCT number) DESC, country
LIMIT ?
"""
IN_ORDER = "ORDER BY 1, 2, 3, 9, 11"
"""Edges one after the other, their events by day and then by id."""


class Stream:
    """A projection of the chosen events. What is read is what the index held at the first question."""

    def __init__(self, connection: sqlite3.Connection, projection: Projection, chosen: Selection) -> None:
        """Take over a connection that nobody else uses."""
        self.projection = projection
        self._connection = connection
        self._nodes = statements.nodes(projection, chosen)
        self._edges = statements.edges(projection, chosen)
        self._sized = False
        connection.create_function("side_number", 2, _side_number, deterministic=True)
        connection.executescript(SCRATCH)

    def count(self) -> None:
        """Count the edges of each node, so that nodes come with their degrees."""
        if not self._sized:
            self._connection.execute(f"INSERT INTO link {self._edges.where}", self._edges.values)
            self._connection.execute(DEGREES)
            self._edges = Selection("SELECT * FROM link", ())
            self._sized = True

    def size(self) -> int:
        """How many nodes there are."""
        rows = (f"SELECT count(*) FROM ({one.where})" for one in self._nodes)
        counted = (self._connection.execute(text, one.values) for text, one in zip(rows, self._nodes, strict=True))
        return sum(many for found in counted for (many,) in found)

    def countries(self, most: int) -> tuple[str, ...]:
        """The countries with the most nodes, the largest first."""
        nodes = self._nodes[0]
        rows = self._connection.execute(COUNTRIES.format(nodes=nodes.where), (*nodes.values, most))
        return tuple(country for (country,) in rows)

    def nodes(self) -> Iterator[Node]:
        """The nodes, in an order that depends on their ids alone."""
        for one in self._nodes:
            yield from map(_node, self._connection.execute(one.where, one.values))

    def edges(self) -> Iterator[Edge]:
        """The edges, by their ends and kinds."""
        rows = self._connection.execute(f"{self._edges.where} {IN_ORDER}", self._edges.values)
        for (_, _, kind), found in groupby(rows, itemgetter(0, 1, 2)):
            yield _edge(kind, list(found))

    def close(self) -> None:
        """Let go of the index."""
        self._connection.close()


def opened(lookups: Lookups, projection: Projection, wanted: EventFilter) -> Stream:
    """The projection of the events that pass the filter; whoever asks for it closes it.

    Raises:
        UnknownEntity: an id in the filter is no entity's.
        UsageError: the filter is none.
    """
    connection, chosen = lookups.apart(wanted)
    return Stream(connection, projection, chosen)


@lru_cache(maxsize=65536)
def _side_number(country: str | None, side: str) -> int:
    """The number of the state, or else the organisation, that an actor acts for."""
    return number(f"state:{country}" if country else side)


def _node(row: Sequence[Any]) -> Node:
    _, id, label, type, country, status, events, firsts, lasts, degree = row
    days = zip(map(int, str(firsts).split(",")), map(int, str(lasts).split(",")), strict=True)
    return Node(id, label, type, country, status, events, degree or 0, _merged(days))


def _edge(kind: str, rows: Sequence[tuple[Any, ...]]) -> Edge:
    _, _, _, source, target, type, status, first, last, confidence, event, forth, back, weight = rows[0]
    spells: Spells = ((first, last),) if first and last else ()
    if len(rows) > 1:
        weight = sum(row[13] for row in rows)
        spells = _merged((row[7], row[8]) for row in rows)
        confidence = max(row[9] for row in rows)
        event = " ".join(row[10] for row in rows)
        type, status = _common(row[5] for row in rows), _common(row[6] for row in rows)
        forth, back = any(row[11] for row in rows), any(row[12] for row in rows)
    givers = " ".join(end for end, gives in ((source, forth), (target, back)) if gives)
    label = kind if weight == 1 else f"{weight} × {kind}"
    return Edge(source, target, kind, label, weight, type, status, givers, confidence, event or "", spells)


def _common(values: Iterable[str]) -> str | None:
    """The value that all share, or none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _merged(days: Iterable[tuple[int, int]]) -> Spells:
    """The spans in order, those that overlap or touch as one, as Gephi wants it; what has no date is left out."""
    spells: list[tuple[int, int]] = []
    for first, last in sorted(days):
        if spells and first <= spells[-1][1] + 1:
            if last > spells[-1][1]:
                spells[-1] = spells[-1][0], last
        elif first and last:
            spells.append((first, last))
    return spells
