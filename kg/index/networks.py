"""The network around an entity, and the chains of events that join two."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.answers.views import Count, Node
from kg.index.counting import counts
from kg.index.numbers import ACTORS
from kg.index.selection import Selection, Value, day

STEP = """
SELECT DISTINCT m.node, q.node FROM near AS f
CROSS JOIN part AS m ON m.node = f.node AND m.roles & {actors}
CROSS JOIN event AS e ON e.number = m.event
CROSS JOIN part AS q ON q.event = m.event AND q.node <> m.node AND q.roles & {actors}
WHERE {where}
"""
NEAREST = """
SELECT q.node, count(DISTINCT e.number) AS events FROM near AS f
CROSS JOIN part AS m ON m.node = f.node
CROSS JOIN event AS e ON e.number = m.event
CROSS JOIN part AS q ON q.event = m.event AND q.roles & {actors}
WHERE q.node NOT IN (SELECT node FROM inside) AND {where}
GROUP BY q.node ORDER BY events DESC, q.node LIMIT ?
"""
EDGES = """
SELECT p.node, q.node, e.type, count(*), min(nullif(e.first, 0)), max(nullif(e.last, 0)) FROM inside AS i
CROSS JOIN part AS p ON p.node = i.node
CROSS JOIN event AS e ON e.number = p.event
CROSS JOIN part AS q ON q.event = p.event AND q.node > p.node AND q.roles & {actors}
CROSS JOIN inside AS j ON j.node = q.node
WHERE p.roles & {actors} AND {where} GROUP BY p.node, q.node, e.type
"""


@dataclass(frozen=True, slots=True)
class Tie:
    """That two entities take part in the same events: how many, of which types, from when to when."""

    source: str
    target: str
    events: int
    types: tuple[Count, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """An entity of a network, and how many steps it is from the one that the network is drawn around."""

    node: Node
    country: str | None
    distance: int


@dataclass(frozen=True, slots=True)
class Network:
    """Entities and what ties them; `complete` unless the limit left some out."""

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    complete: bool


def network(connection: sqlite3.Connection, node: int, chosen: Selection, depth: int, limit: int) -> Network:
    """The entities up to `depth` steps around one, those that share the most events first, and all their ties."""
    with _scratch(connection) as scratch:
        distance, complete = {node: 0}, True
        frontier = [node]
        for step in range(1, depth + 1):
            scratch.fill("near", frontier)
            scratch.fill("inside", distance)
            room = limit - len(distance)
            query = NEAREST.format(actors=ACTORS, where=chosen.where)
            frontier = [found for found, _ in connection.execute(query, (*chosen.values, room + 1))]
            complete = complete and len(frontier) <= room
            frontier = frontier[:room]
            distance |= dict.fromkeys(frontier, step)
        scratch.fill("inside", distance)
        ties = _ties(connection, chosen)
        members = (Member(*_node(connection, number), steps) for number, steps in distance.items())
        return Network(tuple(members), tuple(ties), complete)


def _ties(connection: sqlite3.Connection, chosen: Selection) -> Iterator[Tie]:
    rows: defaultdict[tuple[int, int], list[Sequence[int]]] = defaultdict(list)
    kinds: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    query = EDGES.format(actors=ACTORS, where=chosen.where)
    for one, other, kind, *row in connection.execute(query, chosen.values):
        rows[one, other].append(row)
        kinds[one, other][kind] = row[0]
    for pair, found in rows.items():
        source, target = sorted(_node(connection, number)[0].id for number in pair)
        firsts, lasts = ([row[column] for row in found if row[column]] for column in (1, 2))
        first, last = day(min(firsts, default=0)), day(max(lasts, default=0))
        yield Tie(source, target, sum(row[0] for row in found), counts(kinds[pair]), first, last)


def chains(
    connection: sqlite3.Connection, start: int, end: int, chosen: Selection, longest: int, limit: int
) -> list[list[Node]]:
    """The shortest chains of entities from one to another in which neighbours share an event, at most `limit`.

    None where the shortest takes more than `longest` steps. The search goes on from whichever end has fewer entities
    at its edge.
    """
    before: tuple[dict[int, set[int]], dict[int, set[int]]] = {start: set()}, {end: set()}
    edges: list[set[int]] = [{start}, {end}]
    with _scratch(connection) as scratch:
        for _ in range(longest):
            side = 0 if len(edges[0]) <= len(edges[1]) else 1
            scratch.fill("near", edges[side])
            query = STEP.format(actors=ACTORS, where=chosen.where)
            found: defaultdict[int, set[int]] = defaultdict(set)
            for known, new in connection.execute(query, chosen.values):
                if new not in before[side]:
                    found[new].add(known)
            before[side].update(found)
            edges[side] = set(found)
            if meeting := edges[side] & set(before[1 - side]):
                paths = _joined(before, sorted(meeting), limit)
                return [[_node(connection, number)[0] for number in path] for path in paths]
            if not found:
                break
    return []


def _joined(
    before: tuple[dict[int, set[int]], dict[int, set[int]]], meeting: Iterable[int], limit: int
) -> list[list[int]]:
    found: list[list[int]] = []
    for middle in meeting:
        for head in _back(before[0], middle):
            for tail in _back(before[1], middle):
                found.append([*reversed(head), middle, *tail])
                if len(found) == limit:
                    return found
    return found


def _back(before: dict[int, set[int]], node: int) -> Iterator[list[int]]:
    """The ways from a node, which is left out, to the start."""
    if not before[node]:
        yield []
    for previous in sorted(before[node]):
        for way in _back(before, previous):
            yield [previous, *way]


def _node(connection: sqlite3.Connection, number: int) -> tuple[Node, str | None]:
    id, type, label, country = connection.execute(
        "SELECT id, type, label, country FROM node WHERE number = ?", (number,)
    ).fetchone()
    return Node(id, type, label), country


class _scratch:  # noqa: N801 - reads as a context
    """Two temporary tables of nodes, for one question of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> "_scratch":
        for table in ("near", "inside"):
            self._connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (node INTEGER PRIMARY KEY)")
        return self

    def __exit__(self, *_: object) -> None:
        for table in ("near", "inside"):
            self._connection.execute(f"DELETE FROM temp.{table}")

    def fill(self, table: str, nodes: Iterable[Value]) -> None:
        """Put these nodes into a table, in place of those in it."""
        self._connection.execute(f"DELETE FROM temp.{table}")
        self._connection.executemany(f"INSERT INTO temp.{table} VALUES (?)", ((node,) for node in nodes))
