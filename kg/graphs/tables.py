"""Two tables for Gephi's import and for pandas: nodes.csv and edges.csv, in one archive."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from kg.graphs.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, Node, Spells, edge_values, node_values, written
from kg.graphs.projections import Projection

ROWS = 1000
"""Rows that are written at once."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of the files: the first that an archive can hold, whatever the clock says."""

NODE_HEAD = ("Id", "Label", "Timeset", *(title for title, _ in NODE_ATTRIBUTES))
EDGE_HEAD = ("Source", "Target", "Type", "Id", "Label", "Weight", "Timeset", *(title for title, _ in EDGE_ATTRIBUTES))
Row = Sequence[object]


def archive(projection: Projection, nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[bytes]:
    """The archive, in pieces."""
    direction = "Directed" if projection.directed else "Undirected"
    tables: tuple[tuple[str, Iterator[Row]], ...] = (
        ("nodes.csv", chain([NODE_HEAD], map(_node, nodes))),
        ("edges.csv", chain([EDGE_HEAD], (_edge(number, edge, direction) for number, edge in enumerate(edges)))),
    )
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as packed:
        for name, rows in tables:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(info, "w", force_zip64=True) as member:
                while some := list(islice(rows, ROWS)):
                    text = io.StringIO(newline="")
                    csv.writer(text, lineterminator="\n").writerows(some)
                    member.write(text.getvalue().encode(errors="replace"))
                    yield sink.taken()
    yield sink.taken()


def _node(node: Node) -> Row:
    return node.id, node.label, _timeset(node.spells), *node_values(node)


def _edge(number: int, edge: Edge, direction: str) -> Row:
    ends = edge.source, edge.target, direction, number, edge.label, edge.weight
    return *ends, _timeset(edge.spells), *edge_values(edge)


def _timeset(spells: Spells) -> str:
    """The days as Gephi writes sets of intervals."""
    return f"<{'; '.join(f'[{written(first)}, {written(last)}]' for first, last in spells)}>" if spells else ""


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken; nobody can go back in it."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._written += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken
