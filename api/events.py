"""`/events`: lists with filters, details."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.fields import EventField, partly
from api.filters import Listed
from api.forms import CSV, EVENT, JSON_LD, described, event_row, form_of, offered, tabled
from api.listing import answered, following, listed
from api.models import Event, Events
from api.moves import RESPONSES, EventId
from api.opened import OpenLookups
from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups

router = APIRouter(tags=["events"])


class Wanted(Listed):
    """A page of events."""

    fields: list[EventField] = Field([], max_length=len(Event.model_fields), description="Only these of each event.")


@offered(router, "/events", partly(Events, Event), (CSV, JSON_LD))
async def list_events(request: Request, lookups: OpenLookups, asked: Annotated[Wanted, Query()]) -> Response:
    """List the events that meet all filters; one without a date meets no date."""
    form = form_of(request, CSV, JSON_LD)
    return await answered(lookups, asked, form, lambda: _events(request, lookups, asked, form))


def _events(request: Request, lookups: Lookups, asked: Wanted, form: str) -> Response:
    wanted = asked.wanted()
    page = lookups.events(wanted, asked.start())
    if form == CSV:
        return tabled([event_row(told.event) for told in page.items], EVENT, following(request, page.after))
    if form == JSON_LD:
        read = Descriptions(lookups.store)
        nodes = [read.iri(told.event.id) for told in page.items]
        return described(lookups.store, nodes, form, following(request, page.after))
    total = lookups.total(wanted) if asked.count else None
    return listed(request, page, total, {by: lookups.facet(wanted, by) for by in asked.facet}, asked.fields)


@router.get("/events/{id}", responses=RESPONSES)
def get_event(lookups: OpenLookups, id: EventId) -> Event:
    """Say all that is known of an event: every role, item and sentence, and what its sources disagree on."""
    return Event.model_validate(lookups.event(id))
