"""The store: a pyoxigraph (RocksDB) folder, or an engine elsewhere, with one named graph for each article.

Besides the articles' graphs it holds, under the base, `graph/reference` (states and organisations known beforehand),
`graph/ontology`, `graph/sources` (the file that each article was read from, and what was read out of it),
`graph/identity` (the reports of the articles and the nodes that they speak of), `graph/decisions` (what curators
decided) and a graph `curated/...` for each article of which they said something else; and a graph of its own that says
which format this is and which base its instances have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self, TypeVar

import pyoxigraph as ox

from kg.answers import sparql
from kg.answers.lexemes import form
from kg.errors import ArticleConflict, QueryError, StoreError, UnknownEntity, UsageError
from kg.identity import decisions, records
from kg.identity.copying import Copying
from kg.identity.corrections import Corrections
from kg.identity.decisions import Changes, Decision, Decisions
from kg.identity.drafts import replaced
from kg.identity.filing import Filed
from kg.identity.reading import Reading, reading
from kg.identity.register import Nearby, Register
from kg.index.database import Database
from kg.model import Extraction
from kg.rdf.identities import Known
from kg.rdf.iris import article_iri, curated_iri, graph_iri
from kg.rdf.labels import event_label
from kg.rdf.references import all_reference_quads
from kg.rdf.serializations import prefixes
from kg.storage.endpoint import PATIENCE, Endpoint
from kg.storage.engines import Engine
from kg.storage.operations import changed
from ontology import terms

FORMAT = "4"
"""The version of the layout above; a store of another one is refused until `kg migrate` has brought it to this one."""

ABOUT = ox.NamedNode("urn:defcoop:store")
VERSION = ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
URI_SPACE = ox.NamedNode("http://rdfs.org/ns/void#uriSpace")

UNFLUSHED = 200
"""Writes after which what RocksDB holds in memory goes into its files: by itself it holds hundreds of megabytes."""

T = TypeVar("T")
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Change(StrEnum):
    """What storing an article did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Source:
    """A stored article: its identifier, its graph and the file that it was read from."""

    id: str
    graph: ox.NamedNode
    file: str


class Store:
    """A store that is open; as a context manager it is closed at the end.

    All that a call of `put` or `remove` changes is one transaction: a process that dies leaves the article as it was.
    Of several threads, the one that holds `writing` writes.
    """

    def __init__(self, inner: Engine, base: str, path: Path | None = None) -> None:
        self._inner: Engine | None = inner
        self.base = base
        self.path = path
        self._changes = 0
        self.writing = RLock()
        self._index: Database | None = None
        self._decisions: tuple[int, Decisions] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except StoreError:
            if error is None:  # a full disk says the same again: that must not hide what it hindered
                raise

    @property
    def inner(self) -> Engine:
        """What keeps the quads, for reading by pattern."""
        if self._inner is None:
            raise StoreError(f"{self.path}: the store is closed; open it again")
        return self._inner

    @property
    def embedded(self) -> ox.Store:
        """The pyoxigraph store.

        Raises:
            UsageError: the quads are in an engine elsewhere.
        """
        if isinstance(self.inner, ox.Store):
            return self.inner
        raise UsageError(f"{self.inner}: this is done by the engine that keeps the store, at its own address")

    @property
    def elsewhere(self) -> Endpoint | None:
        """The engine elsewhere that keeps the quads, if one does."""
        return self.inner if isinstance(self.inner, Endpoint) else None

    @property
    def version(self) -> int:
        """A number that grows when the store changes, and from time to time where others may write to it, too."""
        return self._changes + self._epoch

    def touch(self) -> None:
        """Take note that somebody changed what `inner` holds."""
        self._changes += 1

    @property
    def _epoch(self) -> int:
        if self.elsewhere is None:
            return 0
        self.elsewhere.age()
        return self.elsewhere.epoch

    def close(self) -> None:
        """Write everything to disk and let go of the folder, once no answer from it is in use any more.

        Raises:
            StoreError: the disk refuses; what was stored is in the store's log, and is there at the next opening.
        """
        inner, self._inner = self._inner, None
        if self._index is not None:
            self._index.close()
        try:
            if isinstance(inner, Endpoint):
                inner.close()
            elif isinstance(inner, ox.Store) and self.path is not None:
                inner.flush()
        except OSError as error:
            raise StoreError(f"{self.path}: {error}; what was stored stays: free space, then run again") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Write alone, upon what others wrote before."""
        with self.writing:
            if self.elsewhere is not None:
                self.elsewhere.refresh()
            yield

    def put(self, extraction: Extraction, source: str, replace: bool = False) -> Change:
        """Store what one article says, in place of what the store had of it, and tell what that changed.

        Raises:
            ArticleConflict: another file gave the article with this identifier, of another text, and no `replace`.
            ArticleError: the extraction is no true one of its article: a date or a piece of evidence is wrong.
            StoreError: the disk refuses.
        """
        with self._alone():
            return self._put(extraction, source, replace)

    def _put(self, extraction: Extraction, source: str, replace: bool) -> Change:
        article = extraction.article
        graph = article_iri(self.base, article.id)
        known = self.source(article.id)
        elsewhere = known is not None and file_of(known.file) != file_of(source)
        if known is not None and elsewhere and not replace and self._text(graph) != article.text:
            raise ArticleConflict(
                f"{source}: article {article.id!r} is in the store already, with another text, from {known.file}; "
                "give one of them another id, or say --replace"
            )
        record = ox.Literal(records.written(extraction))
        if known is not None and self._text(graph) == article.text and record == self._record(graph):
            return Change.UNCHANGED
        origin = {
            ox.Quad(graph, terms.READ_FROM, ox.Literal(source), self.graph("sources")),
            ox.Quad(graph, terms.RECORD, record, self.graph("sources")),
        }
        self._replace(graph, extraction, origin)
        return Change.ADDED if known is None else Change.REPLACED

    def remove(self, article_id: str) -> None:
        """Take an article and all that it alone states out of the store.

        Raises:
            UnknownEntity: the store has no such article.
        """
        with self._alone():
            known = self.source(article_id)
            if known is None:
                raise UnknownEntity(f"no article {article_id!r} in the store; kg stats --articles lists them")
            self._replace(known.graph, None, set())

    def extraction(self, graph: ox.NamedNode) -> Extraction:
        """What was read out of a stored article."""
        record, text = self._record(graph), self._text(graph)
        assert record is not None, graph
        return records.read(record.value, text or "")

    @property
    def decisions(self) -> Decisions:
        """What curators decided."""
        epoch = self._epoch
        if self._decisions is None or self._decisions[0] != epoch:
            found = self.inner.quads_for_pattern(None, terms.DECIDED, None, self.graph("decisions"))
            known = sorted((decisions.read(_value(quad)) for quad in found), key=lambda one: (one.at, one.id))
            self._decisions = epoch, Decisions(tuple(known))
        return self._decisions[1]

    def decide(self, decision: Decision) -> None:
        """Put a decision into force, or out of force where it is undone, and tell the articles that it touches anew."""
        with self._alone():
            self._decide(decision)

    def _decide(self, decision: Decision) -> None:
        node = ox.NamedNode(f"{self.base}decision/{decision.id}")
        stale = set(self.inner.quads_for_pattern(node, None, None, self.graph("decisions")))
        self._change(stale, decision_quads(node, decision, self.graph("decisions")))
        self._decisions = None
        for id in sorted(decision.articles):
            known = self.source(id)
            if known is not None:
                origin = set(self.inner.quads_for_pattern(known.graph, None, None, self.graph("sources")))
                ruled = [target.report for target in decision.content.targets]
                self._replace(known.graph, self.extraction(known.graph), origin, ruled)

    def _replace(
        self, graph: ox.NamedNode, extraction: Extraction | None, origin: set[ox.Quad], ruled: Sequence[str] = ()
    ) -> None:
        """Put what one article says in place of what the store had of it; tell anew where that changes identity."""
        told = reading(extraction, self.base, self.decisions) if extraction is not None else None
        nearby = self.nearby
        change = replaced(self.register, nearby, graph, told.reports if told else [], self.decisions.rulings, ruled)
        copies_gone, copies = Copying(self.register, graph, extraction.article if extraction else None).change()
        stale, wanted = {*change.gone, *copies_gone}, {*change.added, *copies, *origin}
        stale |= set(self.inner.quads_for_pattern(graph, None, None, self.graph("sources")))
        corrections = Corrections(self.register, self.decisions, change, graph)
        touched = change.articles | corrections.articles(ruled)
        for article in touched:
            curated = curated_iri(self.base, article)
            for place in (article, curated):
                stale |= set(self.inner.quads_for_pattern(None, None, None, place))
            said = told if article == graph else self.reading(article)
            if said is not None:
                clusters = change.clusters
                if article not in change.articles:
                    clusters = {**self.register.clusters(said.iris), **clusters}
                mine = corrections.of(said.iris.events, clusters)
                wanted |= said.quads(self._relabelled(clusters, mine, said, graph), mine, curated)
        copied = {quad.subject for quad in copies_gone | copies if isinstance(quad.subject, ox.NamedNode)}
        self.index.note(article.value for article in {graph, *touched, *copied})
        with nearby.filing(change.gone, change.added):
            self._change(stale - wanted, wanted - stale)

    def reading(self, article: ox.NamedNode) -> Reading:
        """A stored article under the decisions."""
        return reading(self.extraction(article), self.base, self.decisions)

    def _relabelled(
        self,
        clusters: Mapping[ox.NamedNode, Known],
        corrections: Mapping[ox.NamedNode, Sequence[Changes]],
        said: Reading,
        graph: ox.NamedNode,
    ) -> Mapping[ox.NamedNode, Known]:
        """The nodes with the labels that corrected events have: of the report by which the event goes."""
        found = dict(clusters)
        for report, changes in corrections.items():
            node = clusters[report].iri
            home = said if node in said.iris.events else self._home(node, graph)
            event = home.event(node, changes) if home and node in home.iris.events else None
            if event is not None:
                found[report] = Known(node, event_label(event))
        return found

    def _home(self, node: ox.NamedNode, graph: ox.NamedNode) -> Reading | None:
        article = self.register.value(node, terms.REPORTED_IN)
        return self.reading(article) if isinstance(article, ox.NamedNode) and article != graph else None

    def _change(self, gone: set[ox.Quad], added: set[ox.Quad]) -> None:
        """Take quads out and put others in, at once."""
        if not gone and self.elsewhere is None:
            self._write(self.inner.extend, sorted(added, key=str))
        elif gone or added:
            self._update(changed(gone, added))

    def source(self, article_id: str) -> Source | None:
        """The stored article with this identifier, or `None`."""
        graph = article_iri(self.base, article_id)
        for quad in self.inner.quads_for_pattern(graph, terms.READ_FROM, None, self.graph("sources")):
            return Source(article_id, graph, _value(quad))
        return None

    def sources(self) -> list[Source]:
        """All stored articles, by identifier."""
        stated = self.inner.quads_for_pattern(None, terms.DCTERMS_IDENTIFIER, None, None)
        names = {quad.subject: _value(quad) for quad in stated if quad.subject == quad.graph_name}
        found = self.inner.quads_for_pattern(None, terms.READ_FROM, None, self.graph("sources"))
        sources = (
            Source(names[quad.subject], ox.NamedNode(_name(quad.subject)), _value(quad))
            for quad in found
            if quad.subject in names
        )
        return sorted(sources, key=lambda source: source.id)

    def query(self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        """The answer to a SPARQL query; without FROM it sees the union of all graphs. The usual prefixes are known.

        `default_graphs` and `named_graphs` are IRIs that, where given, take the place of FROM and FROM NAMED.

        Rows are computed while they are read.

        Raises:
            QueryError: the text does not parse (with the place), or it calls another server.
        """
        sparql.check(text, self.prefixes)
        return self.answer(text, None, _graphs(default_graphs), _graphs(named_graphs))

    def answer(
        self,
        text: str,
        base: str | None,
        default_graphs: Sequence[ox.NamedNode] = (),
        named_graphs: Sequence[ox.NamedNode] = (),
        *,
        union: bool = True,
        seconds: float = PATIENCE,
        most: int | None = None,
    ) -> Results:
        """The answer to a query that was checked; `base` is what relative IRIs are taken from.

        With `union`, one that names no graphs sees all of them as one. The limits, of time and of the answer's bytes,
        are for an engine elsewhere: what is evaluated in this process nothing can stop.
        """
        named = bool(default_graphs or named_graphs) or sparql.uses_keyword(text, "FROM", self.prefixes, base)
        if self.elsewhere is not None:
            whole = sparql.declared(text, self.prefixes, base)
            is_graph = form(text) in {"CONSTRUCT", "DESCRIBE"}
            dataset = [graph.value for graph in default_graphs], [graph.value for graph in named_graphs]
            return self.elsewhere.query(whole, is_graph, *dataset, not named, seconds, most)
        if default_graphs or named_graphs:
            return self.embedded.query(
                text,
                base_iri=base,
                prefixes=self.prefixes,
                default_graph=[*default_graphs],
                named_graphs=[*named_graphs],
            )
        return self.embedded.query(
            text, base_iri=base, prefixes=self.prefixes, use_default_graph_as_union=union and not named
        )

    @property
    def index(self) -> Database:
        """The index beside the store."""
        if self._index is None:
            self._index = Database(self.path, _identity(self.path))
        return self._index

    @property
    def register(self) -> Register:
        """Who and what the reports of the articles are."""
        return Register(self.inner, self.base)

    @property
    def nearby(self) -> Nearby:
        """Where profiles are found by their keys; an engine elsewhere, which others write to, is asked itself."""
        return Filed(self.index, self.register) if self.elsewhere is None else self.register

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that a query need not declare: short ids such as state:PK are among the names that they give."""
        return {**sparql.VOCABULARIES, **prefixes(self.base)}

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad of the articles, the reference data and the ontology, without the store's own bookkeeping."""
        own = {ABOUT, self.graph("sources"), self.graph("identity")}
        return (quad for quad in self.inner if quad.graph_name not in own)

    def owns(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
        """Whether the graph is the store's own, which follows from articles and decisions alone."""
        return isinstance(graph, ox.NamedNode) and (graph == ABOUT or graph.value.startswith(self.base))

    def graph(self, name: str) -> ox.NamedNode:
        """The IRI of the graph `name`: reference, ontology or sources."""
        return graph_iri(self.base, name)

    def refresh_reference(self) -> bool:
        """Bring reference data and ontology to those of this version of the project; whether that changed them."""
        stale = False
        for name, wanted in self._reference().items():
            present = set(self.inner.quads_for_pattern(None, None, None, self.graph(name)))
            if wanted != present:
                self._update(changed(present - wanted, wanted - present))
                stale = True
        return stale

    def initialise(self) -> None:
        """Write the reference data, the format and the base into a store that is empty; what tells it last."""
        own = [
            ox.Quad(ABOUT, VERSION, ox.Literal(FORMAT), ABOUT),
            ox.Quad(ABOUT, URI_SPACE, ox.Literal(self.base), ABOUT),
        ]
        self._write(self.inner.extend, [*(quad for graph in self._reference().values() for quad in graph), *own])

    def _reference(self) -> dict[str, set[ox.Quad]]:
        graph = self.graph("ontology")
        triples = ox.parse(files("ontology").joinpath("defcoop.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        ontology = [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
        return {"reference": _normalised(all_reference_quads(self.base)), "ontology": _normalised(ontology)}

    def _record(self, graph: ox.NamedNode) -> ox.Literal | None:
        found = self.inner.quads_for_pattern(graph, terms.RECORD, None, self.graph("sources"))
        return next((quad.object for quad in found if isinstance(quad.object, ox.Literal)), None)

    def _text(self, graph: ox.NamedNode) -> str | None:
        return next((_value(quad) for quad in self.inner.quads_for_pattern(graph, terms.TEXT, None, graph)), None)

    def _update(self, text: str) -> None:
        self._write(self.inner.update, text)

    def _write(self, write: Callable[[T], None], what: T) -> None:
        try:
            write(what)
        except OSError as error:
            reason = f"this was not stored, what was stored before stays: {error}"
            raise StoreError(f"{self.path}: {reason}; free space, then run again, or restart the server") from error
        self.touch()
        if self._changes % UNFLUSHED == 0:
            self._flush()

    def _flush(self) -> None:
        try:
            if isinstance(self.inner, ox.Store) and self.path is not None:
                self.inner.flush()
        except OSError as error:
            raise StoreError(f"{self.path}: {error}; what was stored stays: free space, then run again") from error


def _identity(path: Path | None) -> str:
    """What tells this store from all others: RocksDB gives each folder an identity."""
    return (path / "IDENTITY").read_text(encoding="utf-8").strip() if path else "memory"


def decision_quads(node: ox.NamedNode, decision: Decision, graph: ox.NamedNode) -> set[ox.Quad]:
    """A decision as data: who, when, what, in short for a reader and in full for the store."""
    found = {
        ox.Quad(node, terms.RDF_TYPE, terms.DECISION, graph),
        ox.Quad(node, terms.DECIDED, ox.Literal(decisions.written(decision)), graph),
        ox.Quad(node, terms.DCTERMS_TYPE, ox.Literal(decision.content.kind), graph),
        ox.Quad(node, terms.DCTERMS_CREATOR, ox.Literal(decision.who), graph),
        ox.Quad(node, terms.DCTERMS_CREATED, _moment(decision.at), graph),
    }
    found |= {ox.Quad(node, terms.ABOUT, ox.NamedNode(one.report), graph) for one in decision.content.targets}
    if decision.undone_by and decision.undone_at:
        found.add(ox.Quad(node, terms.UNDONE_BY, ox.Literal(decision.undone_by), graph))
        found.add(ox.Quad(node, terms.UNDONE_AT, _moment(decision.undone_at), graph))
    return found


def _moment(at: datetime) -> ox.Literal:
    return ox.Literal(at.isoformat(), datatype=terms.XSD_DATE_TIME)


def file_of(source: str) -> str:
    """The file of a source: "a.jsonl" of "a.jsonl:12".

    >>> file_of("a.jsonl:12"), file_of("a.txt"), file_of("C:/a.txt")
    ('a.jsonl', 'a.txt', 'C:/a.txt')
    """
    file, colon, line = source.rpartition(":")
    return file if colon and line.isdigit() else source


def _graphs(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"graph of the query: {error}; give a full IRI") from error


def _normalised(statements: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads as the store hands them back: it writes 0.90 as 0.9."""
    memory = ox.Store()
    memory.extend(statements)
    return set(memory)


def _value(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object)


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
