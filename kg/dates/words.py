"""The words and patterns of `patterns.toml`, compiled, and where they stand in a text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

PLAIN = str.maketrans("’‘`–‑−\u00a0\u202f\n\r\t", "'''---     ")
"""Signs that mean the same as a plainer one; each is a single character, so that offsets stay."""

TABLE: dict[str, Any] = tomllib.loads((files("kg.dates") / "patterns.toml").read_text(encoding="utf-8"))
WORDS: dict[str, Any] = TABLE["words"]

MONTHS = {name: number for number, names in enumerate(WORDS["months"], 1) for name in names.lower().split("|")}
WEEKDAYS = {name: number for number, names in enumerate(WORDS["weekdays"]) for name in names.lower().split("|")}
NUMBERS = {name: number for number, names in enumerate(WORDS["numbers"], 1) for name in names.split("|")}
SEASONS: dict[str, int] = WORDS["seasons"]
COUNTED: list[str] = WORDS["counted"]
ORDINALS: dict[str, int] = WORDS["ordinals"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of expression and the name of the reading that gives its days."""

    expression: re.Pattern[str]
    reading: str


def any_of(words: list[str]) -> str:
    """A group that matches any of the words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def names(lists: list[str], long_only: bool = False) -> str:
    """A group for proper names, as "May" or "MAY" but not "may"; short forms may end in a full stop."""
    long = [name for entry in lists for name in (entry.split("|")[0], entry.split("|")[0].upper())]
    short = [rf"{name}(?![A-Za-z])\.?" for entry in lists for name in entry.split("|")[1:]]
    return f"(?-i:{any_of([rf'{name}(?![A-Za-z])' for name in long] + ([] if long_only else short))})"


def fragments() -> dict[str, str]:
    """Name -> expression, of what patterns refer to in braces."""
    short_days = [rf"{name}\b" for entry in WORDS["weekdays"] for name in entry.split("|")[1:]]
    made = {
        "month": names(WORDS["months"]),
        "month_name": names(WORDS["months"], long_only=True),
        "weekday": names(WORDS["weekdays"], long_only=True),
        "weekday_short": f"(?-i:{any_of(short_days)})",
        "season": rf"{any_of(list(SEASONS))}\b",
        "ordinal": rf"{any_of(list(ORDINALS))}\b",
        "number": rf"{any_of(list(NUMBERS))}\b",
    }
    written: dict[str, str] = TABLE["fragments"]
    return made | written


def expanded(text: str, parts: dict[str, str]) -> str:
    """The pattern with its fragments filled in and its blanks made expressions."""
    text = text.replace("\\\n", "").replace("\n", "")
    while (whole := re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{parts[match[1]]})", text)) != text:
        text = whole
    return text.replace(" ?", r"\s*").replace(" ", r"\s+")


def compiled() -> tuple[tuple[Pattern, ...], re.Pattern[str]]:
    """The patterns, and one that finds the place of any of them: its group `_3` is the fourth pattern."""
    parts = fragments()
    texts = [expanded(entry["text"], parts) for entry in TABLE["pattern"]]
    readings = [entry["reading"] for entry in TABLE["pattern"]]
    patterns = [Pattern(re.compile(text, re.I), reading) for text, reading in zip(texts, readings, strict=True)]
    bare = [re.sub(r"\(\?P<\w+>", "(?:", text) for text in texts]
    every = "|".join(f"(?P<_{number}>{text})" for number, text in enumerate(bare))
    return tuple(patterns), re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.I)


PATTERNS, EVERY = compiled()

HINT = re.compile(
    r"(?:19|20)\d\d|day|week|month|year|decade|night|tomorrow|morning|afternoon|evening|quarter|\bFY"
    rf"|\b{any_of(list(SEASONS))}\b|\b{names(WORDS['months'])}",
    re.I,
)
"""What every time expression has some of: sentences without it need no closer look."""


def scan(text: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
    """Each place at which a pattern fits, from left to right, without overlaps.

    >>> [(pattern.reading, match[0]) for pattern, match in scan("It met on 7 August, a day after a call")]
    [('day_of_month', '7 August'), ('beside', 'a day after')]
    """
    if HINT.search(text) is None:
        return
    for place in EVERY.finditer(text):
        pattern = PATTERNS[int((place.lastgroup or "_0")[1:])]
        match = pattern.expression.match(text, place.start(), place.end())
        if match is not None:
            yield pattern, match
