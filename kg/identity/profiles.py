"""What a report says that matters for who or what it is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pyoxigraph import NamedNode

from kg import edtf
from kg.identity.names import is_short
from kg.model import Actor, Event, EventType, Extraction, Organization, Person, Role, State, Status
from kg.rdf.identities import ReportIris
from kg.rdf.labels import event_label
from kg.rdf.references import actors, known, organizations_of

DIGITS = 16
"""Hexadecimal digits of a profile's digest."""


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person as an article presents one; posts and year are of those who are named in short.

    `own` is the report's IRI where a curator decided on that very report.
    """

    name: str
    state: str | None
    body: str | None
    posts: tuple[str, ...] = ()
    year: int | None = None
    own: str | None = None
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class TenureProfile:
    """What somebody with a full name was in some year: evidence for those who are named in short, and no node."""

    name: str
    state: str | None
    body: str | None
    posts: tuple[str, ...]
    year: int | None
    own: None = None
    kind: Literal["tenure"] = "tenure"


@dataclass(frozen=True, slots=True)
class BodyProfile:
    """An organisation that the reference data lack, with all the names that an article gives it."""

    name: str
    alt: tuple[str, ...]
    state: str | None
    own: str | None = None
    kind: Literal["body"] = "body"


@dataclass(frozen=True, slots=True)
class ActProfile:
    """An event of one article. `own` is its report's IRI: no two reports of acts have one profile.

    `first` and `last` are the days between which it happened; without them `published` is all that dates it.
    """

    own: str
    article: str
    type: EventType
    status: Status
    label: str
    published: date | None
    first: date | None
    last: date | None
    states: tuple[tuple[Role, str], ...]
    persons: tuple[tuple[str, str | None], ...]
    bodies: tuple[str, ...]
    name: str | None
    place: str | None
    items: tuple[tuple[str, int | None], ...]
    kind: Literal["act"] = "act"


Profile = PersonProfile | TenureProfile | BodyProfile | ActProfile
_CODEC: TypeAdapter[Profile] = TypeAdapter(Annotated[Profile, Field(discriminator="kind")])


def written(profile: Profile) -> str:
    """The profile as JSON; equal profiles give the same text."""
    return _CODEC.dump_json(profile).decode()


def read(text: str) -> Profile:
    """The profile that was written so."""
    return _CODEC.validate_json(text)


def digest(text: str) -> str:
    """What tells a profile from all others, from its text."""
    return sha256(text.encode()).hexdigest()[:DIGITS]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's presentation of an actor or act: an id that never changes, and its profile."""

    iri: NamedNode
    profile: Profile


def reports(extraction: Extraction, iris: ReportIris) -> list[Report]:
    """All that the article presents: its persons, the organisations that the reference data lack, its acts."""
    return [*_persons(extraction, iris), *_bodies(extraction, iris), *_acts(extraction, iris)]


def _persons(extraction: Extraction, iris: ReportIris) -> Iterator[Report]:
    told: defaultdict[NamedNode, list[Person]] = defaultdict(list)
    for actor in actors(extraction):
        if isinstance(actor, Person):
            told[iris.person(actor)].append(actor)
    year = extraction.article.date.year if extraction.article.date else None
    for iri, tellings in told.items():
        one = tellings[0]
        posts = {post.name.casefold() for person in tellings for post in person.posts if not post.former}
        body = one.organization.name if one.organization and not one.state else None
        told_as = tuple(sorted(posts))
        if is_short(one.name):
            yield Report(iri, PersonProfile(one.name, one.state, body, told_as, year))
        else:
            yield Report(iri, PersonProfile(one.name, one.state, body))
            yield Report(NamedNode(f"{iri.value}#tenure"), TenureProfile(one.name, one.state, body, told_as, year))


def _bodies(extraction: Extraction, iris: ReportIris) -> Iterator[Report]:
    told: defaultdict[NamedNode, list[Organization]] = defaultdict(list)
    for actor in actors(extraction):
        for organization in organizations_of(actor):
            if known(organization) is None:
                told[iris.organization(organization)].append(organization)
    for iri, tellings in told.items():
        one = tellings[0]
        names = {name for organization in tellings for name in (organization.name, *organization.alt)}
        yield Report(iri, BodyProfile(one.name, tuple(sorted(names - {one.name})), one.state))


def _acts(extraction: Extraction, iris: ReportIris) -> Iterator[Report]:
    for iri, event in zip(iris.events, extraction.events, strict=True):
        yield Report(iri, _act(iri, event, extraction))


def _act(iri: NamedNode, event: Event, extraction: Extraction) -> ActProfile:
    first, last = edtf.bounds(event.when) if event.when else (None, None)
    return ActProfile(
        own=iri.value,
        article=extraction.article.id,
        type=event.type,
        status=event.status,
        label=event_label(event),
        published=extraction.article.date,
        first=first,
        last=last,
        states=tuple(sorted({(part.role, code) for part in event.participations for code in _codes(part.actor)})),
        persons=tuple(
            sorted(
                {
                    (part.actor.name, part.actor.state)
                    for part in event.participations
                    if isinstance(part.actor, Person)
                },
                key=str,
            )
        ),
        bodies=tuple(
            sorted({part.actor.name for part in event.participations if isinstance(part.actor, Organization)})
        ),
        name=event.name,
        place=event.place.name if event.place else None,
        items=tuple(sorted({(item.equipment, item.quantity) for item in event.items}, key=str)),
    )


def _codes(actor: Actor) -> Iterator[str]:
    """The code of the state that an actor is or acts for."""
    code = actor.code if isinstance(actor, State) else actor.state
    if code:
        yield code
