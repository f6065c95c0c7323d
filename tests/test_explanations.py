"""`kg explain`: an event's reasons, from its article read again."""

from collections.abc import Iterator
from math import exp
from pathlib import Path

import pytest

from kg.answers.descriptions import Descriptions
from kg.answers.happenings import Happenings
from kg.answers.opening import existing_or_new
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UnknownEntity
from kg.explanations import LEARNED, explain
from kg.extraction import Extractor
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
    events = list(Happenings(Descriptions(store)).matching(EventFilter()))
    known = {rule.id: rule.why for rule in rules()}
    assert events
    for event in events:
        told = explain(store, event.id, extractor)
        assert told.confidence == event.confidence
        assert {one.sentence for one in told.tellings} == {one.exact for one in event.sentences}
        assert all(one.why == known.get(one.extractor, LEARNED) for one in told.tellings)
        logit = told.intercept + sum(reason.weight for reason in told.reasons)
        assert told.confidence == pytest.approx(1 / (1 + exp(-logit)), abs=0.006)


def test_the_way_from_the_word_to_an_actor_is_shown(store: Store, extractor: Extractor) -> None:
    (event,) = [one for one in Happenings(Descriptions(store)).matching(EventFilter()) if one.type == "Agreement"]
    paths = [path for one in explain(store, event.id, extractor).tellings for path in one.paths]
    assert "party NO: signed > nsubj Norway" in paths


def test_what_is_no_event_is_said(store: Store, extractor: Extractor) -> None:
    with pytest.raises(UnknownEntity, match="no event 'state:NO'"):
        explain(store, "state:NO", extractor)
