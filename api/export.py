"""`/export/...`: the events as a graph, for Gephi and others, sent while it is read."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from api.filters import Filters
from api.opened import OpenLookups
from kg.graphs.exports import STREAMED, Drawing, checked, pieces
from kg.graphs.looks import Colouring
from kg.graphs.projections import DEFAULT, projection, projections
from kg.graphs.streams import opened

router = APIRouter(prefix="/export", tags=["export"])

EXAMPLE = '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected" mode="dynamic"/></gexf>'
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The graph: GEXF 1.3 with dates for Gephi's timeline, tables, or JSON for D3 or graphology.",
        "content": {
            media: {"schema": {"type": "string"}, **({"example": EXAMPLE} if "gexf" in media else {})}
            for media in sorted({media for media, _ in STREAMED.values()})
        },
    }
}


class Drawn(Filters):
    """What is drawn, and how."""

    plain: bool = Field(False, description="Without colours and sizes, for programs that want the XML Schema.")
    colour: Colouring = Field(
        Colouring.TYPE, description="What colours stand for; `community` is for graphs of up to 1000 nodes."
    )


Asked = Annotated[Drawn, Query()]


@router.get("/graph.gexf", response_class=StreamingResponse, responses=ANSWERS)
def export_gexf(lookups: OpenLookups, asked: Asked) -> StreamingResponse:
    """Give the actors as nodes, and the events between them, as far as they meet the filters, as edges."""
    return export_projection(lookups, asked, DEFAULT, "gexf")


@router.get("/{projection}.{format}", response_class=StreamingResponse, responses=ANSWERS)
def export_projection(
    lookups: OpenLookups,
    asked: Asked,
    shown: Annotated[
        str,
        Path(alias="projection", description=f"What is drawn: {', '.join(projections())}.", examples=[DEFAULT]),
    ],
    format: Annotated[str, Path(description=f"One of {', '.join(STREAMED)}.", examples=["gexf"])],
) -> StreamingResponse:
    """Give the events that meet the filters as the nodes and edges of a projection."""
    chosen, kind = projection(shown), checked(format, STREAMED)
    with ExitStack() as opening:
        stream = opening.enter_context(closing(opened(lookups, chosen, asked.wanted())))
        file = pieces(stream, kind, Drawing(not asked.plain, asked.colour))
        reading = opening.pop_all()
    name = "graph" if shown == DEFAULT else shown
    return StreamingResponse(
        sent(reading, file),
        media_type=STREAMED[kind][0],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )


def sent(reading: ExitStack, file: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of the file; what they are read from is closed after them."""
    with reading:
        yield from file
