"""Clients as people use them, against a server that runs as they start it."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from tests.live import TOKEN, served

COUNT = "SELECT (COUNT(?pact) AS ?n) { ?pact a coop:Agreement }"
GRAPH = "CONSTRUCT { ?pact a coop:Agreement } WHERE { ?pact a coop:Agreement }"
LONG = COUNT + "#" * 20_000
UNICODE = 'SELECT ?text { VALUES ?text { "Łódź, Çanakkale, 東京 🛡" } }'
WROTE = URIRef("urn:t:graph"), URIRef("urn:t:a"), URIRef("urn:t:b"), Literal("Łódź 東京")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("clients") / "store") as address:
        yield f"{address}/sparql"


def wrapper(endpoint: str, query: str, method: str = GET) -> Any:
    made: Any = SPARQLWrapper(endpoint)
    made.setMethod(method)
    made.setQuery(query)
    return made


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_all_forms(endpoint: str, method: str) -> None:
    rows = wrapper(endpoint, f"PREFIX coop: <https://w3id.org/defcoop/ontology#> {COUNT}", method)
    rows.setReturnFormat(JSON)
    assert rows.query().convert()["results"]["bindings"][0]["n"]["value"] == "5"
    yes = wrapper(endpoint, "ASK { ?s ?p ?o }", method)
    assert b"<boolean>true</boolean>" in yes.query().convert().toxml().encode(), "its default is XML"
    graph = wrapper(endpoint, GRAPH, method).query().convert()
    assert len(graph) == 5, "its default is RDF/XML, read by rdflib"
    turtle = wrapper(endpoint, GRAPH, method)
    turtle.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=turtle.query().convert(), format="turtle")) == 5
    text = wrapper(endpoint, UNICODE, method)
    text.setReturnFormat(JSON)
    assert text.query().convert()["results"]["bindings"][0]["text"]["value"] in UNICODE
    with pytest.raises(QueryBadFormed):
        wrapper(endpoint, "SELECT", method).query()


def test_sparqlwrapper_sends_long_queries_and_updates(endpoint: str) -> None:
    long = wrapper(endpoint, LONG, POST)
    long.setReturnFormat(JSON)
    assert long.query().convert()["results"]["bindings"][0]["n"]["value"] == "5"
    graph, one, other, text = (term.n3() for term in WROTE)
    update = wrapper(endpoint, f"INSERT DATA {{ GRAPH {graph} {{ {one} {other} {text} }} }}", POST)
    with pytest.raises(Unauthorized):
        update.query()
    update.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    assert update.query().response.status == 204
    asked = wrapper(endpoint, f"ASK {{ GRAPH {graph} {{ {one} {other} {text} }} }}")
    asked.setReturnFormat(JSON)
    assert seen(lambda: asked.query().convert()["boolean"])


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_a_store(endpoint: str, method: str) -> None:
    graph: Any = Graph(SPARQLStore(endpoint, method=method))
    assert [row[0].toPython() for row in graph.query(COUNT)] == [5]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(graph.query(GRAPH).graph) == 5
    assert str(next(iter(graph.query(UNICODE)))[0]) in UNICODE
    assert [row[0].toPython() for row in graph.query(LONG)] == [5]


def test_rdflib_updates_a_store(endpoint: str) -> None:
    name, one, other, text = WROTE
    store = SPARQLUpdateStore(endpoint, endpoint, headers={"Authorization": f"Bearer {TOKEN}"})
    graph = Graph(store, identifier=name)
    graph.add((one, other, text))
    assert seen(lambda: (one, other, text) in graph)
    graph.remove((one, other, None))
    assert seen(lambda: (one, other, text) not in graph)


def test_curl_asks(endpoint: str) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", *arguments, endpoint], check=True, capture_output=True, text=True, timeout=20
        ).stdout

    assert json.loads(curl("-G", "--data-urlencode", f"query={COUNT}"))["results"]["bindings"][0]["n"]["value"] == "5"
    assert json.loads(curl("--data-urlencode", "query=ASK {}"))["boolean"] is True
    assert len(Graph().parse(data=curl("--data-urlencode", f"query={GRAPH}"), format="turtle")) == 5
    direct = ["-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data-binary"]
    assert curl(*direct, UNICODE).split("\n")[1].strip('\r"') in UNICODE
    assert curl(*direct, LONG).split() == ["n", "5"]
    update = ["-H", "Content-Type: application/sparql-update", "--data-binary", "CLEAR SILENT GRAPH <urn:t:none>"]
    status = ["-o", "-", "-w", "%{http_code}"]
    assert curl(*update, *status).endswith("401")
    assert curl(*update, *status, "-H", f"Authorization: Bearer {TOKEN}") == "204"


def seen(question: Callable[[], bool]) -> bool:
    """Whether it is so within two seconds, in which queries may still see the store as it was."""
    until = time.monotonic() + 2
    while not question():
        if time.monotonic() > until:
            return False
    return True
