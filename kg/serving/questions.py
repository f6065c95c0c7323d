"""What a worker is asked, and what it says before its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from kg.serving.limits import Limits


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the snapshot that it is asked of, and what its answer may cost.

    `base` is what relative IRIs are taken from; with `union`, a query that names no graphs sees all of them as one.
    """

    text: str
    snapshot: str
    formats: tuple[str, ...]
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    prefixes: Mapping[str, str]
    limits: Limits
    base: str | None
    union: bool

    def fields(self) -> dict[str, object]:
        """All but the text, which may be long, for JSON."""
        named = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "text"}
        limits = {one.name: getattr(self.limits, one.name) for one in fields(self.limits)}
        return {**named, "prefixes": dict(self.prefixes), "limits": limits}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before an answer: its media type, whether its maker had no network, whether it is in one portion."""

    format: str
    isolated: bool
    whole: bool = False
