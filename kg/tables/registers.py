"""The rows of the registers: arms transfers, agreements, and what states do with each other by year."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.answers.views import Goods, Happening
from kg.model import EventType, Role, Stage, Status
from kg.tables.actors import Side
from kg.tables.asked import Asked, articles
from kg.tables.plain import equipment_kind
from kg.tables.schemas import Row

SIGNING = (Role.PARTY, Role.SIGNATORY)
"""The roles of those between whom an agreement is."""


@dataclass(frozen=True, slots=True)
class _Deal:
    """What an event, kept without its sentences, says of an item between a supplier and a recipient.

    `sole`: it has no other of either.
    """

    event: Happening
    articles: tuple[str, ...]
    goods: Goods | None
    sole: bool
    companies: tuple[str, ...]

    def comment(self) -> str:
        """What is told, in short: "ordered 250, $4.75 billion, 2022-04-05"."""
        goods, stage = self.goods, self.event.stage or "transfer"
        number = f"{stage} {goods.quantity}" if goods and goods.quantity is not None else stage
        shared = "" if self.sole else "together with others"
        status = "" if self.event.status is Status.ACTUAL else self.event.status.lower()
        return ", ".join(part for part in (number, shared, status, _worth(goods), self.event.when) if part)


_Key = tuple[Side | None, Side | None, str, Status]


def transfers(asked: Asked) -> Iterator[Row]:
    """The deals of the ArmsTransfer events, which are held in memory, by supplier, recipient, item and status."""
    deals: defaultdict[_Key, list[_Deal]] = defaultdict(list)
    for cast in asked.casts(EventType.ARMS_TRANSFER):
        suppliers, recipients = cast.sides({Role.PROVIDER}), cast.sides({Role.RECIPIENT})
        sole = len(suppliers) < 2 and len(recipients) < 2
        event, told = replace(cast.event, sentences=(), parts=(), disagreements=()), articles(cast.event)
        for supplier in suppliers or [None]:
            named = suppliers[supplier] if supplier else []
            companies = tuple(
                one.node.label for one in named if one.node.type == "Organization" and one.node.id != one.side.id
            )
            for recipient in recipients or [None]:
                for goods in event.goods or (None,):
                    key = supplier, recipient, goods.equipment.id if goods else "", event.status
                    deals[key].append(_Deal(event, told, goods, sole, companies))
    for key in sorted(deals, key=_transfer_id):
        yield _transfer(key, sorted(deals[key], key=lambda deal: (deal.event.when or "", deal.event.id)))


def _transfer(key: _Key, deals: Sequence[_Deal]) -> Row:
    supplier, recipient, _, status = key
    goods = deals[0].goods
    return (
        _transfer_id(key),
        *_side(supplier),
        *_side(recipient),
        _number(deals, Stage.ORDERED),
        goods.equipment.label if goods else None,
        equipment_kind(goods) if goods else None,
        _years(deals, Stage.ORDERED),
        _years(deals, Stage.DELIVERED),
        _number(deals, Stage.DELIVERED),
        status,
        tuple(stage for stage in Stage if any(deal.event.stage is stage for deal in deals)),
        tuple(dict.fromkeys(deal.comment() for deal in deals)),
        tuple(dict.fromkeys(company for deal in deals for company in deal.companies)),
        max(deal.event.confidence for deal in deals),
        tuple(dict.fromkeys(deal.event.id for deal in deals)),
        tuple(dict.fromkeys(article for deal in deals for article in deal.articles)),
    )


def _transfer_id(key: _Key) -> str:
    supplier, recipient, item, status = key
    names = (side.iso3 or side.id if side else "unknown" for side in (supplier, recipient))
    return f"{'>'.join(names)} {item or 'unknown'} {status}"


def _side(side: Side | None) -> tuple[str | None, str | None, int | None]:
    return (side.label, side.iso3, side.cow) if side else (None, None, None)


def _number(deals: Sequence[_Deal], stage: Stage) -> int | None:
    """How many, where one event of this stage alone is told: numbers of several may be parts or the same."""
    found = [deal for deal in deals if deal.event.stage is stage]
    [only] = found if len(found) == 1 and found[0].sole else [None]
    return only.goods.quantity if only and only.goods else None


def _years(deals: Sequence[_Deal], stage: Stage) -> tuple[str, ...]:
    found = (years(deal.event) for deal in deals if deal.event.stage is stage)
    return tuple(dict.fromkeys(span for span in found if span))


def years(event: Happening) -> str | None:
    """The year of an event, or the first and the last that its date covers: "2014-2018".

    What is cancelled has none: its date is that of the cancellation.
    """
    if not event.earliest or not event.latest or event.status is Status.CANCELLED:
        return None
    first, last = event.earliest.year, event.latest.year
    return str(first) if first == last else f"{first}-{last}"


def _worth(goods: Goods | None) -> str | None:
    if goods is None or goods.value_text is not None or goods.amount is None:
        return goods.value_text if goods else None
    return f"{goods.currency or ''} {goods.amount:f}".strip()


def agreements(asked: Asked) -> Iterator[Row]:
    """The Agreement events."""
    for cast in asked.casts(EventType.AGREEMENT):
        event, sides = cast.event, tuple(cast.sides(SIGNING))
        dates = (event.when, event.earliest, event.latest)
        told = (_year(event, stage) for stage in (Stage.SIGNED, Stage.RATIFIED, Stage.EXTENDED, Stage.ENDED))
        yield (
            event.id,
            event.name,
            event.label,
            tuple(side.label for side in sides),
            tuple(side.iso3 for side in sides if side.iso3),
            tuple(str(side.cow) for side in sides if side.cow),
            len(cast.coded(SIGNING)) == 2,
            event.status,
            event.stage,
            *dates,
            *told,
            None,
            (),
            tuple(actor.node.label for actor in cast.members({Role.SIGNATORY}) if actor.node.id != actor.side.id),
            event.place.label if event.place else None,
            event.confidence,
            articles(event),
        )


def _year(event: Happening, stage: Stage) -> int | None:
    """The year of an event of this stage whose date lies in one."""
    span = years(event)
    return int(span) if span and span.isdecimal() and event.stage is stage else None


_Year = tuple[Side, Side, int, Status]


def dyad_years(asked: Asked) -> Iterator[Row]:
    """The events of two states in a year, in numbers, which are held in memory."""
    counts: defaultdict[_Year, Counter[EventType]] = defaultdict(Counter)
    for cast in asked.casts():
        if cast.event.earliest is None:
            continue
        pairs = (sorted(pair, key=_code) for pair in cast.pairs())
        for one, other in dict.fromkeys((one, other) for one, other in pairs if one.iso3 and other.iso3):
            counts[one, other, cast.event.earliest.year, cast.event.status][cast.event.type] += 1
    for key in sorted(counts, key=lambda key: (_code(key[0]), _code(key[1]), *key[2:])):
        one, other, year, status = key
        found = counts[key]
        numbers = (found[type] for type in EventType)
        yield one.iso3, other.iso3, one.cow, other.cow, year, status, found.total(), *numbers


def _code(side: Side) -> str:
    return side.iso3 or ""
