"""`/tables`: the graph as tables for the programs and habits of analysts."""

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.filters import MOST_VALUES, Filters
from api.limits import LONGEST_NAME
from api.opened import OpenLookups
from kg.model import Status
from kg.tables.formats import MEDIA_TYPES, Format, encoded, format_of
from kg.tables.packages import FILE, described, resource
from kg.tables.rows import rows
from kg.tables.schemas import table, tables

router = APIRouter(prefix="/tables", tags=["tables"])

PACKAGE_EXAMPLE = {"name": "defcoop", "resources": [{"name": "dyad_years", "path": "dyad_years.csv"}]}
CSV_EXAMPLE = "iso3_a,iso3_b,cow_a,cow_b,year,status,events\nPAK,RUS,770,365,2018,Actual,3\n"
CONTENT: dict[str, dict[str, object]] = {
    MEDIA_TYPES[Format.CSV]: {"schema": {"type": "string"}, "example": CSV_EXAMPLE},
    MEDIA_TYPES[Format.JSONL]: {"schema": {"type": "string"}},
    MEDIA_TYPES[Format.PARQUET]: {"schema": {"type": "string", "format": "binary"}},
}
Name = Annotated[
    str, Path(max_length=LONGEST_NAME, description="The table's name, as in datapackage.json.", examples=["plover"])
]
Ending = Annotated[str, Path(max_length=LONGEST_NAME, description="csv, jsonl or parquet.", examples=["csv"])]


class Tabled(Filters):
    """Which events are meant: those that happened, unless it says otherwise."""

    status: list[Status] = Field([Status.ACTUAL], max_length=MOST_VALUES, description="One of these.")


@router.get(
    f"/{FILE}",
    response_class=Response,
    responses={200: {"description": "A data package.", "content": {"application/json": {"example": PACKAGE_EXAMPLE}}}},
)
def package() -> Response:
    """Describe all tables and their columns, as a Frictionless data package whose files are these addresses."""
    return Response(described([resource(one, Format.CSV) for one in tables()]), media_type="application/json")


@router.get(
    "/{name}.{format}",
    response_class=StreamingResponse,
    responses={200: {"description": "The table.", "content": CONTENT}},
)
def one(lookups: OpenLookups, name: Name, format: Ending, asked: Annotated[Tabled, Query()]) -> StreamingResponse:
    """Write a table, row by row, of the events that meet all filters."""
    wanted, kind = table(name), format_of(format)
    pieces = encoded(wanted, rows(wanted, lookups, asked.wanted()), kind)
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(_begun(pieces), media_type=MEDIA_TYPES[kind], headers=disposition)


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, the first two of them made: what is wrong with a filter is said before the answer has begun."""
    first = [piece for _, piece in zip(range(2), pieces, strict=False)]
    return chain(first, pieces)
