"""A store in numbers."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.answers.views import Number
from kg.index.selection import day


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a store. Entities are those that articles speak of; days are the bounds of the events' dates."""

    articles: int
    events: int
    sentences: int
    types: tuple[Number, ...]
    statuses: tuple[Number, ...]
    entities: tuple[Number, ...]
    first: date | None
    last: date | None


SENTENCES = "SELECT coalesce(sum(json_array_length(CAST(json AS TEXT), '$.sentences')), 0) FROM telling"
SPAN = "SELECT min(nullif(first, 0)), max(nullif(last, 0)) FROM event"
ENTITIES = "SELECT type, count(*) FROM node WHERE type <> '' AND number IN (SELECT node FROM mention) GROUP BY type"


def totals(connection: sqlite3.Connection) -> Totals:
    """The numbers of a store, each event and entity counted once however many articles tell of it."""
    first, last = connection.execute(SPAN).fetchone()
    return Totals(
        articles=_one(connection, "SELECT count(*) FROM article"),
        events=_one(connection, "SELECT count(*) FROM event"),
        sentences=_one(connection, SENTENCES),
        types=_counted(connection.execute("SELECT type, count(*) FROM event GROUP BY type")),
        statuses=_counted(connection.execute("SELECT status, count(*) FROM event GROUP BY status")),
        entities=_counted(connection.execute(ENTITIES)),
        first=day(first or 0),
        last=day(last or 0),
    )


def _one(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _counted(rows: Iterable[tuple[str, int]]) -> tuple[Number, ...]:
    return tuple(Number(*row) for row in sorted(rows, key=lambda row: (-row[1], row[0])))
