"""The workers and the queue before them."""

import asyncio
import signal
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from kg.errors import StoreError
from kg.serving.limits import Limits
from kg.serving.processes import Worker
from kg.serving.questions import Question
from kg.serving.replies import Reply
from kg.serving.shares import Clients, Share
from kg.serving.snapshots import Snapshots

SHORT = 10_000
"""Characters of a query that a pipe takes without waiting, whatever its parameters."""


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
        self._threads = ThreadPoolExecutor(size + waiting + 1, "sparql")  # one for each place, one to free workers
        self._workers = [Worker(snapshots.latest()) for _ in range(size)]
        self._idle = deque(self._workers)
        self._shared = Share("queue", patience, size + waiting, size)
        self._clients = Clients(size + waiting, size)

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
        client: str | None = None,
    ) -> Reply:
        """The answer to a query, once its first bytes are there; `limits` may be lower than those of the pool.

        `base` is what relative IRIs are taken from; with `union`, a query that names no graphs sees all as one. A
        `client` that is named gets no more than half of the pool.

        Raises:
            QueryError: the text does not parse or may not run here; `FormatError`: its answer has no such format.
            LimitReached: here, or while the answer is read.
            StoreError: the disk refuses a snapshot.
        """
        question = self._question(text, format, default_graphs, named_graphs, limits, base, union)
        return self._reply(question, self._entered(client)).begin()

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
        client: str | None = None,
    ) -> Reply:
        """As `query`, without blocking the event loop; cancelled, it frees the worker."""
        question = self._question(text, format, default_graphs, named_graphs, limits, base, union)
        shares = self._entered(client)
        reply = self._at_once(question, shares)
        return await (self._begun(reply) if reply else self._awaited(question, shares))

    async def _begun(self, reply: Reply) -> Reply:
        try:
            return await reply.begun()
        except asyncio.CancelledError:
            self._threads.submit(reply.close)
            raise

    async def _awaited(self, question: Question, shares: list[Share]) -> Reply:
        """A reply for which a thread waits."""
        taken, gone = list[Reply](), threading.Event()

        def begun() -> Reply:
            taken.append(self._reply(question, shares))
            if gone.is_set():
                taken[0].give_back()
            return taken[0].begin()

        asking = self._threads.submit(begun)
        try:
            return await asyncio.wrap_future(asking)
        except asyncio.CancelledError:
            if asking.cancelled():
                for share in shares:
                    share.leave()
            gone.set()
            for reply in taken:
                self._threads.submit(reply.close)
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

    def _entered(self, client: str | None) -> list[Share]:
        """The shares in which there is a place for one more query, the client's own first."""
        shares = [*([self._clients.share(client)] if client is not None else []), self._shared]
        with ExitStack() as taken:
            for share in shares:
                share.enter()
                taken.callback(share.leave)
            taken.pop_all()
        return shares

    def _at_once(self, question: Question, shares: list[Share]) -> Reply | None:
        """What will come out of a worker, where nothing has to be waited for."""
        if len(question.text) > SHORT or not self._snapshots.is_at_hand:
            return None
        with ExitStack() as begun:
            for share in shares:
                if not share.begins():
                    return None
                begun.callback(share.end)
            if self._idle[-1].is_lost:
                return None
            begun.pop_all()
        return self._taken(question, shares)

    def _reply(self, question: Question, shares: list[Share]) -> Reply:
        """What will come out of a worker, once one is free."""
        until = time.monotonic() + self.patience
        with ExitStack() as taken:
            for share in shares:
                taken.callback(share.leave)
            for share in shares:
                share.begin(until)
                taken.callback(share.end)
            taken.pop_all()
        return self._taken(question, shares)

    def _taken(self, question: Question, shares: list[Share]) -> Reply:
        """A worker of one's own, on the latest snapshot, and what will come out of it."""
        with ExitStack() as taken:
            for share in shares:
                taken.callback(share.leave)
                taken.callback(share.end)
            worker = self._idle.pop()
            taken.callback(self._idle.append, worker)
            latest = self._snapshots.latest()
            moved, worker.snapshot = worker.snapshot != latest, latest
            if worker.is_lost:
                worker.restart()
            if moved:
                self._snapshots.prune({other.snapshot for other in self._workers})
            taken.pop_all()
        back = partial(self._back, shares, worker)
        return Reply(worker, replace(question, snapshot=str(latest)), back, self._threads)

    def _back(self, shares: list[Share], worker: Worker, fit: bool) -> None:
        """Take a worker back, to be the next or, where its process is new and still starts, the last to be used.

        Without a lock, as this may happen amidst anything: in `__del__`.
        """
        (self._idle.append if fit else self._idle.appendleft)(worker)
        for share in reversed(shares):
            share.end()
            share.leave()
