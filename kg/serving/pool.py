"""The workers and the queue before them."""

import asyncio
import queue
import signal
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Self

from kg.errors import LimitReached, StoreError
from kg.serving.limits import Limits
from kg.serving.processes import Worker
from kg.serving.questions import Question
from kg.serving.replies import Reply
from kg.serving.snapshots import Snapshots


class Pool:
    """`size` workers; up to `waiting` queries wait, each at most `patience` seconds, for one that is free."""

    def __init__(
        self,
        snapshots: Snapshots,
        size: int = 6,
        waiting: int = 16,
        patience: float = 5.0,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        if not hasattr(signal, "setitimer"):
            raise StoreError(
                "queries with limits need the timers of POSIX, which this system lacks; use Linux or macOS"
            )
        self.limits, self.patience = limits, patience
        self._snapshots = snapshots
        self._prefixes = snapshots.prefixes
        self._threads = ThreadPoolExecutor(size + waiting, "sparql")
        self._workers = [Worker(snapshots.latest()) for _ in range(size)]
        self._idle = deque(self._workers)
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._turns: queue.SimpleQueue[None] = queue.SimpleQueue()
        for tokens, count in ((self._free, size), (self._turns, size + waiting)):
            for _ in range(count):
                tokens.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they do, and remove the snapshots."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)
        self._snapshots.close()

    def query(
        self,
        text: str,
        format: str | Sequence[str],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
        *,
        base: str | None = None,
        union: bool = True,
    ) -> Reply:
        """The answer to a query, once its first bytes are there; `limits` may be lower than those of the pool.

        `base` is what relative IRIs are taken from; with `union`, a query that names no graphs sees all as one.

        Raises:
            QueryError: the text does not parse or may not run here; `FormatError`: its answer has no such format.
            LimitReached: here, or while the answer is read.
            StoreError: the disk refuses a snapshot.
        """
        return self._reply(self._question(text, format, default_graphs, named_graphs, limits, base, union)).begin()

    async def ask(
        self,
        text: str,
        format: str | Sequence[str],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
        *,
        base: str | None = None,
        union: bool = True,
    ) -> Reply:
        """As `query`, without blocking the event loop; cancelled, it frees the worker."""
        question = self._question(text, format, default_graphs, named_graphs, limits, base, union)
        loop = asyncio.get_running_loop()
        taking = self._threads.submit(self._reply, question)
        try:
            reply = await asyncio.wrap_future(taking)
        except asyncio.CancelledError:
            if not taking.cancelled():
                taking.add_done_callback(_freed)
            raise
        try:
            return await loop.run_in_executor(self._threads, reply.begin)
        except asyncio.CancelledError:
            reply.close()
            raise

    def _question(
        self,
        text: str,
        format: str | Sequence[str],
        default_graphs: Sequence[str],
        named_graphs: Sequence[str],
        limits: Limits | None,
        base: str | None,
        union: bool,
    ) -> Question:
        formats = (format,) if isinstance(format, str) else tuple(format)
        allowed = (limits or self.limits).within(self.limits)
        graphs, named = tuple(default_graphs), tuple(named_graphs)
        return Question(text, "", formats, graphs, named, self._prefixes, allowed, base, union)

    def _reply(self, question: Question) -> Reply:
        """A worker of one's own, on the latest snapshot, and what will come out of it."""
        try:
            self._turns.get_nowait()
        except queue.Empty:
            raise LimitReached("queue", self.patience) from None
        try:
            self._free.get(timeout=self.patience)
        except queue.Empty:
            self._turns.put(None)
            raise LimitReached("queue", self.patience) from None
        worker = self._idle.pop()
        try:
            latest = self._snapshots.latest()
            moved, worker.snapshot = worker.snapshot != latest, latest
            if worker.lost or worker.process.poll() is not None:
                worker.restart()
            if moved:
                self._snapshots.prune({other.snapshot for other in self._workers})
        except BaseException:
            self._back(worker, True)
            raise
        return Reply(worker, replace(question, snapshot=str(latest)), self._back, self._threads)

    def _back(self, worker: Worker, fit: bool) -> None:
        """Take a worker back, to be the next or, where its process is new and still starts, the last to be used.

        Without a lock, as this may happen amidst anything: in `__del__`.
        """
        (self._idle.append if fit else self._idle.appendleft)(worker)
        self._free.put(None)
        self._turns.put(None)


def _freed(taken: Future[Reply]) -> None:
    """Give back what came to somebody who went away."""
    if not taken.exception():
        taken.result().close()
