"""Who receives a visit: the host is a state, and its people are no visitors."""

from dataclasses import replace

from kg.acts.events import Report
from kg.acts.participants import sides
from kg.entities import side
from kg.model import EventType, Participation, Person, Role


def without_hosts(report: Report) -> Report:
    """The report of a visit without the persons to whom it goes."""
    event = report.event
    if event.type is not EventType.VISIT:
        return report
    hosts = sides(part.actor for part in event.participations if part.role is Role.HOST)

    def receives(part: Participation) -> bool:
        return isinstance(part.actor, Person) and (part.role is Role.HOST or side(part.actor) in hosts)

    kept = tuple(part for part in event.participations if not receives(part))
    return replace(report, event=replace(event, participations=kept))
