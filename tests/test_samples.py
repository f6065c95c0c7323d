"""The sample articles that come with the project: in every format, readable, dated, and of the stated length."""

from importlib.resources import files
from pathlib import Path

from kg.articles import read
from kg.model import Article

SAMPLES = Path(str(files("kg"))) / "samples"


def test_samples_are_dated_articles_with_datelines_in_every_format() -> None:
    found = list(read([SAMPLES]))
    assert len(found) == 19
    assert {file.suffix for file in SAMPLES.iterdir()} == {".txt", ".json", ".jsonl", ".html"}
    for article in found:
        assert isinstance(article, Article), article
        assert article.date, article.id
        assert article.dateline, article.id
        assert 115 <= len(article.text[article.lead :].split()) <= 300, article.id
