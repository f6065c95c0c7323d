"""How many of something a text counts: the number in front of a noun phrase."""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.goods.numbers import FIGURE, MULTIPLIERS, SPELT, value
from kg.lexicon import load
from kg.lexicon.tables import table, words

WINDOW = 14
"""Tokens in front of a noun phrase that its number can stand in."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number and the token that it starts with."""

    start: int
    number: int


@cache
def _pattern() -> re.Pattern[str]:
    generic = "|".join(re.escape(word) for word in sorted(words(table(load("kinds"), "generic"), "words")))
    times = "|".join(sorted((re.escape(word) for word in MULTIPLIERS if len(word) > 2), key=len, reverse=True))
    dozen = r"(?P<dozen>(?i:half[ -]a[ -]dozen|(?:(?P<dozens>[a-z]+|\d+) )dozen|a couple(?: of)?|a pair of))"
    number = rf"(?P<number>{FIGURE}|(?i:{SPELT}))(?: (?P<times>{times}))?"
    plain = rf"(?:{number}|(?P<a>[aA] (?:hundred|thousand|million|billion)))"
    made = (
        r"(?:[\w.]+[ ]?-[ ]?)+(?:made|style|era|standard|class|type|[a-z]+ed|built|old|year|met(?:re|er)|foot|tonn?e?)"
    )
    filler = rf"(?:{made}|(?i:{generic})|[A-Z][\w.’'é-]*(?: 's)?|,)"
    pieces = r"(?:(?:rounds|units|pieces|sets|doses|pairs|examples|copies|items) of )?"
    whole = r"(?:of (?:the|its|their|these|those) )?"
    fillers = rf"(?:{filler} ){{0,5}}{pieces}(?:{filler} ){{0,3}}"
    return re.compile(rf"(?:^|(?<=\s))(?:{dozen}|{plain})(?: x)? {whole}{fillers}$")


_NOT_BEFORE = re.compile(
    r"(?:[$€£₹#/:.]|\bRs\.?|\b(?:Type|No|Nos|number|Article|Chapter|Resolution|Block|Mark|Mk|Class|Project|Phase|Section|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\.?)\s?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?i:in|since|by|of|for|from|until|till|during|before|after|early|late|mid|the|and|to)|[-,]|^) ?$"
)


def quantity_before(doc: Doc, start: int) -> Quantity | None:
    """The number that counts the noun phrase starting at token `start`, adjectives in between passed over."""
    first = max(0, start - WINDOW)
    window = doc[first:start]
    text, starts = "", []
    for token in window:
        starts.append(len(text))
        text += token.text + (" " if token.whitespace_ else "")
    match = _pattern().search(text)
    if match is None:
        return None
    before = text[: match.start()]
    number = _number(match)
    if match["number"] in {"one", "One"} and "of" in match.group().split():
        return None
    if number is None or _NOT_BEFORE.search(before) or _is_year(match, before):
        return None
    at = max(n for n, offset in enumerate(starts) if offset <= match.start())
    return Quantity(first + at, number)


def _is_year(match: re.Match[str], before: str) -> bool:
    figure = match["number"]
    return bool(figure and not match["times"] and _YEAR.match(figure) and _BEFORE_YEAR.search(before))


def _number(match: re.Match[str]) -> int | None:
    if match["dozen"]:
        return _dozens(match["dozen"].lower(), match["dozens"])
    if match["a"]:
        return MULTIPLIERS[match["a"].split()[1]]
    number = value(match["number"], match["times"])
    return int(number) if number % 1 == 0 and number > 0 else None


def _dozens(phrase: str, count: str | None) -> int | None:
    if phrase.startswith("half"):
        return 6
    if count is None:
        return 2
    if count.lower() in {"a", "one"}:
        return 12
    try:
        return int(value(count) * 12)
    except KeyError:
        return None
