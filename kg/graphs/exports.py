"""A projection as a file, in each format by the ending of its name."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from kg.errors import UsageError
from kg.graphs import gexf, tables, webs
from kg.graphs.elements import Node
from kg.graphs.looks import Colouring, Looks, by_community, by_country, by_type
from kg.graphs.streams import Stream

COLOURS = 10
"""Countries that have a colour of their own."""
MOST_LAID_OUT = 1000
"""Nodes of the largest graph that is laid out: it takes about 3 s."""
LINES = 500
"""Lines that are handed over at once."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How nodes look: not at all, or with colours for something, and in positions where the graph is small enough.

    Positions, and colours by community, need the graph in memory.
    """

    looks: bool = True
    colouring: Colouring = Colouring.TYPE
    layout: bool = False


def _gexf(stream: Stream, drawing: Drawing) -> Iterator[bytes]:
    looks = _looks(stream, drawing) if drawing.looks else None
    nodes = _sized(stream) if looks else stream.nodes()
    return _bytes(gexf.pieces(stream.projection, nodes, stream.edges(), looks))


def _archive(stream: Stream, _: Drawing) -> Iterator[bytes]:
    return tables.archive(stream.projection, stream.nodes(), stream.edges())


def _d3(stream: Stream, _: Drawing) -> Iterator[bytes]:
    return _bytes(webs.d3(stream.projection, stream.nodes(), stream.edges()))


def _graphology(stream: Stream, drawing: Drawing) -> Iterator[bytes]:
    return _bytes(webs.graphology(stream.projection, _sized(stream), stream.edges(), _looks(stream, drawing)))


STREAMED: dict[str, tuple[str, Callable[[Stream, Drawing], Iterator[bytes]]]] = {
    "gexf": ("application/gexf+xml", _gexf),
    "zip": ("application/zip", _archive),
    "json": ("application/json", _d3),
    "graphology": ("application/json", _graphology),
}
"""The formats that are written piece by piece, with their media types."""
BUILT = ("graphml", "gml", "net")
"""The formats that networkx writes, from a graph in memory."""


def checked(format: str, formats: Iterable[str] = (*STREAMED, *BUILT)) -> str:
    """The format.

    Raises:
        UsageError: there is none of this name.
    """
    if format not in formats:
        raise UsageError(f"unknown format {format or '(no ending)'}; it is one of {', '.join(formats)}")
    return format


def pieces(stream: Stream, format: str, drawing: Drawing) -> Iterator[bytes]:
    """The file in one of the streamed formats, piece by piece.

    Raises:
        UsageError: colours by community are wanted of too large a graph.
    """
    return STREAMED[format][1](stream, drawing)


def write(stream: Stream, format: str, drawing: Drawing, file: BinaryIO) -> None:
    """Write the file in any format.

    Raises:
        UsageError: as for `pieces`.
    """
    if format in STREAMED:
        file.writelines(pieces(stream, format, drawing))
    else:
        _build(stream, format, file)


def _build(stream: Stream, format: str, file: BinaryIO) -> None:
    import networkx as nx  # takes half a second, which streams do without

    from kg.graphs.networks import graph, plain

    made = plain(graph(stream))
    if format == "graphml":
        nx.write_graphml(made, file)
    elif format == "gml":
        for _, said in made.nodes(data=True):  # GML's label is the id
            said["name"] = said.pop("label")
        nx.write_gml(made, file)
    else:
        # Pajek knows text alone, without quotation marks, and of the attributes of edges only the weight as a number
        for *_, said in (*made.nodes(data=True), *made.edges(data=True)):
            said.update({name: str(value).replace('"', "'") for name, value in said.items() if name != "weight"})
        nx.write_pajek(made, file)


def _looks(stream: Stream, drawing: Drawing) -> Looks:
    grouped = drawing.colouring is Colouring.COMMUNITY
    colour = by_country(stream.countries(COLOURS)) if drawing.colouring is Colouring.COUNTRY else by_type
    if not grouped and not drawing.layout:
        return Looks(colour)
    if (many := stream.size()) > MOST_LAID_OUT:
        if grouped:
            raise UsageError(
                f"colours by community are for graphs of up to {MOST_LAID_OUT} nodes, this one has {many}; "
                "colour by type or country, or narrow the events"
            )
        return Looks(colour)
    from kg.graphs.networks import communities, graph, positions

    made = graph(stream)
    return Looks(by_community(communities(made)) if grouped else colour, positions(made) if drawing.layout else {})


def _sized(stream: Stream) -> Iterator[Node]:
    """The nodes with their degrees, counted when the first is asked for."""
    stream.count()
    yield from stream.nodes()


def _bytes(lines: Iterator[str]) -> Iterator[bytes]:
    """The lines, the first at once."""
    yield next(lines).encode()
    while some := "".join(islice(lines, LINES)):
        yield some.encode()
