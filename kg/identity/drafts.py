"""What replacing one article's reports does to the register.

What comes near them is found by keys, and only clusters that the change touches are made anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox

from kg.identity import acts, bodies, people
from kg.identity.clusters import ASK, BARRED, MERGE, RULED, Comparison, Score
from kg.identity.names import is_short
from kg.identity.nodes import keys, local_names, named, profile_id, sought
from kg.identity.profiles import (
    ActProfile,
    BodyProfile,
    PersonProfile,
    Profile,
    Report,
    TenureProfile,
    read,
    written,
)
from kg.identity.register import Nearby, Register, local_id
from kg.identity.rulings import Rulings
from kg.rdf.identities import Known
from kg.rdf.quads import number
from ontology import terms


@dataclass(frozen=True, slots=True)
class Change:
    """What replacing an article's reports does to the register: its quads, and the articles to be written anew.

    `clusters` leads from each report of these articles to its node.
    """

    gone: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    articles: frozenset[ox.NamedNode]
    clusters: Mapping[ox.NamedNode, Known]


def replaced(
    register: Register,
    nearby: Nearby,
    article: ox.NamedNode,
    reports: Sequence[Report],
    rulings: Rulings,
    ruled: Iterable[str] = (),
) -> Change:
    """What it takes to put these reports in place of the article's present ones. Nothing is written.

    `nearby` finds the profiles of the register by their keys.
    `ruled` are reports of any article on which rulings have changed: their clusters are made anew.
    """
    return _Draft(register, nearby, article, reports, rulings).change(ruled)


MOST_READ = 10_000
_READ: dict[str, Profile] = {}
"""Profiles read lately, of whatever store: an id has a digest of what the profile says."""


@dataclass(slots=True)
class _Draft:
    """The register with one article's reports replaced, before anything is written."""

    register: Register
    nearby: Nearby
    article: ox.NamedNode
    new: Sequence[Report]
    rulings: Rulings
    _profiles: dict[str, Profile] = field(default_factory=dict)
    _filed: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _gone: set[str] = field(default_factory=set)
    _near: dict[str, dict[str, Score]] = field(default_factory=dict)
    _scores: dict[frozenset[str], Score] = field(default_factory=dict)
    _stored: dict[str, set[str]] = field(default_factory=dict)
    _homes: dict[str, Known | None] = field(default_factory=dict)
    _changing: frozenset[str] = frozenset()

    def change(self, ruled: Iterable[str]) -> Change:
        """The change; see `replaced`."""
        old = {report: local_id(profile) for report, profile in self.register.reports(self.article).items()}
        new = {report.iri: self._adopt(report.profile) for report in self.new}
        fresh = {id for id in new.values() if self._is_new(id, old)}
        gone = {id for id in set(old.values()) - set(new.values()) if not self._told_elsewhere(id, old)}
        self._changing = frozenset(fresh | gone)
        left = {near for id in gone for near in self._joined(id)}
        left |= {mate for report in ruled for mate in self._mates(report)}
        self._begin(fresh, gone)
        affected = self._closure(fresh | (left - gone))
        homes, doubts = self._settled(affected)
        moved = {id for id, home in homes.items() if self._known(id) != home}
        articles = {article for id in moved - fresh for article in self.register.articles(self._node(id))}
        articles.add(self.article)
        return Change(
            *self._quads(old, new, fresh, gone, moved, homes, doubts),
            frozenset(articles),
            self._clusters(articles, new, homes),
        )

    def _is_new(self, id: str, old: Mapping[ox.NamedNode, str]) -> bool:
        """Whether no report has had the profile; that of an act could only have been its own report's."""
        if isinstance(self._profiles[id], ActProfile):
            return id not in old.values()
        return self.nearby.said(id) is None

    def _mates(self, report: str) -> set[str]:
        """The profiles that have been of one node with a report's."""
        node = self.register.current(ox.NamedNode(report))
        return {local_id(mate) for mate in self.register.subjects(terms.IDENTIFIES, node)} if node else set()

    def _begin(self, fresh: Iterable[str], gone: set[str]) -> None:
        """From here on the old profiles are gone and the fresh ones are there."""
        self._near.clear()
        self._scores.clear()
        self._gone = gone
        for id in fresh:
            self._homes[id] = None
            for key in keys(self._profiles[id]):
                self._filed[key].add(id)

    def _told_elsewhere(self, id: str, old: Mapping[ox.NamedNode, str]) -> bool:
        return any(report not in old for report in self.register.subjects(terms.PROFILE, self._node(id)))

    def _adopt(self, profile: Profile) -> str:
        id = profile_id(profile)
        self._profiles[id] = profile
        return id

    def _profile(self, id: str) -> Profile:
        found = self._profiles.get(id) or _READ.get(id)
        if found is None:
            text = self.nearby.said(id)
            assert text is not None, id
            found = _READ[id] = read(text)
            if len(_READ) > MOST_READ:
                _READ.pop(next(iter(_READ)))
        return found

    def _score(self, one: str, other: str) -> Score:
        """How far two are one; a curator's word goes before the comparison's."""
        pair = frozenset((one, other))
        if pair not in self._scores:
            self._scores[pair] = self._compared(self._profile(one), self._profile(other))
        return self._scores[pair]

    def _compared(self, one: Profile, other: Profile) -> Score:
        match one, other:
            case (TenureProfile(), _) | (_, TenureProfile()):
                return None
        ruling = self.rulings.between(one, other)
        if ruling is not None:
            return RULED if ruling else BARRED
        match one, other:
            case PersonProfile(), PersonProfile():
                return people.compared(one, other, partial(self._tenures, one, other))
            case BodyProfile(), BodyProfile():
                return bodies.compared(one, other)
            case ActProfile(), ActProfile():
                return acts.compared(one, other)
        return None

    def _tenures(self, one: PersonProfile, other: PersonProfile) -> Iterator[TenureProfile]:
        """What the one with a full name was near the year of the one named in short."""
        short, full = (one, other) if is_short(one.name) else (other, one)
        return self._evidence(short, full.name)

    def _evidence(
        self, short: PersonProfile, name: str, without: frozenset[str] = frozenset()
    ) -> Iterator[TenureProfile]:
        """The tenures of this full name near the year of somebody named in short, read as they are asked for."""
        keys = people.tenures_near(short, name)
        self._look_up(keys)
        for key in keys:
            for id in self._under((key,)) - without:
                tenure = self._profile(id)
                if isinstance(tenure, TenureProfile):
                    yield tenure

    def _neighbours(self, id: str) -> dict[str, Score]:
        """All that share a key with a profile, with their scores."""
        if id not in self._near:
            profile = self._profile(id)
            found = self._under(sought(profile)) - {id}
            if isinstance(profile, ActProfile):
                found = acts.in_time(profile, found)
            for report in self.rulings.partners.get(profile.own or "", ()):
                partner = self.register.value(ox.NamedNode(report), terms.PROFILE)
                ids = {local_id(partner)} if isinstance(partner, ox.NamedNode) else set()
                ids |= {other for other in self._profiles if self._profiles[other].own == report}
                found |= ids - self._gone
            self._near[id] = {other: self._score(id, other) for other in found}
        return self._near[id]

    def _under(self, keys: Collection[str]) -> set[str]:
        """All that are filed under one of the keys."""
        self._look_up(keys)
        stored = {id for key in keys for id in self._stored[key]}
        return stored - self._gone | {id for key in keys for id in self._filed.get(key, ())}

    def _look_up(self, keys: Iterable[str]) -> None:
        if new := [key for key in keys if key not in self._stored]:
            self._stored |= self.nearby.near(new)

    def _joined(self, id: str) -> set[str]:
        """The neighbours whose cluster or name depends on the profile."""
        own = self._profile(id)
        if isinstance(own, TenureProfile):
            return {other for other in self._under(sought(own)) if self._decides(own, self._profile(other))}
        names = local_names(own)
        return {
            other
            for other, score in self._neighbours(id).items()
            if (score is not None and score >= MERGE) or (names and names & local_names(self._profile(other)))
        }

    def _decides(self, tenure: TenureProfile, profile: Profile) -> bool:
        """Whether a tenure that comes or goes says more of somebody named in short than those that stay."""
        if not isinstance(profile, PersonProfile) or not people.concerns(tenure, profile):
            return False
        return people.adds(profile, tenure, self._evidence(profile, tenure.name, without=self._changing))

    def _closure(self, seeds: Iterable[str]) -> list[str]:
        found, ahead = set(seeds), list(seeds)
        while ahead:
            more = self._joined(ahead.pop()) - found
            found |= more
            ahead += more
        return sorted(id for id in found if not isinstance(self._profile(id), TenureProfile))

    def _settled(self, affected: Sequence[str]) -> tuple[dict[str, Known], dict[frozenset[str], float]]:
        """The node of each affected profile, and the pairs that a curator should look at."""
        homes: dict[str, Known] = {}
        doubts: dict[frozenset[str], float] = {}
        for kind in (PersonProfile, BodyProfile, ActProfile):
            ids = [id for id in affected if isinstance(self._profile(id), kind)]
            comparison = Comparison(ids, self._score, lambda one, other: other in self._neighbours(one))
            clusters = comparison.clusters()
            doubts |= comparison.doubts(clusters)
            homes |= named(
                {cluster: [self._profile(id) for id in sorted(cluster)] for cluster in clusters}, self.register.base
            )
        for id in affected:
            for other, score in self._neighbours(id).items():
                if other not in homes and score is not None and score >= ASK:
                    doubts[frozenset((id, other))] = score
        return homes, doubts

    def _clusters(
        self, articles: Iterable[ox.NamedNode], new: Mapping[ox.NamedNode, str], homes: Mapping[str, Known]
    ) -> dict[ox.NamedNode, Known]:
        told = dict(new)
        for article in articles:
            if article != self.article:
                told |= {report: local_id(profile) for report, profile in self.register.reports(article).items()}
        found = {report: homes.get(id) or self._known(id) for report, id in told.items()}
        return {report: home for report, home in found.items() if home is not None}

    def _quads(
        self,
        old: Mapping[ox.NamedNode, str],
        new: Mapping[ox.NamedNode, str],
        fresh: set[str],
        gone: set[str],
        moved: set[str],
        homes: Mapping[str, Known],
        doubts: Mapping[frozenset[str], float],
    ) -> tuple[frozenset[ox.Quad], frozenset[ox.Quad]]:
        register, graph = self.register, self.register.graph
        stale = {quad for node in (*old, *map(self._node, gone)) for quad in register.quads(node)}
        for id in {*gone, *(homes.keys() - fresh)}:
            for doubt in register.subjects(terms.BETWEEN, self._node(id)):
                stale |= register.quads(doubt)
        wanted = set()
        for report, id in new.items():
            wanted.add(ox.Quad(report, terms.PROFILE, self._node(id), graph))
            wanted.add(ox.Quad(report, terms.REPORTED_IN, self.article, graph))
        for id in moved:
            for known, found in ((self._known(id), stale), (homes[id], wanted)):
                if known is not None:
                    found.add(ox.Quad(self._node(id), terms.IDENTIFIES, known.iri, graph))
                    found.add(ox.Quad(self._node(id), terms.CALLED, ox.Literal(known.label), graph))
        for id in fresh:
            node, profile = self._node(id), self._profile(id)
            wanted.add(ox.Quad(node, terms.SAYS, ox.Literal(written(profile)), graph))
            wanted |= {ox.Quad(node, terms.KEY, ox.Literal(key), graph) for key in keys(profile)}
        for pair, score in doubts.items():
            one, other = sorted(pair)
            doubt = ox.NamedNode(f"{register.base}doubt/{'-'.join(id.partition('.')[0] for id in (one, other))}")
            wanted |= {ox.Quad(doubt, terms.BETWEEN, self._node(id), graph) for id in pair}
            wanted.add(ox.Quad(doubt, terms.LIKELIHOOD, number(score), graph))
        return frozenset(stale - wanted), frozenset(wanted - stale)

    def _known(self, id: str) -> Known | None:
        """The node that a profile has before the change."""
        if id not in self._homes:
            self._homes[id] = self.nearby.known(id)
        return self._homes[id]

    def _node(self, id: str) -> ox.NamedNode:
        return self.register.profile_node(id)
