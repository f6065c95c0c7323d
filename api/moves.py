"""Ids of before: an address with one leads to the same address with the id that is in use."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.limits import LONGEST_NAME, Id
from api.opened import OpenLookups
from api.problems import MEDIA_TYPE

PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    300: {"description": "The id stands for several entities now; `nearest` holds their ids.", "content": PROBLEM},
    308: {
        "description": "The id is not in use any more.",
        "headers": {"Location": {"description": "The same with the id in use.", "schema": {"type": "string"}}},
        "content": PROBLEM,
    },
}
"""What routes with an id may answer besides."""

EventPath = Annotated[
    str, Path(max_length=LONGEST_NAME, description="A short id.", examples=["event:agreement-b91468ec"])
]


async def entity_id(request: Request, lookups: OpenLookups, id: Id) -> str:
    """The id of an entity, which is in use."""
    if lookups.are_quick and lookups.has_entity(id):
        return id
    return _in_use(request, id=await run_in_threadpool(lookups.entity_id, id))


async def event_id(request: Request, lookups: OpenLookups, id: EventPath) -> str:
    """The id of an event, which is in use."""
    if lookups.are_quick and lookups.has_event(id):
        return id
    return _in_use(request, id=await run_in_threadpool(lookups.event_id, id))


def pair(request: Request, lookups: OpenLookups, one: Id, other: Id) -> tuple[str, str]:
    """The ids of two entities, which are in use."""
    found = lookups.entity_id(one), lookups.entity_id(other)
    _in_use(request, one=found[0], other=found[1])
    return found


Pair = Annotated[tuple[str, str], Depends(pair)]
EntityId = Annotated[str, Depends(entity_id)]
EventId = Annotated[str, Depends(event_id)]


def _in_use(request: Request, **found: str) -> str:
    """The last of the ids, where the path has them all."""
    if found == request.path_params:
        return [*found.values()][-1]
    path = request.scope["route"].path_format.format(**{name: quote(id, safe=":") for name, id in found.items()})
    query = f"?{request.url.query}" if request.url.query else ""
    location = f"{request.scope.get('root_path', '')}{path}{query}"
    moved = f"the id in use is {' and '.join(found.values())}"
    raise HTTPException(HTTPStatus.PERMANENT_REDIRECT, moved, {"Location": location})
