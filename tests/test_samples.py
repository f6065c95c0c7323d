"""The sample articles that come with the project: in every format, readable, dated, and of the stated length."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.extraction import Extractor
from kg.model import Article
from kg.rdf import shapes
from kg.reading.articles import read
from ontology.questions import Question, questions

SAMPLES = Path(str(files("kg"))) / "samples"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A store of what the pipeline extracts from the samples."""
    articles = (article for article in read([SAMPLES]) if isinstance(article, Article))
    with in_memory() as made:
        for extraction in Extractor().extract_all(articles):
            made.put(extraction, "samples")
        yield made


def test_samples_are_dated_articles_with_datelines_in_every_format() -> None:
    found = list(read([SAMPLES]))
    assert len(found) == 19
    assert {file.suffix for file in SAMPLES.iterdir()} == {".txt", ".json", ".jsonl", ".html"}
    for article in found:
        assert isinstance(article, Article), article
        assert article.date, article.id
        assert article.dateline, article.id
        assert 115 <= len(article.text[article.lead :].split()) <= 300, article.id


def test_the_graph_of_the_samples_keeps_to_the_shapes(store: Store) -> None:
    assert len(store.sources()) == 19
    assert shapes.check(store.quads(), store.base) == []


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.id)
def test_every_question_as_it_is_written_has_an_answer_on_the_samples(store: Store, asked: Question) -> None:
    rows = store.query(asked.query)
    assert isinstance(rows, QuerySolutions)
    assert list(rows)
