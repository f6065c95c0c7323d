"""From the words of a date that names its day or month to the days that it means."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from dateutil import parser
from dateutil.relativedelta import relativedelta

from kg.dates.contexts import ahead, cycle_of, is_month, is_term, labelled, plain
from kg.dates.periods import Anchor, Cycle, Period, TimeKind, days, month_end, months, one_day
from kg.dates.words import MONTHS, ORDINALS

Reading = Callable[[re.Match[str], Anchor], Period | None]
"""From the match of a pattern to its days, or to `None` where they cannot be told."""

Leaning = Callable[[re.Match[str], date, bool], Period | None]
"""The same, from the day of publication and whether the time is still to come."""

AWAY = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": 0, "the current": 0, "next": 1, "coming": 1}

SUFFIX = "stndrhSTNDRH"
"""The letters behind the digits of "7th"."""

WRONG_WAY = 4
"""How many times farther off a date in the expected direction may lie than one in the other: reports give the year of a
day that is ten months back, and leave it out for one of the next weeks."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> date | None:
    """The day that a text with day, month and year names; `None` where the calendar has no such day."""
    try:
        return parser.parse(text, default=datetime(2000, 1, 1)).date()
    except (parser.ParserError, OverflowError):
        return None


def nearest(choices: list[date], published: date, future: bool, factor: float) -> date | None:
    """The choice that lies nearest to publication, where the wrong direction counts `factor` times as far."""

    def cost(day: date) -> float:
        distance = (day - published).days
        return abs(distance) * (factor if distance and (distance < 0) == future else 1)

    return min(choices, key=cost, default=None)


def day_and_month(match: re.Match[str], anchor: Anchor, day: str) -> date | None:
    """The day "7" or "7th" of the month, in the year that the words or the publication date give."""
    group = match.groupdict()
    written = f"{day.rstrip(SUFFIX)} {match['month']}"
    if group.get("year"):
        return parsed(f"{written} {group['year']}")
    if anchor.published is None:
        return None
    year = anchor.published.year
    if group.get("side"):
        return parsed(f"{written} {year + AWAY[plain(match['side'])]}")
    choices = [found for near in (year - 1, year, year + 1) if (found := parsed(f"{written} {near}"))]
    return nearest(choices, anchor.published, ahead(match, anchor.future), 1 if is_term(match) else WRONG_WAY)


def leaning(reading: Leaning) -> Reading:
    """A reading that gives nothing where the day of publication is not known."""

    def read(match: re.Match[str], anchor: Anchor) -> Period | None:
        return None if anchor.published is None else reading(match, anchor.published, ahead(match, anchor.future))

    return read


def none(match: re.Match[str], anchor: Anchor) -> None:
    """What looks like a time and is none."""


def written_date(match: re.Match[str], anchor: Anchor) -> Period | None:
    """2018-08-07, 2018/08/07."""
    day = parsed(match[0])
    return one_day(day) if day else None


def numeric_date(match: re.Match[str], anchor: Anchor) -> Period | None:
    """13/08/2018, and 07.08.2018 where dots put the day first; none where day and month could change places."""
    one, two = int(match["one"]), int(match["two"])
    dots = match["mark"] == "."
    if not dots and one != two and max(one, two) <= 12:
        return None
    month, day = (one, two) if two > 12 and not dots else (two, one)
    try:
        return one_day(date(int(match["year"]), month, day))
    except ValueError:
        return None


def day_of_month(match: re.Match[str], anchor: Anchor) -> Period | None:
    """7 August 2018, August 7, Friday 7th of August last year."""
    day = day_and_month(match, anchor, match["day"])
    return labelled(match, one_day(day, cycle=cycle_of(match))) if day else None


def days_of_month(match: re.Match[str], anchor: Anchor) -> Period | None:
    """5 to 10 August, March 4-13, between 3 and 7 May 2018, June 26th and 27th; none for "5 and 10 August"."""
    first = day_and_month(match, anchor, match["first"])
    if first is None:
        return None
    last = parsed(f"{match['last'].rstrip(SUFFIX)} {match['month']} {first.year}")
    if last is None or last <= first:
        return None
    apart = match["to"].strip().lower() in ("and", "&") and not plain(match[0]).startswith("between")
    return None if apart and (last - first).days > match[0].count(",") + 1 else days(first, last)


def days_across_months(match: re.Match[str], anchor: Anchor) -> Period | None:
    """30 June to 4 July 2018, December 28 - January 3, 2019: the year is that of the last day."""
    last = parsed(f"{match['last'].rstrip(SUFFIX)} {match['last_month']} {match['year']}")
    first = parsed(f"{match['day'].rstrip(SUFFIX)} {match['month']} {match['year']}")
    if first is None or last is None:
        return None
    return days(first if first <= last else first - relativedelta(years=1), last)


def week_of_month(match: re.Match[str], anchor: Anchor) -> Period | None:
    """The first week of May: its days 1 to 7; the last week: its last seven days."""
    first = day_and_month(match, anchor, "1")
    if first is None:
        return None
    nth = ORDINALS[match["nth"].lower()]
    last = month_end(first).day
    start = last - 6 if nth < 0 else 7 * nth - 6
    return days(first.replace(day=start), first.replace(day=min(start + 6, last)), TimeKind.WEEK)


def month_number(name: str) -> int:
    """1 to 12 for "January", "Aug." or "SEPT"."""
    return MONTHS[name.rstrip(".").lower()]


def month_and_year(match: re.Match[str], anchor: Anchor) -> Period:
    """November 2014, late April 2018."""
    return labelled(match, months(int(match["year"]), month_number(match["month"])))


def months_of_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    """March to May 2018, June-August."""
    first, last = month_number(match["first"]), month_number(match["last"])
    count = (last - first) % 12 + 1
    if match["year"]:
        return months(int(match["year"]) - (first > last), first, count)
    if anchor.published is None:
        return None
    begun = month_by_name(first, anchor.published, ahead(match, anchor.future), False)
    return replace(months(begun.year, first, count), cycle=Cycle.YEAR)


def month_by_name(month: int, published: date, future: bool, term: bool) -> date:
    """The first day of the last such month up to publication, of the next in a plan, of the nearest for a term."""
    this = date(published.year, month, 1)
    if term and not future:
        choices = [this.replace(year=this.year + shift) for shift in (-1, 0, 1)]
        return min(choices, key=lambda day: abs((day - published.replace(day=1)).days))
    if future:
        return this if month >= published.month else this.replace(year=this.year + 1)
    return this if month <= published.month else this.replace(year=this.year - 1)


def bare_month(match: re.Match[str], anchor: Anchor) -> Period | None:
    """In May, a September attack; none where the word may be a name or a verb."""
    if anchor.published is None or not is_month(match):
        return None
    first = month_by_name(month_number(match["month"]), anchor.published, ahead(match, anchor.future), is_term(match))
    return labelled(match, replace(months(first.year, first.month), cycle=Cycle.YEAR))


DATES: dict[str, Reading] = {
    reading.__name__: reading
    for reading in (
        none,
        written_date,
        numeric_date,
        day_of_month,
        days_of_month,
        days_across_months,
        week_of_month,
        month_and_year,
        months_of_year,
        bare_month,
    )
}
"""The readings of this module that `patterns.toml` names."""
