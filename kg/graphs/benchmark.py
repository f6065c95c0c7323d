"""Measures the export of a large graph against networkx: `python -m kg.graphs.benchmark`.

A graph is made as rows of an index. Then, each in a process of its own, this project writes it as GEXF, from the index
and from memory, and networkx builds it from the same rows, and writes it with the same looks. Memory is what a process
took at most beyond what it had when all was imported.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graphs import gexf
from kg.graphs.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Spells, edge_values, node_values, written
from kg.graphs.looks import Looks, by_type, size
from kg.graphs.projections import DEFAULT, projection
from kg.graphs.streams import Stream
from kg.index.database import Database
from kg.index.numbers import BITS, number
from kg.index.selection import Selection
from kg.model import EventType, Role, Status

NODES, EDGES = 100_000, 500_000
AGAIN = 5
"""Each edge of this number has a second event."""
FIRST, DAYS = 730_000, 9_000
STATES = 200
"""Each actor is of one of these; the first of each is the state itself."""
TYPES = {"sta": "State", "org": "Organization", "per": "Person"}
ROLES = {EventType.ARMS_TRANSFER: (Role.PROVIDER, Role.RECIPIENT), EventType.VISIT: (Role.VISITOR, Role.HOST)}


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds to read or build and to write, and the kilobytes that it took at most."""

    built: float
    wrote: float
    memory: int


def generate(store: Path, nodes: int = NODES, edges: int = EDGES) -> Database:
    """The index beside a store, of a graph of this size, at most five edges a node: they are distinct."""
    database = Database(store, "benchmark")
    with database.change() as connection:
        ids = [_id(place) for place in range(nodes)]
        numbers = [number(id) for id in ids]
        connection.executemany(
            "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?)",
            (
                (numbers[place], id, TYPES[id[:3]], f"{id} & Söhne", f"{place % STATES:02X}", id)
                for place, id in enumerate(ids)
            ),
        )
        events, parts = _events(numbers, edges), _events(numbers, edges)
        connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (row for row, _, _ in events))
        connection.executemany(
            "INSERT INTO part VALUES (?, ?, ?, ?)",
            (
                (node, row[6], row[0], BITS[role])
                for row, *pair in parts
                for node, role in zip(pair, ROLES.get(row[2], (Role.PARTY, Role.PARTY)), strict=True)
            ),
        )
        connection.execute("INSERT INTO about VALUES ('complete', '')")
    return database


def _id(place: int) -> str:
    if place < STATES:
        return f"state:{place:02X}"
    return f"{'org' if place % 2 else 'person'}:actor-{place:06}"


def _events(numbers: list[int], edges: int) -> Iterator[tuple[tuple[Any, ...], int, int]]:
    """The rows of events, each with the two nodes that take part."""
    types, nodes = tuple(EventType), len(numbers)
    for edge in range(edges):
        source = edge % nodes
        target = (source + 1 + edge // nodes * 7919) % nodes
        kind = types[edge % len(types)]
        for again in range(2 if edge % AGAIN == 0 else 1):
            id = f"event:{kind.lower()}-{edge:09}-{again}"
            first = 0 if edge % 20 == 1 else FIRST + (edge * 31 + again * 400) % DAYS
            last = first + edge % 40 if first else 0
            row = (number(id), id, kind, Status.ACTUAL, None, first, last, 0.5 + edge % 50 / 100, 1)
            yield row, numbers[source], numbers[target]


def opened(database: Database) -> Stream:
    """The default projection of all events of an index."""
    return Stream(database.apart(), projection(DEFAULT), Selection("1", ()))


def streamed(stream: Stream, file: Path) -> Measure:
    """From the index to a file, piece by piece."""
    before, start = peak(), time.perf_counter()
    stream.count()
    _write(gexf.pieces(stream.projection, stream.nodes(), stream.edges(), Looks(by_type)), file)
    return Measure(time.perf_counter() - start, 0.0, peak() - before)


def from_memory(stream: Stream, file: Path) -> Measure:
    """From nodes and edges in memory to a file."""
    stream.count()
    before, start = peak(), time.perf_counter()
    nodes, edges = list(stream.nodes()), list(stream.edges())
    built = time.perf_counter()
    _write(gexf.pieces(stream.projection, nodes, edges, Looks(by_type)), file)
    return Measure(built - start, time.perf_counter() - built, peak() - before)


def by_networkx(stream: Stream, file: Path) -> Measure:
    """From the index to a graph of networkx, and from that to a file."""
    before, start = peak(), time.perf_counter()
    stream.count()
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for node in stream.nodes():
        red, green, blue = by_type(node)
        viz = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": size(node)}
        said = _said(NODE_ATTRIBUTES, node_values(node))
        graph.add_node(node.id, label=node.label, viz=viz, spells=_spells(node.spells), **said)
    for place, edge in enumerate(stream.edges()):
        said = _said(EDGE_ATTRIBUTES, edge_values(edge))
        more = {"label": edge.label, "weight": edge.weight, "spells": _spells(edge.spells)}
        graph.add_edge(edge.source, edge.target, key=edge.kind, id=place, **more, **said)
    built = time.perf_counter()
    nx.write_gexf(graph, file)
    return Measure(built - start, time.perf_counter() - built, peak() - before)


def _said(attributes: tuple[tuple[str, str], ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return {name: value for (name, _), value in zip(attributes, values, strict=True) if value not in (None, "")}


def _spells(spells: Spells) -> list[tuple[str, str]]:
    return [(written(first), written(last)) for first, last in spells]


def _write(pieces: Iterator[str], file: Path) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(pieces)


def peak() -> int:
    """The most memory that this process took so far, in kilobytes (Linux).

    It is that of `ru_maxrss`, except that this begins with what the process took that started this one.
    """
    said = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(said.partition("VmHWM:")[2].split()[0])


MEASURES: dict[str, Callable[[Stream, Path], Measure]] = {
    "streamed": streamed,
    "memory": from_memory,
    "networkx": by_networkx,
}


def apart(*arguments: object) -> str:
    """What this program prints in a process of its own."""
    command = [sys.executable, "-m", "kg.graphs.benchmark", *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


@dataclass(frozen=True, slots=True)
class Ratios:
    """How many times faster the writer is, and the whole; and its share of networkx's memory."""

    writer: float
    whole: float
    memory: float


def compared(folder: Path, nodes: int = NODES, edges: int = EDGES) -> tuple[dict[str, Measure], Ratios]:
    """All measures of a graph of this size, made in a folder, and the ratios."""
    store = folder / "store"
    generate(store, nodes, edges).close()
    found = {name: Measure(**json.loads(apart(name, store))) for name in MEASURES}
    other = found["networkx"]
    return found, Ratios(
        other.wrote / found["memory"].wrote,
        (other.built + other.wrote) / found["streamed"].built,
        found["streamed"].memory / other.memory,
    )


def main(arguments: list[str]) -> None:
    """Measure, and print the figures; with arguments, do one part of it."""
    match arguments:
        case [name, store]:
            with closing(opened(Database(Path(store), "benchmark"))) as stream:
                sys.stdout.write(json.dumps(asdict(MEASURES[name](stream, Path(store).with_name(f"{name}.gexf")))))
        case _:
            with tempfile.TemporaryDirectory() as folder:
                sys.stdout.write(report(*compared(Path(folder))))


def report(found: dict[str, Measure], ratios: Ratios) -> str:
    """The figures as text."""
    lines = [
        f"{name}: read or built in {one.built:.1f} s, written in {one.wrote:.1f} s, {one.memory / 1024:.0f} MB\n"
        for name, one in found.items()
    ]
    lines.append(
        f"writer {ratios.writer:.1f} times as fast, whole {ratios.whole:.1f} times, memory {ratios.memory:.1%}\n"
    )
    return f"{NODES} nodes, {EDGES} edges\n{''.join(lines)}"


if __name__ == "__main__":
    main(sys.argv[1:])
