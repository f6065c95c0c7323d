"""`/id/{kind}/{name}`: what the IRIs of the graph lead to, as JSON, JSON-LD or Turtle; browsers are led on.

The same answers under the path of the store's base, for a server at the base's own address.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, FastAPI, Path, Request, Response
from starlette.exceptions import HTTPException

from api.articles import FullArticle, full
from api.entities import FullEntity
from api.evaluation import accepted
from api.forms import JSON, JSON_LD, LINKED_DATA, described
from api.limits import LONGEST_NAME
from api.models import ENTITY, Event
from api.opened import OpenLookups
from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups
from kg.errors import UnknownEntity
from kg.index.selection import article_id

router = APIRouter(tags=["nodes"])

HTML, TURTLE = "text/html", "text/turtle"
ENTITIES = ("state", "org", "person", "post", "place", "equipment")
PATHS = {"event": "/events", "article": "/articles", **dict.fromkeys(ENTITIES, "/entities")}
"""Where JSON of each kind has its address."""
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            JSON: {"example": ENTITY},
            JSON_LD: {"schema": LINKED_DATA},
            TURTLE: {"schema": {"type": "string"}},
        }
    },
    303: {"description": "For browsers: the address of the JSON."},
    308: {"description": "The node goes by another IRI now, which Location leads to."},
}
Kind = Annotated[str, Path(max_length=LONGEST_NAME, description="The kind of thing.", examples=["state"])]
Name = Annotated[str, Path(max_length=LONGEST_NAME, description="The rest of the IRI.", examples=["PK"])]


@router.get("/id/{kind}/{name:path}", responses=RESPONSES, response_model=FullEntity | Event | FullArticle)
def get_node(
    request: Request, lookups: OpenLookups, kind: Kind, name: Name
) -> FullEntity | Event | FullArticle | Response:
    """Say what the graph states of a node, in the format that Accept asks for."""
    id = in_use(request, lookups, kind, name)
    offered = [JSON, JSON_LD, TURTLE, HTML] if kind in PATHS else [JSON_LD, TURTLE]
    form = accepted(request.headers.get("accept", ""), offered)
    if form == HTML:
        place = f"{request.scope.get('root_path', '')}{PATHS[kind]}/{quote(id, safe=':')}"
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"location": place})
    if form == JSON:
        return READERS.get(kind, _entity)(lookups, id)
    return described(lookups.store, [Descriptions(lookups.store).iri(id)], form, texts=True)


def in_use(request: Request, lookups: Lookups, kind: str, name: str) -> str:
    """The short id of a node.

    Raises:
        UnknownEntity: the graph has no such node.
        HTTPException: 308, it goes by another one now.
    """
    id = article_id(name) if kind == "article" else f"{kind}:{name}"
    if kind not in ENTITIES and kind != "event":
        if not any(lookups.store.inner.quads_for_pattern(Descriptions(lookups.store).iri(id), None, None, None)):
            raise UnknownEntity(f"no node {id!r} in the store; follow the links of events and entities")
        return id
    found = lookups.event_id(id) if kind == "event" else lookups.entity_id(id)
    if found != id:
        above = request.scope["route"].path_format.partition("{kind}")[0]
        place = f"{request.scope.get('root_path', '')}{above}{found.replace(':', '/', 1)}"
        raise HTTPException(HTTPStatus.PERMANENT_REDIRECT, f"{id!r} is {found} now", {"Location": place})
    return id


def _entity(lookups: Lookups, id: str) -> FullEntity:
    return FullEntity.model_validate(lookups.entity(id))


def _event(lookups: Lookups, id: str) -> Event:
    return Event.model_validate(lookups.event(id))


READERS: dict[str, Callable[[Lookups, str], FullEntity | Event | FullArticle]] = {"event": _event, "article": full}


def mount(app: FastAPI, base: str) -> None:
    """Answer under the path of the base as well."""
    path = f"{urlsplit(base).path}{{kind}}/{{name:path}}"
    if path not in {getattr(route, "path", "") for route in app.routes}:
        app.add_api_route(path, get_node, response_model=None, include_in_schema=False)
