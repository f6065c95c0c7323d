"""The options that say which events are meant: those of the REST layer."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from inspect import Signature, signature
from typing import Annotated

import typer

from kg.answers.views import EventFilter
from kg.model import EventType, Role, Status

DAY = ["%Y-%m-%d"]

Types = Annotated[list[EventType] | None, typer.Option("--type", help="Events of one of these classes.")]
Statuses = Annotated[list[Status] | None, typer.Option("--status", help="Events that have one of these.")]
Actors = Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="Actors who all take part.")]
Roles = Annotated[list[Role] | None, typer.Option("--role", help="The first actor, or anybody, has one of these.")]
Countries = Annotated[
    list[str] | None, typer.Option("--country", metavar="CODE", help="Somebody of each takes part, such as PK.")
]
Organizations = Annotated[
    list[str] | None, typer.Option("--organization", metavar="ID", help="Each, or somebody of it, takes part.")
]
InPlace = Annotated[str | None, typer.Option("--place", metavar="ID", help="The place, or the state it lies in.")]
WithItem = Annotated[str | None, typer.Option("--item", metavar="ID", help="The equipment.")]
Since = Annotated[datetime | None, typer.Option("--from", formats=DAY, help="Not over before this day.")]
Until = Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Not begun after this day.")]
Confidence = Annotated[float, typer.Option("--confidence", min=0, max=1, help="At least as sure as this.")]
InArticle = Annotated[str | None, typer.Option("--article", metavar="ID", help="The article that tells of them.")]
ByPublisher = Annotated[str | None, typer.Option("--publisher", help="One of its articles tells of them.")]


def wanted(
    types: Types = None,
    statuses: Statuses = None,
    actors: Actors = None,
    roles: Roles = None,
    countries: Countries = None,
    organizations: Organizations = None,
    place: InPlace = None,
    item: WithItem = None,
    since: Since = None,
    until: Until = None,
    confidence: Confidence = 0.0,
    article: InArticle = None,
    publisher: ByPublisher = None,
) -> EventFilter:
    """The filter that the options make."""
    return EventFilter(
        types=tuple(types or ()),
        statuses=tuple(statuses or ()),
        actors=tuple(actors or ()),
        roles=tuple(roles or ()),
        countries=tuple(countries or ()),
        organizations=tuple(organizations or ()),
        place=place,
        item=item,
        since=since.date() if since else None,
        until=until.date() if until else None,
        confidence=confidence,
        article=article,
        publisher=publisher,
    )


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with all the options above, which it takes together as its parameter `wanted`."""
    own, options = (signature(function).parameters for function in (command, wanted))

    @wraps(command)
    def taking(**given: object) -> None:
        chosen = {name: given.pop(name) for name in options}
        command(**given, wanted=wanted(**chosen))  # type: ignore[arg-type]

    shown = [*(parameter for name, parameter in own.items() if name != "wanted"), *options.values()]
    taking.__signature__ = Signature(shown)  # type: ignore[attr-defined]
    taking.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    return taking
