"""A picture of what two actors did together, and mean to: a lane for each class of events, over their dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter, Happening
from kg.errors import UsageError
from kg.model import EventType, Status
from kg.pictures.files import picture
from kg.pictures.labels import short
from kg.pictures.networks import CLASSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DRAWN = 200
"""Events that can be told apart; a picture of them is some two feet high."""
WIDTH = 12.0
LEFT, RIGHT, TOP, BOTTOM = 1.4, 0.2, 0.6, 0.65
"""Margins, in inches like all lengths here."""
ROW = 0.32
LETTER = 0.085
"""The width of a letter of a name: rather too much, so that names never meet."""
MARK = 0.13
"""The width of an event of a day."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An event in its row, counted from the first of its lane."""

    event: Happening
    first: date
    last: date
    row: int


def between(lookups: Lookups, one: str, other: str, wanted: EventFilter) -> EventFilter:
    """The filter for what two actors do together: a state with all who act for it, an organisation with its people.

    Raises:
        UnknownEntity: there is none of an id.
        UsageError: both are the same.
    """
    if one == other:
        raise UsageError(f"{one} is given twice; name two actors")
    countries, bodies, actors = list(wanted.countries), list(wanted.organizations), list(wanted.actors)
    for found in (lookups.entity(one), lookups.entity(other)):
        if found.node.type == "State" and found.iso2:
            countries.append(found.iso2)
        elif found.node.type == "Organization":
            bodies.append(found.node.id)
        else:
            actors.append(found.node.id)
    return replace(wanted, countries=tuple(countries), organizations=tuple(bodies), actors=tuple(actors))


def dyad(lookups: Lookups, one: str, other: str, format: str, wanted: EventFilter = EventFilter()) -> bytes:  # noqa: B008
    """The picture of what two actors, given by their ids, do together.

    Raises:
        UnknownEntity: there is none of an id.
        UsageError: there is nothing to draw, or too much.
    """
    chosen = between(lookups, one, other, wanted)
    if (many := lookups.total(chosen)) > MOST_DRAWN:
        raise UsageError(f"a picture shows up to {MOST_DRAWN} events, these are {many}; narrow them by type or dates")
    events = list(lookups.all_events(chosen))
    names = " and ".join(lookups.entity(id).node.label for id in (one, other))
    dated = sorted((event for event in events if event.earliest and event.latest), key=_order)
    if not dated:
        raise UsageError(f"no dated event of {names} meets the filters; ask for others")
    lanes = arranged(dated)
    height = TOP + BOTTOM + ROW * sum(_rows(bars) for bars in lanes.values())
    title = f"{names}: {len(events)} event{'s' * (len(events) != 1)}"
    undated = f"; {len(events) - len(dated)} have no date" if len(events) > len(dated) else ""
    return picture(format, WIDTH, height, lambda figure: _draw(figure, lanes, title, undated))


def _order(event: Happening) -> tuple[date, date, str]:
    assert event.earliest, event.id
    assert event.latest, event.id
    return event.earliest, event.latest, event.id


def arranged(events: Sequence[Happening]) -> dict[EventType, list[Bar]]:
    """The events of each class in rows, in which neither they nor their names meet; the earliest first."""
    scale = _days_an_inch(events)
    lanes: dict[EventType, list[Bar]] = {}
    for kind in EventType:
        ends: list[date] = []
        for event in (one for one in events if one.type is kind):
            first, last, _ = _order(event)
            row = next((row for row, end in enumerate(ends) if end < first), len(ends))
            ends[row : row + 1] = [last + timedelta(days=(2 * MARK + len(said(event)) * LETTER) * scale)]
            lanes.setdefault(kind, []).append(Bar(event, first, last, row))
    return lanes


def said(event: Happening) -> str:
    """What stands beside an event: its name, or else its goods, its place, its date."""
    goods = ", ".join(goods.equipment.label for goods in event.goods)
    return short(event.name or goods or (event.place.label if event.place else event.when or ""))


def _bounds(events: Iterable[Happening]) -> tuple[date, date]:
    """The first day of the first year, and the last of the last."""
    days = [day for event in events for day in _order(event)[:2]]
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def _days_an_inch(events: Sequence[Happening]) -> float:
    begin, end = _bounds(events)
    return (end - begin).days / (WIDTH - LEFT - RIGHT - _room(events))


def _room(events: Sequence[Happening]) -> float:
    """What the names of the last events may need on the right."""
    return MARK + LETTER * max(len(said(event)) for event in events)


def _draw(figure: "Figure", lanes: dict[EventType, list[Bar]], title: str, undated: str) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

    height = figure.get_figheight()
    axes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, 1 - (LEFT + RIGHT) / WIDTH, 1 - (TOP + BOTTOM) / height))
    events = [bar.event for bars in lanes.values() for bar in bars]
    scale, (begin, end) = _days_an_inch(events), _bounds(events)
    top, middles = 0, []
    for place, bars in enumerate(lanes.values()):
        rows = _rows(bars)
        if place % 2 == 0:
            axes.axhspan(top, top + rows, color="#f3f3f3", zorder=0)
        for bar in bars:
            _bar(axes, bar, date2num(bar.first), date2num(bar.last), top + bar.row + 0.5, scale)  # type: ignore[no-untyped-call]
        middles.append(top + rows / 2)
        top += rows
    axes.set_ylim(top, 0)
    axes.set_yticks(middles, [kind.value for kind in lanes])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(date2num(begin), date2num(end) + _room(events) * scale)  # type: ignore[no-untyped-call]
    locator = AutoDateLocator(maxticks=12)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.grid(axis="x", color="#d5d5d5", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    axes.set_xlabel("from the earliest to the latest day that it was, or may have been" + undated)
    figure.text(0.2 / WIDTH, 1 - 0.3 / height, title, fontsize=13, weight="bold", va="center")
    _legend(figure, height, {bar.event.status is Status.ACTUAL for bars in lanes.values() for bar in bars})


def _bar(axes: "Axes", bar: Bar, first: float, last: float, middle: float, scale: float) -> None:
    """A span of days, or a mark where it would be too narrow to see; hollow where it has not happened."""
    from matplotlib.patches import Rectangle

    narrow = MARK * scale
    wide = max(last - first, narrow)
    start = first if wide > narrow else (first + last - narrow) / 2
    colour = "#{:02x}{:02x}{:02x}".format(*CLASSES[bar.event.type])
    happened = bar.event.status is Status.ACTUAL
    axes.add_patch(
        Rectangle(
            (start, middle - 0.21),
            wide,
            0.42,
            facecolor=colour if happened else "white",
            edgecolor=colour,
            linewidth=1.4,
            zorder=2,
        )
    )
    axes.text(start + wide + 0.05 * scale, middle, said(bar.event), va="center", fontsize=8, zorder=3)


def _rows(bars: Sequence[Bar]) -> int:
    return max(bar.row for bar in bars) + 1


def _legend(figure: "Figure", height: float, happened: set[bool]) -> None:
    from matplotlib.patches import Patch

    marks = [Patch(facecolor="#777777", edgecolor="#777777", label="happened")] if True in happened else []
    hollow = Patch(facecolor="white", edgecolor="#777777", linewidth=1.4, label="planned, proposed or off")
    figure.legend(
        handles=[*marks, *([hollow] if False in happened else [])],
        loc="center right", bbox_to_anchor=(1 - RIGHT / WIDTH, 1 - 0.3 / height), ncols=2, frameon=False, fontsize=8,
    )  # fmt: skip
