"""Which code of PLOVER or CAMEO an event has: by the rules of `ontology/codings`, the first that fits."""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from kg.model import EventType, Role, Stage, Status
from kg.tables.actors import Cast
from kg.tables.knowledge import read


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event must be like, and how it is coded then; `ontology/codings/plover.toml` explains each part."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    types: tuple[EventType, ...]
    code: str
    section: str
    why: str
    judgement: bool
    statuses: tuple[Status, ...] = tuple(Status)
    stages: tuple[Stage | None, ...] = (None, *Stage)
    roles: tuple[tuple[Role, ...], ...] = ()
    sides: int = 0
    third_host: bool = False
    mode: str | None = None
    context: tuple[str, ...] = ()
    source: tuple[Role, ...] = tuple(Role)
    target: tuple[Role, ...] = ()
    mutual: bool = False
    mirror: str | None = None

    def fits(self, cast: Cast) -> bool:
        """Whether the rule codes the event of this cast."""
        event = cast.event
        return (
            event.type in self.types
            and event.status in self.statuses
            and event.stage in self.stages
            and all(cast.members(roles) for roles in self.roles)
            and len(cast.coded()) >= self.sides
            and (not self.third_host or _hosted_by_another(cast))
        )


@dataclass(frozen=True, slots=True)
class Coding:
    """A scheme of codes: where it comes from, its quad codes, and its rules in their order."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sources: tuple[str, ...]
    quads: dict[str, int]
    rules: tuple[Rule, ...]

    def rule(self, cast: Cast) -> Rule:
        """The rule for an event; each type has one that wants nothing else."""
        return next(rule for rule in self.rules if rule.fits(cast))

    def quad(self, code: str) -> int:
        """The quad code of a code: that of the longest of `quads` that begins it."""
        return self.quads[max(filter(code.startswith, self.quads), key=len)]


@cache
def coding(name: str) -> Coding:
    """The scheme in `ontology/codings/NAME.toml`."""
    return TypeAdapter(Coding).validate_python(read(name))


def _hosted_by_another(cast: Cast) -> bool:
    hosts, others = cast.coded({Role.HOST}), cast.coded(set(Role) - {Role.HOST})
    return bool(hosts) and len(others) > 1 and not set(hosts) & set(others)
