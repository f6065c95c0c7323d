"""`/entities`: search, details, relationships."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.limits import LONGEST_NAME, EntityType, Limit
from api.models import Entity, Match, Matches, Relationship, Relationships
from api.moves import RESPONSES, EntityId
from api.opened import OpenLookups

router = APIRouter(prefix="/entities", tags=["entities"])

Text = Annotated[
    str, Query(min_length=1, max_length=LONGEST_NAME, description="A name, alias, code or id.", examples=["Pakistan"])
]
Types = Annotated[
    list[EntityType], Query(default_factory=list, description="Only entities of these classes.", examples=[["State"]])
]


@router.get("")
def search(lookups: OpenLookups, q: Text, type: Types, limit: Limit = 20) -> Matches:
    """Find entities by name, alias, code or id, typos allowed, the best first."""
    found = lookups.search(q, type, limit)
    return Matches(items=[Match.model_validate(match) for match in found])


@router.get("/{id}", responses=RESPONSES)
def details(lookups: OpenLookups, id: EntityId) -> Entity:
    """Say what is known of an entity: names, codes, posts, and its events in numbers."""
    return Entity.model_validate(lookups.entity(id))


@router.get("/{id}/relationships", responses=RESPONSES)
def relationships(lookups: OpenLookups, id: EntityId, limit: Limit = 100) -> Relationships:
    """List what links an entity to others: the event, the roles, the date, and the sentences that say so."""
    found = lookups.relationships(id)
    return Relationships(items=[Relationship.model_validate(link) for link in found[:limit]], total=len(found))
