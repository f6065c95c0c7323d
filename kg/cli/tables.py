"""`kg tables`: the graph as tables for the programs and habits of analysts."""

from pathlib import Path
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line
from kg.errors import UsageError
from kg.model import Status
from kg.serving.reading import readable

Target = Annotated[
    Path, typer.Argument(metavar="FILE_OR_DIR", help="A file (.csv .jsonl .parquet), or a folder for all tables.")
]
Name = Annotated[
    str | None, typer.Option("--table", metavar="NAME", help="The table; else the one that the file is named after.")
]
FormatOfAll = Annotated[str, typer.Option("--format", metavar="NAME", help="csv, jsonl or parquet, in a folder.")]
Statuses = Annotated[
    list[Status] | None,
    typer.Option("--status", case_sensitive=False, help="Events of this status, instead of Actual."),
]
All = Annotated[bool, typer.Option("--all", help="Events of every status.")]


def tables(
    target: Target,
    store: StoreFolder = DEFAULT_STORE,
    table: Name = None,
    format: FormatOfAll = "csv",
    status: Statuses = None,
    all: All = False,
) -> None:
    """Write one table, or all as a data package: event lists (plover, cameo), transfers, agreements, dyad_years, ..."""
    wanted = EventFilter(statuses=() if all else tuple(status or [Status.ACTUAL]))
    if table is None and not target.suffix:
        _all(target, format, store, wanted)
    else:
        _one(target, table or target.stem, store, wanted)


def _one(file: Path, name: str, store: str, wanted: EventFilter) -> None:
    from kg.tables import formats, packages, rows, schemas

    try:
        format, table = formats.format_of(file.suffix.removeprefix(".").lower()), schemas.table(name)
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from None
    with readable(store) as opened, replaced(file) as stream:
        written = packages.write(table, rows.rows(table, Lookups(opened), wanted), format, stream)
    line(f"{file}: {written.rows} rows, sha256 {written.hash}")


def _all(folder: Path, name: str, store: str, wanted: EventFilter) -> None:
    from kg.tables import formats, packages, rows, schemas

    format = formats.format_of(name)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder, or a file with an ending")
    with readable(store) as opened:
        folder.mkdir(parents=True, exist_ok=True)
        lookups, files = Lookups(opened), []
        for table in schemas.tables():
            with replaced(folder / f"{table.name}.{format}") as stream:
                files.append(packages.write(table, rows.rows(table, lookups, wanted), format, stream))
    with replaced(folder / packages.FILE) as stream:
        stream.write(packages.package(files))
    for written in files:
        line(f"{folder / written.file}: {written.rows} rows, sha256 {written.hash}")
