"""Events taken apart into arguments: what an event says, in pieces that can be compared and counted one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluation.aliases import Aliases
from kg.model import Actor, Event, Item, Organization, Person, Role, State, Status


class Kind(StrEnum):
    """What an argument is about."""

    DATE = "date"
    ITEM = "item"
    NAME = "name"
    ORGANIZATION = "org"
    PERSON = "person"
    PLACE = "place"
    QUANTITY = "quantity"
    STATE = "state"
    STATUS = "status"


ACTORS = frozenset({Kind.ORGANIZATION, Kind.PERSON, Kind.STATE})
"""The kinds of argument that fill a role with an actor."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One piece of an event, with all names of what it speaks of, the preferred one first.

    A state's name is its code, a date's is EDTF text. `role` is that of an actor, `number` that of a quantity, whose
    names are its item's.
    """

    kind: Kind
    names: tuple[str, ...]
    role: Role | None = None
    number: int | None = None

    def __str__(self) -> str:
        """The argument for people, such as "party PK", "quantity 4 Mi-35M" or "date 2018-08-07"."""
        number = None if self.number is None else str(self.number)
        return " ".join(filter(None, (self.role or self.kind, number, self.names[0])))


@dataclass(frozen=True, slots=True)
class Claim:
    """An event and its arguments, each once, in the order of the event's fields."""

    event: Event
    arguments: tuple[Argument, ...]

    @property
    def size(self) -> int:
        """What the event counts for: one for itself, by its type, and one for each argument."""
        return 1 + len(self.arguments)

    @property
    def actors(self) -> int:
        """How many of the arguments are actors."""
        return sum(argument.kind in ACTORS for argument in self.arguments)


def claim(event: Event, aliases: Aliases) -> Claim:
    """The event with its arguments; `aliases` are the names that its article has for things."""
    return Claim(event, tuple(dict.fromkeys(_arguments(event, aliases))))


def _arguments(event: Event, aliases: Aliases) -> Iterator[Argument]:
    for one in event.participations:
        yield actor_argument(one.role, one.actor, aliases)
    for item in event.items:
        yield from _item(item, aliases)
    if event.when:
        yield Argument(Kind.DATE, (event.when,))
    if event.place:
        yield Argument(Kind.PLACE, aliases.of_place(event.place))
    if event.name:
        yield Argument(Kind.NAME, (event.name,))
    if event.status is not Status.ACTUAL:
        yield Argument(Kind.STATUS, (event.status.lower(),))


def actor_argument(role: Role, actor: Actor, aliases: Aliases) -> Argument:
    """An actor in a role as an argument."""
    match actor:
        case State(code):
            return Argument(Kind.STATE, (code.upper(),), role)
        case Organization():
            return Argument(Kind.ORGANIZATION, aliases.of_organization(actor), role)
        case Person():
            return Argument(Kind.PERSON, aliases.of_person(actor), role)


def _item(item: Item, aliases: Aliases) -> Iterator[Argument]:
    names = aliases.of_equipment(item.equipment)
    yield Argument(Kind.ITEM, names)
    if item.quantity is not None:
        yield Argument(Kind.QUANTITY, names, number=item.quantity)
