"""Whether a graph is as the ontology wants it, by the shapes of `ontology/shapes.ttl`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.jsonld import Shortener
from kg.rdf.serializations import prefixes
from kg.rdf.shacl import Fault, faults


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with one node, in short ids: the property at fault, if it is one, the value, and the remedy."""

    node: str
    property: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        place = f" {self.property}" if self.property else ""
        value = f" {self.value}" if self.value and self.value != self.node else ""
        return f"{self.node}{place}{value}: {self.message}"


def check(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> list[Violation]:
    """What breaks the shapes in the union of the quads' graphs, sorted; a pyoxigraph store is checked where it is.

    The states that the quads refer to have to be among them; without the reference data every state is a violation.
    """
    short = Shortener(prefixes(base))
    return sorted({named(fault, short) for fault in faults(loaded(quads))}, key=str)


def check_by_standard(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> list[Violation]:
    """The same by pyshacl, which knows all of SHACL: what `check` is measured against, and far slower."""
    _, results, _ = pyshacl.validate(
        union(quads), shacl_graph=ontology("shapes.ttl"), ont_graph=ontology("defcoop.ttl")
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pyshacl gave no report graph: {results}")
    found = {violation(results, result, base) for result in results.subjects(rdflib.RDF.type, SH.ValidationResult)}
    return sorted(found, key=str)


def loaded(quads: Iterable[ox.Quad]) -> ox.Store:
    """The quads in a store."""
    if isinstance(quads, ox.Store):
        return quads
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def named(fault: Fault, short: Shortener) -> Violation:
    """The fault in short ids."""
    path = short.name(fault.path) if fault.path else None
    value = f'"{fault.value.value}"' if isinstance(fault.value, ox.Literal) else None
    return Violation(
        short.name(fault.node), path, short.name(fault.value) if fault.value and not value else value, fault.message
    )


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

    def shown(predicate: rdflib.URIRef) -> str | None:
        value = results.value(result, predicate)
        if isinstance(value, rdflib.URIRef):
            return short.name(ox.NamedNode(str(value)))
        return None if value is None or isinstance(value, rdflib.BNode) else f'"{value}"'

    message = results.value(result, SH.resultMessage)
    return Violation(shown(SH.focusNode) or "", shown(SH.resultPath), shown(SH.value), str(message))
