"""Readable labels of events, such as "Pakistan-Russia agreement, 7 Aug 2018"."""

from functools import cache

from kg.edtf import readable
from kg.model import Actor, Event, EventType, Organization, Person, Role, State
from ontology import reference

NOUNS = {
    EventType.AGREEMENT: "agreement",
    EventType.MEETING: "meeting",
    EventType.VISIT: "visit",
    EventType.EXERCISE: "exercise",
    EventType.ARMS_TRANSFER: "arms transfer",
    EventType.MILITARY_AID: "military aid",
    EventType.TRAINING: "training",
    EventType.DEPLOYMENT: "deployment",
    EventType.INDUSTRIAL_PROJECT: "industrial project",
}
DIRECTED = (Role.PROVIDER, Role.SENDER, Role.VISITOR, Role.RECIPIENT)
"""Roles whose states come first in a label, in this order; those of all other roles follow by name."""
SHOWN = 4
"""Sides that a label names; the others are counted."""


def event_label(event: Event) -> str:
    """The sides, what they did, its proper name, and when."""
    noun = NOUNS[event.type]
    what = f"{sides(event)} {noun}".strip() if event.participations else noun.capitalize()
    name = f" “{event.name}”" if event.name else ""
    when = f", {readable(event.when)}" if event.when else ""
    return f"{what}{name}{when}"


def sides(event: Event) -> str:
    """The names of the event's states, or of its other actors where it has fewer than two, joined by hyphens."""
    ordered = sorted(event.participations, key=lambda one: (precedence(one.role), actor_name(one.actor)))
    states = dict.fromkeys(actor_name(one.actor) for one in ordered if isinstance(one.actor, State))
    names = list(states)
    if len(names) < 2:
        names += dict.fromkeys(actor_name(one.actor) for one in ordered if isinstance(one.actor, Organization))
    if not names:
        names += dict.fromkeys(actor_name(one.actor) for one in ordered)
    more = len(names) - SHOWN
    return "-".join(names[:SHOWN]) + (f"+{more}" if more > 0 else "")


def precedence(role: Role) -> int:
    """Where the actors of this role stand in a label."""
    return DIRECTED.index(role) if role in DIRECTED else len(DIRECTED)


def actor_name(actor: Actor) -> str:
    """The actor's name; a state's from the reference data, or its code where that has none."""
    match actor:
        case State(code):
            return state_names().get(code, code)
        case Organization() | Person():
            return actor.name


@cache
def state_names() -> dict[str, str]:
    """The states' names by code."""
    return {state.iso2: state.label for state in reference.states()}
