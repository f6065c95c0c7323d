"""Backups: folders that can be opened as stores; on the filesystem of the store they are hard links and cost little."""

import shutil
import sqlite3
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox

from kg.answers.opening import existing
from kg.answers.store import Store
from kg.care.replacements import replaced
from kg.errors import StoreError, UsageError
from kg.index.database import beside, discard
from kg.serving.client import Served


def back_up(store: Store, folder: Path) -> None:
    """Copy the store, as it is at this moment, into a folder that there is not yet.

    Raises:
        StoreError: the folder exists or is within the store's, or the disk refuses; nothing is left there.
    """
    if store.path is None:
        raise StoreError("a store in memory has no backup; name one on disk")
    check_new(folder, store.path)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with store.writing:
            store.embedded.backup(folder)
            store.index.copy(folder)
    except (OSError, sqlite3.Error) as error:
        raise refused(folder, error) from error


def back_up_beside(store: Store) -> Path:
    """Copy the store into a new folder beside it: where a server writes it, which lets no client name a place.

    Raises:
        StoreError: the store is in memory, or the disk refuses.
    """
    beside = (store.path or Path("memory")).resolve()
    folder = beside.with_name(f"{beside.name}.backup-{uuid4().hex}")
    back_up(store, folder)
    return folder


def back_up_served(server: Served, path: Path, folder: Path) -> None:
    """Have the server that holds the store at `path` copy it, and move the copy to `folder`.

    Raises:
        StoreError: the folder exists or is within the store's, the server refuses, or the disk does.
    """
    check_new(folder, path)
    partial = folder.with_name(f".{folder.name}.partial")
    name, whole = server.back_up(), path.resolve()
    if not name.startswith(f"{whole.name}.backup-"):
        raise StoreError(
            f"{server.url}: its backup {name!r} is none of {path}; name the store that it serves with --store"
        )
    made = whole.with_name(name)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        shutil.move(made, partial)
        shutil.move(beside(made), beside(folder))
        partial.rename(folder)
    except OSError as error:
        for left in (made, partial):
            shutil.rmtree(left, ignore_errors=True)
            discard(left)
        raise refused(folder, error) from error


def restore(folder: Path, path: Path, replace: bool = False) -> None:
    """Put a copy of a backup in the place of the store at `path`.

    Raises:
        UsageError: the folder is the store itself.
        StoreError: the folder is no store that this version reads, the store has something in it and `replace` is not
            said, another process holds one of them, or the disk refuses; the store is as it was.
    """
    if folder.resolve() == path.resolve():
        raise UsageError(f"{folder}: this is the store itself; name a backup of it")

    with existing(folder) as kept:

        def copy(held: ox.Store, new: Path) -> None:
            if len(held) and not replace:
                raise StoreError(f"{path}: the store has something in it; say --replace, or name another --store")
            kept.embedded.backup(new)

        replaced(path, copy)


def check_new(folder: Path, path: Path) -> None:
    """Raise `StoreError` where something has this name, or it is within the store at `path`."""
    if folder.exists():
        raise StoreError(f"{folder}: there already; name a new folder for the backup")
    if path.resolve() in folder.resolve().parents:
        raise StoreError(f"{folder}: within the store; name a folder outside it for the backup")


def refused(folder: Path, error: Exception) -> StoreError:
    """The disk's refusal of a backup."""
    reason = " ".join(str(error).split())
    return StoreError(f"{folder}: no backup was made: {reason}; free space, or name another folder")
