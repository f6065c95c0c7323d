"""Opening the store in a folder, or a word on why that cannot be."""

import re
from pathlib import Path

import pyoxigraph as ox

from kg.answers.store import ABOUT, FORMAT, URI_SPACE, VERSION, Store
from kg.errors import StoreError, StoreHeld
from kg.rdf.iris import DEFAULT_BASE
from kg.storage.engines import Engine

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
    settle(path)
    if not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here; make one with: kg build PATH... --store {path}")
    inner = _opened(path)
    if not len(inner):
        raise StoreError(f"{path}: the store is empty; fill it with: kg build PATH... --store {path}")
    return Store(inner, checked(path, inner), path)


def existing_or_new(path: Path, base: str | None = None) -> Store:
    """The store in the folder `path`, made if there is none, with the reference data of this version of the project.

    Raises:
        StoreError: as for `existing`; or its instances have another base than `base`.
    """
    inner = opened_alone(path)
    if not len(inner):
        store = Store(inner, base or DEFAULT_BASE, path)
        store.initialise()
        return store
    store = Store(inner, checked(path, inner), path)
    if base is not None and base != store.base:
        raise StoreError(f"{path}: the base of this store is {store.base}, not {base}; leave --base out")
    store.refresh_reference()
    return store


def in_memory(base: str = DEFAULT_BASE) -> Store:
    """A store that is gone when the process ends, with the reference data."""
    store = Store(ox.Store(), base)
    store.initialise()
    return store


def aside(path: Path, what: str) -> Path:
    """A folder beside the store's, for the one that is to replace it ("partial") or that was ("replaced")."""
    whole = path.resolve()
    return whole.with_name(f".{whole.name}.{what}")


def settle(path: Path) -> None:
    """Put a store back that a process had moved aside, to put another in its place, when it was killed."""
    if not path.exists() and aside(path, "replaced").is_dir():
        aside(path, "replaced").rename(path.resolve())


def opened_alone(path: Path) -> ox.Store:
    """The store in the folder, whatever it holds, made if there is none; nothing else may be in the folder.

    Raises:
        StoreError: the folder holds other files, another process holds it, or the disk refuses.
    """
    settle(path)
    if path.is_dir() and any(not ROCKSDB.fullmatch(entry.name) for entry in path.iterdir()):
        raise StoreError(f"{path}: the folder holds other files; name a new or empty folder with --store")
    path.parent.mkdir(parents=True, exist_ok=True)
    return _opened(path)


def _opened(path: Path) -> ox.Store:
    try:
        return ox.Store(path)
    except OSError as error:
        reason = " ".join(str(error).split())
        if "lock" in reason.lower():
            raise StoreHeld(
                f"{path}: another process holds this store (a kg serve or kg build that runs); "
                "stop it, ask it over HTTP, take a copy of it with kg backup, or name another --store"
            ) from error
        remedy = "free space" if "No space" in reason else "name another folder with --store"
        raise StoreError(f"{path}: cannot be opened as a store: {reason}; {remedy}") from error


def about(path: Path | str, inner: Engine) -> tuple[str, str]:
    """The format and the base of a store.

    Raises:
        StoreError: another program made it.
    """
    said = {q.predicate: q.object for q in inner.quads_for_pattern(ABOUT, None, None, ABOUT)}
    version, base = said.get(VERSION), said.get(URI_SPACE)
    if not isinstance(version, ox.Literal) or not isinstance(base, ox.Literal):
        raise StoreError(f"{path}: a store of another program; name another folder with --store")
    return version.value, base.value


def checked(path: Path | str, inner: Engine) -> str:
    """The base of a store, when it is one that this version can read."""
    version, base = about(path, inner)
    if version != FORMAT:
        raise StoreError(
            f"{path}: the store has format {version}, this version of kg reads {FORMAT}; "
            f"kg migrate --store {path} brings it to that, or says why it cannot"
        )
    return base
