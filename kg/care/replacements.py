"""A store made beside the one whose place it takes, when it is whole."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.answers.opening import aside, opened_alone, settle
from kg.errors import StoreError
from kg.index import database

T = TypeVar("T")
Make = Callable[[ox.Store, Path], T]
"""Makes a store in the folder, given the one that is there, and closes it."""


def replaced(path: Path, make: Make[T]) -> T:
    """What `make` returns, once the store that it made stands in the place of the one at `path`.

    Nobody else can open the store at `path` (empty where there was none) while the new one is made. A process that is
    killed leaves the old one or the new one; `settle`, which every opening begins with, puts it in its place.

    Raises:
        StoreError: the store cannot be opened, or the disk refuses; the store is as it was.
    """
    path = path.resolve()
    settle(path)
    was_there = path.exists()
    held: ox.Store | None = opened_alone(path)
    assert held is not None
    new, old = aside(path, "partial"), aside(path, "replaced")
    shutil.rmtree(new, ignore_errors=True)  # what a process that was killed left
    shutil.rmtree(old, ignore_errors=True)
    try:
        made = make(held, new)
        held = None  # lets go of the folder: an open store must not be moved
        path.rename(old)
        new.rename(path)
        for store in (new, path):  # the index of a store that is there no longer
            database.discard(store)
    except BaseException as error:
        held = None
        settle(path)
        shutil.rmtree(new, ignore_errors=True)
        if not was_there:
            shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, OSError):
            reason = " ".join(str(error).split())
            raise StoreError(f"{path}: nothing was changed: {reason}; free space, then run again") from error
        raise
    shutil.rmtree(old, ignore_errors=True)
    return made
