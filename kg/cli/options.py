"""The arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from kg.opening import DEFAULT_STORE as DEFAULT_STORE

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH", help="Articles (.txt .json .jsonl .html), folders of them, or - for standard input."
    ),
]
StoreFolder = Annotated[Path, typer.Option("--store", metavar="DIR", help="The folder of the store.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read articles.")]
Published = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of publication of articles that carry none.")
]
Base = Annotated[str | None, typer.Option("--base", metavar="IRI", help="The base of all ids; ends in / or #.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for a program.")]
