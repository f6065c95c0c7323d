"""A store to read: the folder itself, or a copy that the server which holds it makes at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.answers.places import Place, existing, folder
from kg.answers.store import Store
from kg.care.backups import back_up_served
from kg.errors import StoreHeld
from kg.serving.client import Served
from kg.serving.notice import found


@contextmanager
def readable(place: Place) -> Iterator[Store]:
    """The store in a folder or an engine as it is now; see `existing`.

    Raises:
        StoreError: as there; or the server that holds the store does not answer.
    """
    try:
        store = existing(place)
    except StoreHeld:
        path = folder(place)
        notice = found(path)
        if notice is None:
            raise
        with TemporaryDirectory(dir=path.resolve().parent, prefix=f".{path.name}.") as aside, Served(notice) as server:
            copy = Path(aside) / path.name
            back_up_served(server, path, copy)
            with existing(copy) as store:
                yield store
        return
    with store:
        yield store
