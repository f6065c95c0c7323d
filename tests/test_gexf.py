"""The actor graph and its GEXF: against the official schemas, read back by networkx, and the same bytes every time."""

import io
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.answers.gexf import write_gexf
from kg.answers.opening import in_memory
from kg.answers.projections import ActorGraph, Side, Spell, actor_graph, actors
from kg.answers.views import EventFilter, Happening, Node, Part
from kg.model import EventType, Role, Status
from tests.extractions import sample_extractions

SIDES = {"state:PK": "PK", "state:RU": "RU", "state:CN": "CN", "person:shah": "PK", "person:fomin": "RU"}


def side(id: str) -> Side:
    """Whom an actor of the tests acts for; what is no one's is its own."""
    return Side(SIDES[id]) if id in SIDES else Side(None, id)


def happening(
    number: int,
    *parts: tuple[Role, str],
    type: EventType = EventType.AGREEMENT,
    status: Status = Status.ACTUAL,
    days: tuple[date, date] | None = None,
    label: str = "pact",
) -> Happening:
    """An event of these actors."""
    first, last = days or (None, None)
    iri = f"https://example.org/event/{number}"
    roles = tuple(Part(role, Node(id, "State" if id.startswith("state:") else "Person", id)) for role, id in parts)
    return Happening(
        f"event:{number}",
        iri,
        type,
        label,
        status,
        None,
        first,
        last,
        None,
        None,
        None,
        0.5,
        roles,
        (),
        None,
        (),
        1,
        (),
    )


@pytest.fixture(scope="module")
def sample() -> ActorGraph:
    store = in_memory()
    for extraction in sample_extractions():
        store.put(extraction, "sample.json")
    return actors(store)


def written(graph: ActorGraph, looks: bool) -> bytes:
    file = io.BytesIO()
    write_gexf(graph, file, looks)
    return file.getvalue()


def schema_errors(schema: "etree.RelaxNG | etree.XMLSchema", content: bytes) -> str:
    return "" if schema.validate(etree.fromstring(content)) else str(schema.error_log)


def test_output_meets_the_official_schemas(sample: ActorGraph, shared: Path) -> None:
    folder = shared / "gexf" / "1.3"
    rng = etree.RelaxNG(etree.parse(str(folder / "gexf.rng")))
    xsd = etree.XMLSchema(etree.parse(str(folder / "gexf.xsd")))
    for graph in (sample, ActorGraph((), ())):
        assert schema_errors(rng, written(graph, looks=True)) == ""
        assert schema_errors(rng, written(graph, looks=False)) == ""
        assert schema_errors(xsd, written(graph, looks=False)) == ""


def test_networkx_reads_what_was_written(sample: ActorGraph) -> None:
    read = nx.read_gexf(io.BytesIO(written(sample, looks=True)))
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(sample.nodes), len(sample.edges))
    assert len(sample.edges) > 30
    pakistan = read.nodes["state:PK"]
    assert (pakistan["label"], pakistan["type"], pakistan["country"]) == ("Pakistan", "State", "PK")
    assert pakistan["viz"]["size"] > 6
    kinds = {data["type"] for _, _, data in read.edges(data=True)}
    assert {"Agreement", "Meeting", "Exercise", "ArmsTransfer"} <= kinds
    pairs = [
        data for *_, data in read.edges(data=True) if data["type"] == "ArmsTransfer" and "state:RU" in data["givers"]
    ]
    assert pairs
    assert all(data["spells"] for data in pairs)


def test_degrees_are_those_of_networkx(sample: ActorGraph) -> None:
    read = nx.read_gexf(io.BytesIO(written(sample, looks=False)))
    assert dict(read.degree()) == {node.id: node.degree for node in sample.nodes}


def test_same_graph_same_bytes_whatever_the_order() -> None:
    events = [
        happening(1, (Role.PARTY, "state:PK"), (Role.PARTY, "state:RU"), days=(date(2014, 11, 1), date(2014, 11, 30))),
        happening(2, (Role.PARTY, "state:RU"), (Role.PARTY, "state:PK"), days=(date(2018, 8, 7), date(2018, 8, 7))),
        happening(3, (Role.PARTY, "state:RU"), (Role.PARTY, "state:CN")),
    ]
    forth, back = (written(actor_graph(order, side), looks=True) for order in (events, reversed(events)))
    assert forth == back


def test_events_of_one_kind_are_one_edge_and_plans_stay_apart() -> None:
    pair = ((Role.PROVIDER, "state:RU"), (Role.RECIPIENT, "state:PK"))
    arms = EventType.ARMS_TRANSFER
    graph = actor_graph(
        [
            happening(1, *pair, type=arms, days=(date(2018, 1, 1), date(2018, 1, 31))),
            happening(2, *pair, type=arms, days=(date(2018, 2, 1), date(2018, 2, 5))),
            happening(3, *pair, type=arms, days=(date(2020, 1, 1), date(2020, 1, 1))),
            happening(4, *pair, type=arms, status=Status.PROPOSED),
        ],
        side,
    )
    actual, proposed = graph.edges
    assert (actual.kind, actual.weight, actual.label) == ("ArmsTransfer", 3, "3 × ArmsTransfer")
    assert actual.spells == (
        Spell(date(2018, 1, 1), date(2018, 2, 5)),
        Spell(date(2020, 1, 1), date(2020, 1, 1)),
    )
    assert (actual.source, actual.target, actual.givers) == ("state:PK", "state:RU", ("state:RU",))
    assert (proposed.kind, proposed.weight, proposed.spells) == ("ArmsTransfer proposed", 1, ())
    assert [node.degree for node in graph.nodes] == [2, 2]


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
def test_sides_are_linked_and_nobody_else(parts: list[tuple[Role, str]], linked: set[tuple[str, str]]) -> None:
    graph = actor_graph([happening(1, *parts)], side)
    assert {(edge.source, edge.target) for edge in graph.edges} == linked


def test_characters_that_xml_forbids_are_left_out() -> None:
    pair = ((Role.PARTY, "state:PK"), (Role.PARTY, "state:RU"))
    graph = actor_graph([happening(1, *pair, label="pact \x00\x1b\ufffe<&>\" 'of' 2018 – ok")], side)
    [(_, _, data)] = nx.read_gexf(io.BytesIO(written(graph, looks=True))).edges(data=True)
    assert data["label"] == "pact <&>\" 'of' 2018 – ok"


def test_filter_narrows_the_graph(sample: ActorGraph) -> None:
    store = in_memory()
    for extraction in sample_extractions():
        store.put(extraction, "sample.json")
    narrow = actors(store, EventFilter(types=(EventType.EXERCISE,)))
    assert {edge.type for edge in narrow.edges} == {EventType.EXERCISE}
    assert 0 < len(narrow.edges) < len(sample.edges)


def test_file_is_written_by_path(tmp_path: Path, sample: ActorGraph) -> None:
    write_gexf(sample, tmp_path / "graph.gexf")
    assert (tmp_path / "graph.gexf").read_bytes() == written(sample, looks=True)
