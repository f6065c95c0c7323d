"""Reading the CSV tables that ship with the ontology, with the file and line in every complaint."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands ("states.csv:12")."""

    place: str
    cells: dict[str, str]

    def text(self, column: str) -> str | None:
        """The cell, or `None` where it is empty."""
        return self.cells[column] or None

    def required(self, column: str) -> str:
        """The cell, which must not be empty.

        Raises:
            ValueError: it is empty.
        """
        if not self.cells[column]:
            raise ValueError(f"{self.place}: column {column} is empty; fill it")
        return self.cells[column]

    def number(self, column: str) -> int | None:
        """The cell as a whole number, or `None` where it is empty.

        Raises:
            ValueError: it is no number.
        """
        cell = self.cells[column]
        if cell and not cell.isdecimal():
            raise ValueError(f"{self.place}: {column} {cell!r} is no number; write digits or leave it empty")
        return int(cell) if cell else None

    def one_of(self, column: str, allowed: frozenset[str]) -> str:
        """The cell, which must be one of the allowed words.

        Raises:
            ValueError: it is none of them.
        """
        cell = self.cells[column]
        if cell not in allowed:
            raise ValueError(f"{self.place}: {column} {cell!r} is unknown; use one of {', '.join(sorted(allowed))}")
        return cell

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a list cell, in their order; an empty cell has none.

        Raises:
            ValueError: a part is empty or comes twice.
        """
        cell = self.cells[column]
        parts = tuple(cell.split(SEPARATOR)) if cell else ()
        if any(part != part.strip() or not part for part in parts) or len(set(parts)) < len(parts):
            raise ValueError(
                f"{self.place}: {column} has an empty, padded or repeated part in {cell!r}; correct the list"
            )
        return parts


def rows(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The lines of `ontology/reference/<name>`, whose first column is a unique id by which they are sorted.

    Raises:
        ValueError: the header, the number of cells or the order of the ids is wrong.
    """
    text = files("ontology").joinpath("reference", name).read_text(encoding="utf-8")
    yield from parse(name, text, columns)


def parse(name: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The lines of a table given as text; `name` stands in the complaints.

    Raises:
        ValueError: as for `rows`.
    """
    reader = csv.reader(text.splitlines(), strict=True)
    header = tuple(next(reader, ()))
    if header != columns:
        raise ValueError(f"{name}:1: the header is {','.join(header)}; it must be {','.join(columns)}")
    last = ""
    for cells in reader:
        place = f"{name}:{reader.line_num}"
        if len(cells) != len(columns):
            raise ValueError(f"{place}: {len(cells)} cells where there must be {len(columns)}; quote cells with commas")
        if cells[0] <= last:
            raise ValueError(f"{place}: id {cells[0]!r} after {last!r}; ids are unique and sorted")
        last = cells[0]
        yield Row(place, dict(zip(columns, cells, strict=True)))
