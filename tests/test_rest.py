"""The REST resources over the hand-made samples: models, pages, formats, conditions, limits, hostile values."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import anyio
import pytest
import rdflib
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api import articles, dyads, entities, figures, models, neighbours, networks
from api.app import create_app
from api.bounds import LARGEST
from api.fields import partly
from api.forms import EVENT, RELATIONSHIP
from api.tokens import TOKEN_VARIABLE
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.index import database
from tests.extractions import sample_extractions

TOKEN = "a-token-for-tests"
WRITING = {"authorization": f"Bearer {TOKEN}"}
COOP = rdflib.Namespace("https://w3id.org/defcoop/ontology#")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with samples() as made:
        yield made


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client that may write, over a store of its own."""
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    with samples() as made, TestClient(create_app(made), raise_server_exceptions=False) as opened:
        yield opened


def samples() -> Store:
    made = in_memory()
    for sample in sample_extractions():
        made.put(sample, f"{sample.article.id}.txt")
    return made


PK, RU = "/entities/state:PK", "state:RU"
ANSWERS: list[tuple[str, Any]] = [
    ("/health", models.Health),
    ("/entities?q=Pakistan&type=State&country=PK&limit=1", models.Matches),
    (PK, entities.FullEntity),
    ("/entities/person:alexander-fomin?embed=neighbours", entities.FullEntity),
    (f"{PK}/relationships?limit=2&count=true&facet=type&counterpart={RU}", models.Relationships),
    (f"{PK}/relationships?fields=counterpart&fields=roles", partly(models.Relationships, models.Relationship)),
    (f"{PK}/neighbours?limit=2&type=Agreement", neighbours.Neighbours),
    (f"{PK}/network?depth=2&limit=5", networks.Network),
    ("/dyads/state:PK/state:RU?count=true&facet=status&limit=2", dyads.Dyad),
    ("/paths?from=state:PK&to=state:TR&since=2014-01-01&longest=3", networks.Chains),
    ("/events?type=ArmsTransfer&count=true&facet=year&facet=country&sort=oldest", models.Events),
    ("/events?fields=id&fields=when", partly(models.Events, models.Event)),
    ("/articles?publisher=Sample%20Gazette&limit=3", articles.Articles),
    ("/articles/sample-1", articles.FullArticle),
    ("/articles/article:sample-6", articles.FullArticle),
    ("/timeline?step=month&actor=state:PK", figures.Timeline),
    ("/facets?by=type&by=role&by=publisher", figures.Facets),
    ("/stats", figures.Stats),
    ("/id/state/PK", entities.FullEntity),
    ("/id/article/sample-1", articles.FullArticle),
    ("/defcoop/id/person/alexander-fomin", entities.FullEntity),
]


@pytest.mark.parametrize(("path", "model"), ANSWERS)
def test_an_answer_is_as_its_model_says(client: TestClient, path: str, model: Any) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    kind: TypeAdapter[Any] = TypeAdapter(model)
    read = kind.validate_json(answer.content)
    assert kind.dump_python(read, mode="json", exclude_unset=True) == answer.json()


def test_resources_say_what_the_samples_do(client: TestClient) -> None:
    near = client.get(f"{PK}/neighbours?limit=1").json()
    assert (near["items"][0]["counterpart"]["id"], near["items"][0]["events"]) == (RU, 5)
    assert client.get(f"{PK}?embed=neighbours").json()["neighbours"][0] == near["items"][0]
    drawn = client.get(f"{PK}/network?depth=2&limit=4").json()
    ids = {member["node"]["id"] for member in drawn["nodes"]}
    assert (len(ids), drawn["complete"], drawn["nodes"][0]["distance"]) == (4, False, 0)
    assert {tie[end] for tie in drawn["edges"] for end in ("source", "target")} <= ids
    dyad = client.get("/dyads/state:PK/state:RU?limit=2").json()
    assert dyad["events"] == sum(count["number"] for count in dyad["types"]) == 5
    assert [len(dyad["items"]), len(client.get(dyad["next"]).json()["items"])] == [2, 2]
    (chain,) = client.get("/paths?from=state:PK&to=state:TR").json()["items"]
    assert [node["id"] for node in chain["nodes"]] == ["state:PK", RU, "state:TR"]
    (later,) = client.get("/paths?from=state:PK&to=state:TR&since=2019-01-01").json()["items"]
    assert [node["id"] for node in later["nodes"]] == ["state:PK", "state:AR", "state:US", "state:TR"]
    assert client.get("/paths?from=state:PK&to=state:TR&longest=1").json()["items"] == []
    assert client.get("/stats").json()["events"] == 22
    assert {one["number"] for one in client.get("/facets?by=publisher").json()["facets"]["publisher"]} == {22}


def test_an_article_has_its_text_and_what_it_tells_where(client: TestClient) -> None:
    article = client.get("/articles/sample-1").json()
    assert len(article["told"]) == article["events"] == 5
    starts = [told["sentences"][0]["start"] for told in article["told"]]
    assert starts == sorted(starts)
    for sentence in (sentence for told in article["told"] for sentence in told["sentences"]):
        assert article["text"][sentence["start"] : sentence["end"]] == sentence["exact"]


LISTS = [
    ("/events?limit=3", lambda item: item["id"]),
    ("/events?limit=3&sort=oldest", lambda item: item["id"]),
    (f"{PK}/relationships?limit=3", lambda item: (item["event"]["id"], item["counterpart"]["id"])),
    (f"{PK}/neighbours?limit=2&sort=fixed", lambda item: item["counterpart"]["id"]),
    ("/articles?limit=2", lambda item: item["id"]),
]


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_pages_stay_right_while_articles_come_and_go(own: TestClient, path: str, key: Callable[[Any], object]) -> None:
    whole = {key(item) for item in client_all(own, path)}
    store: Store = own.app.state.lookups.store  # type: ignore[attr-defined]
    first = sample_extractions()[0]
    article = replace(first.article, id="late", text=f"Late. {first.article.text}", title=None)
    moved = [
        replace(event, when="2030-01-01", evidence=tuple(
            replace(one, start=one.start + 6, end=one.end + 6) for one in event.evidence
        ))
        for event in first.events
    ]  # fmt: skip
    late = replace(first, article=article, events=tuple(moved))

    def disturb(page: int) -> None:
        if page % 2:
            store.remove("late")
        else:
            store.put(late, "late.txt")

    seen = [key(item) for item in client_all(own, path, disturb)]
    assert len(seen) == len(set(seen))
    assert whole <= set(seen)


def client_all(client: TestClient, path: str, between: Callable[[int], None] = lambda _: None) -> Iterator[Any]:
    """All items of a list, page by page."""
    address, page = path, 0
    while address:
        answer = client.get(address).json()
        yield from answer["items"]
        address, page = answer["next"], page + 1
        between(page - 1)
    assert page > 2, "the list has several pages"


def test_who_has_the_answer_is_told_so(own: TestClient) -> None:
    own.get("/stats")
    answer = own.get("/events?limit=2")
    tag = {"if-none-match": f'"other", {answer.headers["etag"]}'}
    again = own.get("/events?limit=2", headers=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    assert own.get("/events?limit=3", headers=tag).status_code == 200
    assert own.get("/events?limit=2", headers={**tag, "accept": "text/csv"}).status_code == 200
    assert own.delete("/articles/sample-8", headers=WRITING).status_code == 200
    changed = own.get("/events?limit=2", headers=tag)
    assert changed.status_code == 200
    assert changed.json() != answer.json()
    assert "etag" not in own.get("/nowhere").headers


def test_answers_are_compressed_and_vary(client: TestClient) -> None:
    for coding, sent in (("gzip", "gzip"), ("identity", None)):
        answer = client.get("/events", headers={"accept-encoding": coding})
        assert answer.headers.get("content-encoding") == sent
        assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
        assert answer.json()["items"]


TABLES = [
    ("/events", ".csv?limit=5", EVENT),
    (f"{PK}/relationships", ".csv?limit=5", RELATIONSHIP),
    (f"{PK}/neighbours", ".csv", None),
    ("/articles", ".csv", None),
    ("/timeline", ".csv", None),
    ("/entities", ".csv?q=Pakistan", None),
]


@pytest.mark.parametrize(("path", "rest", "columns"), TABLES)
def test_csv_has_a_row_for_each_item(client: TestClient, path: str, rest: str, columns: tuple[str, ...] | None) -> None:
    query = rest.removeprefix(".csv")
    items = client.get(path + query).json()["items"]
    answer = client.get(path + rest)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get(path + query, headers={"accept": "text/csv"}).content == answer.content
    rows = list(csv.DictReader(StringIO(answer.text, newline="")))
    assert len(rows) == len(items) > 0
    assert columns is None or list(rows[0]) == list(columns)
    if path == "/events":
        assert [row["id"] for row in rows] == [item["id"] for item in items]
        assert rows[0]["participant"].split() == [part["actor"]["id"] for part in items[0]["parts"]]
        assert client.get(answer.links["next"]["url"]).text.splitlines()[1] != answer.text.splitlines()[1]


GRAPHS = [
    ("/events.jsonld?limit=3&type=ArmsTransfer", COOP.ArmsTransfer, 3),
    (f"{PK}/relationships.jsonld?type=Agreement", COOP.Agreement, 2),
    ("/entities.jsonld?q=Pakistan&limit=1", COOP.State, 1),
    ("/articles.jsonld", rdflib.URIRef("https://schema.org/NewsArticle"), 8),
]


@pytest.mark.parametrize(("path", "kind", "number"), GRAPHS)
def test_json_ld_is_rdf(client: TestClient, path: str, kind: rdflib.URIRef, number: int) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/ld+json"
    graph = rdflib.Graph().parse(data=answer.text, format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, kind))) == number


def test_iris_lead_to_what_the_graph_says(client: TestClient) -> None:
    event = client.get("/events?type=ArmsTransfer&actor=state:PL").json()["items"][0]
    path = event["iri"].removeprefix("https://w3id.org")
    assert client.get(path).json() == event
    for kind, name in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        answer = client.get(path, headers={"accept": kind})
        graph = rdflib.Graph().parse(data=answer.text, format=name)
        (item,) = graph.objects(rdflib.URIRef(event["iri"]), COOP.item)
        assert graph.value(item, COOP.quantity) == rdflib.Literal(250)
        (evidence,) = graph.objects(rdflib.URIRef(event["iri"]), COOP.evidence)
        shown = client.get(str(evidence).removeprefix("https://w3id.org"), headers={"accept": kind})
        assert event["sentences"][0]["exact"] in shown.text
    led = client.get(f"/id/event/{event['id'].partition(':')[2]}", headers={"accept": "text/html"})
    assert (led.history[0].status_code, led.json()) == (303, event)
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406
    for unknown in ("/id/state/XX", "/id/event/none", "/id/planet/mars", "/id/evidence/none", "/id/article/none"):
        assert client.get(unknown).status_code == 404, unknown


def test_iris_of_before_lead_on(own: TestClient) -> None:
    joined = {"one": "person:boris-pistorius", "other": "person:lloyd-austin", "by": "a curator"}
    assert own.post("/merges", json=joined, headers=WRITING).status_code == 200
    gone = [id for id in (joined["one"], joined["other"]) if own.get(f"/entities/{id}").history]
    (old,) = gone
    answers = [f"/id/{old.replace(':', '/')}", f"/dyads/state:US/{old}", f"/entities/{old}/neighbours.csv?limit=1"]
    for path in answers:
        answer = own.get(path)
        assert ([step.status_code for step in answer.history], answer.status_code) == ([308], 200), path
    assert str(answer.url).endswith("/neighbours.csv?limit=1")


DRAFT = {
    "id": "pact",
    "date": "2018-08-08",
    "publisher": "A Gazette",
    "text": "Russia and Pakistan signed a defence pact in Rawalpindi on 7 August.",
}


def test_texts_are_read_and_articles_stored(own: TestClient) -> None:
    before = own.get("/stats").json()
    read = own.post("/extract", json=DRAFT).json()
    (event,) = read["events"]
    assert (read["id"], event["type"], event["when"]) == ("pact", "Agreement", "2018-08-07")
    assert models.Event.model_validate(event).model_dump(mode="json") == event
    assert own.get("/stats").json() == before
    assert own.post("/articles", json=DRAFT).status_code == 401
    for change in ("added", "unchanged"):
        assert own.post("/articles", json=DRAFT, headers=WRITING).json() == {"id": "pact", "change": change}
    assert own.get("/articles/pact").json()["told"][0]["event"]["when"] == "2018-08-07"
    taken = own.post("/articles", json={**DRAFT, "id": "article:sample-1"}, headers=WRITING)
    assert (taken.status_code, taken.headers["content-type"]) == (409, "application/problem+json")
    assert own.delete("/articles/article:pact", headers=WRITING).json() == {"removed": "pact"}
    assert own.get("/articles/pact").status_code == 404


FAULTS: list[tuple[str, str, int, str]] = [
    ("GET", f"{PK}/network?depth=4", 422, "less than or equal to 3"),
    ("GET", f"{PK}/neighbours?limit=1001", 422, "less than or equal to 1000"),
    ("GET", "/paths?from=state:PK&to=state:TR&longest=7", 422, "less than or equal to 6"),
    ("GET", "/paths?from=state:PK", 422, "query.to"),
    ("GET", "/paths?from=state:PK&to=state:XX", 404, "state:XX"),
    ("GET", "/dyads/state:PK/state:XX", 404, "state:XX"),
    ("GET", "/events?fields=secret", 422, "name some of id, iri"),
    ("GET", "/events?colour=red", 422, "query.colour"),
    ("GET", "/facets", 422, "query.by"),
    ("GET", "/articles?after=x", 400, "no mark of such a page"),
    ("GET", f"{PK}/neighbours?after=x", 400, "no mark of such a page"),
    ("GET", "/articles/none", 404, "list the articles"),
    ("GET", "/nowhere", 404, "/openapi.json lists"),
    ("PUT", "/stats", 405, "Allow"),
]


@pytest.mark.parametrize(("method", "path", "status", "detail"), FAULTS)
def test_a_problem_says_what_is_wanted(client: TestClient, method: str, path: str, status: int, detail: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert detail in answer.json()["detail"]
    assert ("allow" in answer.headers) == (status == 405)


def test_an_address_names_the_methods_that_it_takes(client: TestClient) -> None:
    for path, methods in (("/articles", "GET, POST"), ("/articles/x", "GET, DELETE"), ("/stats", "GET")):
        assert client.patch(path).headers["allow"] == methods


def test_a_body_is_bounded(client: TestClient) -> None:
    for body in (b"x" * (LARGEST + 1), iter([b"x" * LARGEST, b"x"])):
        answer = client.post("/extract", content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
        assert f"the most is {LARGEST}" in answer.json()["detail"]


def test_a_lookup_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "GLANCE", 1)
    with samples() as store, TestClient(create_app(store)) as client:
        assert client.get("/stats").status_code == 200
        store.index.seconds = -1
        answer = client.get("/stats")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "limit of 10.0 seconds" in answer.json()["detail"]


HOSTILE = (
    *("", '"', "'", "\\", "}} UNION { ?s ?p ?o", "'; DROP TABLE event; --", "<urn:x>", "https://a.b/?c#d"),
    *("\0", "a\0bcd", "state:\0", "ж😀\u202e", "../..", "-1", "1e999", "nan", "9" * 30, "x" * 100_000),
    *("W10", "WzFlOTk5LCAxXQ", "WyJhIiwgImIiXQ", "WzEsIDEsIDFd"),
)
"""Texts that break what takes them for more than texts; the last are marks of pages with wrong content."""
BODIES: tuple[Any, ...] = ('"} {', "a\0b", "\ud800", "x" * 100_000, 7, None, [], {})


def test_hostile_values_are_refused_or_answered(own: TestClient) -> None:
    described = own.get("/openapi.json").json()
    asked = faults = 0
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for address, body in hostile(path, operation, described["components"]["schemas"]):
                asked += 1
                answer = send(own, method, address, body)
                if answer.status >= 500 or (answer.status >= 400 and answer.kind != "application/problem+json"):
                    pytest.fail(f"{method} {address[:200]} {str(body)[:100]}: {answer}")
                faults += answer.status >= 400
                assert b"Traceback" not in answer.content
    assert asked > 2500
    assert 0 < faults < asked


def hostile(path: str, operation: Any, schemas: Any) -> Iterator[tuple[str, Any]]:
    """The addresses and bodies with one hostile value each."""
    parameters, body = operation.get("parameters", []), sent(operation, schemas)
    usual = {one["name"]: example(one) for one in parameters if one.get("required")}
    places = {one["name"]: one["in"] for one in parameters}
    for name in places:
        for value in HOSTILE:
            yield addressed(path, {**usual, name: value}, places), body
    for name in body or {}:
        for filler in BODIES:
            yield addressed(path, usual, places), {**body, name: filler}


def addressed(path: str, values: dict[str, str], places: dict[str, str]) -> str:
    inside = {name: quote(value, safe="") for name, value in values.items() if places[name] == "path"}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items() if places[name] == "query")
    return f"{path.format(**inside)}?{query}"


def example(parameter: Any) -> str:
    found = parameter["schema"].get("examples", parameter["schema"].get("enum", ["x"]))[0]
    return str(found[0] if isinstance(found, list) else found)


def sent(operation: Any, schemas: Any) -> Any:
    """The example of an operation's JSON body, or something for each of its fields."""
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    model = schemas.get(schema.get("$ref", "").rpartition("/")[2], {})
    shown = model.get("examples", [{}])[0]
    return {name: shown.get(name) for name in model["properties"]} if model else None


class Answered:
    """What came back."""

    def __init__(self) -> None:
        self.status, self.kind, self.content = 0, "", b""

    def __repr__(self) -> str:
        return f"{self.status} {self.kind} {self.content[:300]!r}"

    async def take(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.kind = dict(message["headers"]).get(b"content-type", b"").decode()
        else:
            self.content += message.get("body", b"")


def send(client: TestClient, method: str, address: str, body: Any) -> Answered:
    """The answer of the application itself: clients refuse to send much of this."""
    path, _, query = address.partition("?")
    headers = [(b"authorization", WRITING["authorization"].encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "http_version": "1.1", "method": method.upper(), "scheme": "http", "server": ("test", 80),
        "path": unquote_to_bytes(path).decode(errors="replace"),
        "raw_path": path.encode(), "query_string": query.encode(), "headers": headers, "client": ("test", 1),
        "root_path": "", "asgi": {"version": "3.0"}, "state": {},
    }  # fmt: skip
    content = json.dumps(body).encode() if body is not None else b""
    answer = Answered()

    parts = iter([content])

    async def receive() -> dict[str, object]:
        for part in parts:
            return {"type": "http.request", "body": part, "more_body": False}
        await anyio.sleep_forever()  # the client stays until it has its answer
        raise AssertionError

    assert client.portal is not None
    client.portal.call(client.app, scope, receive, answer.take)
    return answer


def test_the_openapi_document_leaves_nothing_open(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    names = [one["operationId"] for operations in described["paths"].values() for one in operations.values()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and len(name) < 20 for name in names)
    bare = [
        f"{name}.{field}"
        for name, model in described["components"]["schemas"].items()
        for field, schema in model.get("properties", {}).items()
        if schema.keys() <= {"title", "description", "default"} or schema == {"type": "object"}
    ]
    assert bare == []
