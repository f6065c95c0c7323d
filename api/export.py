"""`/export/graph.gexf`: the graph of actors for Gephi."""

from fastapi import APIRouter

router = APIRouter(prefix="/export", tags=["export"])
