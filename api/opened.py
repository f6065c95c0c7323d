"""What a request works on: the open store and the lookups over it."""

from typing import Annotated

from fastapi import Depends, Request

from kg.answers.lookups import Lookups
from kg.answers.store import Store


async def lookups_of(request: Request) -> Lookups:
    """The lookups over the application's store."""
    found = request.app.state.lookups
    assert isinstance(found, Lookups)
    return found


async def store_of(request: Request) -> Store:
    """The application's store."""
    return (await lookups_of(request)).store


OpenLookups = Annotated[Lookups, Depends(lookups_of)]
OpenStore = Annotated[Store, Depends(store_of)]
