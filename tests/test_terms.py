"""The ontology's terms: declared once, and the same in the Turtle file and in Python."""

import os

import pytest
from mypy import api
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.model import EventType, Role, Status
from ontology import generate, terms


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    store.load(path=str(generate.SOURCE), format=RdfFormat.TURTLE)
    return store


def test_constants_are_those_of_the_ontology() -> None:
    assert generate.TARGET.read_text(encoding="utf-8") == generate.module(generate.declared())


def test_every_term_has_label_definition_and_example(ontology: Store) -> None:
    checked = 0
    for term in terms.COOP.values():
        said = {quad.predicate.value.rsplit("#", 1)[-1] for quad in ontology.quads_for_pattern(term, None, None, None)}
        assert {"type", "label", "definition", "example"} <= said, term
        checked += 1
    assert checked == len(terms.COOP) > 50


def test_every_name_of_the_model_is_a_term(ontology: Store) -> None:
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    for type in EventType:
        above = ontology.quads_for_pattern(
            terms.COOP[type], NamedNode(rdfs + "subClassOf"), terms.COOPERATION_EVENT, None
        )
        assert len(list(above)) == 1, type
    for role in Role:
        above = ontology.quads_for_pattern(terms.COOP[role], NamedNode(rdfs + "subPropertyOf"), terms.HAS_ACTOR, None)
        assert len(list(above)) == 1, role
    for status in Status:
        assert len(list(ontology.quads_for_pattern(terms.COOP[status], terms.RDF_TYPE, terms.STATUS, None))) == 1, (
            status
        )


def test_every_term_that_is_pointed_at_is_declared(ontology: Store) -> None:
    own = {
        node.value
        for quad in ontology
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(terms.COOP_NAMESPACE)
    }
    assert own <= {term.value for term in terms.COOP.values()}


def test_a_misspelt_term_fails_in_the_type_checker() -> None:
    program = "from ontology import terms\nterms.AGREEMENT\nterms.AGREEMNT"
    report, _, status = api.run(["--config-file", os.devnull, "--cache-dir", os.devnull, "-c", program])
    assert status == 1
    assert 'has no attribute "AGREEMNT"' in report
    assert "Found 1 error" in report
