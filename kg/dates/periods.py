"""Stretches of days as the text gives them, and what a time expression is."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from kg.edtf import bounds


class TimeKind(StrEnum):
    """How exact an expression is, in the order of preference: of two that could date one act the earlier kind does."""

    DAY = "day"  # "on Tuesday", "7 August 2018"
    DAYS = "days"  # "from 5 to 10 August"
    WEEK = "week"  # "last week", "over the weekend"
    MONTH = "month"  # "in November 2014"
    SEASON = "season"  # several months: "the first half of 2019", "last summer"
    YEAR = "year"  # "in 2014"
    YEARS = "years"  # "between 2010 and 2014", "over the past three years"
    OPEN = "open"  # one end is not stated: "since 2014", "until May 11"
    LABEL = "label"  # tells which one is meant, not when the sentence's act happened: "the 2014 accord"


class Grain(StrEnum):
    """How much of a date is written: `day` 2018-08-07, `month` 2018-08, `year` 2018."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


GRAINS = (Grain.YEAR, Grain.MONTH, Grain.DAY)
"""The grain of a date with no, one or two hyphens."""

KINDS = {Grain.YEAR: TimeKind.YEAR, Grain.MONTH: TimeKind.MONTH, Grain.DAY: TimeKind.DAY}
SPAN_KINDS = {Grain.YEAR: TimeKind.YEARS, Grain.MONTH: TimeKind.SEASON, Grain.DAY: TimeKind.DAYS}


class Cycle(StrEnum):
    """After what time an expression means another day: "Friday" after a week, "7 August" after a year."""

    WEEK = "week"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, each written as finely as its grain says."""

    first: date
    last: date
    grain: Grain
    end_grain: Grain
    kind: TimeKind
    future: bool | None = None
    cycle: Cycle | None = None

    def edtf(self) -> str:
        """The period as EDTF text, an interval only where the two ends differ."""
        first, last = written(self.first, self.grain), written(self.last, self.end_grain)
        return first if first == last else f"{first}/{last}"


def of_edtf(text: str) -> Period:
    """The period of an EDTF date, as finely as it is written.

    Raises `KgError` for any other text.
    """
    first, last = bounds(text)
    start, _, end = text.partition("/")
    grain, end_grain = (GRAINS[part.count("-")] for part in (start, end or start))
    return Period(first, last, grain, end_grain, (SPAN_KINDS if end else KINDS)[grain])


def written(day: date, grain: Grain) -> str:
    """A date down to its grain: "2018-08-07", "2018-08" or "2018"."""
    return day.isoformat()[: {Grain.YEAR: 4, Grain.MONTH: 7, Grain.DAY: 10}[grain]]


def one_day(day: date, future: bool | None = None, cycle: Cycle | None = None) -> Period:
    """A single day."""
    return Period(day, day, Grain.DAY, Grain.DAY, TimeKind.DAY, future, cycle)


def days(first: date, last: date, kind: TimeKind = TimeKind.DAYS, future: bool | None = None) -> Period:
    """The days from `first` to `last`; a single one is of the kind `day`."""
    return one_day(first, future) if first == last else Period(first, last, Grain.DAY, Grain.DAY, kind, future)


def months(year: int, month: int, count: int = 1, future: bool | None = None) -> Period:
    """So many months from the given one on; `month` may lie outside 1 to 12 and then counts into other years."""
    first = date(year, 1, 1) + relativedelta(months=month - 1)
    last = first + relativedelta(months=count) - timedelta(days=1)
    kind = TimeKind.MONTH if count == 1 else TimeKind.SEASON
    return Period(first, last, Grain.MONTH, Grain.MONTH, kind, future)


def years(first: int, last: int | None = None, future: bool | None = None) -> Period:
    """One calendar year, or those from `first` to `last`."""
    last = first if last is None else last
    kind = TimeKind.YEAR if first == last else TimeKind.YEARS
    return Period(date(first, 1, 1), date(last, 12, 31), Grain.YEAR, Grain.YEAR, kind, future)


def week(day: date, future: bool | None = None) -> Period:
    """The week from Monday to Sunday in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + timedelta(days=6), TimeKind.WEEK, future)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def label(period: Period) -> Period:
    """The same days as the name of a thing: "the 2014 accord"."""
    return replace(period, kind=TimeKind.LABEL)


def shifted(period: Period, by: relativedelta) -> Period:
    """The same kind of period at another time."""
    return replace(period, first=period.first + by, last=period.last + by)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is read against.

    `published` is the day of publication, `future` says whether the clause is about what is to come, and `told` is the
    period that the text named last, or the day that the article's lead tells of; `named` says that it was the text.
    """

    published: date | None
    future: bool
    told: Period | None
    named: bool = False
