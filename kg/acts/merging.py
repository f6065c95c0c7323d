"""One act, one event: what an article tells of the same act in several places becomes one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.acts.events import Report
from kg.acts.participants import OPPOSITE, sides
from kg.edtf import bounds, overlap
from kg.entities import Side, side
from kg.model import Actor, Event, EventType, Item, Person, Role, Stage, Status


def merge(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports with those of one act made one, in the order of their first telling."""
    merged: list[Report] = []
    for report in reports:
        for i, other in enumerate(merged):
            if same_act(other.event, report.event):
                merged[i] = together(other, report)
                break
        else:
            if not report.beside:
                merged.append(report)
    return tuple(merged)


def together(one: Report, other: Report) -> Report:
    """Two tellings of one act as one; the first that says what became of it decides its status."""
    event = union(one.event, other.event)
    status = other.event.status if other.stated and not one.stated else one.event.status
    return Report(replace(event, status=status), one.signals | other.signals, one.trigger, one.stated or other.stated)


def same_act(one: Event, other: Event) -> bool:
    """Whether two reports of one article can be of one act."""
    if one.type is not other.type or (one.when and other.when and not overlap(one.when, other.when)):
        return False
    if {one.status, other.status} & {Status.CANCELLED} and one.status is not other.status:
        return False
    if one.name and other.name and not _names_agree(one.name, other.name):
        return False
    if not _nested(*(sides(part.actor for part in event.participations) for event in (one, other))):
        return False
    if not all(_nested(_sides_in(one, role), _sides_in(other, role)) for role in OPPOSITE.get(one.type, ())):
        return False
    if one.type in {EventType.ARMS_TRANSFER, EventType.MILITARY_AID} and not _items_agree(one.items, other.items):
        return False
    if one.status is not other.status and {one.stage, other.stage} == {Stage.ORDERED, Stage.DELIVERED}:
        return False  # an order, and the delivery that is to follow
    return one.type not in {EventType.MEETING, EventType.VISIT} or _persons_agree(one, other)


def _sides_in(event: Event, role: Role) -> set[Side]:
    return sides(part.actor for part in event.participations if part.role is role)


def _nested(one: set[Side], other: set[Side]) -> bool:
    """Whether one set holds the other, as an empty one is held by any."""
    return one <= other or other <= one


def _names_agree(one: str, other: str) -> bool:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return bool(first & second)


def _items_agree(one: Iterable[Item], other: Iterable[Item]) -> bool:
    first, second = {item.equipment.casefold() for item in one}, {item.equipment.casefold() for item in other}
    return not first or not second or any(a in b or b in a for a in first for b in second)


def _persons_agree(one: Event, other: Event) -> bool:
    """Whether no side is said to be represented by different persons."""
    first, second = _persons(one), _persons(other)
    return all(first[state] & second[state] for state in first.keys() & second.keys())


def _persons(event: Event) -> dict[str | None, set[Person]]:
    """The persons who take part, by the state that they act for."""
    found: dict[str | None, set[Person]] = {}
    for part in event.participations:
        if isinstance(part.actor, Person):
            found.setdefault(part.actor.state, set()).add(part.actor)
    return found


def union(one: Event, other: Event) -> Event:
    """One event with what both tell; the first one's place and name win, and the more precise date.

    Nobody gets another role than the first telling says, nor the opposite of the role of his side.
    """
    opposite = one.type in OPPOSITE
    known = {_who(part.actor, opposite): part.role for part in one.participations}
    more = tuple(
        part for part in other.participations if known.setdefault(_who(part.actor, opposite), part.role) == part.role
    )
    items = (*one.items, *(item for item in other.items if not _items_agree([item], one.items)))
    return replace(
        one,
        evidence=(*one.evidence, *other.evidence),
        participations=tuple(dict.fromkeys((*one.participations, *more))),
        when=_more_precise(one.when, other.when),
        place=one.place or other.place,
        name=one.name or other.name,
        items=items,
        stage=one.stage or other.stage,
        confidence=1 - (1 - one.confidence) * (1 - other.confidence),
    )


def _who(actor: Actor, opposite: bool) -> Actor:
    """The actor, or the side that he or it is on where an act has two opposite ones."""
    return (opposite and side(actor)) or actor


def _more_precise(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return one or other
    (start, end), (other_start, other_end) = bounds(one), bounds(other)
    return other if other_end - other_start < end - start else one
