"""Which articles of a store are copies of one text: one agency report in five papers is one source, told five times."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.identity.copies import COPY, Signature, keys, likeness, signature
from kg.identity.register import Register
from kg.model import Article
from ontology import terms

PREFIX = "copy "
"""What the keys of articles start with, among those of profiles."""
LAST = "9999"
"""A day for articles without one, behind all others."""


@dataclass(slots=True)
class Copying:
    """The copies of a store, while one article, by its IRI, is replaced, or taken out where `new` is `None`."""

    register: Register
    article: ox.NamedNode
    new: Article | None
    _signatures: dict[ox.NamedNode, Signature] = field(default_factory=dict)

    def change(self) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """The quads of the register that go, and those that come in their place."""
        affected = self._closure(self.article) if self._stored(self.article) else set()
        stale = {quad for one in affected for quad in self._quads(one)}
        affected -= {self.article}
        if self.new is not None:
            self._signatures[self.article] = signature(self.new.text)
            affected |= self._closure(self.article)
            stale |= {quad for one in affected for quad in self._quads(one)}
        wanted: set[ox.Quad] = set()
        while affected:
            group = self._closure(next(iter(affected)), affected)
            affected -= group
            wanted |= self._told(group)
        return stale, wanted

    def _told(self, group: set[ox.NamedNode]) -> set[ox.Quad]:
        """What the register says of articles that are copies of one another: which came first."""
        graph, first = self.register.graph, min(group, key=lambda one: (self._published(one), one.value))
        found = set()
        for one in group:
            own = self._signature(one)
            found |= {ox.Quad(one, terms.KEY, ox.Literal(PREFIX + key), graph) for key in keys(own)}
            found.add(ox.Quad(one, terms.SIGNATURE, ox.Literal(own.written()), graph))
            if one != first:
                found.add(ox.Quad(one, terms.COPY_OF, first, graph))
        return found

    def _closure(self, start: ox.NamedNode, within: set[ox.NamedNode] | None = None) -> set[ox.NamedNode]:
        """The articles that copying holds together with one, or those of them that are in a set."""
        found, ahead = {start}, [start]
        while ahead:
            more = {one for one in self._copies(ahead.pop()) if one not in found and (within is None or one in within)}
            found |= more
            ahead += more
        return found

    def _copies(self, article: ox.NamedNode) -> Iterable[ox.NamedNode]:
        own = self._signature(article)
        near = {one for key in keys(own) for one in self.register.subjects(terms.KEY, ox.Literal(PREFIX + key))}
        near |= {one for one in self._signatures if keys(own) & keys(self._signatures[one])}
        return [one for one in near - {article} if likeness(own, self._signature(one)) >= COPY]

    def _signature(self, article: ox.NamedNode) -> Signature:
        if article not in self._signatures:
            text = self.register.value(article, terms.SIGNATURE)
            assert isinstance(text, ox.Literal), article
            self._signatures[article] = Signature.read(text.value)
        return self._signatures[article]

    def _stored(self, article: ox.NamedNode) -> bool:
        return self.register.value(article, terms.SIGNATURE) is not None

    def _quads(self, article: ox.NamedNode) -> set[ox.Quad]:
        kept = {terms.KEY, terms.SIGNATURE, terms.COPY_OF}
        return {quad for quad in self.register.quads(article) if quad.predicate in kept}

    def _published(self, article: ox.NamedNode) -> str:
        if article == self.article and self.new is not None:
            return self.new.date.isoformat() if self.new.date else LAST
        days = self.register.inner.quads_for_pattern(article, terms.SCHEMA_DATE_PUBLISHED, None, article)
        return next((quad.object.value for quad in days if isinstance(quad.object, ox.Literal)), LAST)
