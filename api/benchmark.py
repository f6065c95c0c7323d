"""What answers over HTTP cost, beside an endpoint that does nothing: `kg bench`.

A made-up graph lies on disk in two sizes, one a tenth of the other. `kg serve` and `api.bare`, each in a process of its
own, are asked by the same clients. Nothing is cached between requests.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from urllib.parse import quote
from urllib.request import urlopen

from api.loads import HOST, Figures, Server, asked, running
from kg.answers.lookups import Lookups
from kg.answers.opening import existing_or_new
from kg.answers.store import Store
from kg.identity.benchmark import World
from kg.index.listing import LINKED
from kg.index.numbers import ACTORS
from kg.serving.benchmark import fill

CLIENTS = 32
ENTITIES = 1000
"""Random entities, and of them the relationships on a first page."""
PAGE = 20
SEARCHES = 300
ROUNDS = 3
"""How often all is asked; the two servers take turns."""
PUTS = 20
"""Articles that are put in to see how long the index takes to follow."""
LISTS, LONG = 20, (50, 400)
"""Lists that are read to their end under load, and how many rows they have."""
SEED = 7

BARE, RELATIONSHIPS, BUSIEST, SEARCH = "bare endpoint", "relationships", "busiest state", "search"
LIMITS = {BUSIEST: 50.0, SEARCH: 20.0}
"""Milliseconds within which 99 of 100 answers are to be there."""
SHARE = 0.3
"""Of the requests a second that the bare endpoint answers, what relationships are to reach."""


@dataclass(frozen=True, slots=True)
class Made:
    """A store on disk with its index, and what is asked of it."""

    folder: Path
    quads: int
    indexing: float
    refresh: float
    paths: dict[str, list[str]]
    lists: list[str]


def made(folder: Path, size: int) -> Made:
    """A store of so many quads in a new folder; what its index takes, in seconds, and to follow an article, in ms."""
    with existing_or_new(folder) as store:
        fill(store, size)
        lookups, start = Lookups(store), perf_counter()
        lookups.total()
        taken = perf_counter() - start
        return Made(folder, len(store.embedded), taken, _refresh(store, lookups), *_asked(store))


def _refresh(store: Store, lookups: Lookups) -> float:
    taken = list[float]()
    for extraction in World(PUTS, Random(SEED + 1)).extractions():
        store.put(replace(extraction, article=replace(extraction.article, id=f"more-{extraction.article.id}")), "more")
        start = perf_counter()
        lookups.total()
        taken.append(1000 * (perf_counter() - start))
    for source in store.sources():
        store.remove(source.id)
    lookups.total()
    return median(taken)


def _asked(store: Store) -> tuple[dict[str, list[str]], list[str]]:
    """What is measured: random entities that fill a page, the busiest state, random names; and some longer lists."""
    query = f"""SELECT o.id, o.label, count(*) AS links {LINKED} JOIN node AS o ON o.number = m.node
        GROUP BY m.node HAVING links >= ? ORDER BY links DESC, o.id"""
    rows = store.index.connection.execute(query, (ACTORS, PAGE)).fetchall()
    busiest = next(id for id, *_ in rows if id.startswith("state:"))
    draw = Random(SEED)
    names = [label for _, label, _ in draw.choices(rows, k=SEARCHES)]
    paths = {
        RELATIONSHIPS: [_page(id) for id, *_ in draw.choices(rows, k=ENTITIES)],
        BUSIEST: [_page(busiest)] * ENTITIES,
        SEARCH: [f"/entities?q={quote(name)}" for name in names],
    }
    longer = [id for id, _, links in rows if LONG[0] <= links <= LONG[1]]
    return paths, [_page(id) for id in longer[:LISTS]]


def _page(id: str) -> str:
    return f"/entities/{quote(id, safe=':')}/relationships?limit={PAGE}"


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured over a store, by what was asked; the rounds one after the other."""

    made: Made
    taken: dict[str, list[Figures]]

    def share(self, of: str = RELATIONSHIPS) -> float:
        """Of the requests a second that the bare endpoint answers, how many these are; the middle of the rounds."""
        pairs = zip(self.taken[of], self.taken[BARE], strict=True)
        return median(ours.per_second / bare.per_second for ours, bare in pairs)

    def middle(self, of: str) -> Figures:
        """The round in the middle, by the time within which 99 of 100 answers are there."""
        return sorted(self.taken[of], key=lambda figures: figures.within(0.99))[len(self.taken[of]) // 2]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The figures for people."""
        for name in self.taken:
            figures = self.middle(name)
            times = (f"{figures.within(share):.1f}" for share in (0.5, 0.99))
            cost = f"{median(one.cost for one in self.taken[name]):.2f}"
            limit = f"{LIMITS[name]:.0f}" if name in LIMITS else ""
            yield f"{self.made.quads:,}", name, f"{figures.per_second:.0f}", *times, limit, cost


HEADINGS = ("quads", "asked", "requests/s", "p50 ms", "p99 ms", "at most", "processor ms")


def measured(stores: Iterator[Made]) -> Iterator[Result]:
    """What the server takes over each store.

    Raises:
        KgError: a server does not start, or one refuses a request.
    """
    for store in stores:
        with ExitStack() as stack:
            ours = stack.enter_context(running("kg.cli", "serve", "--store", str(store.folder), "--port"))
            page = store.folder.with_name(f"{store.folder.name}.json")
            page.write_bytes(_answer(ours, store.paths[BUSIEST][0]))
            bare = stack.enter_context(running("api.bare", str(page)))
            yield Result(store, _rounds(ours, bare, store))


def _rounds(ours: Server, bare: Server, store: Made) -> dict[str, list[Figures]]:
    taken: dict[str, list[Figures]] = {name: [] for name in (BARE, *store.paths)}
    for _ in range(ROUNDS):
        taken[BARE].append(asked(bare, ["/health"] * ENTITIES, CLIENTS))
        for name, paths in store.paths.items():
            taken[name].append(asked(ours, paths, 1 if name == SEARCH else CLIENTS))
    return taken


def _answer(server: Server, path: str) -> bytes:
    with urlopen(f"http://{HOST}:{server.port}{path}") as answer:
        assert answer.status == HTTPStatus.OK
        found = answer.read()
    assert len(json.loads(found)["items"]) == PAGE
    return bytes(found)
