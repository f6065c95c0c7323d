"""What acts are about: meetings, visits, agreements and exercises that look like those of defence."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest

from kg.acts.events import Report
from kg.acts.merging import merge
from kg.acts.receptions import without_hosts
from kg.acts.subjects import of_defence
from kg.extraction import Extractor, told
from kg.model import Article, EventType, Person, Role
from kg.scenes import Scene, prose

A, M, V, X = EventType.AGREEMENT, EventType.MEETING, EventType.VISIT, EventType.EXERCISE

CASES = [
    (
        M,
        True,
        "Chile's president met the president of Peru in Lima on Monday to discuss joint patrols by their navies.",
    ),
    (M, True, "Defence Minister Ana Reyes of Chile met the president of Peru on Monday and praised the fruit."),
    (M, False, "Chile's president met the president of Peru on Monday and discussed visas and the graves of soldiers."),
    (M, False, "The presidents of Chile and Peru met in Lima. It rained. Elsewhere, a navy ship hit an army pier."),
    (V, False, "President Ana Reyes of Chile visited Peru for talks on trade, migrants and the war of 1879."),
    (V, True, "President Ana Reyes of Chile visited Peru for talks on trade and the arms race."),
    (A, True, "Chile and Peru signed an agreement on trade in ammunition."),
    (A, False, "An army band played as Chile and Peru met. Chile and Peru signed an agreement on fisheries and visas."),
    (A, False, "Armenia and Azerbaijan signed an agreement on a ceasefire between their armies."),
]


@cache
def extractor() -> Extractor:
    """The shipped pipeline, loaded once."""
    return Extractor()


def read(text: str) -> tuple[Scene, Sequence[Report]]:
    """The scene of an article that is this text, and all that may be acts in it."""
    article = Article("a", text, "", date(2019, 5, 8))
    scene = extractor().scene(article, extractor()._nlp(prose(article)))[0]
    return scene, merge(told(scene))


@pytest.mark.parametrize(("type", "kept", "text"), CASES, ids=[text[:60] for *_, text in CASES])
def test_what_is_about_something_else_is_left_out(type: EventType, kept: bool, text: str) -> None:
    scene, reports = read(text)
    assert type in {report.event.type for report in reports}
    assert (type in {report.event.type for report in of_defence(reports, scene)}) is kept


def test_an_exercise_that_only_the_models_find_needs_a_side_or_a_word_of_company() -> None:
    text = "Sweden and Finland are neighbours. The army ended its winter exercise on Sunday with 6,000 conscripts."
    for more, kept in (("", False), (" It was a joint effort.", True)):
        scene, reports = read(text + more)
        assert X in {report.event.type for report in reports}
        assert (X in {report.event.type for report in of_defence(reports, scene)}) is kept


def test_who_receives_a_visit_is_no_visitor() -> None:
    _, reports = read(
        "General Omar Haddad of Jordan visited Oman, where Defence Minister Said Nasr of Oman greeted him."
    )
    visits = [without_hosts(report).event for report in reports if report.event.type is V]
    persons = {part.actor.name for one in visits for part in one.participations if isinstance(part.actor, Person)}
    assert persons == {"Omar Haddad"}
    assert all(
        part.role is Role.VISITOR for one in visits for part in one.participations if isinstance(part.actor, Person)
    )
