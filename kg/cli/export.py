"""`kg export`: the graph of actors for Gephi."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line
from kg.errors import UsageError
from kg.serving.reading import readable

Target = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it ends in .gexf.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Leave colours and sizes out, for programs that want the XML Schema.")
]


def export(file: Target, store: StoreFolder = DEFAULT_STORE, plain: Plain = False) -> None:
    """Write the actors and the events between them as GEXF 1.3, with dates for Gephi's timeline."""
    if file.suffix.lower() != ".gexf":
        raise UsageError(f"{file}: unknown format {file.suffix or '(no ending)'}; the file's name ends in .gexf")
    from kg.answers.gexf import write_gexf  # loads lxml, which other commands do without
    from kg.answers.projections import actors

    with readable(store) as opened:
        graph = actors(opened)
    with replaced(file) as stream:
        write_gexf(graph, stream, looks=not plain)
    line(f"{file}: {len(graph.nodes)} actors, {len(graph.edges)} edges")
