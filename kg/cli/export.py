"""`kg export`: the events as a graph, in a file for Gephi and others."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.cli import filters
from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line
from kg.graphs.exports import Drawing, checked, write
from kg.graphs.looks import Colouring
from kg.graphs.projections import DEFAULT, projection
from kg.graphs.streams import opened
from kg.serving.reading import readable

Target = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="The file to write; its ending says the format: .gexf, .zip (nodes.csv and edges.csv), "
        ".json (D3, networkx), .graphology (sigma), .graphml, .gml, .net (Pajek).",
    ),
]
Shown = Annotated[
    str, typer.Option("--projection", metavar="NAME", help="What is a node and what an edge; see README.")
]
Format = Annotated[str | None, typer.Option("--format", help="The format, where the file's ending does not say it.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Leave colours and sizes out, for programs that want the XML Schema.")
]
Colour = Annotated[Colouring, typer.Option("--colour", help="What the colours of nodes stand for.")]


@filters.filtered
def export(
    file: Target,
    store: StoreFolder = DEFAULT_STORE,
    shown: Shown = DEFAULT,
    format: Format = None,
    plain: Plain = False,
    colour: Colour = Colouring.TYPE,
    *,
    wanted: EventFilter,
) -> None:
    """Write the events, as far as they meet the filters, as a graph: the actors and what links them, or another one."""
    chosen = projection(shown)
    kind = checked(format or file.suffix.lower().removeprefix("."))
    with readable(store) as found, closing(opened(Lookups(found), chosen, wanted)) as stream:
        with replaced(file) as written:
            write(stream, kind, Drawing(not plain, colour, layout=True), written)
        line(f"{file}: {stream.size()} nodes")
