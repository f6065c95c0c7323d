"""`kg explain`: an event's reasons, from its article read again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import exp
from pathlib import Path

import pytest

from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups
from kg.answers.opening import existing_or_new
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UnknownEntity
from kg.explanations import LEARNED, explain
from kg.extraction import Extractor
from kg.model import Article, EventType, Evidence, Extraction
from kg.reading import articles
from kg.reading.records import Record
from kg.rules import rules

TEXT = "Norway and Poland signed a defence agreement in Oslo on Monday. It lets Polish troops train in Norway."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def store(extractor: Extractor, tmp_path: Path) -> Iterator[Store]:
    with existing_or_new(tmp_path / "store") as opened:
        article = articles.article(Record("oslo", "oslo", TEXT, "Norway and Poland sign pact"))
        opened.put(extractor.extract(article), "oslo.txt")
        yield opened


def test_an_event_is_explained_by_its_sentences_rules_and_signals(store: Store, extractor: Extractor) -> None:
    events = list(Lookups(store).all_events())
    known = {rule.id: rule.why for rule in rules()}
    assert events
    for event in events:
        told = explain(store, event.id, extractor)
        assert told.confidence == event.confidence
        (account,) = told.accounts
        assert (account.article, account.report, account.confidence) == ("article:oslo", event.id, event.confidence)
        assert {one.sentence for one in account.tellings} == {one.exact for one in event.sentences}
        assert all(one.why == known.get(one.extractor, LEARNED) for one in account.tellings)
        logit = told.intercept + sum(reason.weight for reason in account.reasons)
        assert told.confidence == pytest.approx(1 / (1 + exp(-logit)), abs=0.006)


def test_the_way_from_the_word_to_an_actor_is_shown(store: Store, extractor: Extractor) -> None:
    (event,) = [one for one in Lookups(store).all_events() if one.type == "Agreement"]
    (account,) = explain(store, event.id, extractor).accounts
    paths = [path for one in account.tellings for path in one.paths]
    assert "party NO: signed > nsubj Norway" in paths


def pact(id: str) -> Article:
    """An article that tells of one pact in words of its own."""
    text = f"Norway and Poland signed a defence agreement in Oslo on 7 August 2018, the {id} of the year."
    return articles.article(Record(id, id, text, published=date(2018, 8, 8)))


def test_each_article_is_explained_by_the_id_of_any_report(store: Store, extractor: Extractor) -> None:
    store.remove("oslo")
    for id in ("first", "second"):
        store.put(extractor.extract(pact(id)), f"{id}.txt")
    read = Descriptions(store)
    (event,) = Lookups(store).all_events(EventFilter(types=(EventType.AGREEMENT,)))
    found = (report for source in store.sources() for report in store.register.reports(source.graph))
    acts = [read.id(report) for report in found if "/event/agreement" in report.value]
    assert len(acts) == event.sources == 2
    for id in acts:
        told = explain(store, id, extractor)
        assert (told.event, told.confidence, told.lost) == (event.id, event.confidence, ())
        assert [account.article for account in told.accounts] == ["article:first", "article:second"]
        assert sorted(account.report for account in told.accounts) == sorted(acts)
        assert all(account.tellings for account in told.accounts)


def test_an_article_that_no_longer_says_so_is_named(store: Store, extractor: Extractor) -> None:
    store.remove("oslo")
    read = extractor.extract(pact("first"))
    (event,) = (one for one in read.events if one.type is EventType.AGREEMENT)
    sunny = replace(event, evidence=(Evidence(0, 5, "Sunny", "agreement.sample", 0.9),))
    store.put(Extraction(Article("sunny", "Sunny days.", date=date(2018, 8, 8)), (sunny,)), "sunny.txt")
    (known,) = Lookups(store).all_events()
    with pytest.raises(UnknownEntity, match="this version reads article:sunny otherwise"):
        explain(store, known.id, extractor)
    store.put(read, "first.txt")
    told = explain(store, known.id, extractor)
    assert ([account.article for account in told.accounts], told.lost) == (["article:first"], ("article:sunny",))


def test_what_is_no_event_is_said(store: Store, extractor: Extractor) -> None:
    with pytest.raises(UnknownEntity, match="no event 'state:NO'"):
        explain(store, "state:NO", extractor)
