"""Pictures of measures: who has the most of each, or how it changed by year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.graphs.measures import Actor, Measure, Metrics
from kg.pictures.files import picture
from kg.pictures.labels import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS = 12
"""Actors in a picture."""
ACROSS = 3
"""Measures beside one another."""
PANEL, YEARS_PANEL = (5.0, 3.4), (8.0, 3.8)
"""Inches of a measure's part of the picture, alone and with years."""
LARGEST = 220.0
"""Square points of the largest dot."""
COLOUR = "#4c78a8"
LONGEST = 26
UNRANKED = frozenset({Measure.COMMUNITY})
"""Numbers that are no more or less."""


def measures(found: Metrics, wanted: Sequence[Measure], format: str) -> bytes:
    """The picture of each measure: as bars, or as dots where there are years.

    Raises:
        UsageError: there is nothing to draw.
    """
    shown = [measure for measure in wanted if measure not in UNRANKED]
    if not found.whole.actors:
        raise UsageError("none of these events links two actors; ask for others, or another projection")
    if not shown:
        raise UsageError(f"a community is a number without a rank; draw another measure than {', '.join(UNRANKED)}")
    columns = min(len(shown), 1 if found.years else ACROSS)
    width, height = YEARS_PANEL if found.years else PANEL
    rows = -(-len(shown) // columns)

    def draw(figure: "Figure") -> None:
        figure.set_layout_engine("constrained")
        for place, measure in enumerate(shown, 1):
            axes = figure.add_subplot(rows, columns, place)
            (_dots if found.years else _bars)(axes, found, measure)

    return picture(format, width * columns, height * rows, draw)


def _most(found: Metrics, measure: Measure) -> list[Actor]:
    ranked = sorted(found.whole.actors, key=lambda actor: (-actor.measures[measure], actor.id))
    return [actor for actor in ranked if actor.measures[measure]][:ROWS]


def _bars(axes: "Axes", found: Metrics, measure: Measure) -> None:
    actors = _most(found, measure)
    values = [actor.measures[measure] for actor in actors]
    places = range(len(actors))
    axes.set_title(measure.value, fontsize=11, weight="bold")
    bars = axes.barh(places, values, color=COLOUR)
    axes.set_yticks(places, [short(actor.label, LONGEST) for actor in actors])
    axes.invert_yaxis()
    axes.bar_label(bars, [f"{value:.3g}" for value in values], padding=2, fontsize=8)
    axes.set_xlim(0, max(values, default=1.0) * 1.15)
    axes.tick_params(axis="y", length=0)


def _dots(axes: "Axes", found: Metrics, measure: Measure) -> None:
    """A row for each of the actors with the most, and in each year a dot as large as the value."""
    from matplotlib.ticker import MaxNLocator

    actors = _most(found, measure)
    values = {(year.year, actor.id): actor.measures[measure] for year in found.years for actor in year.measured.actors}
    dots = [
        (year.year, row, value)
        for row, actor in enumerate(actors)
        for year in found.years
        if (value := values.get((year.year, actor.id)))
    ]
    most = max((value for *_, value in dots), default=1)
    axes.scatter(
        [year for year, *_ in dots],
        [row for _, row, _ in dots],
        s=[LARGEST * value / most for *_, value in dots],
        color=COLOUR,
        edgecolors="white",
        linewidths=0.6,
        zorder=3,
    )
    axes.set_title(f"{measure.value} by year (largest dot: {most:.3g})", fontsize=11, weight="bold")
    axes.set_yticks(range(len(actors)), [short(actor.label, LONGEST) for actor in actors])
    axes.set_ylim(len(actors) - 0.4, -0.6)
    axes.set_xlim(found.years[0].year - 1, found.years[-1].year + 1)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10, steps=[1, 2, 5, 10]))
    axes.grid(color="#e2e2e2", linewidth=0.6)
    axes.set_axisbelow(True)
