"""Confidence: a brief text is not held against an act for telling of it only once."""

import pytest

from kg.acts.confidence import signals, weights
from kg.acts.signals import BRIEF
from kg.extraction import Extractor, reports
from kg.model import EventType
from kg.reading import articles
from kg.reading.records import Record

SENTENCES = [
    ("Turkey and Pakistan will build four corvettes together.", EventType.INDUSTRIAL_PROJECT),
    ("Poland bought 48 F-16 fighters from the United States in 2003.", EventType.ARMS_TRANSFER),
    ("German and Dutch soldiers will train Ukrainian crews in Poland next month.", EventType.TRAINING),
    ("Italy has sent 300 troops to Latvia as part of a NATO battlegroup.", EventType.DEPLOYMENT),
]
LONG = "\n\n".join(["The harvest was good this year."] * 8)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("text", "type"), SENTENCES)
def test_a_pasted_sentence_is_enough(extractor: Extractor, text: str, type: EventType) -> None:
    found = extractor.extract(articles.article(Record("text", "text", text)))
    assert type in {event.type for event in found.events}


def test_only_a_brief_text_is_spared(extractor: Extractor) -> None:
    text = SENTENCES[1][0]
    bodies = {"brief": text, "long": f"{text}\n\n{LONG}"}
    brief, long = extractor.scenes([articles.article(Record(name, name, body)) for name, body in bodies.items()])
    chances = []
    for scene in (brief, long):
        found = reports(scene)
        (report,) = [one for one in found if one.event.type is EventType.ARMS_TRANSFER]
        assert (BRIEF in report.signals) is (scene is brief)
        chances.append(weights().probability(signals(report, found)))
    assert chances[0] > chances[1]
