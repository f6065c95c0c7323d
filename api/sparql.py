"""`/sparql`: queries by the SPARQL 1.1 Protocol. Updates are not taken."""

from typing import Annotated, Any
from urllib.parse import parse_qs

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.negotiation import chosen
from api.opened import OpenStore
from kg.answers.store import Store
from kg.rdf.serializations import Format, serialize

router = APIRouter(tags=["sparql"])

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": Format.TURTLE,
    "application/n-triples": Format.N_QUADS,
    "application/rdf+xml": Format.RDF_XML,
    "application/ld+json": Format.JSON_LD,
}
"""A constructed graph lies in the default graph, where N-Quads are N-Triples."""

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
EXAMPLE = "SELECT ?pact ?label WHERE { ?pact a coop:Agreement ; skos:prefLabel ?label } LIMIT 10"

Text = Annotated[str, Query(alias="query", description="A SPARQL query.", examples=[EXAMPLE])]
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
DefaultGraphs = Annotated[
    list[str],
    Query(default_factory=list, alias="default-graph-uri", description="Graphs that make up the default graph."),
]
NamedGraphs = Annotated[
    list[str], Query(default_factory=list, alias="named-graph-uri", description="Graphs that GRAPH may name.")
]


@router.get("/sparql", responses=ANSWERS, response_class=Response)
def get(
    request: Request,
    store: OpenStore,
    query: Text,
    default: DefaultGraphs,
    named: NamedGraphs,
) -> Response:
    """Answer a SPARQL query. The usual prefixes need no declaration; without FROM it sees all graphs as one."""
    return answer(store, query, default, named, request.headers.get("accept", ""))


@router.post("/sparql", responses=ANSWERS, response_class=Response, openapi_extra=BODY)
async def post(
    request: Request,
    store: OpenStore,
    default: DefaultGraphs,
    named: NamedGraphs,
) -> Response:
    """Answer a SPARQL query that is the body, or the field `query` of a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = (await request.body()).decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is no text in UTF-8; encode the query as UTF-8") from None
    if kind == QUERY:
        query = body
    elif kind == FORM:
        form = parse_qs(body, keep_blank_values=True)
        query = one_query(form)
        default, named = form.get("default-graph-uri", []), form.get("named-graph-uri", [])
    else:
        raise HTTPException(415, f"a query is sent as {QUERY} or {FORM}, not as {kind or 'a body without a type'}")
    return await run_in_threadpool(answer, store, query, default, named, request.headers.get("accept", ""))


def one_query(form: dict[str, list[str]]) -> str:
    """The one query of a form."""
    if "update" in form:
        raise HTTPException(400, "updates are not taken here; send a query, and change the store with kg build")
    if len(form.get("query", [])) != 1:
        raise HTTPException(400, f"the form has {len(form.get('query', []))} fields query; send one")
    return form["query"][0]


def answer(store: Store, query: str, default: list[str], named: list[str], accept: str) -> Response:
    """The answer to a query in the best format for the client; it runs in a thread, aside from other requests."""
    answered = written(store, query, default, named, accept)
    if isinstance(answered, Response):
        return answered
    raise HTTPException(406, f"Accept: {accept[:100]}: this answer comes as {', '.join(answered)}")


def written(store: Store, query: str, default: list[str], named: list[str], accept: str) -> Response | list[str]:
    """The answer to a query, or the media types that it could have if the client took them.

    The results must end in the thread in which they began: an error that carried this frame away would break that.
    """
    results = store.query(query, default, named)
    if isinstance(results, ox.QueryTriples):
        offered = list(GRAPHS)
        kind = chosen(accept, offered)
        quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in results] if kind else []
        return Response(serialize(quads, GRAPHS[kind], store.base), media_type=kind) if kind else offered
    offered = [kind for kind in ROWS if not isinstance(results, ox.QueryBoolean) or not kind.startswith("text/")]
    kind = chosen(accept, offered)
    return Response(results.serialize(format=ROWS[kind]) or b"", media_type=kind) if kind else offered
