"""A server as users start one: `kg serve` in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

STARTING = 60.0
"""Seconds that a server may take until it answers."""


@contextmanager
def serving(store: Path, **environment: str) -> Iterator[str]:
    """The address of a server over the store, with these environment variables besides."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(port)]
    with TemporaryFile("w+") as said:  # a pipe that nobody reads would stop a server that says much
        server = subprocess.Popen(command, stderr=said, env={**os.environ, **environment})
        try:
            _awaited(server, url, said)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=STARTING)


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def got(url: str) -> dict[str, object]:
    """What an address answers in JSON."""
    with urlopen(url) as answer:
        return dict(json.load(answer))


def _awaited(server: subprocess.Popen[bytes], url: str, said: IO[str]) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if server.poll() is not None:
            said.seek(0)
            raise AssertionError(said.read())
        try:
            got(f"{url}/health")
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{url} does not answer")
