"""The graph of events as a graph of actors, for Gephi and networkx.

What is an edge stands in `ontology/projections.toml`. Plans and denials are kept apart from what happened: parallel
edges differ in `kind`, which is the event's type, and its status unless it is actual.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import combinations, product

from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups
from kg.answers.store import Store
from kg.answers.views import EventFilter, Happening, Node
from kg.model import EventType, Role, Status
from ontology import terms


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """A span of days, both of them in it."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor: `country` is an ISO 3166-1 alpha-2 code, `events` counts what it took part in, `degree` its edges."""

    id: str
    label: str
    type: str
    country: str | None
    events: int
    degree: int
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class ActorEdge:
    """All events of one type and status between two actors, `source` the one with the lower id.

    `givers` are the ids of those that provide, visit or send; `weight` is the number of events, `confidence` the best.
    """

    source: str
    target: str
    type: EventType
    status: Status
    label: str
    weight: int
    confidence: float
    givers: tuple[str, ...]
    spells: tuple[Spell, ...]
    events: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What keeps parallel edges apart: "ArmsTransfer", "ArmsTransfer proposed"."""
        return self.type.value if self.status is Status.ACTUAL else f"{self.type} {self.status.lower()}"


@dataclass(frozen=True, slots=True)
class ActorGraph:
    """Nodes and edges, each sorted by id."""

    nodes: tuple[ActorNode, ...]
    edges: tuple[ActorEdge, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """The roles of `projections.toml`."""

    givers: frozenset[Role]
    takers: frozenset[Role]


@cache
def _rule() -> _Rule:
    """Return the rule that says which actors of an event are linked."""
    text = files("ontology").joinpath("projections.toml").read_text(encoding="utf-8")
    roles: dict[str, list[str]] = tomllib.loads(text)["actors"]
    return _Rule(frozenset(map(Role, roles["givers"])), frozenset(map(Role, roles["takers"])))


@dataclass(frozen=True, slots=True)
class Side:
    """Whom an actor acts for: a country, or an organisation of no country."""

    country: str | None
    organization: str | None = None


SideOf = Callable[[str], Side]
_Key = tuple[str, str, EventType, Status]


@dataclass(slots=True)
class _Bundle:
    """The events of one edge, while they are collected."""

    events: dict[str, Happening] = field(default_factory=dict)
    givers: set[str] = field(default_factory=set)


def _merged(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the spells in order, those that overlap or touch as one: Gephi refuses intervals that overlap."""
    merged: list[Spell] = []
    for spell in sorted(spells):
        if merged and spell.start <= _after(merged[-1].end):
            merged[-1] = Spell(merged[-1].start, max(merged[-1].end, spell.end))
        else:
            merged.append(spell)
    return tuple(merged)


def _after(day: date) -> date:
    """Return the next day, if there is one."""
    return day if day == date.max else day + timedelta(days=1)


def _spells(events: Iterable[Happening]) -> tuple[Spell, ...]:
    """Return when the dated ones of these events happened."""
    return _merged(Spell(event.earliest, event.latest) for event in events if event.earliest and event.latest)


def _links(event: Happening, side: SideOf) -> Iterator[tuple[str, str, bool]]:
    """Yield each pair of actors that the event links, and whether the first gives and the second takes."""
    rule = _rule()
    givers = {part.actor.id for part in event.parts if part.role in rule.givers}
    takers = {part.actor.id for part in event.parts if part.role in rule.takers}
    one_way = bool(givers and takers)
    everybody = {part.actor.id for part in event.parts}
    pairs = product(sorted(givers), sorted(takers)) if one_way else combinations(sorted(everybody), 2)
    for first, second in pairs:
        if first != second and side(first) != side(second):
            yield first, second, one_way


def actor_graph(events: Iterable[Happening], side: SideOf) -> ActorGraph:
    """Return the actors of these events, and an edge for each pair, type of event and status.

    `side` tells whom an actor acts for by its id. An edge's spells are those of its dated events;
    without any it has none, which Gephi takes for always.
    """
    named: dict[str, Node] = {}
    involved: defaultdict[str, list[Happening]] = defaultdict(list)
    bundles: defaultdict[_Key, _Bundle] = defaultdict(_Bundle)
    for event in events:
        for actor in {part.actor.id: part.actor for part in event.parts}.values():
            named[actor.id] = actor
            involved[actor.id].append(event)
        for first, second, one_way in _links(event, side):
            source, target = sorted((first, second))
            bundle = bundles[source, target, event.type, event.status]
            bundle.events[event.iri] = event
            bundle.givers |= {first} if one_way else set()
    degree: defaultdict[str, int] = defaultdict(int)
    for source, target, _, _ in bundles:
        degree[source] += 1
        degree[target] += 1
    nodes = (
        ActorNode(id, node.label, node.type, side(id).country, len(involved[id]), degree[id], _spells(involved[id]))
        for id, node in sorted(named.items())
    )
    return ActorGraph(tuple(nodes), tuple(_edge(key, bundles[key]) for key in sorted(bundles)))


def _edge(key: _Key, bundle: _Bundle) -> ActorEdge:
    """Return the edge of a bundle; a single event gives it its label, several their type."""
    source, target, kind, status = key
    events = [bundle.events[iri] for iri in sorted(bundle.events)]
    return ActorEdge(
        source=source,
        target=target,
        type=kind,
        status=status,
        label=events[0].label if len(events) == 1 else f"{len(events)} × {kind}",
        weight=len(events),
        confidence=max(event.confidence for event in events),
        givers=tuple(sorted(bundle.givers)),
        spells=_spells(events),
        events=tuple(event.iri for event in events),
    )


def actors(store: Store, wanted: EventFilter | None = None) -> ActorGraph:
    """Return the graph of the actors of a store, by the events that pass the filter.

    Raises:
        UnknownEntity: the filter's actor does not exist.
    """
    read = Descriptions(store)

    @cache
    def side(id: str) -> Side:
        iri = read.iri(id)
        masters = [iri, *read.nodes(iri, terms.HAS_STATE), *read.nodes(iri, terms.REPRESENTS)]
        codes = (read.text(master, terms.ISO2) for master in masters)
        country = next((code for code in codes if code), None)
        return Side(country, None if country else read.id(masters[-1]))

    return actor_graph(Lookups(store).all_events(wanted or EventFilter()), side)
