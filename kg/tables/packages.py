"""Tables as a data package (Frictionless Data, datapackage.org): the files with a description of every column."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from kg.tables.formats import MEDIA_TYPES, SEPARATOR, Format, encoded
from kg.tables.schemas import VALUES, Column, Row, Table, Type

FILE = "datapackage.json"
"""The name of the description."""


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was written: how many rows, how many bytes, and their SHA-256."""

    table: Table
    format: Format
    rows: int
    bytes: int
    hash: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.table.name}.{self.format}"


def write(table: Table, rows: Iterable[Row], format: Format, stream: BinaryIO) -> Written:
    """Write a table into a stream."""
    count, length, digest = 0, 0, sha256()

    def counted() -> Iterable[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    for piece in encoded(table, counted(), format):
        stream.write(piece)
        digest.update(piece)
        length += len(piece)
    return Written(table, format, count, length, digest.hexdigest())


def package(files: Iterable[Written]) -> bytes:
    """The description of the files of a folder."""
    resources = [{**resource(one.table, one.format), "bytes": one.bytes, "hash": f"sha256:{one.hash}"} for one in files]
    return described(resources)


def described(resources: list[dict[str, Any]]) -> bytes:
    """The description of a package of these resources."""
    whole = {
        "name": "defcoop",
        "title": "Defence cooperation",
        "description": "Events of defence cooperation as articles tell of them, with who took part, and the sentences.",
        "profile": "data-package",
        "resources": resources,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def resource(table: Table, format: Format) -> dict[str, Any]:
    """The description of a table's file."""
    return {
        "name": table.name,
        "path": f"{table.name}.{format}",
        "title": table.title,
        "description": table.description,
        "format": str(format),
        "mediatype": MEDIA_TYPES[format],
        "encoding": "utf-8",
        "schema": {
            "fields": list(map(_field, table.columns)),
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign(one.name, one.references) for one in table.columns if one.references],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    """The description of a column in Table Schema, whose lists have a delimiter, and whose arrays are JSON."""
    kind = {Type.ACTORS: "array"}.get(column.type, str(column.type))
    shape = {"delimiter": SEPARATOR, "itemType": "string"} if column.type is Type.LIST else {}
    constraints = {
        "required": column.required or None,
        "enum": list(VALUES[column.values]) if column.values else None,
        "pattern": column.pattern,
        "minimum": column.least,
        "maximum": column.most,
    }
    limits = {name: value for name, value in constraints.items() if value is not None}
    described = {"name": column.name, "type": kind, "description": column.description, **shape}
    return {**described, "constraints": limits} if limits else described


def _foreign(column: str, target: str) -> dict[str, Any]:
    table, _, other = target.partition(".")
    return {"fields": [column], "reference": {"resource": table, "fields": [other]}}
