"""Bringing the index up to date with its store."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import pyoxigraph as ox
from pydantic import TypeAdapter

from kg.answers.descriptions import ENTITY_CLASSES, Descriptions
from kg.answers.happenings import TYPES, Happenings
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.answers.views import Happening, Node
from kg.index.database import Database
from kg.index.folding import folded, triples
from kg.index.numbers import BITS, ITEM, PLACE, number
from ontology import terms

TELLING: TypeAdapter[Happening] = TypeAdapter(Happening)
"""An event in the index's JSON."""

NAMES = (terms.SKOS_PREF_LABEL, terms.ISO2, terms.ISO3)
PARTS = (terms.HAS_ITEM, terms.HAS_EVIDENCE)
BELONGING = (terms.HAS_STATE, terms.REPRESENTS, terms.HAS_ORGANIZATION)
"""The properties that lead from a part to the whole that it acts for."""


class Index:
    """The index of an open store; what is asked of it is as the store is."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.database = store.index
        self._read = Descriptions(store, keep=True)
        self._happenings = Happenings(self._read)
        self._version: int | None = None

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing was written since the index was last brought up to date."""
        return self._version == self.store.version

    @property
    def version(self) -> int | None:
        """The version of the store that the index is up to date with; `None` where it has to be read anew."""
        return self._version if self.is_up_to_date else None

    @property
    def connection(self) -> sqlite3.Connection:
        """A connection to the index, which holds what the store held when nobody was writing last.

        Raises:
            StoreError: the disk refuses.
        """
        if not self.database.is_reading:
            self.bring_up_to_date()
        return self.database.connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is asked meanwhile through `connection`, in this thread, is answered as of one moment."""
        if self.database.is_reading:
            yield
            return
        self.bring_up_to_date()
        with self.database.snapshot():
            yield

    def bring_up_to_date(self) -> None:
        """Read what changed, or everything the first time; not while another thread writes to the store.

        Raises:
            StoreError: the disk refuses.
        """
        if self.is_up_to_date:
            return
        complete = self.database.is_complete()
        if self.store.writing.acquire(blocking=not complete):
            try:
                self._update(complete)
            finally:
                self.store.writing.release()

    def apart(self) -> sqlite3.Connection:
        """A connection of the caller's own to the index, which holds the same as `connection`; it only reads."""
        self.bring_up_to_date()
        return self.database.apart()

    def _update(self, complete: bool) -> None:
        version = self.store.version
        if not complete:
            self._read_all()
        elif due := self.database.due():
            self._read_anew(due)
        self._read.forget_all()  # what a large store says would stay in memory
        self._version = version

    def read_entities(self) -> None:
        """Read all entities of a store without articles."""
        with self.database.change() as connection:
            for entity, _ in self._read.entities():
                self._put_node(connection, entity)

    def _read_all(self) -> None:
        read = self._read
        self.database.begin_with(_reference(self.store.base))
        with self.database.change() as connection:
            for article in read.subjects(terms.RDF_TYPE, terms.SCHEMA_NEWS_ARTICLE):
                self._put_article(connection, article)
            for (node,) in connection.execute(ALL_MENTIONED).fetchall():
                self._put_node(connection, read.iri(node))
            for kind in TYPES:
                for event in read.subjects(terms.RDF_TYPE, kind):
                    self._put_event(connection, event)
            connection.execute("DELETE FROM due")
            connection.execute("INSERT INTO about VALUES ('complete', '')")

    def _read_anew(self, articles: Iterable[str]) -> None:
        """Read what these articles say, and what they said when they were read last."""
        with self.database.change() as connection:
            events, nodes = set[str](), set[str]()
            self._read.forget(map(ox.NamedNode, articles))
            for article in map(ox.NamedNode, articles):
                events |= _ids(connection, SAID, self._read.id(article))
                nodes |= _ids(connection, MENTIONED, self._read.id(article))
                self._put_article(connection, article)
                events |= _ids(connection, SAID, self._read.id(article))
                nodes |= _ids(connection, MENTIONED, self._read.id(article))
            self._read.forget(map(self._read.iri, nodes))
            for node in sorted(nodes):
                if self._put_node(connection, self._read.iri(node)):
                    events |= _ids(connection, TOLD, node)
            for event in sorted(events):
                self._put_event(connection, self._read.iri(event))
            connection.execute("DELETE FROM due")

    def _put_article(self, connection: sqlite3.Connection, article: ox.NamedNode) -> None:
        read, id = self._read, self._read.id(article)
        own = number(id)
        for table in ("source", "mention", "tenure"):
            connection.execute(f"DELETE FROM {table} WHERE article = ?", (own,))
        connection.execute("DELETE FROM article WHERE number = ?", (own,))
        if read.one(article, terms.RDF_TYPE) is None:
            return
        day = read.day(article, terms.SCHEMA_DATE_PUBLISHED)
        described = (terms.SCHEMA_PUBLISHER, terms.SCHEMA_HEADLINE, terms.SCHEMA_URL)
        row = (own, id, ordinal(day), *(read.text(article, predicate) for predicate in described))
        connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT OR IGNORE INTO tenure VALUES (?, ?, ?, ?)", self._tenures_in(article))
        events, nodes = self._told_in(article)
        kept, ids = sorted(map(read.id, nodes)), sorted(map(read.id, events))
        connection.executemany("INSERT INTO mention VALUES (?, ?)", ((own, number(node)) for node in kept))
        connection.executemany("INSERT INTO source VALUES (?, ?)", ((own, number(event)) for event in ids))
        stubs = ((number(event), event) for event in ids)
        connection.executemany("INSERT OR IGNORE INTO event VALUES (?, ?, '', '', NULL, 0, 0, 0, 0)", stubs)
        stubs = ((number(node), node) for node in kept)
        connection.executemany("INSERT OR IGNORE INTO node VALUES (?, ?, '', '', NULL, '')", stubs)

    def _told_in(self, article: ox.NamedNode) -> tuple[set[ox.NamedNode], set[ox.NamedNode]]:
        """The events and the entities of which an article speaks; it describes them all but the states."""
        events, nodes = set[ox.NamedNode](), set[ox.NamedNode]()
        states = f"{self.store.base}state/"
        for graph in self._read.graphs(article):
            for quad in self.store.inner.quads_for_pattern(None, None, None, graph):
                if quad.predicate == terms.RDF_TYPE and isinstance(quad.subject, ox.NamedNode):
                    if quad.object in TYPES:
                        events.add(quad.subject)
                    elif quad.object in ENTITY_CLASSES:
                        nodes.add(quad.subject)
                elif isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(states):
                    nodes.add(quad.object)
        return events, nodes

    def _tenures_in(self, article: ox.NamedNode) -> Iterator[tuple[int, int, bool, int]]:
        """Which persons hold, or held, which posts, as an article says."""
        own = number(self._read.id(article))
        for graph in self._read.graphs(article):
            for predicate in (terms.HOLDS, terms.HELD):
                for quad in self.store.inner.quads_for_pattern(None, predicate, None, graph):
                    if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                        person, post = number(self._read.id(quad.subject)), number(self._read.id(quad.object))
                        yield person, post, predicate == terms.HELD, own

    def _is_entity(self, node: ox.NamedNode) -> bool:
        return any(kind in ENTITY_CLASSES for kind in self._read.nodes(node, terms.RDF_TYPE))

    def _put_node(self, connection: sqlite3.Connection, iri: ox.NamedNode) -> bool:
        """Put a node in, or out when nobody speaks of it any more; whether events are to be told anew."""
        own = number(self._read.id(iri))
        if not self._is_entity(iri):
            self._drop_node(connection, own)
            return False
        node = self._read.node(iri)
        row = (own, node.id, node.type, node.label, *self._side(iri, node))
        wholes, names = {number(self._read.id(whole)) for whole in self._wholes(iri)}, self._names(iri)
        before = connection.execute("SELECT * FROM node WHERE number = ?", (own,)).fetchone()
        if (before, *_kept(connection, own)) == (row, wholes, names):
            return False
        self._drop_node(connection, own)
        connection.execute("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT INTO belonging VALUES (?, ?)", ((own, whole) for whole in sorted(wholes)))
        for text, main in sorted(names):
            _put_name(connection, own, text, main)
        return before is not None and before[2:4] not in {("", ""), row[2:4]}

    def _drop_node(self, connection: sqlite3.Connection, own: int) -> None:
        for row in connection.execute("SELECT number FROM name WHERE node = ?", (own,)).fetchall():
            connection.execute("DELETE FROM triple WHERE name = ?", row)
            connection.execute("DELETE FROM word WHERE name = ?", row)
        for table, column in (("name", "node"), ("belonging", "node"), ("node", "number")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (own,))

    def _names(self, iri: ox.NamedNode) -> set[tuple[str, bool]]:
        """What the node is called, and whether by a name of its own rather than an alias."""
        read = self._read
        main = {read.id(iri), *(text for predicate in NAMES for text in read.texts(iri, predicate))}
        others = {*read.texts(iri, terms.SKOS_ALT_LABEL)} - main
        return {*((text, True) for text in main), *((text, False) for text in others)}

    def _wholes(self, iri: ox.NamedNode) -> set[ox.NamedNode]:
        """The node itself, and the states and organisations that it belongs to, through a post as well."""
        read = self._read
        found = {iri}
        for node in (iri, *read.nodes(iri, terms.HOLDS)):
            found |= {whole for predicate in BELONGING for whole in read.nodes(node, predicate)}
        return found

    def _side(self, iri: ox.NamedNode, node: Node) -> tuple[str | None, str]:
        """The country that a node acts for or lies in, and that country, or else the organisation that it acts for."""
        read = self._read
        masters = [iri, *read.nodes(iri, terms.HAS_STATE), *read.nodes(iri, terms.REPRESENTS)]
        country = next((code for code in (read.text(master, terms.ISO2) for master in masters) if code), None)
        return country, country or read.id(masters[-1])

    def _put_event(self, connection: sqlite3.Connection, iri: ox.NamedNode) -> None:
        """Put an event in, or out when nobody tells of it any more."""
        own = number(self._read.id(iri))
        connection.execute("DELETE FROM part WHERE event = ?", (own,))
        for table, column in (("telling", "event"), ("event", "number")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (own,))
        self._read.forget([iri])
        if self._happenings.type_of(iri) is None:
            return
        self._read.forget(part for whole in PARTS for part in self._read.nodes(iri, whole))
        event = self._happenings.read(iri)
        self._read.forget([iri, *(part for whole in PARTS for part in self._read.nodes(iri, whole))])
        first, last = ordinal(event.earliest), ordinal(event.latest)
        row = (own, event.id, event.type, event.status, event.stage, first, last, event.confidence, event.sources)
        connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO telling VALUES (?, ?)", (own, TELLING.dump_json(event)))
        parts = ((number(node), last, own, roles) for node, roles in _parts(event).items())
        connection.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", parts)


@cache
def _reference(base: str) -> Database:
    """The index of a store that holds the reference data alone."""
    store = in_memory(base)
    Index(store).read_entities()
    return store.index


ALL_MENTIONED = "SELECT id FROM node WHERE number IN (SELECT node FROM mention)"
SAID = "SELECT event.id FROM source JOIN event ON event.number = source.event WHERE source.article = ?"
MENTIONED = "SELECT node.id FROM mention JOIN node ON node.number = mention.node WHERE mention.article = ?"
TOLD = "SELECT event.id FROM part JOIN event ON event.number = part.event WHERE part.node = ?"


def _ids(connection: sqlite3.Connection, query: str, id: str) -> set[str]:
    return {found for (found,) in connection.execute(query, (number(id),))}


def _kept(connection: sqlite3.Connection, node: int) -> tuple[set[int], set[tuple[str, bool]]]:
    """What a node belongs to and what it is called, as far as the index has it."""
    wholes = connection.execute("SELECT whole FROM belonging WHERE node = ?", (node,))
    names = connection.execute("SELECT text, main FROM name WHERE node = ?", (node,))
    return {whole for (whole,) in wholes}, {(text, bool(main)) for text, main in names}


def ordinal(day: date | None) -> int:
    """A day as a number, 0 for none."""
    return day.toordinal() if day else 0


def _parts(event: Happening) -> dict[str, int]:
    """The bits of each node's roles in an event."""
    roles = [(part.actor.id, BITS[part.role]) for part in event.parts]
    roles += [(event.place.id, BITS[PLACE])] if event.place else []
    roles += [(goods.equipment.id, BITS[ITEM]) for goods in event.goods]
    found: dict[str, int] = {}
    for id, bit in roles:
        found[id] = found.get(id, 0) | bit
    return found


def _put_name(connection: sqlite3.Connection, node: int, text: str, main: bool) -> None:
    written = folded(text)
    own = number(f"{node}\n{text}")
    connection.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?)", (own, node, written, text, main))
    connection.executemany("INSERT INTO triple VALUES (?, ?)", ((letters, own) for letters in triples(written)))
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", ((start, own) for start in _starts(written)))


def _starts(text: str) -> Iterator[str]:
    """The text from each of its words on."""
    words = text.split()
    for place in range(len(words)):
        yield " ".join(words[place:])
