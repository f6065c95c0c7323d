"""The evaluation of a query that was checked: by the processes of a pool, within limits, or here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from api.formats import GRAPHS, ROWS, TRUTH, written
from api.service import Service
from kg.answers import sparql
from kg.answers.lexemes import form
from kg.answers.store import Results, Store
from kg.errors import LimitReached, QueryError, UsageError
from kg.serving.limits import Limits

BUSY = {"seconds", "queue"}
"""The limits that another moment may not reach; the others are those of an answer that is too large."""

PAUSE = "5"
"""After how many seconds a client may try again."""


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


def offered(store: Store, asked: Asked) -> list[str]:
    """The media types in which the query can be answered, the usual one first.

    Raises:
        QueryError: the query does not parse, or calls out, or a graph of its dataset is none.
    """
    sparql.check(asked.text, store.prefixes, asked.base)
    graphs((*asked.default_graphs, *asked.named_graphs))
    match form(asked.text):
        case "SELECT":
            return list(ROWS)
        case "ASK":
            return TRUTH
        case _:
            return list(GRAPHS)


def evaluated(store: Store, service: Service, asked: Asked, kind: str) -> Iterator[bytes]:
    """The answer, in the format of the media type `kind`: in pieces as they come where the service has a pool.

    Raises:
        LimitReached: it would take more than there is of something.
        UsageError: it cannot be evaluated, as with a function that there is not.
    """
    if service.pool is not None:
        dataset = asked.default_graphs, asked.named_graphs
        limits = replace(service.pool.limits, seconds=asked.seconds) if asked.seconds else None
        return service.pool.query(asked.text, kind, *dataset, limits, base=asked.base, union=service.union)
    try:
        limits = Limits(seconds=asked.seconds or LIMITS.seconds).within(LIMITS)
        results = store.answer(
            asked.text,
            asked.base,
            graphs(asked.default_graphs),
            graphs(asked.named_graphs),
            union=service.union,
            seconds=limits.seconds,
            most=limits.bytes,
        )
        return iter([_whole(results, kind, store.base)])
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
