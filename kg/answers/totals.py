"""A store in numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.answers.descriptions import ENTITY_CLASSES, Descriptions, name
from kg.answers.happenings import Happenings
from kg.answers.store import Store
from kg.model import EventType, Status
from ontology import terms


@dataclass(frozen=True, slots=True)
class Total:
    """How many of what."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a store. Entities are those that articles speak of; days are the bounds of the events' dates."""

    articles: int
    events: int
    sentences: int
    quads: int
    types: tuple[Total, ...]
    statuses: tuple[Total, ...]
    entities: tuple[Total, ...]
    first: date | None
    last: date | None


def totals(store: Store) -> Totals:
    """The numbers of a store, each event and entity counted once however many articles tell of it."""
    types = {kind: _subjects(store, terms.RDF_TYPE, terms.COOP[kind]) for kind in EventType}
    events = set().union(*types.values())
    happenings = Happenings(Descriptions(store))
    statuses = Counter(happenings.status(event) for event in events)
    spoken_of = _spoken_of(store)
    days = sorted(_days(store, terms.EARLIEST) | _days(store, terms.LATEST))
    return Totals(
        articles=len(store.sources()),
        events=len(events),
        sentences=len(_subjects(store, terms.RDF_TYPE, terms.EVIDENCE)),
        quads=sum(1 for _ in store.quads()),
        types=_counted((kind.value, len(found)) for kind, found in types.items()),
        statuses=_counted((status.value, statuses[status]) for status in Status),
        entities=_counted(
            (name(kind), len(_subjects(store, terms.RDF_TYPE, kind) & spoken_of)) for kind in ENTITY_CLASSES
        ),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[Total, ...]:
    return tuple(Total(*pair) for pair in sorted(pairs, key=lambda pair: -pair[1]) if pair[1])


def _subjects(store: Store, predicate: ox.NamedNode, value: ox.NamedNode) -> set[ox.NamedNode]:
    found = store.inner.quads_for_pattern(None, predicate, value, None)
    return {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)}


def _spoken_of(store: Store) -> set[ox.NamedNode]:
    """The nodes that a graph other than the reference data mentions."""
    aside = {store.graph("reference"), store.graph("ontology"), store.graph("sources")}
    stated = (quad for quad in store.inner if quad.graph_name not in aside)
    return {quad.object for quad in stated if isinstance(quad.object, ox.NamedNode)}


def _days(store: Store, predicate: ox.NamedNode) -> set[date]:
    found = store.inner.quads_for_pattern(None, predicate, None, None)
    return {date.fromisoformat(quad.object.value) for quad in found if isinstance(quad.object, ox.Literal)}
