"""`/network/metrics`: measures of the network that the events make."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.filters import Filters
from api.limits import LONGEST_NAME
from api.models import example
from api.opened import OpenLookups
from kg.graphs.blocs import blocs
from kg.graphs.measures import ALL, MOST_EDGES, MOST_NODES, Measure
from kg.graphs.projections import DEFAULT, projection, projections

router = APIRouter(tags=["networks"])

ACTOR: dict[str, Any] = {
    "id": "state:PK",
    "label": "Pakistan",
    "type": "State",
    "bloc": "PK",
    "measures": {"degree": 4, "betweenness": 0.128571},
}
SHAPE: dict[str, Any] = {
    "nodes": 22,
    "links": 34,
    "weight": 46,
    "density": 0.147186,
    "transitivity": 0.364486,
    "components": 2,
    "communities": 3,
    "modularity": 0.584357,
    "triads": {"003": 954, "102": 505, "201": 68, "300": 13},
}
MEASURED: dict[str, Any] = {"shape": SHAPE, "actors": [ACTOR]}
YEAR: dict[str, Any] = {"year": 2018, "measured": MEASURED}
METRICS: dict[str, Any] = {"projection": "actors", "directed": False, "whole": MEASURED, "years": [YEAR]}

DESCRIPTION = f"""Measure the network of the events that meet the filters.

Only what happened counts, unless `status` says another. A network has at most {MOST_NODES} nodes and {MOST_EDGES}
edges, of two actors in one year each; that takes some seconds."""


class Actor(BaseModel):
    """A node and its measures."""

    model_config = example(ACTOR)
    id: str
    label: str
    type: str
    bloc: str = Field(description="Its alliance; or else its country, or itself where it has none.")
    measures: dict[Measure, float]


class Shape(BaseModel):
    """A network as a whole."""

    model_config = example(SHAPE)
    nodes: int
    links: int = Field(description="Pairs that are linked.")
    weight: int = Field(description="The weights of all links.")
    density: float = Field(ge=0, description="The share of possible links.")
    transitivity: float = Field(ge=0, le=1, description="The share of pairs with a common neighbour that are linked.")
    components: int
    communities: int = Field(description="Groups by Louvain's method.")
    modularity: float
    triads: dict[str, int] = Field(
        description="Groups of three by their links; of an undirected network 003, 102, 201 and 300 have 0, 1, 2, 3."
    )


class Measured(BaseModel):
    """A network and its actors."""

    model_config = example(MEASURED)
    shape: Shape
    actors: list[Actor] = Field(description="Those that have the most of the first measure first.")


class Year(BaseModel):
    """The network of the events that began in a year."""

    model_config = example(YEAR)
    year: int
    measured: Measured


class Metrics(BaseModel):
    """What was measured."""

    model_config = example(METRICS)
    projection: str
    directed: bool
    whole: Measured
    years: list[Year] = Field(description="Empty unless `by_year` asks for them.")


class Asked(Filters):
    """What is measured."""

    projection: str = Field(
        DEFAULT, max_length=LONGEST_NAME, description=f"What is linked: {', '.join(projections())}.", examples=[DEFAULT]
    )
    measure: list[Measure] = Field([], max_length=len(ALL), description="What to measure; all unless given.")
    by_year: bool = Field(False, description="Measure each year's network, too.")


@router.get("/network/metrics", description=DESCRIPTION)
def get_metrics(lookups: OpenLookups, asked: Annotated[Asked, Query()]) -> Metrics:
    """Measure the network; `DESCRIPTION` says more."""
    from kg.graphs.metrics import metrics  # loads networkx, which a server that nobody asks does without

    wanted = tuple(dict.fromkeys(asked.measure)) or ALL
    found = metrics(lookups, projection(asked.projection), asked.wanted(), blocs(), wanted, asked.by_year)
    return Metrics.model_validate(found)
