"""Joining single times into spans: "from Monday to Friday", "between March and May 2018", "since 2014"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.dates.contexts import NOT_THEN, NOUN_FOLLOWS, REACH, number
from kg.dates.periods import Cycle, Grain, Period, TimeKind, days, shifted, week
from kg.dates.words import NUMBERS, any_of

JOIN = re.compile(r",?\s*(?:-|to|until|till|through|up to|(?P<and>and|&))\s*(?:the )?", re.I)
FROM = re.compile(r"\b(?P<word>from|between)\s+(?:the )?$", re.I)
RECORD = re.compile(r"\b(?:first|last|latest|only|most|(?:bigg|larg|high|low|clos|deadli|strong)est)\b[^.;:]*$", re.I)
"""What makes "since 2014" the other end of a record: "the first visit since 2014"."""
SINCE = re.compile(r"\bsince\s+(?:the )?(?:at least )?$", re.I)
UNTIL = re.compile(r"\b(?:until|till|through|up to)\s+(?:the )?$", re.I)
WEEK_OF = re.compile(r"\b(?:the )?week (?:of|beginning|starting|commencing)\s+(?:on )?$", re.I)
LASTS = re.compile(rf"\b(?P<count>\d{{1,2}}|{any_of(list(NUMBERS))})[ -]days?\b[^.;]{{0,90}}$", re.I)
WHERE = r"(?:,? (?:in|at|near|off) [^.;:,]{2,40}?,?){0,2}"
"""The place that may stand between a verb and its day."""

STARTS = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|commenc(?:es|ed|ing)|from|kick(?:s|ed|ing) off|open(?:s|ed|ing)?)"
    rf"{WHERE}\s+(?:on )?$",
    re.I,
)
ENDS = re.compile(
    r"\b(?:until|till|through|end(?:s|ed|ing)?|conclud(?:es|ed|ing)|clos(?:es|ed|ing)|w(?:inds?|ound) up"
    rf"|wrap(?:s|ped) up|(?:draws?|drew|c[ao]mes?) to (?:a close|an end)){WHERE}\s+(?:on )?$",
    re.I,
)
FOR_DAYS = re.compile(rf"[^.;:]{{0,30}}?\b(?:for|on) an? (?P<count>\d{{1,2}}|{any_of(list(NUMBERS))})[ -]day\b", re.I)
"""What behind a first day says how many follow: "arrives on Monday for a three-day visit"."""
GOES = re.compile(
    r"\b(?:arriv|flies|flew|fly|lands|landed|travel|com(?:es|ing)|came|goes|going|go|left|leav|start|begin|began)", re.I
)

STEPS = {Cycle.WEEK: relativedelta(weeks=1), Cycle.YEAR: relativedelta(years=1)}
SINGLE = {TimeKind.DAY, TimeKind.MONTH, TimeKind.YEAR}
SPANS = {Grain.DAY: TimeKind.DAYS, Grain.MONTH: TimeKind.SEASON, Grain.YEAR: TimeKind.YEARS}


@dataclass(frozen=True, slots=True)
class Found:
    """A time at its place in the text; `period` is `None` where the words mean no day that can be told."""

    start: int
    end: int
    period: Period | None


def join(text: str, found: list[Found]) -> list[Found]:
    """The same times, with neighbours made one where the words between them say so."""
    joined: list[Found] = []
    for item in found:
        span = span_of(text, joined[-1], item) if joined else None
        if span is None:
            joined.append(item)
        else:
            joined[-1] = span
    return joined


def span_of(text: str, left: Found, right: Found) -> Found | None:
    """The span from one time to the next one, if the text joins them."""
    between = JOIN.fullmatch(text, left.end, right.start)
    if between is None or left.period is None or right.period is None or {left.period.kind, right.period.kind} - SINGLE:
        return None
    offset = max(0, left.start - REACH)
    begun = FROM.search(text[offset : left.start])
    period = stretched(left.period, right.period)
    if period is None:
        return None
    if between["and"] and not (begun and begun["word"].lower() == "between"):
        consecutive = period.grain is period.end_grain is Grain.DAY and period.last - period.first == timedelta(days=1)
        return Found(left.start, right.end, period) if consecutive else None
    if begun is None and left.period.grain is not right.period.grain:
        return None
    return Found(offset + begun.start() if begun else left.start, right.end, period)


def stretched(left: Period, right: Period) -> Period | None:
    """From the first to the last day of two periods; one whose year or week is not named takes it from the other."""
    if left.cycle is Cycle.YEAR and right.cycle is not Cycle.YEAR:
        left = shifted(left, relativedelta(years=right.first.year - left.first.year))
        left = shifted(left, -STEPS[Cycle.YEAR]) if left.first > right.first else left
    elif right.cycle is not None:
        step = STEPS[right.cycle]
        while right.first < left.first:
            right = shifted(right, step)
        while right.first - step >= left.first:
            right = shifted(right, -step)
    if right.last <= left.first:
        return None
    kind = SPANS[right.end_grain if left.grain is right.end_grain else Grain.DAY]
    return Period(left.first, right.last, left.grain, right.end_grain, kind, right.future, right.cycle and left.cycle)


def pair(text: str, found: list[Found]) -> list[Found]:
    """The same times; in "starts on 5 May and will last until 10 May" both ends mean the whole span."""
    paired, begun = list(found), None
    for index, item in enumerate(found):
        if item.period is None or item.period.kind is not TimeKind.DAY:
            continue
        context = text[max(0, item.start - REACH) : item.start]
        if STARTS.search(context):
            begun = index
        elif begun is not None and ENDS.search(context):
            start = found[begun].period
            period = start and stretched(start, item.period)
            if period is not None:
                paired[begun], paired[index] = replace(found[begun], period=period), replace(item, period=period)
    return paired


def bounded(text: str, item: Found, published: date | None) -> Found:
    """The time with what the words before it make of it: since, until, a four-day visit from, the week of."""
    period, offset = item.period, max(0, item.start - REACH)
    context = text[offset : item.start]
    if period is None:
        return item
    if since := SINCE.search(context):
        told = None if RECORD.search(text[: offset + since.start()]) else since_then(period, published)
        return Found(offset + since.start(), item.end, told)
    if lasting := lasting_days(text, item.start, period) or days_from(text, item, period):
        return replace(item, period=lasting)
    if period.kind is not TimeKind.DAYS and (until := UNTIL.search(context)):
        return Found(offset + until.start(), item.end, until_then(period, published))
    if period.kind is TimeKind.DAY and (weeks := WEEK_OF.search(context)):
        return Found(offset + weeks.start(), item.end, week(period.first))
    if NOT_THEN.search(context) and not text.startswith("'", item.end) and not NOUN_FOLLOWS.match(text, item.end):
        return replace(item, period=None)
    return item


def since_then(period: Period, published: date | None) -> Period | None:
    """From the period's start to publication, as finely written as the start."""
    if published is None or period.first > published:
        return None
    return Period(period.first, published, period.grain, period.grain, TimeKind.OPEN, False)


def until_then(period: Period, published: date | None) -> Period | None:
    """From publication to the period's end; what ended before has a start that nobody tells."""
    if published is None or period.last < published:
        return None
    return Period(published, period.last, period.end_grain, period.end_grain, TimeKind.OPEN, True)


def lasting_days(text: str, start: int, period: Period) -> Period | None:
    """All days of "a four-day visit starting Monday" or "a three-day visit through Tuesday"."""
    context = text[max(0, start - 130) : start]
    lasts = LASTS.search(context)
    if lasts is None or period.kind is not TimeKind.DAY:
        return None
    reach = timedelta(days=number(lasts["count"]) - 1)
    if STARTS.search(context):
        return days(period.first, period.first + reach)
    return days(period.first - reach, period.first) if ENDS.search(context) else None


def days_from(text: str, item: Found, period: Period) -> Period | None:
    """All days of "arrives on Monday for a three-day visit"."""
    follows = FOR_DAYS.match(text, item.end)
    if (
        follows is None
        or period.kind is not TimeKind.DAY
        or not GOES.search(text[max(0, item.start - 90) : item.start])
    ):
        return None
    return days(period.first, period.first + timedelta(days=number(follows["count"]) - 1))
