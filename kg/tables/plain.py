"""The rows of the tables that hold the graph as it is, one for each class of thing."""

from collections.abc import Iterator
from functools import cache

from kg.answers.views import Goods
from kg.rdf.references import known_equipment
from kg.rdf.slugs import slug
from kg.tables.asked import Asked
from kg.tables.schemas import VALUES, Row
from ontology import reference


def articles(asked: Asked) -> Iterator[Row]:
    """All articles."""
    for one in asked.lookups.all_articles():
        yield one.id, one.published, one.publisher, one.headline, one.url, one.events


def actors(asked: Asked) -> Iterator[Row]:
    """All actors of which articles speak."""
    for node in asked.lookups.all_entities(VALUES["actor"]):
        found, side = asked.lookups.entity(node.id), asked.actors.side(node)
        kind = asked.actors.kind(node)
        codes = (side.label, side.iso3, side.cow)
        yield node.id, node.type, node.label, found.aliases, kind, *codes, found.ranks, found.same_as


def tenures(asked: Asked) -> Iterator[Row]:
    """The posts of persons, once for each article that names them."""
    for node in asked.lookups.all_entities(["Person"]):
        for one in dict.fromkeys(asked.lookups.entity(node.id).posts):
            state = (one.state.label, asked.actors.side(one.state).iso3) if one.state else (None, None)
            body = one.organization.label if one.organization else None
            yield node.id, node.label, one.post.id, one.post.label, *state, body, one.former, one.article, one.day


def events(asked: Asked) -> Iterator[Row]:
    """The events."""
    for event in asked.events():
        place = event.place
        site = (place.id, place.label, asked.actors.side(place).iso3) if place else (None, None, None)
        dates = (event.when, event.earliest, event.latest)
        what = (event.id, event.type, event.label, event.status, event.stage)
        yield *what, *dates, *site, event.name, event.during, event.confidence, event.sources


def participations(asked: Asked) -> Iterator[Row]:
    """The actors of the events in their roles."""
    for cast in asked.casts():
        for role, actor in cast.parts:
            who = (actor.node.id, actor.node.label, actor.side.label, actor.side.iso3, actor.sector)
            yield cast.event.id, cast.event.status, role, *who


def items(asked: Asked) -> Iterator[Row]:
    """The goods of the events."""
    for event in asked.events():
        for number, one in enumerate(event.goods, 1):
            what = (one.equipment.id, one.equipment.label, equipment_kind(one))
            yield event.id, event.status, number, *what, one.quantity, one.amount, one.currency, one.value_text


def sentences(asked: Asked) -> Iterator[Row]:
    """The evidence of the events."""
    for event in asked.events():
        for number, one in enumerate(event.sentences, 1):
            span = (one.article, one.start, one.end, one.exact)
            yield event.id, event.status, number, *span, one.extractor, one.confidence


def disagreements(asked: Asked) -> Iterator[Row]:
    """What sources differ on."""
    for event in asked.events():
        found = ((one, version) for one in event.disagreements for version in one.versions)
        for number, (one, version) in enumerate(found, 1):
            about = one.about.label if one.about else None
            yield event.id, event.status, number, one.property, about, version.value, version.articles


def equipment_kind(goods: Goods) -> str | None:
    """The kind of an item, from the reference data: that of a known designation, or the one that it is itself."""
    known = known_equipment(goods.equipment.label)
    return _kinds().get(known.kind if known else slug(goods.equipment.label))


@cache
def _kinds() -> dict[str, str]:
    """The labels of the kinds of equipment, by id and by the slugs of their names."""
    kinds = reference.equipment_kinds()
    named = {slug(name): one.label for one in kinds for name in (*one.alt, one.label)}
    return named | {one.id: one.label for one in kinds}
