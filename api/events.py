"""`/events`: lists with filters, details."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.filters import Listed
from api.listing import answered, listed
from api.models import Event, Events
from api.moves import RESPONSES, EventId
from api.opened import OpenLookups
from kg.answers.lookups import Lookups

router = APIRouter(prefix="/events", tags=["events"])


@router.get("", response_model=Events)
async def all_events(request: Request, lookups: OpenLookups, asked: Annotated[Listed, Query()]) -> Response:
    """List the events that meet all filters; one without a date meets no date."""
    return await answered(lookups, asked, lambda: _events(request, lookups, asked))


def _events(request: Request, lookups: Lookups, asked: Listed) -> Response:
    wanted = asked.wanted()
    page = lookups.events(wanted, asked.start())
    total = lookups.total(wanted) if asked.count else None
    return listed(request, page, total, {by: lookups.facet(wanted, by) for by in asked.facet})


@router.get("/{id}", responses=RESPONSES)
def details(lookups: OpenLookups, id: EventId) -> Event:
    """Say all that is known of an event: every role, item and sentence, and what its sources disagree on."""
    return Event.model_validate(lookups.event(id))
