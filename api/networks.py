"""`/entities/{id}/network` and `/paths`: the network around an entity, and the chains between two."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.filters import Criteria, Filters, Text
from api.limits import MOST
from api.models import EVENT, PAKISTAN, RUSSIA, Count, Event, Node, example
from api.moves import RESPONSES, EntityId
from api.opened import OpenLookups

router = APIRouter(tags=["networks"])

DEEPEST = 3
LONGEST_PATH = 6
MOST_PATHS = 50
MEMBER = {"node": PAKISTAN, "country": "PK", "distance": 0}
TIE = {
    "source": "state:PK",
    "target": "state:RU",
    "events": 3,
    "types": [{"type": "Agreement", "number": 3}],
    "first": "2014-11-01",
    "last": "2018-08-07",
}


class Member(BaseModel):
    """An entity of a network."""

    model_config = example(MEMBER)

    node: Node
    country: str | None = Field(description="Whom it acts for or lies in (ISO 3166-1 alpha-2).")
    distance: int = Field(ge=0, description="Steps from the entity that the network is drawn around.")


class Tie(BaseModel):
    """That two entities take part in the same events."""

    model_config = example(TIE)

    source: str
    target: str
    events: int = Field(ge=1)
    types: list[Count]
    first: date | None
    last: date | None


class Network(BaseModel):
    """Entities, and what ties them."""

    model_config = example({"nodes": [MEMBER], "edges": [TIE], "complete": True})

    nodes: list[Member] = Field(description="The nearest first; of one distance, those that share the most events.")
    edges: list[Tie]
    complete: bool = Field(description="Whether `limit` left none out.")


class Chain(BaseModel):
    """A way from one entity to another."""

    model_config = example({"nodes": [PAKISTAN, RUSSIA], "events": [EVENT]})

    nodes: list[Node] = Field(description="From the one to the other.")
    events: list[Event] = Field(description="For each step, the newest event in which both take part.")


class Chains(BaseModel):
    """The shortest ways from one entity to another."""

    model_config = example({"items": [{"nodes": [PAKISTAN, RUSSIA], "events": [EVENT]}]})

    items: list[Chain]


class Around(Filters):
    """How large a network is drawn, from the events that meet the filters."""

    depth: int = Field(1, ge=1, le=DEEPEST, description="Steps from the entity.", examples=[2])
    limit: int = Field(100, ge=1, le=MOST, description="How many entities at most.", examples=[20])


class Between(Criteria):
    """The ends of a chain, and the events that it may be made of."""

    start: Text = Field(alias="from", description="The id of the entity to begin with.", examples=["state:PK"])
    end: Text = Field(alias="to", description="The id of the entity to end with.", examples=["state:TR"])
    longest: int = Field(4, ge=1, le=LONGEST_PATH, description="Steps of the longest chain that is looked for.")
    limit: int = Field(10, ge=1, le=MOST_PATHS, description="How many to answer with at most.", examples=[5])


@router.get("/entities/{id}/network", responses=RESPONSES)
def get_network(lookups: OpenLookups, id: EntityId, asked: Annotated[Around, Query()]) -> Network:
    """Draw the network around an entity: who is near it by common events, and what ties them to one another."""
    found = lookups.network(id, asked.wanted(), asked.depth, asked.limit)
    return Network(
        nodes=[Member.model_validate(member) for member in found.members],
        edges=[Tie.model_validate(tie) for tie in found.ties],
        complete=found.complete,
    )


@router.get("/paths")
def list_paths(lookups: OpenLookups, asked: Annotated[Between, Query()]) -> Chains:
    """Find the shortest chains of common events from one entity to another; none from an entity to itself."""
    found = lookups.chains(asked.start, asked.end, asked.wanted(), asked.longest, asked.limit)
    return Chains(items=[Chain.model_validate(chain) for chain in found])
