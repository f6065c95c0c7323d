"""The index's file: its connections, and the note of what is to be read anew."""

import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from math import inf
from pathlib import Path

from kg.errors import StoreError

FORM = "4"
"""The version of `schema.sql`; an index of another one is made anew."""

PATIENCE = 60.0
"""Seconds to wait for another process that writes the index."""

GLANCE = 100_000
"""Steps of SQLite between two looks at the clock."""


class Database:
    """The index of the store in a folder (the file `NAME.index` beside it), or of one in memory (a temporary file).

    `identity` tells the store from another one in the same folder: an index of that other one is made anew.
    Each thread reads through a connection of its own; one at a time writes. What takes longer to read than `seconds`
    from the start of its transaction, or from when its connection was asked for, is interrupted
    (`sqlite3.OperationalError`).
    """

    seconds: float = inf

    def __init__(self, store: Path | None, identity: str) -> None:
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self.writing = threading.RLock()
        self.path = beside(store) if store else _temporary(self)
        try:
            self._prepare(identity)
        except sqlite3.Error:  # another version's, or damaged
            self._anew(identity)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = NORMAL")
            found.execute("PRAGMA cache_size = -2048")
            found.execute("PRAGMA mmap_size = 1073741824")
            found.set_progress_handler(self._is_over, GLANCE)
            self._local.connection = found
            self._open.append(found)
        if not found.in_transaction:
            self._local.until = time.monotonic() + self.seconds
        return found

    def _is_over(self) -> bool:
        until: float = self._local.until
        return time.monotonic() > until

    @property
    def is_reading(self) -> bool:
        """Whether this thread has a transaction open."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return found is not None and found.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What this thread reads meanwhile is of one moment, whatever is written."""
        connection = self.connection
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:  # SQLite ends it by itself where it interrupts a change of a temporary table
                connection.execute("COMMIT")

    def apart(self) -> sqlite3.Connection:
        """A connection of the caller's own, which only reads, for any thread; whoever asks for it closes it."""
        address = f"{self.path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction.

        Raises:
            StoreError: the disk refuses.
        """
        with self.writing:
            connection = self.connection
            self._local.until = inf
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise StoreError(f"{self.path}: cannot be written: {error}; free space, or give the right") from error
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def begin_with(self, other: "Database") -> None:
        """Hold what another index holds, in place of what this one does; it stays the index of its own store."""
        about = self.connection.execute("SELECT value, key FROM about WHERE key IN ('form', 'store')").fetchall()
        with self.writing:
            other.connection.backup(self.connection)
            self.connection.executemany("UPDATE about SET value = ? WHERE key = ?", about)

    def copy(self, store: Path) -> None:
        """Copy the index beside the folder of another store, which is to hold the same.

        Raises:
            sqlite3.Error: the disk refuses.
        """
        with closing(sqlite3.connect(beside(store))) as other:
            self.connection.backup(other)

    def note(self, articles: Iterable[str]) -> None:
        """Note that these articles are to be read anew, before they change."""
        with self.change() as connection:
            connection.executemany("INSERT OR IGNORE INTO due VALUES (?)", ((article,) for article in articles))

    def due(self) -> list[str]:
        """The articles to be read anew."""
        return [article for (article,) in self.connection.execute("SELECT article FROM due ORDER BY article")]

    def is_complete(self) -> bool:
        """Whether all of the store was read at least once."""
        return bool(self.connection.execute("SELECT 1 FROM about WHERE key = 'complete'").fetchone())

    def close(self) -> None:
        """Let go of the file."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._local = threading.local()

    def _prepare(self, identity: str) -> None:
        """Make the tables where there are none, or are those of another store or version."""
        about = {"form": FORM, "store": identity}
        told = "SELECT key, value FROM about WHERE key IN ('form', 'store')"
        tables = [name for (name,) in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        if tables and dict(self.connection.execute(told)) != about:
            self._anew(identity)
        elif not tables:
            with self.change() as connection:
                for statement in _schema():
                    connection.execute(statement)
                connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())

    def _anew(self, identity: str) -> None:
        self.close()
        _remove(self.path)
        self._prepare(identity)


def discard(store: Path) -> None:
    """Remove the index of the store in a folder, which nobody has open."""
    _remove(beside(store))


def beside(store: Path) -> Path:
    """The file of the index of the store in a folder."""
    return store.with_name(f"{store.name}.index")


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _schema() -> list[str]:
    text = files("kg.index").joinpath("schema.sql").read_text(encoding="utf-8")
    bare = "\n".join(line.partition("--")[0] for line in text.splitlines())
    return [statement for statement in bare.split(";") if statement.strip()]


def _temporary(owner: object) -> Path:
    folder = tempfile.mkdtemp(prefix="defcoop-")
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / "store.index"
