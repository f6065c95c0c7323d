"""When what was found is what the annotation means: names, dates and items that need not agree to the letter.

The numbers in here are those of the definition of the measure, `score.py` beside the annotation guide; another value
makes another measure.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher

from kg.evaluation.arguments import Argument, Kind

FILLERS = frozenset({"the", "of", "and", "for", "on", "in", "a", "an", "to", "its"})
"""Words of a name that tell nothing."""
ORGANIZATION = 0.8
PLACE = 0.85
NAME = 0.7
POSITION = 0.6
"""The least share of words that two names of such things have in common."""
SPELLING = 0.85
"""The least likeness of two spellings of one word, and below, the length from which on a word has several."""
SHORTEST_SPELLING = 6
CONTAINED = 0.5
"""The least part that a name must be of another which has all its words."""
MORE_WORDS = 4
"""How many words more one of two items may have, as in "Mi-35M" and "Mi-35M attack helicopters"."""
WIDEST = 4
"""The years that a date may span if what lies within it is to count half."""

INITIAL = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b|[\s,]|$)")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Day = tuple[int, int, int]
"""Year, month and day; every month has 31 days here."""


def credit(gold: Argument, found: Argument) -> float:
    """How far what was found meets the annotation: 0, 1, or 0.5 for a date within the other."""
    if (gold.kind, gold.role, gold.number) != (found.kind, found.role, found.number):
        return 0.0
    meant = gold.names[0]
    if gold.kind is Kind.DATE:
        return date_credit(meant, found.names[0])
    like = LIKE[gold.kind]
    return float(any(like(meant, name) for name in found.names))


def plain_words(text: str) -> list[str]:
    """The words in lower case, without accents, and without the points of initials.

    >>> plain_words("U.S. Forces, Côte d'Ivoire")
    ['us', 'forces', 'cote', 'd', 'ivoire']
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.findall("[a-z0-9]+", INITIAL.sub("", "".join(letters).casefold()))


def same_word(first: str, second: str) -> bool:
    """Whether two words are one, or spellings of one.

    >>> same_word("defence", "defense"), same_word("indian", "iranian")
    (True, False)
    """
    if first == second:
        return True
    long = min(len(first), len(second)) >= SHORTEST_SPELLING
    return long and SequenceMatcher(None, first, second).ratio() >= SPELLING


def shared_words(first: list[str], second: list[str]) -> int:
    """How many words of the first name have one of their own in the second."""
    left = list(second)
    for word in first:
        twin = next((place for place, other in enumerate(left) if same_word(word, other)), None)
        if twin is not None:
            del left[twin]
    return len(second) - len(left)


def alike(first: str, second: str, least: float) -> bool:
    """Whether two names have this share of their words in common, or one is at least half of the other.

    >>> alike("Ministry of Defence", "the Defense Ministry", ORGANIZATION)
    True
    """
    one, other = ([word for word in plain_words(name) if word not in FILLERS] for name in (first, second))
    if not one or not other:
        return False
    shared = shared_words(one, other)
    shorter, longer = sorted((len(one), len(other)))
    contained = shared == shorter and shared >= CONTAINED * longer
    return contained or 2 * shared / (shorter + longer) >= least


def same_person(first: str, second: str) -> bool:
    """Whether two names are of one person: one is a part of the other, or surname and first initial agree.

    >>> same_person("Recep Tayyip Erdoğan", "Erdogan"), same_person("R. Erdogan", "Emine Erdoğan")
    (True, False)
    """
    one, other = plain_words(first), plain_words(second)
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=lambda words: len(set(words)))
    if one == other or (len(shorter) > 1 and set(shorter) <= set(longer)):
        return True
    return one[-1] == other[-1] and (min(len(one), len(other)) == 1 or one[0][0] == other[0][0])


def same_item(first: str, second: str) -> bool:
    """Whether two designations or kinds are one, whatever their blanks and hyphens; either may carry words more.

    >>> same_item("Mi-35M", "Mi 35M helicopters"), same_item("F-16", "F-35")
    (True, False)
    """
    one, other = plain_words(first), plain_words(second)
    shorter, longer = sorted(("".join(words).removesuffix("s") for words in (one, other)), key=len)
    if not shorter or abs(len(one) - len(other)) > MORE_WORDS:
        return False
    return shorter == longer or (len(shorter) > 1 and shorter in longer)


def date_credit(first: str, second: str) -> float:
    """1 for the same date, 0.5 where one lies within the other and neither is wide, else 0.

    >>> date_credit("2018-08-07", "2018-08"), date_credit("2018", "2018-01/2018-12"), date_credit("2018", "2019")
    (0.5, 1.0, 0.0)
    """
    if first == second:
        return 1.0
    one, other = days(first), days(second)
    if one is None or other is None:
        return 0.0
    if one == other:
        return 1.0
    wide = any(last[0] - start[0] > WIDEST for start, last in (one, other))
    return 0.5 if not wide and (within(one, other) or within(other, one)) else 0.0


def within(inner: tuple[Day, Day], outer: tuple[Day, Day]) -> bool:
    """Whether the outer span covers the inner one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def days(edtf: str) -> tuple[Day, Day] | None:
    """The first and the last day that the text covers; `None` for what is no plain date or interval of two."""
    start, slash, end = edtf.partition("/")
    first, last = DATE.fullmatch(start), DATE.fullmatch(end if slash else start)
    return (_day(first, (1, 1)), _day(last, (12, 31))) if first and last else None


def _day(match: re.Match[str], missing: tuple[int, int]) -> Day:
    year, month, day = match.groups()
    return int(year), int(month or missing[0]), int(day or missing[1])


LIKE: dict[Kind, Callable[[str, str], bool]] = {
    Kind.ITEM: same_item,
    Kind.NAME: lambda meant, name: alike(meant, name, NAME),
    Kind.ORGANIZATION: lambda meant, name: alike(meant, name, ORGANIZATION),
    Kind.PERSON: same_person,
    Kind.PLACE: lambda meant, name: alike(meant, name, PLACE),
    Kind.QUANTITY: same_item,
    Kind.STATE: str.__eq__,
    Kind.STATUS: str.__eq__,
}
"""What makes two names of a kind of thing one. A date is compared by its days instead."""
