"""The register of a store: all reports, their profiles, and the node that each profile identifies.

It lies in the graph `identity` of the store. One article's reports are replaced at a time; what comes near them is
found by keys, and only clusters that the change touches are made anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pyoxigraph as ox

from kg.identity import acts, bodies, people
from kg.identity.clusters import ASK, BARRED, MERGE, RULED, Comparison, Score
from kg.identity.names import is_short
from kg.identity.profiles import (
    ActProfile,
    BodyProfile,
    PersonProfile,
    Profile,
    Report,
    TenureProfile,
    digest,
    read,
    written,
)
from kg.identity.rulings import Rulings
from kg.rdf.identities import Known, ReportIris
from kg.rdf.iris import article_iri, graph_iri, local
from kg.rdf.quads import number
from kg.rdf.slugs import slug
from ontology import terms

SUFFIX = 8
"""Digits of a digest that tell nodes of one name apart."""


def keys(profile: Profile) -> frozenset[str]:
    """The keys under which the profile is filed; one that names an IRI holds whatever might go by that IRI."""
    match profile:
        case PersonProfile() if is_short(profile.name):
            return people.keys(profile) | {f"person/{slug(profile.name)}-{_suffix(profile)}"}
        case PersonProfile():
            return people.keys(profile)
        case TenureProfile():
            return people.tenure_keys(profile)
        case BodyProfile():
            return bodies.keys(profile)
        case ActProfile():
            return acts.keys(profile)


def sought(profile: Profile) -> frozenset[str]:
    """The keys under which those are filed that may be the same, or whom a tenure may decide."""
    match profile:
        case TenureProfile():
            return people.shorts_near(profile)
        case ActProfile():
            return acts.sought(profile)
        case PersonProfile():
            return people.sought(profile)
        case BodyProfile():
            return bodies.keys(profile)


@dataclass(frozen=True, slots=True)
class Change:
    """What replacing an article's reports does to the register: its quads, and the articles to be written anew.

    `clusters` leads from each report of these articles to its node.
    """

    gone: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    articles: frozenset[ox.NamedNode]
    clusters: Mapping[ox.NamedNode, Known]


class Register:
    """The register as it is in a store."""

    def __init__(self, inner: ox.Store, base: str) -> None:
        self.inner = inner
        self.base = base
        self.graph = graph_iri(base, "identity")

    def replaced(
        self, article: ox.NamedNode, reports: Sequence[Report], rulings: Rulings, ruled: Iterable[str] = ()
    ) -> Change:
        """What it takes to put these reports in place of the article's present ones. Nothing is written.

        `ruled` are reports of any article on which rulings have changed: their clusters are made anew.
        """
        return _Draft(self, article, reports, rulings).change(ruled)

    def current(self, report: ox.NamedNode) -> ox.NamedNode | None:
        """The node of the cluster that a report, or a node that was one, belongs to."""
        found = self.value(report, terms.PROFILE)
        node = self.value(found, terms.IDENTIFIES) if isinstance(found, ox.NamedNode) else None
        return node if isinstance(node, ox.NamedNode) else None

    def members(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        """The reports of a cluster, sorted."""
        profiles = self.subjects(terms.IDENTIFIES, node)
        return sorted((report for one in profiles for report in self.subjects(terms.PROFILE, one)), key=str)

    def reports(self, article: ox.NamedNode) -> dict[ox.NamedNode, ox.NamedNode]:
        """The reports of an article, each with its profile."""
        return {
            report: profile
            for report in self.subjects(terms.REPORTED_IN, article)
            if isinstance(profile := self.value(report, terms.PROFILE), ox.NamedNode)
        }

    def articles(self, profile: ox.NamedNode) -> set[ox.NamedNode]:
        """The articles with a report of this profile."""
        found = (self.value(report, terms.REPORTED_IN) for report in self.subjects(terms.PROFILE, profile))
        return {article for article in found if isinstance(article, ox.NamedNode)}

    def clusters(self, reports: ReportIris) -> dict[ox.NamedNode, Known]:
        """The nodes of all reports of an article."""
        found = self.reports(article_iri(self.base, reports.article))
        return {report: known for report, profile in found.items() if (known := self.known(profile)) is not None}

    def known(self, profile: ox.NamedNode) -> Known | None:
        """The node that a profile has, or `None` where it is new."""
        node, label = (self.value(profile, term) for term in (terms.IDENTIFIES, terms.CALLED))
        return Known(node, label.value) if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal) else None

    def profile(self, report: ox.NamedNode) -> Profile:
        """What a report says that matters for identity."""
        node = self.value(report, terms.PROFILE)
        said = self.value(node, terms.SAYS) if isinstance(node, ox.NamedNode) else None
        assert isinstance(said, ox.Literal), report
        return read(said.value)

    def all(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        """All that the register states with a property."""
        return self.inner.quads_for_pattern(None, predicate, None, self.graph)

    def values(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        """The nodes that a property leads to in the register."""
        found = self.inner.quads_for_pattern(node, predicate, None, self.graph)
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode)]

    def value(self, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal | None:
        """The value of a property in the register."""
        for quad in self.inner.quads_for_pattern(node, predicate, None, self.graph):
            return quad.object if isinstance(quad.object, ox.NamedNode | ox.Literal) else None
        return None

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> list[ox.NamedNode]:
        """All nodes with this value of a property in the register."""
        found = self.inner.quads_for_pattern(None, predicate, value, self.graph)
        return [quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def quads(self, node: ox.NamedNode) -> set[ox.Quad]:
        """All that the register states of a node."""
        return set(self.inner.quads_for_pattern(node, None, None, self.graph))


MOST_READ = 100_000
_READ: dict[str, Profile] = {}
"""Profiles read lately, of whatever store: an id is a digest of what the profile says."""


@dataclass(slots=True)
class _Draft:
    """The register with one article's reports replaced, before anything is written."""

    register: Register
    article: ox.NamedNode
    new: Sequence[Report]
    rulings: Rulings
    _profiles: dict[str, Profile] = field(default_factory=dict)
    _filed: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _gone: set[str] = field(default_factory=set)
    _near: dict[str, dict[str, Score]] = field(default_factory=dict)
    _scores: dict[frozenset[str], Score] = field(default_factory=dict)
    _evidence: dict[PersonProfile, list[TenureProfile]] = field(default_factory=dict)

    def change(self, ruled: Iterable[str]) -> Change:
        """The change; see `Register.replaced`."""
        old = {report: self._id(profile) for report, profile in self.register.reports(self.article).items()}
        new = {report.iri: self._adopt(report.profile) for report in self.new}
        fresh = {id for id in new.values() if self.register.value(self._node(id), terms.SAYS) is None}
        gone = {id for id in set(old.values()) - set(new.values()) if not self._told_elsewhere(id, old)}
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

    def _mates(self, report: str) -> set[str]:
        """The profiles that have been of one node with a report's."""
        node = self.register.current(ox.NamedNode(report))
        return {self._id(mate) for mate in self.register.subjects(terms.IDENTIFIES, node)} if node else set()

    def _begin(self, fresh: Iterable[str], gone: set[str]) -> None:
        """From here on the old profiles are gone and the fresh ones are there."""
        self._near.clear()
        self._scores.clear()
        self._evidence.clear()
        self._gone = gone
        for id in fresh:
            for key in keys(self._profiles[id]):
                self._filed[key].add(id)

    def _told_elsewhere(self, id: str, old: Mapping[ox.NamedNode, str]) -> bool:
        return any(report not in old for report in self.register.subjects(terms.PROFILE, self._node(id)))

    def _adopt(self, profile: Profile) -> str:
        id = digest(written(profile))
        self._profiles[id] = profile
        return id

    def _profile(self, id: str) -> Profile:
        found = self._profiles.get(id) or _READ.get(id)
        if found is None:
            text = self.register.value(self._node(id), terms.SAYS)
            assert isinstance(text, ox.Literal), id
            found = _READ[id] = read(text.value)
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

    def _tenures(self, one: PersonProfile, other: PersonProfile) -> list[TenureProfile]:
        """What the one with a full name was near the year of the one named in short."""
        short, full = (one, other) if is_short(one.name) else (other, one)
        if not is_short(short.name) or is_short(full.name) or short.state != full.state:
            return []
        if short not in self._evidence:
            found = {id for key in people.tenures_near(short) for id in self._under(key)}
            near = (self._profile(id) for id in sorted(found))
            self._evidence[short] = [tenure for tenure in near if isinstance(tenure, TenureProfile)]
        return [tenure for tenure in self._evidence[short] if tenure.name == full.name]

    def _neighbours(self, id: str) -> dict[str, Score]:
        """All that share a key with a profile, with their scores."""
        if id not in self._near:
            profile = self._profile(id)
            found = {other for key in sought(profile) for other in self._under(key)} - {id}
            for report in self.rulings.partners.get(profile.own or "", ()):
                partner = self.register.value(ox.NamedNode(report), terms.PROFILE)
                ids = {self._id(partner)} if isinstance(partner, ox.NamedNode) else set()
                ids |= {other for other in self._profiles if self._profiles[other].own == report}
                found |= ids - self._gone
            self._near[id] = {other: self._score(id, other) for other in found}
        return self._near[id]

    def _under(self, key: str) -> set[str]:
        stored = self.register.subjects(terms.KEY, ox.Literal(key))
        return ({self._id(node) for node in stored} - self._gone) | self._filed[key]

    def _joined(self, id: str) -> set[str]:
        """The neighbours whose cluster or name depends on the profile."""
        tenure = self._profile(id)
        if isinstance(tenure, TenureProfile):
            near = {other for key in sought(tenure) for other in self._under(key)}
            return {other for other in near if people.concerns(tenure, self._profile(other))}
        own = _names(self._profile(id))
        return {
            other
            for other, score in self._neighbours(id).items()
            if (score is not None and score >= MERGE) or own & _names(self._profile(other))
        }

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
            homes |= _named(
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
                told |= {report: self._id(profile) for report, profile in self.register.reports(article).items()}
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
            doubt = ox.NamedNode(f"{register.base}doubt/{one}-{other}")
            wanted |= {ox.Quad(doubt, terms.BETWEEN, self._node(id), graph) for id in pair}
            wanted.add(ox.Quad(doubt, terms.LIKELIHOOD, number(score), graph))
        return frozenset(stale - wanted), frozenset(wanted - stale)

    def _known(self, id: str) -> Known | None:
        return self.register.known(self._node(id))

    def _node(self, id: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.register.base}profile/{id}")

    def _id(self, node: ox.NamedNode) -> str:
        return node.value.rpartition("/")[2]


def _names(profile: Profile) -> frozenset[str]:
    """The keys of a profile that are the local parts of IRIs; the IRI of an act, or of a short name, is its own."""
    if isinstance(profile, ActProfile):
        return frozenset()
    return frozenset(key for key in keys(profile) if " " not in key)


def _named(clusters: Mapping[frozenset[str], Sequence[Profile]], base: str) -> dict[str, Known]:
    """The node of each id. Clusters that would have one IRI all get their side, or else a digest, behind it.

    A name in short may be anybody's: the digest is always behind it.
    """
    first = {cluster: _plain(profiles) for cluster, profiles in clusters.items()}
    plain = {cluster: iri for cluster, (iri, _) in first.items()}
    sided = {
        cluster: f"{iri}-{_side(clusters[cluster])}" if _shared(iri, plain) else iri for cluster, iri in plain.items()
    }
    full = {
        cluster: f"{iri}-{min(map(_suffix, clusters[cluster]))}"
        if _shared(iri, sided) or _is_short(first[cluster])
        else iri
        for cluster, iri in sided.items()
    }
    return {
        id: Known(ox.NamedNode(f"{base}{iri}"), first[cluster][1]) for cluster, iri in full.items() for id in cluster
    }


def _shared(iri: str, named: Mapping[frozenset[str], str]) -> bool:
    return sum(iri == other for other in named.values()) > 1


def _suffix(profile: Profile) -> str:
    """A digest of what a profile says, whether a curator decided on its report or not."""
    bare = profile if isinstance(profile, ActProfile) else replace(profile, own=None)
    return digest(written(bare))[:SUFFIX]


def _is_short(named: tuple[str, str]) -> bool:
    return named[0].startswith("person/") and is_short(named[1])


def _plain(profiles: Sequence[Profile]) -> tuple[str, str]:
    """The local part of a cluster's IRI and its label."""
    head = profiles[0]
    match head:
        case PersonProfile():
            name = people.best_name(one for one in profiles if isinstance(one, PersonProfile))
            return f"person/{slug(name)}", name
        case BodyProfile():
            own = [one for one in profiles if isinstance(one, BodyProfile)]
            name, state = bodies.best_name(own), next((one.state for one in own if one.state), None)
            return f"org/{local(state, name)}", name
        case TenureProfile():
            raise TypeError("a tenure is no node")
        case ActProfile():
            earliest = acts.earliest(one for one in profiles if isinstance(one, ActProfile))
            return f"event/{earliest.own.rpartition('/')[2]}", earliest.label


def _side(profiles: Sequence[Profile]) -> str:
    sides = {one.state or getattr(one, "body", None) for one in profiles if not isinstance(one, ActProfile)}
    return min((slug(side) for side in sides if side), default="x")
