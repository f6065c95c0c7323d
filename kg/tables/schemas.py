"""What tables there are, and what their columns hold: `ontology/codings/tables.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from kg.errors import UsageError
from kg.model import EventType, Role, Stage, Status
from kg.tables.knowledge import read

VALUES: Mapping[str, tuple[str, ...]] = {
    "actor": ("State", "Organization", "Person"),
    "type": tuple(EventType),
    "role": tuple(Role),
    "stage": tuple(Stage),
    "status": tuple(Status),
}
"""The values that a column may be said to hold."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor in a cell: its code and sector, its id and name, as the fields of PLOVER's actor object are called."""

    code: str | None
    sector: str | None
    identifier_id: str
    identifier_text: str

    def fields(self) -> dict[str, str | None]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


Cell = str | int | float | Decimal | date | tuple[str, ...] | tuple[Named, ...] | None
Row = tuple[Cell, ...]
"""The cells of a table in the order of its columns; `None` is unknown."""


class Type(StrEnum):
    """What a column holds."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "list"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `values` is a key of `VALUES`, `references` is such as "events.id"."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    type: Type
    description: str
    required: bool = False
    values: str | None = None
    references: str | None = None
    pattern: str | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `key` are the columns that tell its rows apart."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def tables() -> tuple[Table, ...]:
    """All tables; one stands behind those that it refers to."""
    return TypeAdapter(tuple[Table, ...]).validate_python(read("tables")["tables"])


def table(name: str) -> Table:
    """The table of this name.

    Raises:
        UsageError: there is none.
    """
    found = {one.name: one for one in tables()}
    if name not in found:
        raise UsageError(f"{name}: no such table; there are {', '.join(found)}")
    return found[name]
