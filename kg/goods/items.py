"""Equipment and goods in text, each with its number and its worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from kg.goods.designations import Designation, Need, find_designations
from kg.goods.kind_words import ARMS, nouns_of
from kg.goods.kinds import Kind, find_kinds
from kg.goods.money import Money, find_money
from kg.goods.nouns import british, singular
from kg.goods.quantities import quantity_before
from kg.goods.worth import Goods, goods_of, same_sentence
from kg.lexicon import load
from kg.lexicon.tables import table, words
from kg.model import Item

__all__ = ["ItemMention", "find_items", "find_money"]

MONEY = "money"
FUNDS = "funds"
"""The item of a sum that no goods are named for."""


@dataclass(frozen=True, slots=True)
class ItemMention:
    """The tokens `start` to `end` (exclusive) of a noun phrase for goods, its number included.

    `head` is the token by which the phrase hangs in the sentence. `domain` is "arms", "aid", "industrial" (technology
    without a product) or "money" (a sum without goods); `designation` tells a type from a kind.
    """

    start: int
    end: int
    head: int
    item: Item
    domain: str
    designation: bool


@cache
def _accessories() -> frozenset[str]:
    """Kinds that a designation in front describes, and is not: "F-16 spare parts"."""
    return frozenset(singular(british(word)) for word in words(table(load("equipment"), "accessories"), "words"))


def find_items(doc: Doc) -> tuple[ItemMention, ...]:
    """The goods that `doc` names, in order and without overlaps; each part of a coordination is one of its own."""
    sums = find_money(doc)
    in_sums = frozenset(i for money in sums for i in range(money.start, money.end))
    designations = [one for one in find_designations(doc) if in_sums.isdisjoint(range(one.start, one.end))]
    named = frozenset(i for one in designations for i in range(one.start, one.end))
    kinds = find_kinds(doc, named | in_sums)
    mentions = sorted(_mentions(doc, designations, kinds), key=lambda mention: mention.start)
    return tuple(_with_worth(doc, _with_repeats(doc, mentions), sums))


def _mentions(doc: Doc, designations: Sequence[Designation], kinds: Sequence[Kind]) -> Iterator[ItemMention]:
    used: set[int] = set()
    by_start = {kind.start: kind for kind in kinds}
    by_end = {kind.end: kind for kind in kinds}
    for one in designations:
        behind, before = by_start.get(_after(doc, one.end)), by_end.get(one.start)
        mention = _named(doc, one, behind, before)
        if mention is not None:
            used.update(range(mention.start, mention.end))
            yield mention
    for kind in kinds:
        if used.isdisjoint(range(kind.start, kind.end)):
            yield _of_kind(doc, kind)


def _after(doc: Doc, end: int) -> int:
    """The token after a designation and the hyphen or the nationality and quotes behind it."""
    while end < len(doc) and doc[end].text in {"-", "–", "”", '"', "’"}:
        end += 1
    return end


def _named(doc: Doc, one: Designation, behind: Kind | None, before: Kind | None) -> ItemMention | None:
    """The mention of a designation with the kinds beside it, or `None` where it may mean something else."""
    quantity = quantity_before(doc, before.start if before else one.start)
    counted = quantity is not None and doc[one.end - 1].text[-1:] == "s"
    if not _is_supported(one, behind, before, counted or (quantity is not None and one.need is not Need.KIND)):
        return None
    start = quantity.start if quantity else before.start if before else one.start
    end = behind.end if behind else one.end
    accessory = behind is not None and singular(british(doc[behind.end - 1].text)) in _accessories()
    name = _written(doc, one.start, end) if accessory else one.name
    item = Item(name, quantity.number if quantity else None)
    return ItemMention(start, end, _head(doc, one.start, end), item, ARMS, True)


def _is_supported(one: Designation, behind: Kind | None, before: Kind | None, counted: bool) -> bool:
    if one.need is Need.NOTHING:
        return True
    if any(kind is not None and kind.domain == ARMS for kind in (behind, before)):
        return True
    return one.need is Need.KIND_OR_NUMBER and counted


def _of_kind(doc: Doc, kind: Kind) -> ItemMention:
    quantity = quantity_before(doc, kind.start)
    start = quantity.start if quantity else kind.start
    item = Item(_written(doc, kind.start, kind.end), quantity.number if quantity else None)
    return ItemMention(start, kind.end, _head(doc, kind.start, kind.end), item, kind.domain, False)


def _written(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


def _head(doc: Doc, start: int, end: int) -> int:
    """The token by which the phrase hangs in the tree; the last one where there is no tree."""
    return int(doc[start:end].root.i) if doc.has_annotation("DEP") else end - 1


DEFINITE = frozenset({"the", "these", "those", "this", "that"})
MEMORY = 200
"""Tokens for which "the missiles" can stand for missiles named more closely before."""


def _with_repeats(doc: Doc, mentions: Sequence[ItemMention]) -> list[ItemMention]:
    """The mentions, "the missiles" being those that the text has named more closely, and "the system" if any is."""
    closer: dict[str, ItemMention] = {}
    found: list[ItemMention] = []
    for mention in sorted([*mentions, *_bare_systems(doc, mentions)], key=lambda mention: mention.start):
        base = singular(british(doc[mention.end - 1].text))
        known = closer.get(base)
        if not _is_repeat(doc, mention):
            closer |= {
                word: mention
                for word in {base, *nouns_of(mention.item.equipment)}
                if mention.designation or not _is_recent_type(closer.get(word), mention)
            }
        elif known is not None and mention.start - known.end < MEMORY:
            item = replace(mention.item, equipment=known.item.equipment)
            mention = replace(mention, item=item, designation=known.designation)
        elif base == SYSTEM:
            continue
        found.append(mention)
    return found


def _is_recent_type(known: ItemMention | None, mention: ItemMention) -> bool:
    """Whether a designation shortly before, which a mere kind does not push aside, is known."""
    return known is not None and known.designation and mention.start - known.end < MEMORY


SYSTEM = "system"


def _bare_systems(doc: Doc, mentions: Sequence[ItemMention]) -> Iterator[ItemMention]:
    """Each "the system", which is goods only where the text has named some before."""
    used = {i for mention in mentions for i in range(mention.start, mention.end)}
    for token in doc[1:]:
        if token.lower_ in {SYSTEM, "systems"} and token.i not in used and doc[token.i - 1].lower_ in DEFINITE:
            yield ItemMention(token.i, token.i + 1, token.i, Item(token.text), ARMS, False)


def _is_repeat(doc: Doc, mention: ItemMention) -> bool:
    """Whether a mention is a lone noun behind "the" or the like."""
    return (
        not mention.designation
        and " " not in mention.item.equipment
        and mention.end > 1
        and doc[mention.end - 2].lower_ in DEFINITE
    )


def _with_worth(doc: Doc, mentions: Sequence[ItemMention], sums: Sequence[Money]) -> list[ItemMention]:
    """The mentions with the sums that they are worth; a sum for nothing named is a mention of its own."""
    goods = [Goods(mention.start, mention.end) for mention in mentions]
    priced: dict[int, Money] = {}
    loose: list[Money] = []
    for money in sums:
        if money.converted:
            continue
        n = goods_of(doc, money, goods)
        if n is None or n in priced:
            loose.append(money)
        else:
            priced[n] = money
    found = [_priced(mention, priced.get(n)) for n, mention in enumerate(mentions)]
    found += [_money(doc, money, found) for money in loose]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _priced(mention: ItemMention, money: Money | None) -> ItemMention:
    if money is None:
        return mention
    item = replace(mention.item, amount=money.amount, currency=money.currency, value_text=money.text)
    return replace(mention, item=item)


def _money(doc: Doc, money: Money, mentions: Sequence[ItemMention]) -> ItemMention:
    """A sum as an item: of the priced aid that the sentence names before ("after $2 billion last year"), else funds."""
    same = [
        mention
        for mention in mentions
        if mention.end <= money.start
        and mention.domain in {"aid", MONEY}
        and mention.item.value_text
        and same_sentence(doc, mention.end - 1, money.start)
    ]
    item = Item(same[-1].item.equipment if same else FUNDS, None, money.amount, money.currency, money.text)
    return ItemMention(money.start, money.end, _head(doc, money.start, money.end), item, MONEY, False)
