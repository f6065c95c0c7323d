"""A server in a process of its own, and clients that ask it over open connections."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from kg.errors import KgError

HOST = "127.0.0.1"
PATIENCE = 600.0
"""Seconds that a server may take until it answers; over a new store it makes the index first."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its process and its port."""

    process: int
    port: int

    def seconds(self) -> float:
        """The processor time that it has used, with its threads."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self) -> float:
        """The memory that it holds, without the pages of files, which the system takes back when it needs them."""
        resident, shared = Path(f"/proc/{self.process}/statm").read_text().split()[1:3]
        return (int(resident) - int(shared)) * PAGE / 1e6


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[Server]:
    """A server that `python -m ARGUMENTS PORT` starts, once it answers at /health.

    Raises:
        KgError: it does not start.
    """
    with socket.create_server((HOST, 0)) as probe:
        port = int(probe.getsockname()[1])
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment}
    process = subprocess.Popen([sys.executable, "-m", *arguments, str(port)], stderr=subprocess.DEVNULL, env=variables)
    try:
        until = monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or monotonic() > until:
                raise KgError(f"python -m {' '.join(arguments)} {port}: the server does not start; try this by hand")
            sleep(0.05)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{HOST}:{port}/health"):
            return True
    except (URLError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, and how many milliseconds that took."""

    status: int
    body: bytes
    taken: float


class Client:
    """A connection that stays open; it does little, as it has its processor from the same machine as the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def get(self, path: str) -> Answer:
        """The answer to a GET."""
        return await self.ask(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())

    async def send(self, method: str, path: str, token: str, body: bytes = b"") -> Answer:
        """The answer to another request, with a token and a body in JSON."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        return await self.ask(
            f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )

    async def ask(self, request: bytes) -> Answer:
        """The answer to a request as it goes over the wire."""
        start = perf_counter()
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(length)
        return Answer(int(head.split(maxsplit=2)[1]), body, 1000 * (perf_counter() - start))


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator[Client]:
    """A client of a server."""
    reader, writer = await asyncio.open_connection(HOST, server.port, limit=2**20)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()


@dataclass(frozen=True, slots=True)
class Figures:
    """What many requests took: milliseconds of each, seconds of all, and seconds of the server's processor."""

    milliseconds: Sequence[float]
    seconds: float
    busy: float

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of the server's processor for a request."""
        return 1000 * self.busy / len(self.milliseconds)

    def within(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        return sorted(self.milliseconds)[min(int(share * len(self.milliseconds)), len(self.milliseconds) - 1)]


def asked(server: Server, paths: Sequence[str], clients: int) -> Figures:
    """What the server takes for these requests, of which each client makes its share, one after the other.

    Raises:
        KgError: one is not answered as it should be.
    """
    return asyncio.run(_asked(server, paths, clients))


async def _asked(server: Server, paths: Sequence[str], clients: int) -> Figures:
    left = iter(paths)
    taken = list[float]()

    async def work() -> None:
        async with connected(server) as client:
            for path in left:
                answer = await client.get(path)
                if answer.status != HTTPStatus.OK:
                    raise KgError(f"{path}: the answer is {answer.status}: {answer.body[:200].decode()}")
                taken.append(answer.taken)

    start, busy = perf_counter(), server.seconds()
    await asyncio.gather(*(work() for _ in range(clients)))
    return Figures(taken, perf_counter() - start, server.seconds() - busy)
