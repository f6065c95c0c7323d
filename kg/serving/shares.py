"""What may be taken at a time, by one client and by all of them: places before the workers, and workers."""

import queue
import threading
import time
from weakref import WeakValueDictionary

from kg.errors import LimitReached


class Share:
    """`places` queries at a time, `workers` of which run while the others wait; else `limit`, with `value`, is reached.

    What is given back is given back without a lock, as this may happen amidst anything: in `__del__`.
    """

    def __init__(self, limit: str, value: float, places: int, workers: int) -> None:
        self._limit, self._value = limit, value
        self._places: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._workers: queue.SimpleQueue[None] = queue.SimpleQueue()
        for tokens, count in ((self._places, places), (self._workers, workers)):
            for _ in range(count):
                tokens.put(None)

    def enter(self) -> None:
        """Take a place.

        Raises:
            LimitReached: there is none.
        """
        try:
            self._places.get_nowait()
        except queue.Empty:
            raise LimitReached(self._limit, self._value) from None

    def leave(self) -> None:
        """Give the place back."""
        self._places.put(None)

    def begin(self, until: float) -> None:
        """Wait for a worker until that moment of the monotonic clock.

        Raises:
            LimitReached: none came free.
        """
        try:
            self._workers.get(timeout=max(until - time.monotonic(), 0))
        except queue.Empty:
            raise LimitReached(self._limit, self._value) from None

    def begins(self) -> bool:
        """Take a worker if one is free."""
        try:
            self._workers.get_nowait()
        except queue.Empty:
            return False
        return True

    def end(self) -> None:
        """Give the worker back."""
        self._workers.put(None)


class Clients:
    """The shares of the clients that are there: each has half of the places, and half of the workers, at most."""

    def __init__(self, places: int, workers: int) -> None:
        self._places, self._workers = max(places // 2, 1), max(workers // 2, 1)
        self._shares: WeakValueDictionary[str, Share] = WeakValueDictionary()
        self._lock = threading.Lock()

    def share(self, client: str) -> Share:
        """What the client of this name shares with nobody else."""
        with self._lock:
            found = self._shares.get(client)
            if found is None:
                found = self._shares[client] = Share("client", self._places, self._places, self._workers)
            return found
