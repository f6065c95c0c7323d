"""Pictures of measures: who has the most of each, or how it changed by year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.graphs.looks import PALETTE
from kg.graphs.metrics import Actor, Measure, Metrics
from kg.pictures.files import picture
from kg.pictures.labels import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BARS, LINES = 12, 8
"""Actors in a picture of bars, and of lines: more colours are not told apart."""
MARKERS = "osD^vPX*"
ACROSS = 3
"""Measures beside one another."""
PANEL = (5.0, 3.4)
"""Inches of a measure's part of the picture."""
LONGEST = 26
UNRANKED = frozenset({Measure.COMMUNITY})
"""Numbers that are no more or less."""


def measures(found: Metrics, wanted: Sequence[Measure], format: str) -> bytes:
    """The picture of each measure: as bars, or as lines where there are years.

    Raises:
        UsageError: there is nothing to draw.
    """
    shown = [measure for measure in wanted if measure not in UNRANKED]
    if not found.whole.actors:
        raise UsageError("none of these events links two actors; ask for others, or another projection")
    if not shown:
        raise UsageError(f"a community is a number without a rank; draw another measure than {', '.join(UNRANKED)}")
    columns = min(len(shown), ACROSS)
    rows = -(-len(shown) // columns)

    def draw(figure: "Figure") -> None:
        figure.set_layout_engine("constrained")
        for place, measure in enumerate(shown, 1):
            axes = figure.add_subplot(rows, columns, place)
            axes.set_title(measure.value, fontsize=11, weight="bold")
            if found.years:
                _lines(axes, found, measure)
            else:
                _bars(axes, _most(found, measure, BARS), measure)

    return picture(format, PANEL[0] * columns, PANEL[1] * rows, draw)


def _most(found: Metrics, measure: Measure, many: int) -> list[Actor]:
    return sorted(found.whole.actors, key=lambda actor: (-actor.measures[measure], actor.id))[:many]


def _bars(axes: "Axes", actors: Sequence[Actor], measure: Measure) -> None:
    values = [actor.measures[measure] for actor in actors]
    places = range(len(actors))
    bars = axes.barh(places, values, color="#4c78a8")
    axes.set_yticks(places, [short(actor.label, LONGEST) for actor in actors])
    axes.invert_yaxis()
    axes.bar_label(bars, [f"{value:.3g}" for value in values], padding=2, fontsize=8)
    axes.set_xlim(0, max(values) * 1.15 or 1.0)
    axes.tick_params(axis="y", length=0)


def _lines(axes: "Axes", found: Metrics, measure: Measure) -> None:
    """A line for each of the actors with the most; a year without a link of an actor is 0."""
    from matplotlib.ticker import MaxNLocator

    years = range(found.years[0].year, found.years[-1].year + 1)
    values = {(year.year, actor.id): actor.measures[measure] for year in found.years for actor in year.measured.actors}
    for actor, (red, green, blue), marker in zip(_most(found, measure, LINES), PALETTE, MARKERS, strict=False):
        axes.plot(
            years,
            [values.get((year, actor.id), 0) for year in years],
            color=(red / 255, green / 255, blue / 255),
            marker=marker,
            markersize=4,
            linewidth=1.4,
            label=short(actor.label, LONGEST),
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
