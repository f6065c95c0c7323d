"""The SPARQL endpoint and the graph store beyond what the W3C's tests ask: formats, CORS, refusals, guarded updates."""

import doctest
import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api import formats, negotiation
from api.app import create_app
from api.evaluation import limited
from api.service import SD, UPDATES_VARIABLE, Service
from api.tokens import TOKEN_VARIABLE
from kg.answers import lexemes
from kg.answers.lexemes import form, using, without_silent_loads
from kg.answers.opening import existing_or_new, in_memory
from kg.answers.store import ABOUT, Store
from kg.errors import LimitReached, QueryError
from tests.extractions import sample_extractions

QUERY = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
TOKEN = {"authorization": "Bearer secret"}


@pytest.fixture(scope="module")
def filled() -> Iterator[Store]:
    with in_memory() as made:
        for sample in sample_extractions()[:2]:
            made.put(sample, f"{sample.article.id}.txt")
        yield made


@pytest.fixture
def store(filled: Store) -> Iterator[Store]:
    """A store of articles that a test may change."""
    inner = ox.Store()
    inner.bulk_extend(filled.inner)
    with Store(inner, filled.base) as copied:
        yield copied


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store), follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def writer(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    monkeypatch.setenv(UPDATES_VARIABLE, "on")
    with TestClient(create_app(store), headers=TOKEN, follow_redirects=False) as opened:
        yield opened


GRAPH = "CONSTRUCT { ?e a coop:Agreement } WHERE { ?e a coop:Agreement }"
READ = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("kind", READ)
def test_a_graph_comes_in_every_format_without_a_redirect(client: TestClient, kind: str, path: str) -> None:
    accept = {"accept": f"image/png, {kind};q=0.9, */*;q=0.1"}
    answer = client.post(path, data={"query": GRAPH}, headers=accept)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    assert len(list(ox.parse(answer.content, READ[kind]))) == 2


@pytest.mark.parametrize("kind", READ)
def test_the_bare_endpoint_describes_the_service(writer: TestClient, kind: str) -> None:
    answer = writer.get("/sparql", headers={"accept": kind})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    said = {(triple.predicate.value, triple.object) for triple in ox.parse(answer.content, READ[kind])}
    assert (f"{SD}endpoint", ox.NamedNode("http://testserver/sparql")) in said
    assert (f"{SD}feature", ox.NamedNode(f"{SD}UnionDefaultGraph")) in said
    spoken = {str(value)[len(SD) + 1 : -1] for name, value in said if name == f"{SD}supportedLanguage"}
    assert spoken == {"SPARQL11Query", "SPARQL11Update"}


def test_the_description_says_nothing_of_updates_that_are_off(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"accept": "text/turtle"})
    assert "SPARQL11Query" in answer.text
    assert "SPARQL11Update" not in answer.text
    assert client.get("/sparql").headers["content-type"].startswith("text/turtle"), "whoever takes anything gets it too"
    assert client.get("/sparql", headers={"accept": "text/html"}).status_code == HTTPStatus.NOT_ACCEPTABLE


def test_a_client_may_ask_for_less_time(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    existing_or_new(folder).close()
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with TestClient(create_app(folder)) as asking:
        for late in (
            asking.get("/sparql", params={"query": product, "timeout": 1}),
            asking.post("/sparql", params={"timeout": 1}, data={"query": product}),
        ):
            assert (late.status_code, "1.0 seconds" in late.json()["detail"]) == (503, True), late.text
        assert asking.get("/sparql", params={"query": product, "timeout": -1}).status_code == 422
        assert asking.get("/sparql", params={"query": "ASK {}", "timeout": 1}).json()["boolean"] is True


CROSSING = [
    ("GET", "/sparql", {"query": "ASK {}"}, 200),
    ("GET", "/sparql", {"query": "ASK {"}, 400),
    ("GET", "/sparql", {"query": "ASK {}", "update": "CLEAR ALL"}, 400),
    ("GET", "/sparql", {"query": ["ASK {}", "ASK {}"]}, 400),
    ("POST", "/sparql", {}, 415),
    ("HEAD", "/sparql", {"query": "ASK {}"}, 200),
    ("OPTIONS", "/sparql", {}, 204),
    ("OPTIONS", "/sparql/", {}, 204),
    ("OPTIONS", "/graphs", {}, 204),
    ("GET", "/graphs", {"graph": "urn:a"}, 403),
]


@pytest.mark.parametrize(("method", "path", "asked", "status"), CROSSING)
def test_pages_of_other_origins_may_read_every_answer(
    client: TestClient, method: str, path: str, asked: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, params=asked, headers={"origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, "*")
    if method == "OPTIONS":
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert answer.headers["allow"] == answer.headers["access-control-allow-methods"]
        assert "Authorization" in answer.headers["access-control-allow-headers"]


def test_one_origin_may_be_named(client: TestClient) -> None:
    client.app.state.service = Service(origin="https://ours.example")  # type: ignore[attr-defined]
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.headers["access-control-allow-origin"] == "https://ours.example"
    assert answer.headers["vary"] == "Accept, Origin"


@pytest.mark.parametrize("query", [GRAPH, "ASK {}", "SELECT * { ?s a coop:Agreement }", "ASK {"])
def test_head_says_what_get_says_but_for_the_body(client: TestClient, query: str) -> None:
    head, get = (client.request(method, "/sparql", params={"query": query}) for method in ("HEAD", "GET"))
    assert (head.status_code, head.headers) == (get.status_code, get.headers)
    assert not head.content
    assert int(get.headers["content-length"]) == len(get.content)


@pytest.fixture
def bait() -> Iterator[socket.socket]:
    """A port of this machine that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


OUTWARD = [
    (QUERY, "ASK { SERVICE <URL> {} }", "SERVICE is refused"),
    (QUERY, "ASK { SERVICE SILENT <URL> {} }", "SERVICE is refused"),
    (QUERY, "ASK { VALUES ?s { <URL> } SERVICE ?s {} }", "SERVICE is refused"),
    (QUERY, "ASK { { SELECT * { sErViCe<URL>{} } } }", "SERVICE is refused"),
    (QUERY, "ASK FROM <file:///etc/passwd> { ?s ?p ?o }", "<file:...> is refused"),
    (QUERY, "ASK FROM NAMED<FILE:///etc/passwd> { ?s ?p ?o }", "<file:...> is refused"),
    (QUERY, "PREFIX f: <file:///etc/> ASK FROM f:passwd { ?s ?p ?o }", "<file:...> is refused"),
    (UPDATE, "LOAD <URL>", "LOAD is refused"),
    (UPDATE, "CLEAR SILENT GRAPH <urn:a> ; load <URL> INTO GRAPH <urn:a>", "LOAD is refused"),
    (UPDATE, "PREFIX mute: <URL> LOAD mute:", "LOAD is refused"),
    (UPDATE, "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }", "SERVICE is refused"),
    (UPDATE, "DELETE { ?s ?p ?o } USING <file:///a> WHERE { ?s ?p ?o }", "<file:...> is refused"),
    (UPDATE, "LOAD SILENT <URL>", ""),
    (UPDATE, "LOAD SILENT <URL> INTO GRAPH <urn:a> ; CLEAR SILENT GRAPH <urn:a>", ""),
    (QUERY, "ASK { ?service ?load 'SERVICE <URL> {}' } # SERVICE <URL>", ""),
]


@pytest.mark.parametrize(("headers", "text", "detail"), OUTWARD)
def test_nothing_is_fetched(
    writer: TestClient, bait: socket.socket, headers: dict[str, str], text: str, detail: str
) -> None:
    address = f"http://127.0.0.1:{bait.getsockname()[1]}/"
    answer = writer.post("/sparql", content=text.replace("URL", address), headers=headers)
    if detail:
        assert answer.status_code == 400
        assert detail in answer.json()["detail"]
    else:
        assert answer.status_code in (200, 204), answer.text


def test_no_graph_of_the_protocol_is_a_file(client: TestClient) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = client.get("/sparql", params={"query": "ASK {}", name: "file:///etc/passwd"})
        assert answer.status_code == 400
        assert "no file is read" in answer.json()["detail"]


INSERT = "INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:p> 1 } }"


def test_writing_is_off_unless_the_server_has_both_switch_and_token(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(store.inner)

    def statuses(**headers: str) -> list[int]:
        graph = {"params": {"graph": "urn:mine"}, "headers": {"content-type": "text/turtle", **headers}}
        return [
            client.post("/sparql", content=INSERT, headers=UPDATE | headers).status_code,
            client.post("/sparql", data={"update": INSERT}, headers=headers).status_code,
            client.put("/graphs", content="<urn:a> <urn:p> 1 .", **graph).status_code,
            client.get("/graphs", **graph).status_code,
        ]

    assert statuses() == [400, 400, 403, 403]
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    assert statuses(**TOKEN) == [400, 400, 403, 403]
    monkeypatch.setenv(UPDATES_VARIABLE, "on")
    monkeypatch.delenv(TOKEN_VARIABLE)
    assert statuses(**TOKEN) == [403] * 4
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    assert statuses() == [401] * 4
    assert statuses(authorization="Bearer other") == [401] * 4
    assert set(store.inner) == before
    assert statuses(**TOKEN) == [204, 204, 204, 200]


OWN = ["article/sample-1", "curated/sample-1", "graph/sources", "graph/identity", "graph/decisions", "graph/reference"]
TOUCHING = [
    "INSERT DATA { GRAPH <OWN> { <urn:a> <urn:p> 1 } }",
    "INSERT { GRAPH ?g { <urn:a> <urn:p> 1 } } WHERE { BIND(IRI(CONCAT('OW', 'N')) AS ?g) }",
    "WITH <OWN> INSERT { <urn:a> <urn:p> 1 } WHERE {}",
    "INSERT DATA { <urn:a> <urn:p> 1 } ; COPY DEFAULT TO <OWN>",
    "INSERT DATA { <urn:a> <urn:p> 1 } ; ADD DEFAULT TO <OWN>",
]


@pytest.mark.parametrize("own", [*OWN, "graph/ontology"])
@pytest.mark.parametrize("text", TOUCHING)
def test_an_update_may_not_touch_graphs_of_the_stores_own(
    writer: TestClient, store: Store, text: str, own: str
) -> None:
    before, version = set(store.inner), store.version
    iri = f"{store.base}{own}"
    whole = f"{INSERT} ; {text.replace('OWN', iri).replace('OW', iri[:-1]).replace(chr(39) + 'N', chr(39) + iri[-1])}"
    answer = writer.post("/sparql", content=whole, headers=UPDATE)
    assert answer.status_code == 403, answer.text
    assert iri in answer.json()["detail"]
    assert (set(store.inner), store.version) == (before, version)


TAKING = [
    "CLEAR ALL",
    "DROP NAMED",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DROP GRAPH <OWN>",
    "MOVE <OWN> TO <urn:mine>",
    f"CLEAR GRAPH {ABOUT}",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", TAKING)
def test_an_update_may_not_take_from_graphs_of_the_stores_own(writer: TestClient, store: Store, text: str) -> None:
    before = set(store.inner)
    own = f"{store.base}article/{sample_extractions()[0].article.id}"
    answer = writer.post("/sparql", content=text.replace("OWN", own), headers=UPDATE)
    assert answer.status_code == 403, answer.text
    assert "the store's own" in answer.json()["detail"]
    assert set(store.inner) == before


@pytest.mark.parametrize("own", OWN)
def test_the_graph_store_may_not_touch_them_either(writer: TestClient, store: Store, own: str) -> None:
    before, asked = set(store.inner), {"graph": f"{store.base}{own}"}
    for method in ("PUT", "POST"):
        answer = writer.request(
            method, "/graphs", params=asked, content="<urn:a> <urn:p> 1 .", headers={"content-type": "text/turtle"}
        )
        assert answer.status_code == 403, answer.text
    assert writer.delete("/graphs", params=asked).status_code in (403, 404)
    assert set(store.inner) == before


def test_updates_change_graphs_of_others_and_the_default_graph(writer: TestClient, store: Store) -> None:
    before = set(store.inner)
    steps = [
        ("INSERT DATA { GRAPH <urn:mine> { _:b <urn:p> _:c . _:c <urn:p> 'a' } _:b <urn:q> 1 }", 3),
        ("INSERT { GRAPH <urn:mine> { ?e a <urn:Seen> } } WHERE { GRAPH ?g { ?e a coop:Agreement } }", 5),
        ("WITH <urn:mine> DELETE { ?s <urn:p> ?o } WHERE { ?s <urn:p> ?o FILTER isBlank(?o) }", 4),
        ("DELETE WHERE { ?s <urn:q> ?o }", 3),
        ("MOVE <urn:mine> TO <urn:other> ; CREATE GRAPH <urn:empty>", 3),
        ("DROP GRAPH <urn:other> ; DROP GRAPH <urn:empty>", 0),
    ]
    for text, left in steps:
        version = store.version
        answer = writer.post("/sparql", content=text, headers=UPDATE)
        assert (answer.status_code, answer.content) == (204, b""), (text, answer.text)
        assert len(set(store.inner) - before) == left, text
        assert store.version == version + 1
    assert set(store.inner) == before
    assert ox.NamedNode("urn:empty") not in set(store.embedded.named_graphs())


FAILING = [
    ("CLEAR XYZ", "SPARQL update, line 1, column 10"),
    ("PREFIX a: <urn:a>\nPREFIX b: <urn:b> CLEAR XYZ", "SPARQL update, line 2, column 28"),
    ("CLEAR SILENT GRAPH <urn:a> ;\nINSERT DATA { x:a <urn:p> 1 }", "the prefix x: is not declared"),
    (f"{INSERT} ; CREATE GRAPH <urn:mine>", "nothing was changed"),
]


@pytest.mark.parametrize(("text", "detail"), FAILING)
def test_an_update_that_fails_changes_nothing(writer: TestClient, store: Store, text: str, detail: str) -> None:
    before = set(store.inner)
    answer = writer.post("/sparql", content=text, headers=UPDATE)
    assert answer.status_code == 400
    assert detail in answer.json()["detail"]
    assert set(store.inner) == before


GRAPHS = [
    ("GET", {}, "", "", 400, "no graph is named"),
    ("PUT", {}, "", "text/turtle", 400, "no graph is named"),
    ("DELETE", {}, "", "", 400, "no graph is named"),
    ("GET", {"graph": "no iri"}, "", "", 400, "give a full IRI"),
    ("GET", {"graph": ["urn:a", "urn:b"]}, "", "", 400, "several graphs"),
    ("GET", {"graph": "urn:a", "default": ""}, "", "", 400, "several graphs"),
    ("GET", {"graph": "urn:none"}, "", "", 404, "no graph"),
    ("PUT", {"graph": "urn:a"}, "<urn:a>", "text/turtle", 400, "does not parse"),
    ("PUT", {"graph": "urn:a"}, "", "application/trig", 415, "text/turtle"),
    ("PUT", {"graph": "urn:a"}, "", "", 415, "a body without a type"),
    ("PATCH", {"graph": "urn:a"}, "", "", 405, ""),
]


@pytest.mark.parametrize(("method", "asked", "body", "kind", "status", "detail"), GRAPHS)
def test_every_error_of_the_graph_store_is_a_problem_document(
    writer: TestClient, method: str, asked: dict[str, str], body: str, kind: str, status: int, detail: str
) -> None:
    answer = writer.request(method, "/graphs", params=asked, content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert detail in answer.json()["detail"]


LIMITS = [
    ("seconds", 30, 503),
    ("queue", 5, 503),
    ("client", 11, 503),
    ("rows", 10, 413),
    ("bytes", 10, 413),
    ("megabytes", 10, 413),
]


@pytest.mark.parametrize(("limit", "value", "status"), LIMITS)
def test_a_limit_is_a_problem_that_names_it(limit: str, value: float, status: int) -> None:
    problem = limited(LimitReached(limit, value))
    assert problem.status_code == status
    assert str(LimitReached(limit, value)) in problem.detail
    assert ("Retry-After" in (problem.headers or {})) == (status == 503)


FORMS = [
    ("SELECT * {}", "SELECT"),
    ("# ASK\nPREFIX ask: <urn:CONSTRUCT> BASE <urn:x> describe ask:", "DESCRIBE"),
    ("PREFIX : <urn:ask> CONSTRUCT { ?ask :ask 'ASK' } WHERE { {SELECT * {}} }", "CONSTRUCT"),
]


@pytest.mark.parametrize(("text", "found"), FORMS)
def test_the_form_of_a_query_is_its_first_word(text: str, found: str) -> None:
    assert form(text) == found


REWRITTEN = [
    ("LOAD SILENT <urn:a>", "INSERT DATA {}"),
    ("LOAD <urn:a>", "LOAD <urn:a>"),
    ("CLEAR ALL ; load silent <urn:a> INTO GRAPH <urn:b> ; CLEAR ALL", "CLEAR ALL ; INSERT DATA {} ; CLEAR ALL"),
    ("INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT' }", "INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT' }"),
    ('INSERT DATA { <a> <b> """x"} LOAD SILENT""" }', 'INSERT DATA { <a> <b> """x"} LOAD SILENT""" }'),
]


@pytest.mark.parametrize(("text", "wanted"), REWRITTEN)
def test_silent_loads_do_nothing(text: str, wanted: str) -> None:
    assert without_silent_loads(text) == wanted


def test_the_dataset_of_the_protocol_is_put_into_an_update() -> None:
    text = "INSERT { ?a ?b ?c } WHERE { { SELECT * WHERE { ?a ?b ?c } } } ; DELETE WHERE { ?a ?b 1 }"
    assert using(text, ["urn:a"], ["urn:b"]) == (
        "INSERT { ?a ?b ?c } USING <urn:a> USING NAMED <urn:b> WHERE { { SELECT * WHERE { ?a ?b ?c } } } ; "
        "DELETE { ?a ?b 1 } USING <urn:a> USING NAMED <urn:b> WHERE { ?a ?b 1 }"
    )
    assert using(text, [], []) == text
    with pytest.raises(QueryError, match="do not go with USING or WITH"):
        using("WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["urn:a"], [])


def test_the_examples_in_docstrings_hold() -> None:
    results = [doctest.testmod(module) for module in (formats, lexemes, negotiation)]
    assert [(result.failed, result.attempted) for result in results] == [(0, 1), (0, 3), (0, 3)]
