"""Measure SPARQL over HTTP beside its neighbours: `python -m kg.serving.benchmark [--quads 1000000]`.

The same made-up graph is answered by `kg serve`, by the server of Oxigraph, on whose store we stand, and by
rdflib-endpoint over that store (the extra `bench`). Eight queries go to the first two in turn, over open connections,
then one after the other to the first and the third in turn, which is not waited for longer than five seconds.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from pathlib import Path
from statistics import geometric_mean, median
from time import perf_counter, sleep
from urllib.parse import quote

import pyoxigraph as ox

from kg.answers.opening import existing_or_new
from kg.answers.store import Store
from kg.errors import KgError
from kg.identity.benchmark import World
from kg.rdf.quads import quads
from ontology import terms

ROUNDS = 15
WARMING = 2
"""Rounds that are timed, and rounds before them."""
ENOUGH = 5000.0
"""Milliseconds after which nothing more is waited for, and rdflib-endpoint is not asked a query once more."""
ARTICLE = 52
"""Quads that an article makes with its one or two acts, about."""
PATIENCE = 60.0
"""Seconds that a server may take to start."""

PREFIXES = """PREFIX coop: <https://w3id.org/defcoop/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX state: <https://w3id.org/defcoop/id/state/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
QUERIES = {
    "neighbourhood": """SELECT ?event ?role ?label ?when WHERE {
        ?event ?role state:KE ; skos:prefLabel ?label . OPTIONAL { ?event coop:when ?when } }""",
    "dyad by dates": """SELECT ?event ?class ?earliest WHERE {
        ?event ?role state:FR ; ?other state:IN ; a ?class ; coop:earliest ?earliest .
        FILTER (?earliest >= "2010-01-01"^^xsd:date && ?earliest <= "2019-12-31"^^xsd:date) } ORDER BY ?earliest""",
    "by year": """SELECT ?year (COUNT(?event) AS ?events) WHERE {
        ?event a coop:Exercise ; coop:earliest ?earliest . BIND (YEAR(?earliest) AS ?year) }
        GROUP BY ?year ORDER BY ?year""",
    "partners": """SELECT ?label (COUNT(DISTINCT ?event) AS ?events) WHERE {
        ?event ?role state:NG ; ?other ?partner . ?partner a coop:State ; skos:prefLabel ?label .
        FILTER (?partner != state:NG) } GROUP BY ?label ORDER BY DESC(?events) ?label""",
    "path": """SELECT DISTINCT ?label WHERE {
        state:LK ^coop:represents/^coop:signatory/coop:party/skos:prefLabel ?label }""",
    "regex": """SELECT ?event ?label WHERE {
        ?event a coop:Agreement ; skos:prefLabel ?label . FILTER (REGEX(?label, "kenya|ghana", "i")) }""",
    "provenance": """SELECT ?event ?exact ?headline ?published WHERE {
        ?article dcterms:identifier "made-000100" ; schema:headline ?headline ; schema:datePublished ?published .
        ?evidence coop:article ?article ; oa:exact ?exact . ?event coop:evidence ?evidence }""",
    "ego graph": """CONSTRUCT { ?event ?role ?actor . ?actor skos:prefLabel ?label } WHERE {
        ?event ?mine state:GH ; ?role ?actor . ?actor skos:prefLabel ?label }""",
}
"""What the users of such a graph ask."""
ACCEPT = {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"}

OURS, OXIGRAPH, RDFLIB = "kg serve", "oxigraph", "rdflib-endpoint"
RDFLIB_PROGRAM = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset("Oxigraph", default_union=True)
graph.open(sys.argv[1])
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="warning")
"""


def fill(store: Store, size: int) -> None:
    """Fill a new store up to `size` quads with articles that tell of an act or two; in bulk, as each is new."""
    store.embedded.bulk_extend(_made(size - len(store.embedded)))
    store.embedded.optimize()


def _made(size: int) -> Iterator[ox.Quad]:
    made = 0
    for count, extraction in enumerate(World(size // ARTICLE + 1).extractions()):
        found = quads(replace(extraction, events=extraction.events[: 1 + (count % 3 > 0)]))
        made += len(found)
        if made > size:
            return
        yield from found


@contextmanager
def server(name: str, folder: Path) -> Iterator[HTTPConnection]:
    """A connection to a server of that name over the store in `folder`, which it may write to.

    Raises:
        KgError: it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    bind = f"127.0.0.1:{port}"
    command = {
        OURS: [sys.executable, "-m", "kg.cli", "serve", "--store", str(folder), "--port", port],
        OXIGRAPH: [_program(), "serve-read-only", "--union-default-graph", "--location", str(folder), "--bind", bind],
        RDFLIB: [sys.executable, "-c", RDFLIB_PROGRAM, str(folder), port],
    }[name]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    connection = HTTPConnection("127.0.0.1", int(port), timeout=ENOUGH / 1000)
    try:
        until = perf_counter() + PATIENCE
        while not _answers(connection):
            if process.poll() is not None or perf_counter() > until:
                raise KgError(f"{name}: the server does not start; install the extra: pip install 'defcoop[bench]'")
            sleep(0.1)
        yield connection
    finally:
        connection.close()
        process.kill() if name == RDFLIB else process.terminate()  # which hears nothing while it evaluates
        process.wait()


def _program() -> str:
    """The server of Oxigraph, which an environment that is not activated has beside its Python."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return shutil.which("oxigraph", path=path) or "oxigraph"


def _answers(connection: HTTPConnection) -> bool:
    try:
        asked(connection, "ASK {}")
    except (OSError, HTTPException):
        connection.close()
        return False
    return True


def asked(connection: HTTPConnection, text: str) -> tuple[int, int]:
    """The status and the number of bytes of the answer to a query; a connection that was idle too long is renewed."""
    try:
        connection.request("GET", f"/sparql?query={quote(text)}", headers=ACCEPT)
        response = connection.getresponse()
    except RemoteDisconnected:
        connection.request("GET", f"/sparql?query={quote(text)}", headers=ACCEPT)
        response = connection.getresponse()
    return response.status, len(response.read())


Taken = dict[str, tuple[float, float]]
"""By query, the milliseconds of our median answer, and of the other server's that was asked in turn with ours."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was taken over so many quads, by the other server."""

    quads: int
    articles: int
    taken: dict[str, Taken]

    def ratios(self, other: str) -> list[float]:
        """Our time, divided by the other server's, query by query."""
        return [self.taken[other][name][0] / self.taken[other][name][1] for name in QUERIES]

    def table(self) -> str:
        """The figures for people."""
        others = [OXIGRAPH, RDFLIB]
        rows = [f"{'ms':15}" + "".join(f"{OURS:>12}{other:>17}{'times':>7}" for other in others)]
        for place, name in enumerate(QUERIES):
            cells = ((*self.taken[other][name], self.ratios(other)[place]) for other in others)
            rows.append(f"{name:15}" + "".join(f"{ours:12.2f}{its:17.2f}{times:7.2f}" for ours, its, times in cells))
        means = "".join(f"{'':29}{geometric_mean(self.ratios(other)):7.2f}" for other in others)
        return (
            "\n".join([*rows, f"{'geometric mean':15}{means}", f"{self.quads} quads of {self.articles} articles"])
            + "\n"
        )


def measured(size: int, folder: Path) -> Figures:
    """What each server takes for each query over a new store of so many quads; the stores are made in the folder.

    Raises:
        KgError: a server does not start, or one refuses a query.
    """
    with existing_or_new(folder / OURS) as store:
        fill(store, size)
        found = (
            len(store.embedded),
            len([*store.embedded.quads_for_pattern(None, terms.RDF_TYPE, terms.SCHEMA_NEWS_ARTICLE)]),
        )
        store.embedded.backup(folder / OXIGRAPH)
    shutil.copytree(folder / OXIGRAPH, folder / RDFLIB)
    with server(OURS, folder / OURS) as ours:
        with server(OXIGRAPH, folder / OXIGRAPH) as oxigraph:
            taken = _interleaved(ours, oxigraph)
        return Figures(
            *found, {OXIGRAPH: taken, RDFLIB: {query: _alone(query, ours, folder / RDFLIB) for query in QUERIES}}
        )


def _interleaved(ours: HTTPConnection, oxigraph: HTTPConnection) -> Taken:
    """All queries in turn, and each to both servers in turn."""
    times = {query: (list[float](), list[float]()) for query in QUERIES}
    for _ in range(WARMING + ROUNDS):
        for query, (mine, its) in times.items():
            mine.append(timed(OURS, ours, query))
            its.append(timed(OXIGRAPH, oxigraph, query))
    return {query: (median(mine[WARMING:]), median(its[WARMING:])) for query, (mine, its) in times.items()}


def _alone(query: str, ours: HTTPConnection, folder: Path) -> tuple[float, float]:
    """One query to both servers in turn: of rdflib-endpoint one for each query, as nothing stops one that goes on."""
    mine, its = list[float](), list[float]()
    with server(RDFLIB, folder) as connection:
        while len(its) < WARMING + ROUNDS and sum(its) < ENOUGH:
            mine.append(timed(OURS, ours, query))
            try:
                its.append(timed(RDFLIB, connection, query))
            except TimeoutError:
                its.append(ENOUGH)
    return median(mine[WARMING:] or mine), median(its[WARMING:] or its)


def timed(name: str, connection: HTTPConnection, query: str) -> float:
    """The milliseconds that the server of that name takes for a query.

    Raises:
        KgError: it refuses the query.
        TimeoutError: it takes more than `ENOUGH`.
    """
    start = perf_counter()
    status, length = asked(connection, PREFIXES + QUERIES[query])
    if status != HTTPStatus.OK or not length:
        raise KgError(f"{name}: {query}: the answer has the status {status} and {length} bytes")
    return 1000 * (perf_counter() - start)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.serving.benchmark", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000, help="quads in the store")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(measured(options.quads, Path(folder)).table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
