"""The part of SHACL that `ontology/shapes.ttl` uses, run over a pyoxigraph store.

pyshacl runs the same file and gives the same violations, but takes over a minute for a hundred thousand quads and needs
a copy of them in rdflib. A constraint that is not known here is an error when the shapes are read, so that none is
passed over in silence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import RuleError
from kg.rdf.constraints import (
    Constraint,
    Graph,
    Node,
    Said,
    Term,
    against,
    each,
    has_datatype,
    is_at_least,
    is_at_most,
    max_count,
    min_count,
    text,
    turtle,
)
from ontology import terms

SH = "http://www.w3.org/ns/shacl#"
RDF_FIRST = NamedNode(terms.RDF_NAMESPACE + "first")
RDF_REST = NamedNode(terms.RDF_NAMESPACE + "rest")
ANNOTATIONS = frozenset({"path", "message", "property", "or", "sparql", "targetClass"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach: the property and the value at fault, as far as it is one, and the shape's message."""

    node: Term
    path: NamedNode | None
    value: Term | None
    message: str


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds for the values of a property, or of several taken together."""

    path: tuple[NamedNode, ...]
    constraints: tuple[Constraint, ...]
    message: str

    def faults(self, graph: Graph, node: Term, said: Said) -> Iterator[Fault]:
        """What breaks the shape at the node."""
        values = {value for predicate in self.path for value in said.get(predicate, ())}
        place = self.path[0] if len(self.path) == 1 else None
        for constraint in self.constraints:
            for value in constraint(graph, said, values):
                yield Fault(node, place, value, self.message)


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What holds for the nodes of some classes: `properties`, one of each of `alternatives`, no row of `selects`."""

    targets: tuple[NamedNode, ...]
    properties: tuple[PropertyShape, ...]
    alternatives: tuple[tuple["NodeShape", ...], ...]
    classes: tuple[Term, ...]
    selects: tuple[tuple[str, str], ...]
    message: str

    def faults(self, graph: Graph, node: Term, said: Said) -> Iterator[Fault]:
        """What breaks the shape at the node, queries apart."""
        for shape in self.properties:
            yield from shape.faults(graph, node, said)
        for options in self.alternatives:
            if not any(option.fits(graph, node, said) for option in options):
                yield Fault(node, None, node, self.message)

    def fits(self, graph: Graph, node: Term, said: Said) -> bool:
        """Whether the node is as the shape wants it."""
        return set(self.classes) <= graph.classes(node) and next(self.faults(graph, node, said), None) is None


def faults(store: Store) -> Iterator[Fault]:
    """What breaks the shapes of the ontology in the union of the store's graphs."""
    graph = Graph(store)
    for shape in shapes():
        for node in graph.instances(shape.targets):
            yield from shape.faults(graph, node, graph.said(node))
        targets = set(graph.instances(shape.targets)) if shape.selects else set()
        for message, query in shape.selects:
            yield from (Fault(node, None, node, message) for node in selected(store, query) if node in targets)


def selected(store: Store, query: str) -> list[Term]:
    """The values of `?this` in the rows of the query, each once."""
    solutions = store.query(query, use_default_graph_as_union=True)
    if not isinstance(solutions, QuerySolutions):
        raise RuleError("shapes.ttl: sh:select must be a SELECT; write it as one")
    return list(dict.fromkeys(row["this"] for row in solutions))


@cache
def shapes() -> tuple[NodeShape, ...]:
    """The shapes of `ontology/shapes.ttl`.

    Raises:
        RuleError: the file uses a constraint that is not known here.
    """
    reader = Reader(turtle("shapes.ttl"))
    nodes = reader.file.quads_for_pattern(None, terms.RDF_TYPE, NamedNode(SH + "NodeShape"), None)
    return tuple(reader.node_shape(quad.subject) for quad in sorted(nodes, key=lambda quad: str(quad.subject)))


class Reader:
    """Reads shapes out of the file's graph."""

    def __init__(self, file: Store) -> None:
        self.file = file

    def values(self, node: Term, name: str) -> list[Term]:
        """The values of a term of SHACL at the node."""
        return [quad.object for quad in self.file.quads_for_pattern(as_node(node), NamedNode(SH + name), None, None)]

    def value(self, node: Term, name: str) -> str:
        """The one value of a term of SHACL at the node, as text; nothing where there is none."""
        return next((text(value) for value in self.values(node, name)), "")

    def items(self, head: Term) -> Iterator[Term]:
        """The members of an RDF list."""
        for first in self.file.quads_for_pattern(as_node(head), RDF_FIRST, None, None):
            yield first.object
            for rest in self.file.quads_for_pattern(as_node(head), RDF_REST, None, None):
                yield from self.items(rest.object)

    def parameters(self, shape: Term) -> Iterator[tuple[str, Term]]:
        """The terms of SHACL that say what holds, with their values."""
        for quad in self.file.quads_for_pattern(as_node(shape), None, None, None):
            name = quad.predicate.value.removeprefix(SH)
            if quad.predicate.value.startswith(SH) and name not in ANNOTATIONS:
                yield name, quad.object

    def node_shape(self, shape: Term) -> NodeShape:
        """A node shape, or a member of a list of alternatives."""
        parameters = list(self.parameters(shape))
        unknown = [name for name, _ in parameters if name != "class"]
        if unknown:
            raise RuleError(f"shapes.ttl: sh:{unknown[0]} on a node is not known; add it to kg/rdf/shacl.py")
        return NodeShape(
            targets=tuple(as_iri(target) for target in self.values(shape, "targetClass")),
            properties=tuple(self.property_shape(one) for one in self.values(shape, "property")),
            alternatives=self.alternatives(shape),
            classes=tuple(value for _, value in parameters),
            selects=tuple((self.value(one, "message"), self.select(one)) for one in self.values(shape, "sparql")),
            message=self.value(shape, "message"),
        )

    def alternatives(self, shape: Term) -> tuple[tuple[NodeShape, ...], ...]:
        """The lists of alternatives of a shape."""
        return tuple(
            tuple(self.node_shape(option) for option in self.items(options)) for options in self.values(shape, "or")
        )

    def property_shape(self, shape: Term) -> PropertyShape:
        """A property shape."""
        (path,) = self.values(shape, "path")
        several = self.values(path, "alternativePath")
        predicates = list(self.items(several[0])) if several else [path]
        constraints = [self.constraint(name, value) for name, value in self.parameters(shape)]
        constraints += [each(fits_one_of(options)) for options in self.alternatives(shape)]
        return PropertyShape(
            tuple(as_iri(predicate) for predicate in predicates), tuple(constraints), self.value(shape, "message")
        )

    def constraint(self, name: str, value: Term) -> Constraint:
        """The constraint that a term of SHACL sets on a property."""
        match name:
            case "minCount":
                return min_count(int(text(value)))
            case "maxCount":
                return max_count(int(text(value)))
            case "datatype":
                return each(lambda graph, one: has_datatype(one, value))
            case "class":
                return each(lambda graph, one: value in graph.classes(one))
            case "nodeKind" if value == NamedNode(SH + "IRI"):
                return each(lambda graph, one: isinstance(one, NamedNode))
            case "in":
                allowed = frozenset(self.items(value))
                return each(lambda graph, one: one in allowed)
            case "pattern":
                pattern = re.compile(text(value))
                return each(lambda graph, one: pattern.search(text(one)) is not None)
            case "minLength":
                least = int(text(value))
                return each(lambda graph, one: len(text(one)) >= least)
            case "minInclusive":
                lower = Decimal(text(value))
                return each(lambda graph, one: is_at_least(one, lower))
            case "maxInclusive":
                upper = Decimal(text(value))
                return each(lambda graph, one: is_at_most(one, upper))
            case "lessThan":
                return against(as_iri(value), lambda one, other: one < other)  # type: ignore[operator]
            case "lessThanOrEquals":
                return against(as_iri(value), lambda one, other: one <= other)  # type: ignore[operator]
            case _:
                raise RuleError(f"shapes.ttl: sh:{name} {value} is not known; add it to kg/rdf/shacl.py")

    def select(self, constraint: Term) -> str:
        """The query of a SPARQL constraint, over all nodes at once."""
        declared = [one for ontology in self.values(constraint, "prefixes") for one in self.values(ontology, "declare")]
        lines = sorted(f"PREFIX {self.value(one, 'prefix')}: <{self.value(one, 'namespace')}>" for one in declared)
        return "\n".join([*lines, self.value(constraint, "select").replace("$this", "?this")])


def fits_one_of(options: tuple[NodeShape, ...]) -> Callable[[Graph, Term], bool]:
    """Whether a value fits one of the shapes."""
    closer = any(option.properties for option in options)
    return lambda graph, value: any(
        option.fits(graph, value, graph.said(value) if closer else {}) for option in options
    )


def as_iri(term: Term) -> NamedNode:
    """The term, which must be an IRI."""
    if not isinstance(term, NamedNode):
        raise RuleError(f"shapes.ttl: {term} must be an IRI; write one")
    return term


def as_node(term: Term) -> Node:
    """The term, which must not be a literal."""
    if isinstance(term, Literal):
        raise RuleError(f"shapes.ttl: {term} must be a node; write an IRI or brackets")
    return term
