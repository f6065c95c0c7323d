"""`/events`: lists with filters, details."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.limits import LONGEST_NAME, Limit
from api.models import Event, Events
from api.moves import RESPONSES, EventId
from api.opened import OpenLookups
from kg.answers.views import EventFilter
from kg.model import EventType, Status

router = APIRouter(prefix="/events", tags=["events"])

Type = Annotated[EventType | None, Query(description="Only events of this class.", examples=["Agreement"])]
Actor = Annotated[
    str | None, Query(max_length=LONGEST_NAME, description="The id of an actor in any role.", examples=["state:PK"])
]
ByStatus = Annotated[Status | None, Query(description="Only events of this status.", examples=["Actual"])]
Since = Annotated[date | None, Query(alias="from", description="Not over before this day.", examples=["2018-01-01"])]
Until = Annotated[date | None, Query(alias="to", description="Not begun after this day.", examples=["2018-12-31"])]
Article = Annotated[
    str | None, Query(max_length=LONGEST_NAME, description="An article's id.", examples=["article:sample-1"])
]


@router.get("")
def listed(
    lookups: OpenLookups,
    type: Type = None,
    actor: Actor = None,
    status: ByStatus = None,
    since: Since = None,
    until: Until = None,
    article: Article = None,
    limit: Limit = 100,
) -> Events:
    """List the events that meet all filters, the newest first; one without a date meets no date."""
    found = lookups.events(EventFilter(type, actor, status, since, until, article))
    return Events(items=[Event.model_validate(event) for event in found[:limit]], total=len(found))


@router.get("/{id}", responses=RESPONSES)
def details(lookups: OpenLookups, id: EventId) -> Event:
    """Say all that is known of an event: every role, item and sentence, and what its sources disagree on."""
    return Event.model_validate(lookups.event(id))
