"""What can be asked of the values of a property in a store: the constraints of SHACL that the shapes use."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from ontology import terms

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Node: TypeAlias = NamedNode | BlankNode | Triple
Said: TypeAlias = dict[NamedNode, set[Term]]
"""What a graph says of one node: the values of each property."""
Value: TypeAlias = Decimal | date | str

SUBCLASS_OF = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class Graph:
    """A store to be checked, with the ontology's hierarchy of classes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._classes: dict[Term, frozenset[Term]] = {}

    def said(self, node: Term) -> Said:
        """What all graphs of the store say of the node."""
        found: Said = {}
        if not isinstance(node, Literal):
            for quad in self.store.quads_for_pattern(node, None, None, None):
                found.setdefault(quad.predicate, set()).add(quad.object)
        return found

    def classes(self, node: Term) -> frozenset[Term]:
        """The classes of the node, those above them among them."""
        if node not in self._classes:
            types = self.said(node).get(terms.RDF_TYPE, set())
            self._classes[node] = frozenset(above for type in types for above in superclasses(type))
        return self._classes[node]

    def instances(self, classes: Collection[NamedNode]) -> list[Node]:
        """The nodes of these classes."""
        quads = (quad for type in classes for quad in self.store.quads_for_pattern(None, terms.RDF_TYPE, type, None))
        return list(dict.fromkeys(quad.subject for quad in quads))


Constraint: TypeAlias = Callable[[Graph, Said, set[Term]], Iterator[Term | None]]
"""Yields the values that break it among those of a property, or `None` where their number does."""


def min_count(least: int) -> Constraint:
    return lambda graph, said, values: iter([None] if len(values) < least else [])


def max_count(most: int) -> Constraint:
    return lambda graph, said, values: iter([None] if len(values) > most else [])


def each(fits: Callable[[Graph, Term], bool]) -> Constraint:
    """The constraint that every value fits."""
    return lambda graph, said, values: (value for value in values if not fits(graph, value))


def against(other: NamedNode, fits: Callable[[Value, Value], bool]) -> Constraint:
    """The constraint that every value fits every value of another property; what cannot be compared does not."""

    def broken(graph: Graph, said: Said, values: set[Term]) -> Iterator[Term]:
        for value in values:
            for second in said.get(other, ()):
                left, right = comparable(value), comparable(second)
                if left is None or type(left) is not type(right) or right is None or not fits(left, right):
                    yield value

    return broken


def has_datatype(value: Term, datatype: Term) -> bool:
    """Whether the value is a literal of the datatype, and written as that wants it."""
    if not isinstance(value, Literal) or value.datatype != datatype:
        return False
    return datatype not in COMPARED or comparable(value) is not None


def is_at_least(value: Term, least: Decimal) -> bool:
    number = comparable(value)
    return isinstance(number, Decimal) and number >= least


def is_at_most(value: Term, most: Decimal) -> bool:
    number = comparable(value)
    return isinstance(number, Decimal) and number <= most


COMPARED: dict[Term, Callable[[str], Value]] = {
    terms.XSD_INTEGER: lambda text: Decimal(int(text)),
    terms.XSD_DECIMAL: Decimal,
    terms.XSD_DATE: date.fromisoformat,
}


def comparable(value: Term) -> Value | None:
    """A number, day or text to compare, or `None`."""
    if not isinstance(value, Literal):
        return None
    if value.datatype not in COMPARED:
        return value.value
    try:
        return COMPARED[value.datatype](value.value)
    except (ValueError, InvalidOperation):
        return None


def text(value: Term) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


@cache
def superclasses(type: Term) -> frozenset[Term]:
    """The class and all above it in the ontology."""
    above = (
        turtle("defcoop.ttl").quads_for_pattern(type, SUBCLASS_OF, None, None) if isinstance(type, NamedNode) else ()
    )
    return frozenset([type]).union(*(superclasses(quad.object) for quad in above))


@cache
def turtle(name: str) -> Store:
    """A Turtle file of the ontology."""
    store = Store()
    store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    return store
