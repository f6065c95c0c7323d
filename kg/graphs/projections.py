"""The projections that `ontology/projections.toml` declares."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from kg.errors import UsageError
from kg.model import EventType, Role

DEFAULT = "actors"
"""The projection that is meant unless one is named."""


class EdgeRule(StrEnum):
    """What an edge is: two actors of one event, an actor and an event, or a person and a post."""

    PAIR = "pair"
    PART = "part"
    TENURE = "tenure"


class Level(StrEnum):
    """Whether nodes are the actors themselves, or the sides that they act for."""

    ACTOR = "actor"
    SIDE = "side"


class Kind(StrEnum):
    """What keeps parallel edges apart."""

    TYPE = "type"
    STATUS = "status"
    YEAR = "year"
    ROLE = "role"
    TENURE = "tenure"


class Weight(StrEnum):
    """What the weight of an edge counts."""

    EVENTS = "events"
    ARTICLES = "articles"


class Projection(BaseModel):
    """A graph that events are drawn as; the head of the TOML file says what each value means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    edge: EdgeRule
    nodes: tuple[str, ...]
    directed: bool
    kind: tuple[Kind, ...]
    weight: Weight
    types: tuple[EventType, ...] = ()
    level: Level = Level.ACTOR
    givers: tuple[Role, ...] = ()
    takers: tuple[Role, ...] = ()
    others: bool = True
    roles: tuple[Role, ...] = tuple(Role)

    @property
    def takes_part(self) -> tuple[Role, ...]:
        """The roles of actors that are nodes."""
        return self.roles if self.others else (*self.givers, *self.takers)


@cache
def projections() -> dict[str, Projection]:
    """All projections by name.

    Raises:
        ValueError: a declaration is wrong.
    """
    declared = tomllib.loads(files("ontology").joinpath("projections.toml").read_text(encoding="utf-8"))
    return {name: Projection(name=name, **_whole(declared, name)) for name in declared}


def projection(name: str) -> Projection:
    """The projection of this name.

    Raises:
        UsageError: there is none.
    """
    found = projections().get(name)
    if found is None:
        raise UsageError(f"no projection {name!r}; it is one of {', '.join(projections())}")
    return found


def _whole(declared: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """A declaration with what it takes from the one that it is like."""
    own = dict(declared[name])
    like = own.pop("like", None)
    return {**_whole(declared, like), **own} if like else own
