"""The process that answers queries, one at a time, until a limit or the end of its input ends it.

It imports little, so that it starts at once.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from typing import IO, cast

import pyoxigraph as ox

from kg.answers import sparql
from kg.errors import FormatError, LimitReached, QueryError
from kg.serving import frames
from kg.serving.counting import Rows
from kg.serving.frames import Kind
from kg.serving.limits import Limits
from kg.serving.questions import Head, Question

ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TURTLE,
    "application/n-quads": ox.RdfFormat.N_TRIPLES,
}
"""A constructed graph lies in the default graph, where N-Quads are N-Triples and TriG is Turtle."""

PORTION = 65536
"""Bytes that go through the pipe at once."""

XML_FORBIDS = bytes({*range(32)} - {9, 10, 13})
LINUX_NEW_USER, LINUX_NEW_NET = 0x10000000, 0x40000000
"""From <linux/sched.h>."""


class Sink:
    """Where pyoxigraph writes an answer: it goes on in portions, and is stopped at the limit of rows or bytes."""

    def __init__(self, pipe: IO[bytes], limits: Limits, head: Head, rows: Rows | None) -> None:
        self._pipe, self._limits, self._rows = pipe, limits, rows
        self._head: Head | None = head
        self._xml = "xml" in head.format
        self._size = 0
        self._portion = bytearray()

    def write(self, written: bytes) -> int:
        """Take bytes; characters that XML cannot hold are left out of XML."""
        kept = written.translate(None, XML_FORBIDS) if self._xml else written
        self._size += len(kept)
        if self._size > self._limits.bytes:
            raise LimitReached("bytes", self._limits.bytes)
        if self._rows is not None and self._rows.exceed(written):
            raise LimitReached("rows", self._limits.rows)
        self._portion += kept
        if len(self._portion) >= PORTION:
            self.send()
        return len(written)

    def flush(self) -> None:
        """Nothing: what is there goes out when it is a portion."""

    def end(self) -> None:
        """Send the rest, and say that it was the end."""
        self.send(whole=self._head is not None)
        frames.send(self._pipe, Kind.END)

    def send(self, whole: bool = False) -> None:
        """Send what is there. The beginning goes out with it, so that what fails earlier fails without an answer."""
        if self._head is not None:
            frames.put(self._pipe, Kind.BEGIN, json.dumps(asdict(replace(self._head, whole=whole))).encode())
            self._head = None
        frames.put(self._pipe, Kind.CHUNK, bytes(self._portion))
        self._portion.clear()
        if not whole:
            self._pipe.flush()


def main() -> None:
    """Answer the questions of standard input on standard output."""
    isolated = cut_off()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)  # the server, which does the short lookups, goes first
    path, store = sys.argv[1], ox.Store.read_only(sys.argv[1])
    megabytes = 0
    while True:
        try:
            question = asked(sys.stdin.buffer)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, question.limits.seconds)  # unheard, SIGALRM ends the process
        if question.snapshot != path:
            path, store = question.snapshot, ox.Store.read_only(question.snapshot)
        if question.limits.megabytes != megabytes:
            megabytes = question.limits.megabytes
            with suppress(ValueError, OSError):  # a lower limit is in force, or the system (macOS) knows none
                _, hard = resource.getrlimit(resource.RLIMIT_AS)
                resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, hard))
        try:
            answer(store, question, sys.stdout.buffer, isolated)
        except (QueryError, LimitReached) as fault:
            said = {"kind": type(fault).__name__, "message": str(fault), **vars(fault)}
            frames.send(sys.stdout.buffer, Kind.FAULT, json.dumps(said).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)


def asked(pipe: IO[bytes]) -> Question:
    """The next question: its fields, then its text, which may be long and is not put into JSON."""
    _, payload = frames.receive(pipe)
    _, text = frames.receive(pipe)
    fields = json.loads(payload)
    return Question(**{**fields, "text": text.decode(errors="surrogatepass"), "limits": Limits(**fields["limits"])})


def cut_off() -> bool:
    """Leave the network, and tell whether that was allowed: it needs privileges, or namespaces of plain users."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and (unshare(LINUX_NEW_NET) == 0 or unshare(LINUX_NEW_USER | LINUX_NEW_NET) == 0)


def answer(store: ox.Store, question: Question, pipe: IO[bytes], isolated: bool) -> None:
    """Write the answer to a question, as it is computed, to the pipe.

    Raises:
        QueryError: the text does not parse, may not run here or fails; `FormatError`: it has no such format.
        LimitReached: there are more rows or bytes than the limits allow.
    """
    try:
        results = evaluated(store, question)
        offered = tuple(GRAPHS) if isinstance(results, ox.QueryTriples) else ROWS
        format = chosen(question.formats, offered[:2] if isinstance(results, ox.QueryBoolean) else offered)
        head = Head(format, isolated)
        if isinstance(results, ox.QueryTriples):
            sink = Sink(pipe, question.limits, head, None)
            triples = counted(results, question.limits.rows)
            ox.serialize(triples, cast(IO[bytes], sink), GRAPHS[format], prefixes=dict(question.prefixes))
        else:
            kind = ox.QueryResultsFormat.from_media_type(format)
            assert kind is not None, format
            rows = Rows(kind, question.limits.rows) if isinstance(results, ox.QuerySolutions) else None
            sink = Sink(pipe, question.limits, head, rows)
            results.serialize(cast(IO[bytes], sink), kind)
        sink.end()
    except SyntaxError:
        sparql.check(question.text, question.prefixes, question.base)  # says in a line where it is, and what is wanted
        raise
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"SPARQL query: {' '.join(str(error).split())[:200]}") from error


def evaluated(store: ox.Store, question: Question) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The answer, to be computed while it is read; what it sees is as for `kg.answers.store.Store.query`."""
    text, base, prefixes = question.text, question.base, dict(question.prefixes)
    if sparql.may_call_out(text):
        sparql.check(text, prefixes, base)
    if question.default_graphs or question.named_graphs:
        default = [ox.NamedNode(iri) for iri in question.default_graphs]
        named = [ox.NamedNode(iri) for iri in question.named_graphs]
        return store.query(text, base_iri=base, prefixes=prefixes, default_graph=[*default], named_graphs=[*named])
    union = question.union and not sparql.uses_keyword(text, "FROM", prefixes, base)
    return store.query(text, base_iri=base, prefixes=prefixes, use_default_graph_as_union=union)


def chosen(wanted: tuple[str, ...], offered: tuple[str, ...]) -> str:
    """The first media type that is wanted and offered; `application/json` and `application/xml` will do for results."""
    for kind in wanted:
        if kind in offered or (kind in ("application/json", "application/xml") and offered[0] == ROWS[0]):
            return kind
    raise FormatError(f"this answer comes as {', '.join(offered)}, not as {', '.join(wanted)}", offered)


def counted(triples: Iterator[ox.Triple], most: int) -> Iterator[ox.Triple]:
    """The triples, up to the limit."""
    for number, triple in enumerate(triples, 1):
        if number > most:
            raise LimitReached("rows", most)
        yield triple


if __name__ == "__main__":
    main()
