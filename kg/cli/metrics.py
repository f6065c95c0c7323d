"""`kg metrics`: who matters in the network, who stands between the blocs, and how that changed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.cli import filters
from kg.cli.export import Shown
from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line, table
from kg.graphs.blocs import blocs
from kg.graphs.measures import ALL, ROLES, Actor, Measure, Metrics, Shape
from kg.graphs.projections import DEFAULT, projection
from kg.pictures.files import checked
from kg.serving.reading import readable

ByYear = Annotated[bool, typer.Option("--by-year", help="Measure each year's network, too.")]
Measures = Annotated[
    list[Measure] | None, typer.Option("--measure", help="What to measure; the tables are sorted by the first.")
]
BlocFile = Annotated[
    Path | None,
    typer.Option("--blocs", metavar="FILE.csv", help="Country and bloc, for brokerage; alliances unless given."),
]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="A picture, too: .png or .svg.")]
Top = Annotated[int, typer.Option("--top", min=1, metavar="N", help="Actors in a table.")]
YEARLY = (Measure.STRENGTH,)
"""What a table of years shows unless it is asked for more."""


@filters.filtered
def metrics(
    store: StoreFolder = DEFAULT_STORE,
    shown: Shown = DEFAULT,
    by_year: ByYear = False,
    measures: Measures = None,
    blocs_of: BlocFile = None,
    top: Top = 20,
    json: Json = False,
    plot: Plot = None,
    *,
    wanted: EventFilter,
) -> None:
    """Measure the network of what happened (or of another --status): centrality, communities, triads, brokerage."""
    chosen, sides = projection(shown), blocs(blocs_of)
    format = checked(plot) if plot else ""
    asked = tuple(dict.fromkeys(measures or (YEARLY if by_year else ALL)))
    from kg.graphs.metrics import metrics as measured  # loads networkx

    with readable(store) as opened:
        found = measured(Lookups(opened), chosen, wanted, sides, asked, by_year)
    if plot:
        from kg.pictures.measures import measures as drawn  # takes a while to load

        with replaced(plot) as written:
            written.write(drawn(found, asked, format))
    if json:
        as_json(found)
    else:
        tell(found, asked, top)


def tell(found: Metrics, asked: Sequence[Measure], top: int) -> None:
    """Print the network as a whole, its actors, and its years."""
    shape = found.whole.shape
    line(
        f"{shape.nodes} actors, {shape.links} links, {shape.components} components, {shape.communities} communities "
        f"(modularity {shape.modularity:.3f})"
    )
    line(f"density {shape.density:.3f}, transitivity {shape.transitivity:.3f}, triads {_triads(shape)}")
    if found.years:
        _tell_years(found, asked, top)
    else:
        _tell_actors(found.whole.actors, asked, top)


def _triads(shape: Shape) -> str:
    return ", ".join(f"{name} {many}" for name, many in shape.triads.items()) or "none"


def _tell_actors(actors: Sequence[Actor], asked: Sequence[Measure], top: int) -> None:
    """The actors by their measures, and those that are brokers by their roles."""
    if own := [measure for measure in asked if measure not in ROLES]:
        line("")
        rows = sorted(actors, key=lambda actor: (-actor.measures[own[0]], actor.id))
        table(("actor", *own), [_row(actor.label, (actor.measures[one] for one in own)) for actor in rows[:top]])
    if roles := [measure for measure in asked if measure in ROLES]:
        line("")
        counted = {actor.id: sum(actor.measures[role] for role in roles) for actor in actors}
        brokers = sorted((actor for actor in actors if counted[actor.id]), key=lambda one: (-counted[one.id], one.id))
        cells = [
            (actor.label, actor.bloc, *_row("", (actor.measures[one] for one in roles))[1:]) for actor in brokers[:top]
        ]
        table(("broker", "bloc", *roles), cells)


def _tell_years(found: Metrics, asked: Sequence[Measure], top: int) -> None:
    """The networks of the years, and each measure of the actors by year."""
    line("")
    shapes = [(str(one.year), one.measured.shape) for one in found.years]
    rows = [
        _row(year, (shape.nodes, shape.links, shape.weight, shape.density, shape.transitivity, shape.communities))
        for year, shape in shapes
    ]
    table(("year", "actors", "links", "weight", "density", "transitivity", "communities"), rows)
    for measure in asked:
        line("")
        values = {(one.year, who.id): who.measures[measure] for one in found.years for who in one.measured.actors}
        ranked = sorted(found.whole.actors, key=lambda actor: (-actor.measures[measure], actor.id))[:top]
        cells = [(actor.label, *(_figure(values.get((one.year, actor.id))) for one in found.years)) for actor in ranked]
        table((measure, *(year for year, _ in shapes)), cells)


def _row(name: str, values: Iterable[float]) -> tuple[str, ...]:
    return name, *(_figure(value) for value in values)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}"
