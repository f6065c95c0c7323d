"""Copies of the store as it was at one moment, for others to read while it is written."""

import shutil
import tempfile
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.answers.store import Store
from kg.errors import StoreError

EVERY = 1.0
"""Seconds, at least, between two snapshots."""

LATEST = 1.5
"""Seconds after which all that was written is in the snapshot that is shown."""


class Snapshots:
    """Numbered folders beside the store (`NAME.snapshots`), made by the process that writes it.

    On disk they are hard links (`Store.backup`), so they cost little; each holds every article whole or not at all, as
    an article is one transaction. They are made when asked for: a store that nobody asks costs nothing. A store has one
    `Snapshots` at a time, which removes what a server that was killed left.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.prefixes = store.prefixes
        self._lock = threading.Lock()
        self._count = 0
        self._version = -1
        self._made = self._fresh = 0.0
        path = store.path
        self._folder = path.with_name(f"{path.name}.snapshots") if path else Path(tempfile.mkdtemp(prefix="defcoop-"))
        self.prune(())  # of a process that was killed

    @property
    def is_at_hand(self) -> bool:
        """Whether `latest` is known without writing a snapshot first."""
        return self._count > 0 and (self._version == self._store.version or not self._stale())

    def latest(self) -> Path:
        """A snapshot that holds all that was written `LATEST` seconds ago.

        A store that is asked all the time has the next one made aside: nobody waits for it.

        Raises:
            StoreError: the disk refuses.
        """
        now = time.monotonic()
        if self._count and self._version == self._store.version:
            self._fresh = now
        elif self._stale():
            with self._lock:
                if self._stale():
                    self._make()
        elif now - self._made >= EVERY and self._lock.acquire(blocking=False):
            threading.Thread(target=self._make_aside, name="snapshot").start()
        return self._path(self._count)

    def prune(self, used: Collection[Path]) -> None:
        """Remove the snapshots that are neither among `used` nor the latest two: somebody may be about to use these."""
        for folder in self._folder.glob("[0-9]*"):
            if folder not in used and (not self._count or int(folder.name) < self._count - 1):
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove them all."""
        with self._lock:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _stale(self) -> bool:
        return not self._count or time.monotonic() - self._fresh > LATEST

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}"

    def _make_aside(self) -> None:
        try:
            with suppress(StoreError):  # said to the one who asks when the present one is too old
                self._make()
        finally:
            self._lock.release()

    def _make(self) -> None:
        """Make the next one; what is committed while it is made may be in it, and is in the one after."""
        version, began, path = self._store.version, time.monotonic(), self._path(self._count + 1)
        try:
            self._folder.mkdir(exist_ok=True)
            if self._store.path:
                self._store.embedded.backup(path)
            else:
                copy = ox.Store(path)
                copy.bulk_extend(self._store.embedded)
                copy.flush()
        except OSError as error:
            shutil.rmtree(path, ignore_errors=True)
            reason = f"no snapshot to answer queries from: {' '.join(str(error).split())}"
            raise StoreError(f"{path}: {reason}; free space, then ask again") from error
        self._count += 1
        self._made = self._fresh = began
        self._version = version
