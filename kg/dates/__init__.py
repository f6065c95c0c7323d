"""Time expressions of English news as EDTF dates, resolved beside the day of publication.

What counts as a time expression is in `patterns.toml`, what it means in `readings`, `years`, `relations` and
`distances`; calendar arithmetic and the reading of written dates are dateutil's. What cannot be resolved is left out:
no date is better than a wrong one.
"""

from dataclasses import dataclass
from datetime import date

from kg.dates.distances import DISTANCES
from kg.dates.periods import Anchor, Period, TimeKind, of_edtf, one_day
from kg.dates.readings import DATES
from kg.dates.relations import NEAR
from kg.dates.spans import Found, bounded, join, pair
from kg.dates.words import PATTERNS, PLAIN, scan
from kg.dates.years import YEARS

__all__ = ["TimeKind", "TimeMention", "find"]

READINGS = DATES | YEARS | NEAR | DISTANCES
if unknown := {pattern.reading for pattern in PATTERNS} - set(READINGS):
    raise RuntimeError(f"patterns.toml: no reading is called {', '.join(sorted(unknown))}; write it in readings.py")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time that a text names, at `text[start:end]`, with its days as EDTF.

    `future` is what the expression itself says: true for "next week", false for "last month", else `None`.
    """

    start: int
    end: int
    when: str
    kind: TimeKind
    future: bool | None


def find(
    text: str, published: date | None, *, future: bool = False, lead: date | None = None, told: str | None = None
) -> tuple[TimeMention, ...]:
    """The times that a sentence or clause names, in their order and without overlaps.

    `published` is the article's date; without it only dates that name their year are found. `future` says that the
    clause is about what is to come: weekdays and months then look forward, else back. `lead` is the day that the
    article's lead tells of, from which "a day earlier" counts where the text itself names no day before; `told` is the
    EDTF date that the text before this clause named last, from which it rather counts.

    >>> [(time.when, time.kind.value) for time in find("Held on Monday and from 2 to 4 May", date(2018, 8, 8))]
    [('2018-08-06', 'day'), ('2018-05-02/2018-05-04', 'days')]
    >>> [time.when for time in find("It starts next week and ends on Friday", date(2018, 8, 8), future=True)]
    ['2018-08-13/2018-08-19', '2018-08-10']
    >>> [time.when for time in find("It ended the following month", date(2018, 8, 8), told="2012-12-05")]
    ['2013-01']
    >>> find("They may meet soon under Article 5", date(2018, 8, 8))
    ()
    """
    plain = text.translate(PLAIN)
    last = of_edtf(told) if told else one_day(lead) if lead else None
    named = False
    found = []
    for pattern, match in scan(plain):
        period = READINGS[pattern.reading](match, Anchor(published, future, last, named))
        found.append(Found(match.start(), match.end(), period))
        if period is not None and period.kind is not TimeKind.LABEL:
            last, named = period, True
    items = (bounded(plain, item, published) for item in pair(plain, join(plain, found)))
    return tuple(mention(item, item.period) for item in items if item.period is not None)


def mention(item: Found, period: Period) -> TimeMention:
    """The time as the callers see it."""
    return TimeMention(item.start, item.end, period.edtf(), period.kind, period.future)
