"""Time expressions, by a table of sentences and the dates that they mean."""

import doctest
import time
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kg import dates, edtf
from kg.dates import readings, words


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence in its setting, and what is to be found in it."""

    group: str
    published: date | None
    future: bool
    lead: date | None
    told: str | None
    text: str
    when: tuple[str, ...]
    kinds: tuple[str, ...]


def read() -> list[Case]:
    """The cases of the table."""
    table = tomllib.loads((Path(__file__).parent / "dates.toml").read_text(encoding="utf-8"))
    return [
        Case(
            group["name"],
            group.get("published"),
            group.get("future", False),
            group.get("lead"),
            group.get("told"),
            text,
            tuple(when.split()),
            tuple(kinds[0].split()) if kinds else (),
        )
        for group in table["group"]
        for text, when, *kinds in group["cases"]
    ]


CASES = read()


def found(case: Case) -> tuple[dates.TimeMention, ...]:
    return dates.find(case.text, case.published, future=case.future, lead=case.lead, told=case.told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.group}: {case.text}")
def test_sentence_means_these_dates(case: Case) -> None:
    times = found(case)
    assert tuple(item.when for item in times) == case.when
    assert not case.kinds or tuple(item.kind.value for item in times) == case.kinds


def test_table_is_whole() -> None:
    negatives = [case for case in CASES if not case.when]
    assert (len(CASES), len(negatives)) == (372, 71)


def test_mentions_lie_in_the_text_in_order_and_have_bounds() -> None:
    count = 0
    for case in CASES:
        end = 0
        for item in found(case):
            count += 1
            assert end <= item.start < item.end <= len(case.text)
            assert case.text[item.start : item.end].strip() == case.text[item.start : item.end]
            first, last = edtf.bounds(item.when)
            assert first <= last
            end = item.end
    assert count > 250


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("next week", True),
        ("next Friday", True),
        ("tomorrow", True),
        ("later this month", True),
        ("last month", False),
        ("yesterday", False),
        ("two days ago", False),
        ("earlier this year", False),
        ("over the past three years", False),
        ("since 2014", False),
        ("on Tuesday", None),
        ("in May", None),
        ("this year", None),
    ],
)
def test_expression_says_whether_it_is_to_come(text: str, future: bool | None) -> None:
    (item,) = dates.find(text, date(2018, 8, 8))
    assert item.future is future


def test_span_covers_the_words_that_join_it() -> None:
    text = "They drilled from June 30 to July 4, and have met since 2014."
    assert [text[item.start : item.end] for item in dates.find(text, date(2018, 8, 8))] == [
        "from June 30 to July 4",
        "since 2014",
    ]


def test_every_sentence_with_a_time_has_a_hint_of_one() -> None:
    texts = [case.text for case in CASES if case.when]
    assert [text for text in texts if not words.HINT.search(text)] == []


def test_an_article_takes_a_few_milliseconds() -> None:
    sentences = [case for case in CASES if case.published]
    size = sum(len(case.text.split()) for case in sentences)
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for case in sentences:
            found(case)
        best = min(best, time.process_time() - begun)
    assert best * 400 / size < 0.05, "400 words of nothing but dates, ten times the time that an article may take"


def test_examples_in_docstrings_hold() -> None:
    results = [doctest.testmod(module) for module in (dates, readings, words)]
    assert sum(result.attempted for result in results) >= 4
    assert sum(result.failed for result in results) == 0
