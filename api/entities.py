"""`/entities`: search, details, relationships."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.filters import Code, Listed, Text
from api.limits import LONGEST_NAME, EntityType, Limit
from api.listing import answered, listed
from api.models import Entity, Match, Matches, Relationships
from api.moves import RESPONSES, EntityId
from api.opened import OpenLookups
from kg.answers.lookups import Lookups

router = APIRouter(prefix="/entities", tags=["entities"])

Sought = Annotated[
    str, Query(min_length=1, max_length=LONGEST_NAME, description="A name, alias, code or id.", examples=["Pakistan"])
]
Types = Annotated[
    list[EntityType], Query(default_factory=list, description="Only entities of these classes.", examples=[["State"]])
]
Countries = Annotated[
    list[Code],
    Query(default_factory=list, description="Only entities of these countries.", examples=[["PK"]]),
]


@router.get("")
def search(lookups: OpenLookups, q: Sought, type: Types, country: Countries, limit: Limit = 20) -> Matches:
    """Find entities by name, alias, code or id, typos allowed, the best first."""
    found = lookups.search(q, type, limit, country)
    return Matches(items=[Match.model_validate(match) for match in found])


@router.get("/{id}", responses=RESPONSES)
def details(lookups: OpenLookups, id: EntityId) -> Entity:
    """Say what is known of an entity: names, codes, posts, and its events in numbers."""
    return Entity.model_validate(lookups.entity(id))


class Linking(Listed):
    """A page of what links an entity to others; `role` is its own role."""

    counterpart: Text | None = Field(None, description="The id of the other, or of the state or body that it acts for.")


@router.get("/{id}/relationships", responses=RESPONSES, response_model=Relationships)
async def relationships(
    request: Request, lookups: OpenLookups, id: EntityId, asked: Annotated[Linking, Query()]
) -> Response:
    """List what links an entity to others: the event, the roles, the date, and the sentences that say so."""
    return await answered(lookups, asked, lambda: _relationships(request, lookups, id, asked))


def _relationships(request: Request, lookups: Lookups, id: str, asked: Linking) -> Response:
    wanted = asked.wanted()
    page = lookups.relationships(id, wanted, asked.start(), asked.counterpart)
    others = (asked.counterpart,) if asked.counterpart else ()
    both = replace(wanted, actors=(id, *others, *wanted.actors))
    total = lookups.number_of_relationships(id, wanted, asked.counterpart) if asked.count else None
    return listed(request, page, total, {by: lookups.facet(both, by) for by in asked.facet})
