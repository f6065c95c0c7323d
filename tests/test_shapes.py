"""Whether the shapes pass what is right and name what is wrong."""

from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import RuleError
from kg.rdf.iris import DEFAULT_BASE, article_iri, event_iris, part_iri
from kg.rdf.quads import all_reference_quads, quads
from kg.rdf.shacl import Reader
from kg.rdf.shapes import Violation, check, check_by_standard
from ontology import reference, terms
from tests.extractions import sample_extractions

PACT = sample_extractions()[0]
GRAPH = article_iri(DEFAULT_BASE, "sample-1")
AGREEMENT, _, _, _, TRANSFER = event_iris(DEFAULT_BASE, PACT)
EVIDENCE = part_iri(AGREEMENT, "evidence", 1)
ITEM = part_iri(TRANSFER, "item", "mi-35m")
FOMIN = NamedNode(DEFAULT_BASE + "person/alexander-fomin")
POST = NamedNode(DEFAULT_BASE + "post/ru-deputy-defence-minister")
PLACE = NamedNode(DEFAULT_BASE + "place/rawalpindi")
ARMS = NamedNode(DEFAULT_BASE + "equipment/mi-35m")
PAKISTAN = NamedNode(DEFAULT_BASE + "state/PK")
NOWHERE = NamedNode(DEFAULT_BASE + "nothing/at-all")


def whole(value: int) -> Literal:
    return Literal(str(value), datatype=terms.XSD_INTEGER)


def decimal(value: str) -> Literal:
    return Literal(value, datatype=terms.XSD_DECIMAL)


def states(codes: Iterable[str]) -> list[Quad]:
    wanted = {NamedNode(DEFAULT_BASE + "state/" + code) for code in codes}
    return [quad for quad in all_reference_quads() if quad.subject in wanted]


@pytest.fixture(scope="module")
def right() -> frozenset[Quad]:
    return frozenset([*quads(PACT), *states(["PK", "RU"])])


def changed(
    graph: frozenset[Quad], node: NamedNode, predicate: NamedNode, values: list[NamedNode | Literal]
) -> set[Quad]:
    """The graph with these values of the property, and no others."""
    kept = {quad for quad in graph if (quad.subject, quad.predicate) != (node, predicate)}
    return kept | {Quad(node, predicate, value, GRAPH) for value in values}


def test_samples_and_all_reference_data_pass() -> None:
    store = Store()
    store.extend(quad for extraction in sample_extractions() for quad in quads(extraction))
    store.extend(all_reference_quads())
    assert len(reference.states()) > 200
    assert check(store) == []


def test_states_without_reference_data_are_named() -> None:
    found = check(quads(PACT))
    assert {violation.value for violation in found} == {"state:PK", "state:RU"}


def test_a_violation_is_one_line() -> None:
    whole_line = "event:agreement-1 coop:status coop:Done: give one"
    assert str(Violation("event:agreement-1", "coop:status", "coop:Done", "give one")) == whole_line
    assert str(Violation("event:agreement-1", None, None, "give one")) == "event:agreement-1: give one"


WRONG: list[tuple[NamedNode, NamedNode, list[NamedNode | Literal], str]] = [
    (AGREEMENT, terms.SKOS_PREF_LABEL, [], "an event needs a readable label"),
    (
        AGREEMENT,
        terms.HAS_STATUS,
        [],
        "an event is coop:Actual, coop:Planned, coop:Proposed or coop:Cancelled; give one",
    ),
    (AGREEMENT, terms.HAS_STATUS, [terms.STATUS], "an event is coop:Actual, coop:Planned"),
    (AGREEMENT, terms.CONFIDENCE, [], "needs a confidence"),
    (AGREEMENT, terms.CONFIDENCE, [decimal("1.01")], "needs a confidence"),
    (AGREEMENT, terms.CONFIDENCE, [Literal("0.5")], "needs a confidence"),
    (AGREEMENT, terms.HAS_EVIDENCE, [], "an event needs at least one coop:Evidence"),
    (AGREEMENT, terms.HAS_EVIDENCE, [NOWHERE], "an event needs at least one coop:Evidence"),
    (AGREEMENT, terms.WHEN, [], "coop:when, coop:earliest and coop:latest come together"),
    (AGREEMENT, terms.LATEST, [], "coop:when, coop:earliest and coop:latest come together"),
    (AGREEMENT, terms.WHEN, [Literal("7 August 2018")], "a date is EDTF text"),
    (AGREEMENT, terms.EARLIEST, [Literal("2018-08-09", datatype=terms.XSD_DATE)], "the first day must be an xsd:date"),
    (AGREEMENT, terms.EARLIEST, [Literal("2018-08-07")], "the first day must be an xsd:date"),
    (AGREEMENT, terms.PARTY, [NOWHERE], "a party is a state, an organisation or a person"),
    (AGREEMENT, terms.PARTY, [Literal("PK")], "a party is a state, an organisation or a person"),
    (AGREEMENT, terms.SIGNATORY, [PAKISTAN], "a signatory is a person"),
    (AGREEMENT, terms.HOST, [PAKISTAN], "coop:Agreement takes only coop:party, coop:signatory, coop:stage"),
    (AGREEMENT, terms.HAS_ITEM, [ITEM], "coop:Agreement takes only"),
    (AGREEMENT, terms.STAGE, [Literal("delivered")], "the stage is one of negotiated, agreed, signed"),
    (TRANSFER, terms.PARTY, [PAKISTAN], "coop:ArmsTransfer takes only coop:provider, coop:recipient, coop:item"),
    (TRANSFER, terms.STAGE, [Literal("signed")], "the stage is one of requested, offered, approved"),
    (TRANSFER, terms.HAS_ITEM, [ARMS], "an item is a coop:Item"),
    (AGREEMENT, terms.HAS_PLACE, [PAKISTAN], "a place is a coop:Place"),
    (AGREEMENT, terms.DURING, [TRANSFER], "an event can only be part of a meeting or visit"),
    (ITEM, terms.HAS_EQUIPMENT, [], "an item has exactly one coop:Equipment"),
    (ITEM, terms.HAS_EQUIPMENT, [ARMS, PLACE], "an item has exactly one coop:Equipment"),
    (ITEM, terms.QUANTITY, [Literal("4")], "a quantity is one xsd:integer from 1"),
    (ITEM, terms.QUANTITY, [whole(0)], "a quantity is one xsd:integer from 1"),
    (ITEM, terms.AMOUNT, [decimal("-1")], "an amount is one xsd:decimal from 0"),
    (ITEM, terms.CURRENCY, [Literal("dollars")], "a currency is one ISO 4217 code"),
    (EVIDENCE, terms.ARTICLE, [], "evidence is quoted from exactly one schema:NewsArticle"),
    (EVIDENCE, terms.OA_EXACT, [Literal("Something else")], "the quotation does not stand at these offsets"),
    (EVIDENCE, terms.OA_START, [whole(37)], "the quotation does not stand at these offsets"),
    (EVIDENCE, terms.OA_START, [Literal("36")], "evidence has exactly one start, an xsd:integer"),
    (EVIDENCE, terms.OA_START, [whole(-1)], "evidence has exactly one start, an xsd:integer"),
    (EVIDENCE, terms.OA_END, [whole(36)], "evidence has exactly one start, an xsd:integer from 0 and before oa:end"),
    (EVIDENCE, terms.OA_END, [], "evidence has exactly one end"),
    (EVIDENCE, terms.EXTRACTOR, [], "evidence names its rule or model"),
    (EVIDENCE, terms.CONFIDENCE, [decimal("0.5"), decimal("0.6")], "needs a confidence"),
    (FOMIN, terms.SKOS_PREF_LABEL, [], "has no label"),
    (FOMIN, terms.SKOS_ALT_LABEL, [Literal("")], "an alternative label must be a plain text"),
    (FOMIN, terms.REPRESENTS, [POST], "a person represents a state or an organisation"),
    (FOMIN, terms.HOLDS, [PAKISTAN], "a person holds a coop:Post"),
    (FOMIN, terms.HELD, [PLACE], "a person held a coop:Post"),
    (POST, terms.SKOS_PREF_LABEL, [], "has no label"),
    (POST, terms.HAS_STATE, [PLACE], "must belong to one coop:State at most"),
    (POST, terms.HAS_ORGANIZATION, [PAKISTAN], "a post is in a coop:Organization"),
    (PLACE, terms.SKOS_PREF_LABEL, [], "has no label"),
    (PLACE, terms.HAS_STATE, [POST], "a place lies in a coop:State"),
    (ARMS, terms.SKOS_PREF_LABEL, [], "has no label"),
    (PAKISTAN, terms.ISO2, [], "a state has one ISO 3166-1 alpha-2 code"),
    (PAKISTAN, terms.ISO2, [Literal("pk")], "a state has one ISO 3166-1 alpha-2 code"),
    (PAKISTAN, terms.ISO3, [Literal("PK")], "a state has at most one ISO 3166-1 alpha-3 code"),
    (PAKISTAN, terms.COW, [Literal("770")], "a state has at most one Correlates of War number"),
    (PAKISTAN, terms.SKOS_EXACT_MATCH, [Literal("Q843")], "an exact match must be an IRI"),
    (GRAPH, terms.DCTERMS_IDENTIFIER, [], "an article has exactly one identifier"),
    (GRAPH, terms.TEXT, [Literal(PACT.article.text), Literal("b")], "an article has at most one text"),
    (GRAPH, terms.DIGEST, [Literal("abc")], "an article has one digest"),
    (GRAPH, terms.SCHEMA_DATE_PUBLISHED, [Literal("2018")], "the day of publication is one xsd:date"),
    (GRAPH, terms.SCHEMA_URL, [Literal("https://example.org/")], "an address is one xsd:anyURI"),
]


def test_every_wrong_thing_is_named_with_its_remedy(right: frozenset[Quad]) -> None:
    assert check(right) == []
    for node, predicate, values, message in WRONG:
        found = [str(violation) for violation in check(changed(right, node, predicate, values))]
        name = node.value.removeprefix(DEFAULT_BASE).replace("/", ":", 1)
        blamed = [line for line in found if line.startswith(name) and message in line]
        assert blamed, f"{predicate.value} = {values}: {found}"
    assert len(WRONG) == 60


def test_an_event_without_actors_is_named(right: frozenset[Quad]) -> None:
    roles = {terms.PARTY, terms.SIGNATORY}
    found = check(quad for quad in right if quad.subject != AGREEMENT or quad.predicate not in roles)
    assert [violation.message for violation in found] == ["an event needs an actor in one of its roles"]


def test_evidence_stands_without_the_text(right: frozenset[Quad]) -> None:
    assert check(quad for quad in right if quad.predicate != terms.TEXT) == []


def test_the_standard_validator_finds_the_same(right: frozenset[Quad]) -> None:
    for node, predicate, values, _ in WRONG:
        graph = changed(right, node, predicate, values)
        assert check(graph) == check_by_standard(graph), predicate
    assert check_by_standard(right) == []


def test_an_unknown_constraint_is_named() -> None:
    file = Store()
    file.load(
        b"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:a> sh:path <urn:p> ; sh:equals <urn:q> .", RdfFormat.TURTLE
    )
    with pytest.raises(RuleError, match=r"shapes.ttl: sh:equals .* is not known; add it to kg/rdf/shacl.py"):
        Reader(file).property_shape(NamedNode("urn:a"))
