"""The rows in a stream of serialised results, counted without parsing it."""

from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class _Marks:
    """The bytes that open or end a row, outside strings, and how many bytes the shortest row has; how many of them
    stand there without a row; how strings are quoted."""

    rows: tuple[bytes, ...]
    least: int
    others: int = 0
    quotes: bool = False
    escapes: bool = False


MARKS = {
    ox.QueryResultsFormat.XML: _Marks((b"<result>",), 17),
    ox.QueryResultsFormat.TSV: _Marks((b"\n",), 1, others=1),
    ox.QueryResultsFormat.CSV: _Marks((b"\r\n",), 2, others=1, quotes=True),
    ox.QueryResultsFormat.JSON: _Marks((b"[{", b",{"), 3, quotes=True, escapes=True),
}
"""A term in JSON is opened by `:{`, a row by `[{` or `,{`. XML and TSV escape in strings what marks a row."""


class Rows:
    """Counts the rows of results in `format` while their bytes come, in any portions, to tell when they exceed `most`.

    Portions are not looked at before there are bytes enough for so many rows.
    """

    def __init__(self, format: ox.QueryResultsFormat, most: int) -> None:
        self._marks = MARKS[format]
        self._most = most
        self._size = 0
        self._waiting: list[bytes] = []
        self._count = -self._marks.others
        self._inside = False
        self._held = b""
        self._last = b""

    def exceed(self, portion: bytes) -> bool:
        """Whether the rows so far, those that end in `portion` with them, are too many."""
        self._size += len(portion)
        self._waiting.append(portion)
        if self._size <= self._most * self._marks.least:
            return False
        for one in self._waiting:
            self._look_at(one)
        self._waiting.clear()
        return self._count > self._most

    def _look_at(self, portion: bytes) -> None:
        bare = self._outside(portion) if self._marks.quotes else portion
        text = self._last + bare
        self._count += sum(text.count(mark) for mark in self._marks.rows)
        longest = len(self._marks.rows[0]) - 1
        self._last = text[-longest:] if longest else b""

    def _outside(self, portion: bytes) -> bytes:
        """What stands outside strings; a backslash at the end is held back until its letter comes."""
        if self._marks.escapes:
            portion = (self._held + portion).replace(b"\\\\", b"")
            self._held = b"\\" if portion.endswith(b"\\") else b""
            portion = portion.removesuffix(b"\\").replace(b'\\"', b"")
        pieces = portion.split(b'"')
        outside = b"".join(pieces[int(self._inside) :: 2])
        self._inside ^= len(pieces) % 2 == 0
        return outside
