"""What the project needs of whatever keeps its quads: the few methods of `pyoxigraph.Store` that it uses."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

Subject = NamedNode | BlankNode | Triple
Object = NamedNode | BlankNode | Literal | Triple
Graph = NamedNode | BlankNode | DefaultGraph


class Engine(Protocol):
    """Quads that are read by pattern, where `None` stands for anything, and written by SPARQL Update."""

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Object | None,
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that fit."""
        ...

    def __iter__(self) -> Iterator[Quad]:
        """All quads."""
        ...

    def extend(self, quads: Iterable[Quad], /) -> None:
        """Put quads in."""
        ...

    def update(self, update: str, /) -> None:
        """Run a SPARQL update."""
        ...
