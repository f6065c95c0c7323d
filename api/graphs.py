"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, for clients with the token, where the service takes updates.

A graph is named by `?graph=IRI`, or `?default`, or by its own address below `/graphs/`; POST to `/graphs` makes a new
one and names it in Location. Everybody reads every graph by `/sparql`; writing the store's own graphs is refused.
"""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import updates
from api.crossing import Crossing, options
from api.formats import TAKEN, essence, written
from api.negotiation import chosen
from api.opened import OpenStore
from api.service import UPDATES_VARIABLE, TheService
from api.tokens import Allowed
from api.updates import Graph
from kg.answers.store import Store

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
MULTIPART = "multipart/form-data"


def opened(service: TheService) -> None:
    """Let pass only where the service takes updates.

    Raises:
        HTTPException: 403, it does not.
    """
    if not service.updates:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, f"there is no graph store here; start the server with {UPDATES_VARIABLE}=on"
        )


Opened = Depends(opened)
router = APIRouter(tags=["sparql"], route_class=Crossing)


def named(request: Request) -> Graph | None:
    """The graph that a request is about; `None` for one that is to be made.

    Raises:
        HTTPException: 400, it names several, or one that has no full IRI.
    """
    asked = request.query_params
    names = asked.getlist("graph")
    direct = "below" in request.path_params
    if len(names) + ("default" in asked) + direct > 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "several graphs are named; send graph=IRI or default, once")
    if "default" in asked:
        return ox.DefaultGraph()
    if direct:
        names = [str(request.url.replace(query="", fragment=""))]
    try:
        return ox.NamedNode(names[0]) if names else None
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"graph: {error}; give a full IRI") from None


Named = Annotated[Graph | None, Depends(named)]


def there(store: OpenStore, graph: Named) -> Graph:
    """The graph that a request is about, which the store has.

    Raises:
        HTTPException: 400 where none is named, 404 where there is none of that name.
    """
    if graph is None:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "no graph is named; send graph=IRI or default")
    if not _has(store, graph):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"no graph {graph} in the store; POST or PUT makes one")
    return graph


There = Annotated[Graph, Depends(there)]


def get(request: Request, store: OpenStore, graph: There) -> Response:
    """The triples of a graph, in the format that Accept asks for."""
    accept = request.headers.get("accept", "")
    kind = chosen(accept, list(TAKEN))
    if kind is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"Accept: {accept[:100]}: a graph comes as {', '.join(TAKEN)}")
    triples = (quad.triple for quad in store.embedded.quads_for_pattern(None, None, None, graph))
    return Response(written(triples, kind, store.base), media_type=kind)


async def put(request: Request, store: OpenStore, graph: Named) -> Response:
    """Put the triples of the body in place of a graph: 201 where there was none, else 204."""
    if graph is None:
        raise HTTPException(
            HTTPStatus.BAD_REQUEST, "no graph is named; send graph=IRI or default, or POST for a new one"
        )
    known = _has(store, graph)
    triples = await sent(request, graph)
    await run_in_threadpool(updates.replace, store, graph, triples)
    return Response(status_code=HTTPStatus.NO_CONTENT if known else HTTPStatus.CREATED)


async def post(request: Request, store: OpenStore, graph: Named) -> Response:
    """Put the triples of the body into a graph, beside what it holds: 201 where there was none, else 204."""
    place = graph or ox.NamedNode(f"{str(request.url.replace(query='', fragment='')).rstrip('/')}/{uuid4()}")
    known = _has(store, place)
    triples = await sent(request, place)
    await run_in_threadpool(updates.extend, store, place, triples)
    if known:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    location = {"location": place.value} if isinstance(place, ox.NamedNode) else {}
    return Response(status_code=HTTPStatus.CREATED, headers=location)


def delete(store: OpenStore, graph: There) -> Response:
    """Drop a graph; of the default graph, all that it holds."""
    updates.replace(store, graph, None)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def say_options() -> Response:
    """Which methods and headers there are."""
    return options(METHODS)


async def sent(request: Request, graph: Graph) -> list[ox.Triple]:
    """The triples that a client sends as a body, or in the parts of a form.

    Raises:
        HTTPException: 415 for a format that holds no graph, 400 for what does not parse.
    """
    content_type, body = request.headers.get("content-type", ""), await request.body()
    base = graph.value if isinstance(graph, ox.NamedNode) else str(request.url)
    return [triple for kind, text in _parts(content_type, body) for triple in _parsed(kind, text, base)]


def _parts(content_type: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """The media type and the content of the body, or of each part of a form."""
    if essence(content_type) != MULTIPART:
        yield essence(content_type), body
        return
    header = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    for part in message_from_bytes(header + body, policy=policy.HTTP).iter_parts():
        content = part.get_payload(decode=True)
        yield essence(part.get_content_type()), content if isinstance(content, bytes) else b""


def _parsed(kind: str, text: bytes, base: str) -> list[ox.Triple]:
    if kind not in TAKEN:
        wanted = ", ".join([*TAKEN, MULTIPART])
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a graph is sent as {wanted}, not as {kind or 'a body without a type'}"
        )
    try:
        quads = ox.parse(text, TAKEN[kind], base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        return [quad.triple for quad in quads]
    except (SyntaxError, ValueError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the graph does not parse: {error}") from None


def _has(store: Store, graph: Graph) -> bool:
    return isinstance(graph, ox.DefaultGraph) or store.embedded.contains_named_graph(graph)


ENDPOINTS: dict[str, Callable[..., Any]] = {"GET": get, "HEAD": get, "PUT": put, "POST": post, "DELETE": delete}
for path in ("/graphs", "/graphs/{below:path}"):
    for method, endpoint in ENDPOINTS.items():
        router.add_api_route(path, endpoint, methods=[method], dependencies=[Opened, Allowed], include_in_schema=False)
    router.add_api_route(path, say_options, methods=["OPTIONS"], include_in_schema=False)
