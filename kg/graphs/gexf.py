"""GEXF 1.3, the format of Gephi and Gephi Lite, piece by piece: https://gexf.net/.

The graph is dynamic, with intervals of days. Nothing comes from the clock, so the same graph gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from kg.graphs.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, Node, Spells, bounds, written
from kg.graphs.looks import Looks, size
from kg.graphs.projections import Projection

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3"{viz} version="1.3">
<meta><creator>defcoop</creator><description>{title}</description></meta>
<graph defaultedgetype="{direction}" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
VIZ = ' xmlns:viz="http://gexf.net/1.3/viz"'

_SPECIAL = re.compile('[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def quoted(text: str) -> str:
    """The text as a value of an attribute, without characters that XML cannot hold or that no label wants."""
    return quoteattr(_CONTROLS.sub("", text)) if _SPECIAL.search(text) else f'"{text}"'


def pieces(
    projection: Projection, nodes: Iterable[Node], edges: Iterable[Edge], looks: Looks | None = None
) -> Iterator[str]:
    """The file, in pieces of a line or more; with `looks`, nodes have colours, sizes and, where known, positions."""
    direction = "directed" if projection.directed else "undirected"
    yield HEAD.format(viz=VIZ if looks else "", title=projection.title, direction=direction)
    yield from _declared("node", NODE_ATTRIBUTES)
    yield from _declared("edge", EDGE_ATTRIBUTES)
    yield "<nodes>\n"
    yield from (_node(node, looks) for node in nodes)
    yield "</nodes>\n<edges>\n"
    yield from (_edge(number, edge) for number, edge in enumerate(edges))
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(group: str, attributes: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<attributes class="{group}" mode="static">'
    for title, kind in attributes:
        yield f'<attribute id="{title}" title="{title}" type="{kind}"/>'
    yield "</attributes>\n"


def _node(node: Node, looks: Looks | None) -> str:
    country = f'<attvalue for="country" value={quoted(node.country)}/>' if node.country else ""
    status = f'<attvalue for="status" value="{node.status}"/>' if node.status else ""
    return (
        f'<node id={quoted(node.id)} label={quoted(node.label)}><attvalues><attvalue for="type" value="{node.type}"/>'
        f'{country}{status}<attvalue for="events" value="{node.events}"/></attvalues>'
        f"{_spells(node.spells)}{_looks(node, looks) if looks else ''}</node>\n"
    )


def _looks(node: Node, looks: Looks) -> str:
    red, green, blue = looks.colour(node)
    place = looks.positions.get(node.id)
    position = f'<viz:position x="{place[0]:.1f}" y="{place[1]:.1f}" z="0.0"/>' if place else ""
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>{position}<viz:size value="{size(node):.2f}"/>'


def _edge(number: int, edge: Edge) -> str:
    """An edge; what is unknown of it is left out."""
    source, target, kind, label, weight, type, status, givers, confidence, events, spells = edge
    first, last = bounds(spells)
    kind = quoted(kind)
    said = "".join(
        [
            f'<attvalue for="kind" value={kind}/>',
            f'<attvalue for="type" value="{type}"/>' if type else "",
            f'<attvalue for="status" value="{status}"/>' if status else "",
            f'<attvalue for="first" value="{first}"/><attvalue for="last" value="{last}"/>' if first else "",
            f'<attvalue for="givers" value={quoted(givers)}/>' if givers else "",
            f'<attvalue for="confidence" value="{confidence:.3f}"/>' if confidence is not None else "",
            f'<attvalue for="events" value={quoted(events)}/>' if events else "",
        ]
    )
    return (
        f'<edge id="{number}" source={quoted(source)} target={quoted(target)} label={quoted(label)} '
        f'weight="{weight}.0" kind={kind}><attvalues>{said}</attvalues>{_spells(spells)}</edge>\n'
    )


def _spells(spells: Spells) -> str:
    """The days in which a node or an edge is there; without any it always is."""
    if not spells:
        return ""
    each = "".join([f'<spell start="{written(first)}" end="{written(last)}"/>' for first, last in spells])
    return f"<spells>{each}</spells>"
