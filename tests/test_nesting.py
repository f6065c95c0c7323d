"""What happened in a meeting or visit."""

from dataclasses import replace

from kg.acts.nesting import during
from kg.model import Event, EventType, Evidence, Participation, Person, Role, State, Status

EVIDENCE = (Evidence(0, 1, "x", "test", 0.9),)
MINISTER = Person("Ada Okafor", "NG")


def act(kind: EventType, role: Role, when: str | None, *persons: Person) -> Event:
    """An event of Nigeria and Ghana on that day."""
    actors: tuple[State | Person, ...] = (State("NG"), State("GH"), *persons)
    return Event(kind, EVIDENCE, tuple(Participation(role, actor) for actor in actors), when=when)


VISIT = act(EventType.VISIT, Role.VISITOR, "2019-03-04/2019-03-06", MINISTER)
MEETING = act(EventType.MEETING, Role.PARTICIPANT, "2019-03-05", MINISTER)
PACT = act(EventType.AGREEMENT, Role.PARTY, "2019-03-05")


def test_a_pact_is_signed_in_the_meeting_and_the_meeting_held_on_the_visit() -> None:
    assert during((VISIT, MEETING, PACT)) == ((1, 0), (2, 1))


def test_what_does_not_fit_stands_alone() -> None:
    others = (
        replace(MEETING, when="2019-03-09"),
        replace(MEETING, when=None),
        replace(MEETING, status=Status.PLANNED),
        act(EventType.MEETING, Role.PARTICIPANT, "2019-03-05", Person("Kofi Mensah", "GH")),
        replace(MEETING, participations=(*MEETING.participations, Participation(Role.PARTICIPANT, State("TG")))),
    )
    assert [during((VISIT, other)) for other in others] == [()] * 5
