"""`kg backup`, `kg restore`, `kg dump`, `kg load` and `kg migrate`: care of the data."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from kg.answers import places
from kg.care import backups, dumps, migrations
from kg.cli.files import replaced
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line, progress, say
from kg.serving.client import Served
from kg.serving.reading import readable
from kg.serving.writing import writable_existing

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the backup.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a store that has something in it.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="N-Quads; compressed if it ends in .gz; - for a pipe.")]


def backup(folder: Folder, store: StoreFolder = DEFAULT_STORE) -> None:
    """Copy a store, also one that is served, into a new folder, which can be opened as a store."""
    path = places.folder(store)
    with writable_existing(path) as opened:
        if isinstance(opened, Served):
            backups.back_up_served(opened, path, folder)
        else:
            backups.back_up(opened, folder)
    line(f"{folder}: a copy of {store}")


def restore(folder: Folder, store: StoreFolder = DEFAULT_STORE, replace: Replace = False) -> None:
    """Put a copy of a backup in the place of a store."""
    backups.restore(folder, places.folder(store), replace)
    line(f"{store}: restored from {folder}")


def dump(file: File, store: StoreFolder = DEFAULT_STORE) -> None:
    """Write all that a store holds as N-Quads, and say how many quads these are and their hash."""
    with readable(store) as opened, written(file) as stream:
        found = dumps.dump(opened.inner, stream)
    (say if file == Path("-") else line)(f"{file}: {found.quads} quads, hash {found.hash}")


def load(file: File, store: StoreFolder = DEFAULT_STORE) -> None:
    """Make a store from what kg dump wrote, and say its quads and hash, which are the same as before."""
    with read(file) as stream:
        found = dumps.load(stream, str(file), places.folder(store))
    line(f"{store}: {found.quads} quads, hash {found.hash}")


def migrate(store: StoreFolder = DEFAULT_STORE) -> None:
    """Bring a store that a former version of kg made to the present format: what was read and decided is told anew."""
    with progress("told", None) as advance:
        former = migrations.migrate(places.folder(store), advance)
    line(f"{store}: {f'brought from format {former} to' if former else 'of'} the present format")


@contextmanager
def written(file: Path) -> Iterator[BinaryIO]:
    """The stream of a dump that is written; a failure leaves the file that was there."""
    if file == Path("-"):
        yield sys.stdout.buffer
        return
    with replaced(file) as stream:
        if file.suffix != ".gz":
            yield stream
            return
        with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as packed:  # without clock and name
            yield cast(BinaryIO, packed)


@contextmanager
def read(file: Path) -> Iterator[BinaryIO]:
    """The stream of a dump that is read."""
    if file == Path("-"):
        yield sys.stdin.buffer
        return
    with file.open("rb") as stream:
        yield cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if file.suffix == ".gz" else stream
