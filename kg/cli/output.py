"""Results for a person and for a program, and the lines that say how far the work is."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

WIDEST = 60
"""The widest that a column is made where no terminal sets a width."""
STEP = 25
"""Articles between two lines of progress where there is no terminal."""


class Advance(Protocol):
    """Says that one more piece of the work is done."""

    def __call__(self) -> None: ...


def plain(text: str) -> str:
    """The text on one line, without characters that steer a terminal.

    >>> plain("a\\x1b[31mb\\nc")
    'a[31mb c'
    """
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: fitted to a terminal, or in plain columns, one row a line, where there is none."""
    cells = [[plain(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        columns(headings, cells)
        return
    grid = Table(*headings, box=SIMPLE_HEAD, pad_edge=False)
    for row in cells:
        grid.add_row(*map(Text, row))
    Console().print(grid)


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns that are as wide as their cells, up to `WIDEST`; longer cells push the next ones on."""
    widths = [
        max(cell_len(heading), *(min(cell_len(row[place]), WIDEST) for row in rows), 0)
        for place, heading in enumerate(headings)
    ]
    for row in (headings, ["-" * width for width in widths], *rows):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())


def as_json(value: object) -> None:
    """Print a value as JSON: dataclasses as objects, days and decimals as texts."""
    print(json.dumps(value, default=_jsonable, ensure_ascii=False, indent=2))


def line(text: str) -> None:
    """Print a line of result."""
    print(plain(text))


def say(text: str) -> None:
    """Print a line to standard error."""
    print(plain(text), file=sys.stderr, flush=True)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Advance]:
    """Show how far the work is: a bar on a terminal, a line now and then elsewhere."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda: bar.advance(task)
        return
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % STEP == 0:
            say(f"{label}: {done}" + (f" of {total}" if total else ""))

    yield advance


def _jsonable(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
