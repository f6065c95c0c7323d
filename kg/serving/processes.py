"""A worker as the server sees it."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from kg.errors import KgError, LimitReached, QueryError, StoreError
from kg.serving.questions import Question

OUT_OF_MEMORY = ("memory allocation", "bad_alloc", "MemoryError", "Cannot allocate memory")
"""What Rust, C++, Python and the system say of it."""

ALLOCATION = {"MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}
"""How glibc gives out memory: one place for the one thread, and what was freed is kept at hand for the next term."""


class Worker:
    """A process that reads a snapshot, and after it the next; started, not forked, as the server has threads.

    `reading` is held while somebody reads from the process: it is not changed for the next under a reader's hands.
    """

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self.reading = threading.RLock()
        self._lost = self._ended = False
        self._start()

    @property
    def is_lost(self) -> bool:
        """Whether there is no process to ask: `restart` makes one."""
        return self._lost or self.process.poll() is not None

    def abandon(self) -> None:
        """Kill the process and leave the rest for `restart`; takes no lock, so it may be called from `__del__`."""
        self._lost = True
        self.process.kill()

    def restart(self) -> None:
        """A new process in place of this one; a thread that reads from this one finds the end of the pipe."""
        self.process.kill()
        with self.reading:
            self._clear()
            if not self._ended:
                self._start()

    def end(self) -> None:
        """Kill the process for good."""
        self._ended = True
        self.process.kill()
        with self.reading:
            self._clear()

    def fate(self, question: Question) -> KgError:
        """What a process that closed its pipe died of."""
        if self._ended:
            return StoreError(f"{self.snapshot}: the pool was closed before the answer was complete; start it again")
        status = self.process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")
        if status == -signal.SIGALRM:
            return LimitReached("seconds", question.limits.seconds)
        if any(words in said for words in OUT_OF_MEMORY):
            return LimitReached("megabytes", question.limits.megabytes)
        if "overflowed its stack" in said or status == -signal.SIGSEGV:
            return QueryError("SPARQL query: it is nested too deeply; take it apart")
        last = said.strip().rpartition("\n")[2][:200] or f"status {status}"
        return StoreError(f"{self.snapshot}: the process that answers queries ended ({last}); ask again")

    def _start(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by _clear
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg.serving.worker", str(self.snapshot)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # what stands in a buffer would not wake who waits for the pipe
            stderr=self._errors,
            env={**os.environ, **ALLOCATION, "PYTHONPATH": os.pathsep.join(sys.path)},
            start_new_session=True,
        )
        assert isinstance(self.process.stdin, io.FileIO)
        assert isinstance(self.process.stdout, io.FileIO)
        self.stdin, self.stdout = io.BufferedWriter(self.process.stdin), self.process.stdout
        self._lost = False

    def _clear(self) -> None:
        self.process.wait()
        for pipe in (self.stdin, self.stdout, self._errors):
            with suppress(OSError):  # a question that the process did not read to its end
                pipe.close()
