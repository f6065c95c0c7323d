"""`/sparql`: the SPARQL 1.1 Protocol. Updates are off unless the server was started with them, and behind a token."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import graphs
from api.crossing import Bare, options
from api.evaluation import Asked, accepted, evaluated
from api.formats import GRAPHS, ROWS, essence, written
from api.opened import store_of
from api.service import UPDATES_VARIABLE, Service, description, service_of
from api.tokens import TOKEN_VARIABLE, allowed, bearer
from api.updates import update

router = APIRouter(tags=["sparql"], route_class=Bare)

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
NAMES = {QUERY: "query", UPDATE: "update"}
"""The field that a body of a type is the value of."""
FORM = "application/x-www-form-urlencoded"
EXAMPLE = "SELECT ?pact ?label WHERE { ?pact a coop:Agreement ; skos:prefLabel ?label } LIMIT 10"

Fields = dict[str, list[str]]
"""What a client sends, by the protocol's names."""

METHODS = "GET, HEAD, POST, OPTIONS"
LONGEST = 1_000_000
"""Characters of the longest query: to look at one takes the server's own time."""
HEAVIEST = {QUERY: 4 * LONGEST, FORM: 4 * LONGEST, UPDATE: 100 * LONGEST}
"""Bytes of the largest body of each type."""

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


def parameter(name: str, schema: dict[str, Any], says: str, **more: str) -> dict[str, Any]:
    """A parameter of the address, described for OpenAPI."""
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": says, **more}


TEXTS = {"type": "array", "items": {"type": "string"}}
PARAMETERS = [
    parameter("default-graph-uri", TEXTS, "Graphs that make up the default graph."),
    parameter("named-graph-uri", TEXTS, "Graphs that GRAPH may name."),
    parameter("timeout", {"type": "number", "minimum": 1}, "Seconds it may take, if less than the server allows."),
]
TEXT = parameter(
    "query",
    {"type": "string"},
    "A SPARQL query. Without one, the answer is the description of the service.",
    example=EXAMPLE,
)
SECONDS = TypeAdapter(Annotated[float, Field(ge=1)])
BODY = {
    "parameters": PARAMETERS,
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
                        "default-graph-uri": TEXTS,
                        "named-graph-uri": TEXTS,
                    },
                },
                "example": {"query": EXAMPLE},
            },
        },
    },
}


async def get(request: Request) -> Response:
    """Answer a SPARQL query. The usual prefixes need no declaration; without FROM it sees all graphs as one."""
    fields = fields_of(request)
    if "update" in fields:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "an update is sent with POST")
    if "query" not in fields:
        seconds_of(fields)  # which have to be right even where there is nothing to wait for
        return await described(request)
    return await answer(request, fields)


async def post(request: Request) -> Response:
    """Answer a SPARQL query that is the body, or the field `query` of a form.

    Where the server takes updates, one that is the body, or the field `update` of a form, is run for clients with the
    token, in graphs that are not the store's own; the answer is 204.
    """
    kind = essence(request.headers.get("content-type", ""))
    if kind not in (QUERY, UPDATE, FORM):
        wanted = f"a query is sent as {QUERY} or {FORM}, not as {kind or 'a body without a type'}"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, wanted)
    body = text_of(await body_of(request, HEAVIEST[kind]))
    sent = await run_in_threadpool(form_of, body) if kind == FORM else {NAMES[kind]: [body]}
    fields = fields_of(request)
    for name, values in sent.items():
        fields[name] = [*fields.get(name, []), *values]
    if "update" not in fields:
        return await answer(request, fields)
    text = one(fields, "update", service_of(request))
    allowed(request, await bearer(request))
    using = fields.get("using-graph-uri", []), fields.get("using-named-graph-uri", [])
    await run_in_threadpool(update, await store_of(request), text, address(request), *using)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def say_options(_: Request) -> Response:
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


def fields_of(request: Request) -> Fields:
    """The parameters of the address."""
    return parse_qs(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def form_of(form: str) -> Fields:
    """The fields of a form."""
    try:
        return parse_qs(form, keep_blank_values=True, errors="strict")
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the form's fields are no text in UTF-8") from None


def one(fields: Fields, name: str, service: Service) -> str:
    """The one query, or the one update, of a request."""
    if name == "update" and not service.updates:
        raise HTTPException(
            HTTPStatus.BAD_REQUEST,
            "updates are not taken here; send a query, and change the store with kg build, or start the server with "
            f"{UPDATES_VARIABLE}=on and {TOKEN_VARIABLE}",
        )
    if name == "update" and "query" in fields:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the form has a query and an update; send one of them")
    texts = fields.get(name, [])
    if len(texts) != 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the request has {len(texts)} fields {name}; send one")
    return texts[0]


def address(request: Request) -> str:
    """The address of the service, from which relative IRIs are taken."""
    return str(request.url.replace(query="", fragment=""))


async def described(request: Request) -> Response:
    """The description of the service.

    Raises:
        HTTPException: 406, the client takes no graph.
    """
    kind = accepted(request.headers.get("accept", ""), list(GRAPHS))
    triples = description(service_of(request), address(request))
    return Response(written(triples, kind, (await store_of(request)).base), media_type=kind)


async def answer(request: Request, fields: Fields) -> Response:
    """The answer to the one query of a request."""
    service = service_of(request)
    text = one(fields, "query", service)
    if len(text) > LONGEST:
        wanted = f"the query has {len(text)} characters, the most is {LONGEST}; ask in parts"
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wanted)
    graphs, named = tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ()))
    asked = Asked(text, address(request), graphs, named, seconds_of(fields))
    return await evaluated(request, await store_of(request), service, asked)


def seconds_of(fields: Fields) -> float | None:
    """The seconds that a client gives the answer.

    Raises:
        RequestValidationError: they are no number, or less than one.
    """
    if "timeout" not in fields:
        return None
    try:
        return SECONDS.validate_python(fields["timeout"][-1])
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", "timeout")} for fault in error.errors()]
        raise RequestValidationError(faults) from None


for path, shown in (("/sparql", True), ("/sparql/", False)):
    router.add_api_route(
        path,
        get,
        name="query",
        methods=["GET"],
        responses=ANSWERS,
        response_class=Response,
        openapi_extra={"parameters": [TEXT, *PARAMETERS]},
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
