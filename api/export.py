"""`/export/graph.gexf`: the graph of actors for Gephi."""

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.filters import Filters
from api.opened import OpenStore
from kg.answers.gexf import write_gexf
from kg.answers.projections import actors

router = APIRouter(prefix="/export", tags=["export"])

MEDIA_TYPE = "application/gexf+xml"
EXAMPLE = '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected" mode="dynamic"/></gexf>'


class Drawn(Filters):
    """What is drawn, and how."""

    plain: bool = Field(False, description="Without colours and sizes, for programs that want the XML Schema.")


@router.get(
    "/graph.gexf",
    response_class=Response,
    responses={
        200: {
            "description": "GEXF 1.3 with dates for Gephi's timeline.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": EXAMPLE}},
        }
    },
)
def export_gexf(
    store: OpenStore,
    asked: Annotated[Drawn, Query()],
) -> Response:
    """Give the actors as nodes, and the events between them, as far as they meet the filters, as edges."""
    written = BytesIO()
    write_gexf(actors(store, asked.wanted()), written, looks=not asked.plain)
    disposition = {"Content-Disposition": 'attachment; filename="graph.gexf"'}
    return Response(written.getvalue(), media_type=MEDIA_TYPE, headers=disposition)
