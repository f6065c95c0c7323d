"""The values that pass from stage to stage: what an article says, before it is RDF.

Names are those of `ontology/defcoop.ttl`; a state is its ISO 3166-1 alpha-2 code ("PK") throughout.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class EventType(StrEnum):
    """The nine classes of `coop:CooperationEvent`."""

    AGREEMENT = "Agreement"
    MEETING = "Meeting"
    VISIT = "Visit"
    EXERCISE = "Exercise"
    ARMS_TRANSFER = "ArmsTransfer"
    MILITARY_AID = "MilitaryAid"
    TRAINING = "Training"
    DEPLOYMENT = "Deployment"
    INDUSTRIAL_PROJECT = "IndustrialProject"


class Role(StrEnum):
    """The subproperties of `coop:actor`."""

    PARTY = "party"
    SIGNATORY = "signatory"
    PARTICIPANT = "participant"
    HOST = "host"
    VISITOR = "visitor"
    PROVIDER = "provider"
    RECIPIENT = "recipient"
    SENDER = "sender"


class Status(StrEnum):
    """Whether the act happened."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    PROPOSED = "Proposed"
    CANCELLED = "Cancelled"


class Stage(StrEnum):
    """How far an arms transfer or an agreement has come."""

    REQUESTED = "requested"
    OFFERED = "offered"
    APPROVED = "approved"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    NEGOTIATED = "negotiated"
    AGREED = "agreed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    EXTENDED = "extended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is title, blank line, body (the body alone without a title); all offsets count in it.

    `lead` is the offset at which the prose of the body starts, behind a header such as "date 2018-08-08 ISLAMABAD:";
    `dateline` is the place that such a header names.
    """

    id: str
    text: str
    title: str | None = None
    date: datetime.date | None = None
    dateline: str | None = None
    lead: int = 0
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state, by its ISO 3166-1 alpha-2 code."""

    code: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A ministry, force, command, committee, company or international organisation.

    `key` is the id in `ontology/reference/organizations.csv`, or `None` where the article alone knows it.
    """

    name: str
    state: str | None = None
    alt: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A position; `former` where the article says "then" or "former"."""

    name: str
    state: str | None = None
    organization: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A named person; `state`, or `organization` where that has no state (NATO), is whom he or she acts for."""

    name: str
    state: str | None = None
    organization: Organization | None = None
    rank: str | None = None
    posts: tuple[Post, ...] = ()
    alt: tuple[str, ...] = ()


Actor = State | Organization | Person


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named, with the state that it lies in where that is known."""

    name: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Equipment or goods: a designation or a kind, with number and value as far as stated."""

    equipment: str
    quantity: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    value_text: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The part of the article that shows an event: `text[start:end]`, found by the rule `extractor`."""

    start: int
    end: int
    exact: str
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor in its role."""

    role: Role
    actor: Actor


@dataclass(frozen=True, slots=True)
class Event:
    """One act of defence cooperation, however often the article tells of it. `when` is EDTF text."""

    type: EventType
    evidence: tuple[Evidence, ...]
    participations: tuple[Participation, ...]
    status: Status = Status.ACTUAL
    when: str | None = None
    place: Place | None = None
    name: str | None = None
    items: tuple[Item, ...] = ()
    stage: Stage | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says: its events, in the order of the text, and the officials that it names.

    `during` has pairs of indices into `events`: the first happened in the second, a meeting or visit.
    """

    article: Article
    events: tuple[Event, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())
    during: tuple[tuple[int, int], ...] = field(default=())
