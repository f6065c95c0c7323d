"""All names of a store's entities, for search: by label, alias, code and id, with typos."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.answers.descriptions import ENTITY_CLASSES, Descriptions
from kg.rdf.slugs import UNDECOMPOSED
from ontology import terms

EXACT = 100.0
ALIAS = 98.0
PREFIX = 90.0
INSIDE = 80.0
LIKE = 0.75
"""The scores of a name that is the text, of an alias that is it, of a name that begins with it, of one with a word that
does, and the factor for a name or word that is merely like it."""
IN_A_WORD = 0.95
"""What likeness to a word of a name counts, against likeness to the whole of it."""
CUTOFF = 78.0
"""The likeness, 0 to 100, below which a name is another name."""
CUTOFF_FOR_HINTS = 60.0
"""The same for a hint in an error, where a wrong one does no harm."""
MOST_TYPOS = 50
"""Misspelt names looked at for one text."""
SHORTEST_TYPO = 4
"""Letters from which on a text may be a misspelt name: shorter ones are like too many."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity; `main` unless it is an alias."""

    folded: str
    text: str
    iri: ox.NamedNode
    kind: int
    main: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity, the name by which it was found, and how well, 0 to 100."""

    name: Name
    score: float


class Names:
    """The names of all entities of a store at one moment."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = sorted(names, key=lambda name: (name.folded, name.kind, name.iri.value, name.text))
        self._spellings = [
            (spelling, place)
            for parts in (_whole, _words)
            for place, name in enumerate(self._names)
            for spelling in parts(name.folded)
            if len(spelling) >= SHORTEST_TYPO
        ]
        self._spelt = [spelling for spelling, _ in self._spellings]

    @classmethod
    def of(cls, descriptions: Descriptions) -> "Names":
        """The names in a store, read once."""
        return cls(_read(descriptions))

    def find(self, text: str, kinds: Iterable[ox.NamedNode] = ENTITY_CLASSES) -> list[Hit]:
        """The entities of these classes whose names the text means, the best first, each with its best name."""
        wanted = {ENTITY_CLASSES.index(kind) for kind in kinds}
        best: dict[ox.NamedNode, Hit] = {}
        for hit in self._hits(folded(text)):
            known = best.get(hit.name.iri)
            if hit.name.kind in wanted and (known is None or hit.score > known.score):
                best[hit.name.iri] = hit
        return sorted(best.values(), key=_order)

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """The names that come closest to a text that is none of them, the closest first."""
        found = self._like(folded(text), limit * 4, CUTOFF_FOR_HINTS)
        return tuple(dict.fromkeys(name.text for name, _ in found))[:limit]

    def _hits(self, text: str) -> Iterator[Hit]:
        if not text:
            return
        for name in self._names:
            score = _score(name, text)
            if score:
                yield Hit(name, score)
        if len(text) >= SHORTEST_TYPO:
            for name, likeness in self._like(text, MOST_TYPOS, CUTOFF):
                yield Hit(name, round(likeness * LIKE, 1))

    def _like(self, text: str, limit: int, cutoff: float) -> Iterator[tuple[Name, float]]:
        """The names that the text is like, whole or in a word, the likest first."""
        for _, likeness, place in process.extract(
            text, self._spelt, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff
        ):
            name = self._names[self._spellings[place][1]]
            yield name, likeness if name.folded == self._spelt[place] else likeness * IN_A_WORD


def folded(text: str) -> str:
    """The text without case, accents and doubled blanks.

    >>> folded("  Recep Tayyip  ERDOĞAN "), folded("Błaszczak")
    ('recep tayyip erdogan', 'blaszczak')
    """
    letters = unicodedata.normalize("NFKD", text.translate(UNDECOMPOSED).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _whole(text: str) -> list[str]:
    return [text]


def _words(text: str) -> list[str]:
    words = text.split()
    return words if len(words) > 1 else []


def _score(name: Name, text: str) -> float:
    if name.folded == text:
        return EXACT if name.main else ALIAS
    if len(text) < 2 or text not in name.folded:
        return 0.0
    share = len(text) / len(name.folded)
    if name.folded.startswith(text):
        return round(PREFIX + 5 * share, 1)
    return round(INSIDE + 5 * share, 1) if f" {text}" in name.folded else 0.0


def _order(hit: Hit) -> tuple[float, int, str, str]:
    return -hit.score, hit.name.kind, hit.name.text, hit.name.iri.value


def _read(descriptions: Descriptions) -> Iterator[Name]:
    kinds = {iri: ENTITY_CLASSES.index(kind) for iri, kind in descriptions.entities()}
    for predicate in (terms.SKOS_PREF_LABEL, terms.SKOS_ALT_LABEL, terms.ISO2, terms.ISO3):
        main = predicate != terms.SKOS_ALT_LABEL
        found = {(q.subject, q.object) for q in descriptions.store.inner.quads_for_pattern(None, predicate, None, None)}
        for subject, value in found:
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal) and subject in kinds:
                yield Name(folded(value.value), value.value, subject, kinds[subject], main)
    for iri, kind in kinds.items():
        short = descriptions.id(iri)
        yield Name(folded(short), short, iri, kind, True)
