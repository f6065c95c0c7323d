"""What each article says of one node: the values of its properties, article by article."""

from collections import defaultdict
from collections.abc import Callable
from math import prod
from typing import TypeVar

import pyoxigraph as ox

from kg.answers.claims import Claim
from kg.answers.descriptions import Descriptions, Term
from ontology import terms

T = TypeVar("T")


SINGLE = frozenset({terms.WHEN, terms.EARLIEST, terms.LATEST, terms.HAS_STATUS, terms.HAS_PLACE, terms.NAME})
"""What an event has once: where a curator said it, the articles' word does not count."""


class Accounts:
    """All that articles say of a node, read once; a curator's word goes before theirs."""

    def __init__(self, descriptions: Descriptions, node: ox.NamedNode) -> None:
        self._read = descriptions
        self._said: defaultdict[ox.NamedNode, dict[ox.NamedNode, set[Term]]] = defaultdict(dict)
        decided: defaultdict[ox.NamedNode, dict[ox.NamedNode, set[Term]]] = defaultdict(dict)
        for quad in (quad for stated in descriptions.stated(node).values() for quad in stated):
            if isinstance(quad.graph_name, ox.NamedNode):
                article = descriptions.article(quad.graph_name)
                curated = quad.predicate in SINGLE and article != quad.graph_name
                said = decided if curated else self._said
                said[quad.predicate].setdefault(article, set()).add(quad.object)
        self._said |= decided

    def articles(self, *predicates: ox.NamedNode) -> list[ox.NamedNode]:
        """The articles that give one of these properties a value, sorted."""
        return sorted({article for predicate in predicates for article in self._said.get(predicate, ())}, key=str)

    def claims(self, predicate: ox.NamedNode, value: Callable[[Term], T]) -> list[Claim[T]]:
        """What the articles give a property as values, each made of its term by `value`, in a fixed order."""
        return [
            self.claim(article, value(term))
            for article in self.articles(predicate)
            for term in sorted(self._said[predicate][article], key=str)
        ]

    def claim(self, article: ox.NamedNode, value: T) -> Claim[T]:
        """The value as the article's."""
        read = self._read
        published = read.day(article, terms.SCHEMA_DATE_PUBLISHED)
        return Claim(value, read.id(article), read.id(self.source(article)), published)

    def text(self, article: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        """The literal that one article gives a property, as text."""
        found = sorted(self._said.get(predicate, {}).get(article, ()), key=str)
        return next((term.value for term in found if isinstance(term, ox.Literal)), None)

    def source(self, article: ox.NamedNode) -> ox.NamedNode:
        """The source that an article passes on, which counts once however many do: the first of its copies."""
        first = self._read.store.register.value(article, terms.COPY_OF)
        return first if isinstance(first, ox.NamedNode) else article

    def confidence(self) -> float:
        """The chance that one of the sources is right, each taken for independent of the others; 0 without any."""
        best: defaultdict[str, float] = defaultdict(float)
        for claim in self.claims(terms.CONFIDENCE, _number):
            best[claim.source] = max(best[claim.source], claim.value)
        return round(1 - prod(1 - confidence for confidence in best.values()), 4)


def _number(term: Term) -> float:
    assert isinstance(term, ox.Literal), term
    return float(term.value)
