"""`kg serve`: the REST interface over a store."""

import ctypes
import gc
import signal
import socket
from contextlib import nullcontext, suppress
from typing import Annotated

import typer

from kg.answers.places import existing, folder
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import say
from kg.errors import KgError
from kg.serving.notice import posted
from kg.storage.addresses import is_address

M_ARENA_MAX = -8
"""From glibc's <malloc.h>."""

Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at; 127.0.0.1 is this machine alone.")
]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, metavar="NUMBER", help="The port to listen at.")]


def serve(store: StoreFolder = DEFAULT_STORE, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Show the graph in a browser, and answer over HTTP: lookups, SPARQL and the export for Gephi. Ends with Ctrl+C."""
    import uvicorn  # these take a moment, which other commands do without

    from api.app import create_app

    share_memory()
    existing(store).close()
    free(host, port)
    say(f"serving {store} at http://{host}:{port}/ (documentation: /docs); Ctrl+C ends it")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn sends it again at its end: it is to unwind
    with nullcontext() if is_address(store) else posted(folder(store), address(host, port)) as notice:
        app = create_app(store, notice.token if notice else None)
        gc.freeze()  # modules, models and routes stay: no collection need look at them again
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def share_memory() -> None:
    """Let the threads share their memory: glibc has one place for each, and what is freed there stays with it."""
    with suppress(AttributeError, OSError, TypeError):  # another system's library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def address(host: str, port: int) -> str:
    """Where a program on this machine reaches a server that listens there.

    >>> address("0.0.0.0", 8000), address("::1", 80)
    ('http://127.0.0.1:8000', 'http://[::1]:80')
    """
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def free(host: str, port: int) -> None:
    """Raise `KgError` when the address cannot be listened at, which uvicorn would say in a log."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or error
        raise KgError(f"{host}:{port}: cannot listen there ({reason}); choose others with --host and --port") from error
