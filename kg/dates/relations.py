"""From the words of an expression that leans on another day, that of publication or one told before, to the days that it means."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.dates.contexts import ahead, number, plain
from kg.dates.periods import Anchor, Cycle, Grain, Period, TimeKind, days, month_end, months, one_day, week, years
from kg.dates.readings import AWAY, Reading, month_number
from kg.dates.words import SEASONS, WEEKDAYS

Leaning = Callable[[re.Match[str], date, bool], Period | None]

DAY = timedelta(days=1)
NEAR_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
CLAUSE = re.compile(r"\s+(?!(?:and|but|in|at|on|to|with|by|it|he|she|they|when|where)\b)[\w\"“]", re.I)
"""What follows "a day after" when it counts from something that is said next."""


def plain_side(match: re.Match[str], group: str = "side") -> str:
    """ "last", "this" or "next", whatever way it is put; empty where nothing is said."""
    side = plain(match.groupdict().get(group) or "")
    same = {
        "this past": "last",
        "past": "last",
        "previous": "last",
        "this coming": "next",
        "coming": "next",
        "the current": "this",
    }
    return same.get(side, side)


def near_day(match: re.Match[str], published: date, future: bool) -> Period:
    """Today, yesterday, tomorrow night."""
    away = NEAR_DAYS[plain(match["word"])]
    return one_day(published + away * DAY, None if away == 0 else away > 0)


def overnight(match: re.Match[str], published: date, future: bool) -> Period:
    """Overnight into Monday: from the day before."""
    day = on_weekday(match["weekday"], published, future)
    return days(day - DAY, day)


def on_weekday(name: str, published: date, future: bool) -> date:
    """The nearest such day behind or, for the future, ahead; publication's own day counts."""
    steps = (WEEKDAYS[name.lower()] - published.weekday()) % 7
    return published + timedelta(days=steps if future or not steps else steps - 7)


def weekday(match: re.Match[str], published: date, future: bool) -> Period:
    """Tuesday, last Tuesday (no reporter says so of yesterday), next Friday (of next week), Monday of last week."""
    name = match["weekday"]
    if match["week"]:
        shift = AWAY[match["week"].lower()]
        return one_day(in_week(name, published, shift), shift > 0 if shift else None)
    side = plain_side(match)
    if side == "last":
        return one_day(on_weekday(name, published - 2 * DAY, False), False)
    if side == "next":
        literal = plain(match["side"])
        coming = on_weekday(name, published + DAY, True)
        return one_day(in_week(name, published, 1) if literal == "next" else coming, True)
    if side == "this":
        return one_day(in_week(name, published, 0))
    return one_day(on_weekday(name, published, future), cycle=Cycle.WEEK)


def in_week(name: str, published: date, shift: int) -> date:
    """The weekday in the week of publication, or so many weeks later."""
    return week(published).first + timedelta(days=WEEKDAYS[name.lower()] + 7 * shift)


def weekday_with_day(match: re.Match[str], published: date, future: bool) -> Period | None:
    """Monday (16): the nearest day with this number; where the weekday is wrong, the number wins."""
    number_of_day = int(re.sub(r"\D", "", match["day"]))
    around = (published + shift * DAY for shift in range(-40, 41))
    choices = [day for day in around if day.day == number_of_day]
    fitting = [day for day in choices if day.weekday() == WEEKDAYS[match["weekday"].lower()]]
    best = min(fitting or choices, key=lambda day: abs((day - published).days), default=None)
    return one_day(best) if best else None


def weekend(match: re.Match[str], published: date, future: bool) -> Period:
    """The weekend: the one that publication lies in or follows; in a plan the coming one."""
    side = plain_side(match)
    saturday = week(published).first + timedelta(days=5)
    if side == "next":
        saturday += timedelta(days=7)
    elif (
        side == "last"
        or (side == "the" and not future and published < saturday)
        or (side == "this" and not future and published.weekday() == 0)
    ):
        saturday -= timedelta(days=7)
    return days(saturday, saturday + DAY, TimeKind.WEEK, {"last": False, "next": True}.get(side))


def near_month(match: re.Match[str], published: date, future: bool) -> Period:
    """Last October: the last one before the month of publication; next May; June this year."""
    month, side = month_number(match["month"]), plain_side(match)
    year = published.year
    if match.re.groupindex["side"] > match.re.groupindex["month"]:
        year += AWAY[side]
    elif side == "last":
        year -= month >= published.month
    elif side == "next":
        year += month <= published.month
    return months(year, month, future={"last": False, "next": True}.get(side))


def near_season(match: re.Match[str], published: date, future: bool) -> Period:
    """Last summer: the last one that is over; next spring: the next to begin; this autumn: of this year."""
    first, side = SEASONS[match["season"].lower()], plain_side(match)
    choices = [months(published.year + shift, first, 3) for shift in (-2, -1, 0, 1)]
    if side == "last":
        return replace(max((c for c in choices if c.last < published), key=lambda c: c.last), future=False)
    if side == "next":
        return replace(min((c for c in choices if c.first > published), key=lambda c: c.first), future=True)
    running = [c for c in choices if c.first <= published <= c.last]
    return running[0] if running else choices[2]


def near_unit(match: re.Match[str], published: date, future: bool) -> Period:
    """This week, last month, later this year, the end of the month."""
    group = match.groupdict()
    unit, side = plain(group.get("unit") or "year"), plain_side(match)
    if side == "" and plain(match[0]).endswith("before last"):
        return years(published.year - 2, future=False)
    away = AWAY[side or "the"]
    said = {-1: False, 1: True}.get(away)
    edge = plain(match[0]).split()[0]
    said = {"earlier": False, "later": True}.get(edge, said)
    if unit == "week":
        return near_week(published, away, said, future)
    if unit == "month":
        return months(published.year, published.month + away, future=said)
    return years(published.year + away, future=said)


def near_week(published: date, away: int, said: bool | None, future: bool) -> Period:
    """A whole week; of this one what is behind or, in a plan, ahead of publication."""
    whole = week(published + timedelta(days=7 * away), said)
    if away:
        return whole
    forward = future if said is None else said
    return (
        days(published, whole.last, TimeKind.WEEK, said)
        if forward
        else days(whole.first, published, TimeKind.WEEK, said)
    )


def ago(match: re.Match[str], published: date, future: bool) -> Period | None:
    """Two days ago, three weeks ago (that week), two months ago, three years ago; older than twelve years is a rough number."""
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
        return (
            days(published, published + reach, future=True)
            if forward
            else days(published - reach, published, future=False)
        )
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


def leaning(reading: Leaning) -> Reading:
    """A reading that gives nothing where the day of publication is not known."""

    def read(match: re.Match[str], anchor: Anchor) -> Period | None:
        return None if anchor.published is None else reading(match, anchor.published, ahead(match, anchor.future))

    return read


RELATIVE: dict[str, Reading] = {
    reading.__name__: leaning(reading)
    for reading in (
        near_day,
        overnight,
        weekday,
        weekday_with_day,
        weekend,
        near_month,
        near_season,
        near_unit,
        ago,
        time_ahead,
        last_units,
    )
} | {"beside": beside}
"""The readings that `patterns.toml` names, by name."""
