"""`/entities/{id}/neighbours`: the counterparts of an entity, in numbers."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.filters import Filters, Text
from api.forms import COUNTED, CSV, NODE, counted_row, form_of, node_row, offered, tabled
from api.limits import MOST
from api.listing import following
from api.models import RUSSIA, Count, Node, example
from api.moves import RESPONSES, EntityId
from api.opened import OpenLookups
from kg.index.listing import portion

router = APIRouter(tags=["entities"])

NEIGHBOUR = {
    "counterpart": RUSSIA,
    "events": 3,
    "types": [{"type": "Agreement", "number": 3}],
    "first": "2014-11-01",
    "last": "2018-08-07",
}


class Order(StrEnum):
    """What comes first: whom the entity has the most events with; or an order that new events do not change."""

    EVENTS = "events"
    FIXED = "fixed"


class Neighbour(BaseModel):
    """A counterpart, and the events with it in numbers."""

    model_config = example(NEIGHBOUR)

    counterpart: Node
    events: int = Field(ge=1)
    types: list[Count]
    first: date | None = Field(description="The first day of the first of them that is dated.")
    last: date | None


class Neighbours(BaseModel):
    """Counterparts of an entity."""

    model_config = example({"items": [NEIGHBOUR], "next": None, "total": 1})

    items: list[Neighbour]
    next: str | None = Field(description="The address of the next page, on this server; null on the last one.")
    total: int = Field(ge=0, description="How many counterparts there are in all.")


class Wanted(Filters):
    """A page of the counterparts in the events that meet the filters."""

    sort: Order = Field(
        Order.EVENTS, description="What comes first; pages of `fixed` stay right while events are added and removed."
    )
    limit: int = Field(100, ge=1, le=MOST, description="How many to answer with at most.", examples=[20])
    after: Text | None = Field(None, description="The mark of the page before, as in its `next`.")


@offered(router, "/entities/{id}/neighbours", Neighbours, (CSV,), responses=RESPONSES)
def list_neighbours(
    request: Request, lookups: OpenLookups, id: EntityId, asked: Annotated[Wanted, Query()]
) -> Neighbours | Response:
    """List whom an entity has events with: how many, of which types, from when to when."""
    form = form_of(request, CSV)
    found = lookups.neighbours(id, asked.wanted())
    page = portion(found, asked.limit, asked.after, asked.sort is Order.FIXED)
    further = following(request, page.after)
    if form == CSV:
        rows = [
            {**node_row(one.counterpart), **counted_row(one.events, one.types), "first": one.first, "last": one.last}
            for one in page.items
        ]
        return tabled(rows, (*NODE, *COUNTED, "first", "last"), further)
    items = [Neighbour.model_validate(one) for one in page.items]
    return Neighbours(items=items, next=further, total=len(found))
