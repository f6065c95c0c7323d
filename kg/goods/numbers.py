"""Numbers as English writes them: figures, words and both with a multiplier."""

import re
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

WORDS = {word: number for number, word in enumerate(_ONES.split())}
WORDS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
"""The value of each word below a hundred."""

MULTIPLIERS = {
    "hundred": 100, "thousand": 1000, "k": 1000, "lakh": 10**5, "million": 10**6, "mn": 10**6, "mln": 10**6, "m": 10**6,
    "crore": 10**7, "billion": 10**9, "bn": 10**9, "bln": 10**9, "b": 10**9, "lakh crore": 10**12, "trillion": 10**12,
    "tn": 10**12, "trn": 10**12,
}  # fmt: skip
"""What stands behind a number and multiplies it; a lakh and a crore are Indian."""

FIGURE = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""A number in digits, also with Indian grouping (7,00,000)."""

_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
SPELT = rf"(?:{_WORD})(?:[- ](?:{_WORD}))?(?: hundred(?: and (?:{_WORD})(?:[- ](?:{_WORD}))?)?)?"
"""A number below a hundred thousand in words."""


def figure(text: str) -> Decimal:
    """The value of a number in digits.

    >>> figure("7,00,000"), figure("2.5")
    (Decimal('700000'), Decimal('2.5'))
    """
    return Decimal(text.replace(",", ""))


def spelt(text: str) -> Decimal:
    """The value of a number in words.

    >>> spelt("twenty-four"), spelt("two hundred and six"), spelt("a")
    (Decimal('24'), Decimal('206'), Decimal('1'))
    """
    total = 0
    for word in re.split(r"[- ]", text.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in {"a", "an"}:
            total = 1
        elif word != "and":
            total += WORDS[word]
    return Decimal(total)


def value(number: str, multiplier: str | None = None) -> Decimal:
    """The value of a number in digits or words, times the multiplier behind it.

    >>> value("1.5", "million"), value("a", "thousand")
    (Decimal('1500000.0'), Decimal('1000'))
    """
    base = figure(number) if number[0].isdigit() else spelt(number)
    return base * MULTIPLIERS[" ".join(multiplier.lower().split())] if multiplier else base
