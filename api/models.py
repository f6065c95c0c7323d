"""What the routes answer with. The fields are those of `kg.answers.views`, whose docstrings say what they hold."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kg.index.counting import Facet
from kg.model import EventType, Role, Stage, Status


def example(value: dict[str, Any]) -> ConfigDict:
    """A model's configuration: it is read from the values of `kg.answers.views`, and documented with an example."""
    return ConfigDict(from_attributes=True, json_schema_extra={"examples": [value]})


PAKISTAN = {"id": "state:PK", "type": "State", "label": "Pakistan"}
RUSSIA = {"id": "state:RU", "type": "State", "label": "Russia"}
FOMIN = {"id": "person:alexander-fomin", "type": "Person", "label": "Alexander Fomin"}
POST = {"id": "post:ru-deputy-defence-minister", "type": "Post", "label": "Deputy Defence Minister"}
SENTENCE = {
    "article": "article:sample-1",
    "published": "2018-08-08",
    "publisher": "Sample Gazette",
    "headline": "A pact for cadets",
    "url": "https://example.org/pact",
    "exact": "Russia and Pakistan signed a pact on 7 August.",
    "start": 20,
    "end": 66,
    "extractor": "agreement.sign",
    "confidence": 0.9,
}
EVENT: dict[str, Any] = {
    "id": "event:agreement-b91468ec",
    "iri": "https://w3id.org/defcoop/id/event/agreement-b91468ec",
    "type": "Agreement",
    "label": "Pakistan-Russia agreement, 7 Aug 2018",
    "status": "Actual",
    "when": "2018-08-07",
    "earliest": "2018-08-07",
    "latest": "2018-08-07",
    "place": {"id": "place:rawalpindi", "type": "Place", "label": "Rawalpindi"},
    "name": None,
    "stage": "signed",
    "confidence": 0.9,
    "parts": [
        {"role": "party", "actor": PAKISTAN},
        {"role": "party", "actor": RUSSIA},
        {"role": "signatory", "actor": FOMIN},
    ],
    "goods": [],
    "during": None,
    "sentences": [SENTENCE],
    "sources": 1,
    "disagreements": [],
}
DISAGREEMENT: dict[str, Any] = {
    "property": "when",
    "about": None,
    "versions": [
        {"value": "2018-08-07", "articles": ["article:sample-1", "article:sample-9"]},
        {"value": "2018-08-08", "articles": ["article:sample-10"]},
    ],
}
TENURE = {
    "person": FOMIN,
    "post": POST,
    "state": RUSSIA,
    "organization": None,
    "former": False,
    "article": "article:sample-1",
    "day": "2018-08-08",
}
ENTITY = {
    "node": FOMIN,
    "iri": "https://w3id.org/defcoop/id/person/alexander-fomin",
    "aliases": ["Fomin"],
    "iso2": None,
    "iso3": None,
    "states": [],
    "represents": [RUSSIA],
    "ranks": ["Col Gen"],
    "posts": [TENURE],
    "same_as": [],
    "events": [{"type": "Agreement", "number": 1}],
    "first": "2018-08-07",
    "last": "2018-08-07",
}
MATCH = {"node": PAKISTAN, "name": "Pakistan", "score": 100.0, "state": None}
RELATIONSHIP = {"event": EVENT, "roles": ["party"], "counterpart": RUSSIA, "counterpart_roles": ["party"]}


class Node(BaseModel):
    """An entity as others mention it."""

    model_config = example(PAKISTAN)
    id: str
    type: str = Field(description="State, Organization, Person, Post, Place or Equipment; empty where nobody says.")
    label: str


class Match(BaseModel):
    """An entity that a search found, and by which of its names."""

    model_config = example(MATCH)
    node: Node
    name: str
    score: float = Field(ge=0, le=100, description="100 for the name itself.")
    state: str | None


class Tenure(BaseModel):
    """A post that a person holds or held, as an article has it."""

    model_config = example(TENURE)
    person: Node
    post: Node
    state: Node | None
    organization: Node | None
    former: bool
    article: str
    day: date | None


class Count(BaseModel):
    """How many events of a type."""

    model_config = example({"type": "Agreement", "number": 3})
    type: EventType
    number: int


class Entity(BaseModel):
    """All that is known of an entity."""

    model_config = example(ENTITY)
    node: Node
    iri: str
    aliases: list[str]
    iso2: str | None
    iso3: str | None
    states: list[Node]
    represents: list[Node]
    ranks: list[str]
    posts: list[Tenure]
    same_as: list[str]
    events: list[Count]
    first: date | None
    last: date | None


class Sentence(BaseModel):
    """The part of an article that shows an event; the offsets count in the article's stored text."""

    model_config = example(SENTENCE)
    article: str
    published: date | None
    publisher: str | None
    headline: str | None
    url: str | None
    exact: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    extractor: str
    confidence: float = Field(ge=0, le=1)


class Part(BaseModel):
    """An actor in its role."""

    model_config = example({"role": "party", "actor": PAKISTAN})
    role: Role
    actor: Node


class Goods(BaseModel):
    """An item of an event."""

    model_config = example(
        {
            "equipment": {"id": "equipment:mi-35m", "type": "Equipment", "label": "Mi-35M"},
            "quantity": 4,
            "amount": "153000000",
            "currency": "USD",
            "value_text": "USD 153 million",
        }
    )
    equipment: Node
    quantity: int | None
    amount: Decimal | None
    currency: str | None
    value_text: str | None


class Version(BaseModel):
    """A value, and who says so."""

    model_config = example(DISAGREEMENT["versions"][0])
    value: str = Field(description="As text: EDTF for a date, a label for a place, currency and number for an amount.")
    articles: list[str] = Field(description="The ids of the articles that give this value.")


class Disagreement(BaseModel):
    """Values of a property that cannot all be right."""

    model_config = example(DISAGREEMENT)
    property: str = Field(description="when, status, place, name, stage; quantity and amount of the equipment `about`.")
    about: Node | None = Field(description="The equipment that a quantity or amount is of.")
    versions: list[Version] = Field(description="The values, the one that most articles give first.")


class Event(BaseModel):
    """An event with its roles and the sentences of all articles that tell of it.

    A value that it has once is the one that most sources give or leave room for, of equals the most exact, then the
    newest article's.
    """

    model_config = example(EVENT)
    id: str
    iri: str
    type: EventType
    label: str
    status: Status
    when: str | None = Field(description="EDTF.")
    earliest: date | None
    latest: date | None
    place: Node | None
    name: str | None
    stage: Stage | None
    confidence: float = Field(ge=0, le=1, description="The chance that one of the sources is right.")
    parts: list[Part]
    goods: list[Goods]
    during: str | None
    sentences: list[Sentence]
    sources: int = Field(ge=0, description="How many articles tell of it.")
    disagreements: list[Disagreement] = Field(description="What its sources say that cannot be reconciled.")


class Relationship(BaseModel):
    """What links an entity to a counterpart."""

    model_config = example(RELATIONSHIP)
    event: Event
    roles: list[str]
    counterpart: Node
    counterpart_roles: list[str]


class Matches(BaseModel):
    """What a search found, the best first."""

    model_config = example({"items": [MATCH]})
    items: list[Match]


class Number(BaseModel):
    """How many of what."""

    model_config = example({"name": "Agreement", "number": 3})
    name: str
    number: int


class Listing(BaseModel):
    """What every page has besides its items."""

    next: str | None = Field(description="The address of the next page, on this server; null on the last one.")
    total: int | None = Field(description="How many items there are in all, where `count` asks for it.")
    facets: dict[Facet, list[Number]] = Field(description="The events by what `facet` asks for, in numbers.")


class Relationships(Listing):
    """Relationships of an entity."""

    model_config = example({"items": [RELATIONSHIP], "next": None, "total": 1, "facets": {}})
    items: list[Relationship]


class Events(Listing):
    """Events."""

    model_config = example({"items": [EVENT], "next": None, "total": 1, "facets": {}})
    items: list[Event]


class Health(BaseModel):
    """That the server answers, and what it serves."""

    model_config = example({"status": "ok", "version": "0.1.0", "base": "https://w3id.org/defcoop/id/"})
    status: str
    version: str
    base: str
