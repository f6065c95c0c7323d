"""The W3C's tests of SPARQL 1.1, all of them, asked over HTTP of a store that holds nothing but each test's data.

Each suite is run as a whole: how many tests it has and which of them fail is compared with the tables below, where
every failure has its reason.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.formats import GRAPHS, ROWS, TRUTH, essence
from api.service import SD, Service
from api.tokens import TOKEN_VARIABLE
from kg.answers.store import Store
from kg.rdf.iris import DEFAULT_BASE

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
"""Where the W3C keeps the tests: what the IRIs in them are relative to."""

HOST = "http://www.example"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests of some types in some folders: how many they are, and which of them fail for which reason."""

    folders: str
    types: str
    total: int
    failing: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The tests that fail."""
        return {name for names in self.failing.values() for name in names.split()}


EMPTY_GRAPHS = "pyoxigraph matches a pattern that names no quad of GRAPH ?g once, and not once for each graph"
ZERO_PATHS = "pyoxigraph finds no path of length zero at a constant that stands in no triple"
SUITES = {
    "query": Suite(
        "aggregates bind bindings cast construct csv-tsv-res exists functions grouping json-res negation "
        "project-expression property-path subquery",
        "QueryEvaluationTest CSVResultFormatTest",
        235,
        {
            EMPTY_GRAPHS: "aggregates/agg-empty-group-count-graph bindings/graph negation/graph-minus",
            ZERO_PATHS: "property-path/zero_or_more_set_start property-path/zero_or_more_set_end "
            "property-path/zero_or_one_set_start property-path/zero_or_one_set_end",
            "pyoxigraph keeps the language of what GROUP_CONCAT joins": "aggregates/agg-groupconcat-04 "
            "aggregates/agg-groupconcat-06",
            "pyoxigraph gives BNODE of one text the same node in all rows": "functions/bnode01",
            "the store writes the double 1.0E6 as 1000000": "csv-tsv-res/csv03",
        },
    ),
    "update": Suite(
        "add basic-update clear copy delete-data delete-insert delete-where delete drop move update-silent",
        "UpdateEvaluationTest",
        94,
    ),
    "syntax": Suite(
        "aggregates construct delete-insert grouping syntax-fed syntax-query syntax-update-1 syntax-update-2",
        "PositiveSyntaxTest11 NegativeSyntaxTest11 PositiveUpdateSyntaxTest11 NegativeUpdateSyntaxTest11",
        169,
    ),
    "protocol": Suite("protocol", "ProtocolTest", 34),
    "graph store": Suite("graph-store-protocol", "GraphStoreProtocolTest", 13),
    "graph store, deprecated": Suite(
        "http-rdf-update",
        "GraphStoreProtocolTest",
        18,
        {
            "the Turtle that it sends lacks its last full stop": "http-rdf-update/post__existing_graph "
            "http-rdf-update/post__multipart_formdata",
            "it wants John Doe, whom an earlier test of the sequence replaced by Jane Doe": ""
            "http-rdf-update/get_of_post__existing_graph",
            "it wants what the two tests before it without a full stop would have added": ""
            "http-rdf-update/get_of_post__multipart_formdata",
        },
    ),
    "service description": Suite("service-description", "ServiceDescriptionTest", 3),
    "federation": Suite(
        "service",
        "QueryEvaluationTest",
        7,
        {
            "SERVICE is refused": "service/service1 service/service2 service/service3 service/service4a "
            "service/service5 service/service6 service/service7"
        },
    ),
    "entailment": Suite(
        "entailment",
        "QueryEvaluationTest",
        70,
        {
            "the service has simple entailment: what RDF, RDFS, OWL or RIF would infer is not there": ""
            "entailment/paper-sparqldl-Q1 entailment/paper-sparqldl-Q1-rdfs entailment/paper-sparqldl-Q2 "
            "entailment/paper-sparqldl-Q3 entailment/paper-sparqldl-Q4 entailment/parent10 entailment/parent3 "
            "entailment/parent4 entailment/parent5 entailment/parent6 entailment/parent7 entailment/parent8 "
            "entailment/parent9 entailment/rdf01 entailment/rdfs01 entailment/rdfs02 entailment/rdfs03 "
            "entailment/rdfs04 entailment/rdfs05 entailment/rdfs06 entailment/rdfs07 entailment/rdfs09 "
            "entailment/rdfs10 entailment/rdfs11 entailment/rif01 entailment/rif03 entailment/rif04 "
            "entailment/rif06 entailment/simple1 entailment/simple2 entailment/simple3 entailment/simple4 "
            "entailment/simple5 entailment/simple6 entailment/simple7 entailment/simple8 entailment/sparqldl-02 "
            "entailment/sparqldl-03 entailment/sparqldl-10 entailment/sparqldl-11 entailment/sparqldl-12 "
            "entailment/sparqldl-13"
        },
    ),
}
FLOORS = {"query": 224, "update": 94, "syntax": 169, "protocol": 34, "graph store": 13, "service description": 3}
"""How many tests of a suite pass at least; pyoxigraph without our endpoint gives 222, 94 and 166 of the first three."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A test: its name behind its folder, its type, its node in the manifests, its endpoint, the store behind that.

    `found` holds what one test of a suite leaves for those after it.
    """

    name: str
    type: str
    node: Node
    manifests: "Manifests"
    client: TestClient
    store: Store
    found: dict[str, str]


class Manifests:
    """The manifests of all suites, read as one graph."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = ox.Store()
        for path in sorted(root.glob("*/manifest*.ttl")):
            address = BASE + path.relative_to(root).as_posix()
            self.store.load(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=address, to_graph=ox.NamedNode(address))

    def all(self, node: Node, name: str) -> list[Term]:
        """The values of a property, in a fixed order."""
        found = {quad.object for quad in self.store.quads_for_pattern(node, ox.NamedNode(name), None)}
        return sorted(found, key=str)

    def one(self, node: Node, name: str) -> Term | None:
        """The value of a property, if it has one."""
        return next(iter(self.all(node, name)), None)

    def node(self, node: Node, name: str) -> Node:
        """The value of a property, which is a node."""
        found = self.one(node, name)
        assert isinstance(found, Node), (node, name)
        return found

    def text(self, node: Node, name: str) -> str:
        """The value of a property as text, empty without one."""
        found = self.one(node, name)
        return found.value if isinstance(found, ox.NamedNode | ox.Literal) else ""

    def items(self, node: Node) -> Iterator[Node]:
        """The members of a list."""
        while node != ox.NamedNode(f"{RDF}nil"):
            yield self.node(node, f"{RDF}first")
            node = self.node(node, f"{RDF}rest")

    def tests(self, folder: str, types: set[str]) -> Iterator[tuple[str, str, Node]]:
        """Name, type and node of each test of a folder's manifests, in their order."""
        for path in sorted((self.root / folder).glob("manifest*.ttl")):
            entries = self.one(ox.NamedNode(f"{BASE}{folder}/{path.name}"), f"{MF}entries")
            for node in self.items(entries) if isinstance(entries, Node) else ():
                for kind in self.all(node, f"{RDF}type"):
                    type = str(kind).rpartition("#")[2].rstrip(">")
                    if type in types:
                        yield f"{folder}/{str(node).rpartition('#')[2].rstrip('>')}", type, node

    def file(self, iri: str) -> Path:
        """The file that the W3C keeps at an address."""
        return self.root / iri.removeprefix(BASE)


@pytest.fixture(scope="module")
def manifests(shared: Path) -> Manifests:
    return Manifests(shared / "w3c" / "sparql11")


@pytest.fixture
def store() -> Store:
    return Store(ox.Store(), DEFAULT_BASE)


@pytest.fixture
def client(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")
    app = create_app(store)
    app.state.service = Service(union=False, updates=True)
    headers = {"authorization": "Bearer secret"}
    with TestClient(app, base_url=HOST, headers=headers, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("suite", SUITES)
def test_the_suite_passes(suite: str, manifests: Manifests, client: TestClient, store: Store) -> None:
    wanted = SUITES[suite]
    passes, seen = RUNS[suite], 0
    failed: dict[str, str] = {}
    found: dict[str, str] = {}
    for folder in wanted.folders.split():
        for name, type, node in manifests.tests(folder, set(wanted.types.split())):
            seen += 1
            if suite != "graph store, deprecated":
                store.embedded.clear()
            problem = passes(Entry(name, type, node, manifests, client, store, found))
            if problem is not None:
                failed[name] = problem
    print(f"{suite}: {seen - len(failed)} of {seen}")  # noqa: T201 - pytest shows it with -rP
    assert seen == wanted.total
    assert failed.keys() == wanted.names, "\n".join(f"{name}: {why}" for name, why in failed.items())
    assert seen - len(failed) >= FLOORS.get(suite, 0)


def query_passes(entry: Entry) -> str | None:
    """Ask the query of the test over its data; what is wrong with the answer, if anything is."""
    manifests, action = entry.manifests, entry.manifests.node(entry.node, f"{MF}action")
    fill(entry, action, QT)
    result = manifests.text(entry.node, f"{MF}result")
    ending = result.rpartition(".")[2]
    text = f"BASE <{manifests.text(action, f'{QT}query')}>\n" + read(entry, manifests.text(action, f"{QT}query"))
    kind = "text/turtle" if ending in ("ttl", "rdf") else KINDS[ending]
    accept = f"{kind}, application/sparql-results+json;q=0.5"
    answer = entry.client.post("/sparql", content=text, headers={"content-type": QUERY, "accept": accept})
    if answer.status_code != 200:
        return f"{answer.status_code} {answer.text}"
    expected = manifests.file(result).read_bytes()
    if ending == "csv":
        return same(table(answer.content), table(expected))
    if ending not in ("ttl", "rdf"):
        return same(rows(answer.content, kind), rows(expected, kind))
    quads = [*ox.parse(expected, FILES[ending], base_iri=result)]
    if essence(answer.headers["content-type"]) == "text/turtle":
        return same(canonical(ox.parse(answer.content, ox.RdfFormat.TURTLE)), canonical(quads))
    return same(rows(answer.content, "application/sparql-results+json"), described(quads))


def update_passes(entry: Entry) -> str | None:
    """Send the update of the test; what is wrong with the store afterwards, if anything is."""
    manifests, action = entry.manifests, entry.manifests.node(entry.node, f"{MF}action")
    fill(entry, action, UT)
    address = manifests.text(action, f"{UT}request")
    answer = entry.client.post(
        "/sparql", content=f"BASE <{address}>\n{read(entry, address)}", headers={"content-type": UPDATE}
    )
    if answer.status_code != 204:
        return f"{answer.status_code} {answer.text}"
    found = canonical(entry.store.inner)
    entry.store.embedded.clear()
    fill(entry, manifests.node(entry.node, f"{MF}result"), UT)
    return same(found, canonical(entry.store.inner))


SYNTAX = re.compile(r"SPARQL (query|update)(, line \d+, column \d+)?: ")
REFUSED = re.compile(r"(SERVICE|LOAD) is refused|is not supported$|nothing was changed$")


def syntax_passes(entry: Entry) -> str | None:
    """Send the text of the test: whether it is taken for what it is. A refusal by name comes after the parsing."""
    address = entry.manifests.text(entry.node, f"{MF}action")
    kind = UPDATE if address.endswith(".ru") else QUERY
    answer = entry.client.post("/sparql", content=read(entry, address), headers={"content-type": kind})
    detail = "" if answer.status_code < 300 else answer.json()["detail"]
    parsed = answer.status_code in (200, 204) or (answer.status_code == 400 and bool(REFUSED.search(detail)))
    if entry.type.startswith("Positive"):
        return None if parsed else f"{answer.status_code} {detail}"
    wrong = answer.status_code == 400 and not parsed and SYNTAX.match(detail)
    return None if wrong else f"{answer.status_code}: it parses"


def exchange_passes(entry: Entry) -> str | None:
    """Go through the requests of a test of a protocol; what is wrong with the first wrong answer, if one is."""
    manifests, location = entry.manifests, ""
    fill(entry, entry.node, UT)
    action = manifests.node(entry.node, f"{MF}action")
    for number, request in enumerate(manifests.items(manifests.node(action, f"{HT}requests")), 1):
        headers = headers_of(manifests, request)
        path = manifests.text(request, f"{HT}absolutePath").replace("$LOCATION$", location)
        path = re.sub("^/gsp", "/graphs", path)
        answer = entry.client.request(
            manifests.text(request, f"{HT}methodName"), path, headers=headers, content=body_of(manifests, request)
        )
        location = answer.headers.get("location", location)
        problem = answer_passes(manifests, manifests.node(request, f"{HT}resp"), answer)
        if problem is not None:
            return f"request {number}: {problem}"
    return None


def answer_passes(manifests: Manifests, response: Node, answer: Response) -> str | None:
    """What is wrong with the answer to a request, measured by its description, if anything is."""
    statuses = {str(one).rpartition("#")[2].rstrip(">") for one in manifests.all(response, f"{MF}expectedStatus")}
    if not any(answer.status_code in STATUSES[status] for status in statuses):
        return f"{answer.status_code}, not {', '.join(sorted(statuses))}: {answer.text}"
    kind = essence(answer.headers.get("content-type", ""))
    wanted = manifests.text(response, f"{MF}expectedFormat")
    if wanted and kind not in EXPECTED[wanted]:
        return f"{kind} is not {wanted}"
    truth = manifests.text(response, f"{MF}expectedBoolean")
    if truth and str(bool(parsed_rows(answer.content, kind))).lower() != truth:
        return f"not {truth}"
    if manifests.text(response, f"{MF}expectedLocation") and "location" not in answer.headers:
        return "no Location"
    for name, value in headers_of(manifests, response).items():
        if essence(answer.headers.get(name, "")) != essence(value):
            return f"{name} is {answer.headers.get(name)}, not {value}"
    graph = body_of(manifests, response)
    if graph is None:
        return None
    return same(
        canonical(ox.parse(answer.content, ox.RdfFormat.TURTLE)), canonical(ox.parse(graph, ox.RdfFormat.TURTLE))
    )


def headers_of(manifests: Manifests, message: Node) -> dict[str, str]:
    """The headers of a request or a response."""
    found = manifests.one(message, f"{HT}headers")
    headers = manifests.items(found) if isinstance(found, Node) else ()
    return {manifests.text(one, f"{HT}fieldName"): manifests.text(one, f"{HT}fieldValue") for one in headers}


def body_of(manifests: Manifests, message: Node) -> bytes | None:
    """The body of a request or a response, in its encoding."""
    body = manifests.one(message, f"{HT}body")
    if not isinstance(body, Node):
        return None
    return manifests.text(body, f"{CNT}chars").encode(manifests.text(body, f"{CNT}characterEncoding"))


MESSAGES = re.compile(r"#### Request\s+(.*?)#### Response\s+(.*)", re.DOTALL)
LIKE = {"200 OK": (200, 204), "201 Created": (201, 204), "204 No Content": (200, 204), "404 Not Found": (404,)}
"""The successors of the deprecated tests leave these answers open."""


def comment_passes(entry: Entry) -> str | None:
    """Go through the exchange that the comment of a deprecated test shows; the tests follow on each other."""
    if entry.name.endswith("/delete__existing_graph"):
        entry.client.put("/graphs/person/2.ttl", content="", headers={"content-type": "text/turtle"})
    match = next(
        found
        for one in entry.manifests.all(entry.node, f"{RDFS}comment")
        if isinstance(one, ox.Literal) and (found := MESSAGES.search(one.value))
    )
    (first, headers, body), (status, _, graph) = (message(part) for part in match.groups())
    method, path, _ = first.replace("$NEWPATH$", entry.found.get("location", "")).split()
    headers.pop("Host")
    path = re.sub(r"^\$GRAPHSTORE\$", "/graphs", path).replace("$HOST$/$GRAPHSTORE$", "www.example/graphs")
    if headers.get("Content-Type", "").startswith("multipart"):
        body = body.replace("\n", "\r\n")
    answer = entry.client.request(method, path, headers=headers, content=body.encode())
    if "location" in answer.headers:
        entry.found["location"] = answer.headers["location"]
    if answer.status_code not in LIKE[status]:
        return f"{answer.status_code}, not {status}: {answer.text}"
    if not graph.strip():
        return None
    return same(
        canonical(ox.parse(answer.content, ox.RdfFormat.TURTLE)), canonical(ox.parse(graph, ox.RdfFormat.TURTLE))
    )


def message(text: str) -> tuple[str, dict[str, str], str]:
    """First line, headers and body of a message that a comment shows."""
    lines = [line.removeprefix("    ") for line in text.strip("\n").splitlines()]
    lines = lines[next(at for at, line in enumerate(lines) if line) :]
    end = lines.index("") if "" in lines else len(lines)
    headers = dict(line.split(": ", 1) for line in lines[1:end])
    body = "\n".join(lines[end + 1 :]) + "\n"
    return lines[0].strip().removesuffix("HTTP/1.1") + (" HTTP/1.1" if "HTTP/1.1" in lines[0] else ""), headers, body


def description_passes(entry: Entry) -> str | None:
    """Get the bare endpoint: an RDF graph, with the endpoint's address, in the terms of the vocabulary."""
    answer = entry.client.get("/sparql", headers={"accept": "application/rdf+xml"})
    if answer.status_code != 200:
        return f"{answer.status_code} {answer.text}"
    found = [*ox.parse(answer.content, ox.RdfFormat.RDF_XML)]
    services = {one.subject for one in found if one.object == ox.NamedNode(f"{SD}Service")}
    by = {(one.predicate.value.removeprefix(SD), one.object) for one in found if one.subject in services}
    if entry.name.endswith("has-endpoint-triple"):
        return None if ("endpoint", ox.NamedNode(f"{HOST}/sparql")) in by else "no sd:endpoint"
    if entry.name.endswith("conforms-to-schema"):
        strange = [str(one) for one in found if one.predicate.value not in SCHEMA]
        typed = {one.subject for one in found if one.predicate.value == f"{RDF}type"}
        strange += [str(one.subject) for one in found if one.subject not in typed]
        named = ("feature", "supportedLanguage", "resultFormat", "inputFormat", "defaultEntailmentRegime")
        strange += [str(value) for name, value in by if name in named and not isinstance(value, ox.NamedNode)]
        return None if len(services) == 1 and not strange else f"{services} {strange}"
    return None


SCHEMA = {f"{RDF}type"} | {
    f"{SD}{name}"
    for name in "endpoint feature supportedLanguage resultFormat inputFormat defaultEntailmentRegime defaultDataset "
    "defaultGraph".split()
}
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
KINDS = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
FILES = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}
STATUSES = {
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
    "OK": [200],
    "Created": [201],
    "NoContent": [204],
    "NotFound": [404],
}
EXPECTED = {"boolean": TRUTH, "tabular": list(ROWS), "RDF": list(GRAPHS)}
RUNS: dict[str, Callable[[Entry], str | None]] = {
    "query": query_passes,
    "update": update_passes,
    "syntax": syntax_passes,
    "protocol": exchange_passes,
    "graph store": exchange_passes,
    "graph store, deprecated": comment_passes,
    "service description": description_passes,
    "federation": query_passes,
    "entailment": query_passes,
}


def fill(entry: Entry, node: Node, space: str) -> None:
    """Put the data of a test, or those that it is to end with, into the store."""
    for one in entry.manifests.all(node, f"{space}data"):
        load(entry, one, ox.DefaultGraph())
    for one in entry.manifests.all(node, f"{space}graphData"):
        if isinstance(one, ox.NamedNode):
            load(entry, one, one)
        elif isinstance(one, ox.BlankNode):
            data = entry.manifests.node(one, f"{space}graph")
            load(entry, data, ox.NamedNode(entry.manifests.text(one, f"{RDFS}label") or data.value))


def load(entry: Entry, data: Term, graph: ox.NamedNode | ox.DefaultGraph) -> None:
    """Put a file of the W3C into a graph of the store."""
    assert isinstance(data, ox.NamedNode)
    path = entry.manifests.file(data.value)
    entry.store.embedded.load(path.read_bytes(), FILES[path.suffix[1:]], base_iri=data.value, to_graph=graph)


def read(entry: Entry, address: str) -> str:
    """The text that the W3C keeps at an address."""
    return entry.manifests.file(address).read_text()


def parsed_rows(text: bytes, kind: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """What serialised results say."""
    return ox.parse_query_results(text, ROWS[kind])


def rows(text: bytes, kind: str) -> object:
    """Serialised results such that equal ones are equal, whatever the order of rows and the names of blank nodes."""
    found = parsed_rows(text, kind)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [one.value for one in found.variables]
    return bound(names, [{name: row[name] for name in names if row[name] is not None} for row in found])


def described(quads: list[ox.Quad]) -> object:
    """The same of results that are described in RDF."""
    by: dict[tuple[object, str], list[Term]] = {}
    for quad in quads:
        by.setdefault((quad.subject, quad.predicate.value.removeprefix(RS)), []).append(quad.object)
    results = next(quad.subject for quad in quads if quad.object == ox.NamedNode(f"{RS}ResultSet"))
    solutions = []
    for solution in by.get((results, "solution"), []):
        bindings = by.get((solution, "binding"), [])
        solutions.append({by[one, "variable"][0].value: by[one, "value"][0] for one in bindings})  # type: ignore[union-attr]
    return bound([one.value for one in by.get((results, "resultVariable"), [])], solutions)  # type: ignore[union-attr]


def bound(names: list[str], solutions: list[dict[str, Term]]) -> object:
    """Solutions as a graph in canonical form, each a node of its own, with the variables."""
    quads = []
    for solution in solutions:
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{RS}solution")))
        quads += [
            ox.Quad(node, ox.NamedNode(f"urn:variable:{name}"), valued(value)) for name, value in solution.items()
        ]
    return sorted(names), canonical(quads)


def valued(term: Term) -> Term:
    """A number in the one form that the store writes: 1.0E2 as 100. Other terms stay as they are."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return term
    memory, node = ox.Store(), ox.NamedNode("urn:x")
    memory.add(ox.Quad(node, node, term))
    return next(memory.quads_for_pattern(node, node, None)).object


def table(text: bytes) -> object:
    """The rows of a CSV file by the names of their columns, but for the names of blank nodes and the order."""
    found = csv.DictReader(io.StringIO(text.decode()))
    return sorted(sorted((name, re.sub("^_:.*", "_:", cell)) for name, cell in row.items()) for row in found)


def canonical(statements: Iterable[ox.Quad | ox.Triple]) -> list[str]:
    """Statements such that isomorphic ones are equal."""
    quads = [one if isinstance(one, ox.Quad) else ox.Quad(*one) for one in statements]
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def same(found: object, expected: object) -> str | None:
    """How the two differ, if they do."""
    return None if found == expected else f"{found} is not {expected}"
