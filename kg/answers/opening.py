"""Opening the store in a folder, or a word on why that cannot be."""

import re
from pathlib import Path

import pyoxigraph as ox

from kg.answers.store import ABOUT, FORMAT, URI_SPACE, VERSION, Store
from kg.errors import StoreError, StoreHeld
from kg.rdf.iris import DEFAULT_BASE

DEFAULT_STORE = Path("defcoop-store")
"""The store's folder, in the working folder, unless the user names another."""

STORE_VARIABLE = "DEFCOOP_STORE"
"""The environment variable that tells a server which store to open."""

ROCKSDB = re.compile(r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(log|sst|dbtmp)")
"""The names of the files that a store consists of; also those that a process killed while making one leaves."""


def existing(path: Path) -> Store:
    """The store in the folder `path`.

    Raises:
        StoreError: there is none, another process holds it, or another version of the project made it.
    """
    if not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here; make one with: kg build PATH... --store {path}")
    inner = _opened(path)
    if not len(inner):
        raise StoreError(f"{path}: the store is empty; fill it with: kg build PATH... --store {path}")
    return Store(inner, _checked(path, inner), path)


def existing_or_new(path: Path, base: str | None = None) -> Store:
    """The store in the folder `path`, made if there is none, with the reference data of this version of the project.

    Raises:
        StoreError: as for `existing`; or its instances have another base than `base`.
    """
    if path.is_dir() and any(not ROCKSDB.fullmatch(entry.name) for entry in path.iterdir()):
        raise StoreError(f"{path}: the folder holds other files; name a new or empty folder with --store")
    path.parent.mkdir(parents=True, exist_ok=True)
    inner = _opened(path)
    if not len(inner):
        store = Store(inner, base or DEFAULT_BASE, path)
        store.initialise()
        return store
    store = Store(inner, _checked(path, inner), path)
    if base is not None and base != store.base:
        raise StoreError(f"{path}: the base of this store is {store.base}, not {base}; leave --base out")
    store.refresh_reference()
    return store


def in_memory(base: str = DEFAULT_BASE) -> Store:
    """A store that is gone when the process ends, with the reference data."""
    store = Store(ox.Store(), base)
    store.initialise()
    return store


def _opened(path: Path) -> ox.Store:
    try:
        return ox.Store(path)
    except OSError as error:
        reason = " ".join(str(error).split())
        if "lock" in reason.lower():
            raise StoreHeld(
                f"{path}: another process holds this store (a kg serve or kg build that runs); "
                "stop it, ask it over HTTP, or name another --store"
            ) from error
        raise StoreError(f"{path}: cannot be opened as a store: {reason}; name another folder with --store") from error


def _checked(path: Path, inner: ox.Store) -> str:
    """The base of a store, when it is one that this version can read."""
    about = {q.predicate: q.object for q in inner.quads_for_pattern(ABOUT, None, None, ABOUT)}
    version, base = about.get(VERSION), about.get(URI_SPACE)
    if not isinstance(version, ox.Literal) or not isinstance(base, ox.Literal):
        raise StoreError(f"{path}: a store of another program; name another folder with --store")
    if version.value != FORMAT:
        raise StoreError(
            f"{path}: the store has format {version.value}, this version of kg reads {FORMAT}; "
            "build it anew from the articles into another folder, or use the version that made it"
        )
    return base.value
