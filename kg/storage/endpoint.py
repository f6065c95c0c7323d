"""An engine elsewhere, by the SPARQL 1.1 Protocol over HTTP.

Reading by pattern becomes small queries whose terms pyoxigraph writes. What was read is kept for a moment, and what
comes up in one answer is described together: a lookup of a hundred nodes takes a dozen requests.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import httpx
import pyoxigraph as ox

from kg.errors import EngineError, LimitReached, QueryError, StoreError
from kg.storage.addresses import BEARER_VARIABLE, PASSWORD_VARIABLE, UPDATE_VARIABLE, USER_VARIABLE, Address
from kg.storage.engines import Graph, Object, Subject
from kg.storage.operations import inserted

CONNECTING = 10.0
PATIENCE = 300.0
"""Seconds until an engine is given up: that takes no connection, and that has one and says nothing."""

KEPT = 10.0
"""Seconds for which what was read is not read again, though somebody else may write to the engine meanwhile."""

MOST_KEPT = 200_000
"""Quads that are kept, about 100 MB."""

TOGETHER = 50
"""Nodes that are described with one request."""

PORTION = 10_000
"""Quads of one request, where there are many: about 2 MB."""

LONGEST_REASON = 200
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
INCOMPLETE = "S1TAT"
"""What Virtuoso says in X-SQL-State where time ran out and rows are missing."""

UNAUTHORIZED = frozenset({401, 403})
BUSY = frozenset({408, 429, 503, 504})
REFUSED = frozenset({400, 500})


class Refused(EngineError):  # noqa: N818 - the name says it
    """The engine does not run what it was sent; the message has its word on why."""


Pattern = tuple[Subject | None, ox.NamedNode | None, Object | None, Graph | None]


@dataclass(slots=True)
class _Read:
    """What was read since a moment; `beside` leads from a node to those that came up in the same answer."""

    since: float = field(default_factory=time.monotonic)
    nodes: dict[Subject, list[ox.Quad]] = field(default_factory=dict)
    patterns: dict[Pattern, list[ox.Quad]] = field(default_factory=dict)
    beside: dict[ox.NamedNode, Sequence[ox.NamedNode]] = field(default_factory=dict)
    quads: int = 0


class Endpoint:
    """An engine at an address. `base`, once it is known, begins the names of the graphs that are looked at.

    Every method raises:
        StoreError: the engine does not answer.
        EngineError: it answers, but not with what was asked for.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.base: str | None = None
        self.epoch = 0
        """A number that changes when what was read before may have changed."""
        timeout = httpx.Timeout(PATIENCE, connect=CONNECTING)
        self._client = httpx.Client(auth=address.auth, timeout=timeout, trust_env=False)
        self._read = _Read()

    def __str__(self) -> str:
        return self.address.plain

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def refresh(self) -> None:
        """Read everything anew from here on."""
        self._read = _Read()
        self.epoch += 1

    def age(self) -> None:
        """Read everything anew where what was read is too old, or too much."""
        if time.monotonic() - self._read.since > KEPT or self._read.quads > MOST_KEPT:
            self.refresh()

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        object: Object | None,
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads in graphs under the base that fit; `None` stands for anything."""
        self.age()
        read = self._read  # a change meanwhile makes another one: what comes in late is not taken for new
        if subject is None:
            return iter(self._matching(read, (None, predicate, object, graph_name)))
        return (
            quad
            for quad in self._described(read, subject)
            if predicate in (None, quad.predicate)
            and object in (None, quad.object)
            and graph_name in (None, quad.graph_name)
        )

    def __iter__(self) -> Iterator[ox.Quad]:
        """All quads in graphs under the base."""
        under = f"FILTER(STRSTARTS(STR(?g), {ox.Literal(self.base)}))" if self.base else ""
        return self._quads((None, None, None, None), under)

    def extend(self, quads: Iterable[ox.Quad], /) -> None:
        """Put quads in: up to `PORTION` of them at once, more in portions, in their order."""
        wanted = list(quads)
        for start in range(0, len(wanted), PORTION):
            portion = wanted[start : start + PORTION]
            if self.address.graph_store is None or len(wanted) <= PORTION:
                self.update(inserted(portion))
            else:
                lines = "".join(f"{quad} .\n" for quad in portion)
                self._sent(self.address.graph_store, "application/n-quads", lines.encode())
        self.refresh()

    def update(self, update: str, /) -> None:
        """Run a SPARQL update."""
        try:
            self._sent(self.address.update, "application/sparql-update", update.encode())
        finally:
            self.refresh()

    def query(
        self,
        text: str,
        graph: bool,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        union: bool = True,
        seconds: float = PATIENCE,
        most: int | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a user's query; `graph` tells that it is a graph, `union` that the query names none.

        Raises:
            QueryError: the engine refuses the query.
            LimitReached: it takes more seconds, or more bytes than `most`.
        """
        form = {"query": text, **self.address.timed(seconds)}
        graphs = {"default-graph-uri": [*default_graphs], "named-graph-uri": [*named_graphs]}
        url = self.address.query if union else self.address.plain
        request = self._client.build_request(
            "POST", url, data=form | graphs, headers={"Accept": TRIPLES if graph else ROWS}
        )
        request.extensions["timeout"] = httpx.Timeout(seconds, connect=CONNECTING).as_dict()
        try:
            answer = self._answer(request, seconds, most)
        except Refused as error:
            raise QueryError(f"SPARQL query: {error}") from None
        if not graph:
            return _truth(self._rows(answer))
        memory = ox.Store()
        try:
            memory.load(answer, ox.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise self._nonsense(error) from error
        found = memory.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    def _described(self, read: _Read, node: Subject) -> list[ox.Quad]:
        """All that is stated of a node. Those that came up beside it are read with it: they will be asked for next."""
        if node not in read.nodes:
            beside = read.beside.get(node, ()) if isinstance(node, ox.NamedNode) else ()
            nodes = list(dict.fromkeys((node, *(one for one in beside if one not in read.nodes))))
            found: dict[Subject, list[ox.Quad]] = {one: [] for one in nodes}
            values = f"VALUES ?s {{ {' '.join(map(str, nodes))} }}" if len(nodes) > 1 else ""
            for quad in self._own((None if values else node, None, None, None), values):
                found[quad.subject].append(quad)
            self._note(read, [quad.object for quads in found.values() for quad in quads])
            read.nodes |= found
            read.quads += sum(map(len, found.values()))
        return read.nodes[node]

    def _matching(self, read: _Read, pattern: Pattern) -> list[ox.Quad]:
        """The quads of a pattern without a subject."""
        if pattern not in read.patterns:
            found = self._own(pattern)
            self._note(read, [quad.subject for quad in found])
            read.patterns[pattern] = found
            read.quads += len(found)
        return read.patterns[pattern]

    def _note(self, read: _Read, terms: Iterable[Object]) -> None:
        """Keep in mind which nodes came up together."""
        own = [term for term in dict.fromkeys(terms) if isinstance(term, ox.NamedNode) and self._is_own(term)]
        for start in range(0, len(own), TOGETHER):
            group = own[start : start + TOGETHER]
            for node in group:
                read.beside.setdefault(node, group)

    def _is_own(self, name: Graph) -> bool:
        return self.base is None or (isinstance(name, ox.NamedNode) and name.value.startswith(self.base))

    def _own(self, pattern: Pattern, values: str = "") -> list[ox.Quad]:
        """The quads of a pattern in graphs under the base: an engine may hold others, some are always there."""
        return [quad for quad in self._quads(pattern, values) if self._is_own(quad.graph_name)]

    def _quads(self, pattern: Pattern, restriction: str = "") -> Iterator[ox.Quad]:
        """The quads of a pattern, its terms as pyoxigraph writes them."""
        subject, predicate, object, graph = pattern
        sought = " ".join(name for name, term in zip(("?s", "?p", "?o", "?g"), pattern, strict=True) if term is None)
        triple = f"{subject or '?s'} {predicate or '?p'} {object or '?o'}"
        query = f"SELECT {sought} WHERE {{ {restriction} GRAPH {graph or '?g'} {{ {triple} }} }}"
        form = {"query": query, **self.address.timed(PATIENCE)}
        request = self._client.build_request("POST", self.address.plain, data=form, headers={"Accept": ROWS})
        rows = self._rows(self._answer(request))
        if isinstance(rows, ox.QueryBoolean):
            raise self._nonsense("yes or no, where rows were asked for")
        try:
            for row in rows:
                yield ox.Quad(subject or row["s"], predicate or row["p"], object or row["o"], graph or row["g"])
        except (SyntaxError, ValueError) as error:
            raise self._nonsense(error) from error

    def _rows(self, answer: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(answer, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._nonsense(error) from error

    def _nonsense(self, reason: object) -> EngineError:
        return EngineError(f"{self}: the answer is none of SPARQL, or broke off: {_line(str(reason))}")

    def _sent(self, url: str, kind: str, content: bytes) -> None:
        self._answer(self._client.build_request("POST", url, content=content, headers={"Content-Type": kind}))

    def _answer(self, request: httpx.Request, seconds: float = PATIENCE, most: int | None = None) -> bytes:
        """The whole answer to a request."""
        url, began, body = request.url.copy_with(query=None), time.monotonic(), bytearray()
        try:
            response = self._client.send(request, stream=True)
            try:
                for portion in response.iter_bytes():
                    body += portion
                    if most is not None and len(body) > most:
                        raise LimitReached("bytes", most)
                    if time.monotonic() - began > seconds:
                        raise LimitReached("seconds", seconds)
            finally:
                response.close()
        except httpx.ConnectError as error:
            reason = f"nobody answers there ({_line(str(error))}); what was stored before stays"
            raise StoreError(f"{url}: {reason}: start the engine, then run the same again") from error
        except (httpx.ReadTimeout, httpx.ConnectTimeout) as error:
            if seconds < PATIENCE:
                raise LimitReached("seconds", seconds) from None
            raise StoreError(f"{url}: no answer in time; see whether the engine is well, then try again") from error
        except httpx.HTTPError as error:
            reason = f"the connection was lost ({_line(str(error))}); what was stored before stays"
            raise StoreError(f"{url}: {reason}: see whether the engine runs, then run the same again") from error
        return self._checked(str(url), response, bytes(body), seconds)

    def _checked(self, url: str, response: httpx.Response, body: bytes, seconds: float) -> bytes:
        if response.headers.get("x-sql-state") == INCOMPLETE:
            raise LimitReached("seconds", seconds)
        if response.is_success and "x-sparql-maxrows" in response.headers:
            most = response.headers["x-sparql-maxrows"]
            raise EngineError(f"{url}: the engine gives no more than {most} rows; raise its ResultSetMaxRows")
        if not response.is_success:
            _refused(url, response.status_code, _line(body.decode(errors="replace")))
        return body


def _refused(url: str, status: int, reason: str) -> NoReturn:
    if status in UNAUTHORIZED:
        wanted = f"{USER_VARIABLE} and {PASSWORD_VARIABLE}, or {BEARER_VARIABLE}"
        raise EngineError(f"{url}: the engine does not let this user in ({status}); set {wanted}")
    if status in BUSY:
        raise StoreError(f"{url}: the engine is too busy ({status}: {reason}); try again later")
    if status in REFUSED:
        raise Refused(f"{url}: the engine refuses this ({status}): {reason}")
    wanted = f"--store names the address of queries, {UPDATE_VARIABLE} that of updates"
    raise EngineError(f"{url}: no SPARQL there ({status}); {wanted}")


def _truth(rows: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    """The answer to ASK as such: Virtuoso 7 gives a row for yes, and none for no."""
    if isinstance(rows, ox.QueryBoolean) or [one.value for one in rows.variables] != ["__ASK_RETVAL"]:
        return rows
    told = b"true" if any(True for _ in rows) else b"false"
    return ox.parse_query_results(b'{"head":{},"boolean":' + told + b"}", ox.QueryResultsFormat.JSON)


def _line(text: str) -> str:
    """The beginning of a text, as one line."""
    return " ".join(text.split())[:LONGEST_REASON]
