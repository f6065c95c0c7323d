"""A store to write articles to: the folder itself, or the server that holds it."""

from collections.abc import Callable

from kg.answers.places import Place, existing, existing_or_new, folder
from kg.answers.store import Store
from kg.errors import StoreError, StoreHeld
from kg.serving.client import Served
from kg.serving.notice import found


def writable(place: Place, base: str | None = None) -> Store | Served:
    """The store in a folder or an engine, made if there is none; see `existing_or_new`.

    Raises:
        StoreError: as there; or the server that holds the store does not answer.
    """
    opened = _opened(place, lambda: existing_or_new(place, base))
    if base is not None and base != opened.base:
        raise StoreError(f"{place}: the base of this store is {opened.base}, not {base}; leave --base out")
    return opened


def writable_existing(place: Place) -> Store | Served:
    """The store in a folder or an engine; see `existing`.

    Raises:
        StoreError: as there; or the server that holds the store does not answer.
    """
    return _opened(place, lambda: existing(place))


def _opened(place: Place, open: Callable[[], Store]) -> Store | Served:
    try:
        return open()
    except StoreHeld:
        notice = found(folder(place))
        if notice is None:
            raise
        return Served(notice)
