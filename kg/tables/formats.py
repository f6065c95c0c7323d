"""Tables as CSV, JSON Lines and Parquet, written piece by piece: memory holds some thousand rows at a time."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import RawIOBase, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.tables.schemas import Cell, Named, Row, Table, Type

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 1_000
"""Rows that are written at once."""
GROUP = 20_000
"""Rows of a row group in Parquet."""
SEPARATOR = "|"
"""What stands between the parts of a list in CSV."""


class Format(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.JSONL: "application/jsonl",
    Format.PARQUET: "application/vnd.apache.parquet",
}


def format_of(name: str) -> Format:
    """The format of this name.

    Raises:
        UsageError: there is none.
    """
    if name not in tuple(Format):
        raise UsageError(f"{name or '(no ending)'}: no such format of tables; there are {', '.join(Format)}")
    return Format(name)


def encoded(table: Table, rows: Iterable[Row], format: Format) -> Iterator[bytes]:
    """The table in a format, in pieces.

    Raises:
        UsageError: Parquet is asked for, and pyarrow is not installed.
    """
    return _ENCODERS[format](table, rows)


def _csv(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    yield _lines([[column.name for column in table.columns]])
    for batch in _batches(rows, BATCH):
        yield _lines([list(map(_text, row)) for row in batch])


def _lines(rows: Iterable[list[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _text(cell: Cell) -> str:
    """A cell in CSV; actors are JSON, and a separator within a list's part becomes a broken bar."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case Decimal():
            return f"{cell:f}"
        case (Named(), *_):
            return _json(cell)
        case tuple():
            return SEPARATOR.join(str(part).replace(SEPARATOR, "¦") for part in cell)
    return str(cell)


def _jsonl(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    for batch in _batches(rows, BATCH):
        yield "".join(f"{_json(dict(zip(names, row, strict=True)))}\n" for row in batch).encode()


def _json(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    match value:
        case Named():
            return value.fields()
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _parquet(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet is written by pyarrow: pip install 'defcoop[tables]'; or ask for csv") from None
    schema, sink = _arrow(table), _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in _batches(rows, GROUP):
            cells = [[_typed(cell) for cell in column] for column in zip(*batch, strict=True)]
            arrays = [pa.array(cells, kind) for cells, kind in zip(cells, schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _arrow(table: Table) -> "pa.Schema":
    import pyarrow as pa

    actor = pa.struct([(name, pa.string()) for name in Named.__slots__])
    kinds = {
        Type.STRING: pa.string(),
        Type.INTEGER: pa.int64(),
        Type.NUMBER: pa.float64(),
        Type.BOOLEAN: pa.bool_(),
        Type.DATE: pa.date32(),
        Type.LIST: pa.list_(pa.string()),
        Type.ACTORS: pa.list_(actor),
    }
    fields = [
        pa.field(one.name, kinds[one.type], not one.required, {"description": one.description}) for one in table.columns
    ]
    return pa.schema(fields, {"title": table.title, "description": table.description})


def _typed(cell: Cell) -> object:
    """A cell for Arrow, where numbers are doubles and actors structures."""
    match cell:
        case Decimal():
            return float(cell)
        case (Named(), *_):
            return [one.fields() for one in cell if isinstance(one, Named)]
    return cell


class _Sink(RawIOBase):
    """A stream that hands out what was written to it since the last time."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._length += len(self._pieces[-1])
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows, so many at once."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


_ENCODERS: dict[Format, Callable[[Table, Iterable[Row]], Iterator[bytes]]] = {
    Format.CSV: _csv,
    Format.JSONL: _jsonl,
    Format.PARQUET: _parquet,
}
