"""Writing files such that a failure leaves what was there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of the file once all is written: a failure leaves the old one.

    Raises:
        KgError: the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        stream = partial.open("wb")
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that you may write"
        ) from error
    try:
        with stream:
            yield stream
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
