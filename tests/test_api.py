"""The REST interface over a real store on disk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limits import EntityType
from api.negotiation import chosen
from kg.answers.lookups import ENTITY_TYPES
from kg.answers.opening import STORE_VARIABLE, existing, existing_or_new
from kg.errors import StoreError
from tests.extractions import sample_extractions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "store"
    with existing_or_new(path) as store:
        for sample in sample_extractions():
            store.put(sample, f"{sample.article.id}.txt")
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder), raise_server_exceptions=False) as opened:
        yield opened


def test_health_says_what_is_served(client: TestClient) -> None:
    answer = client.get("/health").json()
    assert (answer["status"], answer["base"]) == ("ok", "https://w3id.org/defcoop/id/")


def test_a_name_in_the_place_of_an_id_is_answered_with_the_nearest(client: TestClient) -> None:
    for asked in ("/entities/Pakistn", "/entities/Pakistn/relationships", "/entities/state:Pakistn"):
        assert "Pakistan" in client.get(asked).json()["nearest"], asked


def test_entities_are_searched(client: TestClient) -> None:
    found = client.get("/entities", params={"q": "Fomim", "type": "Person", "limit": 1}).json()["items"]
    assert [match["node"] for match in found] == [
        {"id": "person:alexander-fomin", "type": "Person", "label": "Alexander Fomin"}
    ]
    assert get_args(EntityType) == ENTITY_TYPES


def test_an_entity_has_details_and_relationships(client: TestClient) -> None:
    assert client.get("/entities/state:PK").json()["iso3"] == "PAK"
    links = client.get("/entities/state:PK/relationships", params={"limit": 2, "count": True}).json()
    assert len(links["items"]) == 2
    assert links["total"] == 13
    assert links["items"][0]["event"]["sentences"][0]["exact"]


def test_events_are_filtered_and_detailed(client: TestClient) -> None:
    asked = {
        "actor": "state:PK",
        "type": "Agreement",
        "from": "2018-01-01",
        "to": "2018-12-31",
        "status": "Actual",
        "count": True,
    }
    found = client.get("/events", params=asked).json()
    assert (found["total"], [event["when"] for event in found["items"]]) == (1, ["2018-08-07"])
    event = client.get(f"/events/{found['items'][0]['id']}").json()
    assert event == found["items"][0]
    assert {part["role"] for part in event["parts"]} == {"party", "signatory"}


def test_the_export_is_gexf(client: TestClient) -> None:
    answer = client.get("/export/graph.gexf")
    assert answer.headers["content-type"] == "application/gexf+xml"
    assert ElementTree.fromstring(answer.content).tag == "{http://gexf.net/1.3}gexf"
    fewer = client.get("/export/graph.gexf", params={"type": "Exercise"})
    assert 0 < len(fewer.content) < len(answer.content)


COUNT = "SELECT (COUNT(?e) AS ?n) { ?e a coop:Agreement }"
GRAPH = "CONSTRUCT { ?e a coop:Agreement } WHERE { ?e a coop:Agreement }"
ASKED = [
    (COUNT, "", "application/sparql-results+json"),
    (COUNT, "*/*", "application/sparql-results+json"),
    (COUNT, "application/json", "application/json"),
    (COUNT, "application/sparql-results+xml", "application/sparql-results+xml"),
    (COUNT, "text/csv", "text/csv"),
    (COUNT, "text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
    ("ASK { ?e a coop:Agreement }", "text/csv, */*;q=0.1", "application/sparql-results+json"),
    (GRAPH, "", "text/turtle"),
    (GRAPH, "application/n-triples", "application/n-triples"),
    (GRAPH, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
    (GRAPH, "application/ld+json", "application/ld+json"),
]


@pytest.mark.parametrize("way", ["get", "form", "body"])
@pytest.mark.parametrize(("query", "accept", "kind"), ASKED)
def test_sparql_answers_in_the_format_that_is_wanted(
    client: TestClient, way: str, query: str, accept: str, kind: str
) -> None:
    headers = {"accept": accept}
    if way == "get":
        answer = client.get("/sparql", params={"query": query}, headers=headers)
    elif way == "form":
        answer = client.post("/sparql", data={"query": query}, headers=headers)
    else:
        answer = client.post(
            "/sparql", content=query, headers={**headers, "content-type": "application/sparql-query; charset=utf-8"}
        )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.content


def test_sparql_gives_what_the_store_gives(client: TestClient) -> None:
    rows = client.get("/sparql", params={"query": COUNT}).json()
    assert rows["results"]["bindings"][0]["n"]["value"] == "5"
    triples = client.get("/sparql", params={"query": GRAPH}, headers={"accept": "application/n-triples"}).content
    assert len(list(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))) == 5
    one = {"query": COUNT, "default-graph-uri": "https://w3id.org/defcoop/id/article/sample-1"}
    for answer in (client.get("/sparql", params=one), client.post("/sparql", data=one)):
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == "2"


FAULTS = [
    ("GET", "/entities", {}, 422, "query.q"),
    ("GET", "/entities", {"q": ""}, 422, "query.q"),
    ("GET", "/entities", {"q": "a", "type": "Planet"}, 422, "query.type"),
    ("GET", "/entities", {"q": "a", "limit": "1001"}, 422, "query.limit"),
    ("GET", "/entities/state:XX", {}, 404, "state:XX"),
    ("GET", "/entities/state:XX/relationships", {}, 404, "state:XX"),
    ("GET", "/entities/event:none", {}, 404, "event:none"),
    ("GET", "/entities/" + quote('"} UNION { ?s ?p ?o <x>', safe=""), {}, 404, "is no id"),
    ("GET", "/events", {"type": "War"}, 422, "query.type"),
    ("GET", "/events", {"from": "yesterday"}, 422, "query.from"),
    ("GET", "/events", {"actor": "state:XX"}, 404, "state:XX"),
    ("GET", "/events/event:none", {}, 404, "event:none"),
    ("GET", "/nowhere", {}, 404, "Not Found"),
    ("POST", "/events", {}, 405, "Method Not Allowed"),
    ("GET", "/sparql", {"query": "SELECT"}, 400, "line 1, column"),
    ("GET", "/sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}, 400, "SERVICE is refused"),
    ("GET", "/sparql", {"query": "INSERT DATA { <urn:a> <urn:a> <urn:a> }"}, 400, "line 1"),
    ("GET", "/sparql", {"query": "ASK {}", "default-graph-uri": "no iri"}, 400, "give a full IRI"),
    ("POST", "/sparql", {}, 415, "application/sparql-query"),
]


@pytest.mark.parametrize(("method", "path", "asked", "status", "detail"), FAULTS)
def test_every_error_is_a_problem_document(
    client: TestClient, method: str, path: str, asked: dict[str, str], status: int, detail: str
) -> None:
    answer = client.request(method, path, params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert detail in problem["detail"]
    assert "Traceback" not in answer.text


def test_a_form_holds_one_query_and_no_update(client: TestClient) -> None:
    cases = [
        ({"update": "DROP ALL"}, "updates are not taken"),
        ({}, "0 fields query"),
        ({"query": ["a", "b"]}, "2 fields query"),
    ]
    form = {"content-type": "application/x-www-form-urlencoded"}
    for fields, detail in cases:
        answer = client.post("/sparql", data=fields, headers=form)
        assert answer.status_code == 400
        assert detail in answer.json()["detail"]
    answer = client.post("/sparql", content=b"\xff", headers={"content-type": "application/sparql-query"})
    assert "no text in UTF-8" in answer.json()["detail"]
    refused = client.get("/sparql", params={"query": COUNT}, headers={"accept": "image/png"})
    assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json")


def test_openapi_has_an_example_for_each_route(client: TestClient) -> None:
    whole = client.get("/openapi.json").json()
    schemas = whole["components"]["schemas"]
    seen = 0
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            seen += 1
            content = operation["responses"]["200"]["content"]
            shown = [kind for kind, one in content.items() if "example" in one or has_example(one["schema"], schemas)]
            assert shown, f"{method} {path} shows no example of its answer"
            assert "description" in operation, f"{method} {path} says nothing of itself"
    assert seen == 37
    names = json.dumps(whole).split("#/components/schemas/")[1:]
    assert {name.partition('"')[0] for name in names} <= set(schemas)


def has_example(schema: dict[str, Any], schemas: dict[str, dict[str, object]]) -> bool:
    """Whether a schema, or the one that it refers to, has an example."""
    if "anyOf" in schema:
        return any(has_example(one, schemas) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return has_example(schema["items"], schemas)
    return "examples" in schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)


def test_the_store_is_held_while_it_is_served_and_free_afterwards(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "store"
    existing_or_new(own).close()
    monkeypatch.setenv(STORE_VARIABLE, str(own))
    with TestClient(create_app()) as client:
        assert client.get("/health").status_code == 200
        with pytest.raises(StoreError, match="another process holds"):
            existing(own)
    existing(own).close()
    with pytest.raises(StoreError, match="no store here"), TestClient(create_app(tmp_path / "none")):
        pass


ACCEPTS = [
    ("", "a/x"),
    ("a/y", "a/y"),
    ("a/*;q=0.3, a/y;q=0.2", "a/x"),
    ("b/z, a/y;q=0.9", "b/z"),
    ("*/*;q=0.1, a/x;q=0", "a/y"),
    ("a/x;q=nonsense", None),
    ("c/c", None),
    ("A/Y ; Q=1", "a/y"),
]


@pytest.mark.parametrize(("accept", "kind"), ACCEPTS)
def test_the_best_media_type_is_chosen(accept: str, kind: str | None) -> None:
    assert chosen(accept, ["a/x", "a/y", "b/z"]) == kind
