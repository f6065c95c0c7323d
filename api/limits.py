"""How much one request may ask for."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import BeforeValidator

MOST = 1000
LONGEST_NAME = 500
APART = ("/sparql", "/graphs")
"""What says itself how large a body may be, and how an answer may be kept."""
SECONDS = 10.0
"""How long a lookup may read in the index."""

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to answer with at most.", examples=[20])]
Id = Annotated[str, Path(max_length=LONGEST_NAME, description="A short id.", examples=["state:PK"])]
Day = Annotated[date, BeforeValidator(date.fromisoformat)]
"""A day as 2018-08-07: no number, which would be taken for seconds."""
EntityType = Literal["State", "Organization", "Person", "Post", "Place", "Equipment"]
