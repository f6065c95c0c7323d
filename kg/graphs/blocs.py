"""Which bloc an actor belongs to: by `ontology/reference/blocs.csv`, or by a table of the user's own."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kg.errors import UsageError

HEAD = ["country", "bloc"]
SHIPPED = "reference/blocs.csv"


@dataclass(frozen=True, slots=True)
class Blocs:
    """Blocs by country (ISO 3166-1 alpha-2), or by the id of an actor that belongs to none, such as `org:nato`."""

    named: dict[str, str]

    def of(self, id: str, country: str | None) -> str:
        """The bloc of an actor; a country in no bloc, or an actor of no country, is one of its own.

        >>> Blocs({"FR": "NATO"}).of("org:dassault-aviation", "FR")
        'NATO'
        >>> Blocs({"FR": "NATO"}).of("state:IN", "IN")
        'IN'
        """
        own = country or id
        return self.named.get(own, own)


def blocs(file: Path | None = None) -> Blocs:
    """The blocs of a file with the columns country and bloc; those that ship unless one is given.

    Raises:
        UsageError: the file is no such table; the message names the line.
        OSError: it cannot be read.
    """
    if file is None:
        return _parsed("blocs.csv", files("ontology").joinpath(SHIPPED).read_text(encoding="utf-8"))
    try:
        return _parsed(str(file), file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{file}: not UTF-8; save it as CSV in UTF-8") from None


def _parsed(name: str, text: str) -> Blocs:
    reader = csv.reader(text.splitlines())
    if (head := next(reader, [])) != HEAD:
        raise UsageError(f"{name}:1: the header is {','.join(head)!r}; write {','.join(HEAD)}")
    found: dict[str, str] = {}
    for row in filter(None, reader):
        place, cells = f"{name}:{reader.line_num}", [cell.strip() for cell in row]
        if len(cells) != len(HEAD) or not all(cells):
            raise UsageError(f"{place}: {','.join(row)!r} is no country and bloc; write both, such as PL,NATO")
        country = cells[0] if ":" in cells[0] else cells[0].upper()
        if country in found:
            raise UsageError(f"{place}: {country} has a bloc already; give each country one")
        found[country] = cells[1]
    return Blocs(found)
