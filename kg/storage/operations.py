"""SPARQL updates that put given quads in or take them out, in operations that all engines carry out.

An operation is about one graph, as Virtuoso 7.2 leaves typed literals behind where one takes quads out of several.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

AT_ONCE = 1000
"""Quads of one operation. Virtuoso 7.2 runs out of memory when it parses one of 5,000; a request may have many."""

SEPARATOR = " ;\n"


def inserted(quads: Iterable[Quad]) -> str:
    """The update that puts these quads in."""
    return SEPARATOR.join(_operations("INSERT", quads))


def changed(gone: Iterable[Quad], added: Iterable[Quad]) -> str:
    """The update that takes quads out and puts others in."""
    return SEPARATOR.join([*_operations("DELETE", gone), *_operations("INSERT", added)])


def _operations(verb: str, quads: Iterable[Quad]) -> Iterator[str]:
    """The terms are in N-Triples syntax, escaped by pyoxigraph."""
    graphs: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[str(quad.graph_name)].append(f"{quad.subject} {quad.predicate} {quad.object}")
    for graph in sorted(graphs):
        triples = sorted(graphs[graph])
        for start in range(0, len(triples), AT_ONCE):
            yield f"{verb} DATA {{ GRAPH {graph} {{ {' . '.join(triples[start : start + AT_ONCE])} }} }}"
