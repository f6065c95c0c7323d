"""How the SPARQL service is set up, and what it says of itself (SPARQL 1.1 Service Description)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import pyoxigraph as ox
from fastapi import Depends, Request

from api.formats import NAMES, TAKEN
from kg.serving.pool import Pool
from ontology import terms

UPDATES_VARIABLE = "DEFCOOP_UPDATES"
"""The environment variable that, with the value "on", opens SPARQL Update and the graph store to clients with the
token."""

ORIGIN_VARIABLE = "DEFCOOP_ORIGIN"
"""The environment variable with the origin whose pages may read answers; all of them unless it is set."""

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
SIMPLE = ox.NamedNode("http://www.w3.org/ns/entailment/Simple")


@dataclass(frozen=True, slots=True)
class Service:
    """How the service answers.

    `union`: a query that names no graphs sees all of them as one; else the store's default graph, as updates always do.
    `updates`: SPARQL Update and the Graph Store Protocol are there, for clients with the token.
    `origin`: whose web pages may read answers (CORS).
    `pool`: the processes that evaluate queries within limits; without it they are evaluated here, without any.
    """

    union: bool = True
    updates: bool = False
    origin: str = "*"
    pool: Pool | None = None


def service_of(request: Request) -> Service:
    """The service of the application: `app.state.service` where that is set, else as the environment says."""
    found = getattr(request.app.state, "service", None)
    return found if isinstance(found, Service) else configured()


def configured(pool: Pool | None = None) -> Service:
    """The service as the environment says."""
    updates = os.environ.get(UPDATES_VARIABLE, "").lower() == "on"
    return Service(updates=updates, origin=os.environ.get(ORIGIN_VARIABLE, "*"), pool=pool)


async def the_service(request: Request) -> Service:
    """The same as a dependency."""
    return service_of(request)


TheService = Annotated[Service, Depends(the_service)]


def description(service: Service, endpoint: str) -> Iterator[ox.Triple]:
    """The description of the service at the address `endpoint`."""
    node, dataset, graph = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("graph")
    yield ox.Triple(node, terms.RDF_TYPE, _sd("Service"))
    yield ox.Triple(node, _sd("endpoint"), ox.NamedNode(endpoint))
    for language in ["SPARQL11Query", *(["SPARQL11Update"] if service.updates else [])]:
        yield ox.Triple(node, _sd("supportedLanguage"), _sd(language))
    for name in NAMES.values():
        yield ox.Triple(node, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    if service.updates:
        for kind in TAKEN:
            yield ox.Triple(node, _sd("inputFormat"), ox.NamedNode(FORMATS + NAMES[kind]))
    if service.union:
        yield ox.Triple(node, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(node, _sd("defaultEntailmentRegime"), SIMPLE)
    yield ox.Triple(node, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, terms.RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, terms.RDF_TYPE, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
