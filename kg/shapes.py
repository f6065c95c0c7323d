"""Whether a graph is as the ontology wants it: the shapes of `ontology/shapes.ttl`, run by pyshacl."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from kg.iris import DEFAULT_BASE
from kg.jsonld import Shortener
from kg.serializations import prefixes


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with one node, in short ids: the property at fault, if it is one, the value, and the remedy."""

    node: str
    property: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        place = f" {self.property}" if self.property else ""
        value = f" {self.value}" if self.value else ""
        return f"{self.node}{place}{value}: {self.message}"


def check(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> list[Violation]:
    """What breaks the shapes in the union of the quads' graphs (a pyoxigraph store is such quads too), sorted.

    The states that the quads refer to have to be among them; without the reference data every state is a violation.
    """
    _, results, _ = pyshacl.validate(
        union(quads), shacl_graph=ontology("shapes.ttl"), ont_graph=ontology("defcoop.ttl")
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pyshacl gave no report graph: {results}")
    found = {violation(results, result, base) for result in results.subjects(rdflib.RDF.type, SH.ValidationResult)}
    return sorted(found, key=str)


def union(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """The triples of all graphs as an rdflib graph."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
    """The term as rdflib has it; literals as they are written."""
    match node:
        case ox.NamedNode():
            return rdflib.URIRef(node.value)
        case ox.BlankNode():
            return rdflib.BNode(node.value)
        case ox.Literal(language=str(language)):
            return rdflib.Literal(node.value, lang=language)
        case ox.Literal():
            plain = node.datatype.value == str(rdflib.XSD.string)
            datatype = None if plain else rdflib.URIRef(node.datatype.value)
            return rdflib.Literal(node.value, datatype=datatype, normalize=False)
        case _:
            raise TypeError(f"statements about statements have no place in the graph: {node}")


@cache
def ontology(name: str) -> rdflib.Graph:
    """A Turtle file of the ontology."""
    return rdflib.Graph().parse(data=files("ontology").joinpath(name).read_bytes(), format="turtle")


def violation(results: rdflib.Graph, result: rdflib.term.Node, base: str) -> Violation:
    """One result of the report."""
    short = Shortener(prefixes(base))

    def named(predicate: rdflib.URIRef) -> str | None:
        value = results.value(result, predicate)
        if isinstance(value, rdflib.URIRef):
            return short.name(ox.NamedNode(str(value)))
        return None if value is None or isinstance(value, rdflib.BNode) else f'"{value}"'

    message = results.value(result, SH.resultMessage)
    return Violation(named(SH.focusNode) or "", named(SH.resultPath), named(SH.value), str(message))
