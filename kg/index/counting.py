"""Events in numbers: by type, status, year and others; and who meets whom how often."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.answers.views import Count, Node, Number
from kg.index.numbers import ACTORS, ROLES
from kg.index.selection import Selection, day
from kg.model import EventType

JULIAN = 1721424.5
"""What lies between a day's number and SQLite's."""


class Step(StrEnum):
    """The length of a timeline's steps."""

    YEAR = "year"
    MONTH = "month"


FORMS = {Step.YEAR: "%Y", Step.MONTH: "%Y-%m"}


class Facet(StrEnum):
    """What events may be counted by."""

    TYPE = "type"
    STATUS = "status"
    STAGE = "stage"
    YEAR = "year"
    ROLE = "role"
    COUNTRY = "country"
    PUBLISHER = "publisher"


OF_ACTORS = "JOIN part AS p ON p.event = e.number AND p.roles & :actors JOIN node AS n ON n.number = p.node"
OF_SOURCES = "JOIN source AS s ON s.event = e.number JOIN article AS a ON a.number = s.article"
FACETS: Mapping[Facet, tuple[str, str]] = {
    Facet.TYPE: ("e.type", ""),
    Facet.STATUS: ("e.status", ""),
    Facet.STAGE: ("e.stage", ""),
    Facet.YEAR: (f"strftime('%Y', nullif(e.first, 0) + {JULIAN})", ""),
    Facet.COUNTRY: ("n.country", OF_ACTORS),
    Facet.PUBLISHER: ("a.publisher", OF_SOURCES),
}
"""The value that events are counted by, and the tables that it comes from."""


@dataclass(frozen=True, slots=True)
class Period:
    """The events of a year or month, in numbers."""

    period: str
    events: int
    types: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A counterpart: in how many events, of which types, and from when to when as far as known."""

    counterpart: Node
    events: int
    types: tuple[Count, ...]
    first: date | None
    last: date | None


def total(connection: sqlite3.Connection, chosen: Selection) -> int:
    """How many events are chosen."""
    query = f"SELECT count(*) FROM event AS e WHERE {chosen.where}"
    return int(connection.execute(query, chosen.values).fetchone()[0])


def facet(connection: sqlite3.Connection, chosen: Selection, by: Facet, limit: int) -> tuple[Number, ...]:
    """The chosen events by a value, the most frequent first; an event counts once for each value that it has."""
    if by is Facet.ROLE:
        return _roles(connection, chosen)
    value, tables = FACETS[by]
    query = f"""SELECT {value} AS value, count(DISTINCT e.number) AS events FROM event AS e {tables}
        WHERE {chosen.where} AND value IS NOT NULL GROUP BY value ORDER BY events DESC, value LIMIT ?"""
    query = query.replace(":actors", str(ACTORS))
    return tuple(Number(*row) for row in connection.execute(query, (*chosen.values, limit)))


def _roles(connection: sqlite3.Connection, chosen: Selection) -> tuple[Number, ...]:
    query = f"""SELECT p.roles, count(*) FROM event AS e JOIN part AS p ON p.event = e.number
        WHERE {chosen.where} GROUP BY p.roles"""
    rows = connection.execute(query, chosen.values).fetchall()
    found = {str(role): sum(many for bits, many in rows if bits >> place & 1) for place, role in enumerate(ROLES)}
    return tuple(Number(*pair) for pair in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])) if pair[1])


def timeline(connection: sqlite3.Connection, chosen: Selection, step: Step) -> tuple[Period, ...]:
    """The chosen events by the year or month in which they began; those without a date are left out."""
    query = f"""SELECT strftime(?, e.first + {JULIAN}) AS period, e.type, count(*) FROM event AS e
        WHERE e.first > 0 AND {chosen.where} GROUP BY period, e.type"""
    periods: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for period, kind, many in connection.execute(query, (FORMS[step], *chosen.values)):
        periods[period][kind] = many
    return tuple(Period(period, sum(kinds.values()), counts(kinds)) for period, kinds in sorted(periods.items()))


def counts(kinds: Mapping[str, int]) -> tuple[Count, ...]:
    """Numbers by type, in the order of the types."""
    return tuple(Count(kind, kinds[kind]) for kind in EventType if kinds.get(kind))


NEIGHBOURS = """
SELECT q.node, n.id, n.type, n.label, e.type, count(*), min(nullif(e.first, 0)), max(nullif(e.last, 0))
FROM part AS m
CROSS JOIN event AS e ON e.number = m.event
CROSS JOIN part AS q ON q.event = m.event AND q.node <> m.node AND q.roles & ?
CROSS JOIN node AS n ON n.number = q.node
WHERE m.node = ? AND {where}
GROUP BY q.node, e.type
"""


def neighbours(connection: sqlite3.Connection, node: int, chosen: Selection) -> list[Neighbour]:
    """The counterparts of a node in the chosen events, the most frequent first."""
    query = NEIGHBOURS.format(where=chosen.where)
    found: defaultdict[Node, list[Sequence[int]]] = defaultdict(list)
    kinds: defaultdict[Node, dict[str, int]] = defaultdict(dict)
    for _, id, type, label, kind, *row in connection.execute(query, (ACTORS, node, *chosen.values)):
        found[Node(id, type, label)].append(row)
        kinds[Node(id, type, label)][kind] = row[0]
    made = (
        Neighbour(one, sum(row[0] for row in rows), counts(kinds[one]), _edge(min, rows, 1), _edge(max, rows, 2))
        for one, rows in found.items()
    )
    return sorted(made, key=lambda neighbour: (-neighbour.events, neighbour.counterpart.id))


def _edge(choose: Callable[[Iterator[int]], int], rows: Sequence[Sequence[int]], column: int) -> date | None:
    known = [row[column] for row in rows if row[column]]
    return day(choose(iter(known))) if known else None
