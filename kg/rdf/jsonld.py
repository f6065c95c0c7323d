"""Quads as compact JSON-LD 1.1: short names for IRIs, plain strings for texts, one object for each graph.

pyoxigraph writes the expanded form, in which every property is a full IRI: right, but not for people.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from ontology import terms

Json: TypeAlias = dict[str, Any]
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | DefaultGraph


def document(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> bytes:
    """A JSON-LD document of the quads, which stand sorted by graph, then subject, then predicate."""
    short = Shortener(prefixes)
    graphs: list[Json] = []
    for name, inside in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = [short.node(subject, said) for subject, said in groupby(inside, key=lambda quad: quad.subject)]
        graphs += nodes if isinstance(name, DefaultGraph) else [{"@id": short.name(name), "@graph": nodes}]
    whole = {"@context": dict(prefixes), "@graph": graphs}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


class Shortener:
    """Writes terms with the prefixes of one document."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.longest_first = sorted(prefixes.items(), key=lambda one: len(one[1]), reverse=True)

    def name(self, term: Term) -> str:
        """The IRI behind a prefix, or as it is; a blank node's label."""
        if not isinstance(term, NamedNode):
            return str(term)
        for prefix, space in self.longest_first:
            if term.value.startswith(space) and not term.value.startswith("//", len(space)):
                return f"{prefix}:{term.value[len(space) :]}"
        return term.value

    def node(self, subject: Term, quads: Iterable[Quad]) -> Json:
        """What the quads say of their one subject; a property with one value has it without a list."""
        node: Json = {"@id": self.name(subject)}
        for predicate, said in groupby(quads, key=lambda quad: quad.predicate):
            if predicate == terms.RDF_TYPE:
                key, values = "@type", [self.name(quad.object) for quad in said]
            else:
                key, values = self.name(predicate), [self.value(quad.object) for quad in said]
            node[key] = values[0] if len(values) == 1 else values
        return node

    def value(self, term: Term) -> Any:
        """The object of a statement: a text stays as it is."""
        if not isinstance(term, Literal):
            return {"@id": self.name(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == terms.XSD_NAMESPACE + "string":
            return term.value
        return {"@value": term.value, "@type": self.name(term.datatype)}
