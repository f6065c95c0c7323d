"""The index is what the graph says, however it came to be; its answers are those of a look at all events."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.answers.curation import Curation
from kg.answers.descriptions import Descriptions
from kg.answers.happenings import TYPES, Happenings
from kg.answers.lookups import Lookups
from kg.answers.opening import existing, existing_or_new, in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter, Happening
from kg.errors import UnknownEntity, UsageError
from kg.identity.benchmark import World
from kg.index.counting import Facet, Step
from kg.index.indexing import Index
from kg.index.listing import Sort, Start
from kg.model import Extraction, Role
from kg.rdf.iris import DEFAULT_BASE
from ontology import terms
from tests.extractions import sample_extractions
from tests.test_identity import Act, Clock, curated, steps

REFERENCE = [*in_memory().inner]
TABLES = ("node", "belonging", "name", "word", "triple", "event", "telling", "part", "article", "source", "mention")


def made() -> Store:
    """A store in memory with the reference data, made faster than from the tables."""
    inner = ox.Store()
    inner.bulk_extend(REFERENCE)
    return Store(inner, DEFAULT_BASE)


def rows(index: Index) -> dict[str, set[tuple[object, ...]]]:
    """All that an index holds, table by table."""
    connection = index.connection
    return {table: set(connection.execute(f"SELECT * FROM {table}")) for table in TABLES}


@settings(max_examples=6, deadline=None)
@given(steps, st.sets(st.integers(0, 12)))
def test_an_index_kept_up_is_one_made_anew(sequence: list[Extraction | Act], looks: set[int]) -> None:
    store, left = made(), dict[str, Extraction]()
    index, curation = Index(store), Curation(store, Clock())
    for place, step in enumerate(sequence):
        if isinstance(step, Extraction):
            store.put(step, step.article.id, replace=True)
            left[step.article.id] = step
        else:
            try:
                curated(store, left, *step, curation)
            except (UnknownEntity, UsageError):
                continue
        if place in looks:
            rows(index)
    kept, wanted = rows(index), rows(Index(Store(store.inner, DEFAULT_BASE)))
    for table, found in wanted.items():
        assert kept[table] == found, table


def filled(path: Path, articles: int) -> None:
    with existing_or_new(path) as store:
        for sample in sample_extractions()[:articles]:
            store.put(sample, f"{sample.article.id}.txt")
        Index(store).bring_up_to_date()


def number_of_events(path: Path) -> int:
    with existing(path) as store:
        return Lookups(store).total()


@pytest.mark.parametrize("what", ["deleted", "damaged", "foreign", "cut"])
def test_an_index_that_cannot_be_used_is_made_anew(tmp_path: Path, what: str) -> None:
    path, index = tmp_path / "store", tmp_path / "store.index"
    filled(path, 2)
    before = number_of_events(path)
    if what == "deleted":
        index.unlink()
    elif what == "damaged":
        index.write_bytes(b"no database" * 1000)
    elif what == "cut":
        index.write_bytes(index.read_bytes()[:5000])
    else:
        filled(tmp_path / "other", 1)
        index.write_bytes((tmp_path / "other.index").read_bytes())
    assert number_of_events(path) == before > 0


def test_a_store_built_anew_in_a_folder_does_not_get_the_index_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "store"
    filled(path, 3)
    before = number_of_events(path)
    rmtree(path)
    filled(path, 1)
    assert number_of_events(path) == len(sample_extractions()[0].events) < before


class Naive:
    """The same questions, answered by a look at all events of the graph."""

    def __init__(self, store: Store) -> None:
        self.read = Descriptions(store)
        happenings = Happenings(self.read)
        self.events = [happenings.read(iri) for kind in TYPES for iri in self.read.subjects(terms.RDF_TYPE, kind)]

    def meeting(self, wanted: EventFilter) -> list[Happening]:
        return [event for event in self.events if self.meets(event, wanted)]

    def meets(self, event: Happening, wanted: EventFilter) -> bool:
        roles = {(part.actor.id, part.role) for part in event.parts}
        actors = {actor for actor, _ in roles}
        told = {sentence.article for sentence in event.sentences}
        return (
            (not wanted.types or event.type in wanted.types)
            and (not wanted.statuses or event.status in wanted.statuses)
            and actors >= {*wanted.actors}
            and (not wanted.roles or any(
                role in wanted.roles and actor in (wanted.actors[:1] or [actor]) for actor, role in roles))
            and all(f"state:{code}" in self.wholes(actors) for code in wanted.countries)
            and (wanted.item is None or wanted.item in {goods.equipment.id for goods in event.goods})
            and (wanted.place is None or (event.place is not None and wanted.place in self.wholes({event.place.id})))
            and (wanted.since is None or (event.latest is not None and event.latest >= wanted.since))
            and (wanted.until is None or (event.earliest is not None and event.earliest <= wanted.until))
            and event.confidence >= wanted.confidence
            and (wanted.article is None or wanted.article in told)
        )  # fmt: skip

    def wholes(self, ids: set[str]) -> set[str]:
        """The nodes and what they belong to."""
        nodes = {self.read.iri(id) for id in ids}
        nodes |= {post for node in nodes for post in self.read.nodes(node, terms.HOLDS)}
        belonging = (terms.HAS_STATE, terms.REPRESENTS, terms.HAS_ORGANIZATION)
        found = {whole for node in nodes for one in belonging for whole in self.read.nodes(node, one)}
        return ids | {self.read.id(whole) for whole in found}

    def partners(self, id: str) -> Counter[str]:
        shared = [{part.actor.id for part in event.parts} for event in self.events]
        return Counter(other for actors in shared if id in actors for other in actors - {id})

    def distance(self, start: str, end: str) -> int:
        steps, edge = {start: 0}, [start]
        for node in edge:
            for other in sorted(self.partners(node)):
                if other not in steps:
                    steps[other] = steps[node] + 1
                    edge.append(other)
        return steps.get(end, 0)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with in_memory() as opened:
        for extraction in (*sample_extractions(), *World(25).extractions()):
            opened.put(extraction, f"{extraction.article.id}.txt")
        yield opened


@pytest.fixture(scope="module")
def naive(store: Store) -> Naive:
    return Naive(store)


@pytest.fixture(scope="module")
def lookups(store: Store) -> Lookups:
    return Lookups(store)


def filters(naive: Naive) -> Iterator[EventFilter]:
    """Filters that some event meets, of one to four conditions, and some that none may meet."""
    draw = Random(5)
    for _ in range(80):
        event = draw.choice(naive.events)
        actor = draw.choice(event.parts)
        other = draw.choice(draw.choice(naive.events).parts).actor.id
        ways: dict[str, Any] = {
            "types": (event.type,),
            "statuses": (event.status,),
            "actors": (actor.actor.id, *([other] if draw.random() < 0.2 else [])),
            "roles": (actor.role, draw.choice([*Role])),
            "countries": tuple(id[6:] for id in sorted(naive.wholes({actor.actor.id})) if id.startswith("state:"))[:1],
            "item": event.goods[0].equipment.id if event.goods else None,
            "place": draw.choice(sorted(naive.wholes({event.place.id}))) if event.place else None,
            "since": event.earliest,
            "until": event.latest,
            "confidence": event.confidence,
            "article": event.sentences[0].article,
        }
        chosen = draw.sample(sorted(ways), draw.randrange(1, 5))
        yield EventFilter(**{name: ways[name] for name in chosen})


def test_filters_pages_and_counts_are_those_of_a_look_at_all_events(lookups: Lookups, naive: Naive) -> None:
    sizes = Counter[bool]()
    for wanted in filters(naive):
        found = naive.meeting(wanted)
        ids = {event.id for event in found}
        sizes[len(found) > 1] += 1
        assert lookups.total(wanted) == len(found), wanted
        types = Counter(str(event.type) for event in found)
        assert {one.name: one.number for one in lookups.facet(wanted, Facet.TYPE)} == types
        years = Counter(str(event.earliest.year) for event in found if event.earliest)
        assert {one.period: one.events for one in lookups.timeline(wanted, Step.YEAR)} == years
        for sort in Sort:
            pages = list(walked(lookups, wanted, sort))
            assert len(pages) == len(ids), (wanted, sort)
            assert {event.id for event in pages} == ids
            keys = [SORTED[sort](event) for event in pages]
            assert keys == sorted(keys)
    assert sizes[True] > 40


NEVER = 10**7
SORTED: dict[Sort, Callable[[Happening], float]] = {
    Sort.NEWEST: lambda event: -event.latest.toordinal() if event.latest else 0,
    Sort.OLDEST: lambda event: event.earliest.toordinal() if event.earliest else NEVER,
    Sort.CONFIDENCE: lambda event: -event.confidence,
    Sort.SOURCES: lambda event: -event.sources,
}


def walked(lookups: Lookups, wanted: EventFilter, sort: Sort) -> Iterator[Happening]:
    mark: str | None = ""
    while mark is not None:
        page = lookups.events(wanted, Start(3 if len(wanted.actors) else 40, sort, mark or None))
        yield from (told.event for told in page.items)
        mark = page.after


def test_neighbours_networks_and_chains_are_those_of_a_look_at_all_events(lookups: Lookups, naive: Naive) -> None:
    draw, lengths = Random(6), defaultdict[int, int](int)
    actors = sorted({part.actor.id for event in naive.events for part in event.parts})
    for id in draw.sample(actors, 12):
        partners = naive.partners(id)
        assert {one.counterpart.id: one.events for one in lookups.neighbours(id)} == partners
        network = lookups.network(id, depth=1, limit=1000)
        assert {one.node.id: one.distance for one in network.members} == {id: 0, **dict.fromkeys(partners, 1)}
        assert {tie.source if tie.target == id else tie.target: tie.events for tie in network.ties
                if id in (tie.source, tie.target)} == partners  # fmt: skip
        other = draw.choice(actors)
        length, chains = naive.distance(id, other), lookups.chains(id, other, longest=9)
        lengths[length] += 1
        assert {len(chain.events) for chain in chains} == ({length} if length else set())
        for chain in chains:
            for (one, two), event in zip(pairwise(chain.nodes), chain.events, strict=True):
                assert {one.id, two.id} <= {part.actor.id for part in event.parts}
    assert max(lengths) > 1


def test_names_are_found_with_a_typo_in_them(lookups: Lookups, naive: Naive) -> None:
    draw = Random(7)
    actors = sorted({part.actor.label for event in naive.events for part in event.parts if len(part.actor.label) > 6})
    chosen = draw.sample(actors, 40)
    found = 0
    for label in chosen:
        place = draw.randrange(1, len(label) - 1)
        typo = label[:place] + label[place + 1 :]
        found += label in {match.node.label for match in lookups.search(typo)}
    assert found >= 38
