"""What the tellings of an act leave unsaid: its day, place and host, from what the article says around them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.acts.events import Report
from kg.acts.participants import sides
from kg.circumstances.chronicle import is_recalled, lead_day, telling
from kg.circumstances.settings import GOERS, dateline
from kg.edtf import bounds, overlap
from kg.model import Event, EventType, Participation, Person, Place, Role, State, Status
from kg.scenes import Scene
from ontology import reference

DATED = frozenset({EventType.MEETING, EventType.VISIT, EventType.EXERCISE, EventType.AGREEMENT})
"""Acts of a day, which news tells as its own; what lasts or is given is recalled as often."""

SETTLED = DATED | {EventType.ARMS_TRANSFER}
"""Acts that are the news itself where it begins with them, and happened on its day."""

EARLY = 5
"""Sentences, the title among them, in which an article tells its news."""

HOSTED = frozenset({EventType.MEETING, EventType.EXERCISE})


def completed(reports: Sequence[Report], scene: Scene) -> tuple[Report, ...]:
    """The reports with day, place and host where the article settles them."""
    events = [report.event for report in reports]
    events = [_beside(event, events) for event in events]
    lead = lead_day(scene)
    events = [dated(event, lead, scene) for event in events]
    events = [_hosted(_placed(event, lead, scene)) for event in events]
    events = [_planned(event, scene) for event in events]
    return tuple(replace(report, event=event) for event, report in zip(events, reports, strict=True))


def _planned(event: Event, scene: Scene) -> Event:
    """An act of a day after publication as planned, whatever the tense of its telling."""
    published = scene.article.date
    if event.status is Status.ACTUAL and event.when and published and bounds(event.when)[0] > published:
        return replace(event, status=Status.PLANNED)
    return event


def _beside(event: Event, events: Sequence[Event]) -> Event:
    """A meeting with the day and place of the visit in which it happened, and a visit with those of its meeting."""
    wanted = {EventType.MEETING: EventType.VISIT, EventType.VISIT: EventType.MEETING}.get(event.type)
    for other in events:
        if other.type is not wanted or other.status is not event.status or (event.when and event.place):
            continue
        if _sides(event) == _sides(other) and _share_person(event, other):
            when = event.when or other.when
            agree = event.when is None or other.when is None or overlap(event.when, other.when)
            event = replace(event, when=when, place=event.place or (other.place if agree else None))
    return event


def _sides(event: Event) -> set[object]:
    return set(sides(part.actor for part in event.participations))


def _share_person(one: Event, other: Event) -> bool:
    first, second = ({p.actor for p in e.participations if isinstance(p.actor, Person)} for e in (one, other))
    return bool(first & second) or not (first and second)


def dated(event: Event, lead: str | None, scene: Scene) -> Event:
    """An undated act of the news with its day or, where that is not sure, with the month of publication.

    What is told beside other times, planned or merely recalled is left without a date. A proposal has the time at
    which it is made, not the one that it speaks of.
    """
    published = scene.article.date
    if published is None or not scene.sentences:
        return event
    month = published.isoformat()[:7]
    if event.when:
        later = event.status is Status.PROPOSED and bounds(event.when)[0] > published
        return replace(event, when=month) if later else event
    index = telling(scene, event.evidence[0].start)
    if event.status is Status.PLANNED or is_recalled(scene, index):
        return event
    if event.status is Status.ACTUAL and event.type in SETTLED and index < EARLY:
        return replace(event, when=lead or month)
    return replace(event, when=month) if event.status is not Status.ACTUAL or event.type in DATED else event


def _placed(event: Event, lead: str | None, scene: Scene) -> Event:
    """An act of the news in the dateline's country with its city, a deployment with its host's country.

    Whoever goes is where the host is: a place elsewhere belongs to something else that the sentence tells.
    """
    hosts = [part.actor for part in event.participations if part.role is Role.HOST and isinstance(part.actor, State)]
    if event.place is not None and event.type in GOERS and hosts:
        near = {None, *(host.code for host in hosts)}
        event = event if event.place.state in near else replace(event, place=None)
    if event.place is not None:
        return event
    city = dateline(scene.article)
    if event.type is EventType.DEPLOYMENT:
        return replace(event, place=Place(_labels()[hosts[0].code], hosts[0].code)) if hosts else event
    if city and event.type in DATED and event.status is Status.ACTUAL and event.when == lead:
        return replace(event, place=city) if State(city.state or "") in _sides(event) else event
    return event


@cache
def _labels() -> dict[str, str]:
    return {state.iso2: state.label for state in reference.states()}


def _hosted(event: Event) -> Event:
    """A meeting or exercise in the country of one of its sides with that state as host."""
    if event.type not in HOSTED or event.place is None or event.place.state is None:
        return event
    host = State(event.place.state)
    if host not in _sides(event) or any(part.role is Role.HOST for part in event.participations):
        return event
    return replace(event, participations=(*event.participations, Participation(Role.HOST, host)))
