"""Projections and their files: against the official schemas, read back by readers that are not ours, and the store."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from itertools import combinations, pairwise, product
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from lxml import etree
from starlette.testclient import TestClient

import kg
from api.app import create_app
from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter, Happening
from kg.errors import UsageError
from kg.graphs.benchmark import compared, generate
from kg.graphs.elements import Edge
from kg.graphs.exports import BUILT, STREAMED, Drawing, checked, pieces, write
from kg.graphs.looks import Colouring
from kg.graphs.projections import Weight, projection, projections
from kg.graphs.streams import Stream, opened
from kg.index.database import Database
from kg.index.numbers import bits, number
from kg.index.selection import Selection
from kg.model import EventType, Role, Status
from tests.extractions import sample_extractions

ROOT = Path(__file__).parents[1]
GIVERS, TAKERS = {Role.PROVIDER, Role.VISITOR, Role.SENDER}, {Role.RECIPIENT, Role.HOST}
ALL = Selection("1", ())


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with in_memory() as made:
        for extraction in sample_extractions():
            made.put(extraction, "sample.json")
        yield made


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The index of 1,000 actors and 5,000 edges, with what the benchmark leaves out."""
    database = generate(tmp_path_factory.mktemp("large") / "store", 1000, 5000)
    with database.change() as connection:
        connection.execute("""INSERT INTO telling SELECT number, '{"label": "' || id || '"}' FROM event""")
        connection.execute("INSERT INTO article VALUES (1, 'article:1', 730000, NULL, NULL, NULL)")
        connection.execute("INSERT INTO node SELECT number + 1, 'post:' || id, 'Post', label, country, side FROM node")
        connection.execute(
            "INSERT INTO tenure SELECT number, number + 1, number & 1, 1 FROM node WHERE type = 'Person'"
        )
    return database


def file(stream: Stream, format: str = "gexf", drawing: Drawing = Drawing()) -> bytes:  # noqa: B008 - frozen
    written = io.BytesIO()
    with closing(stream):
        write(stream, format, drawing, written)
    return written.getvalue()


def of(store: Store, name: str = "actors", wanted: EventFilter = EventFilter()) -> Stream:  # noqa: B008 - frozen
    return opened(Lookups(store), projection(name), wanted)


def digest(rows: Iterable[object]) -> tuple[int, str]:
    """How many rows, and what they are, whatever their order."""
    texts = sorted(map(str, rows))
    return len(texts), sha256("\n".join(texts).encode()).hexdigest()


def rows(edges: Iterable[tuple[str, str, str, float]]) -> list[object]:
    return [(*sorted((source, target)), kind, int(weight)) for source, target, kind, weight in edges]


def kinds(read: "nx.Graph[str]") -> list[object]:
    return rows((source, target, said["kind"], said["weight"]) for source, target, said in read.edges(data=True))


def keys(read: "nx.MultiGraph[str]") -> list[object]:
    return rows((*ends, read.edges[ends]["weight"]) for ends in read.edges(keys=True))


# What the files must hold, from the events themselves


def side(lookups: Lookups, id: str) -> str:
    entity = lookups.entity(id)
    masters = [id, *(node.id for node in (*entity.states, *entity.represents))]
    return next((master for master in masters if master.startswith("state:")), masters[-1])


def kind(event: Happening) -> str:
    return event.type.value if event.status is Status.ACTUAL else f"{event.type} {event.status.lower()}"


def links(event: Happening) -> set[tuple[str, str]]:
    parts = [(part.role, part.actor.id) for part in event.parts]
    groups = [{id for role, id in parts if role in roles} for roles in (GIVERS, TAKERS)]
    pairs = product(*groups) if all(groups) else combinations(sorted({id for _, id in parts}), 2)
    return {(min(pair), max(pair)) for pair in pairs}


@pytest.fixture(scope="module")
def expected(store: Store) -> tuple[int, str]:
    lookups = Lookups(store)
    found = Counter(
        (*pair, kind(event))
        for event in lookups.all_events()
        for pair in links(event)
        if side(lookups, pair[0]) != side(lookups, pair[1])
    )
    assert len(found) == 58
    return digest((*edge, weight) for edge, weight in found.items())


def test_network_holds_what_the_store_does(store: Store, expected: tuple[int, str]) -> None:
    graph = kg.network(store)
    assert digest(keys(graph)) == expected
    pakistan, pact = graph.nodes["state:PK"], graph.edges["state:RU", "state:PK", "Agreement"]
    assert (pakistan["label"], pakistan["type"], pakistan["country"]) == ("Pakistan", "State", "PK")
    assert (pact["weight"], pact["first"], pact["last"]) == (2, date(2014, 11, 1), date(2018, 8, 7))
    assert pact["spells"] == ((date(2014, 11, 1), date(2014, 11, 30)), (date(2018, 8, 7), date(2018, 8, 7)))
    assert not graph.graph["directed"]
    assert graph.to_undirected().number_of_edges() == graph.number_of_edges()


def test_networkx_reads_gexf(store: Store, expected: tuple[int, str]) -> None:
    read = nx.read_gexf(io.BytesIO(file(of(store), drawing=Drawing(layout=True))))
    assert digest(kinds(read)) == expected
    degrees = dict(read.degree())
    for id, said in read.nodes(data=True):
        assert said["viz"]["size"] == pytest.approx(6 + 4 * degrees[id] ** 0.5, abs=0.01), id
        assert set(said["viz"]["position"]) == {"x", "y", "z"}
    assert len({said["viz"]["position"]["x"] for _, said in read.nodes(data=True)}) > 20


def test_networkx_reads_graphml_gml_and_pajek(store: Store, expected: tuple[int, str]) -> None:
    for format in BUILT:
        written = io.BytesIO(file(of(store), format))
        if format == "graphml":
            read = nx.read_graphml(written, force_multigraph=True)
            assert digest(kinds(read)) == expected
            assert read.nodes["state:PK"]["events"] == kg.network(store).nodes["state:PK"]["events"]
        elif format == "gml":
            read = nx.read_gml(written)
            assert digest(kinds(read)) == expected
            assert read.nodes["state:PK"]["name"] == "Pakistan"
        else:
            read = nx.read_pajek(written)
            assert (read.number_of_nodes(), read.number_of_edges()) == (27, 58)


def test_networkx_reads_every_projection(store: Store) -> None:
    read: dict[str, Callable[[io.BytesIO], nx.Graph[str]]]
    read = {"graphml": nx.read_graphml, "gml": nx.read_gml, "net": nx.read_pajek, "gexf": nx.read_gexf}
    for name, format in product(projections(), read):
        whole = kg.network(store, name)
        found = read[format](io.BytesIO(file(of(store, name), format)))
        assert found.number_of_nodes() == whole.number_of_nodes(), (name, format)
        # what has no parallel edges is read as a simple graph: the same count, by its ends
        assert found.number_of_edges() == whole.number_of_edges(), (name, format)
        assert found.is_directed() == whole.graph["directed"] or format == "net", (name, format)


def test_networkx_reads_json(store: Store, expected: tuple[int, str]) -> None:
    read = nx.node_link_graph(json.loads(file(of(store), "json")), edges="links")
    assert isinstance(read, nx.MultiGraph)
    assert digest(keys(read)) == expected


def test_pandas_reads_tables(store: Store, expected: tuple[int, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(file(of(store), "zip"))) as packed:
        nodes, edges = (pd.read_csv(packed.open(name)) for name in ("nodes.csv", "edges.csv"))
    columns = ("Source", "Target", "kind", "Weight")
    assert digest(rows(zip(*(edges[name] for name in columns), strict=True))) == expected
    assert set(edges["Source"]) | set(edges["Target"]) <= set(nodes["Id"])
    assert set(edges["Type"]) == {"Undirected"}
    assert "<[2014-11-01, 2014-11-30]; [2018-08-07, 2018-08-07]>" in set(edges["Timeset"])
    assert nodes["Id"].is_unique


def test_graphology_reads_gexf_and_its_own_format(store: Store, expected: tuple[int, str], tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "npm is not installed: Debian's nodejs and npm"
        )
    for name in ("package.json", "package-lock.json", "read.mjs"):
        shutil.copy(ROOT / "tests" / "js" / name, tmp_path)
    install = ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=tmp_path, check=True, capture_output=True)
    for format in ("gexf", "graphology"):
        (tmp_path / f"actors.{format}").write_bytes(file(of(store), format))
    command = ["node", "read.mjs", "actors.gexf", "actors.graphology"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    for name, read in json.loads(done.stdout).items():
        assert digest(rows(read["edges"])) == expected, name
        assert (read["type"], read["nodes"], read["drawn"]) == ("undirected", 27, 27), name
    assert json.loads(done.stdout)["own"]["placed"] == 27


def test_events_are_linked_to_those_who_take_part(store: Store) -> None:
    events = list(Lookups(store).all_events())
    told = {(part.actor.id, event.id, part.role) for event in events for part in event.parts}
    with closing(of(store, "events")) as stream:
        assert {(edge.source, edge.target, edge.kind.split()[0]) for edge in stream.edges()} == told
        labels = {node.id: node.label for node in stream.nodes()}
    assert {event.id: event.label for event in events}.items() <= labels.items()
    agreements = {event.id for event in events if event.type is EventType.AGREEMENT}
    with closing(of(store, "agreements")) as stream:
        found = {(edge.source, edge.target) for edge in stream.edges()}
    assert found == {(id, event) for id, event, role in told if role == "party" and event in agreements}


def test_posts_are_those_that_persons_hold(store: Store) -> None:
    persons = {id for id, said in kg.network(store, "posts").nodes(data=True) if said["type"] == "Person"}
    lookups = Lookups(store)
    held = {
        (tenure.person.id, tenure.post.id, "held" if tenure.former else "holds")
        for person in persons
        for tenure in lookups.entity(person).posts
    }
    assert set(kg.network(store, "posts").edges(keys=True)) == held
    assert {kind for *_, kind in held} == {"holds", "held"}
    assert {id for id in kg.network(store, "posts", countries="PL") if id.startswith("person:")} == {
        "person:mariusz-blaszczak"
    }


def test_arms_go_from_supplier_to_recipient(store: Store) -> None:
    graph = kg.network(store, "arms")
    assert ("state:RU", "state:TR", "ArmsTransfer") in graph.edges
    assert ("state:TR", "state:RU") not in graph.edges
    assert {kind.split()[0] for *_, kind in graph.edges(keys=True)} == {"ArmsTransfer"}


# Schemas


@pytest.mark.parametrize("name", projections())
def test_every_projection_meets_the_official_schemas(name: str, store: Store, large: Database, shared: Path) -> None:
    folder = shared / "gexf" / "1.3"
    rng = etree.RelaxNG(etree.parse(str(folder / "gexf.rng")))
    xsd = etree.XMLSchema(etree.parse(str(folder / "gexf.xsd")))

    def streams() -> Iterator[Stream]:
        yield of(store, name)
        yield of(store, name, EventFilter(confidence=1.0))
        yield Stream(large.apart(), projection(name), ALL)

    for looks in (True, False):
        sizes = []
        for stream in streams():
            read = etree.fromstring(file(stream, drawing=Drawing(looks, Colouring.COUNTRY)))
            assert rng.validate(read), rng.error_log
            assert looks or xsd.validate(read), xsd.error_log
            sizes.append(len(read.findall(".//{*}edge")))
        assert sizes[-1] > 200, sizes


@pytest.mark.parametrize("name", projections())
def test_a_large_graph_is_whole(name: str, large: Database) -> None:
    with closing(Stream(large.apart(), projection(name), ALL)) as stream:
        before = list(stream.edges())
        stream.count()
        nodes, edges = list(stream.nodes()), list(stream.edges())
        assert edges == before
        assert len(nodes) == stream.size() == len({node.id for node in nodes})
    degrees = Counter(end for edge in edges for end in (edge.source, edge.target))
    assert {node.id: node.degree for node in nodes if node.degree} == degrees
    assert len({(frozenset(edge[:2]), edge.kind) for edge in edges}) == len(edges)
    for spells in (*(node.spells for node in nodes), *(edge.spells for edge in edges)):
        assert all(before[1] + 1 < after[0] for before, after in pairwise(spells))
    if name == "actors":
        assert (len(nodes), len(edges), sum(edge.weight for edge in edges)) == (1000, 5000, 6000)


# Small worlds


SIDES = {"state:PK": "PK", "state:RU": "RU", "state:CN": "CN", "person:shah": "PK", "person:fomin": "RU"}
Told = tuple[EventType, Status, int, int, list[tuple[Role, str]]]


def world(folder: Path, *events: Told, label: str = "", weight: Weight = Weight.EVENTS) -> Stream:
    """The actors of these events, of each of which three articles tell."""
    database = Database(folder / f"store{len(list(folder.iterdir()))}", "test")
    with database.change() as connection:
        for id in {id: None for event in events for _, id in event[4]}:
            kind = {"state": "State", "perso": "Person"}.get(id[:5], "Organization")
            row = (number(id), id, kind, label or id, SIDES.get(id), SIDES.get(id, id))
            connection.execute("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?)", row)
        for type, status, first, last, parts in events:
            id = f"event:{type}-{status}-{first}-{len(parts)}"
            event = (number(id), id, type, status, None, first, last, 0.5, 3)
            connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", event)
            for actor in sorted({actor for _, actor in parts}):
                own = bits(role for role, other in parts if other == actor)
                connection.execute("INSERT INTO part VALUES (?, ?, ?, ?)", (number(actor), last, number(id), own))
    return Stream(database.apart(), projection("actors").model_copy(update={"weight": weight}), ALL)


def drawn(stream: Stream) -> list[Edge]:
    with closing(stream):
        return list(stream.edges())


LINKS = [
    ([(Role.PARTY, "state:PK"), (Role.PARTY, "state:RU"), (Role.SIGNATORY, "person:shah")],
     {("state:PK", "state:RU"), ("person:shah", "state:RU")}),
    ([(Role.PROVIDER, "state:RU"), (Role.RECIPIENT, "state:PK"), (Role.RECIPIENT, "state:CN")],
     {("state:PK", "state:RU"), ("state:CN", "state:RU")}),
    ([(Role.PARTICIPANT, "state:PK"), (Role.PARTICIPANT, "state:RU"), (Role.HOST, "state:PK")],
     {("state:PK", "state:RU")}),
    ([(Role.SENDER, "state:CN"), (Role.SENDER, "state:PK")], {("state:CN", "state:PK")}),
    ([(Role.PARTICIPANT, "org:nato"), (Role.PARTICIPANT, "org:eu")], {("org:eu", "org:nato")}),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "linked"), LINKS)
def test_sides_are_linked_and_nobody_else(
    parts: list[tuple[Role, str]], linked: set[tuple[str, str]], tmp_path: Path
) -> None:
    edges = drawn(world(tmp_path, (EventType.MEETING, Status.ACTUAL, 0, 0, parts)))
    assert {tuple(sorted((edge.source, edge.target))) for edge in edges} == linked


PAIR = [(Role.PROVIDER, "state:RU"), (Role.RECIPIENT, "state:PK")]
ARMS = EventType.ARMS_TRANSFER


def test_events_of_one_kind_are_one_edge_and_plans_stay_apart(tmp_path: Path) -> None:
    spells = [(736695, 736725), (736726, 736730), (736700, 736701), (737425, 737425)]
    told: list[Told] = [(ARMS, Status.ACTUAL, *spell, PAIR) for spell in spells]
    actual, proposed = drawn(world(tmp_path, *told, (ARMS, Status.PROPOSED, 0, 0, PAIR)))
    assert (actual.kind, actual.weight, actual.label) == ("ArmsTransfer", 4, "4 × ArmsTransfer")
    assert list(actual.spells) == [(736695, 736730), (737425, 737425)]
    assert actual.givers == "state:RU"
    assert (proposed.kind, proposed.weight, list(proposed.spells)) == ("ArmsTransfer proposed", 1, [])


def test_a_weight_may_count_articles(tmp_path: Path) -> None:
    (edge,) = drawn(world(tmp_path, (ARMS, Status.ACTUAL, 0, 0, PAIR), weight=Weight.ARTICLES))
    assert edge.weight == 3


def test_same_graph_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    told: list[Told] = [(ARMS, Status.ACTUAL, day, day, PAIR) for day in (736695, 737425, 737000)]
    one, other = (file(world(tmp_path, *order), drawing=Drawing(layout=True)) for order in (told, reversed(told)))
    assert one == other


def test_characters_that_xml_forbids_are_left_out(tmp_path: Path) -> None:
    stream = world(tmp_path, (ARMS, Status.ACTUAL, 0, 0, PAIR), label="pact \x00\x1b\ufffe<&>\" 'of' 2018 – ok")
    read = nx.read_gexf(io.BytesIO(file(stream)))
    assert {said["label"] for _, said in read.nodes(data=True)} == {"pact <&>\" 'of' 2018 – ok"}


# Looks and ways in


def test_communities_have_colours_of_their_own(store: Store, large: Database) -> None:
    read = nx.read_gexf(io.BytesIO(file(of(store), drawing=Drawing(colouring=Colouring.COMMUNITY))))
    colours = Counter(str(said["viz"]["color"]) for _, said in read.nodes(data=True))
    assert 2 < len(colours) < 12
    with pytest.raises(UsageError, match="graphs of up to 1000 nodes, this one has 7000"):
        file(Stream(large.apart(), projection("events"), ALL), drawing=Drawing(colouring=Colouring.COMMUNITY))


def test_the_first_piece_waits_for_nothing(store: Store) -> None:
    for format in STREAMED:
        stream = of(store)
        sent = pieces(stream, format, Drawing())
        assert format == "zip" or next(sent), format
        stream.close()
        with pytest.raises(Exception, match="closed"):
            list(sent)


def test_rest_streams_what_the_command_writes(store: Store, tmp_path: Path) -> None:
    with TestClient(create_app(store)) as client:
        for name, format in product(projections(), STREAMED):
            answer = client.get(f"/export/{name}.{format}", params={"country": "RU", "plain": True})
            assert answer.headers["content-type"] == STREAMED[format][0]
            wanted = EventFilter(countries=("RU",))
            assert answer.content == file(of(store, name, wanted), format, Drawing(looks=False)), (name, format)
        assert client.get("/export/graph.gexf").content == client.get("/export/actors.gexf").content
        for address, status in (("graph.png", 400), ("none.gexf", 400), ("actors.gexf?actor=state:XX", 404)):
            assert client.get(f"/export/{address}").status_code == status


def test_filters_by_name() -> None:
    narrow = kg.network
    with in_memory() as empty:
        for wrong in ({"type": "Visit"}, {"types": "Party"}, {"since": "yesterday"}):
            with pytest.raises(UsageError, match=f"filter .*{next(iter(wrong))}"):
                narrow(empty, **wrong)
        with pytest.raises(UsageError, match="no projection 'actor'; it is one of actors,"):
            narrow(empty, "actor")
    with pytest.raises(UsageError, match=r"unknown format \(no ending\); it is one of gexf"):
        checked("")


def test_filters_narrow_a_network(store: Store) -> None:
    whole, narrow = kg.network(store), kg.network(store, types="Exercise", since="2018-01-01", countries=["IN"])
    assert {said["type"] for *_, said in narrow.edges(data=True)} == {"Exercise"}
    assert 0 < narrow.number_of_edges() < whole.number_of_edges()


def test_importing_the_package_loads_nothing() -> None:
    loaded = "import sys, kg; sys.exit(' '.join({'networkx', 'pydantic', 'pyoxigraph'} & sys.modules.keys()) or 0)"
    subprocess.run([sys.executable, "-c", loaded], check=True, cwd=ROOT)


def test_gephi_s_plugin_gets_looks_and_edges(store: Store) -> None:
    query = (ROOT / "ontology" / "queries" / "drawings" / "gephi.rq").read_text(encoding="utf-8")
    with TestClient(create_app(store), follow_redirects=False) as client:
        form = {"data": {"query": query}, "headers": {"accept": "application/rdf+xml"}}
        answer = client.post("/sparql", **form)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/rdf+xml")
    read = etree.fromstring(answer.content)
    about, resource = (f"{{http://www.w3.org/1999/02/22-rdf-syntax-ns#}}{name}" for name in ("about", "resource"))
    edges = [(one.get(about), link.get(resource)) for one in read for link in one if link.get(resource)]
    drawn = {one.get(about): {etree.QName(said).localname: said.text for said in one} for one in read}
    assert len(edges) == 19
    russia = drawn["https://w3id.org/defcoop/id/state/RU"]
    acts = Lookups(store).total(EventFilter(actors=("state:RU",), statuses=(Status.ACTUAL,)))
    assert (russia["label"], russia["color"], russia["size"]) == ("Russia", "#2e6ba8", str(6 + 2 * acts))
    assert {end for edge in edges for end in edge} <= {one for one, said in drawn.items() if "label" in said}


def test_a_large_graph_is_written_faster_and_in_less_memory_than_networkx_does(tmp_path: Path) -> None:
    found, ratios = compared(tmp_path, 2000, 10000)
    sizes = [nx.read_gexf(tmp_path / f"{name}.gexf").size() for name in found]
    assert sizes == [10000, 10000, 10000]
    assert ratios.writer > 3
    assert ratios.whole > 1.5
    assert ratios.memory < 0.7  # a tenth at full size: what is constant weighs more here
