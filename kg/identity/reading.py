"""One article as the store tells it: its reports under ids that last, and what curators made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.identity.decisions import Changes, Decisions, Target
from kg.identity.names import likeness
from kg.identity.profiles import BodyProfile, PersonProfile, Report, reports
from kg.model import Event, Extraction, Person
from kg.rdf.identities import Identities, Known, ReportIris
from kg.rdf.iris import event_iri
from kg.rdf.quads import quads
from kg.rdf.references import actors, organizations_of

SAME_NAME = 0.85
"""The likeness of names from which on a new reading's person is the one that a curator spoke of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article: `read` is what the extractor found, `told` has what curators added too, with the IRIs of reports.

    Reports are of what is told, not of how curators correct it: what other articles say is compared with the article's
    own word. `named` are the reports that curators decided on.
    """

    read: Extraction
    told: Extraction
    iris: ReportIris
    named: frozenset[str]

    @property
    def reports(self) -> list[Report]:
        """The reports for the register; one that a curator decided on has a profile of its own."""
        return [
            replace(report, profile=replace(report.profile, own=report.iri.value))
            if report.iri.value in self.named and isinstance(report.profile, PersonProfile | BodyProfile)
            else report
            for report in reports(self.told, self.iris)
        ]

    def event(self, report: NamedNode, corrections: Sequence[Changes]) -> Event | None:
        """The event of a report as curators want it read; `None` where they rejected it."""
        found: Event | None = self.told.events[self.iris.events.index(report)]
        for changes in corrections:
            found = changed(found, changes) if found else None
        return found

    def quads(
        self,
        clusters: Mapping[NamedNode, Known],
        corrections: Mapping[NamedNode, Sequence[Changes]],
        curated: NamedNode,
    ) -> set[Quad]:
        """The article's graph without what was corrected, and the corrections in the graph `curated`.

        `clusters` and `corrections` are by the IRIs of reports.
        """
        found = len(self.read.events)
        read = replace(self.iris, events=self.iris.events[:found])
        said = set(quads(self.read, self.iris.base, Identities(self.read, read, clusters)))
        if self.read == self.told and not corrections:
            return said
        right, iris = self._corrected(corrections)
        wanted = set(quads(right, self.iris.base, Identities(right, iris, clusters)))
        return (said & wanted) | {Quad(q.subject, q.predicate, q.object, curated) for q in wanted - said}

    def _corrected(self, corrections: Mapping[NamedNode, Sequence[Changes]]) -> tuple[Extraction, ReportIris]:
        events = [(iri, self.event(iri, corrections.get(iri, ()))) for iri in self.iris.events]
        kept = {place: (iri, event) for place, (iri, event) in enumerate(events) if event is not None}
        places = list(kept)
        during = tuple((places.index(a), places.index(b)) for a, b in self.told.during if a in kept and b in kept)
        told = replace(self.told, events=tuple(event for _, event in kept.values()), during=during)
        return told, replace(self.iris, events=tuple(iri for iri, _ in kept.values()))


def reading(extraction: Extraction, base: str, decisions: Decisions) -> Reading:
    """The article under the decisions."""
    article = extraction.article.id
    iris = _lasting(ReportIris.of(base, extraction), extraction, decisions.targets(article))
    added = decisions.additions(article)
    told = replace(extraction, events=(*extraction.events, *(event for _, event in added)))
    names = (*iris.events, *(event_iri(base, event.type, id) for id, event in added))
    return Reading(extraction, told, replace(iris, events=names), decisions.rulings.reports)


def _lasting(iris: ReportIris, extraction: Extraction, targets: Sequence[Target]) -> ReportIris:
    """The IRIs, where a report that a decision speaks of keeps its own although it was read a little otherwise."""
    events, renamed = list(iris.events), {}
    held = {target.report for target in targets}
    natural = _actors(extraction, iris)
    for target in targets:
        if target.kind == "act":
            free = [place for place, iri in enumerate(events) if iri.value not in held]
            place = max(free, key=lambda place: (_shared(extraction.events[place], target), -place), default=None)
            there = target.report in {iri.value for iri in events}
            if not there and place is not None and _shared(extraction.events[place], target):
                events[place] = NamedNode(target.report)
        elif NamedNode(target.report) not in natural:
            free_actors = {one: name for one, name in natural.items() if one.value not in held and one not in renamed}
            kind = "/person/" if target.kind == "person" else "/org/"
            named = [(likeness(name, target.name), one.value) for one, name in free_actors.items() if kind in one.value]
            score, iri = max(named, default=(0.0, ""))
            if score >= SAME_NAME:
                renamed[NamedNode(iri)] = NamedNode(target.report)
    return replace(iris, events=tuple(events), actors=renamed)


def _shared(event: Event, target: Target) -> int:
    """The letters of evidence that an event has in common with what a curator saw, if it is of the same type."""
    if event.type != target.name:
        return 0
    return max((min(one.end, target.end) - max(one.start, target.start) for one in event.evidence), default=0)


def _actors(extraction: Extraction, iris: ReportIris) -> dict[NamedNode, str]:
    """The reports of persons and organisations, with their names."""
    found = {}
    for actor in actors(extraction):
        if isinstance(actor, Person):
            found[iris.person(actor)] = actor.name
        for organization in organizations_of(actor):
            found[iris.organization(organization)] = organization.name
    return found


def changed(event: Event, changes: Changes) -> Event | None:
    """The event with the changes, or `None` where it was rejected."""
    if changes.rejected:
        return None
    parts = [part for part in event.participations if part not in changes.removed]
    return replace(
        event,
        type=changes.type or event.type,
        status=changes.status or event.status,
        when=None if "when" in changes.without else changes.when or event.when,
        place=None if "place" in changes.without else changes.place or event.place,
        name=None if "name" in changes.without else changes.name or event.name,
        participations=tuple(dict.fromkeys((*parts, *changes.added))),
    )
