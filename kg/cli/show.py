"""`kg show`: what is known of an entity, and what links it to others."""

from dataclasses import dataclass
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.opening import existing
from kg.answers.views import Entity, Relationship, Tenure
from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line, say, table

Who = Annotated[
    str, typer.Argument(metavar="ENTITY", help="An id such as state:PK, or a name or code such as Pakistan or PK.")
]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entity and its relationships."""

    entity: Entity
    relationships: tuple[Relationship, ...]


def show(entity: Who, store: StoreFolder = DEFAULT_STORE, json: Json = False) -> None:
    """Show an entity: its names and posts, and its relationships with dates and the sentences that say so."""
    with existing(store) as opened:
        lookups = Lookups(opened)
        id = lookups.resolve(entity)
        shown = Shown(lookups.entity(id), tuple(lookups.relationships(id)))
    if json:
        as_json(shown)
    else:
        describe(shown.entity)
        relationships(shown.relationships)


def describe(entity: Entity) -> None:
    """Print what is known of an entity itself."""
    codes = [code for code in (entity.iso2, entity.iso3) if code]
    line(f"{entity.node.label}, {entity.node.type}, {entity.node.id}" + (f" ({', '.join(codes)})" if codes else ""))
    facts = [
        ("also", entity.aliases),
        ("state", [node.label for node in entity.states]),
        ("acts for", [node.label for node in entity.represents]),
        ("rank", entity.ranks),
        ("post", [tenure(post, entity.node.id) for post in entity.posts]),
    ]
    for name, values in facts:
        if values:
            line(f"{name}: {', '.join(dict.fromkeys(values))}")


def tenure(post: Tenure, own: str) -> str:
    """A post as its holder has it, or its holder as the post has him or her."""
    what = post.post.label if post.person.id == own else post.person.label
    where = post.state.label if post.state else post.organization.label if post.organization else ""
    return f"{'former ' if post.former else ''}{what}" + (f" of {where}" if where and post.person.id == own else "")


def relationships(found: tuple[Relationship, ...]) -> None:
    """Print the relationships, the newest first."""
    headings = ("when", "what", "status", "as", "with", "as", "sentence", "article")
    rows = []
    for link in found:
        sentence = link.event.sentences[0] if link.event.sentences else None
        more = f" (+{len(link.event.sentences) - 1})" if len(link.event.sentences) > 1 else ""
        rows.append(
            (
                link.event.when or "",
                link.event.name or link.event.type.value,
                link.event.status.value.lower(),
                ", ".join(link.roles),
                link.counterpart.label,
                ", ".join(link.counterpart_roles),
                sentence.exact + more if sentence else "",
                sentence.article if sentence else "",
            )
        )
    table(headings, rows)
    say(f"{len(rows)} relationships")
