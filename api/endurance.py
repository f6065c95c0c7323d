"""Whether answers stay right under load, and memory flat, while articles come and go: `kg bench --load SECONDS`."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from random import Random
from statistics import mean
from time import monotonic
from typing import Any

from api.benchmark import SEARCH, SEED, Made
from api.loads import Client, Figures, Server, connected, running
from api.tokens import TOKEN_VARIABLE
from kg.identity import records
from kg.identity.benchmark import World
from kg.model import Extraction

READERS = 8
LIVE = 20
"""Articles of the writer that are in the store at a time."""
COUNTRIES = ("US", "PK", "FR", "KE")
TOKEN = "for-this-run"
MARK = "more-"
"""What the ids of the articles begin with that come and go."""
WARMING = 1.0
"""For what share of the time the same is done before memory is looked at, to fill the caches of RocksDB, SQLite, and
our comparing of names: they have bounds, a leak would have none."""
EDGE = 0.2
"""The share of the time at whose two ends memory is measured."""

Row = tuple[str, str, tuple[str, ...]]
"""What tells relationships of an entity apart: the event, the counterpart and its roles."""
Seen = tuple[Row, str | None]
"""A relationship and the date at which it stood: it moves in the list where an article gives its event another."""


@dataclass(slots=True)
class Record:
    """What happened."""

    taken: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    walks: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Endured:
    """A time of reading and writing: answers that were errors, lists that were wrong, megabytes of memory.

    `before` and `after` are of the two ends of the time that is left once the caches are warm.
    """

    figures: Figures
    faults: Counter[str]
    walks: int
    written: int
    before: float
    after: float

    def lines(self) -> Iterator[str]:
        """The result for people."""
        figures = self.figures
        yield f"{len(figures.milliseconds)} requests in {figures.seconds:.0f} s, {figures.per_second:.0f} a second"
        yield f"p50 {figures.within(0.5):.1f} ms, p99 {figures.within(0.99):.1f} ms"
        yield f"{self.walks} lists read to their end while {self.written} articles came or went"
        yield f"{self.faults.total()} errors and wrong pages"
        yield from (f"  {number} times: {fault}" for fault, number in self.faults.most_common(10))
        yield f"memory of the server, once warm: {self.before:.0f} MB at first, {self.after:.0f} MB at the end"


def endured(made: Made, seconds: float) -> Endured:
    """Read from the store and write to it for so long."""
    with running("kg.cli", "serve", "--store", str(made.folder), "--port", **{TOKEN_VARIABLE: TOKEN}) as server:
        return asyncio.run(_endured(server, made, seconds))


async def _endured(server: Server, made: Made, seconds: float) -> Endured:
    record = Record()
    async with _reader(server, record) as reader:
        lasting = {path: {row for row, _ in await reader.walked(path) if not _passes(row)} for path in made.lists}
    busy, start = server.seconds(), monotonic()
    warm = start + seconds * WARMING
    end = warm + seconds
    async with asyncio.TaskGroup() as group:
        for place in range(READERS):
            group.create_task(_read(server, record, made, lasting, Random(place), end))
        group.create_task(_write(server, record, end))
        group.create_task(_watch(server, record, warm, end))
    edge = max(1, int(len(record.memory) * EDGE))
    figures = Figures(record.taken, monotonic() - start, server.seconds() - busy)
    before, after = mean(record.memory[:edge]), mean(record.memory[-edge:])
    return Endured(figures, record.faults, record.walks, record.written, before, after)


@dataclass(frozen=True, slots=True)
class _Reader:
    client: Client
    record: Record

    async def asked(self, path: str) -> Any:
        """The answer in JSON, `None` for one that is an error."""
        answer = await self.client.get(path)
        self.record.taken.append(answer.taken)
        if answer.status == HTTPStatus.OK:
            return json.loads(answer.body)
        self.record.faults[f"{path.partition('?')[0]}: {answer.status} {answer.body[:200].decode()}"] += 1
        return None

    async def walked(self, path: str) -> list[Seen]:
        """The rows of a list, from its first page to its last."""
        rows, following = list[Seen](), path
        while following:
            page = await self.asked(following)
            if page is None:
                break
            rows += (_row(item) for item in page["items"])
            following = page["next"]
        return rows


def _row(item: dict[str, Any]) -> Seen:
    passing = all(sentence["article"].startswith(f"article:{MARK}") for sentence in item["event"]["sentences"])
    event = f"{MARK if passing else ''}{item['event']['id']}"
    return (event, item["counterpart"]["id"], tuple(item["counterpart_roles"])), item["event"]["when"]


def _passes(row: Row) -> bool:
    return row[0].startswith(MARK)


@asynccontextmanager
async def _reader(server: Server, record: Record) -> AsyncIterator[_Reader]:
    async with connected(server) as client:
        yield _Reader(client, record)


async def _read(
    server: Server, record: Record, made: Made, lasting: dict[str, set[Row]], draw: Random, until: float
) -> None:
    async with _reader(server, record) as reader:
        while monotonic() < until:
            path = draw.choice(sorted(lasting))
            rows = await reader.walked(path)
            record.walks += 1
            record.faults.update(_faults(path, rows, lasting[path]))
            await reader.asked(draw.choice(made.paths[SEARCH]))
            await reader.asked(f"/events?country={draw.choice(COUNTRIES)}&limit=5&count=true&facet=type")


def _faults(path: str, seen: Sequence[Seen], lasting: set[Row]) -> Iterator[str]:
    if len(set(seen)) < len(seen):
        yield f"{path}: a row comes twice"
    rows = [row for row, _ in seen]
    if missing := lasting - set(rows):
        yield f"{path}: {len(missing)} rows that were there throughout are missing, such as {min(missing)}"
    if strange := [row for row in rows if row not in lasting and not _passes(row)]:
        yield f"{path}: {len(strange)} rows that no article tells of, such as {strange[0]}"


async def _write(server: Server, record: Record, until: float) -> None:
    """Put articles in and take them out again, one after the other."""
    live = list[str]()
    async with connected(server) as client:
        for extraction in _passing():
            if monotonic() > until:
                return
            body = {"source": f"{extraction.article.id}.txt", "text": extraction.article.text}
            sent = json.dumps({**body, "record": records.written(extraction)}).encode()
            changes = [("POST", "/records", sent)]
            live.append(extraction.article.id)
            if len(live) > LIVE:
                changes.append(("DELETE", f"/articles/{live.pop(0)}", b""))
            for method, path, content in changes:
                answer = await client.send(method, path, TOKEN, content)
                record.written += 1
                if answer.status != HTTPStatus.OK:
                    record.faults[f"{method} {path}: {answer.status} {answer.body[:200].decode()}"] += 1


def _passing() -> Iterator[Extraction]:
    for number, extraction in enumerate(World(100_000, Random(SEED + 2)).extractions()):
        yield replace(extraction, article=replace(extraction.article, id=f"{MARK}{number}"))


async def _watch(server: Server, record: Record, since: float, until: float) -> None:
    await asyncio.sleep(since - monotonic())
    while monotonic() < until:
        record.memory.append(server.megabytes())
        await asyncio.sleep(0.25)
