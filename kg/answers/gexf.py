"""GEXF 1.3, the format of Gephi and Gephi Lite, written as a stream: https://gexf.net/.

The graph is dynamic, with intervals of days. Nothing comes from the clock, so the same graph gives the same bytes.
"""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import sqrt
from os import PathLike, fspath
from typing import IO, Protocol

from lxml import etree

from kg.answers.projections import ActorEdge, ActorGraph, ActorNode, Spell

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
PLAIN: dict[str | None, str] = {None: NAMESPACE}

NODE_ATTRIBUTES = (("type", "string"), ("country", "string"), ("events", "integer"))
EDGE_ATTRIBUTES = (
    ("type", "string"),
    ("status", "string"),
    ("first", "string"),
    ("last", "string"),
    ("givers", "string"),
    ("confidence", "double"),
    ("events", "string"),
)
"""Titles and types; several values of one attribute are divided by blanks."""

COLOURS = {"State": (46, 107, 168), "Organization": (77, 146, 33), "Person": (217, 131, 36)}
OTHER = (128, 128, 128)
SMALLEST = 6.0
GROWTH = 4.0
"""A node's size is the smallest, and the growth times the root of its degree, so that its area follows its degree."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    """Return the text without characters that XML cannot hold or that no label wants."""
    return _CONTROLS.sub("", text)


Attributes = dict[str, str]


class _Stream(Protocol):
    """What `lxml.etree.xmlfile` opens."""

    def element(self, tag: str, attrib: Attributes) -> AbstractContextManager[object]: ...

    def write(self, *content: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes elements to a stream, each with cleaned attributes; the children follow inside the `with`."""

    stream: _Stream
    looks: bool

    def element(self, name: str, attributes: Attributes, namespace: str = NAMESPACE) -> AbstractContextManager[object]:
        cleaned = {key: _clean(value) for key, value in attributes.items()}
        return self.stream.element(f"{{{namespace}}}{name}", cleaned)

    def leaf(self, name: str, attributes: Attributes, namespace: str = NAMESPACE) -> None:
        with self.element(name, attributes, namespace):
            pass

    def line(self) -> None:
        """End the line, so that files can be compared by line."""
        self.stream.write("\n")

    def declared(self, group: str, attributes: tuple[tuple[str, str], ...]) -> None:
        """Declare the attributes of nodes or edges."""
        with self.element("attributes", {"class": group, "mode": "static"}):
            for title, kind in attributes:
                self.leaf("attribute", {"id": title, "title": title, "type": kind})
        self.line()

    def values(self, values: dict[str, str | None]) -> None:
        """Write the values of a node's or an edge's attributes; what is unknown is left out."""
        with self.element("attvalues", {}):
            for name, value in values.items():
                if value:
                    self.leaf("attvalue", {"for": name, "value": value})

    def spells(self, spells: tuple[Spell, ...]) -> None:
        """Write the days in which a node or an edge is there; without any it always is."""
        if spells:
            with self.element("spells", {}):
                for spell in spells:
                    self.leaf("spell", {"start": spell.start.isoformat(), "end": spell.end.isoformat()})

    def node(self, node: ActorNode) -> None:
        """Write a node, with colour by type and size by degree where looks are wanted."""
        with self.element("node", {"id": node.id, "label": node.label}):
            self.values({"type": node.type, "country": node.country, "events": str(node.events)})
            self.spells(node.spells)
            if self.looks:
                red, green, blue = COLOURS.get(node.type, OTHER)
                self.leaf("color", {"r": str(red), "g": str(green), "b": str(blue)}, VIZ)
                self.leaf("size", {"value": f"{SMALLEST + GROWTH * sqrt(node.degree):.2f}"}, VIZ)
        self.line()

    def edge(self, number: int, edge: ActorEdge) -> None:
        """Write an edge under this number."""
        attributes = {
            "id": str(number),
            "source": edge.source,
            "target": edge.target,
            "label": edge.label,
            "weight": f"{edge.weight:.1f}",
            "kind": edge.kind,
        }
        with self.element("edge", attributes):
            self.values(_edge_values(edge))
            self.spells(edge.spells)
        self.line()


def _edge_values(edge: ActorEdge) -> dict[str, str | None]:
    """Return the values of an edge's attributes."""
    return {
        "type": edge.type.value,
        "status": edge.status.value,
        "first": edge.spells[0].start.isoformat() if edge.spells else None,
        "last": edge.spells[-1].end.isoformat() if edge.spells else None,
        "givers": " ".join(edge.givers),
        "confidence": f"{edge.confidence:.3f}",
        "events": " ".join(edge.events),
    }


def write_gexf(graph: ActorGraph, file: str | PathLike[str] | IO[bytes], looks: bool = True) -> None:
    """Write the graph as GEXF 1.3; with `looks`, nodes have colours by type and sizes by degree.

    With looks it validates against the RELAX NG schema of the format, without them against the XML Schema too: the
    official ones contradict each other there, and Gephi itself writes what the first one wants.

    Raises:
        OSError: the file cannot be written.
    """
    target = file if hasattr(file, "write") else fspath(file)
    namespaces = {**PLAIN, "viz": VIZ} if looks else PLAIN
    about = {"defaultedgetype": "undirected", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    with etree.xmlfile(target, encoding="utf-8") as stream:
        stream.write_declaration()
        xml = _Writer(stream, looks)
        with (
            stream.element(f"{{{NAMESPACE}}}gexf", {"version": "1.3"}, namespaces),
            xml.element("graph", about),
        ):
            xml.line()
            xml.declared("node", NODE_ATTRIBUTES)
            xml.declared("edge", EDGE_ATTRIBUTES)
            with xml.element("nodes", {"count": str(len(graph.nodes))}):
                xml.line()
                for node in graph.nodes:
                    xml.node(node)
            with xml.element("edges", {"count": str(len(graph.edges))}):
                xml.line()
                for number, edge in enumerate(graph.edges):
                    xml.edge(number, edge)
