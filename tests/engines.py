"""Engines that keep stores elsewhere, each in a process of its own on this machine."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.servers import STARTING, free_port

PASSWORD = "dba"
"""The password of the user dba in a new Virtuoso."""

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator["tuple[str, subprocess.Popen[bytes]]"]:
    """The address of an Oxigraph server over a folder, and its process."""
    port = port or free_port()
    command = [program("oxigraph"), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder.parent, f"http://127.0.0.1:{port}/") as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[str]:
    """The address of a Virtuoso that keeps its files in a folder and gives so many rows at most."""
    http = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=free_port(), http=http, rows=rows))
    command = [program("virtuoso-t"), "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}/sparql-auth"


def program(name: str) -> str:
    """The path of a program; its absence is a failure under CI and a skip elsewhere."""
    path = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if path is None:
        packages = "virtuoso-opensource-7, npm, chromium, chromium-driver"
        message = f"{name} is not installed (PyPI: oxigraph; Debian: {packages})"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@contextmanager
def running(command: list[str], folder: Path, url: str) -> "Iterator[subprocess.Popen[bytes]]":
    """The process of a command that answers at an address, once it does; it is killed at the end."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + STARTING
        while not answers(url):
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
            assert time.monotonic() < until, f"{url} does not answer"
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    """Whether an address answers, whatever it says."""
    try:
        with urlopen(url):
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
