"""Which events are meant, in the index's terms. Values are always parameters; no text of a user is in a statement."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kg.answers.views import EventFilter
from kg.errors import UsageError
from kg.index.numbers import ACTORS, BITS, ITEM, PLACE, bits, number

IN_ROLE = "e.number IN (SELECT p.event FROM part AS p WHERE p.node = ? AND p.roles & ?)"
FOR_WHOLE = (
    "e.number IN (SELECT p.event FROM belonging AS b JOIN part AS p ON p.node = b.node "
    "WHERE b.whole = ? AND p.roles & ?)"
)
ANY_IN_ROLE = "EXISTS (SELECT 1 FROM part AS p WHERE p.event = e.number AND p.roles & ?)"
TOLD_BY = "e.number IN (SELECT s.event FROM source AS s WHERE s.article = ?)"
PUBLISHED_BY = (
    "e.number IN (SELECT s.event FROM source AS s JOIN article AS a ON a.number = s.article WHERE a.publisher = ?)"
)

Value = str | int | float
InUse = Callable[[str], str]
"""The id in use of an entity; raises `UnknownEntity`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A condition on events, called `e`, and its parameters."""

    where: str
    values: tuple[Value, ...]


def selection(wanted: EventFilter, in_use: InUse) -> Selection:
    """The events that meet all that the filter gives; one without a date meets no date.

    Raises:
        UnknownEntity: an id in it is no entity's.
        UsageError: a day lies before another, or a confidence is none.
    """
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise UsageError(f"to {wanted.until} lies before from {wanted.since}; give the earlier day as from")
    found = list(_conditions(wanted, in_use))
    where = " AND ".join(condition for condition, _ in found) or "1"
    return Selection(where, tuple(value for _, values in found for value in values))


def _conditions(wanted: EventFilter, in_use: InUse) -> Iterator[tuple[str, tuple[Value, ...]]]:
    if wanted.types:
        yield f"e.type IN ({_marks(wanted.types)})", tuple(wanted.types)
    if wanted.statuses:
        yield f"e.status IN ({_marks(wanted.statuses)})", tuple(wanted.statuses)
    if wanted.since:
        yield "e.last >= ?", (wanted.since.toordinal(),)
    if wanted.until:
        yield "e.first BETWEEN 1 AND ?", (wanted.until.toordinal(),)
    if wanted.confidence:
        yield "e.confidence >= ?", (wanted.confidence,)
    roles = bits(wanted.roles) or ACTORS
    for place, actor in enumerate(wanted.actors):
        yield IN_ROLE, (number(in_use(actor)), ACTORS if place else roles)
    if wanted.roles and not wanted.actors:
        yield ANY_IN_ROLE, (roles,)
    for whole in (*map(country_id, wanted.countries), *wanted.organizations):
        yield FOR_WHOLE, (number(in_use(whole)), ACTORS)
    for node, role in ((wanted.place, PLACE), (wanted.item, ITEM)):
        if node is not None:
            yield FOR_WHOLE, (number(in_use(node)), BITS[role])
    if wanted.article is not None:
        yield TOLD_BY, (number(article_id(wanted.article)),)
    if wanted.publisher is not None:
        yield PUBLISHED_BY, (wanted.publisher,)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def country_id(code: str) -> str:
    """The id of the state with a code.

    >>> country_id("pk")
    'state:PK'
    """
    return code if code.startswith("state:") else f"state:{code.upper()}"


def article_id(article: str) -> str:
    """The short id of an article given by it or by its identifier."""
    return article if article.startswith("article:") else f"article:{quote(article, safe='')}"


def day(ordinal: int) -> date | None:
    """The day of a number, 0 for none."""
    return date.fromordinal(ordinal) if ordinal else None
