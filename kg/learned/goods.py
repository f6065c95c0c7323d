"""Which of the goods that a sentence names an act is about, and what speaks for each of them."""

from collections.abc import Iterator

from kg.clauses import preposition
from kg.goods.items import ItemMention
from kg.learned.linear import Features
from kg.learned.roles import Asked, bucket
from kg.model import EventType
from kg.paths import path

OF_GOODS = frozenset({EventType.ARMS_TRANSFER, EventType.MILITARY_AID, EventType.INDUSTRIAL_PROJECT})
"""The classes of act that are about goods."""


def candidates(asked: Asked) -> list[tuple[ItemMention, Features]]:
    """The goods of the trigger's sentence, each with what speaks for it."""
    sentence = asked.sentence
    goods = [one for one in asked.page.scene.items if sentence.start <= one.head < sentence.end]
    return [(one, _features(asked, one, len(goods))) for one in goods]


def _features(asked: Asked, one: ItemMention, number: int) -> Features:
    names = [*_look(one), f"goods {min(number, 4)}", *_tree(asked, one)]
    hand = _hand(asked, one)
    lexical = f"{asked.type} {asked.trigger.lemma_.lower()} {hand}"
    return dict.fromkeys((*names, *(f"{asked.type} {name}" for name in names), lexical), 1.0)


def _look(one: ItemMention) -> Iterator[str]:
    yield "any"
    yield f"domain {one.domain}"
    yield f"designation {one.designation}"
    yield f"quantity {one.item.quantity is not None}"
    yield f"lower case {one.item.equipment.islower()}"


def _hand(asked: Asked, one: ItemMention) -> str:
    return "left" if one.head < asked.trigger.i else "right"


def _tree(asked: Asked, one: ItemMention) -> Iterator[str]:
    head, hand = asked.page.scene.doc[one.head], _hand(asked, one)
    yield f"{hand} by {bucket(abs(one.head - asked.trigger.i))}"
    yield f"{hand} {one.domain}"
    yield f"case {preposition(head)} {hand}"
    yield f"relation {head.dep_}"
    yield f"above {head.head.lemma_.lower()}"
    if one.start <= asked.trigger.i < one.end:
        yield "the trigger itself"
    way = path(asked.trigger, head)
    if way is not None:
        up, down = ([label.partition(":")[0] for label in labels] for labels in way)
        yield f"up {' '.join(up)} down {' '.join(down)}"
        yield f"steps {min(7, len(up) + len(down))}"
        yield f"up {min(4, len(up))}"
