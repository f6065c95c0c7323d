"""What a store states of one node, read by pattern: the graphs are weighed, no query text is made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


MOST_KEPT = 50_000
"""The nodes whose descriptions are kept in memory."""

Stated = Mapping[ox.NamedNode, Sequence[ox.Quad]]
"""The quads about a node by their property."""


class Descriptions:
    """Reads nodes of a store. Where graphs differ on a single value, reference data wins, then the newest article.

    What is read is kept until the store changes; with `keep`, until it is to be forgotten.
    """

    def __init__(self, store: Store, keep: bool = False) -> None:
        self.store = store
        self._keep = keep
        self._version = store.version
        self._stated: dict[ox.NamedNode, Stated] = {}
        self._nodes: dict[ox.NamedNode, Node] = {}

    def stated(self, node: ox.NamedNode) -> Stated:
        """All that the graphs state of a node."""
        self._refresh()
        if node not in self._stated:
            found: defaultdict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
            for quad in self.store.inner.quads_for_pattern(node, None, None, None):
                found[quad.predicate].append(quad)
            if len(self._stated) >= MOST_KEPT:
                self._stated.clear()
            self._stated[node] = dict(found)
        return self._stated[node]

    def forget(self, nodes: Iterable[ox.NamedNode]) -> None:
        """Read these nodes anew when they are asked for."""
        for node in nodes:
            self._stated.pop(node, None)
            self._nodes.pop(node, None)

    def forget_all(self) -> None:
        """Keep nothing of what was read."""
        self._stated, self._nodes = {}, {}

    def _refresh(self) -> None:
        if not self._keep and self._version != self.store.version:
            self._version = self.store.version
            self.forget_all()

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
        found = {quad.object for quad in self.stated(node).get(predicate, ())}
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
        found = self.stated(node).get(predicate, ())
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
        """The node with its class and label; what nobody labels is called by its id."""
        self._refresh()
        if iri not in self._nodes:
            kinds = self.values(iri, terms.RDF_TYPE)
            kind = next((name(found) for found in ENTITY_CLASSES if found in kinds), "")
            self._nodes[iri] = Node(self.id(iri), kind, self.text(iri, terms.SKOS_PREF_LABEL) or self.id(iri))
        return self._nodes[iri]

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
        published = next(iter(self.values(article, terms.SCHEMA_DATE_PUBLISHED)), None)
        if not isinstance(published, ox.Literal):
            return 2, 0
        return 1, -date.fromisoformat(published.value[:10]).toordinal()


def name(term: ox.NamedNode) -> str:
    """The local name of one of the ontology's terms: "State"."""
    return term.value.removeprefix(terms.COOP_NAMESPACE)
