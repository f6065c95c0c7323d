"""The evaluation of a query: by the processes of a pool, within limits, or here."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import TypeVar

import pyoxigraph as ox
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Address
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from api.formats import GRAPHS, ROWS, TRUTH, written
from api.negotiation import chosen
from api.service import Service
from kg.answers import sparql
from kg.answers.lexemes import form
from kg.answers.store import Results, Store
from kg.errors import FormatError, LimitReached, QueryError, UsageError
from kg.serving.limits import Limits
from kg.serving.pool import Pool
from kg.serving.replies import Reply

BUSY = {"seconds", "queue", "client"}
"""The limits that another moment may not reach; the others are those of an answer that is too large."""

PAUSE = "5"
"""After how many seconds a client may try again."""

GLANCE = 0.1
"""Seconds between two looks at whether a client that waits is still there."""

OFFERED = {"SELECT": [*ROWS], "ASK": TRUTH, "": [*GRAPHS]}
"""The media types in which a query of each form is answered, the usual one first; "" is for graphs."""

T = TypeVar("T")


LIMITS = Limits()
"""What an answer may cost where there is no pool to say so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the dataset of the protocol; `base` is what relative IRIs are taken from.

    `seconds` is the time that the client gives it, which may be less than the service would.
    """

    text: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


async def evaluated(request: Request, store: Store, service: Service, asked: Asked) -> Response:
    """The answer in the best format for the client: streamed as it comes where the service has a pool.

    Raises:
        QueryError: the query does not parse, or calls out, or a graph of its dataset is none.
        UsageError: it cannot be evaluated, as with a function that there is not.
        HTTPException: 406, the client takes no format that there is; 408, it went away; 413 or 503, as for `limited`.
    """
    graphs((*asked.default_graphs, *asked.named_graphs))
    accept = request.headers.get("accept", "")
    try:
        if service.pool is None:
            return await run_in_threadpool(_here, store, service, asked, accept)
        reply = await unless_gone(request, _reply(service.pool, service.union, asked, accept, request.client))
    except FormatError as error:
        raise unacceptable(accept, error.offered) from None
    except LimitReached as error:
        raise limited(error) from None
    if reply.whole is not None:
        return Response(reply.whole, media_type=reply.format)
    return StreamingResponse(reply, media_type=reply.format)


async def unless_gone(request: Request, answer: Coroutine[None, None, T]) -> T:
    """The answer, which is given up when the client goes away.

    Raises:
        HTTPException: 408, it went away.
    """
    answering = asyncio.create_task(answer)
    try:
        while not (await asyncio.wait([answering], timeout=GLANCE))[0]:
            if await request.is_disconnected():
                raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "the client went away before the answer was there")
        return answering.result()
    finally:
        answering.cancel()


def accepted(accept: str, kinds: Sequence[str]) -> str:
    """The media type that the client likes best.

    Raises:
        HTTPException: 406, it likes none.
    """
    kind = chosen(accept, kinds)
    if kind is None:
        raise unacceptable(accept, kinds)
    return kind


def unacceptable(accept: str, kinds: Sequence[str]) -> HTTPException:
    """The problem that the client takes none of the formats that there are."""
    wanted = f"Accept: {accept[:100]}: this answer comes as {', '.join(kinds)}"
    return HTTPException(HTTPStatus.NOT_ACCEPTABLE, wanted)


@lru_cache(maxsize=64)
def liked(accept: str) -> tuple[str, ...]:
    """For each form of query that can be answered so, the media type that the client likes best."""
    return tuple(kind for kinds in OFFERED.values() if (kind := chosen(accept, kinds)))


async def _reply(pool: Pool, union: bool, asked: Asked, accept: str, client: Address | None) -> Reply:
    """What comes out of the pool. The form of the query is found there: each may have a format of its own."""
    limits = replace(pool.limits, seconds=asked.seconds) if asked.seconds else None
    dataset = asked.default_graphs, asked.named_graphs
    name = client.host if client else None
    return await pool.ask(
        asked.text, liked(accept) or [accept], *dataset, limits, base=asked.base, union=union, client=name
    )


def _here(store: Store, service: Service, asked: Asked, accept: str) -> Response:
    """The answer of a service without a pool."""
    sparql.check(asked.text, store.prefixes, asked.base)
    kind = accepted(accept, OFFERED.get(form(asked.text), OFFERED[""]))
    limits = Limits(seconds=asked.seconds or LIMITS.seconds).within(LIMITS)
    dataset = graphs(asked.default_graphs), graphs(asked.named_graphs)
    try:
        results = store.answer(
            asked.text, asked.base, *dataset, union=service.union, seconds=limits.seconds, most=limits.bytes
        )
        return Response(_whole(results, kind, store.base), media_type=kind)
    except RuntimeError as error:
        raise UsageError(f"SPARQL query: {error}") from None


def _whole(results: Results, kind: str, base: str) -> bytes:
    """The results to their end, in the thread in which they began."""
    if isinstance(results, ox.QueryTriples):
        return written(results, kind, base)
    return results.serialize(format=ROWS[kind]) or b""


def graphs(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    """The graphs of a dataset.

    Raises:
        QueryError: one is no IRI, or that of a file.
    """
    for iri in iris:
        if iri.lower().startswith("file:"):
            raise QueryError(f"graph of the query: {iri} is refused, as no file is read from here")
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"graph of the query: {error}; give a full IRI") from error


def limited(error: LimitReached) -> HTTPException:
    """The problem that a limit makes of a query: 503 where time ran out, 413 where the answer is too large."""
    if error.limit in BUSY:
        return HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, str(error), headers={"Retry-After": PAUSE})
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))
