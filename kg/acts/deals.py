"""What an article has told of a deal before: the sides and the goods that a later clause leaves out.

"Chile bought 28 tanks from Germany. The first are due in May": who delivers what to whom stands in another sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.acts.participants import OPPOSITE, Roles, sides
from kg.entities import Side, side
from kg.goods.items import ItemMention
from kg.goods.kind_words import designer
from kg.goods.numbers import WORDS
from kg.lexicon import words
from kg.model import EventType, Item, Role, State
from kg.scenes import Scene

ELLIPTIC = words("grammar", "elliptic")
"""Words that stand for goods named before: "the first", "the rest", "two more"."""

FURTHER_ON = 150
"""Tokens behind a deal within which words that name no goods can still be about its goods."""


@dataclass(frozen=True, slots=True)
class Deal:
    """Goods that go from one side to another by the clause at the token `position`, which names both."""

    type: EventType
    position: int
    roles: Roles
    goods: tuple[ItemMention, ...]


def antecedent(
    type: EventType, trigger: Token, roles: Roles, goods: Sequence[ItemMention], deals: Sequence[Deal]
) -> Deal | None:
    """The deal of another clause, the last one before `trigger` first, that is about the same goods and in which
    whoever is known has the same role."""
    fitting = [deal for deal in deals if deal.type is type and deal.position != trigger.i and _same_roles(deal, roles)]
    if goods:
        fitting = [deal for deal in fitting if _same_goods(deal.goods, goods)]
    else:
        fitting = [deal for deal in fitting if 0 < trigger.i - deal.position < FURTHER_ON]
    before = [deal for deal in fitting if deal.position < trigger.i]
    return before[-1] if before else next(iter(fitting), None)


def _same_roles(deal: Deal, roles: Roles) -> bool:
    known = [(role, one) for role in OPPOSITE[deal.type] for one in sides(actor for r, actor in roles if r is role)]
    return all(one in sides(actor for r, actor in deal.roles if r is role) for role, one in known)


def _same_goods(some: Sequence[ItemMention], others: Sequence[ItemMention]) -> bool:
    first, second = ({mention.item.equipment.casefold() for mention in goods} for goods in (some, others))
    return any(one in other or other in one for one in first for other in second)


def shared(roles: Roles, deal: Deal) -> Roles:
    """The roles with those of the deal that have nobody."""
    taken = {role for role, _ in roles}
    return roles | {(role, actor): None for role, actor in deal.roles if role not in taken}


def left_out(trigger: Token, heads: Sequence[Token], deal: Deal) -> tuple[ItemMention, ...]:
    """The goods of the deal, where the clause at `trigger` speaks of them without a name: "the other two are due"."""
    number = None
    if trigger.pos_ != "NOUN":
        head = next((head for head in heads if head.lower_ in ELLIPTIC or head.lower_ in WORDS), None)
        if head is None:
            return ()
        number = next((WORDS[one.lower_] for one in (head, *head.children) if one.lower_ in WORDS), None)
    return tuple(replace(mention, item=Item(mention.item.equipment, number)) for mention in deal.goods)


BEHIND = 8
"""Tokens behind the last of several goods within which its provider is named."""


def shares(roles: Roles, goods: Sequence[ItemMention], scene: Scene) -> Iterator[tuple[Roles, Sequence[ItemMention]]]:
    """The roles and goods of each provider, where every one has goods of its own: "28 jets from Sweden and 4 frigates
    from Germany"; else all as they are."""
    givers = sides(actor for role, actor in roles if role is Role.PROVIDER)
    owned = dict(_owned(givers, goods, scene)) if len(givers) > 1 and len(goods) > 1 else {}
    if not owned or len(owned) < len(goods) or set(owned.values()) != givers:
        yield roles, goods
        return
    for giver in dict.fromkeys(owned[mention] for mention in goods):
        own = {
            (role, actor): None for role, actor in roles if role is not Role.PROVIDER or side(actor) in {giver, None}
        }
        yield own, [mention for mention in goods if owned[mention] == giver]


def _owned(givers: set[Side], goods: Sequence[ItemMention], scene: Scene) -> Iterator[tuple[ItemMention, Side]]:
    """Whose each of the goods are: of their designer, or of who is named last before them, or next behind them if the
    first of the givers stands there."""
    first, last = goods[0], goods[-1]
    at = [(i, one) for i, one in scene.cast.sides if one in givers and first.start - BEHIND < i < last.end + BEHIND]
    behind = bool(at) and at[0][0] >= first.end
    for mention in goods:
        near = [one for i, one in at if (i >= mention.end if behind else i < mention.end)]
        maker = State(designer(mention.item.equipment) or "")
        if maker in givers or near:
            yield mention, maker if maker in givers else near[0] if behind else near[-1]
