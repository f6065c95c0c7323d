"""The application: routes, errors and the store that it opens when it starts."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from api import articles, backups, curation, entities, events, export, health, problems, sparql
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


def create_app(store: Store | Place | None = None, owner: str | None = None) -> FastAPI:
    """The application over an open store, or over its folder or address: `DEFCOOP_STORE` unless one is given.

    `owner` is a token that lets a client write besides that of `DEFCOOP_TOKEN`.

    Raises, when it starts:
        StoreError: there is no store, or another process holds it.
    """

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        if isinstance(store, Store):
            app.state.lookups = Lookups(store)
            yield
            return
        place = os.environ.get(STORE_VARIABLE, DEFAULT_STORE) if store is None else store
        with existing(place) as found, nullcontext() if found.elsewhere else Pool(Snapshots(found)) as pool:
            app.state.lookups = Lookups(found)
            app.state.service = configured(pool)
            yield

    app = FastAPI(
        title="defcoop",
        version=released(),
        description=DESCRIPTION,
        lifespan=opened,
        responses=problems.RESPONSES,
    )
    app.state.owner = owner
    problems.install(app)
    for part in (health, entities, events, articles, curation, sparql, export, backups):
        app.include_router(part.router)
    return app


def released() -> str:
    """The version of the installed distribution; "0" in a checkout that is not installed."""
    try:
        return version("defcoop")
    except PackageNotFoundError:
        return "0"
