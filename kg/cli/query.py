"""`kg query`: a SPARQL query to the store."""

import sys
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer

from kg.answers.store import Store
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line, say, table
from kg.errors import UsageError
from kg.rdf.jsonld import Shortener
from kg.rdf.serializations import Format, serialize
from kg.serving.reading import readable

Text = Annotated[
    str, typer.Argument(metavar="QUERY", help="The query, @FILE for one in a file, or - for standard input.")
]
As = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help="json, csv, tsv or xml; for CONSTRUCT ttl, nt, nq, trig, jsonld or rdf."
    ),
]
ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "ttl": Format.TURTLE,
    "turtle": Format.TURTLE,
    "nt": Format.N_QUADS,
    "nq": Format.N_QUADS,
    "trig": Format.TRIG,
    "jsonld": Format.JSON_LD,
    "rdf": Format.RDF_XML,
}
"""A constructed graph lies in the default graph, where N-Quads are N-Triples."""


def query(text: Text, format: As = None, store: StoreFolder = DEFAULT_STORE) -> None:
    """Ask the store in SPARQL: a table of the answers, or Turtle for CONSTRUCT. The usual prefixes are known."""
    if format is not None and format not in {"table", *ROWS, *GRAPHS}:
        raise UsageError(f"--format {format}: unknown format; use one of table, {', '.join([*ROWS, *GRAPHS])}")
    with readable(store) as opened:
        answer(opened, read(text), format)


def read(text: str) -> str:
    """The query itself, from the argument, a file or standard input.

    Raises:
        UsageError: there is no such file, or it is no text.
    """
    if text == "-":
        return sys.stdin.read()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{text[1:]}: cannot be read ({error.strerror}); after @ comes the file of a query") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{text[1:]}: no text in UTF-8; after @ comes the file of a query") from error


def answer(store: Store, text: str, format: str | None) -> None:
    """Print the answer to a query in a format that fits it.

    Raises:
        UsageError: the format does not fit the answer.
    """
    results = store.query(text)
    if isinstance(results, ox.QueryTriples):
        if format not in {None, *GRAPHS}:
            raise UsageError(f"--format {format}: this query gives a graph; use one of {', '.join(GRAPHS)}")
        quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in results]
        graph = serialize(quads, GRAPHS[format or "ttl"], store.base)
        sys.stdout.buffer.write(graph if graph.endswith(b"\n") else graph + b"\n")
    elif format in {None, "table"}:
        show(results, Shortener(store.prefixes))
    elif format in ROWS:
        results.serialize(sys.stdout.buffer, ROWS[format])
        if format in {"json", "xml"}:  # the others end each row with a line's end
            sys.stdout.buffer.write(b"\n")
    else:
        raise UsageError(f"--format {format}: this query gives rows; use one of table, {', '.join(ROWS)}")


def show(results: ox.QuerySolutions | ox.QueryBoolean, short: Shortener) -> None:
    """Print rows as a table with short names, or yes or no."""
    if isinstance(results, ox.QueryBoolean):
        line("yes" if results else "no")
        return
    headings = [variable.value for variable in results.variables]
    rows = [[cell(row[name], short) for name in headings] for row in results]
    table(headings, rows)
    say(f"{len(rows)} rows")


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, short: Shortener) -> str:
    """What a cell of the table shows."""
    if isinstance(term, ox.NamedNode):
        return short.name(term)
    return term.value if isinstance(term, ox.Literal) else str(term or "")
