"""Stores that another engine keeps: an Oxigraph server and Virtuoso give the answers that the embedded store gives."""

import doctest
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg import cli
from kg.answers import sparql
from kg.answers.curation import Curation
from kg.answers.opening import in_memory
from kg.answers.places import existing, existing_or_new, folder
from kg.answers.store import ABOUT, Change, Store
from kg.errors import EngineError, StoreError, UsageError
from kg.identity.decisions import Changes
from kg.model import Status
from kg.storage import addresses
from kg.storage.addresses import BEARER_VARIABLE, PASSWORD_VARIABLE, TIMEOUT_VARIABLE, UPDATE_VARIABLE, USER_VARIABLE
from kg.storage.endpoint import Endpoint
from tests.engines import PASSWORD, oxigraph, virtuoso
from tests.extractions import sample_extractions

SAMPLES = sample_extractions()
MOMENT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
VARIABLES = (USER_VARIABLE, PASSWORD_VARIABLE, TIMEOUT_VARIABLE)
ODD = 'a "quote", a \\ and a \n line, a tab\t, é ł 😀 \u2028 \x01 {?x} <urn:y> \'\'\' """'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that runs: its name, where its store is, and what the environment says of it."""

    name: str
    url: str
    environment: dict[str, str]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Both engines, one after the other, each with the store of `work`."""
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "oxigraph":
            with oxigraph(folder / "data") as (url, _):
                yield filled(patch, Engine("oxigraph", url, {}))
        else:
            secrets = {USER_VARIABLE: "dba", PASSWORD_VARIABLE: PASSWORD, TIMEOUT_VARIABLE: "timeout={ms}"}
            with virtuoso(folder) as url:
                yield filled(patch, Engine("virtuoso", url, secrets))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store in a folder."""
    folder = tmp_path_factory.mktemp("embedded") / "store"
    with existing_or_new(folder) as store:
        work(store)
    return folder


def filled(patch: pytest.MonkeyPatch, engine: Engine) -> Engine:
    for name, value in engine.environment.items():
        patch.setenv(name, value)
    with existing_or_new(engine.url) as store:
        work(store)
    return engine


def work(store: Store) -> None:
    """Add, change and remove articles; merge, correct and take back."""
    for sample in SAMPLES:
        assert store.put(sample, f"{sample.article.id}.txt") is Change.ADDED
    first = SAMPLES[0]
    longer = replace(first, article=replace(first.article, text=f"{first.article.text}\n{ODD}"))
    assert store.put(longer, "sample-1.txt") is Change.REPLACED
    assert store.put(longer, "sample-1.txt") is Change.UNCHANGED
    store.remove("sample-5")
    curation = Curation(store, lambda: MOMENT)
    curation.merge("person:khawaja-asif", "person:zamirul-hassan-shah", "a curator")
    pact = "SELECT ?e { ?e a coop:Agreement ; coop:party state:LT }"
    [[node]] = [list(row) for row in rows(store, pact)]
    curation.correct(node.value, Changes(status=Status.PLANNED, when="2024"), (), "a curator")
    curation.merge("person:boris-pistorius", "person:lloyd-austin", "a curator")
    curation.undo(None, "a curator")


def rows(store: Store, query: str) -> list[ox.QuerySolution]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def all_quads(store: Store) -> set[ox.Quad]:
    return {quad for quad in store.inner if quad.graph_name != ABOUT}


def endpoint(url: str) -> Endpoint:
    return Endpoint(addresses.address(url, os.environ))


def some(number: int) -> list[ox.Quad]:
    node = ox.NamedNode("urn:node")
    return [ox.Quad(node, node, ox.Literal(f"value {value}"), node) for value in range(number)]


def test_the_same_work_leaves_the_same_quads(engine: Engine, embedded: Path) -> None:
    with existing(engine.url) as store, existing(embedded) as expected:
        assert all_quads(store) == all_quads(expected)
        assert store.sources() == expected.sources()
        assert not store.refresh_reference(), "what the engine gives back is not what was put in"


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process: its status and what it said."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        return cli.status(), *capsys.readouterr()

    return run


COMMANDS = [
    ("show", "Pakistan"),
    ("stats",),
    ("review",),
    ("query", "SELECT DISTINCT ?e ?when { ?e a coop:Agreement OPTIONAL { ?e coop:when ?when } } ORDER BY ?e"),
    ("query", "PREFIX x: <urn:x> ASK { ?e coop:party state:PL }"),
    ("query", "ASK { ?e coop:party state:NZ }"),
    ("query", "CONSTRUCT { ?e coop:party ?p } WHERE { ?e coop:party ?p }", "--format", "nt"),
]


def test_commands_answer_alike(engine: Engine, embedded: Path, kg: Callable[..., tuple[int, str, str]]) -> None:
    for command in COMMANDS:
        here, there = (kg(*command, "--store", place) for place in (embedded, engine.url))
        assert here[0] == 0, here
        assert sorted(there[1].splitlines()) == sorted(here[1].splitlines()), command


def test_exports_are_alike(
    engine: Engine, embedded: Path, kg: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    files = [tmp_path / "here.gexf", tmp_path / "there.gexf"]
    for file, place in zip(files, (embedded, engine.url), strict=True):
        assert kg("export", file, "--store", place)[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    for name, place in (("here", embedded), ("there", engine.url)):
        assert kg("tables", tmp_path / name, "--all", "--store", place)[0] == 0
    packages = [(tmp_path / name / "datapackage.json").read_bytes() for name in ("here", "there")]
    assert packages[0] == packages[1], "with the hashes of all tables"


ROUTES = [
    "/health",
    "/entities?q=Fomim",
    "/entities/state:PK",
    "/entities/state:PK/relationships?limit=3",
    "/entities/state:XX",
    "/events?actor=state:RU",
    "/events?type=Exercise&from=2020-01-01",
    "/reviews",
    "/decisions",
    "/sparql?query=SELECT DISTINCT ?a { ?e coop:party ?a } ORDER BY ?a",
    "/sparql?query=ASK { ?e coop:party state:PL }",
    "/sparql?query=SELECT ?a FROM <https://w3id.org/defcoop/id/article/sample-6> { ?e coop:party ?a } ORDER BY ?a",
    "/sparql?default-graph-uri=https://w3id.org/defcoop/id/article/sample-6"
    "&query=SELECT ?a { ?e coop:party ?a } ORDER BY ?a",
    "/sparql?query=SELECT nonsense",
]


def test_routes_answer_alike(engine: Engine, embedded: Path) -> None:
    with TestClient(create_app(embedded)) as here, TestClient(create_app(engine.url)) as there:
        for route in ROUTES:
            expected, found = here.get(route), there.get(route)
            assert (found.status_code, found.json()) == (expected.status_code, expected.json()), route
        assert here.get("/export/graph.gexf").content == there.get("/export/graph.gexf").content
        refused = there.get("/sparql", params={"query": "SELECT ?x { BIND(<urn:no-such-function>(1) AS ?x) }"})
        assert (refused.status_code, "the engine refuses this" in refused.text) == (400, True), refused.text


def test_updates_of_others_graphs_are_the_engine_s_own_affair(engine: Engine) -> None:
    with existing(engine.url) as store, pytest.raises(UsageError, match="done by the engine"):
        _ = store.embedded
    with pytest.raises(UsageError, match="done by the engine"):
        folder(engine.url)


def test_names_of_others_are_seen_after_a_while(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    late = replace(SAMPLES[4], article=replace(SAMPLES[4].article, id="late"))
    with existing(engine.url) as one, existing(engine.url) as other:
        before, version = len(one.sources()), one.version
        other.put(late, "late.txt")
        assert (len(one.sources()), one.version) == (before, version), "what was read is kept for a moment"
        monkeypatch.setattr("kg.storage.endpoint.KEPT", 0.0)
        assert len(one.sources()) == before + 1
        assert one.version > version
        one.remove("late")


def test_a_query_ends_when_its_time_is_over(engine: Engine) -> None:
    with TestClient(create_app(engine.url)) as client:
        answer = client.get("/sparql", params={"query": ENDLESS, "timeout": "1"})
        assert (answer.status_code, "1.0 seconds" in answer.json()["detail"]) == (503, True), answer.text


def test_a_lost_connection_leaves_the_last_article(tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "expected") as expected:
        for sample in SAMPLES[:3]:
            expected.put(sample, "a.txt")
        with oxigraph(tmp_path / "data") as (url, process), existing_or_new(url) as store:
            for sample in SAMPLES[:3]:
                store.put(sample, "a.txt")
            process.kill()
            process.wait()
            with pytest.raises(StoreError, match=r"what was stored before stays: .*run the same again"):
                store.put(SAMPLES[3], "a.txt")
            with TestClient(create_app(store)) as client:
                assert client.get("/events").status_code == HTTPStatus.SERVICE_UNAVAILABLE
        with oxigraph(tmp_path / "data") as (url, _), existing(url) as store:
            assert all_quads(store) == all_quads(expected)
            assert [store.put(sample, "a.txt") for sample in SAMPLES[2:4]] == [Change.UNCHANGED, Change.ADDED]


def test_a_beginning_that_was_cut_off_is_made_up_for(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "data") as (url, _), in_memory() as whole:
        Endpoint(addresses.address(url, {})).extend(list(whole.quads())[:500])
        with existing_or_new(url) as store:
            assert all_quads(store) == all_quads(whole)


def test_rows_that_an_engine_leaves_out_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "dba")
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    with virtuoso(tmp_path, rows=100) as url:
        engine = endpoint(url)
        engine.extend(some(100))
        with pytest.raises(EngineError, match="no more than 100 rows; raise"):
            list(engine)
        monkeypatch.setenv(PASSWORD_VARIABLE, "wrong")
        with pytest.raises(EngineError, match=f"does not let this user in .401.; set {USER_VARIABLE}"):
            existing(url)
        with pytest.raises(EngineError, match=r"no SPARQL there .404."):
            existing(url.replace("/sparql-auth", "/nowhere"))


def test_an_engine_that_is_not_there_is_said_in_one_line(kg: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = kg("show", "Kenya", "--store", "http://127.0.0.1:9/sparql")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "http://127.0.0.1:9/sparql: nobody answers there" in err


class Gate(BaseHTTPRequestHandler):
    """Lets whoever has the word through to an engine."""

    protocol_version = "HTTP/1.1"

    def __init__(self, word: str, engine: str, *rest: object) -> None:
        self.word, self.engine = word, engine
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        """Pass the request on, or ask for the user."""
        body = self.rfile.read(int(self.headers["content-length"]))
        kept = {name: value for name, value in self.headers.items() if name.lower() in {"content-type", "accept"}}
        if self.headers["authorization"] == self.word:
            answer = httpx.post(self.engine + self.path, content=body, headers=kept)
        else:
            answer = httpx.Response(401, headers={"www-authenticate": self.word.split()[0]})
        self.send_response(answer.status_code)
        for name in {"www-authenticate"} & {*answer.headers}:
            self.send_header(name, answer.headers[name])
        self.send_header("content-length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("word", "environment"),
    [
        ("Bearer a-token", {BEARER_VARIABLE: "a-token"}),
        ("Basic dTpw", {USER_VARIABLE: "u", PASSWORD_VARIABLE: "p"}),
    ],
)
def test_a_token_or_a_password_lets_in(
    word: str, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        oxigraph(tmp_path / "data") as (behind, _),
        ThreadingHTTPServer(("127.0.0.1", 0), partial(Gate, word, behind)) as gate,
    ):
        Thread(target=gate.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{gate.server_port}"
        with pytest.raises(EngineError, match="does not let this user in"):
            existing(url)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        engine = endpoint(url)
        engine.extend(some(3))
        assert set(engine) == set(some(3))
        gate.shutdown()


@pytest.mark.parametrize(
    ("url", "environment", "message"),
    [
        ("http://u:secret@h/sparql", {}, USER_VARIABLE),
        ("http://h:x/", {}, "no address"),
        ("http://h/sparql", {USER_VARIABLE: "u"}, PASSWORD_VARIABLE),
        ("http://h/sparql", {TIMEOUT_VARIABLE: "30"}, "timeout={ms}"),
        ("http://h/sparql", {UPDATE_VARIABLE: "h/update"}, "no address"),
    ],
)
def test_settings_that_are_wrong_are_said(url: str, environment: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        addresses.address(url, environment)
    assert "secret" not in str(caught.value)


def test_the_examples_in_docstrings_hold() -> None:
    results = [doctest.testmod(module) for module in (addresses, sparql)]
    assert [(result.failed, result.attempted) for result in results] == [(0, 2), (0, 2)]


def test_settings_say_where_what_is_sent() -> None:
    bare = addresses.address("http://127.0.0.1:7878", {})
    assert (bare.query, bare.update) == ("http://127.0.0.1:7878/query?union-default-graph", f"{bare.plain[:-5]}update")
    told = addresses.address("https://h/q", {UPDATE_VARIABLE: "https://h/u", TIMEOUT_VARIABLE: "timeout={s}s"})
    assert (told.query, told.update, told.graph_store) == ("https://h/q", "https://h/u", None)
    assert told.timed(1.5) == {"timeout": "2s"}
