"""`/entities`: search, details, relationships."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.fields import RelationshipField, partly
from api.filters import Code, Listed, Text
from api.forms import (
    CSV,
    JSON_LD,
    NODE,
    RELATIONSHIP,
    described,
    form_of,
    node_row,
    offered,
    relationship_row,
    tabled,
)
from api.limits import LONGEST_NAME, EntityType, Limit
from api.listing import answered, following, listed
from api.models import ENTITY, Entity, Match, Matches, Relationship, Relationships, example
from api.moves import RESPONSES, EntityId
from api.neighbours import NEIGHBOUR, Neighbour
from api.opened import OpenLookups
from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups

router = APIRouter(tags=["entities"])

EMBEDDED = 20
"""Neighbours that stand with an entity."""

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
Embedded = Annotated[
    list[Literal["neighbours"]],
    Query(default_factory=list, max_length=1, description=f"neighbours: the {EMBEDDED} most frequent, too."),
]


class FullEntity(Entity):
    """An entity, and what `embed` asks for besides."""

    model_config = example({**ENTITY, "neighbours": [NEIGHBOUR]})

    neighbours: list[Neighbour] | None = Field(None, description="Where `embed` asks for them.")


class Linking(Listed):
    """A page of what links an entity to others; `role` is its own role."""

    counterpart: Text | None = Field(None, description="The id of the other, or of the state or body that it acts for.")
    fields: list[RelationshipField] = Field(
        [], max_length=len(Relationship.model_fields), description="Only these of each relationship."
    )


@offered(router, "/entities", Matches, (CSV, JSON_LD))
def search_entities(
    request: Request, lookups: OpenLookups, q: Sought, type: Types, country: Countries, limit: Limit = 20
) -> Matches | Response:
    """Find entities by name, alias, code or id, typos allowed, the best first."""
    form = form_of(request, CSV, JSON_LD)
    found = lookups.search(q, type, limit, country)
    if form == CSV:
        rows = [{**node_row(one.node), "name": one.name, "score": one.score, "state": one.state} for one in found]
        return tabled(rows, (*NODE, "name", "score", "state"))
    if form == JSON_LD:
        read = Descriptions(lookups.store)
        return described(lookups.store, [read.iri(one.node.id) for one in found], form)
    return Matches(items=[Match.model_validate(match) for match in found])


@router.get("/entities/{id}", responses=RESPONSES)
def get_entity(lookups: OpenLookups, id: EntityId, embed: Embedded) -> FullEntity:
    """Say what is known of an entity: names, codes, posts, and its events in numbers."""
    entity = FullEntity.model_validate(lookups.entity(id))
    if embed:
        near = lookups.neighbours(id)[:EMBEDDED]
        entity.neighbours = [Neighbour.model_validate(one) for one in near]
    return entity


@offered(
    router, "/entities/{id}/relationships", partly(Relationships, Relationship), (CSV, JSON_LD), responses=RESPONSES
)
async def list_relationships(
    request: Request, lookups: OpenLookups, id: EntityId, asked: Annotated[Linking, Query()]
) -> Response:
    """List what links an entity to others: the event, the roles, the date, and the sentences that say so."""
    form = form_of(request, CSV, JSON_LD)
    return await answered(lookups, asked, form, lambda: _relationships(request, lookups, id, asked, form))


def _relationships(request: Request, lookups: Lookups, id: str, asked: Linking, form: str) -> Response:
    wanted = asked.wanted()
    page = lookups.relationships(id, wanted, asked.start(), asked.counterpart)
    if form == CSV:
        return tabled([relationship_row(link) for link in page.items], RELATIONSHIP, following(request, page.after))
    if form == JSON_LD:
        read = Descriptions(lookups.store)
        nodes = [read.iri(event) for event in dict.fromkeys(link.event.id for link in page.items)]
        return described(lookups.store, nodes, form, following(request, page.after))
    others = (asked.counterpart,) if asked.counterpart else ()
    both = replace(wanted, actors=(id, *others, *wanted.actors))
    total = lookups.number_of_relationships(id, wanted, asked.counterpart) if asked.count else None
    return listed(request, page, total, {by: lookups.facet(both, by) for by in asked.facet}, asked.fields)
