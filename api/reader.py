"""Texts read while a client waits: one at a time, in a thread. The pipeline is loaded when the first one comes."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from kg.errors import LimitReached
from kg.model import Article, Extraction

SECONDS = 60.0
"""How long a client waits at most, for those before it too. A text of the largest size takes a quarter of that."""

T = TypeVar("T")


class Reader:
    """Reads articles."""

    def __init__(self) -> None:
        self._alone = asyncio.Lock()
        self._extract: Callable[[Article], Extraction] | None = None

    async def read(self, article: Callable[[], Article], use: Callable[[Extraction], T]) -> T:
        """What `use` makes of what the article says; both run in a thread.

        Raises:
            LimitReached: it was not done in time.
        """
        task = asyncio.ensure_future(self._read(article, use))
        done, _ = await asyncio.wait({task}, timeout=SECONDS)
        if not done:
            task.cancel()  # one that waits goes away; one that reads goes on to its end
            raise LimitReached("seconds", SECONDS)
        return task.result()

    async def _read(self, article: Callable[[], Article], use: Callable[[Extraction], T]) -> T:
        async with self._alone:
            return await run_in_threadpool(lambda: use(self._extracted(article())))

    def _extracted(self, article: Article) -> Extraction:
        if self._extract is None:
            from kg.extraction import Extractor  # loads the pipeline's libraries, which lookups do without

            self._extract = Extractor().extract
        return self._extract(article)


def reader_of(request: Request) -> Reader:
    """The application's reader."""
    found = request.app.state.reader
    assert isinstance(found, Reader)
    return found
