"""What a store states of one node, read by pattern: the graphs are weighed, no query text is made."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.answers.store import Store
from kg.answers.views import Node
from kg.errors import UnknownEntity
from kg.rdf.iris import CURATED, curated_iri
from ontology import terms

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ENTITY_CLASSES = (terms.STATE, terms.ORGANIZATION, terms.PERSON, terms.POST, terms.PLACE, terms.EQUIPMENT)
"""The classes of what an event speaks of, in the order in which equals are listed."""


class Descriptions:
    """Reads nodes of a store. Where graphs differ on a single value, reference data wins, then the newest article."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._nodes: tuple[int, dict[ox.NamedNode, Node]] = store.version, {}

    def id(self, iri: ox.NamedNode) -> str:
        """The short id, "state:PK", of an IRI under the store's base; another IRI as it is."""
        kind, slash, name = iri.value.removeprefix(self.store.base).partition("/")
        return f"{kind}:{name}" if slash and iri.value.startswith(self.store.base) else iri.value

    def iri(self, short: str) -> ox.NamedNode:
        """The IRI of a short id, or of an IRI in full.

        Raises:
            UnknownEntity: the text is no id.
        """
        kind, colon, name = short.partition(":")
        full = short if not colon or name.startswith("//") else f"{self.store.base}{kind}/{name}"
        try:
            return ox.NamedNode(full)
        except ValueError:
            raise UnknownEntity(f"{short!r} is no id; ids look like state:PK: search for the name to get it") from None

    def article(self, graph: ox.NamedNode) -> ox.NamedNode:
        """The article that a graph speaks for: its own, or that of which curators read something else."""
        base = self.store.base
        curated = graph.value.startswith(f"{base}{CURATED}")
        return ox.NamedNode(graph.value.replace(f"{base}{CURATED}", f"{base}article/", 1)) if curated else graph

    def graphs(self, article: ox.NamedNode) -> tuple[ox.NamedNode, ox.NamedNode]:
        """The graphs that speak for an article."""
        return article, curated_iri(self.store.base, article)

    def values(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[Term]:
        """All values of a property, each once, sorted."""
        found = {quad.object for quad in self.store.inner.quads_for_pattern(node, predicate, None, None)}
        return sorted(found, key=str)

    def nodes(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        """All nodes that a property leads to, sorted."""
        return [value for value in self.values(node, predicate) if isinstance(value, ox.NamedNode)]

    def subjects(self, predicate: ox.NamedNode, value: Term) -> list[ox.NamedNode]:
        """All nodes that have this value for a property, sorted."""
        found = {quad.subject for quad in self.store.inner.quads_for_pattern(None, predicate, value, None)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def one(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Term | None:
        """The value of a property that a node has once, or `None`."""
        found = list(self.store.inner.quads_for_pattern(node, predicate, None, None))
        values = {quad.object for quad in found}
        if len(values) < 2:
            return values.pop() if values else None
        return min(found, key=lambda quad: (*self._precedence(quad), str(quad.object))).object

    def text(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        """The literal that a node has for a property, as text."""
        value = self.one(node, predicate)
        return value.value if isinstance(value, ox.Literal) else None

    def texts(self, node: ox.NamedNode, predicate: ox.NamedNode) -> tuple[str, ...]:
        """All literals that a node has for a property, as texts."""
        return tuple(value.value for value in self.values(node, predicate) if isinstance(value, ox.Literal))

    def day(self, node: ox.NamedNode, predicate: ox.NamedNode) -> date | None:
        """The day that a node has for a property."""
        text = self.text(node, predicate)
        return date.fromisoformat(text) if text else None

    def number(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Decimal | None:
        """The number that a node has for a property."""
        text = self.text(node, predicate)
        return Decimal(text) if text else None

    def node(self, iri: ox.NamedNode) -> Node:
        """The node with its class and label; what nobody labels is called by its id. It is read once for a version."""
        version, known = self._nodes
        if version != self.store.version:
            known = {}
            self._nodes = self.store.version, known
        if iri not in known:
            kind = next((name(found) for found in ENTITY_CLASSES if found in self.values(iri, terms.RDF_TYPE)), "")
            known[iri] = Node(self.id(iri), kind, self.text(iri, terms.SKOS_PREF_LABEL) or self.id(iri))
        return known[iri]

    def linked(self, iri: ox.NamedNode, predicate: ox.NamedNode) -> tuple[Node, ...]:
        """The nodes that a property leads to, with class and label."""
        return tuple(self.node(found) for found in self.nodes(iri, predicate))

    def link(self, iri: ox.NamedNode, predicate: ox.NamedNode) -> Node | None:
        """The node that a property leads to."""
        found = self.one(iri, predicate)
        return self.node(found) if isinstance(found, ox.NamedNode) else None

    def entities(self) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
        """All entities, each with its class, in no particular order."""
        for kind in ENTITY_CLASSES:
            found = self.store.inner.quads_for_pattern(None, terms.RDF_TYPE, kind, None)
            for subject in {quad.subject for quad in found}:
                if isinstance(subject, ox.NamedNode):
                    yield subject, kind

    def _precedence(self, quad: ox.Quad) -> tuple[int, int]:
        """Reference data first, then articles from the newest to the oldest, then those without a date."""
        graph = quad.graph_name
        if not isinstance(graph, ox.NamedNode) or graph == self.store.graph("reference"):
            return 0, 0
        article = self.article(graph)
        published = next(
            iter(self.store.inner.quads_for_pattern(article, terms.SCHEMA_DATE_PUBLISHED, None, article)), None
        )
        if published is None or not isinstance(published.object, ox.Literal):
            return 2, 0
        return 1, -date.fromisoformat(published.object.value[:10]).toordinal()


def name(term: ox.NamedNode) -> str:
    """The local name of one of the ontology's terms: "State"."""
    return term.value.removeprefix(terms.COOP_NAMESPACE)
