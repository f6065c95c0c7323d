"""The commands by name."""

from importlib.metadata import version
from typing import Annotated

import typer

from kg.cli import (
    bench,
    build,
    care,
    check,
    curate,
    evaluate,
    explain,
    export,
    extract,
    metrics,
    plot,
    query,
    remove,
    serve,
    show,
    stats,
    tables,
)
from kg.cli.output import line

app = typer.Typer(
    name="kg",
    epilog="Start with: kg build articles/ and then: kg show Pakistan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def say_version(asked: bool) -> None:
    """Print the version of the project and stop, where it is asked for."""
    if asked:
        line(f"defcoop {version('defcoop')}")
        raise typer.Exit


@app.callback()
def main(
    asked: Annotated[
        bool, typer.Option("--version", callback=say_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """A knowledge graph of defence cooperation: articles in, an RDF graph out, for SPARQL, REST and Gephi."""


app.command(epilog="Example: kg extract articles/ -o graph.nq")(extract.extract)
app.command(epilog="Example: kg build articles/ --store defcoop-store")(build.build)
app.command(epilog="Example: kg query 'SELECT ?pact ?label { ?pact a coop:Agreement ; skos:prefLabel ?label }'")(
    query.query
)
app.command(epilog="Example: kg show Pakistan")(show.show)
app.command(epilog="Example: kg explain event:agreement-0123456789ab")(explain.explain)
app.command(epilog="Example: kg export graph.gexf")(export.export)
app.command(epilog="Example: kg tables plover.jsonl, or: kg tables folder/ for all of them")(tables.tables)
app.command(epilog="Example: kg metrics --by-year --measure betweenness --plot betweenness.svg")(metrics.metrics)
app.add_typer(plot.app, name="plot")
app.command(epilog="Example: kg stats --json")(stats.stats)
app.command(epilog="Example: kg check")(check.check)
app.command(epilog="Example: kg evaluate annotations/ articles/ --errors")(evaluate.evaluate)
app.command(epilog="Example: kg serve --port 8000, then open http://127.0.0.1:8000")(serve.serve)
app.command(epilog="Example: kg remove dev-000")(remove.remove)
app.command(epilog="Example: kg review, then: kg review ID --accept")(curate.review)
app.command(epilog="Example: kg merge person:alexander-fomin person:a-v-fomin")(curate.merge)
app.command(epilog="Example: kg split event:agreement-0123456789ab article-7")(curate.split)
app.command(epilog="Example: kg correct event:visit-0123456789ab --date 2018-08-07 --add host=state:PK")(curate.correct)
app.command(epilog="Example: kg undo")(curate.undo)
app.command(epilog="Example: kg backup /media/disk/defcoop-2021-07")(care.backup)
app.command(epilog="Example: kg restore /media/disk/defcoop-2021-07 --replace")(care.restore)
app.command(epilog="Example: kg dump defcoop.nq.gz")(care.dump)
app.command(epilog="Example: kg load defcoop.nq.gz --store new-store")(care.load)
app.command(epilog="Example: kg migrate --store defcoop-store")(care.migrate)
app.command(epilog="Example: kg bench --load 300")(bench.bench)
