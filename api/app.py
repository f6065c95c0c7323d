"""The application: routes, errors and the store that it opens when it starts."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI

from api import (
    articles,
    backups,
    curation,
    dyads,
    entities,
    events,
    export,
    extraction,
    figures,
    health,
    metrics,
    neighbours,
    networks,
    nodes,
    operations,
    pages,
    problems,
    questions,
    sparql,
    tables,
)
from api.bounds import Bounds
from api.conditions import Compression, Conditions
from api.limits import SECONDS
from api.reader import Reader
from api.service import configured
from kg.answers.lookups import Lookups
from kg.answers.opening import DEFAULT_STORE, STORE_VARIABLE
from kg.answers.places import Place, existing
from kg.answers.store import Store
from kg.serving.pool import Pool
from kg.serving.snapshots import Snapshots

DESCRIPTION = """Who cooperates with whom in defence, when, and in which sentence it stands.

Ids are short: `state:PK`, `person:alexander-fomin`, `event:agreement-b91468ec`. Dates are EDTF with bounds. Errors are
problem documents (RFC 9457) that name the field, the value and the remedy."""


PARTS = (
    *(sparql, entities, neighbours, networks, dyads, events, figures, articles, extraction, nodes, curation),
    *(questions, export, tables, metrics, backups, health, operations, pages),
)
"""The routes; the framework tries them in this order, so what is asked most stands first."""
THREADS = 16
"""Lookups at a time: each thread has a connection to the index, with its memory, and Python runs one of them anyway."""
COMPRESSION = 5
"""Of 9: more takes longer than it saves."""


def create_app(store: Store | Place | None = None, owner: str | None = None, page: Path = pages.BUILT) -> FastAPI:
    """The application over an open store, or over its folder or address: `DEFCOOP_STORE` unless one is given.

    `owner` is a token that lets a client write besides that of `DEFCOOP_TOKEN`, `page` the folder of the page at `/`.

    Raises, when it starts:
        StoreError: there is no store, or another process holds it.
    """

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        app.state.reader = Reader()
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        if isinstance(store, Store):
            serve(app, store)
            yield
            return
        place = os.environ.get(STORE_VARIABLE, DEFAULT_STORE) if store is None else store
        with existing(place) as found, nullcontext() if found.elsewhere else Pool(Snapshots(found)) as pool:
            serve(app, found)
            app.state.service = configured(pool)
            yield

    app = FastAPI(
        title="defcoop",
        version=released(),
        description=DESCRIPTION,
        lifespan=opened,
        responses=problems.RESPONSES,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.owner = owner
    app.state.page = page
    problems.install(app)
    for part in PARTS:
        app.include_router(part.router)
    for layer in (Bounds, Conditions):
        app.add_middleware(layer)
    app.add_middleware(Compression, compresslevel=COMPRESSION)
    return app


def serve(app: FastAPI, store: Store) -> None:
    """Let the application answer from a store."""
    app.state.lookups = Lookups(store)
    app.state.lookups.limit(SECONDS)
    nodes.mount(app, store.base)


def released() -> str:
    """The version of the installed distribution; "0" in a checkout that is not installed."""
    try:
        return version("defcoop")
    except PackageNotFoundError:
        return "0"
