"""`/timeline`, `/facets` and `/stats`: events, and the store, in numbers."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.filters import Filters
from api.forms import COUNTED, CSV, counted_row, form_of, offered, tabled
from api.limits import MOST
from api.models import Count, Number, example
from api.opened import OpenLookups
from kg.index.counting import Facet, Step

router = APIRouter(tags=["figures"])

PERIOD = {"period": "2018", "events": 3, "types": [{"type": "Agreement", "number": 3}]}
NUMBER = {"name": "Agreement", "number": 3}


class Period(BaseModel):
    """The events that began in a year or month, in numbers."""

    model_config = example(PERIOD)

    period: str = Field(description="As 2018, or 2018-08.")
    events: int = Field(ge=1)
    types: list[Count]


class Timeline(BaseModel):
    """Events by year or month, the earliest first; those without a date are left out."""

    model_config = example({"items": [PERIOD]})

    items: list[Period]


class Facets(BaseModel):
    """Events in numbers, by what `by` asks for."""

    model_config = example({"facets": {"type": [NUMBER]}})

    facets: dict[Facet, list[Number]] = Field(description="The most frequent first.")


class Stats(BaseModel):
    """The store in numbers, each event and entity counted once however many articles tell of it."""

    model_config = example(
        {
            "articles": 1,
            "events": 3,
            "sentences": 4,
            "types": [NUMBER],
            "statuses": [{"name": "Actual", "number": 3}],
            "entities": [{"name": "State", "number": 2}],
            "first": "2014-11-01",
            "last": "2018-08-07",
        }
    )

    articles: int
    events: int
    sentences: int = Field(description="The pieces of articles that show events.")
    types: list[Number]
    statuses: list[Number]
    entities: list[Number] = Field(description="Those that articles speak of, by class.")
    first: date | None = Field(description="The first day of the first event that is dated.")
    last: date | None


class Stepped(Filters):
    """The events that meet the filters, by year or month."""

    step: Step = Field(Step.YEAR, description="The length of a period.")


class Counted(Filters):
    """The events that meet the filters, in numbers."""

    by: list[Facet] = Field(min_length=1, max_length=len(Facet), description="What to count by.", examples=[["type"]])
    limit: int = Field(20, ge=1, le=MOST, description="How many values of each at most.", examples=[20])


@offered(router, "/timeline", Timeline, (CSV,))
def get_timeline(request: Request, lookups: OpenLookups, asked: Annotated[Stepped, Query()]) -> Timeline | Response:
    """Count the events by year or month."""
    form = form_of(request, CSV)
    found = lookups.timeline(asked.wanted(), asked.step)
    if form == CSV:
        rows = [{"period": one.period, **counted_row(one.events, one.types)} for one in found]
        return tabled(rows, ("period", *COUNTED))
    return Timeline(items=[Period.model_validate(one) for one in found])


@router.get("/facets")
def get_facets(lookups: OpenLookups, asked: Annotated[Counted, Query()]) -> Facets:
    """Count the events by type, status, year and others; an event counts once for each value that it has."""
    found = {by: lookups.facet(asked.wanted(), by, asked.limit) for by in asked.by}
    return Facets(facets={by: [Number.model_validate(one) for one in numbers] for by, numbers in found.items()})


@router.get("/stats")
def get_stats(lookups: OpenLookups) -> Stats:
    """Say how many articles, events and entities the store holds."""
    return Stats.model_validate(lookups.totals())
