"""`/sparql`: the SPARQL 1.1 Protocol. Updates are off unless the server was started with them, and behind a token."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import graphs
from api.crossing import Crossing, options
from api.evaluation import Asked, accepted, evaluated
from api.formats import GRAPHS, ROWS, essence, written
from api.opened import OpenStore
from api.service import UPDATES_VARIABLE, Service, TheService, description
from api.tokens import TOKEN_VARIABLE, allowed, bearer
from api.updates import update
from kg.answers.store import Store

router = APIRouter(tags=["sparql"], route_class=Crossing)

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
EXAMPLE = "SELECT ?pact ?label WHERE { ?pact a coop:Agreement ; skos:prefLabel ?label } LIMIT 10"

METHODS = "GET, HEAD, POST, OPTIONS"
LONGEST = 1_000_000
"""Characters of the longest query: to look at one takes the server's own time."""
HEAVIEST = {QUERY: 4 * LONGEST, FORM: 4 * LONGEST, UPDATE: 100 * LONGEST}
"""Bytes of the largest body of each type."""

Text = Annotated[
    str | None,
    Query(
        alias="query",
        description="A SPARQL query. Without one, the answer is the description of the service.",
        examples=[EXAMPLE],
    ),
]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rows, yes or no, or a graph, in the format that Accept asks for.",
        "content": {
            "application/sparql-results+json": {
                "schema": {"type": "object"},
                "example": {
                    "head": {"vars": ["label"]},
                    "results": {"bindings": [{"label": {"type": "literal", "value": "Pact"}}]},
                },
            },
            **{
                kind: {"schema": {"type": "string"}}
                for kind in [*ROWS, *GRAPHS]
                if kind != "application/sparql-results+json"
            },
        },
    }
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            QUERY: {"schema": {"type": "string"}, "example": EXAMPLE},
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {
                        "query": {"type": "string"},
                        "default-graph-uri": {"type": "array", "items": {"type": "string"}},
                        "named-graph-uri": {"type": "array", "items": {"type": "string"}},
                    },
                },
                "example": {"query": EXAMPLE},
            },
        },
    }
}


def no_graphs() -> list[str]:
    """No graphs. (`list` itself as a default costs pydantic 0.2 ms a request: it looks for its signature.)"""
    return []


DefaultGraphs = Annotated[
    list[str],
    Query(default_factory=no_graphs, alias="default-graph-uri", description="Graphs that make up the default graph."),
]
Seconds = Annotated[
    float | None,
    Query(alias="timeout", ge=1, description="Seconds that the answer may take, if less than the server allows."),
]
NamedGraphs = Annotated[
    list[str], Query(default_factory=no_graphs, alias="named-graph-uri", description="Graphs that GRAPH may name.")
]


async def get(
    request: Request,
    store: OpenStore,
    service: TheService,
    default: DefaultGraphs,
    named: NamedGraphs,
    query: Text = None,
    seconds: Seconds = None,
) -> Response:
    """Answer a SPARQL query. The usual prefixes need no declaration; without FROM it sees all graphs as one."""
    asked = request.query_params
    if "update" in asked:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "an update is sent with POST")
    if len(asked.getlist("query")) > 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the address has {len(asked.getlist('query'))} queries; send one")
    if query is None:
        return described(store, service, address(request), request.headers.get("accept", ""))
    return await answer(request, store, service, Asked(query, address(request), tuple(default), tuple(named), seconds))


async def post(
    request: Request,
    store: OpenStore,
    service: TheService,
    default: DefaultGraphs,
    named: NamedGraphs,
    seconds: Seconds = None,
) -> Response:
    """Answer a SPARQL query that is the body, or the field `query` of a form.

    Where the server takes updates, one that is the body, or the field `update` of a form, is run for clients with the
    token, in graphs that are not the store's own; the answer is 204.
    """
    kind = essence(request.headers.get("content-type", ""))
    if kind not in (QUERY, UPDATE, FORM):
        wanted = f"a query is sent as {QUERY} or {FORM}, not as {kind or 'a body without a type'}"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, wanted)
    body = text_of(await body_of(request, HEAVIEST[kind]))
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    if kind == FORM:
        for name, values in (await run_in_threadpool(fields_of, body)).items():
            fields[name] = [*fields.get(name, []), *values]
    else:
        name = "query" if kind == QUERY else "update"
        fields[name] = [*fields.get(name, []), body]
    if "update" in fields:
        text = one(fields, "update", service)
        allowed(request, await bearer(request))
        using = fields.get("using-graph-uri", []), fields.get("using-named-graph-uri", [])
        await run_in_threadpool(update, store, text, address(request), *using)
        return Response(status_code=HTTPStatus.NO_CONTENT)
    default, named = fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
    asked = Asked(one(fields, "query", service), address(request), tuple(default), tuple(named), seconds)
    return await answer(request, store, service, asked)


def say_options() -> Response:
    """Which methods and headers there are."""
    return options(METHODS)


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request. One that is too large is let pass by, so that the client hears of it.

    Raises:
        HTTPException: 413, it has more bytes than `most`.
    """
    body, size = bytearray(), 0
    async for portion in request.stream():
        size += len(portion)
        if size <= most:
            body += portion
    if size > most:
        wanted = f"the body has {size} bytes, the most is {most}; ask in parts"
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wanted)
    return bytes(body)


def text_of(body: bytes) -> str:
    """The text of a body."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the body is no text in UTF-8; encode the query as UTF-8") from None


def fields_of(form: str) -> dict[str, list[str]]:
    """The fields of a form."""
    try:
        return parse_qs(form, keep_blank_values=True, errors="strict")
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the form's fields are no text in UTF-8") from None


def one(fields: dict[str, list[str]], name: str, service: Service) -> str:
    """The one query, or the one update, of a request."""
    if name == "update" and not service.updates:
        raise HTTPException(
            HTTPStatus.BAD_REQUEST,
            "updates are not taken here; send a query, and change the store with kg build, or start the server with "
            f"{UPDATES_VARIABLE}=on and {TOKEN_VARIABLE}",
        )
    if name == "update" and "query" in fields:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the form has a query and an update; send one of them")
    if len(fields.get(name, [])) != 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the form has {len(fields.get(name, []))} fields {name}; send one")
    return fields[name][0]


def address(request: Request) -> str:
    """The address of the service, from which relative IRIs are taken."""
    return str(request.url.replace(query="", fragment=""))


def described(store: Store, service: Service, endpoint: str, accept: str) -> Response:
    """The description of the service.

    Raises:
        HTTPException: 406, the client takes no graph.
    """
    kind = accepted(accept, list(GRAPHS))
    return Response(written(description(service, endpoint), kind, store.base), media_type=kind)


async def answer(request: Request, store: Store, service: Service, asked: Asked) -> Response:
    """The answer to a query that is not too long."""
    if len(asked.text) > LONGEST:
        wanted = f"the query has {len(asked.text)} characters, the most is {LONGEST}; ask in parts"
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wanted)
    return await evaluated(request, store, service, asked)


for path, shown in (("/sparql", True), ("/sparql/", False)):
    router.add_api_route(
        path,
        get,
        name="query",
        methods=["GET"],
        responses=ANSWERS,
        response_class=Response,
        include_in_schema=shown,
    )
    router.add_api_route(
        path,
        post,
        name="post_query",
        methods=["POST"],
        responses=ANSWERS,
        response_class=Response,
        openapi_extra=BODY,
        include_in_schema=shown,
    )
    router.add_api_route(path, get, methods=["HEAD"], include_in_schema=False)
    router.add_api_route(path, say_options, methods=["OPTIONS"], include_in_schema=False)
router.include_router(graphs.router)
