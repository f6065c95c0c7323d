"""What curators decide: that two nodes are one or not, and what an article's report should have said.

A decision speaks of reports, by ids that a new reading of the article keeps, and is never changed: one that is undone
stays, with who undid it and when.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import combinations
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter

from kg.identity.rulings import Rulings
from kg.model import Event, EventType, Participation, Place, Status

DIGITS = 8
"""Hexadecimal digits of a decision's id."""


@dataclass(frozen=True, slots=True)
class Target:
    """A report as the curator saw it: `name` is an event's type or an actor's name, `start` and `end` its evidence."""

    report: str
    article: str
    kind: Literal["act", "person", "body"]
    name: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """The reports are of one actor or act, and so are their clusters."""

    targets: tuple[Target, ...]
    kind: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True)
class Apart:
    """The two reports, and so their clusters, are of different actors or acts."""

    targets: tuple[Target, ...]
    kind: Literal["apart"] = "apart"


@dataclass(frozen=True, slots=True)
class Split:
    """The reports are of one actor or act that no other report is of."""

    targets: tuple[Target, ...]
    kind: Literal["split"] = "split"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be read instead; `None` leaves it as it is, and what `without` names is unknown."""

    rejected: bool = False
    type: EventType | None = None
    status: Status | None = None
    when: str | None = None
    place: Place | None = None
    name: str | None = None
    without: tuple[Literal["when", "place", "name"], ...] = ()
    added: tuple[Participation, ...] = ()
    removed: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """The reports of an act, read rightly."""

    targets: tuple[Target, ...]
    changes: Changes
    kind: Literal["correction"] = "correction"


@dataclass(frozen=True, slots=True)
class Addition:
    """An act that the article tells of and the extractor missed."""

    article: str
    event: Event
    kind: Literal["addition"] = "addition"

    @property
    def targets(self) -> tuple[Target, ...]:
        """No report: the act had none."""
        return ()


Content = Annotated[Merge | Apart | Split | Correction | Addition, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what, who and when, and who undid it if anybody did. Times are UTC."""

    id: str
    content: Content
    who: str
    at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None

    @classmethod
    def made(cls, content: Content, who: str, at: datetime) -> Self:
        """A new decision, with a short id from what was decided and when."""
        text = f"{who}\n{at.isoformat()}\n{_CONTENTS.dump_json(content).decode()}"
        return cls(sha256(text.encode()).hexdigest()[:DIGITS], content, who, at)

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles whose reports it speaks of."""
        own = {self.content.article} if isinstance(self.content, Addition) else set()
        return frozenset(own | {target.article for target in self.content.targets})


def summary(content: Content) -> str:
    """What was decided, in a line: the reports, and what is read instead.

    >>> summary(Correction((Target("event/visit-1", "a", "act", "Visit"),), Changes(rejected=True)))
    'Visit in a: rejected'
    """
    reports = ", ".join(f"{target.name} in {target.article}" for target in content.targets)
    match content:
        case Addition():
            return f"{content.event.type} in {content.article}"
        case Correction():
            said = {one.name: getattr(content.changes, one.name) for one in fields(Changes)}
            changed = [_shown(name, value) for name, value in said.items() if value]
            return f"{reports}: {', '.join(changed)}"
    return reports


def _shown(name: str, value: object) -> str:
    """One change of a correction."""
    match value:
        case True:
            return name
        case tuple():
            return f"{name} {' and '.join(_shown_one(one) for one in value)}"
    return f"{name} {_shown_one(value)}"


def _shown_one(value: object) -> str:
    if isinstance(value, Participation):
        return f"{value.role} {getattr(value.actor, 'name', None) or getattr(value.actor, 'code', '')}"
    return value.name if isinstance(value, Place) else str(value)


_CONTENTS: TypeAdapter[Content] = TypeAdapter(Content)
_CODEC: TypeAdapter[Decision] = TypeAdapter(Decision)


def written(decision: Decision) -> str:
    """The decision as JSON."""
    return _CODEC.dump_json(decision).decode()


def read(text: str) -> Decision:
    """The decision that was written so."""
    return _CODEC.validate_json(text)


@dataclass(frozen=True)
class Decisions:
    """All decisions of a store, the oldest first; those that were undone have no effect."""

    all: tuple[Decision, ...] = field(default=())

    @cached_property
    def active(self) -> tuple[Decision, ...]:
        """The decisions in force."""
        return tuple(decision for decision in self.all if decision.undone_at is None)

    @cached_property
    def rulings(self) -> Rulings:
        """What was said of pairs of reports, the last word counting, and the reports that stand alone."""
        pairs: dict[frozenset[str], bool] = {}
        alone: set[str] = set()
        for decision in self.active:
            reports = sorted(target.report for target in decision.content.targets)
            match decision.content:
                case Merge():
                    pairs |= {frozenset(pair): True for pair in combinations(reports, 2)}
                    alone -= set(reports)
                case Apart():
                    pairs |= {frozenset(pair): False for pair in combinations(reports, 2)}
                case Split():
                    edge = set(reports)
                    pairs = {pair: same for pair, same in pairs.items() if not (pair & edge and pair - edge)}
                    pairs |= {frozenset(pair): True for pair in combinations(reports, 2)}
                    alone |= set(reports)
        return Rulings(pairs, frozenset(alone))

    @cached_property
    def _targets(self) -> Mapping[str, tuple[Target, ...]]:
        found: dict[str, dict[str, Target]] = {}
        for decision in self.active:
            for target in decision.content.targets:
                found.setdefault(target.article, {})[target.report] = target
        return {article: tuple(targets[report] for report in sorted(targets)) for article, targets in found.items()}

    def targets(self, article: str) -> tuple[Target, ...]:
        """The reports of an article that decisions speak of, each once."""
        return self._targets.get(article, ())

    @cached_property
    def corrections(self) -> Mapping[str, tuple[tuple[int, Changes], ...]]:
        """The changes by the IRIs of the reports that they were made to, each with its decision's place."""
        found: dict[str, list[tuple[int, Changes]]] = {}
        for place, decision in enumerate(self.active):
            if isinstance(decision.content, Correction):
                for target in decision.content.targets:
                    found.setdefault(target.report, []).append((place, decision.content.changes))
        return {report: tuple(changes) for report, changes in found.items()}

    def additions(self, article: str) -> tuple[tuple[str, Event], ...]:
        """The acts added to an article, each with the id of the decision."""
        return tuple(
            (decision.id, decision.content.event)
            for decision in self.active
            if isinstance(decision.content, Addition) and decision.content.article == article
        )


def latest(decisions: Iterable[Decision]) -> Decision | None:
    """The decision made last."""
    return max(decisions, key=lambda decision: (decision.at, decision.id), default=None)
