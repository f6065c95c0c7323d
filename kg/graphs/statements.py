"""A projection as statements to the index. Only numbers and names of this project's own stand in them as text."""

from collections.abc import Iterable

from kg.graphs.projections import EdgeRule, Kind, Level, Projection, Weight
from kg.index.counting import JULIAN
from kg.index.numbers import BITS, bits
from kg.index.selection import Selection, Value
from kg.model import Role, Status

KINDS = {
    Kind.TYPE: "e.type",
    Kind.STATUS: f"CASE e.status WHEN '{Status.ACTUAL}' THEN '' ELSE lower(e.status) END",
    Kind.YEAR: f"coalesce(strftime('%Y', nullif(e.first, 0) + {JULIAN}), 'undated')",
    Kind.ROLE: "r.name",
    Kind.TENURE: "CASE h.former WHEN 1 THEN 'held' ELSE 'holds' END",
}
WEIGHTS = {
    EdgeRule.PAIR: {Weight.EVENTS: "1", Weight.ARTICLES: "e.sources"},
    EdgeRule.PART: {Weight.EVENTS: "1", Weight.ARTICLES: "e.sources"},
    EdgeRule.TENURE: {Weight.ARTICLES: "count(*)"},
}
TOLD = "e.type, e.status, e.first, e.last, e.confidence"

EDGES = {
    EdgeRule.PAIR: """
SELECT {source_number} AS source, {target_number} AS target, {kind} AS kind, {source}.id, {target}.id, {told}, e.id,
    {forth}, {back}, {weight}
FROM part AS p
CROSS JOIN part AS q ON q.event = p.event AND q.node {other} p.node
CROSS JOIN event AS e ON e.number = p.event
CROSS JOIN node AS m ON m.number = p.node
CROSS JOIN node AS n ON n.number = q.node
{sides}
WHERE p.roles & {mask} AND q.roles & {mask} AND m.side <> n.side AND {linked}
    AND {source}.type IN ({nodes}) AND {target}.type IN ({nodes}) AND {where}
{each}""",
    EdgeRule.PART: """
SELECT p.node AS source, p.event AS target, {kind} AS kind, m.id, e.id, {told}, '', 0, 0, {weight}
FROM part AS p
CROSS JOIN node AS m ON m.number = p.node
CROSS JOIN event AS e ON e.number = p.event
CROSS JOIN (SELECT column1 AS bit, column2 AS name FROM (VALUES {roles})) AS r ON p.roles & r.bit
WHERE m.type IN ({nodes}) AND {where}""",
    EdgeRule.TENURE: """
SELECT h.person AS source, h.post AS target, {kind} AS kind, m.id, n.id, NULL, NULL,
    coalesce(min(CASE WHEN a.day > 0 AND NOT h.former THEN a.day END), 0), max(a.day * (NOT h.former)),
    NULL, '', 0, 0, {weight}
FROM tenure AS h
JOIN node AS m ON m.number = h.person
JOIN node AS n ON n.number = h.post
JOIN article AS a ON a.number = h.article
WHERE {person} GROUP BY h.person, h.post, h.former""",
}
"""Rows of edges: numbers of both ends, kind, ids of both ends, what `TOLD` says, the event, whether the first end gives
to the second and the second to the first, and what counts for the weight."""

NODES = {
    Level.ACTOR: """
SELECT m.number AS number, m.id, m.label, m.type, m.country, NULL,
    count(*), group_concat(e.first), group_concat(e.last), {degree}
FROM part AS p
CROSS JOIN node AS m ON m.number = p.node
CROSS JOIN event AS e ON e.number = p.event
WHERE p.roles & {mask} AND m.type IN ({nodes}) AND {where} GROUP BY p.node ORDER BY p.node""",
    Level.SIDE: """
SELECT a.number AS number, a.id, a.label, a.type, a.country, NULL,
    count(DISTINCT e.number), group_concat(e.first), group_concat(e.last), {degree}
FROM part AS p
CROSS JOIN node AS m ON m.number = p.node
CROSS JOIN event AS e ON e.number = p.event
CROSS JOIN node AS a ON a.number = side_number(m.country, m.side)
WHERE p.roles & {mask} AND a.type IN ({nodes}) AND {where} GROUP BY a.number ORDER BY a.number""",
}
EVENTS = """
SELECT e.number AS number, e.id, CAST(t.json AS TEXT) ->> '$.label', e.type, NULL, e.status, 1, e.first, e.last,
    {degree}
FROM event AS e CROSS JOIN telling AS t ON t.event = e.number
WHERE EXISTS (
    SELECT 1 FROM part AS p CROSS JOIN node AS m ON m.number = p.node
    WHERE p.event = e.number AND p.roles & {mask} AND m.type IN ({nodes})
) AND {where} ORDER BY e.number"""
HOLDERS = """
SELECT m.number AS number, m.id, m.label, m.type, m.country, NULL, 0, 0, 0,
    {degree}
FROM node AS m WHERE m.number IN (SELECT {end} FROM tenure AS h WHERE {person}) ORDER BY m.number"""
"""Rows of nodes: number, id, label, type, country, status, how many events, their first and last days with commas
between them, and how many edges."""

PERSON = """h.person IN (
    SELECT p.node FROM part AS p CROSS JOIN event AS e ON e.number = p.event WHERE p.roles & {mask} AND {where})"""
SIDES = """CROSS JOIN node AS a ON a.number = side_number(m.country, m.side)
CROSS JOIN node AS b ON b.number = side_number(n.country, n.side)"""
ONE_WAY = """(
    SELECT max(r.roles & {givers} <> 0) + max(r.roles & {takers} <> 0) FROM part AS r WHERE r.event = e.number) = 2"""
"""Whether an event has actors that give and actors that take."""


def edges(projection: Projection, chosen: Selection) -> Selection:
    """The statement that gives the rows of the edges, in no order."""
    chosen = _of_types(projection, chosen)
    parts = {
        EdgeRule.PAIR: _pair,
        EdgeRule.PART: _part,
        EdgeRule.TENURE: _tenure,
    }[projection.edge](projection, chosen)
    kind = " || ' ' || ".join(KINDS[one] for one in projection.kind)
    weight = WEIGHTS[projection.edge][projection.weight]
    text = EDGES[projection.edge].format(kind=f"rtrim({kind})", told=TOLD, weight=weight, **parts)
    marks = {EdgeRule.PAIR: 2, EdgeRule.PART: 1, EdgeRule.TENURE: 0}[projection.edge]
    return Selection(text, (*projection.nodes * marks, *chosen.values))


def nodes(projection: Projection, chosen: Selection) -> tuple[Selection, ...]:
    """The statements that give the rows of the nodes, one after the other."""
    chosen = _of_types(projection, chosen)
    if projection.edge is EdgeRule.TENURE:
        person = _tenure(projection, chosen)["person"]
        texts = (HOLDERS.format(end=end, person=person, degree=_degree("m")) for end in ("h.person", "h.post"))
        return tuple(Selection(text, chosen.values) for text in texts)
    said = {"mask": bits(projection.takes_part), "nodes": _marks(projection.nodes), "where": chosen.where}
    values = (*projection.nodes, *chosen.values)
    own = "a" if projection.level is Level.SIDE else "m"
    actors = Selection(NODES[projection.level].format(**said, degree=_degree(own)), values)
    if projection.edge is EdgeRule.PAIR:
        return (actors,)
    return actors, Selection(EVENTS.format(**said, degree=_degree("e")), values)


def _degree(node: str) -> str:
    return f"(SELECT d.edges FROM temp.degree AS d WHERE d.node = {node}.number)"


def _of_types(projection: Projection, chosen: Selection) -> Selection:
    """The chosen events, as far as they are of the projection's types."""
    if not projection.types:
        return chosen
    values: tuple[Value, ...] = (*projection.types, *chosen.values)
    return Selection(f"e.type IN ({_marks(projection.types)}) AND {chosen.where}", values)


def _pair(projection: Projection, chosen: Selection) -> dict[str, object]:
    givers, takers = bits(projection.givers), bits(projection.takers)
    forth = f"(p.roles & {givers} AND q.roles & {takers})"
    back = f"(p.roles & {takers} AND q.roles & {givers})"
    of_sides = projection.level is Level.SIDE
    source, target = "ab" if of_sides else "mn"
    linked = forth if projection.directed else f"({forth} OR {back})"
    if projection.others:
        linked = f"({linked} OR NOT {ONE_WAY.format(givers=givers, takers=takers)})"
    if of_sides and not projection.directed:
        linked = f"b.number > a.number AND {linked}"
    return {
        "other": "<>" if of_sides or projection.directed else ">",
        "source": source,
        "target": target,
        "source_number": "a.number" if of_sides else "p.node",
        "target_number": "b.number" if of_sides else "q.node",
        "sides": SIDES if of_sides else "",
        "mask": bits(projection.takes_part),
        "linked": linked,
        "nodes": _marks(projection.nodes),
        "where": chosen.where,
        "forth": f"max{forth}" if of_sides else forth,
        "back": f"max{back}" if of_sides else back,
        "each": "GROUP BY a.number, b.number, e.number" if of_sides else "",
    }


def _part(projection: Projection, chosen: Selection) -> dict[str, object]:
    roles = ", ".join(f"({BITS[role]}, '{role}')" for role in projection.roles)
    return {"roles": roles, "nodes": _marks(projection.nodes), "where": chosen.where}


def _tenure(projection: Projection, chosen: Selection) -> dict[str, object]:
    everybody = chosen.where == "1"
    return {"person": "1" if everybody else PERSON.format(mask=bits(Role), where=chosen.where)}


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
