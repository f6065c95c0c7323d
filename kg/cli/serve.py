"""`kg serve`: the REST interface over a store."""

import os
import socket
from typing import Annotated

import typer

from kg.answers.opening import STORE_VARIABLE, existing
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import say
from kg.errors import KgError

FACTORY = "api.app:create_app"

Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at; 127.0.0.1 is this machine alone.")
]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, metavar="NUMBER", help="The port to listen at.")]


def serve(store: StoreFolder = DEFAULT_STORE, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Answer over HTTP: lookups, SPARQL and the export for Gephi. Ends with Ctrl+C."""
    import uvicorn  # takes a moment, which other commands do without

    existing(store).close()
    free(host, port)
    os.environ[STORE_VARIABLE] = str(store)
    say(f"serving {store} at http://{host}:{port}/ (documentation: /docs); Ctrl+C ends it")
    uvicorn.run(FACTORY, factory=True, host=host, port=port, log_level="warning")


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
