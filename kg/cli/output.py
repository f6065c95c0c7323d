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
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

WIDE = 10_000
"""Columns where no terminal sets a width: nothing is cut or wrapped."""
STEP = 100
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


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> None:
    """Print a table, as wide as the terminal or as wide as it needs."""
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    grid = Table(*headings, box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for row in rows:
        grid.add_row(*(Text(plain(cell)) for cell in row))
    console.print(grid)


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
