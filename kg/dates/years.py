"""From the words of a year, or of a half, a quarter or a season of one, to the days that it means."""

import re

from kg.dates.contexts import NOT_THEN, ahead, before, counts_things, labelled, names_a_thing, number, plain
from kg.dates.periods import Anchor, Period, label, months, years
from kg.dates.readings import AWAY, Reading
from kg.dates.words import ORDINALS, SEASONS


def year_of(match: re.Match[str], anchor: Anchor) -> int | None:
    """The year that is named as a number, or as this, last or next year; that of publication where none is."""
    group = match.groupdict()
    if group.get("year"):
        return int(match["year"])
    if anchor.published is None:
        return None
    return anchor.published.year + AWAY[plain(group.get("side") or "this")]


def part_number(match: re.Match[str]) -> int:
    """Which half or quarter is meant; -1 for the last."""
    digit = match.groupdict().get("digit") or match.groupdict().get("digit_first")
    return int(digit) if digit else ORDINALS.get(match["nth"].lower(), -1)


def half(match: re.Match[str], anchor: Anchor) -> Period | None:
    """The first half of 2019, H2 2020, the second half of this year."""
    year = year_of(match, anchor)
    return months(year, 1 if part_number(match) == 1 else 7, 6) if year else None


def quarter(match: re.Match[str], anchor: Anchor) -> Period | None:
    """The second quarter of 2019, Q3 2020; without a year the last one that began, or the next one in a plan."""
    year = year_of(match, anchor)
    if year is None:
        return None
    number_of_quarter = part_number(match)
    period = months(year, 3 * (4 if number_of_quarter < 0 else number_of_quarter) - 2, 3)
    if match.groupdict().get("year") or match.groupdict().get("side") or anchor.published is None:
        return period
    if ahead(match, anchor.future):
        return period if period.last >= anchor.published else months(year + 1, period.first.month, 3)
    return period if period.first <= anchor.published else months(year - 1, period.first.month, 3)


def first_months(match: re.Match[str], anchor: Anchor) -> Period | None:
    """The first six months of 2019."""
    year, count = year_of(match, anchor), number(match["count"])
    if year is None or not 0 < count <= 12:
        return None
    return months(year, 1 if match["nth"].lower() == "first" else 13 - count, count)


def season(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Summer of 2016; a winter only with both its years, 2016-17, for "the winter of 2016" can be either of two."""
    first, year = SEASONS[match["season"].lower()], int(match["year"])
    return None if first == 12 and not match["end"] else labelled(match, months(year, first, 3))


def fiscal_year(match: re.Match[str], anchor: Anchor) -> Period:
    """FY2019, fiscal year 2020/21, FY20-21: the calendar years that it is named after."""
    group = match.groupdict()
    year = int(group.get("year") or f"20{group.get('short')}")
    return years(year, end_year(year, group.get("end")))


def end_year(year: int, end: str | None) -> int | None:
    """The second year of "2010-14" or "2010-2014"; `None` where there is none, or none that follows the first."""
    if not end:
        return None
    last = int(end) if len(end) == 4 else year // 100 * 100 + int(end)
    if last < year and len(end) == 2:
        last += 100
    return last if 0 < last - year <= 50 else None


def decade(match: re.Match[str], anchor: Anchor) -> Period:
    """The 1990s, the early 1980s: all ten years."""
    return years(int(match["year"]), int(match["year"]) + 9)


def year_span(match: re.Match[str], anchor: Anchor) -> Period | None:
    """2010-14, 2015/16, from 2010 to 2014; a month, 2018-08, where no later year can be meant."""
    year, end = int(match["year"]), match["end"] or match["last"]
    if len(end) == 2 and "-" in match[0] and int(end) <= min(12, year % 100):
        return months(year, int(end)) if int(end) else None
    last = end_year(year, end)
    return labelled(match, years(year, last)) if last else None


def edge_of_year(match: re.Match[str], anchor: Anchor) -> Period:
    """Early 2019, mid-2019, the end of 2019."""
    return years(int(match["year"]))


def named_year(match: re.Match[str], anchor: Anchor) -> Period:
    """The year in the name of an exercise, "Indra-2018"."""
    return label(years(int(match["year"])))


def bare_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    """In 2014; a label in "the 2014 accord"; none where it counts things, or only bounds the time ("after 2014")."""
    year = int(match["year"])
    if NOT_THEN.search(before(match)) or counts_things(match, year):
        return None
    return label(years(year)) if names_a_thing(match) else years(year)


YEARS: dict[str, Reading] = {
    reading.__name__: reading
    for reading in (
        half,
        quarter,
        first_months,
        season,
        fiscal_year,
        decade,
        year_span,
        edge_of_year,
        named_year,
        bare_year,
    )
}
"""The readings of this module that `patterns.toml` names."""
