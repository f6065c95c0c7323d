"""What articles claim of a value that an event has once: which claim is taken, and which contradict one another.

A claim can leave room for another one: who says "in August" does not deny the 7th, who told of a plan in spring does
not deny what came of it in summer. It then counts for the other, more exact or later one, too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from kg import edtf
from kg.answers.views import Disagreement, Node, Version
from kg.model import Stage, Status
from kg.rdf.slugs import slug

T = TypeVar("T")

ROUNDING = Decimal("0.05")
"""The share of a sum by which articles differ that round it: USD 4.75 billion and USD 4.8 billion are one."""

ADVANCE = {Status.PROPOSED: 0, Status.PLANNED: 1, Status.ACTUAL: 2, Status.CANCELLED: 2}
"""How far an act of this status has come."""


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """A value that an article gives; `source` is the same for articles that copy one another."""

    value: T
    article: str
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Measure(Generic[T]):
    """How claims of a property are weighed: whether the first leaves room for the second, and how vague a value is."""

    property: str
    allows: Callable[[Claim[T], Claim[T]], bool]
    shown: Callable[[T], str] = str
    vagueness: Callable[[T], int] = lambda _: 0


@dataclass(frozen=True, slots=True)
class Site:
    """A place, and the slugs of the states that it lies in."""

    node: Node
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money, as far as an article gives it."""

    amount: Decimal | None
    currency: str | None
    text: str | None


def settled(claims: Sequence[Claim[T]], measure: Measure[T]) -> T | None:
    """The value that most sources give or leave room for; of equals the most exact, then the newest article's."""

    def order(claim: Claim[T]) -> tuple[int, int, int, str, str]:
        behind = len({other.source for other in claims if measure.allows(other, claim)})
        vague = measure.vagueness(claim.value)
        return -behind, vague, newest(claim.published), claim.article, measure.shown(claim.value)

    return min(claims, key=order).value if claims else None


def disagreement(claims: Sequence[Claim[T]], measure: Measure[T], about: Node | None = None) -> Iterator[Disagreement]:
    """The contradiction between claims of different articles, where there is one: what most articles say comes first.

    `about` is what the property belongs to, where that is not the event.
    """
    said: dict[str, set[str]] = {}
    for claim in claims:
        said.setdefault(measure.shown(claim.value), set()).add(claim.article)
    disputed = {measure.shown(one.value) for one in claims if any(_contradicts(one, two, measure) for two in claims)}
    if disputed:
        versions = (Version(value, tuple(sorted(said[value]))) for value in sorted(disputed))
        yield Disagreement(measure.property, about, tuple(sorted(versions, key=lambda one: -len(one.articles))))


def newest(day: date | None) -> int:
    """A key that sorts the newest day first and a missing one last."""
    return -day.toordinal() if day else 1


def _contradicts(one: Claim[T], other: Claim[T], measure: Measure[T]) -> bool:
    return one.article != other.article and not measure.allows(one, other) and not measure.allows(other, one)


def _same(one: Claim[T], other: Claim[T]) -> bool:
    return one.value == other.value


def _covers(one: Claim[str], other: Claim[str]) -> bool:
    """Whether all days of the second EDTF text are in the first."""
    (first, last), (start, end) = edtf.bounds(one.value), edtf.bounds(other.value)
    return first <= start and end <= last


def _days(when: str) -> int:
    first, last = edtf.bounds(when)
    return (last - first).days


def _before(one: Claim[T], other: Claim[T]) -> bool:
    return one.published is not None and other.published is not None and one.published < other.published


def _led_to_status(one: Claim[Status], other: Claim[Status]) -> bool:
    return one.value is other.value or (_before(one, other) and ADVANCE[one.value] < ADVANCE[other.value])


def _led_to_stage(one: Claim[Stage], other: Claim[Stage]) -> bool:
    stages = list(Stage)
    return one.value is other.value or (_before(one, other) and stages.index(one.value) < stages.index(other.value))


def _shorter(one: Claim[str], other: Claim[str]) -> bool:
    """Whether the second name has all words of the first: "Malabar" and "Malabar 2020"."""
    return _words(one.value) <= _words(other.value)


def _wider(one: Claim[Site], other: Claim[Site]) -> bool:
    """Whether the first is the second's state, or its shorter name."""
    label = one.value.node.label
    return slug(label) in other.value.states or _words(label) <= _words(other.value.node.label)


def _rounded(one: Claim[Sum], other: Claim[Sum]) -> bool:
    """Whether the sums may be one. Those in two currencies may; no sum leaves room for any."""
    first, second = one.value, other.value
    if first.amount is None or second.amount is None:
        return first.amount is None
    near = abs(first.amount - second.amount) <= ROUNDING * max(first.amount, second.amount)
    return near or first.currency != second.currency


def _words(name: str) -> frozenset[str]:
    return frozenset(slug(name).split("-"))


def _shown_sum(found: Sum) -> str:
    plain = f"{found.currency or ''} {found.amount:f}".strip() if found.amount is not None else ""
    return plain or found.text or ""


WHEN = Measure("when", _covers, vagueness=_days)
STATUS: Measure[Status] = Measure("status", _led_to_status)
STAGE: Measure[Stage] = Measure("stage", _led_to_stage)
PLACE: Measure[Site] = Measure("place", _wider, shown=lambda site: site.node.label)
NAME = Measure("name", _shorter)
DURING: Measure[str] = Measure("during", _same)
QUANTITY: Measure[int] = Measure("quantity", _same)
AMOUNT = Measure("amount", _rounded, shown=_shown_sum)
