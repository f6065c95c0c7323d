"""`kg plot`: pictures of the network, and of what two actors do together."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.cli import filters
from kg.cli.export import Colour, Shown
from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line
from kg.graphs.looks import Colouring
from kg.graphs.projections import DEFAULT, projection
from kg.graphs.streams import opened
from kg.pictures.files import checked
from kg.serving.reading import readable

app = typer.Typer(no_args_is_help=True, help="Draw the network, or what two actors do together, as PNG or SVG.")

Picture = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .png or .svg.")]
One = Annotated[str, typer.Argument(metavar="ACTOR", help="An id, name or code, such as Pakistan.")]
Other = Annotated[str, typer.Argument(metavar="ACTOR", help="Another.")]
ACTORS = ("State", "Organization", "Person")


@app.command(epilog="Example: kg plot network graph.png --type Exercise --colour community")
@filters.filtered
def network(
    file: Picture,
    store: StoreFolder = DEFAULT_STORE,
    shown: Shown = DEFAULT,
    colour: Colour = Colouring.TYPE,
    *,
    wanted: EventFilter,
) -> None:
    """Draw the events that meet the filters: the actors and what links them, or another projection."""
    format, chosen = checked(file), projection(shown)
    from kg.pictures.networks import network as drawn  # takes a while to load

    with readable(store) as found, closing(opened(Lookups(found), chosen, wanted)) as stream:
        _write(file, drawn(stream, format, colour))


@app.command(epilog="Example: kg plot dyad Pakistan Russia timeline.svg")
def dyad(
    one: One,
    other: Other,
    file: Picture,
    store: StoreFolder = DEFAULT_STORE,
    types: filters.Types = None,
    statuses: filters.Statuses = None,
    since: filters.Since = None,
    until: filters.Until = None,
    confidence: filters.Confidence = 0.0,
) -> None:
    """Draw what two actors, and who acts for them, do together: over time, by class, plans hollow."""
    format = checked(file)
    wanted = EventFilter(
        types=tuple(types or ()),
        statuses=tuple(statuses or ()),
        since=since.date() if since else None,
        until=until.date() if until else None,
        confidence=confidence,
    )
    from kg.pictures.timelines import dyad as drawn  # takes a while to load

    with readable(store) as found:
        lookups = Lookups(found)
        _write(file, drawn(lookups, lookups.resolve(one, ACTORS), lookups.resolve(other, ACTORS), format, wanted))


def _write(file: Path, picture: bytes) -> None:
    with replaced(file) as written:
        written.write(picture)
    line(f"{file}: {len(picture)} bytes")
