"""From the words of an expression that leans on the day of publication, or on one told before, to its days."""

import re
from dataclasses import replace
from datetime import date, timedelta

from kg.dates.contexts import plain
from kg.dates.periods import Cycle, Period, TimeKind, days, months, one_day, week, years
from kg.dates.readings import AWAY, Reading, leaning, month_number
from kg.dates.words import SEASONS, WEEKDAYS

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
SAME = {
    "this past": "last",
    "past": "last",
    "previous": "last",
    "this coming": "next",
    "coming": "next",
    "the current": "this",
}


def plain_side(match: re.Match[str], group: str = "side") -> str:
    """ "last", "this" or "next", whatever way it is put; empty where nothing is said."""
    side = plain(match.groupdict().get(group) or "")
    return SAME.get(side, side)


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


NEAR: dict[str, Reading] = {
    reading.__name__: leaning(reading)
    for reading in (near_day, overnight, weekday, weekday_with_day, weekend, near_month, near_season, near_unit)
}
"""The readings of this module that `patterns.toml` names."""
