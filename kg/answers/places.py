"""A store by its place: a folder, or the address of an engine that keeps it."""

import os
from pathlib import Path

from kg.answers import opening
from kg.answers.store import ABOUT, Store
from kg.errors import StoreError, UsageError
from kg.rdf.iris import DEFAULT_BASE
from kg.storage.addresses import address, is_address
from kg.storage.endpoint import Endpoint

Place = Path | str


def existing(place: Place) -> Store:
    """The store at a place.

    Raises:
        StoreError: there is none, another process holds it, another version made it, or the engine does not answer.
        UsageError: what the environment says of the engine is wrong.
    """
    if not is_address(place):
        return opening.existing(Path(place))
    engine = _engine(place)
    if not _is_made(engine):
        raise StoreError(f"{place}: no store there; make one with: kg build PATH... --store {place}")
    return _kept(engine, place)


def existing_or_new(place: Place, base: str | None = None) -> Store:
    """The store at a place, made if there is none, with the reference data of this version of the project.

    Raises:
        StoreError, UsageError: as for `existing`; or its instances have another base than `base`.
    """
    if not is_address(place):
        return opening.existing_or_new(Path(place), base)
    engine = _engine(place)
    if not _is_made(engine):
        engine.base = base or DEFAULT_BASE
        store = Store(engine, engine.base)
        store.initialise()
        return store
    store = _kept(engine, place)
    if base not in (None, store.base):
        raise StoreError(f"{place}: the base of this store is {store.base}, not {base}; leave --base out")
    store.refresh_reference()
    return store


def folder(place: Place) -> Path:
    """The folder of a store, for what is done to its files.

    Raises:
        UsageError: the place is the address of an engine.
    """
    if is_address(place):
        raise UsageError(f"{place}: this is done by the engine that keeps the store, with its own tools")
    return Path(place)


def _engine(place: Place) -> Endpoint:
    return Endpoint(address(str(place), os.environ))


def _is_made(engine: Endpoint) -> bool:
    return any(engine.quads_for_pattern(ABOUT, None, None, ABOUT))


def _kept(engine: Endpoint, place: Place) -> Store:
    engine.base = opening.checked(str(place), engine)
    return Store(engine, engine.base)
