"""What the words around an expression say of it: that it lies ahead, bounds a time, names a thing or counts things."""

import re

from kg.dates.periods import Cycle, Period, label
from kg.dates.words import COUNTED, NUMBERS, any_of

REACH = 40
"""Characters before an expression that are looked at."""

AWAIT = re.compile(
    r"\b(?:scheduled|slated|due|set|planned|expected|billed|likely)(?: to \w+)?"
    r"(?: for| in| on| from| at| by| to)?(?: the)?\s+$",
    re.I,
)
NO_LONGER = re.compile(
    r"\b(?:initially|originally|first|earlier|previously|been|were|was) \w+(?: to \w+)?(?: \w+)?\s+$", re.I
)
"""What turns the words before into a plan that time has overtaken, as far as the clause is not about the future."""
BY = re.compile(r"\bby (?:the )?$")
"""Words before a date that say that it lies ahead of what is told, whatever the tense."""

NOT_THEN = re.compile(r"\b(?:after|before|prior to|pre|post|than|beyond)[ -](?:the )?$", re.I)
DEFINITE = re.compile(r"(?:\b(?:the|its|their|his|her|our|this|that|these|those|of|under|annual)|'s|s')\s+$", re.I)
NOUN_FOLLOWS = re.compile(
    r"\s+(?!(?:and|or|to|by|in|on|at|for|with|when|where|while|after|before|from|but|as|is|was|were|are|has|had|have|will|would"
    r"|that|which|who|until|between|during|under|it|he|she|they|the|a|an|said)\b)[A-Za-z]"
)
PREPARED = re.compile(
    r"\b(?:in|by|since|from|until|till|during|through|throughout|between|for|to|and|or|year|early|late|mid|on|as of)"
    r"(?:\s+|-)$",
    re.I,
)
NAME_BEFORE = re.compile(r"(?:^|\W)[A-Z][\w'.-]*\s+$")
COUNT_FOLLOWS = re.compile(rf"\s+(?:[a-z-]+ )?{any_of(COUNTED)}\b", re.I)
PLURAL_FOLLOWS = re.compile(r"\s+[a-z]{3,}s\b")

SURELY_IN = re.compile(r"\b(?:in|since|until|till|during|throughout|from|between|early|late|mid|by)(?:\s+|-)$", re.I)
MEETING_FOLLOWS = re.compile(r"\s+(?:summit|meeting|visit|talks|deal|agreement)\b")
NAME_FOLLOWS = re.compile(r"\s+[A-Z][a-z]")
VERB_OR_NAME = frozenset({"may", "march"})
FIRST_NAMES = frozenset({"april", "june", "august"})


def before(match: re.Match[str]) -> str:
    """The words right before the expression."""
    return match.string[max(0, match.start() - REACH) : match.start()]


def ahead(match: re.Match[str], future: bool) -> bool:
    """Whether the expression is about what is still to come."""
    context = before(match)
    return future or (AWAIT.search(context) is not None and NO_LONGER.search(context) is None)


def is_term(match: re.Match[str]) -> bool:
    """Whether the expression is a term: "by March"."""
    return BY.search(before(match)) is not None


def is_label(match: re.Match[str]) -> bool:
    """Whether the words tell which thing is meant: "the 2014 accord", "its May 2018 summit"."""
    definite = DEFINITE.search(before(match)) or match[0].lower().startswith("the ")
    return bool(definite) and bool(NOUN_FOLLOWS.match(match.string, match.end()))


def labelled(match: re.Match[str], period: Period) -> Period:
    """The period, as a label where the words only tell which thing is meant."""
    return label(period) if is_label(match) else period


def cycle_of(match: re.Match[str]) -> Cycle | None:
    """The cycle of a date without its year: it could be of another one when it ends a span."""
    return None if match.groupdict().get("year") or match.groupdict().get("side") else Cycle.YEAR


def is_month(match: re.Match[str]) -> bool:
    """Whether the name of a month is used as one here, and not as a verb or a person's name."""
    context, name = before(match), match["month"].lower()
    if match["edge"]:
        return True
    if NOT_THEN.search(context) and not match.string.startswith("'s", match.end()):
        return False
    if name in VERB_OR_NAME:
        return bool(SURELY_IN.search(context)) or bool(MEETING_FOLLOWS.match(match.string, match.end()))
    named = name in FIRST_NAMES and NAME_FOLLOWS.match(match.string, match.end())
    return not named or bool(SURELY_IN.search(context))


def counts_things(match: re.Match[str], year: int) -> bool:
    """Whether a number that could be a year counts things: "2000 soldiers"."""
    context = before(match)
    if COUNT_FOLLOWS.match(match.string, match.end()):
        return True
    plural = PLURAL_FOLLOWS.match(match.string, match.end())
    return bool(plural) and not DEFINITE.search(context) and (not PREPARED.search(context) or year % 100 == 0)


def names_a_thing(match: re.Match[str]) -> bool:
    """Whether a year without a preposition belongs to a name: "the 2014 accord", "Summit 2016"."""
    context = before(match)
    if PREPARED.search(context) or context.endswith("("):
        return False
    named = DEFINITE.search(context) or NAME_BEFORE.search(context)
    return bool(named or NOUN_FOLLOWS.match(match.string, match.end()))


def number(text: str) -> int:
    """A number in digits or words."""
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def plain(text: str) -> str:
    """The text in lower case with single blanks."""
    return " ".join(text.lower().split())
