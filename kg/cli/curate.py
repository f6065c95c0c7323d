"""`kg review`, `kg merge`, `kg split`, `kg correct`, `kg undo`: what curators decide, with who and when."""

import json as formats
import sys
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.answers.curation import Curation
from kg.answers.doubts import Doubt, Doubts
from kg.answers.places import existing
from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line, say, table
from kg.errors import UsageError
from kg.identity.decisions import Changes, Decision, summary
from kg.model import EventType, Participation, Place, Role, Status

Who = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; you, if nobody is named.")]
Node = Annotated[str, typer.Argument(metavar="ID", help="The id of an event, a person or an organisation.")]
NONE = "none"
"""What an option says to leave a value unknown."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, for a list."""

    id: str
    kind: str
    who: str
    at: str
    undone: str | None
    about: str


def review(
    id: Annotated[str | None, typer.Argument(metavar="REVIEW", help="The id of a review to show or decide.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="The two are one.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="The two are not one.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="List the decisions instead.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to list.")] = 20,
    store: StoreFolder = DEFAULT_STORE,
    who: Who = None,
    json: Json = False,
) -> None:
    """List the pairs that may be one actor or one act, the likeliest first; show one, or decide it."""
    if (id is None and (accept or reject)) or (accept and reject):
        raise UsageError("kg review: to decide, give the id of a review and either --accept or --reject")
    with existing(store) as opened:
        if id is not None and not (accept or reject):
            sides(Doubts(opened).doubt(id), json)
        elif id is not None:
            told(Curation(opened).decide(id, accept, curator(who)))
        elif decided:
            decisions(opened.decisions.all[-limit:], json)
        else:
            doubts(Doubts(opened).open(), limit, json)


def merge(one: Node, other: Node, store: StoreFolder = DEFAULT_STORE, who: Who = None) -> None:
    """Say that two nodes are one actor or one act."""
    with existing(store) as opened:
        told(Curation(opened).merge(one, other, curator(who)))


def split(
    node: Node,
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Articles that speak of another; all, if none is given."),
    ] = None,
    store: StoreFolder = DEFAULT_STORE,
    who: Who = None,
) -> None:
    """Take a node apart: what these articles say becomes a node of its own."""
    with existing(store) as opened:
        for decision in Curation(opened).split(node, articles or (), curator(who)):
            told(decision)


def undo(
    decision: Annotated[
        str | None, typer.Argument(metavar="DECISION", help="The id of a decision; the latest, if none is given.")
    ] = None,
    store: StoreFolder = DEFAULT_STORE,
    who: Who = None,
) -> None:
    """Put a decision out of force. It stays on record."""
    with existing(store) as opened:
        undone = Curation(opened).undo(decision, curator(who))
        line(f"undone {undone.id}: {undone.content.kind} by {undone.who}, {undone.at:%Y-%m-%d %H:%M}")


def correct(
    node: Annotated[str, typer.Argument(metavar="ID", help="The id of an event; with --event, of an article.")],
    reject: Annotated[bool, typer.Option("--reject", help="There was no such act.")] = False,
    type: Annotated[EventType | None, typer.Option("--type", help="Its class.")] = None,
    status: Annotated[Status | None, typer.Option("--status", help="Its status.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="EDTF", help="When it was, or none.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where it was, or none.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Its proper name, or none.")] = None,
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="ROLE=ACTOR", help="A role it has: party=state:FR.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="ROLE=ACTOR", help="A role it does not have.")
    ] = None,
    event: Annotated[
        Path | None, typer.Option("--event", metavar="FILE", help="An event that was missed, as annotations have it.")
    ] = None,
    store: StoreFolder = DEFAULT_STORE,
    who: Who = None,
) -> None:
    """Correct what was read wrongly. The correction stands beside the articles' statements and wins in every answer."""
    with existing(store) as opened:
        curation = Curation(opened)
        if event is not None:
            told(curation.add(node.removeprefix("article:"), read(event), curator(who)))
            return
        changes = Changes(
            rejected=reject,
            type=type,
            status=status,
            when=stated(date),
            place=Place(where) if (where := stated(place)) else None,
            name=stated(name),
            without=unknown(when=date, place=place, name=name),
            added=tuple(Participation(role, curation.actor(actor)) for role, actor in map(role_of, add or ())),
        )
        told(curation.correct(node, changes, [role_of(text) for text in remove or ()], curator(who)))


def curator(name: str | None) -> str:
    """Who decides: the name given, or the user of the system.

    Raises:
        UsageError: the system does not know who that is.
    """
    try:
        return name or getuser()
    except (KeyError, OSError) as error:
        raise UsageError(f"--by: who decides? The system has no name for this user ({error}); give one") from None


def stated(value: str | None) -> str | None:
    """The value, unless it is said to be unknown."""
    return None if value == NONE else value


def unknown(**values: str | None) -> tuple[Literal["when", "place", "name"], ...]:
    """The properties that are said to be unknown."""
    kinds: tuple[Literal["when", "place", "name"], ...] = ("when", "place", "name")
    return tuple(kind for kind in kinds if values[kind] == NONE)


def role_of(text: str) -> tuple[Role, str]:
    """The role and the actor of "party=state:FR".

    Raises:
        UsageError: it is not of that form, or there is no such role.
    """
    role, sign, actor = text.partition("=")
    if not sign or role not in set(Role) or not actor:
        raise UsageError(f"{text}: write ROLE=ACTOR, such as party=state:FR; roles are {', '.join(Role)}")
    return Role(role), actor


def read(path: Path) -> dict[str, object]:
    """The event in a JSON file, or on standard input for "-".

    Raises:
        UsageError: it cannot be read, or is no JSON object.
    """
    try:
        found = formats.loads(sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path}: cannot be read as JSON ({error}); give one event as annotation files have it"
        ) from None
    if not isinstance(found, dict):
        raise UsageError(f"{path}: no JSON object; give one event as annotation files have it")
    return found


def told(decision: Decision) -> None:
    """Say what was decided, and how it is undone."""
    line(f"decided {decision.id}: {decision.content.kind}, by {decision.who}; kg undo {decision.id} takes it back")


def doubts(found: list[Doubt], limit: int, json: bool) -> None:
    """Print the open reviews."""
    if json:
        as_json(found[:limit])
        return
    headings = ("review", "likely", "one", "as told", "other", "as told")
    table(
        headings,
        [
            (one.id, f"{one.likelihood:.2f}", one.one.id, one.one.detail, one.other.id, one.other.detail)
            for one in found[:limit]
        ],
    )
    say(f"{len(found)} reviews; kg review ID --accept says that the two are one, --reject that they are not")


def sides(doubt: Doubt, json: bool) -> None:
    """Print both sides of a review, with the sentences of events."""
    if json:
        as_json(doubt)
        return
    line(f"{doubt.id}, {doubt.likelihood:.2f} likely")
    for side in (doubt.one, doubt.other):
        line(f"{side.id}: {side.detail}; {', '.join(side.articles)}")
        if side.sentence:
            line(f"  “{side.sentence}”")
    say(f"kg review {doubt.id} --accept says that the two are one, --reject that they are not")


def decisions(found: tuple[Decision, ...], json: bool) -> None:
    """Print the decisions, the latest first."""
    rows = [
        Decided(
            one.id,
            one.content.kind,
            one.who,
            f"{one.at:%Y-%m-%d %H:%M}",
            f"{one.undone_by}, {one.undone_at:%Y-%m-%d %H:%M}" if one.undone_at else None,
            summary(one.content),
        )
        for one in reversed(found)
    ]
    if json:
        as_json(rows)
        return
    headings = ("decision", "what", "who", "when (UTC)", "undone", "about")
    table(headings, [(r.id, r.kind, r.who, r.at, r.undone or "", r.about) for r in rows])
    say(f"{len(rows)} decisions")
