"""What an article says, as RDF."""

from dataclasses import replace
from hashlib import sha256

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import KgError
from kg.model import EventType, Organization, Participation, Role, Status
from kg.rdf.iris import DEFAULT_BASE, event_iris
from kg.rdf.quads import article_iri, organization_keys, quads, reference_quads, state_codes
from ontology import reference, terms
from tests.extractions import sample_extractions

PACT, MISSILES, _, _, FIGHTERS, TANKS, RAMSTEIN, _ = sample_extractions()
GRAPH = article_iri(DEFAULT_BASE, "sample-1")


def named(path: str) -> NamedNode:
    return NamedNode(DEFAULT_BASE + path)


def text(node: object) -> str:
    assert isinstance(node, NamedNode | Literal)
    return node.value


def values(store: Store, subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {text(quad.object) for quad in store.quads_for_pattern(subject, predicate, None, None)}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for extraction in sample_extractions():
        store.extend(quads(extraction))
    return store


def test_sample_has_every_type_and_status() -> None:
    events = [event for extraction in sample_extractions() for event in extraction.events]
    assert len(events) == 22
    assert {event.type for event in events} == set(EventType)
    assert {event.status for event in events} == set(Status)
    assert {one.role for event in events for one in event.participations} == set(Role)


def test_all_statements_of_an_article_lie_in_its_graph_sorted() -> None:
    for extraction in sample_extractions():
        found = quads(extraction)
        assert {quad.graph_name for quad in found} == {article_iri(DEFAULT_BASE, extraction.article.id)}
        assert found == sorted(set(found), key=str)
        assert found == quads(extraction)


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (terms.RDF_TYPE, {"https://schema.org/NewsArticle"}),
        (terms.DCTERMS_IDENTIFIER, {"sample-1"}),
        (terms.SCHEMA_HEADLINE, {"Russia to train Pakistani officers"}),
        (terms.SCHEMA_DATE_PUBLISHED, {"2018-08-08"}),
        (terms.SCHEMA_PUBLISHER, {"Sample Gazette"}),
        (terms.SCHEMA_URL, {"https://example.org/sample-1"}),
        (terms.TEXT, {PACT.article.text}),
        (terms.DIGEST, {sha256(PACT.article.text.encode()).hexdigest()}),
    ],
)
def test_article(store: Store, predicate: NamedNode, expected: set[str]) -> None:
    assert values(store, GRAPH, predicate) == expected


@pytest.mark.parametrize(
    ("event", "predicate", "expected"),
    [
        (0, terms.RDF_TYPE, {terms.AGREEMENT.value}),
        (0, terms.SKOS_PREF_LABEL, {"Pakistan-Russia agreement, 7 Aug 2018"}),
        (0, terms.PARTY, {DEFAULT_BASE + "state/PK", DEFAULT_BASE + "state/RU"}),
        (0, terms.SIGNATORY, {DEFAULT_BASE + "person/alexander-fomin", DEFAULT_BASE + "person/zamirul-hassan-shah"}),
        (0, terms.WHEN, {"2018-08-07"}),
        (0, terms.HAS_PLACE, {DEFAULT_BASE + "place/rawalpindi"}),
        (0, terms.HAS_STATUS, {terms.ACTUAL.value}),
        (0, terms.STAGE, {"signed"}),
        (0, terms.CONFIDENCE, {"0.95"}),
        (1, terms.NAME, {"Russia-Pakistan Joint Military Consultative Committee"}),
        (2, terms.EARLIEST, {"2018-02-01"}),
        (2, terms.LATEST, {"2018-02-28"}),
        (4, terms.SKOS_PREF_LABEL, {"Russia-Pakistan arms transfer, Nov 2014 – 2018"}),
        (4, terms.EARLIEST, {"2014-11-01"}),
        (4, terms.LATEST, {"2018-12-31"}),
    ],
)
def test_event(store: Store, event: int, predicate: NamedNode, expected: set[str]) -> None:
    assert values(store, event_iris(DEFAULT_BASE, PACT)[event], predicate) == expected


@pytest.mark.parametrize(
    ("node", "predicate", "expected"),
    [
        ("person/alexander-fomin", terms.SKOS_PREF_LABEL, {"Alexander Fomin"}),
        ("person/alexander-fomin", terms.SKOS_ALT_LABEL, {"Fomin"}),
        ("person/alexander-fomin", terms.RANK, {"Col Gen"}),
        ("person/alexander-fomin", terms.REPRESENTS, {DEFAULT_BASE + "state/RU"}),
        ("person/alexander-fomin", terms.HOLDS, {DEFAULT_BASE + "post/ru-deputy-defence-minister"}),
        ("person/khawaja-asif", terms.HELD, {DEFAULT_BASE + "post/pk-foreign-minister"}),
        ("person/khawaja-asif", terms.HOLDS, set()),
        ("person/mariusz-blaszczak", terms.SKOS_PREF_LABEL, {"Mariusz Błaszczak"}),
        ("person/jens-stoltenberg", terms.REPRESENTS, {DEFAULT_BASE + "org/nato"}),
        ("post/nato-secretary-general", terms.HAS_ORGANIZATION, {DEFAULT_BASE + "org/nato"}),
        ("post/pk-foreign-minister", terms.HAS_STATE, {DEFAULT_BASE + "state/PK"}),
        ("place/moscow", terms.HAS_STATE, {DEFAULT_BASE + "state/RU"}),
        ("equipment/mi-35m", terms.SKOS_PREF_LABEL, {"Mi-35M"}),
        ("org/fr-naval-group", terms.HAS_STATE, {DEFAULT_BASE + "state/FR"}),
    ],
)
def test_node(store: Store, node: str, predicate: NamedNode, expected: set[str]) -> None:
    assert values(store, named(node), predicate) == expected


def test_item_states_number_and_value(store: Store) -> None:
    event = event_iris(DEFAULT_BASE, TANKS)[1]
    (item,) = [quad.object for quad in store.quads_for_pattern(event, terms.HAS_ITEM, None, None)]
    assert isinstance(item, NamedNode)
    said = {quad.predicate: quad.object for quad in store.quads_for_pattern(item, None, None, None)}
    assert said == {
        terms.RDF_TYPE: terms.ITEM,
        terms.HAS_EQUIPMENT: named("equipment/m1a2"),
        terms.QUANTITY: Literal("250", datatype=terms.XSD_INTEGER),
        terms.AMOUNT: Literal("4750000000", datatype=terms.XSD_DECIMAL),
        terms.CURRENCY: Literal("USD"),
        terms.VALUE_TEXT: Literal("$4.75 billion"),
    }


def test_evidence_is_located_in_the_text(store: Store) -> None:
    texts = {quad.graph_name: text(quad.object) for quad in store.quads_for_pattern(None, terms.TEXT, None, None)}
    located = 0
    for quad in store.quads_for_pattern(None, terms.RDF_TYPE, terms.EVIDENCE, None):
        node = quad.subject
        assert isinstance(node, NamedNode)
        (start,), (end,), (exact,) = (
            values(store, node, term) for term in (terms.OA_START, terms.OA_END, terms.OA_EXACT)
        )
        assert quad.graph_name in texts
        assert texts[quad.graph_name][int(start) : int(end)] == exact
        located += 1
    assert located == 24


def test_store_keeps_every_quad_as_written(store: Store) -> None:
    written: set[Quad] = set().union(*(quads(extraction) for extraction in sample_extractions()))
    assert set(store) == written


def test_two_events_of_one_sentence_have_two_iris() -> None:
    first, second = event_iris(DEFAULT_BASE, FIGHTERS)
    assert first != second
    assert event_iris(DEFAULT_BASE, replace(FIGHTERS, events=FIGHTERS.events[:1])) == (first,)


def test_another_base() -> None:
    base = "https://graph.example/id/"
    minted = {node for quad in quads(PACT, base) for node in (quad.subject, quad.object, quad.graph_name)}
    assert not [node for node in minted if isinstance(node, NamedNode) and node.value.startswith(DEFAULT_BASE)]


def test_a_known_organisation_is_described_by_the_reference_data() -> None:
    assert len(reference.organizations()) > 20
    for listed in reference.organizations()[:20]:
        named_otherwise = Organization("Some Other Name", key=listed.id)
        host = Participation(Role.HOST, named_otherwise)
        extraction = replace(RAMSTEIN, events=(replace(RAMSTEIN.events[0], participations=(host,)),), people=())
        iri = named(f"org/{listed.id}")
        said = {(quad.predicate, quad.object) for quad in quads(extraction) if quad.subject == iri}
        assert said == {
            (terms.RDF_TYPE, terms.ORGANIZATION),
            (terms.SKOS_ALT_LABEL, Literal("Some Other Name")),
        }
        assert organization_keys(extraction) == {listed.id}
        labels = [q.object for q in reference_quads((), [listed.id]) if q.predicate == terms.SKOS_PREF_LABEL]
        assert Literal(listed.label) in labels


def test_refers_to_states_with_codes_in_the_reference_graph() -> None:
    assert state_codes(PACT) == {"PK", "RU"}
    assert state_codes(RAMSTEIN) == {"US", "DE", "JP", "UA", "GB", "IT"}
    found = reference_quads(state_codes(PACT))
    assert {quad.graph_name for quad in found} == {named("graph/reference")}
    codes = {(quad.subject, text(quad.object)) for quad in found if quad.predicate == terms.ISO2}
    assert codes == {(named("state/PK"), "PK"), (named("state/RU"), "RU")}
    assert (
        Quad(
            named("state/RU"),
            terms.SKOS_EXACT_MATCH,
            NamedNode("http://www.wikidata.org/entity/Q159"),
            named("graph/reference"),
        )
        in found
    )


def test_wrong_evidence_and_dates_are_named() -> None:
    event = MISSILES.events[0]
    shifted = replace(event, evidence=(replace(event.evidence[0], start=event.evidence[0].start + 1),))
    cases = [
        (replace(event, evidence=()), "article sample-2: ArmsTransfer without evidence"),
        (shifted, "article sample-2: .* does not stand at 28 to 105"),
        (replace(event, when="July 2019"), 'article sample-2: date "July 2019": no EDTF date'),
    ]
    for wrong, message in cases:
        with pytest.raises(KgError, match=message):
            quads(replace(MISSILES, events=(wrong,)))
