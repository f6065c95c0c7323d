"""The word that a server leaves beside a store that it holds: where it answers, and the token that lets its user write.

It is a file that the user alone may read (`NAME.serving`, mode 600): whoever may write the store may write through its
server.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Notice:
    """The address of a server, and its token."""

    url: str
    token: str


@contextmanager
def posted(store: Path, url: str) -> Iterator[Notice]:
    """Leave the notice, with a new token, while the server runs."""
    notice, path = Notice(url, secrets.token_urlsafe()), _path(store)
    path.unlink(missing_ok=True)  # of a server that was killed; its mode may be another
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(notice), file)
    try:
        yield notice
    finally:
        path.unlink(missing_ok=True)


def found(store: Path) -> Notice | None:
    """The notice beside a store, if there is one that can be read."""
    try:
        return Notice(**json.loads(_path(store).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path(store: Path) -> Path:
    return store.with_name(f"{store.name}.serving")
