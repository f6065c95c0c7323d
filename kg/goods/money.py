"""Sums of money in text, with their ISO 4217 currency where it is certain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from spacy.tokens import Doc

from kg.goods.numbers import FIGURE, MULTIPLIERS, SPELT, value
from kg.lexicon import load
from kg.lexicon.tables import strings, table


@dataclass(frozen=True, slots=True)
class Money:
    """The tokens `start` to `end` (exclusive) name a sum.

    `text` is normalised ("USD 1.5 billion"), as the annotation guide writes values; `amount` is `None` for a range and
    for "billions of dollars". `converted`: the sum repeats, in brackets, the one before it in another currency.
    """

    start: int
    end: int
    text: str
    amount: Decimal | None = None
    currency: str | None = None
    converted: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    symbols: dict[str, str]
    words: dict[str, str]
    shared: dict[str, dict[str, str]]


@cache
def _words() -> _Words:
    lexicon = load("money")
    shared = table(lexicon, "shared")
    return _Words(
        strings(lexicon, "symbols"), strings(lexicon, "words"), {family: strings(shared, family) for family in shared}
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Sums with a symbol in front, sums with a word behind, and vague sums."""
    words = _words()
    owners = {name for family in words.shared.values() for name in family}
    times = rf"(?:\s?-?\s?(?P<times>lakh crore|{_either(MULTIPLIERS)})(?![A-Za-z]))?"
    number = rf"(?P<number>{FIGURE})(?:\s?(?:-|–|to)\s?(?P<upper>{FIGURE}))?"
    owner = rf"(?:(?P<owner>{_either(owners)})\s)?"
    currency = rf"(?P<word>{_either(words.words)})(?![A-Za-z])"
    before = rf"(?<![A-Za-z0-9$])(?P<symbol>{_either(words.symbols)})\s?{number}{times}"
    behind = (
        rf"(?<![\w.,$€£])(?:{number}|(?P<spelt>(?i:{SPELT}|a|half a)))"
        rf"(?:[\s-](?P<times>(?i:lakh crore|{_either(MULTIPLIERS)})))?"
        rf"(?P<gap>[\s-]){owner}{currency}(?P<of>\s(?:of|bombs?)\b)?"
    )
    vague = rf"(?i:(?:(?:tens|hundreds) of )?(?:millions|billions|trillions|thousands)) (?:of )?{owner}{currency}"
    return re.compile(before), re.compile(behind), re.compile(rf"(?<!\w){vague}")


def find_money(doc: Doc) -> tuple[Money, ...]:
    """The sums of money in `doc`, in order and without overlaps."""
    before, behind, vague = _patterns()
    text = doc.text
    matches = [match for pattern in (before, behind, vague) for match in pattern.finditer(text)]
    found: list[Money] = []
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or (found and span.start < found[-1].end):
            continue
        sum_ = _read(match, text)
        if sum_ is not None:
            converted = bool(found) and _is_converted(doc, found[-1].end, span.start)
            found.append(Money(span.start, span.end, *sum_, converted))
    return tuple(found)


def _is_converted(doc: Doc, end: int, start: int) -> bool:
    """Whether only an opening bracket, "or", "about" and the like lie between two sums."""
    between = [token.lower_ for token in doc[end:start]]
    openers = {"(", "[", "or", "/"}
    return bool(between) and between[0] in openers and len(between) <= 4


def _read(match: re.Match[str], text: str) -> tuple[str, Decimal | None, str | None] | None:
    """Text, amount and currency of a match, or `None` where it is no money ("a won")."""
    parts = match.groupdict()
    name = parts.get("symbol") or parts["word"]
    currency = _currency(name, parts, text)
    if "number" not in parts:
        return " ".join(match.group().split()), None, currency
    spelt, times, upper = parts.get("spelt"), parts["times"], parts["upper"]
    if not times and "gap" in parts and _is_other(parts):
        return None
    number = spelt or parts["number"]
    half = bool(spelt) and number.lower() == "half a"
    amount = value("a", times) / 2 if half else value(number, times)
    if upper:
        return f"{currency or ''} {number}-{upper} {_long(times)}".strip(), None, currency
    readable = f"{currency} {_readable(amount)}" if currency else f"{_readable(amount)} {name}"
    return readable, _exact(amount), currency


_OTHER_WORDS = frozenset({"won", "pound", "pounds", "rand", "lei", "dong", "real"})


def _is_other(parts: dict[str, str | None]) -> bool:
    """Whether a number and a word behind it are no money: "a dollar", "two won prizes", "500-pound bombs"."""
    spelt, word = parts["spelt"], parts["word"]
    return bool(
        (spelt or "").lower() in {"a", "half a"}
        or parts["gap"] == "-"
        or (word in _OTHER_WORDS and (spelt or parts["of"] or value(parts["number"] or "0") < 1000))
    )


def _exact(amount: Decimal) -> Decimal:
    """The amount without an exponent or needless decimals."""
    return amount.quantize(Decimal(1)) if amount % 1 == 0 else amount.normalize()


_LONG = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def _long(times: str | None) -> str:
    if times is None:
        return ""
    return next((word for size, word in _LONG if MULTIPLIERS[times.lower()] == size), times)


def _readable(amount: Decimal) -> str:
    """The amount with "million" or more, as far as that is exact to three decimals; otherwise with commas."""
    for size, word in _LONG:
        scaled = amount / size
        if scaled >= 1 and scaled == round(scaled, 3):
            return f"{scaled.normalize():f} {word}"
    return f"{amount.normalize():,f}"


_SHARED = {"dollar": "dollar", "dollars": "dollar", "pound": "pound", "pounds": "pound", "riyal": "riyal", "won": "won"}


def _currency(name: str, parts: dict[str, str | None], text: str) -> str | None:
    """The ISO code of a symbol or word; the state named with it, or in the article, tells one rupee from another."""
    words = _words()
    code = words.symbols.get(name) or words.words.get(name) or ""
    family = code if code in words.shared else _SHARED.get(name.removesuffix("s"), "")
    owner = parts.get("owner")
    if owner and family:
        return words.shared[family].get(owner)
    if code not in words.shared:
        return code
    return _of_article(words.shared[code], code, parts.get("times"), text)


def _of_article(owners: dict[str, str], family: str, times: str | None, text: str) -> str | None:
    """The currency of the only state of this family that the article names; crores are Indian where it names more."""
    named = {code for owner, code in owners.items() if re.search(rf"\b{re.escape(owner)}\b", text)}
    indian = family == "rupee" and (times or "").lower() in {"crore", "lakh", "lakh crore"}
    if len(named) == 1:
        return named.pop()
    return "INR" if indian else None
