"""Dates as EDTF text (ISO 8601-2, level 0: days, months, years and intervals of them) and the days that they cover.

A date may end in `?`, `~` or `%` (uncertain, approximate, both), which leaves its bounds as they are.
"""

import re
from calendar import monthrange
from datetime import date

from kg.errors import KgError

SINGLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")


def bounds(text: str) -> tuple[date, date]:
    """The first and the last day that the EDTF text covers, for filters and timelines.

    Raises `KgError` for any other text, and for an interval that ends before it starts.

    >>> bounds("2018-08-07")
    (datetime.date(2018, 8, 7), datetime.date(2018, 8, 7))
    >>> bounds("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    >>> bounds("2015/2018-06")
    (datetime.date(2015, 1, 1), datetime.date(2018, 6, 30))
    """
    start, slash, end = text.partition("/")
    first, last = single_bounds(start, text)
    if slash:
        last = single_bounds(end, text)[1]
    if last < first:
        raise KgError(f'date "{text}": the interval ends before it starts; write the earlier date first')
    return first, last


def overlap(one: str, other: str) -> bool:
    """Whether some day is covered by both EDTF texts.

    >>> overlap("2018-08", "2018-08-07"), overlap("2018-08", "2019")
    (True, False)
    """
    (start, end), (other_start, other_end) = bounds(one), bounds(other)
    return start <= other_end and other_start <= end


def single_bounds(part: str, text: str) -> tuple[date, date]:
    """The first and the last day of one day, month or year; `text` is the whole that an error names."""
    match = SINGLE.fullmatch(part)
    if match is None:
        raise KgError(f'date "{text}": no EDTF date; write 2018-08-07, 2018-08, 2018, or two of them with "/" between')
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise KgError(f'date "{text}": {error}; correct the year, month or day') from error
    last_month = month or 12
    return first, date(first.year, last_month, day or monthrange(first.year, last_month)[1])


def readable(text: str) -> str:
    """The EDTF text for people, as in labels.

    >>> readable("2018-08-07"), readable("2014-11"), readable("2015/2018"), readable("2018-08-05/2018-08-10")
    ('7 Aug 2018', 'Nov 2014', '2015–2018', '5 Aug 2018 – 10 Aug 2018')
    """
    parts = [readable_single(part) for part in text.split("/")]
    return ("–" if all(" " not in part for part in parts) else " – ").join(dict.fromkeys(parts))


def readable_single(part: str) -> str:
    """One day, month or year for people, in English whatever the locale."""
    year, *rest = part.rstrip("?~%").split("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    month = [names[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])
