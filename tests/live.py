"""A server of its own process, as users start it, over a small store."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from api.service import UPDATES_VARIABLE
from api.tokens import TOKEN_VARIABLE
from kg.answers.opening import existing_or_new
from tests.extractions import sample_extractions

TOKEN = "a-token-for-tests"
PATIENCE = 60
"""Seconds that a server may take to start."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `kg serve`, open for updates with `TOKEN`, over a new store of the sample articles."""
    with existing_or_new(folder) as store:
        for sample in sample_extractions():
            store.put(sample, f"{sample.article.id}.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    set_up = {TOKEN_VARIABLE: TOKEN, UPDATES_VARIABLE: "on", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(folder), "--port", port]
    process = subprocess.Popen(command, env={**os.environ, **set_up}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(address):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/health") as answer:
            return bool(answer.status == 200)
    except URLError:
        return False
