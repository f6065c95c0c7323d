"""`/dyads/{one}/{other}`: the history of two actors."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.filters import Listed
from api.listing import listed
from api.models import EVENT, PAKISTAN, RUSSIA, Count, Events, Node, Number, example
from api.moves import RESPONSES, Pair
from api.opened import OpenLookups

router = APIRouter(tags=["networks"])

HISTORY = {
    "one": PAKISTAN,
    "other": RUSSIA,
    "events": 1,
    "types": [{"type": "Agreement", "number": 1}],
    "years": [{"name": "2018", "number": 1}],
}


class History(BaseModel):
    """What two actors do together, in numbers."""

    model_config = example(HISTORY)

    one: Node
    other: Node
    events: int = Field(ge=0, description="How many events in all both take part in.")
    types: list[Count]
    years: list[Number] = Field(description="The events by the year in which they began, as far as dated.")


class Dyad(Events, History):
    """What two actors do together, in numbers, and a page of the events."""

    model_config = example({**HISTORY, "items": [EVENT], "next": None, "total": None, "facets": {}})


@router.get("/dyads/{one}/{other}", response_model=Dyad, responses=RESPONSES)
def get_dyad(request: Request, lookups: OpenLookups, pair: Pair, asked: Annotated[Listed, Query()]) -> Response:
    """Say what two actors do together: totals by type and year, and the events."""
    history = History.model_validate(lookups.dyad(*pair, asked.wanted()))
    both = replace(asked.wanted(), actors=(*pair, *asked.actor))
    page = lookups.events(both, asked.start())
    total = history.events if asked.count else None
    return listed(request, page, total, {by: lookups.facet(both, by) for by in asked.facet}, about=history)
