"""A store to write articles to: the folder itself, or the server that holds it."""

from collections.abc import Callable
from pathlib import Path

from kg.answers.opening import existing, existing_or_new
from kg.answers.store import Store
from kg.errors import StoreError, StoreHeld
from kg.serving.client import Served
from kg.serving.notice import found


def writable(path: Path, base: str | None = None) -> Store | Served:
    """The store in the folder `path`, made if there is none; see `existing_or_new`.

    Raises:
        StoreError: as there; or the server that holds the store does not answer.
    """
    opened = _opened(path, lambda: existing_or_new(path, base))
    if base is not None and base != opened.base:
        raise StoreError(f"{path}: the base of this store is {opened.base}, not {base}; leave --base out")
    return opened


def writable_existing(path: Path) -> Store | Served:
    """The store in the folder `path`; see `existing`.

    Raises:
        StoreError: as there; or the server that holds the store does not answer.
    """
    return _opened(path, lambda: existing(path))


def _opened(path: Path, open: Callable[[], Store]) -> Store | Served:
    try:
        return open()
    except StoreHeld:
        notice = found(path)
        if notice is None:
            raise
        return Served(notice)
