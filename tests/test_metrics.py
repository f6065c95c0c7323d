"""Measures against values by hand, pictures, the commands and the route, and the findings against SPARQL."""

import json
import os
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise
from math import sqrt
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Literal, QuerySolutions
from starlette.testclient import TestClient

from api.app import create_app
from kg import cli
from kg.answers.lookups import Lookups
from kg.answers.opening import existing_or_new, in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UsageError
from kg.graphs import metrics as module
from kg.graphs.blocs import Blocs, blocs
from kg.graphs.measures import ROLES, Measure, Measured
from kg.graphs.metrics import brokerage, measured, metrics
from kg.graphs.projections import projection
from kg.model import Role, Status
from kg.pictures.labels import short
from kg.pictures.timelines import arranged
from ontology.reference import organizations, states
from tests.extractions import sample_extractions

ROOT = Path(__file__).parents[1]
NONE = Blocs({})
PNG = b"\x89PNG\r\n\x1a\n"
Kg = Callable[..., tuple[int, str, str]]


def made(links: Iterable[str], directed: bool = False) -> "nx.MultiDiGraph[str]":
    """The network with the links "ab", "bc", ...; a link that is said again weighs more."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(directed=directed)
    for link, weight in Counter(links).items():
        graph.add_edge(*link, weight=weight)
    for id, said in graph.nodes(data=True):
        said.update(label=id, type="State", country=id.upper())
    return graph


def of(found: Measured, measure: Measure) -> dict[str, float]:
    return {actor.id: actor.measures[measure] for actor in found.actors}


# ---- by hand ------------------------------------------------------------------------------------------------------


def test_measures_of_a_path() -> None:
    found = measured(made(["ab", "bc", "bc"]), NONE)
    assert of(found, Measure.DEGREE) == {"b": 2, "a": 1, "c": 1}
    assert of(found, Measure.STRENGTH) == {"b": 3, "c": 2, "a": 1}
    assert of(found, Measure.BETWEENNESS) == {"b": 1, "a": 0, "c": 0}
    # of ((0 1 0) (1 0 2) (0 2 0)) the largest eigenvalue is √5, its vector (1, √5, 2) / √10
    eigen = {"a": 1 / sqrt(10), "b": 1 / sqrt(2), "c": 2 / sqrt(10)}
    assert of(found, Measure.EIGENVECTOR) == pytest.approx(eigen, abs=1e-6)
    # b = 0.05 + 0.85 (a + c), a = 0.05 + 0.85 b / 3, c = 0.05 + 0.85 · 2b / 3
    rank = 0.135 / 0.2775
    ranks = {"a": 0.05 + 0.85 * rank / 3, "b": rank, "c": 0.05 + 0.85 * rank * 2 / 3}
    assert of(found, Measure.PAGERANK) == pytest.approx(ranks, abs=1e-5)
    assert [actor.id for actor in found.actors] == ["b", "a", "c"]


def test_measures_of_a_triangle_with_a_tail() -> None:
    found = measured(made(["ab", "bc", "ac", "cd"]), NONE)
    assert of(found, Measure.TRIANGLES) == {"a": 1, "b": 1, "c": 1, "d": 0}
    assert of(found, Measure.CLUSTERING) == pytest.approx({"a": 1, "b": 1, "c": 1 / 3, "d": 0}, abs=1e-6)
    shape = found.shape
    assert (shape.nodes, shape.links, shape.weight, shape.components) == (4, 4, 4, 1)
    assert (shape.transitivity, shape.density) == (0.6, round(4 / 6, 6))
    assert shape.triads == {"102": 1, "201": 2, "300": 1}


def test_components_have_eigenvectors_and_communities_of_their_own() -> None:
    found = measured(made(["ab", "bc", "ac", "xy"]), NONE)
    eigen = {**dict.fromkeys("abc", 3 / 5 / sqrt(3)), **dict.fromkeys("xy", 2 / 5 / sqrt(2))}
    assert of(found, Measure.EIGENVECTOR) == pytest.approx(eigen, abs=1e-6)
    assert of(found, Measure.COMMUNITY) == {**dict.fromkeys("abc", 1), **dict.fromkeys("xy", 2)}
    # 3 and 1 of 4 links inside, 6 and 2 of 8 ends: 1 - (6/8)² - (2/8)²
    assert found.shape.modularity == 0.375


def test_directions_count_in_a_directed_network() -> None:
    found = measured(made(["ab", "bc", "ca", "cd"], directed=True), NONE)
    assert of(found, Measure.DEGREE) == {"c": 3, "a": 2, "b": 2, "d": 1}
    # of the six pairs of others, a lies between c-b and d has no way on
    assert of(found, Measure.BETWEENNESS) == pytest.approx({"a": 1 / 6, "b": 2 / 6, "c": 3 / 6, "d": 0}, abs=1e-6)
    assert found.shape.triads == {"012": 1, "021C": 1, "021D": 1, "030C": 1}


@pytest.mark.parametrize(
    ("sides", "role"),
    [
        ("AAA", Measure.COORDINATOR),
        ("ABA", Measure.CONSULTANT),
        ("ABB", Measure.GATEKEEPER),
        ("AAB", Measure.REPRESENTATIVE),
        ("ABC", Measure.LIAISON),
    ],
)
def test_roles_of_a_broker(sides: str, role: Measure) -> None:
    of = dict(zip("ijk", sides, strict=True))
    path: nx.DiGraph[Hashable] = nx.DiGraph([("i", "j"), ("j", "k")])
    assert brokerage(path, of) == {"i": {}, "j": {role: 1}, "k": {}}
    path.add_edge("i", "k")
    assert not any(brokerage(path, of).values()), "who is linked directly needs no broker"


def test_an_undirected_link_leads_both_ways() -> None:
    found = measured(made(["ab", "bc"]), Blocs({"A": "west", "B": "west"}), ROLES)
    [broker] = [actor for actor in found.actors if any(actor.measures.values())]
    assert (broker.id, broker.bloc) == ("b", "west")
    assert {role for role, many in broker.measures.items() if many == 1} == {
        Measure.GATEKEEPER,
        Measure.REPRESENTATIVE,
    }


# ---- blocs --------------------------------------------------------------------------------------------------------


def test_the_blocs_that_ship_are_of_known_countries_and_organizations() -> None:
    known = {state.iso2 for state in states()} | {f"org:{one.id}" for one in organizations()}
    named = blocs().named
    assert not named.keys() - known
    assert Counter(named.values()) == {"NATO": 33, "CSTO": 7, "GCC": 7, "AES": 4}, "each with its organisation"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("state,bloc\n", "b.csv:1: the header is 'state,bloc'; write country,bloc"),
        ("country,bloc\nPL\n", "b.csv:2: 'PL' is no country and bloc; write both, such as PL,NATO"),
        ("country,bloc\nPL,east\n\npl,west\n", "b.csv:4: PL has a bloc already; give each country one"),
    ],
)
def test_a_faulty_table_of_blocs(kg: Kg, text: str, complaint: str) -> None:
    Path("b.csv").write_text(text, encoding="utf-8")
    assert kg("metrics", "--blocs", "b.csv") == (2, "", f"kg: {complaint}\n")


# ---- of a store ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with in_memory() as filled:
        for extraction in sample_extractions():
            filled.put(extraction, "sample.json")
        yield filled


def test_only_what_happened_counts_unless_another_status_is_asked_for(store: Store) -> None:
    def links(*statuses: Status) -> int:
        wanted = EventFilter(statuses=statuses)
        return metrics(Lookups(store), projection("actors"), wanted, NONE, ROLES).whole.shape.weight

    assert links() == links(Status.ACTUAL) < links(*Status)
    assert links(*Status) == links() + links(Status.PLANNED, Status.PROPOSED, Status.CANCELLED)


def test_years_add_up_to_the_whole(store: Store) -> None:
    found = metrics(Lookups(store), projection("states"), EventFilter(), NONE, (Measure.STRENGTH,), by_year=True)
    assert sum(one.measured.shape.weight for one in found.years) == found.whole.shape.weight == 24
    assert [one.year for one in found.years] == [2014, 2018, 2019, 2020, 2021, 2022, 2023]
    # the agreement and the arms transfer of 2014; in 2018 a visit, an agreement and a meeting
    assert of(found.years[0].measured, Measure.STRENGTH) == {"state:PK": 2, "state:RU": 2}
    assert of(found.years[1].measured, Measure.STRENGTH) == {"state:PK": 3, "state:RU": 3}


def test_what_has_no_years_or_is_too_large_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups = Lookups(store)
    with pytest.raises(UsageError, match="the projection posts has no years"):
        metrics(lookups, projection("posts"), EventFilter(), NONE, by_year=True)
    monkeypatch.setattr(module, "MOST_NODES", 10)
    with pytest.raises(UsageError, match=r"a network of \d+ nodes takes too long to measure, the most is 10; narrow"):
        metrics(lookups, projection("actors"), EventFilter(), NONE)
    monkeypatch.setattr(module, "MOST_NODES", 1000)
    monkeypatch.setattr(module, "MOST_EDGES", 10)
    with pytest.raises(UsageError, match=r"a network of \d+ edges takes too long"):
        metrics(lookups, projection("actors"), EventFilter(), NONE)


def test_nothing_is_measured_of_nothing(store: Store) -> None:
    found = metrics(Lookups(store), projection("actors"), EventFilter(publisher="none"), NONE)
    assert (found.whole.actors, found.whole.shape.nodes, found.whole.shape.triads) == ((), 0, {})


# ---- commands -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("metrics") / "store"
    with existing_or_new(folder) as opened:
        for extraction in sample_extractions():
            opened.put(extraction, "sample.json")
    return folder


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Runs a command in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        status = cli.status()
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_metrics_prints_tables(kg: Kg, filled: Path) -> None:
    status, out, _ = kg("metrics", "--store", filled, "--projection", "states", "--top", "2")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].startswith("12 actors, 15 links, 2 components, 3 communities")
    assert [text.split()[:4] for text in lines if text.startswith("United States")] == [
        ["United", "States", "6", "10"],
        ["United", "States", "NATO", "6"],
    ]
    assert len([text for text in lines if text.startswith("-")]) == 2


def test_metrics_prints_years(kg: Kg, filled: Path) -> None:
    _, out, _ = kg("metrics", "--store", filled, "--projection", "states", "--by-year", "--country", "PK")
    rows = {cells[0]: cells[1:] for cells in map(str.split, out.splitlines()) if cells}
    assert rows["strength"] == ["2014", "2018"]
    assert rows["Pakistan"] == rows["Russia"] == ["2", "3"]
    assert rows["2018"][:3] == ["2", "1", "3"]


def test_metrics_as_json_with_blocs_of_the_user_s_own(kg: Kg, filled: Path) -> None:
    Path("own.csv").write_text("country,bloc\nus,Quad\nJP,Quad\n", encoding="utf-8-sig")
    _, out, _ = kg("metrics", "--store", filled, "--json", "--measure", "liaison", "--blocs", "own.csv")
    found = {actor["id"]: actor for actor in json.loads(out)["whole"]["actors"]}
    assert (found["state:US"]["bloc"], found["state:IN"]["bloc"]) == ("Quad", "IN")
    assert list(found["state:US"]["measures"]) == ["liaison"]


PICTURES = {
    "network.png": ("plot", "network"),
    "network.svg": ("plot", "network", "--colour", "community"),
    "dyad.svg": ("plot", "dyad", "Pakistan", "RU"),
    "years.png": ("metrics", "--by-year", "--plot"),
}
DRAW = """
import json, sys
from kg import cli
for name, arguments in json.loads(sys.argv.pop()).items():
    sys.argv[1:] = [*arguments, f"other-{name}", "--store", sys.argv[-1]]
    assert cli.status() == 0, name
"""


def test_pictures_are_the_same_each_time(kg: Kg, filled: Path) -> None:
    """In another process, which orders sets in another way and has no display."""
    for name, arguments in PICTURES.items():
        assert kg(*arguments, name, "--store", filled)[0] == 0, name
    other = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    other.update(PYTHONHASHSEED="1", PYTHONPATH=str(ROOT))
    subprocess.run(
        [sys.executable, "-c", DRAW, filled, json.dumps(PICTURES)], env=other, check=True, capture_output=True
    )
    for name in PICTURES:
        picture = Path(name).read_bytes()
        assert picture == Path(f"other-{name}").read_bytes(), name
        assert picture.startswith(PNG if name.endswith("png") else b"<?xml"), name
        assert b"<dc:date" not in picture, name


def test_wrong_pictures_are_refused_in_a_line(kg: Kg, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = ("plot", "dyad", "Pakistan")
    assert (
        kg(*plot, "Russia", "a.gif", "--store", filled)[2] == "kg: a.gif: no picture's name; end it in .png or .svg\n"
    )
    assert "state:PK is given twice" in kg(*plot, "PK", "a.png", "--store", filled)[2]
    assert "no dated event of Pakistan and Japan" in kg(*plot, "Japan", "a.png", "--store", filled)[2]
    assert (
        "none of these events links two nodes"
        in kg("plot", "network", "a.png", "--store", filled, "--publisher", "x")[2]
    )
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    status, _, said = kg("metrics", "--plot", "a.png", "--store", filled)
    assert (status, said) == (1, "kg: pictures need matplotlib; install it with: pip install 'defcoop[plot]'\n")
    assert not Path("a.png").exists()


def test_names_on_a_timeline_do_not_meet(store: Store) -> None:
    lanes = arranged(sorted(Lookups(store).all_events(), key=lambda event: (str(event.earliest), event.id)))
    assert sum(map(len, lanes.values())) == 22
    for bars in lanes.values():
        for row in {bar.row for bar in bars}:
            mine = [bar for bar in bars if bar.row == row]
            assert all(one.last < other.first for one, other in pairwise(mine))
    assert short("x" * 41) == "x" * 39 + "…"


# ---- REST ---------------------------------------------------------------------------------------------------------


def test_the_route_answers_as_the_command(kg: Kg, store: Store, filled: Path) -> None:
    asked: dict[str, str | list[str]] = {
        "projection": "states", "by_year": "true", "measure": ["betweenness", "gatekeeper"], "country": "US",
    }  # fmt: skip
    with TestClient(create_app(store)) as client:
        found = client.get("/network/metrics", params=asked).json()
        measures = ("--measure", "betweenness", "--measure", "gatekeeper")
        said = kg(
            "metrics", "--store", filled, "--json", "--projection", "states", "--by-year", *measures, "--country", "US"
        )
        assert found == json.loads(said[1])
        assert found["whole"]["actors"][0]["id"] == "state:US"
        wrong = client.get("/network/metrics", params={"projection": "nobody"})
        assert (wrong.status_code, wrong.json()["detail"][:24]) == (400, "no projection 'nobody'; ")
        assert client.get("/network/metrics", params={"measure": "charm"}).status_code == 422
        assert client.get("/network/metrics", params={"kind": "x"}).status_code == 422


# ---- from articles to findings ------------------------------------------------------------------------------------

ACTS_FOR = "(coop:represents|coop:state)?"
ROLES_OF = " ".join(f"coop:{role}" for role in Role)
GIVERS, TAKERS = "coop:provider coop:visitor coop:sender", "coop:recipient coop:host"
RECIPIENTS = f"""SELECT (COUNT(DISTINCT ?side) AS ?n) {{
    ?e a coop:ArmsTransfer ; coop:status coop:Actual ; coop:provider/{ACTS_FOR} ?who ; coop:recipient ?to .
    OPTIONAL {{ ?to {ACTS_FOR} ?state . ?state a coop:State }} BIND (COALESCE(?state, ?to) AS ?side)
    FILTER (?side != ?who) }}"""
PARTNERS = f"""SELECT (COUNT(DISTINCT ?o) AS ?n) {{
    VALUES ?r {{ {ROLES_OF} }} VALUES ?q {{ {ROLES_OF} }}
    ?e coop:status coop:Actual ; ?r ?who ; ?q ?o . ?o a coop:State . FILTER (?o != ?who)
    BIND (EXISTS {{ VALUES ?g {{ {GIVERS} }} VALUES ?t {{ {TAKERS} }} ?e ?g ?x ; ?t ?y }} AS ?gives)
    FILTER (!?gives || (?r IN ({GIVERS.replace(" ", ", ")}) && ?q IN ({TAKERS.replace(" ", ", ")}))
                    || (?q IN ({GIVERS.replace(" ", ", ")}) && ?r IN ({TAKERS.replace(" ", ", ")}))) }}"""
TOGETHER = f"""SELECT ?year (COUNT(DISTINCT ?e) AS ?n) {{
    VALUES ?r {{ {ROLES_OF} }} VALUES ?q {{ {ROLES_OF} }}
    ?e coop:status coop:Actual ; ?r ?x ; ?q ?y ; coop:earliest ?first . ?x {ACTS_FOR} ?who . ?y {ACTS_FOR} ?other .
    BIND (YEAR(?first) AS ?year) }} GROUP BY ?year"""


def test_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = runpy.run_path(str(ROOT / "tests" / "findings.py"))
    store: Store = found["store"]

    def count(query: str, **ids: str) -> list[tuple[int, ...]]:
        values = " ".join(f"VALUES ?{name} {{ {id} }}" for name, id in ids.items())
        rows = store.query(query.replace("{", f"{{ {values}", 1))
        assert isinstance(rows, QuerySolutions)
        return [tuple(int(cell.value) for cell in row if isinstance(cell, Literal)) for row in rows]

    with found["open"]:
        assert len(found["articles"]) == 19
        assert count("SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e coop:status coop:Actual }") == [(found["events"],)]
        assert count(RECIPIENTS, who=found["supplier"]) == [(found["recipients"][found["supplier"]],)]
        for id, many in found["partners"].items():
            assert count(PARTNERS, who=id) == [(many,)], id
        one, other = found["pair"]
        years = sorted((int(year), many) for year, many in found["years"].items())
        assert sorted(count(TOGETHER, who=one, other=other)) == years
    text = Path("findings/findings.md").read_text(encoding="utf-8")
    assert text.count("more than any other") == 1
    for name, finding in found["findings"].items():
        assert finding in text
        assert Path(f"findings/{name}.png").read_bytes().startswith(PNG)
