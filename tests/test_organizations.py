"""Organisations as articles name them: ships, units, companies and bodies with their states, and what is none."""

import tomllib
from pathlib import Path

import pytest

from kg.extraction import Extractor
from kg.mentions.organizations import OrganizationMention
from kg.model import Article
from kg.scenes import prose
from ontology.reference import organizations

TABLE = tomllib.loads(Path(__file__).with_name("organizations.toml").read_text(encoding="utf-8"))["case"]
ROWS = [(case["what"], row[0], tuple(row[1:])) for case in TABLE for row in case["rows"]]
LABELS = {one.id: one.label for one in organizations()}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def found(extractor: Extractor, text: str) -> tuple[OrganizationMention, ...]:
    article = Article(id="a", text=text, title="")
    scene, _ = extractor.scene(article, extractor._nlp(prose(article)))
    return scene.organizations


def told(mention: OrganizationMention) -> str:
    """The name, or the label of a known organisation, with its state."""
    name = LABELS[mention.key] if mention.key else mention.name
    return f"{name}/{mention.state}" if mention.state else name


def test_the_table_has_enough_sentences() -> None:
    none = [text for _, text, expected in ROWS if not expected]
    assert len(ROWS) - len(none) >= 60
    assert len(none) >= 15


@pytest.mark.parametrize(("what", "text", "expected"), ROWS, ids=[text for _, text, _ in ROWS])
def test_the_organizations_of_a_sentence(extractor: Extractor, what: str, text: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(told, found(extractor, text))) == expected, what
