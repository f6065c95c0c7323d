"""The publication date of an article, as the many ways of writing a date have it."""

import re
from datetime import date, datetime

import dateparser

SETTINGS = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "DATE_ORDER": "DMY",
}

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
"""A pattern for the name of a month, long or short."""

_SLASHED = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


def _iso(text: str) -> date | None:
    """Return the day of an ISO 8601 date or time, in the time zone in which it is written."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _two_ways(text: str) -> bool:
    """Return whether day and month could change places, as in 03/04/2018."""
    found = _SLASHED.match(text)
    return found is not None and found[1] != found[3] and int(found[1]) <= 12 and int(found[3]) <= 12


def day(text: str) -> date | None:
    """Return the day that the text names, or `None` where it names no day, month and year, or could be read two ways.

    A wrong date would spoil every "on Tuesday" of the article, so nothing is guessed or taken from the clock.

    >>> day("8 August 2018") == day("2018-08-08T23:30:00-04:00") == day("Wed, 08 Aug 2018 10:00:00 GMT")
    True
    >>> day("August 2018")
    """
    iso = _iso(text.strip())
    if iso or _two_ways(text):
        return iso
    found = dateparser.parse(text, languages=["en"], settings=SETTINGS)
    return found.date() if found else None
