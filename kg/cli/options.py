"""The arguments and options that several commands share."""

from typing import Annotated

import pyoxigraph as ox
import typer

from kg.answers import opening
from kg.errors import UsageError

DEFAULT_STORE = str(opening.DEFAULT_STORE)


def absolute(base: str | None) -> str | None:
    """The base as it was given.

    Raises:
        UsageError: ids cannot be made by putting a name behind it.
    """
    remedy = "write an absolute IRI that ends in / or #, such as https://example.org/id/"
    if base is None:
        return None
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise UsageError(f"--base {base}: no absolute IRI ({error}); {remedy}") from None
    if not base.endswith(("/", "#")):
        raise UsageError(f"--base {base}: names would run into it; {remedy}")
    return base


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH", help="Articles (.txt .json .jsonl .html), folders of them, or - for standard input."
    ),
]
StoreFolder = Annotated[
    str, typer.Option("--store", metavar="DIR", help="The folder of the store, or the http://... of an engine.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read articles.")]
Published = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of publication of articles that carry none.")
]
Base = Annotated[
    str | None,
    typer.Option("--base", metavar="IRI", callback=absolute, help="The base of all ids; ends in / or #."),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        "--pipeline",
        metavar="NAME_OR_PATH",
        help="Another spaCy pipeline with Universal Dependencies, instead of the one that ships.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for a program.")]
