"""What the store is unsure of: pairs of reports that may be of one actor or act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.answers.descriptions import Descriptions
from kg.answers.store import Store
from kg.errors import UnknownEntity
from kg.identity.profiles import ActProfile, BodyProfile, PersonProfile, Profile
from ontology import terms


@dataclass(frozen=True, slots=True)
class Presented:
    """One side of a doubt: the node in use, how its report presents it, and where."""

    id: str
    label: str
    report: str
    detail: str
    articles: tuple[str, ...]
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two reports that may be of one actor or act, and how likely that is, 0 to 1."""

    id: str
    kind: str
    likelihood: float
    one: Presented
    other: Presented


class Doubts:
    """Reads the doubts of an open store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read = Descriptions(store)
        self._register = store.register

    def open(self) -> list[Doubt]:
        """All pairs of nodes that nobody decided on, the likeliest first."""
        found: dict[frozenset[str], Doubt] = {}
        for doubt in sorted(self._doubts(), key=lambda one: (-one.likelihood, one.id)):
            found.setdefault(frozenset((doubt.one.id, doubt.other.id)), doubt)
        return list(found.values())

    def doubt(self, id: str) -> Doubt:
        """The doubt with this id.

        Raises:
            UnknownEntity: there is none, or it is decided.
        """
        found = next(self._doubts(id), None)
        if found is None:
            raise UnknownEntity(f"no open review {id!r}; kg review lists them")
        return found

    def _doubts(self, id: str | None = None) -> Iterator[Doubt]:
        """The open doubts, or the one with an id."""
        rulings = self.store.decisions.rulings
        for doubt in {quad.subject for quad in self._register.all(terms.BETWEEN)}:
            assert isinstance(doubt, ox.NamedNode), doubt
            if id is not None and doubt.value != f"{self.store.base}doubt/{id}":
                continue
            sides = sorted(self._register.values(doubt, terms.BETWEEN), key=str)
            likelihood = self._register.value(doubt, terms.LIKELIHOOD)
            one, other = (self._presented(side) for side in sides)
            assert isinstance(likelihood, ox.Literal), doubt
            if one.id == other.id or self._ruled_apart(one.id, other.id, rulings.pairs):
                continue
            kind = one.id.partition(":")[0]
            yield Doubt(doubt.value.rpartition("/")[2], kind, float(likelihood.value), one, other)

    def _ruled_apart(self, one: str, other: str, pairs: Mapping[frozenset[str], bool]) -> bool:
        """Whether a curator said of reports of the two nodes that they are not one."""
        barred = [pair for pair, same in pairs.items() if not same]
        if not barred:
            return False
        first, second = ({report.value for report in self._register.members(self._read.iri(id))} for id in (one, other))
        return any(pair & first and pair & second for pair in barred)

    def _presented(self, profile: ox.NamedNode) -> Presented:
        register, read = self._register, self._read
        node = register.value(profile, terms.IDENTIFIES)
        assert isinstance(node, ox.NamedNode), profile
        reports = sorted(register.subjects(terms.PROFILE, profile), key=str)
        told = self._register.profile(reports[0])
        articles = sorted(read.id(article) for article in register.articles(profile))
        sentence = None
        if isinstance(told, ActProfile):
            evidence = ox.NamedNode(reports[0].value.replace("/event/", "/evidence/") + "-1")
            sentence = read.text(evidence, terms.OA_EXACT)
        label = read.text(node, terms.SKOS_PREF_LABEL) or ""
        return Presented(read.id(node), label, read.id(reports[0]), _detail(told), tuple(articles), sentence)


def _detail(profile: Profile) -> str:
    """What a report says, in a line."""
    match profile:
        case ActProfile():
            return profile.label
        case PersonProfile():
            said = [profile.name, ", ".join(profile.posts), profile.state or profile.body, profile.year]
        case BodyProfile():
            said = [profile.name, *profile.alt, profile.state]
    return ", ".join(str(part) for part in said if part)
