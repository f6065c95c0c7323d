"""Dumps: the whole store in N-Quads, its bookkeeping too. The last line says how many quads there are and their hash.

The hash is the sum of the SHA-256 of each quad's line, modulo 2^256: the same for the same quads in whatever order, so
that neither writing nor checking needs them sorted. It tells damage and difference, and is no signature.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.answers.opening import about
from kg.care.replacements import replaced
from kg.errors import KgError, StoreError

BATCH = 10_000
"""Lines that are parsed at once."""
MODULUS = 1 << 256
CLOSING = re.compile(rb"# (\d+) quads, hash ([0-9a-f]{64})\s*")
REMEDY = "take another copy of the file, or dump the store again"


@dataclass(frozen=True, slots=True)
class Content:
    """What a store holds: the number of its quads, and their hash in hexadecimal digits."""

    quads: int
    hash: str


def dump(quads: Iterable[ox.Quad], stream: BinaryIO) -> Content:
    """Write all quads, and last a comment that lets `load` see that none is missing."""
    found = summed(_written(lines(quads), stream))
    stream.write(f"# {found.quads} quads, hash {found.hash}\n".encode())
    return found


def load(stream: BinaryIO, name: str, path: Path) -> Content:
    """Make the store at `path`, where there is none or an empty one, from the dump that is called `name`.

    A dump of another format becomes a store of that format, as it was.

    Raises:
        KgError: the dump is damaged or cut off; the message names the line.
        StoreError: the store has something in it, the dump is of another program, or the disk refuses.
    """

    def make(held: ox.Store, new: Path) -> Content:
        if len(held):
            raise StoreError(f"{path}: the store has something in it; name a new folder with --store")
        reading = Reading(stream, name)
        inner = ox.Store(new)
        inner.bulk_extend(reading.quads())
        found = summed(lines(inner))
        reading.check(found)
        about(Path(name), inner)
        inner.flush()
        return found

    return replaced(path, make)


def lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """The quads as lines of N-Quads."""
    return (f"{quad} .\n".encode() for quad in quads)


def summed(lines: Iterable[bytes]) -> Content:
    """The number and hash of the quads with these lines."""
    total = count = 0
    for line in lines:
        total += int.from_bytes(sha256(line).digest())
        count += 1
    return Content(count, f"{total % MODULUS:064x}")


class Reading:
    """A dump while it is read."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._lines = 0
        self._last = b""

    def quads(self) -> Iterator[ox.Quad]:
        """The quads, in the order of the file.

        Raises:
            KgError: a line is damaged, or the file ends within a compressed block.
        """
        while batch := self._batch():
            try:
                yield from ox.parse(b"".join(batch), ox.RdfFormat.N_QUADS)
            except SyntaxError as error:
                raise self._wrong(self._lines + (error.lineno or 1), f"no N-Quads ({error.msg})") from error
            self._lines += len(batch)
            self._last = batch[-1]

    def check(self, found: Content) -> None:
        """Raise `KgError` where what was found is not what the last line says."""
        closing = CLOSING.fullmatch(self._last)
        if closing is None:
            raise self._wrong(self._lines, "the file ends without the line that closes a dump of kg: it is cut off")
        if found != Content(int(closing[1]), closing[2].decode()):
            said = f"{int(closing[1])} quads with hash {closing[2].decode()}"
            raise self._wrong(self._lines, f"there should be {said}, there are {found.quads} with {found.hash}")

    def _batch(self) -> list[bytes]:
        batch: list[bytes] = []
        try:
            for line in islice(self._stream, BATCH):
                batch.append(line)
        except (EOFError, OSError, zlib.error) as error:
            raise self._wrong(self._lines + len(batch) + 1, f"cannot be read on ({error})") from error
        return batch

    def _wrong(self, line: int, what: str) -> KgError:
        return KgError(f"{self._name}, line {line}: {what}; nothing was loaded: {REMEDY}")


def _written(lines: Iterable[bytes], stream: BinaryIO) -> Iterator[bytes]:
    """The lines, each once it is written."""
    for line in lines:
        stream.write(line)
        yield line
