"""What lookups hand out: entities, events and the relationships between them, as plain values.

Ids are short ("state:PK", "event:..."); dates are days, `when` is EDTF text; confidences go from 0 to 1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.model import EventType, Role, Stage, Status


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as others mention it. `type` is its class: State, Organization, Person, Post, Place or Equipment."""

    id: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a search found, by which of its names, and how well (0 to 100; 100 is the name itself)."""

    node: Node
    name: str
    score: float
    state: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """That a person holds, or `former`ly held, a post, as the article published on `day` has it."""

    person: Node
    post: Node
    state: Node | None
    organization: Node | None
    former: bool
    article: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many events of a type."""

    type: EventType
    number: int


@dataclass(frozen=True, slots=True)
class Number:
    """How many of what."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Entity:
    """All that is known of an entity; its events are counted, and `first` and `last` are the days that they span."""

    node: Node
    iri: str
    aliases: tuple[str, ...]
    iso2: str | None
    iso3: str | None
    states: tuple[Node, ...]
    represents: tuple[Node, ...]
    ranks: tuple[str, ...]
    posts: tuple[Tenure, ...]
    same_as: tuple[str, ...]
    events: tuple[Count, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of an article that shows an event: `exact` is its text from offset `start` to `end`."""

    article: str
    published: date | None
    publisher: str | None
    headline: str | None
    url: str | None
    exact: str
    start: int
    end: int
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Part:
    """An actor in its role in an event."""

    role: Role
    actor: Node


@dataclass(frozen=True, slots=True)
class Goods:
    """An item of an event, with number and value as far as stated."""

    equipment: Node
    quantity: int | None
    amount: Decimal | None
    currency: str | None
    value_text: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A value, as text, and the articles that say so."""

    value: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values of a property that cannot all be right; the one that most articles give comes first.

    `property` is when, status, place, name, stage, or the quantity or amount of the equipment that it is `about`.
    """

    property: str
    about: Node | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its roles and the sentences of all articles that tell of it, the newest article first.

    Where articles differ on a value that an event has once (status, date, stage), `kg.answers.claims` says which stands
    here; what cannot be reconciled is among the `disagreements`. `sources` is the number of articles that tell of it,
    `confidence` the chance that one of them is right.
    """

    id: str
    iri: str
    type: EventType
    label: str
    status: Status
    when: str | None
    earliest: date | None
    latest: date | None
    place: Node | None
    name: str | None
    stage: Stage | None
    confidence: float
    parts: tuple[Part, ...]
    goods: tuple[Goods, ...]
    during: str | None
    sentences: tuple[Sentence, ...]
    sources: int
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Relationship:
    """What links an entity to a counterpart: an event, and the roles of both in it.

    A role is one of `Role`, or "place" and "item" for the place and the equipment of an event.
    """

    event: Happening
    roles: tuple[str, ...]
    counterpart: Node
    counterpart_roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one entity to another: the entities, and for each step the newest event that two of them share."""

    nodes: tuple[Node, ...]
    events: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Dyad:
    """What two entities do together: how many events, by type and by year as far as dated."""

    one: Node
    other: Node
    events: int
    types: tuple[Count, ...]
    years: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the store, and how many events it tells of."""

    id: str
    published: date | None
    publisher: str | None
    headline: str | None
    url: str | None
    events: int


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are meant: those that meet all that is given.

    One of the `types` and `statuses`; all `actors` take part, the first of them (or anybody) in one of the `roles`; so
    does somebody of each of the `countries` (ISO 3166-1 alpha-2) and `organizations`; `place` is where it was, or the
    state
    that this lies in; from `since` to `until` it need only touch; `article` and `publisher` tell of it.
    """

    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    countries: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    place: str | None = None
    item: str | None = None
    since: date | None = None
    until: date | None = None
    confidence: float = 0.0
    article: str | None = None
    publisher: str | None = None
