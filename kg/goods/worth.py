"""Which goods a sum of money is for: "a $7 billion deal for 66 fighter jets", "sonars worth over $3 billion"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.goods.money import Money
from kg.lexicon import load
from kg.lexicon.tables import table, words


@dataclass(frozen=True, slots=True)
class Goods:
    """The tokens `start` to `end` (exclusive) of a noun phrase that a sum can be for."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    joined: re.Pattern[str]
    bargain: re.Pattern[str]
    behind: re.Pattern[str]
    later: re.Pattern[str]
    paid: re.Pattern[str]
    paid_for: re.Pattern[str]


REACH = 14
"""Words between goods and their price in one sentence."""


def _either(listed: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, listed), key=lambda word: (-len(word), word)))


@cache
def _patterns() -> _Patterns:
    lexicon = table(load("money"), "worth")
    about = rf"(?:(?:{_either(words(lexicon, 'about'))}) )*"
    bargain = rf"(?:{_either(words(lexicon, 'bargains'))})"
    aim = rf"(?:{_either(words(lexicon, 'aims'))})"
    converted = r"(?:\([^)]{1,25}\) )?"
    price = rf"(?:{_either(words(lexicon, 'prices'))})"
    paid = r"(?:.* )?(?:pay|pays|paid|paying|spend|spends|spent|spending|invest|invested) "
    few = r"(?:[\w'’.-]+ ){0,3}"
    return _Patterns(
        joined=re.compile(rf"{converted}(?:['’] )?(?:(?:(?:worth )?of|in|worth) )?(?:[\w-]+ ){{0,3}}"),
        bargain=re.compile(rf"{converted}{few}{bargain}s? {few}{aim} (?:[^.;:]{{0,60}} )?"),
        behind=re.compile(rf"(?:(?!{price}\b)[\w'’.,-]+ ){{0,7}}(?:, )?(?:{price}) {about}"),
        paid=re.compile(rf"{paid}{about}"),
        paid_for=re.compile(rf"{converted}(?:for|on|to buy|to acquire) {few}"),
        later=re.compile(
            r"(?:[^;:]{0,80} )?(?:in|under|as part of|through|with|for) (?:a|an|the|its|their) "
            rf"{few}(?:{bargain}s? )?(?:{price} )?{about}"
        ),
    )  # fmt: skip


def _between(doc: Doc, start: int, end: int) -> str:
    """The words between two tokens, blank-separated, with a blank at the end."""
    return " ".join(token.text for token in doc[start:end]).lower() + " " if end > start else ""


def same_sentence(doc: Doc, first: int, last: int) -> bool:
    """Whether no sentence ends between two tokens; stops tell it where the sentences are not marked."""
    marked = doc.has_annotation("SENT_START")
    return not any(
        bool(token.is_sent_start) if marked else token.text in {"!", "?"} or token.text == "." or "\n" in token.text
        for token in doc[first + 1 : last + 1]
    )


def goods_of(doc: Doc, money: Money, goods: Sequence[Goods]) -> int | None:
    """The index of the goods that the sum is the worth of, or `None`."""
    after = next((n for n, one in enumerate(goods) if one.start >= money.end), None)
    before = next((n for n in reversed(range(len(goods))) if goods[n].end <= money.start), None)
    if after is not None and _is_before(doc, money, goods[after]):
        return after
    if before is not None and _is_behind(doc, money, goods[before]):
        return before
    return None


def _is_before(doc: Doc, money: Money, goods: Goods) -> bool:
    """Whether the sum stands in front: "$45 million in aid", "a $7 billion deal for jets"."""
    if goods.start - money.end > REACH or not same_sentence(doc, money.end - 1, goods.start):
        return False
    between, patterns = _between(doc, money.end, goods.start), _patterns()
    near = patterns.joined.fullmatch(between) is not None and not re.search(r"\b(?:and|for|to|from|by)\b", between)
    paid = patterns.paid.fullmatch(_between(doc, max(0, money.start - 8), money.start)) is not None
    return (
        near
        or patterns.bargain.fullmatch(between) is not None
        or (paid and patterns.paid_for.fullmatch(between) is not None)
    )


def _is_behind(doc: Doc, money: Money, goods: Goods) -> bool:
    """Whether the sum stands behind: "shells worth $9 million", "36 jets in a €8 billion deal"."""
    if money.start - goods.end > REACH + 4 or not same_sentence(doc, goods.end - 1, money.start):
        return False
    between, patterns = _between(doc, goods.end, money.start), _patterns()
    return patterns.behind.fullmatch(between) is not None or patterns.later.fullmatch(between) is not None
