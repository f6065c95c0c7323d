"""Pages of events, relationships and articles: each goes on behind the last row of the one before, come what may."""

import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from json import dumps, loads
from typing import Any, Generic, TypeVar

from kg.answers.views import Article, Happening, Node, Relationship
from kg.errors import UsageError
from kg.index.counting import Neighbour
from kg.index.indexing import TELLING
from kg.index.numbers import ACTORS, bits, number, roles
from kg.index.selection import Selection, Value, day

T = TypeVar("T")


class Sort(StrEnum):
    """What comes first: the newest or oldest event (those without a date last), the surest, the one most often told."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CONFIDENCE = "confidence"
    SOURCES = "sources"


KEYS = {
    Sort.NEWEST: "e.last",
    Sort.OLDEST: "CASE e.first WHEN 0 THEN -9999999 ELSE -e.first END",
    Sort.CONFIDENCE: "e.confidence",
    Sort.SOURCES: "e.sources",
}
"""What is sorted by, the highest first."""


@dataclass(frozen=True)
class Told:
    """An event as the index holds it: the JSON of a `Happening`."""

    json: bytes

    @cached_property
    def event(self) -> Happening:
        """The event."""
        return TELLING.validate_json(self.json)


@dataclass(frozen=True)
class Linked(Told):
    """A relationship as the index holds it: an event, the roles of the one and of the counterpart."""

    roles: tuple[str, ...]
    counterpart: Node
    counterpart_roles: tuple[str, ...]

    @property
    def relationship(self) -> Relationship:
        """The relationship."""
        return Relationship(self.event, self.roles, self.counterpart, self.counterpart_roles)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the mark behind which the next page begins, if there is one."""

    items: list[T]
    after: str | None


@dataclass(frozen=True, slots=True)
class Start:
    """How a page is asked for: so many rows, sorted so, behind a mark of such a page."""

    limit: int = 100
    sort: Sort = Sort.NEWEST
    after: str | None = None

    def condition(self, row: str) -> tuple[str, tuple[Value, ...]]:
        """The rows behind the mark; `row` names what tells rows of one key apart.

        Raises:
            UsageError: the mark is none of such a page.
        """
        if self.after is None:
            return "1", ()
        key, *rest = values_of(self.after, 2 + row.count(","))
        marks = ", ".join("?" for _ in rest)
        return f"{KEYS[self.sort]} <= ? AND ({KEYS[self.sort]} < ? OR ({row}) > ({marks}))", (key, key, *rest)

    def page(self, rows: list[tuple[Value, ...]], width: int, made: list[T]) -> Page[T]:
        """The page of these rows, of which one too many was asked for; a mark is made of their last `width` columns."""
        more = len(rows) > self.limit
        return Page(made[: self.limit], mark_of(rows[self.limit - 1][-width:]) if more else None)


def events(connection: sqlite3.Connection, chosen: Selection, start: Start, actor: int | None = None) -> Page[Told]:
    """The events that are chosen, a page of them; `actor` is the number of one who takes part in all of them."""
    behind, mark = start.condition("e.number")
    key = KEYS[start.sort]
    told = "SELECT t.json, {key}, e.number FROM {source} JOIN telling AS t ON t.event = e.number WHERE {where}"
    if actor is None:
        source, own = "event AS e", "1"
    else:
        source, own = "part AS m CROSS JOIN event AS e ON e.number = m.event", "m.node = ? AND m.roles & ?"
        mark = (actor, ACTORS, *mark)
    behind, order = _along(f"{behind}", start.sort, actor is not None), _order(start.sort, actor is not None)
    where = f"{own} AND {behind} AND {chosen.where}"
    query = f"{told.format(key=key, source=source, where=where)} ORDER BY {order}, e.number LIMIT ?"
    rows = connection.execute(query, (*mark, *chosen.values, start.limit + 1)).fetchall()
    return start.page(rows, 2, [Told(row[0]) for row in rows])


ARTICLES = """
SELECT a.id, a.day, a.publisher, a.headline, a.url, (SELECT count(*) FROM source AS s WHERE s.article = a.number),
    a.day, a.number
FROM article AS a WHERE {where} ORDER BY a.day DESC, a.number LIMIT ?
"""


def articles(
    connection: sqlite3.Connection, limit: int, after: str | None, publisher: str | None = None
) -> Page[Article]:
    """The articles of a publisher, or all, the newest first; a page of them."""
    where, values = ["1"], list[Value]()
    if publisher is not None:
        where.append("a.publisher = ?")
        values.append(publisher)
    if after is not None:
        last, own = values_of(after, 2)
        where.append("a.day <= ? AND (a.day < ? OR a.number > ?)")
        values += [last, last, own]
    query = ARTICLES.format(where=" AND ".join(where))
    rows = connection.execute(query, (*values, limit + 1)).fetchall()
    return Start(limit).page(rows, 2, [_article(row) for row in rows])


def article(connection: sqlite3.Connection, number: int) -> Article | None:
    """The article with this number."""
    row = connection.execute(ARTICLES.format(where="a.number = ?"), (number, 1)).fetchone()
    return _article(row) if row else None


def _article(row: tuple[Any, ...]) -> Article:
    id, published, publisher, headline, url, events, *_ = row
    return Article(id, day(published), publisher, headline, url, events)


SPOKEN_OF = """
SELECT id, type, label FROM node
WHERE id > ? AND type IN ({types}) AND (number IN (SELECT node FROM mention) OR number IN (SELECT node FROM part))
ORDER BY id LIMIT ?
"""


def entities(connection: sqlite3.Connection, types: Sequence[str], limit: int, after: str) -> list[Node]:
    """The entities of these types of which articles speak, by id, from behind the id `after` on."""
    query = SPOKEN_OF.format(types=", ".join("?" for _ in types))
    return [Node(*row) for row in connection.execute(query, (after, *types, limit))]


LINKED = """
FROM part AS m
CROSS JOIN event AS e ON e.number = m.event
CROSS JOIN part AS q ON q.event = m.event AND q.node <> m.node AND q.roles & ?
"""
LINKS = f"""
SELECT t.json, m.roles, n.id, n.type, n.label, {{key}}, e.number, q.roles, q.node
{LINKED}
CROSS JOIN node AS n ON n.number = q.node
CROSS JOIN telling AS t ON t.event = m.event
WHERE m.node = ? AND {{where}} AND {{behind}}
ORDER BY {{order}}, e.number, q.roles, q.node
LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Links:
    """What links a node to others: by the chosen events, in one of its own roles, to a counterpart or who is of it."""

    node: int
    chosen: Selection
    roles: Sequence[str] = ()
    counterpart: int | None = None

    def condition(self) -> Selection:
        """The links, as a condition."""
        where, values = [self.chosen.where], [*self.chosen.values]
        if self.roles:
            where.append("m.roles & ?")
            values.append(bits(self.roles))
        if self.counterpart is not None:
            where.append("q.node IN (SELECT b.node FROM belonging AS b WHERE b.whole = ?)")
            values.append(self.counterpart)
        return Selection(" AND ".join(where), tuple(values))


def relationships(connection: sqlite3.Connection, wanted: Links, start: Start) -> Page[Linked]:
    """What links a node to each counterpart, one by one, a page of it."""
    behind, mark = start.condition("e.number, q.roles, q.node")
    chosen, order = wanted.condition(), _order(start.sort, True)
    key, behind = KEYS[start.sort], _along(behind, start.sort, True)
    query = LINKS.format(key=key, where=chosen.where, behind=behind, order=order)
    rows = connection.execute(query, (ACTORS, wanted.node, *chosen.values, *mark, start.limit + 1)).fetchall()
    links = [
        Linked(json, roles(own), Node(id, type, label), roles(others))
        for json, own, id, type, label, _, _, others, _ in rows
    ]
    return start.page(rows, 4, links)


def number_of_relationships(connection: sqlite3.Connection, wanted: Links) -> int:
    """How many they are in all."""
    chosen = wanted.condition()
    query = f"SELECT count(*) {LINKED} WHERE m.node = ? AND {chosen.where}"
    return int(connection.execute(query, (ACTORS, wanted.node, *chosen.values)).fetchone()[0])


def _order(sort: Sort, from_part: bool) -> str:
    """What to order by; from a node's parts, the newest are at hand in order."""
    return f"{_along(KEYS[sort], sort, from_part)} DESC"


def _along(text: str, sort: Sort, from_part: bool) -> str:
    return text.replace("e.last", "m.last") if from_part and sort is Sort.NEWEST else text


def portion(found: Sequence[Neighbour], limit: int, after: str | None, fixed: bool) -> Page[Neighbour]:
    """A page of neighbours, the most frequent first; or in a `fixed` order, which no new event changes.

    Raises:
        UsageError: the mark of the page is none.
    """

    def key(one: Neighbour) -> tuple[int, int]:
        return 0 if fixed else -one.events, number(one.counterpart.id)

    mark = tuple(values_of(after, 2)) if after is not None else None
    rest = sorted((one for one in found if mark is None or key(one) > mark), key=key)
    return Page(rest[:limit], mark_of(key(rest[limit - 1])) if len(rest) > limit else None)


def mark_of(mark: tuple[Value, ...]) -> str:
    """The mark of a page that ends with a row of these values."""
    return urlsafe_b64encode(dumps(mark).encode()).decode().rstrip("=")


def values_of(mark: str, length: int) -> list[Value]:
    """The so many values of a mark.

    Raises:
        UsageError: it is none.
    """
    try:
        found = loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        found = None
    fits = isinstance(found, list) and len(found) == length and all(type(one) in (int, float) for one in found)
    if not fits or any(abs(one) >= 2**63 for one in found):
        raise UsageError("after: this is no mark of such a page; leave it out to begin, then follow the next links")
    return list(found)
