"""Which acts happened in a meeting or visit that the article tells of."""

from collections.abc import Iterator, Sequence

from kg.acts.participants import sides
from kg.edtf import bounds
from kg.model import Event, EventType, Person

FRAMES = {
    EventType.VISIT: frozenset({EventType.MEETING, EventType.AGREEMENT}),
    EventType.MEETING: frozenset({EventType.AGREEMENT}),
}
"""What can happen in a visit, and what in a meeting."""


def during(events: Sequence[Event]) -> tuple[tuple[int, int], ...]:
    """Pairs of numbers of events: the first happened in the second, the nearest meeting or visit that holds it."""
    return tuple((i, frame) for i, event in enumerate(events) if (frame := _frame(i, event, events)) is not None)


def _frame(number: int, event: Event, events: Sequence[Event]) -> int | None:
    fitting = [i for i, other in enumerate(events) if i != number and _holds(other, event)]
    return min(fitting, key=lambda i: (events[i].type is EventType.VISIT, abs(i - number)), default=None)


def _holds(frame: Event, event: Event) -> bool:
    """Whether the act can have happened in the frame: the same sides, in its days, and a person of both or none."""
    if event.type not in FRAMES.get(frame.type, ()) or frame.status is not event.status:
        return False
    if frame.when is None or event.when is None:
        return False
    (start, end), (first, last) = bounds(frame.when), bounds(event.when)
    if not (start <= first and last <= end):
        return False
    (all_sides, persons), (own_sides, own_persons) = (tuple(_actors(one)) for one in (frame, event))
    return own_sides <= all_sides and (not own_persons or not persons or bool(persons & own_persons))


def _actors(event: Event) -> Iterator[frozenset[object]]:
    """Yield the sides of the event, then its persons."""
    yield frozenset(sides(part.actor for part in event.participations))
    yield frozenset(part.actor for part in event.participations if isinstance(part.actor, Person))
