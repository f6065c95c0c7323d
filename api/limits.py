"""How much one request may ask for."""

from typing import Annotated, Literal

from fastapi import Path, Query

MOST = 1000
LONGEST_NAME = 500

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to answer with at most.", examples=[20])]
Id = Annotated[str, Path(max_length=LONGEST_NAME, description="A short id.", examples=["state:PK"])]
EntityType = Literal["State", "Organization", "Person", "Post", "Place", "Equipment"]
