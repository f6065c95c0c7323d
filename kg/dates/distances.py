"""From the words of a distance ("two days ago", "the past three years", "a day earlier") to the days that it means."""

import re
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.dates.contexts import number, plain
from kg.dates.periods import Anchor, Grain, Period, days, month_end, months, one_day, week, years
from kg.dates.readings import SUFFIX, Reading, leaning, month_number, parsed

DAY = timedelta(days=1)

CLAUSE = re.compile(r"\s+(?!(?:and|but|in|at|on|to|with|by|it|he|she|they|when|where)\b)[\w\"“]", re.I)
"""What follows "a day after" when it counts from something that is said next."""


def ago(match: re.Match[str], published: date, future: bool) -> Period | None:
    """Two days ago, three weeks ago (that week), three years ago; beyond twelve years the number is a rough one."""
    count, unit = number(match["count"]), match["unit"].lower()
    return away_by(published, -count, unit) if unit != "year" or count <= 12 else None


def away_by(day: date, count: int, unit: str) -> Period:
    """The day, week, month or year that lies so many of them away."""
    future = count > 0
    if unit == "day":
        return one_day(day + count * DAY, future)
    if unit == "week":
        return week(day + 7 * count * DAY, future)
    if unit == "month":
        return months(day.year, day.month + count, future=future)
    return years(day.year + count, future=future)


def time_ahead(match: re.Match[str], published: date, future: bool) -> Period:
    """In two weeks' time, three days from now."""
    return away_by(published, number(match["count"]), match["unit"].lower())


def last_units(match: re.Match[str], published: date, future: bool) -> Period | None:
    """The past two days (yesterday and today), the past three years from 2018 (2015/2018), the next two months."""
    unit, side = match["unit"].lower(), match["side"].lower()
    named = match.groupdict().get("count")
    count = number(named) if named else 1
    if unit == "day" and not named:
        return None
    if unit == "decade":
        unit, count = "year", 10 * count
    forward = side in ("next", "coming")
    away = count if forward else -count
    if unit in ("day", "week"):
        reach = (count * (7 if unit == "week" else 1) - (not forward)) * DAY
        first, last = (published, published + reach) if forward else (published - reach, published)
        return days(first, last, future=forward)
    far = published + (relativedelta(months=away) if unit == "month" else relativedelta(years=away))
    first, last = sorted((published, far))
    if unit == "month":
        count_of_months = (last.year - first.year) * 12 + last.month - first.month + 1
        return months(first.year, first.month, count_of_months, future=forward)
    return years(first.year, last.year, future=forward)


def beside(match: re.Match[str], anchor: Anchor) -> Period | None:
    """A day earlier, the previous day, two years later, that month: beside the period that was told last.

    "A day after France objected" dates the objection, and only beside a day that the same sentence names.
    """
    told, side, unit = anchor.told, plain(match["side"]), match["unit"].lower()
    count = number(match.groupdict().get("count") or "1")
    if told is None or told.grain is not told.end_grain or not fine_enough(told, unit):
        return None
    back = side in ("earlier", "before", "prior", "previous", "preceding")
    if has_clause(match) and side in ("before", "after"):
        if not anchor.named or unit != "day":
            return None
        back = not back
    if side in ("same", "that") or match[0].lower().endswith("in the day"):
        count = 0
    steps = -count if back else count
    if unit == "day":
        return one_day(told.first + steps * DAY) if told.first == told.last else None
    return replace(away_by(told.first, steps, unit), future=None)


def in_year_told(match: re.Match[str], anchor: Anchor) -> Period | None:
    """April that year, 3 May the same year, June of the following year: in or beside the year that was told last."""
    if anchor.told is None or anchor.told.first.year != anchor.told.last.year:
        return None
    side = plain(match["side"])
    away = 1 if side in ("the following", "the next") else -1 if side in ("the previous", "the preceding") else 0
    year = anchor.told.first.year + away
    month = match["month"] or match["month_first"]
    day = match["day"] or match["day_after"]
    if day is None:
        return months(year, month_number(month))
    named = parsed(f"{day.rstrip(SUFFIX)} {month} {year}")
    return one_day(named) if named else None


def has_clause(match: re.Match[str]) -> bool:
    """Whether words follow that say what "a day after" counts from."""
    return CLAUSE.match(match.string, match.end()) is not None


def fine_enough(told: Period, unit: str) -> bool:
    """Whether the told period lies within one such unit."""
    if told.grain is Grain.YEAR:
        return unit == "year"
    if told.grain is Grain.MONTH:
        return unit in ("month", "year")
    return unit != "month" or told.last <= month_end(told.first)


DISTANCES: dict[str, Reading] = {
    "ago": leaning(ago),
    "time_ahead": leaning(time_ahead),
    "last_units": leaning(last_units),
    "beside": beside,
    "in_year_told": in_year_told,
}
"""The readings of this module that `patterns.toml` names."""
