"""What is asked of a store: entities by name, what is known of them, what links them, and events.

The REST layer, `kg show` and others ask here. Nothing is read by a query that a text of a user is part of.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import wraps
from itertools import pairwise
from typing import Concatenate, ParamSpec, TypeVar

import pyoxigraph as ox

from kg.answers.claims import newest
from kg.answers.descriptions import ENTITY_CLASSES, Descriptions, name
from kg.answers.moves import Moves
from kg.answers.store import Store
from kg.answers.views import Article, Chain, Dyad, Entity, EventFilter, Happening, Match, Node, Number, Tenure
from kg.errors import SeveralEntities, UnknownEntity
from kg.index import counting, listing, names, networks
from kg.index.counting import Facet, Neighbour, Period, Step
from kg.index.indexing import TELLING, Index
from kg.index.listing import Linked, Links, Page, Start, Told
from kg.index.networks import Network
from kg.index.numbers import number
from kg.index.selection import Selection, article_id, day, selection
from kg.index.totals import Totals, totals
from ontology import terms

ENTITY_TYPES = tuple(name(kind) for kind in ENTITY_CLASSES)
"""The names of the entities' classes: State, Organization, ..."""

ALL = EventFilter()
SURE = 98.0
"""The score from which on a name is the name."""
PORTION = 1000
"""Rows that are read at once where all are asked for."""


P = ParamSpec("P")
T = TypeVar("T")


def at_once(question: Callable[Concatenate["Lookups", P], T]) -> Callable[Concatenate["Lookups", P], T]:
    """A question whose parts are all answered as of one moment."""

    @wraps(question)
    def answer(lookups: "Lookups", /, *arguments: P.args, **named: P.kwargs) -> T:
        with lookups.moment():
            return question(lookups, *arguments, **named)

    return answer


class Lookups:
    """Questions to one open store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._index = Index(store)
        self._read = Descriptions(store)
        self._moves = Moves(self._read)

    @property
    def are_quick(self) -> bool:
        """Whether the index is up to date: what asks it for little is answered in less than a millisecond."""
        return self._index.is_up_to_date

    def moment(self) -> AbstractContextManager[None]:
        """What is asked meanwhile, in this thread, is answered as of one moment, whatever a writer does."""
        return self._index.snapshot()

    @at_once
    def search(
        self, text: str, types: Iterable[str] = (), limit: int = 20, countries: Iterable[str] = ()
    ) -> list[Match]:
        """The entities that a text means by label, alias, code or id, typos allowed, the best first."""
        return names.search(self._connection, text, types, countries)[:limit]

    @at_once
    def resolve(self, text: str, types: Iterable[str] = ()) -> str:
        """The id of the one entity (of these classes) that has, or had, this id, or has this label, alias or code.

        The name of a state means the state, not the place where something was.

        Raises:
            UnknownEntity: none has it, or several have; `nearest` names those that come closest.
        """
        hits = [match for match in self.search(text, types) if match.score >= SURE]
        found = [match.node for match in hits if match.score == hits[0].score]
        is_state = any(node.type == "State" for node in found)
        best = tuple(node.id for node in found if not (is_state and node.type == "Place"))
        if len(best) == 1:
            return best[0]
        if best:
            raise UnknownEntity(f"{text!r} may be {' or '.join(best)}; give the id", best)
        if ":" in text:
            return self.entity_id(text)
        raise self._unknown(text)

    @at_once
    def entity_id(self, id: str) -> str:
        """The id in use of the entity that has, or had, this id.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
        """
        if self.has_entity(id):
            return id
        try:
            found = self._read.id(self._moves.in_use(id))
        except SeveralEntities:
            raise
        except UnknownEntity as error:
            raise UnknownEntity(str(error), self._nearest(id)) from None
        if not self.has_entity(found):
            raise self._unknown(id)
        return found

    def has_entity(self, id: str) -> bool:
        """Whether this is the id in use of an entity."""
        return names.exists(self._connection, id)

    def has_event(self, id: str) -> bool:
        """Whether this is the id in use of an event."""
        return self._told(id) is not None

    @at_once
    def event_id(self, id: str) -> str:
        """The id in use of the event that has, or had, this id.

        Raises:
            UnknownEntity: there is none.
        """
        if self.has_event(id):
            return id
        found = self._read.id(self._moves.in_use(id))
        if not self.has_event(found):
            raise UnknownEntity(f"no event {id!r} in the store; list the events to get its id")
        return found

    @at_once
    def entity(self, id: str) -> Entity:
        """What is known of the entity that has, or had, this id.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
        """
        read, own = self._read, self.entity_id(id)
        iri = read.iri(own)
        query = """SELECT e.type, count(*), min(nullif(e.first, 0)), max(nullif(e.last, 0))
            FROM part AS p JOIN event AS e ON e.number = p.event WHERE p.node = ? GROUP BY e.type"""
        rows = self._connection.execute(query, (number(own),)).fetchall()
        return Entity(
            node=read.node(iri),
            iri=iri.value,
            aliases=self._aliases(iri),
            iso2=read.text(iri, terms.ISO2),
            iso3=read.text(iri, terms.ISO3),
            states=read.linked(iri, terms.HAS_STATE),
            represents=read.linked(iri, terms.REPRESENTS),
            ranks=read.texts(iri, terms.RANK),
            posts=tuple(sorted(self._tenures(iri), key=_tenure_order)),
            same_as=tuple(node.value for node in read.nodes(iri, terms.SKOS_EXACT_MATCH)),
            events=counting.counts({kind: many for kind, many, _, _ in rows}),
            first=day(min((first for _, _, first, _ in rows if first), default=0)),
            last=day(max((last for _, _, _, last in rows if last), default=0)),
        )

    @at_once
    def relationships(
        self,
        id: str,
        wanted: EventFilter = ALL,
        start: Start = Start(),  # noqa: B008 - frozen
        counterpart: str | None = None,
    ) -> Page[Linked]:
        """What links an entity to each counterpart, one by one; the filter's `roles` are those of the entity itself.

        A state's own people and organisations stand beside it in the roles; they are counterparts like the others.
        Those of a `counterpart` are meant with it.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
            UsageError: the filter or the mark of the page is none.
        """
        return listing.relationships(self._connection, self._links(id, wanted, counterpart), start)

    @at_once
    def number_of_relationships(self, id: str, wanted: EventFilter = ALL, counterpart: str | None = None) -> int:
        """How many relationships there are in all; as for `relationships`."""
        return listing.number_of_relationships(self._connection, self._links(id, wanted, counterpart))

    def _links(self, id: str, wanted: EventFilter, counterpart: str | None) -> Links:
        node, chosen = number(self.entity_id(id)), self._selection(replace(wanted, roles=()))
        other = number(self.entity_id(counterpart)) if counterpart is not None else None
        return Links(node, chosen, wanted.roles, other)

    @at_once
    def events(self, wanted: EventFilter = ALL, start: Start = Start()) -> Page[Told]:  # noqa: B008 - frozen
        """The events that pass the filter.

        Raises:
            UnknownEntity: an id in the filter is no entity's.
            UsageError: the filter or the mark of the page is none.
        """
        if wanted.actors and not wanted.roles:
            actor = number(self.entity_id(wanted.actors[0]))
            chosen = self._selection(replace(wanted, actors=wanted.actors[1:]))
            return listing.events(self._connection, chosen, start, actor)
        return listing.events(self._connection, self._selection(wanted), start)

    def all_events(self, wanted: EventFilter = ALL) -> Iterator[Happening]:
        """All events that pass the filter, the newest first; as for `events`."""
        mark: str | None = ""
        while mark is not None:
            page = self.events(wanted, Start(limit=PORTION, after=mark or None))
            yield from (told.event for told in page.items)
            mark = page.after

    @at_once
    def event(self, id: str) -> Happening:
        """The event that has, or had, this id, with all its roles and sources.

        Raises:
            UnknownEntity: there is none.
        """
        told = self._told(self.event_id(id))
        assert told is not None, id
        return TELLING.validate_json(told)

    @property
    def version(self) -> int | None:
        """A number that another state of the store does not have; `None` where the index lags behind the store."""
        return self._index.version

    def limit(self, seconds: float) -> None:
        """Interrupt the reading of an answer from the index that takes longer (`sqlite3.OperationalError`)."""
        self.store.index.seconds = seconds

    @at_once
    def totals(self) -> Totals:
        """The store in numbers."""
        return totals(self._connection)

    @at_once
    def neighbours(self, id: str, wanted: EventFilter = ALL) -> list[Neighbour]:
        """The counterparts of an entity with their events in numbers, the most frequent first; as for `events`."""
        return counting.neighbours(self._connection, number(self.entity_id(id)), self._selection(wanted))

    @at_once
    def network(self, id: str, wanted: EventFilter = ALL, depth: int = 1, limit: int = 100) -> Network:
        """The entities up to `depth` steps around one, `limit` at most, and what ties them; as for `events`."""
        own, chosen = number(self.entity_id(id)), self._selection(wanted)
        return networks.network(self._connection, own, chosen, depth, limit)

    @at_once
    def dyad(self, one: str, other: str, wanted: EventFilter = ALL) -> Dyad:
        """What two entities do together, in numbers; its events are those of the filter with both as actors."""
        both = replace(wanted, actors=(self.entity_id(one), self.entity_id(other), *wanted.actors))
        periods = self.timeline(both)
        types = self.facet(both, Facet.TYPE, len(ENTITY_TYPES) * 2)
        counts = counting.counts({found.name: found.number for found in types})
        nodes = (self._node(both.actors[0]), self._node(both.actors[1]))
        return Dyad(*nodes, self.total(both), counts, tuple(Number(one.period, one.events) for one in periods))

    @at_once
    def chains(self, one: str, other: str, wanted: EventFilter = ALL, longest: int = 4, limit: int = 10) -> list[Chain]:
        """The shortest ways from an entity to another over shared events, with the newest of them for each step."""
        start, end, chosen = self.entity_id(one), self.entity_id(other), self._selection(wanted)
        if start == end:
            return []
        found = networks.chains(self._connection, number(start), number(end), chosen, longest, limit)
        return [Chain(tuple(nodes), tuple(self._shared(nodes, wanted))) for nodes in found]

    def _shared(self, nodes: Sequence[Node], wanted: EventFilter) -> Iterator[Happening]:
        for one, other in pairwise(nodes):
            both = replace(wanted, actors=(one.id, other.id, *wanted.actors))
            yield self.events(both, Start(limit=1)).items[0].event

    @at_once
    def total(self, wanted: EventFilter = ALL) -> int:
        """How many events pass the filter; as for `events`."""
        return counting.total(self._connection, self._selection(wanted))

    @at_once
    def facet(self, wanted: EventFilter, by: Facet, limit: int = 20) -> tuple[Number, ...]:
        """The events that pass the filter, in numbers by a value of theirs, the most frequent first."""
        return counting.facet(self._connection, self._selection(wanted), by, limit)

    @at_once
    def timeline(self, wanted: EventFilter = ALL, step: Step = Step.YEAR) -> tuple[Period, ...]:
        """The events that pass the filter, in numbers by year or month."""
        return counting.timeline(self._connection, self._selection(wanted), step)

    @at_once
    def articles(self, limit: int = 100, after: str | None = None, publisher: str | None = None) -> Page[Article]:
        """The articles, the newest first, those without a date last.

        Raises:
            UsageError: the mark of the page is none.
        """
        return listing.articles(self._connection, limit, after, publisher)

    def all_articles(self) -> Iterator[Article]:
        """All articles, in the order of `articles`."""
        mark: str | None = ""
        while mark is not None:
            page = self.articles(PORTION, mark or None)
            yield from page.items
            mark = page.after

    def all_entities(self, types: Sequence[str]) -> Iterator[Node]:
        """The entities of these types of which articles speak, by id."""
        found = listing.entities(self._connection, types, PORTION, "")
        while found:
            yield from found
            found = listing.entities(self._connection, types, PORTION, found[-1].id)

    @at_once
    def article(self, id: str) -> Article:
        """The article with this id, or identifier.

        Raises:
            UnknownEntity: there is none.
        """
        found = listing.article(self._connection, number(article_id(id)))
        if found is None:
            raise UnknownEntity(f"no article {id!r} in the store; list the articles to get its id")
        return found

    @at_once
    def text(self, id: str) -> str:
        """The text of the article with this id, or identifier; as for `article`."""
        return self._read.text(self._read.iri(self.article(id).id), terms.TEXT) or ""

    def apart(self, wanted: EventFilter = ALL) -> tuple[sqlite3.Connection, Selection]:
        """A connection to the index of the caller's own, to read much at leisure, and the events that pass the filter.

        Raises:
            UnknownEntity, UsageError: as for `events`.
        """
        chosen = self._selection(wanted)
        return self._index.apart(), chosen

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._index.connection

    def _selection(self, wanted: EventFilter) -> Selection:
        return selection(wanted, self.entity_id)

    def _told(self, id: str) -> bytes | None:
        row = self._connection.execute("SELECT json FROM telling WHERE event = ?", (number(id),)).fetchone()
        return row[0] if row else None

    def _node(self, id: str) -> Node:
        return self._read.node(self._read.iri(id))

    def _unknown(self, text: str) -> UnknownEntity:
        nearest = self._nearest(text)
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "give an id such as state:PK, a name or a code"
        return UnknownEntity(f"no entity {text!r} in the store; {hint}", nearest)

    def _nearest(self, text: str) -> tuple[str, ...]:
        return names.nearest(self._connection, text.partition(":")[2].replace("-", " ") or text)

    def _aliases(self, iri: ox.NamedNode) -> tuple[str, ...]:
        label = self._read.text(iri, terms.SKOS_PREF_LABEL)
        found = {*self._read.texts(iri, terms.SKOS_ALT_LABEL), *self._read.texts(iri, terms.SKOS_PREF_LABEL)}
        return tuple(sorted(found - {label}))

    def _tenures(self, iri: ox.NamedNode) -> Iterator[Tenure]:
        """The posts of a person, the holders of a post."""
        store = self.store.inner
        for predicate in (terms.HOLDS, terms.HELD):
            for pattern in ((iri, None), (None, iri)):
                for quad in store.quads_for_pattern(pattern[0], predicate, pattern[1], None):
                    yield self._tenure(quad)

    def _tenure(self, quad: ox.Quad) -> Tenure:
        person, post, graph = quad.subject, quad.object, quad.graph_name
        assert isinstance(person, ox.NamedNode), quad
        assert isinstance(post, ox.NamedNode), quad
        assert isinstance(graph, ox.NamedNode), quad
        article = self._read.article(graph)
        return Tenure(
            person=self._read.node(person),
            post=self._read.node(post),
            state=self._read.link(post, terms.HAS_STATE),
            organization=self._read.link(post, terms.HAS_ORGANIZATION),
            former=quad.predicate == terms.HELD,
            article=self._read.id(article),
            day=self._read.day(article, terms.SCHEMA_DATE_PUBLISHED),
        )


def _tenure_order(tenure: Tenure) -> tuple[bool, int, str, str, str]:
    return tenure.former, newest(tenure.day), tenure.post.id, tenure.person.id, tenure.article
