"""Queries in workers: what they answer, what ends them, and what others notice of it. All with real processes.

Measures are printed (`pytest -s`); the bounds that are asserted leave room for a machine that does other work as well.
"""

import asyncio
import csv
import gc
import io
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.answers.opening import existing_or_new, in_memory
from kg.answers.store import Store
from kg.errors import FormatError, LimitReached, QueryError, StoreError
from kg.rdf.iris import article_iri
from kg.serving.counting import Rows
from kg.serving.limits import Limits
from kg.serving.pool import Pool
from kg.serving.snapshots import Snapshots
from tests.extractions import sample_extractions

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="the pool needs the timers of POSIX")

LIMIT = 1.5
"""Seconds that a query of these tests may take."""

CSV = "text/csv"
LABEL = "SELECT ?label { <urn:t:node/7> skos:prefLabel ?label }"
PAIRS = "?a <urn:t:near> ?b . ?c <urn:t:near> ?d . ?e <urn:t:near> ?f"
ABUSE = {
    "count over a cross product": f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} }}",
    "order by over a cross product": f"SELECT * {{ {PAIRS} }} ORDER BY ?f ?b",
    "closure of a dense path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:t:near>|^<urn:t:near>)+ ?b }",
    "10 MB of text": "SELECT * { VALUES ?x { " + "<urn:t:node/1> " * 690_000 + "} ?x ?p ?o . ?a ?b ?c }",
}


def filled(store: Store, size: int) -> Store:
    """The store with a dense graph of labelled nodes beside the reference data."""
    graph, near = ox.NamedNode("urn:t:graph"), ox.NamedNode("urn:t:near")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    nodes = [ox.NamedNode(f"urn:t:node/{number}") for number in range(size)]
    store.inner.extend(ox.Quad(node, label, ox.Literal(f'"{node.value}",\r\n{{'), graph) for node in nodes)
    ends = [(at, (at * factor + 1) % size) for at in range(size) for factor in range(2, 22)]
    store.inner.extend(ox.Quad(nodes[one], near, nodes[other], graph) for one, other in ends)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with existing_or_new(tmp_path_factory.mktemp("serving") / "store") as found:
        yield filled(found, 3000)


@pytest.fixture
def small() -> Store:
    """A store for a pool of the test's own: a store has one set of snapshots."""
    return filled(in_memory(), 200)


@pytest.fixture(scope="module")
def pool(store: Store) -> Iterator[Pool]:
    with Pool(Snapshots(store), limits=Limits(seconds=LIMIT, megabytes=700)) as found:
        for _ in range(6):
            ask(found, LABEL)
        yield found


def ask(pool: Pool, text: str, format: str = CSV, limits: Limits | None = None) -> str:
    return b"".join(pool.query(text, format, limits=limits)).decode()


def timed(call: Callable[[], object]) -> tuple[float, object]:
    """Seconds that a call took, and what it returned or raised."""
    began = time.monotonic()
    try:
        found: object = call()
    except (LimitReached, QueryError) as error:
        found = error
    return time.monotonic() - began, found


def measured(what: str) -> None:
    sys.stdout.write(f"\n{what}")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def test_rows_and_graphs_come_as_the_store_gives_them(store: Store, pool: Pool) -> None:
    text = "SELECT * { ?s skos:prefLabel ?label } ORDER BY ?s"
    kinds = {
        "application/sparql-results+json": ox.QueryResultsFormat.JSON,
        "application/sparql-results+xml": ox.QueryResultsFormat.XML,
        CSV: ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
    for kind, format in kinds.items():
        reply = pool.query(text, kind)
        results = store.query(text)
        assert not isinstance(results, ox.QueryTriples)
        assert (reply.format, b"".join(reply)) == (kind, results.serialize(format=format))
    answers = pool.query("ASK { ?s ?p ?o }", ("text/csv", "application/json"))
    assert answers.format == "application/json"
    assert json.loads(b"".join(answers)) == {"head": {}, "boolean": True}
    graph = pool.query("CONSTRUCT WHERE { ?s <urn:t:near> ?o }", ("application/json", "application/n-triples"))
    assert graph.format == "application/n-triples"
    assert len(list(ox.parse(b"".join(graph), ox.RdfFormat.N_TRIPLES))) == len(
        {*store.inner.quads_for_pattern(None, ox.NamedNode("urn:t:near"), None, None)}
    )


def test_dataset_base_and_union(pool: Pool) -> None:
    text, graph = "SELECT ?x { ?s <near> ?x } LIMIT 1", "urn:t:graph"
    near = text.replace("<near>", "<urn:t:near>")
    assert list(csv.reader(io.StringIO(b"".join(pool.query(near, CSV, [graph])).decode())))[1:]
    assert b"".join(pool.query(near, CSV, ["urn:t:none"])) == b"x\r\n"
    assert b"".join(pool.query(near, CSV, union=False)) == b"x\r\n"
    assert b"".join(pool.query(text, CSV, base="http://t/")) == b"x\r\n"
    assert ask(pool, near.replace("{", "FROM <urn:t:graph> {", 1)).count("\r\n") == 2
    with pytest.raises(QueryError, match="IRI"):
        pool.query(near, CSV, ["no iri"])
    with pytest.raises(FormatError) as refused:
        pool.query(text, "text/turtle", base="http://t/")
    assert CSV in refused.value.offered


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . { SeRvIcE SILENT ?s { ?s ?p ?o } } }",
        "LOAD <http://127.0.0.1:9999/>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { " + "{ " * 100_000,
        "SELECT * { \ud800 }",
    ],
)
def test_what_reaches_out_or_does_not_parse_is_refused(pool: Pool, text: str) -> None:
    with pytest.raises(QueryError):
        pool.query(text, CSV)
    assert ask(pool, LABEL)


def test_a_worker_has_no_network(small: Store) -> None:
    """Asked of the kernel: the worker stands in a network namespace of its own, in which no route leads anywhere."""
    others = {*processes()}
    with Pool(Snapshots(small), size=1) as pool:
        reply = pool.query(LABEL, CSV)
        assert b"".join(reply), "a reply that is forgotten before its end costs the worker its life"
        if not reply.isolated:
            pytest.skip("this system allows no namespaces: here only the parser keeps queries in")
        (pid,) = {*processes()} - others
        assert Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
        assert len(Path(f"/proc/{pid}/net/route").read_text().splitlines()) <= 1
        assert len(Path(f"/proc/{pid}/net/dev").read_text().splitlines()) == 3


def processes() -> list[int]:
    """The workers of this process, whichever thread started them."""
    found = list[int]()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and "kg.serving" in (process / "cmdline").read_text():
                found.append(int(process.name))
    return found


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within five seconds."""
    until = time.monotonic() + 5
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("name", ABUSE)
def test_no_query_outlives_its_limit(pool: Pool, name: str) -> None:
    took, found = timed(lambda: ask(pool, ABUSE[name], limits=Limits(seconds=1)))
    measured(f"{name}: {took:.2f} s, {str(found)[:60]}")
    assert isinstance(found, LimitReached)
    assert found.limit in ("seconds", "megabytes")
    assert took < 2


def test_others_are_answered_meanwhile(pool: Pool) -> None:
    """Four clients abuse the pool without a pause; a fifth looks a label up."""
    stop, overruns = threading.Event(), list[float]()

    def abuse(text: str) -> None:
        while not stop.is_set():
            took, _ = timed(lambda: ask(pool, text))
            overruns.append(took - LIMIT)

    clients = [threading.Thread(target=abuse, args=(text,)) for text in ABUSE.values()]
    for client in clients:
        client.start()
    taken = list[float]()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        took, found = timed(lambda: ask(pool, LABEL))
        assert isinstance(found, str), found
        taken.append(took)
        stop.wait(0.005)
    stop.set()
    for client in clients:
        client.join()
    p50, p99 = (1000 * percentile(taken, share) for share in (0.5, 0.99))
    measured(f"{len(taken)} lookups: p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {1000 * max(taken):.1f} ms")
    measured(f"{len(overruns)} abuses, the longest {max(overruns):+.2f} s beyond its limit")
    assert max(overruns) < 1
    assert p50 < 50
    assert p99 < 100


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (Limits(seconds=0.3), "seconds"),
        (Limits(megabytes=300), "megabytes"),
        (Limits(rows=1000), "rows"),
        (Limits(bytes=100_000), "bytes"),
    ],
)
def test_each_limit(pool: Pool, limits: Limits, limit: str) -> None:
    text = ABUSE["order by over a cross product"]
    if limit in ("rows", "bytes"):
        text = "SELECT * { ?a ?b ?c }"
    with pytest.raises(LimitReached) as reached:
        ask(pool, text, limits=limits)
    assert (reached.value.limit, reached.value.value) == (limit, getattr(limits, limit))
    assert ask(pool, LABEL)


@pytest.mark.parametrize("format", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_triples_are_rows(pool: Pool, format: str) -> None:
    text = "CONSTRUCT { ?a ?b ?c } WHERE { SELECT * { ?a <urn:t:near> ?c . ?a ?b ?c } LIMIT 1000 }"
    assert ask(pool, text, format, Limits(rows=1000))
    with pytest.raises(LimitReached, match="999 rows"):
        ask(pool, text, format, Limits(rows=999))


def test_a_client_may_not_ask_for_more(pool: Pool) -> None:
    took, found = timed(lambda: ask(pool, ABUSE["count over a cross product"], limits=Limits(seconds=600)))
    assert isinstance(found, LimitReached)
    assert took < LIMIT + 1


def test_a_limit_within_the_answer(pool: Pool) -> None:
    """Rows that were sent are there; then it is said that it is not all of them."""
    reply = pool.query(f"SELECT * {{ {PAIRS} }}", CSV)
    assert next(reply)
    with pytest.raises(LimitReached):
        for _ in reply:
            pass


@pytest.mark.parametrize("format", [*("JSON", "XML", "CSV", "TSV")])
def test_rows_are_counted_in_any_portions(format: str) -> None:
    """Literals that look like the marks of rows, and rows without values, in portions of every length."""
    kind: ox.QueryResultsFormat = getattr(ox.QueryResultsFormat, format)
    values = ['"},{"', "\\", '\\"},{"x', ",{", "[{", "\r\n", "<result>", '"', "", "a,b", 'x"']
    rows = " ".join(f"({ox.Literal(value)} {ox.Literal(value)})" for value in values)
    for empty in ("", "(UNDEF UNDEF)", "(UNDEF UNDEF) (UNDEF 1) (UNDEF UNDEF)"):
        results = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {empty} {rows} {empty} }} }}")
        assert isinstance(results, ox.QuerySolutions)
        written = results.serialize(format=kind) or b""
        for length in range(1, 40):
            portions = [written[at : at + length] for at in range(0, len(written), length)]
            number = len(values) + 2 * empty.count("(")
            enough, few = Rows(kind, number), Rows(kind, number - 1)
            assert not any(enough.exceed(portion) for portion in portions)
            assert any(few.exceed(portion) for portion in portions)


def test_clients_that_go_away_free_their_workers(small: Store) -> None:
    endless = f"SELECT * {{ {PAIRS} }}"
    with Pool(Snapshots(small), size=1, waiting=1, patience=1) as pool:
        reply = pool.query(endless, CSV)
        assert next(reply)
        with pytest.raises(LimitReached) as reached:
            pool.query(LABEL, CSV)
        assert reached.value.limit == "queue"
        reply.close()
        assert list(reply) == []
        assert ask(pool, LABEL)
        for portion in pool.query(endless, CSV):
            assert portion
            break
        gc.collect()
        assert ask(pool, LABEL)


async def whole(pool: Pool, text: str) -> str:
    return b"".join([portion async for portion in await pool.ask(text, CSV)]).decode()


def test_event_loops_wait_and_let_go(small: Store) -> None:
    async def session(pool: Pool) -> str:
        began = time.monotonic()
        for text in (ABUSE["count over a cross product"], f"SELECT * {{ {PAIRS} }}"):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(whole(pool, text), 0.4)
        both = [asyncio.create_task(pool.ask(ABUSE["count over a cross product"], CSV)) for _ in range(2)]
        await asyncio.sleep(0.2)
        for waiting in reversed(both):
            waiting.cancel()
        answer = await whole(pool, LABEL)
        assert time.monotonic() - began < 4
        return answer

    with Pool(Snapshots(small), size=1, waiting=2) as pool:
        assert "node/7" in asyncio.run(session(pool))


def test_workers_that_are_killed_are_replaced(small: Store) -> None:
    others = {*processes()}
    with Pool(Snapshots(small), size=2) as pool:
        assert soon(lambda: len({*processes()} - others) == 2), "the kernel names a process a moment after it began"
        before = {*processes()} - others
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        assert ask(pool, LABEL)
        reply = pool.query(f"SELECT * {{ {PAIRS} }}", CSV)
        for pid in {*processes()} - others:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(StoreError, match="ask again"):
            list(reply)
        assert [bool(ask(pool, LABEL)) for _ in range(4)] == [True] * 4
        assert not before & {*processes()}
        reply = pool.query(f"SELECT * {{ {PAIRS} }}", CSV)
    assert {*processes()} == others
    with pytest.raises(StoreError, match="closed"):
        list(reply)
    with pytest.raises(StoreError, match="closed"):
        ask(pool, LABEL)


def test_readers_see_whole_articles_soon_and_never_wait_for_the_writer(tmp_path: Path) -> None:
    """A writer replaces an article again and again; each reader sees one of its two states."""
    first, other = sample_extractions()[:2]
    forms = (first, replace(first, article=replace(first.article, text=first.article.text + " "), events=()))
    with existing_or_new(tmp_path / "store") as store:
        graph = article_iri(store.base, first.article.id)
        count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        sizes = set[int]()
        for form in forms:
            store.put(form, "a.txt", replace=True)
            sizes.add(len([*store.inner.quads_for_pattern(None, None, None, graph)]))
        assert len(sizes) == 2
        stop = threading.Event()
        writes = list[int]()

        def write() -> None:
            while not stop.is_set():
                store.put(forms[len(writes) % 2], "a.txt", replace=True)
                writes.append(1)

        with Pool(Snapshots(store), size=2) as pool:
            writer = threading.Thread(target=write)
            writer.start()
            taken, seen = list[float](), set[int]()
            until = time.monotonic() + 5
            while time.monotonic() < until:
                took, found = timed(lambda: ask(pool, count))
                assert isinstance(found, str), found
                taken.append(took)
                seen.add(int(found.split()[1]))
            stop.set()
            writer.join()
            folders = len([*(tmp_path / "store.snapshots").iterdir()])
            p50, p99 = (1000 * percentile(taken, share) for share in (0.5, 0.99))
            measured(f"{len(taken)} reads beside {len(writes)} writes: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
            measured(f"the longest {1000 * max(taken):.1f} ms")
            assert seen <= sizes
            assert folders <= 4
            store.put(other, "b.txt")
            committed = time.monotonic()
            asked = f"ASK {{ GRAPH {article_iri(store.base, other.article.id)} {{ ?s ?p ?o }} }}"
            while "true" not in ask(pool, asked, "application/json"):
                assert time.monotonic() - committed < 2
            measured(f"a new article was seen after {time.monotonic() - committed:.2f} s")
        assert not (tmp_path / "store.snapshots").exists()


def test_snapshots_left_by_a_dead_server_go(tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "store") as store:
        left = tmp_path / "store.snapshots" / "000001"
        left.mkdir(parents=True)
        snapshots = Snapshots(store)
        assert not left.exists()
        assert (snapshots.latest() / "CURRENT").is_file()
        assert snapshots.latest() == snapshots.latest()
        snapshots.close()


def test_a_snapshot_that_cannot_be_made(tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "store") as store:
        snapshots = Snapshots(store)
        (tmp_path / "store.snapshots").write_text("in the way")
        with pytest.raises(StoreError, match=r"no snapshot .*; free space") as refused:
            Pool(snapshots)
        assert "\n" not in str(refused.value)


def test_a_store_in_memory_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = in_memory()
    with Pool(Snapshots(store), size=1) as pool:
        found = ask(pool, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        assert found.split()[1] == str(len(store.embedded))
        assert [*tmp_path.iterdir()]
    assert not [*tmp_path.iterdir()]
