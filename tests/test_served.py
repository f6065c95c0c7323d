"""Articles into a store that a server holds, and out of it: `kg build` and `kg remove` go through the server."""

import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.answers.lookups import Lookups
from kg.answers.opening import existing, existing_or_new
from kg.answers.store import Change, Store
from kg.answers.views import EventFilter
from kg.errors import ArticleConflict, ArticleError, StoreError, UnknownEntity
from kg.serving import notice
from kg.serving.client import Served
from kg.serving.notice import Notice
from kg.serving.reading import readable
from kg.serving.writing import writable, writable_existing
from tests.extractions import sample_extractions
from tests.servers import got, serving

SAMPLES = sample_extractions()
VISIBLE = 2.0
"""Seconds in which what is committed is to be seen in SPARQL."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A store that a server holds, with one article in it, and the server's address."""
    path = tmp_path_factory.mktemp("held") / "store"
    with existing_or_new(path) as store:
        store.put(SAMPLES[0], "first")
    with serving(path) as url:
        yield path, url


def events(url: str) -> Any:
    return got(f"{url}/events?count=true")["total"]


def served(path: Path) -> Served:
    found = writable_existing(path)
    assert isinstance(found, Served)
    return found


def test_articles_go_through_the_server(held: tuple[Path, str]) -> None:
    path, url = held
    before = events(url)
    with served(path) as store:
        assert store.put(SAMPLES[1], "second") is Change.ADDED
        assert store.put(SAMPLES[1], "second") is Change.UNCHANGED
        assert events(url) == before + len(SAMPLES[1].events)
        store.remove(SAMPLES[1].article.id)
        assert events(url) == before
        with pytest.raises(UnknownEntity, match="no article"):
            store.remove(SAMPLES[1].article.id)


def test_what_is_put_is_in_sparql_within_two_seconds(held: tuple[Path, str]) -> None:
    path, url = held
    ask = f"{url}/sparql?query=ASK%20%7B%20%3Fa%20dcterms%3Aidentifier%20%22{SAMPLES[2].article.id}%22%20%7D"
    assert got(ask)["boolean"] is False
    with served(path) as store:
        store.put(SAMPLES[2], "third")
        began = time.monotonic()
        while not got(ask)["boolean"]:
            assert time.monotonic() - began < VISIBLE
            time.sleep(0.05)
        store.remove(SAMPLES[2].article.id)


def test_faults_of_an_article_are_its_own(held: tuple[Path, str]) -> None:
    path, _ = held
    other = replace(SAMPLES[0], article=replace(SAMPLES[0].article, text="Another text."), events=(), people=())
    untrue = replace(SAMPLES[1], article=replace(SAMPLES[1].article, text="Another text."))
    with served(path) as store:
        with pytest.raises(ArticleConflict, match="give one of them another id, or say --replace"):
            store.put(other, "elsewhere")
        with pytest.raises(ArticleError, match="does not stand at"):
            store.put(untrue, "second")
        assert store.put(other, "elsewhere", replace=True) is Change.REPLACED
        assert store.put(SAMPLES[0], "first", replace=True) is Change.REPLACED


def test_the_base_is_that_of_the_store(held: tuple[Path, str]) -> None:
    with pytest.raises(StoreError, match=r"the base of this store is https://w3id\.org/defcoop/id/, not"):
        writable(held[0], "https://example.org/id/")


def test_only_the_owner_may_read_the_notice(held: tuple[Path, str]) -> None:
    path, url = held
    assert stat.S_IMODE(path.with_name("store.serving").stat().st_mode) == 0o600
    with Served(Notice(url, "another")) as stranger, pytest.raises(StoreError, match="writing is off"):
        stranger.remove("any")


def test_a_server_that_ends_takes_its_notice_away(tmp_path: Path) -> None:
    path = tmp_path / "store"
    existing_or_new(path).close()
    with serving(path):
        left = notice.found(path)
        assert left is not None
    assert notice.found(path) is None
    with existing(path), Served(left) as gone, pytest.raises(StoreError, match="what it stored before stays"):
        gone.put(SAMPLES[0], "first")


def test_without_a_server_the_store_itself_is_written(tmp_path: Path) -> None:
    with writable(tmp_path / "new" / "store") as store:
        assert isinstance(store, Store)
        with pytest.raises(StoreError, match="another process holds this store"):
            writable(tmp_path / "new" / "store")


def test_a_store_that_is_served_is_read_as_it_is_now(held: tuple[Path, str]) -> None:
    path, _ = held
    with served(path) as store:
        store.put(SAMPLES[3], "fourth")
    with readable(path) as store:
        assert {source.id for source in store.sources()} == {SAMPLES[0].article.id, SAMPLES[3].article.id}
        assert Lookups(store).total(EventFilter(article=SAMPLES[3].article.id)) == len(SAMPLES[3].events)
        assert not store.index.due()
    with served(path) as store:
        store.remove(SAMPLES[3].article.id)
    assert sorted(entry.name for entry in path.parent.iterdir() if entry.is_dir()) == ["store", "store.snapshots"]
