"""The reply that comes out of a worker."""

import asyncio
import json
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from typing import IO, Self

from kg.errors import FormatError, KgError, LimitReached, QueryError
from kg.serving import frames
from kg.serving.frames import Kind
from kg.serving.processes import Worker
from kg.serving.questions import Head, Question

WORN = 2.0
"""Seconds of work after which a worker is replaced: the next query shall find the memory of a new one."""


class Reply(Iterator[bytes]):
    """The bytes of an answer as they come; `format` is its media type.

    `isolated` tells whether the process that made it had no network.
    """

    def __init__(self, worker: Worker, question: Question, back: Callable[[bool], None], threads: Executor) -> None:
        self.format, self.isolated = "", False
        self.whole: bytes | None = None
        """All of the answer, where it came at once and none of it was taken."""
        self._worker, self._question, self._back, self._threads = worker, question, back, threads
        self._state = threading.Lock()
        self._over = False
        self._began = time.monotonic()

    def begin(self) -> Self:
        """Send the question and wait for the first bytes.

        Raises:
            QueryError, LimitReached, StoreError: there will be none.
        """
        self._ask()
        return self._first()

    async def begun(self) -> Self:
        """As `begin`, for the thread of an event loop: it does other things until the first bytes are there."""
        with self._worker.reading:
            self._ask()
            if not self._over:
                await _readable(self._worker.stdout)
            return self._first()

    def _ask(self) -> None:
        with suppress(OSError, ValueError):  # where it dies while it is asked, what comes next tells why
            fields = json.dumps(self._question.fields())
            with self._worker.reading:
                if not self._over:
                    frames.put(self._worker.stdin, Kind.QUERY, fields.encode())
                    frames.send(self._worker.stdin, Kind.QUERY, self._question.text.encode(errors="surrogatepass"))

    def _first(self) -> Self:
        begin = self._frame(Kind.BEGIN)
        if begin is not None:
            head = Head(**json.loads(begin))
            self.format, self.isolated = head.format, head.isolated
            if head.whole:
                self.whole = self._frame(Kind.CHUNK)
                self._frame(Kind.CHUNK)  # the end, which frees the worker
        return self

    def __next__(self) -> bytes:
        whole, self.whole = self.whole, None
        portion = whole or (None if self._over else self._frame(Kind.CHUNK))
        if portion is None:
            raise StopIteration
        return portion

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The same without blocking the event loop; cancelled, it frees the worker."""
        try:
            while (portion := await self._next()) is not None:
                yield portion
        finally:
            self.close()

    async def _next(self) -> bytes | None:
        with self._worker.reading:
            if self.whole is None and not self._over:
                await _readable(self._worker.stdout)
            return next(self, None)

    def give_back(self) -> None:
        """Free the worker, which was not asked yet, as it is."""
        self._end(True)

    def close(self) -> None:
        """Free the worker, from any thread; nothing more comes."""
        self._end(False)

    def __del__(self) -> None:
        if not self._over:
            self._worker.abandon()
            self._back(False)

    def _frame(self, wanted: Kind) -> bytes | None:
        """The next frame, or `None` at the end of the answer."""
        kind, payload, fate = None, b"", None
        with self._worker.reading:
            if self._over:
                return None
            try:
                kind, payload = frames.receive(self._worker.stdout)
            except (EOFError, ValueError):  # ValueError: the pipe was closed with the pool
                fate = None if self._over else self._worker.fate(self._question)
        if kind is None:
            self._end(False)
            if fate is not None:
                raise fate
            return None
        if kind is wanted:
            return payload
        self._end(time.monotonic() - self._began < WORN)
        if kind is Kind.FAULT:
            raise fault(**json.loads(payload))
        return None

    def _end(self, fit: bool) -> None:
        with self._state:
            if self._over:
                return
            self._over = True
        if fit:
            self._back(True)
            return
        self._worker.abandon()
        try:
            self._threads.submit(self._renew)  # a new process takes a moment
        except RuntimeError:  # the pool is closed
            self._back(False)

    def _renew(self) -> None:
        self._worker.restart()
        self._back(False)


async def _readable(pipe: IO[bytes]) -> None:
    """Wait until there is something to read, or the end."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    with suppress(ValueError):  # the pipe was closed with the pool, which is found when it is read
        loop.add_reader(pipe, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(pipe)
            os.set_blocking(pipe.fileno(), True)  # which uvloop unsets


def fault(kind: str, message: str, limit: str = "", value: float = 0, offered: tuple[str, ...] = ()) -> KgError:
    """The error that a worker reports."""
    if kind == LimitReached.__name__:
        return LimitReached(limit, value)
    return FormatError(message, tuple(offered)) if kind == FormatError.__name__ else QueryError(message)
