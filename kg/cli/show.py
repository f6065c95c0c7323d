"""`kg show`: what is known of an entity, and what links it to others; or what is known of an event."""

from dataclasses import dataclass
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.views import Disagreement, Entity, Goods, Happening, Relationship, Tenure
from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line, say, table
from kg.index.listing import Start
from kg.serving.reading import readable

Who = Annotated[
    str,
    typer.Argument(
        metavar="ENTITY", help="An id such as state:PK, or a name or code such as Pakistan or PK; or an event's id."
    ),
]
Most = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="How many relationships to show at most.")]
EVENT = "event:"
"""How the ids of events begin."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entity and its relationships."""

    entity: Entity
    relationships: tuple[Relationship, ...]
    more: bool


def show(entity: Who, store: StoreFolder = DEFAULT_STORE, limit: Most = 100, json: Json = False) -> None:
    """Show an entity: its names and posts, and its relationships with dates and the sentences that say so."""
    with readable(store) as opened:
        found = _found(Lookups(opened), entity, limit)
    if json:
        as_json(found)
    elif isinstance(found, Happening):
        describe_event(found)
    else:
        describe(found.entity)
        relationships(found.relationships, found.more)


def _found(lookups: Lookups, entity: str, limit: int) -> Shown | Happening:
    if entity.removeprefix(lookups.store.base).replace("/", ":", 1).startswith(EVENT):
        return lookups.event(entity)
    id = lookups.resolve(entity)
    page = lookups.relationships(id, start=Start(limit=limit))
    return Shown(lookups.entity(id), tuple(link.relationship for link in page.items), page.after is not None)


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


def relationships(found: tuple[Relationship, ...], more: bool) -> None:
    """Print the relationships, the newest first, and below them where sources differ."""
    headings = ("when", "what", "status", "as", "with", "as", "sources", "sentence", "article")
    rows = []
    for link in found:
        sentence = link.event.sentences[0] if link.event.sentences else None
        rows.append(
            (
                link.event.when or "",
                link.event.name or link.event.type.value,
                link.event.status.value.lower(),
                ", ".join(link.roles),
                link.counterpart.label,
                ", ".join(link.counterpart_roles),
                str(link.event.sources),
                sentence.exact if sentence else "",
                sentence.article if sentence else "",
            )
        )
    table(headings, rows)
    for event in {link.event.id: link.event for link in found}.values():
        if event.disagreements:
            line(f"{event.id}: {differences(event)}")
    say(f"the newest {len(rows)} relationships; --limit shows more" if more else f"{len(rows)} relationships")


def describe_event(found: Happening) -> None:
    """Print an event, with the sentences of all articles that tell of it."""
    line(f"{found.label}, {found.type}, {found.id}")
    facts = [
        ("status", f"{found.status.lower()}{f', {found.stage}' if found.stage else ''}"),
        ("when", found.when or ""),
        ("where", found.place.label if found.place else ""),
        ("name", found.name or ""),
        ("who", ", ".join(f"{part.actor.label} ({part.role})" for part in found.parts)),
        ("what", ", ".join(map(goods, found.goods))),
        ("sources", f"{found.sources}, confidence {found.confidence:.2f}"),
        ("sources differ", differences(found)),
    ]
    for name, value in facts:
        if value:
            line(f"{name}: {value}")
    table(("sentence", "article"), dict.fromkeys((one.exact, one.article) for one in found.sentences))


def goods(item: Goods) -> str:
    """An item with its number and value: "4 Mi-35M (USD 153 million)"."""
    number = f"{item.quantity} " if item.quantity is not None else ""
    value = item.value_text or (f"{item.currency or ''} {item.amount:f}".strip() if item.amount is not None else "")
    return f"{number}{item.equipment.label}" + (f" ({value})" if value else "")


def differences(found: Happening) -> str:
    """What sources disagree on: "when 2018-08-07 (article:a, article:b) or 2018-08-08 (article:c)"."""
    return "; ".join(map(difference, found.disagreements))


def difference(found: Disagreement) -> str:
    """One property with its values and who says so."""
    values = (f"{version.value} ({', '.join(version.articles)})" for version in found.versions)
    return f"{found.property}{f' of {found.about.label}' if found.about else ''} {' or '.join(values)}"
