"""Extractions that are wrong in known ways, the same ones every time: what a measure must tell from the right ones."""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import (
    Actor,
    Event,
    EventType,
    Extraction,
    Item,
    Organization,
    Participation,
    Person,
    Place,
    Post,
    Role,
    State,
    Status,
)

TYPES = tuple(EventType)
STATUSES = tuple(Status)
STRANGER = Person("Ione Unheard", "NZ", posts=(Post("Minister of Tides", "NZ"),))


def perturbed(extraction: Extraction, start: int) -> Extraction:
    """The extraction with events dropped, doubled and changed, and persons likewise; `start` shifts which."""
    told = [(start + count, event) for count, event in enumerate(extraction.events)]
    events = tuple(changed for number, event in told for changed in _events(event, number))
    named = [(start + count, person) for count, person in enumerate(extraction.people)]
    people = tuple(_person(person) for number, person in named if number % 4)
    strangers = (STRANGER,) if start % 3 == 0 else ()
    return replace(extraction, events=events, people=(*people, *strangers))


def _events(event: Event, number: int) -> Iterator[Event]:
    if number % 7 == 6:
        return
    if number % 5 == 4:
        yield replace(_event(event, number), type=TYPES[(TYPES.index(event.type) + 1) % len(TYPES)])
        return
    changed = _event(event, number)
    yield changed
    if number % 8 == 3:
        yield replace(changed, when="2001", name=None, participations=changed.participations[:2], confidence=0.25)


def _event(event: Event, number: int) -> Event:
    fillers = [one for count, one in enumerate(event.participations) if number % 2 or count != number % 3]
    strangers = (Participation(Role.PARTICIPANT, State("NZ")),) if number % 4 == 2 else ()
    return replace(
        event,
        participations=(*(replace(one, actor=_actor(one.actor, number)) for one in fillers), *strangers),
        when=_when(event.when, number),
        status=STATUSES[number % 4] if number % 3 == 1 else event.status,
        place=_place(event.place, number),
        name=f"the {event.name} (second part)" if event.name and number % 2 else event.name,
        items=tuple(_item(item, number) for item in event.items),
        confidence=number % 10 / 10,
    )


def _actor(actor: Actor, number: int) -> Actor:
    match actor:
        case State():
            return actor
        case Organization():
            named = {0: "Joint Office for Tides", 1: actor.name.upper()}.get(number % 4, actor.name)
            return replace(actor, name=named, alt=(actor.name,) if number % 8 == 0 else ())
        case Person():
            return _person(actor)


def _person(person: Person) -> Person:
    """The person, changed alike in the list and in events: the state of one who acts for two would be anybody's."""
    number, surname, posts = len(person.name), person.name.split()[-1], person.posts
    if number % 3 == 2:
        posts = tuple(replace(post, name="Keeper of Tides", former=True) for post in posts)
    if number % 5 == 1:
        posts = (*posts, Post("Spokesman"))
    return replace(
        person,
        name=surname if number % 2 else person.name,
        alt=(person.name, f"Mr {surname}") if number % 4 == 3 else (),
        state={4: None, 5: "NZ"}.get(number % 6, person.state),
        posts=posts,
    )


def _when(when: str | None, number: int) -> str | None:
    if when is None:
        return "2014/2015" if number % 5 == 0 else None
    return {0: when[:4], 1: when[:7], 2: None}.get(number % 5, when)


def _place(place: Place | None, number: int) -> Place | None:
    if place is None:
        return Place("Tideswell") if number % 5 == 0 else None
    return {0: Place(f"{place.name} Air Base"), 1: None}.get(number % 4, place)


def _item(item: Item, number: int) -> Item:
    name = {0: f"{item.equipment} systems", 1: "tides"}.get(number % 4, item.equipment)
    return replace(item, equipment=name, quantity=None if number % 3 else item.quantity or number)
