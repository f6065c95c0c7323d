"""The index beside a store: how long it may be read, marks and portions of its lists, what a search may hold."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.answers.statements import statements
from kg.answers.views import EventFilter
from kg.errors import UsageError
from kg.index.counting import Neighbour
from kg.index.listing import mark_of, portion
from kg.model import EventType
from ontology import terms
from tests.extractions import sample_extractions

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(scope="module")
def lookups() -> Lookups:
    store = in_memory()
    for sample in sample_extractions():
        store.put(sample, f"{sample.article.id}.txt")
    return Lookups(store)


def test_reading_ends_when_its_time_is_over_and_writing_does_not() -> None:
    with in_memory() as store:
        store.index.seconds = 0.05
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            store.index.connection.execute(ENDLESS).fetchone()
        assert store.index.connection.execute("SELECT 1").fetchone() == (1,)
        lookups = Lookups(store)
        lookups.limit(-1)
        store.put(sample_extractions()[0], "a.txt")
        assert lookups.total() == 5


def test_what_is_asked_of_one_moment_does_not_see_a_writer() -> None:
    first, second = sample_extractions()[:2]
    with in_memory() as store:
        lookups = Lookups(store)
        store.put(first, "a.txt")

        def write() -> None:
            store.put(second, "b.txt")
            Lookups(store).total()  # brings the index up to date

        with lookups.moment(), ThreadPoolExecutor(1) as other:
            before = lookups.total()
            other.submit(write).result()
            assert lookups.total() == before
            assert len(lookups.articles().items) == 1
        assert len(lookups.articles().items) == 2
        assert lookups.total() > before


def test_a_moment_that_takes_too_long_says_so_and_another_can_follow() -> None:
    with in_memory() as store:
        lookups, connection = Lookups(store), store.index.connection
        connection.execute("CREATE TEMP TABLE counted (number)")
        store.index.seconds = 0.05
        with pytest.raises(sqlite3.OperationalError, match="interrupted"), lookups.moment():
            connection.execute(f"INSERT INTO counted {ENDLESS}")  # which SQLite rolls back by itself
        with lookups.moment():
            assert connection.execute("SELECT count(*) FROM counted").fetchone() == (0,)


@pytest.mark.parametrize("text", ["abc\0def", "\0\0\0\0", 'Pak"stan', "Pak\0istan" * 1000])
def test_a_search_takes_any_text(lookups: Lookups, text: str) -> None:
    assert all(match.node.id for match in lookups.search(text))


@pytest.mark.parametrize("fixed", [True, False])
def test_portions_are_the_whole(lookups: Lookups, fixed: bool) -> None:
    whole, found, mark = lookups.neighbours("state:PK"), list[Neighbour](), ""
    while len(found) < len(whole):
        page = portion(whole, 2, mark or None, fixed)
        found += page.items
        mark = page.after or ""
    assert not mark
    assert sorted(found, key=str) == sorted(whole, key=str)
    assert fixed or [one.events for one in found] == sorted((one.events for one in whole), reverse=True)


def test_a_mark_of_another_list_is_refused(lookups: Lookups) -> None:
    for mark in ("x", mark_of((1, 2, 3)), "WyJhIiwgImIiXQ", "WzEuNSwgMWU5OTld"):
        with pytest.raises(UsageError, match="no mark of such a page"):
            lookups.articles(after=mark)


def test_the_version_is_that_of_what_was_read(lookups: Lookups) -> None:
    lookups.total()
    before = lookups.version
    assert before is not None
    lookups.store.touch()
    assert lookups.version is None
    lookups.total()
    assert lookups.version not in (None, before)


def test_statements_of_an_event_lead_to_its_parts(lookups: Lookups) -> None:
    (told,) = lookups.events(EventFilter(article="sample-2", types=(EventType.ARMS_TRANSFER,), place="state:TR")).items
    quads = list(statements(lookups.store, [ox.NamedNode(told.event.iri)]))
    said = {quad.predicate for quad in quads}
    assert {terms.HAS_STATUS, terms.HAS_EQUIPMENT, terms.OA_EXACT} <= said
    assert not said & {terms.RECORD, terms.READ_FROM}
