"""What the server and a worker say to each other through a pipe: a letter, a length and that many bytes."""

import struct
from enum import Enum
from typing import IO

HEAD = struct.Struct("!cI")


class Kind(Enum):
    """What a frame holds."""

    QUERY = b"q"
    BEGIN = b"b"
    CHUNK = b"c"
    END = b"e"
    FAULT = b"f"


def put(pipe: IO[bytes], kind: Kind, payload: bytes = b"") -> None:
    """Write a frame, which may wait for the next one to go with it.

    Raises:
        OSError: nobody reads the pipe any more.
    """
    pipe.write(HEAD.pack(kind.value, len(payload)))
    pipe.write(payload)


def send(pipe: IO[bytes], kind: Kind, payload: bytes = b"") -> None:
    """Write a frame, and all that waits, now; as for `put`."""
    put(pipe, kind, payload)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Kind, bytes]:
    """The next frame.

    Raises:
        EOFError: the other side is gone.
    """
    kind, length = HEAD.unpack(_exactly(pipe, HEAD.size))
    return Kind(kind), _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    """So many bytes, from a pipe with or without a buffer."""
    found = pipe.read(length) if length else b""
    while len(found) < length:
        more = pipe.read(length - len(found))
        if not more:
            raise EOFError
        found += more
    return found
