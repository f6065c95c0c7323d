"""What curators do: say who is one with whom, correct what was read wrongly, add what was missed, undo."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pyoxigraph as ox

from kg import annotations, edtf
from kg.answers.descriptions import Descriptions
from kg.answers.doubts import Doubts
from kg.answers.moves import Moves
from kg.answers.store import Store
from kg.errors import KgError, UnknownEntity, UsageError
from kg.identity.corrections import in_force
from kg.identity.decisions import (
    Addition,
    Apart,
    Changes,
    Content,
    Correction,
    Decision,
    Merge,
    Split,
    Target,
    latest,
)
from kg.identity.profiles import ActProfile
from kg.identity.reading import Reading, changed
from kg.model import Actor, Event, EventType, Organization, Participation, Person, Role, State
from kg.rdf.identities import Identities
from kg.rdf.iris import state_iri
from kg.rdf.references import known_organizations
from ontology import reference, terms

ROLES = {
    EventType.AGREEMENT: {Role.PARTY, Role.SIGNATORY},
    EventType.MEETING: {Role.PARTICIPANT, Role.HOST},
    EventType.VISIT: {Role.VISITOR, Role.HOST},
    EventType.EXERCISE: {Role.PARTICIPANT, Role.HOST},
    EventType.ARMS_TRANSFER: {Role.PROVIDER, Role.RECIPIENT},
    EventType.MILITARY_AID: {Role.PROVIDER, Role.RECIPIENT},
    EventType.TRAINING: {Role.PROVIDER, Role.RECIPIENT},
    EventType.DEPLOYMENT: {Role.SENDER, Role.HOST},
    EventType.INDUSTRIAL_PROJECT: {Role.PARTICIPANT},
}
"""The roles that an event of each type has."""
CODES = frozenset(state.iso2 for state in reference.states())
NEW_ACTOR = re.compile(r"(?P<org>org )?(?P<name>(?!org \()\S.*) \((?P<code>[A-Z]{2})\)")
"""How an actor is written that the store does not know: "Jane Doe (GB)", "org Some Works (GB)"."""


class Curation:
    """The work of curators on an open store. `now` gives the time of decisions, in UTC."""

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.store = store
        self._now = now
        self._read = Descriptions(store)
        self._register = store.register

    def decide(self, id: str, accepted: bool, who: str) -> Decision:
        """Say that the two sides of a doubt are one, or that they are not.

        Raises:
            UnknownEntity: there is no such doubt.
        """
        doubt = Doubts(self.store).doubt(id)
        if accepted:
            return self.merge(doubt.one.id, doubt.other.id, who)
        targets = (self._target(self._read.iri(doubt.one.report)), self._target(self._read.iri(doubt.other.report)))
        return self._made(Apart(targets), who)

    def merge(self, one: str, other: str, who: str) -> Decision:
        """Say that two nodes, by their ids, are one.

        Raises:
            UnknownEntity: a node is unknown.
            UsageError: they are one already, or of different kinds.
        """
        members = [self._members(id) for id in (one, other)]
        kinds = [self._kind(found[0]) for found in members]
        if kinds[0] != kinds[1]:
            raise UsageError(
                f"{one} and {other} are of different kinds ({kinds[0]} and {kinds[1]}); merge like with like"
            )
        if members[0] == members[1]:
            raise UsageError(f"{one} and {other} are one already")
        return self._made(
            Merge(tuple(self._target(report) for found in members for report in self._unlike(found))), who
        )

    def split(self, id: str, articles: Sequence[str], who: str) -> list[Decision]:
        """Give the articles back what they said, as one node of their own; without articles, each article of the node.

        Raises:
            UnknownEntity: there is no such node, or an article has no report of it.
            UsageError: it has but one report.
        """
        targets = [self._target(report) for report in self._members(id)]
        if len(targets) < 2:
            raise UsageError(f"{id} is told by one report only; there is nothing to split")
        if not articles:
            return [self._made(Split((target,)), who) for target in targets[1:]]
        articles = [article.removeprefix("article:") for article in articles]
        missing = set(articles) - {target.article for target in targets}
        if missing:
            raise UnknownEntity(f"article {min(missing)!r} says nothing of {id}; its articles are {_listed(targets)}")
        return [self._made(Split(tuple(target for target in targets if target.article in articles)), who)]

    def undo(self, id: str | None, who: str) -> Decision:
        """Put a decision, by default the latest, out of force; it stays on record.

        Raises:
            UnknownEntity: there is no such decision in force.
        """
        active = self.store.decisions.active
        found = latest(active) if id is None else next((one for one in active if one.id == id), None)
        if found is None:
            what = (
                "no decision is in force"
                if id is None
                else f"no decision {id!r} in force; kg review --decided lists them"
            )
            raise UnknownEntity(what)
        undone = replace(found, undone_by=who, undone_at=self._now())
        self.store.decide(undone)
        return undone

    def correct(self, id: str, changes: Changes, remove: Sequence[tuple[Role, str]], who: str) -> Decision:
        """Say what all reports of an event should have said. `remove` names roles with the ids of their actors.

        Raises:
            UnknownEntity: there is no such event, or no such actor in that role.
            UsageError: nothing changes, or an event of its type has no such role or date.
        """
        targets = tuple(self._target(report) for report in self._members(id))
        if any(target.kind != "act" for target in targets):
            raise UsageError(f"{id} is no event; only events are corrected")
        removed = tuple(part for role, actor in remove for part in self._parts(targets, role, actor, id))
        changes = replace(changes, removed=removed)
        if changes == Changes():
            raise UsageError(f"{id}: nothing to correct; say what should be read instead")
        if changes.when:
            with usage():
                edtf.bounds(changes.when)
        self._check_roles(targets, changes, id)
        return self._made(Correction(targets, changes), who)

    def add(self, article: str, event: annotations.Json, who: str) -> Decision:
        """Add an event, written as in annotation files, that an article tells of and the extractor missed.

        Raises:
            UnknownEntity: the store has no such article.
            UsageError: the event is no annotation, or quotes what the article does not say.
        """
        source = self.store.source(article)
        if source is None:
            raise UnknownEntity(f"no article {article!r} in the store; kg stats --articles lists them")
        extraction = self.store.extraction(source.graph)
        named = {person.name: person for person in extraction.people}
        with usage(), annotations.blamed("the event"):
            found = annotations.read_event(event, extraction.article, named)
        _check(found, "the event")
        evidence = tuple(replace(one, extractor=f"curator {who}") for one in found.evidence)
        return self._made(Addition(article, replace(found, evidence=evidence)), who)

    def actor(self, text: str) -> Actor:
        """The actor of an id such as state:PK; a new person is "Jane Doe (GB)", an organisation "org Some Works (GB)".

        Raises:
            UnknownEntity: there is no such node.
        """
        new = NEW_ACTOR.fullmatch(text)
        if new and new["code"] in CODES:
            return Organization(new["name"], new["code"]) if new["org"] else Person(new["name"], new["code"])
        iri = self._read.iri(text)
        label, kinds = self._read.text(iri, terms.SKOS_PREF_LABEL) or "", self._read.nodes(iri, terms.RDF_TYPE)
        if terms.STATE in kinds:
            return State(self._read.text(iri, terms.ISO2) or "")
        side = self._read.one(iri, terms.HAS_STATE if terms.ORGANIZATION in kinds else terms.REPRESENTS)
        state = self._read.text(side, terms.ISO2) if isinstance(side, ox.NamedNode) else None
        if terms.PERSON in kinds:
            return Person(label, state)
        if terms.ORGANIZATION in kinds:
            key = self._read.id(iri).partition(":")[2]
            return Organization(label, state, key=key if key in known_organizations() else None)
        raise UnknownEntity(f"no actor {text!r} in the store; give an id such as state:PK, or a person as 'Name (GB)'")

    def _made(self, content: Content, who: str) -> Decision:
        decision = Decision.made(content, who, self._now())
        self.store.decide(decision)
        return decision

    def _members(self, id: str) -> list[ox.NamedNode]:
        """The reports of a node, by its id or by a former one."""
        found = self._register.members(Moves(self._read).in_use(id))
        if not found and terms.STATE in self._read.nodes(self._read.iri(id), terms.RDF_TYPE):
            raise UsageError(f"{id} is a state: the reference data say what it is; merge or split what articles report")
        if not found:
            raise UnknownEntity(
                f"no reports of {id!r} in the store; give the id of an event, a person or an organisation"
            )
        return found

    def _unlike(self, reports: Sequence[ox.NamedNode]) -> list[ox.NamedNode]:
        """The reports without those that say of identity what another one says."""
        return list({self._register.value(report, terms.PROFILE): report for report in reversed(reports)}.values())

    def _target(self, report: ox.NamedNode) -> Target:
        """A report as the decision keeps it."""
        article = self._register.value(report, terms.REPORTED_IN)
        profile = self._register.profile(report)
        assert isinstance(article, ox.NamedNode), report
        name = self._read.text(article, terms.DCTERMS_IDENTIFIER) or ""
        if not isinstance(profile, ActProfile):
            return Target(report.value, name, "person" if profile.kind == "person" else "body", profile.name)
        told = self.store.reading(article)
        event = told.told.events[told.iris.events.index(report)]
        first = min(event.evidence, key=lambda one: (one.start, one.end))
        return Target(report.value, name, "act", event.type, first.start, first.end)

    def _parts(self, targets: Sequence[Target], role: Role, actor: str, id: str) -> Iterator[Participation]:
        """The participations in which an actor, by its node, has this role in the reports."""
        node, found = self._read.iri(actor), False
        for target in targets:
            told = self._told(target)
            nodes = Identities(told.told, told.iris, self._register.clusters(told.iris))
            event = self._event(ox.NamedNode(target.report))
            for part in event.participations if event else ():
                if part.role is role and _node(nodes, part.actor) == node:
                    found = True
                    yield part
        if not found and terms.STATE in self._read.nodes(self._read.iri(id), terms.RDF_TYPE):
            raise UsageError(f"{id} is a state: the reference data say what it is; merge or split what articles report")
        if not found:
            raise UnknownEntity(f"{id}: {actor} is no {role} of it; kg show lists its roles")

    def _told(self, target: Target) -> Reading:
        source = self.store.source(target.article)
        assert source is not None, target
        return self.store.reading(source.graph)

    def _check_roles(self, targets: Sequence[Target], changes: Changes, id: str) -> None:
        for target in targets:
            event = self._event(ox.NamedNode(target.report))
            event = changed(event, changes) if event else None
            if event is not None:
                _check(event, id)

    def _event(self, report: ox.NamedNode) -> Event | None:
        """The act of a report as curators want it read so far; `None` where they rejected it."""
        article, node = self._register.value(report, terms.REPORTED_IN), self._register.current(report)
        assert isinstance(article, ox.NamedNode), report
        made = in_force(self.store.decisions, self._register.members(node) if node else ())
        return self.store.reading(article).event(report, made)

    def _kind(self, report: ox.NamedNode) -> str:
        """What a report is of: a person, an organisation, or an act of some type."""
        profile = self._register.profile(report)
        if not isinstance(profile, ActProfile):
            return profile.kind
        event = self._event(report)
        return event.type if event else profile.type


def _check(event: Event, id: str) -> None:
    """Raise `UsageError` where an event has a role that its type has not, or speaks of a state that there is not."""
    wrong = {part.role for part in event.participations} - ROLES[event.type]
    if wrong:
        roles = " and ".join(sorted(ROLES[event.type]))
        raise UsageError(f"{id}: {event.type} has no {min(wrong)}; its roles are {roles}, change these too")
    codes = {part.actor.code if isinstance(part.actor, State) else part.actor.state for part in event.participations}
    unknown = {code for code in codes if code} - CODES
    if unknown:
        raise UsageError(f"{id}: no state {min(unknown)!r}; give the ISO 3166-1 alpha-2 code, such as PK")


@contextmanager
def usage() -> Iterator[None]:
    """Turn an error about a value into one about the call that sent it."""
    try:
        yield
    except KgError as error:
        raise UsageError(str(error)) from error


def _node(nodes: Identities, actor: Actor) -> ox.NamedNode:
    match actor:
        case State(code):
            return state_iri(nodes.reports.base, code)
        case Organization():
            return nodes.organization(actor).iri
        case Person():
            return nodes.person(actor).iri


def _listed(targets: Iterable[Target]) -> str:
    return ", ".join(sorted({target.article for target in targets}))
