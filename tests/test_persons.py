"""Persons in their constructions: `persons.toml` holds the cases, one sentence each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from kg.english.tokens import tune
from kg.mentions import gazetteer
from kg.persons import PersonMention, find_people

TABLE = tomllib.loads((Path(__file__).parent / "persons.toml").read_text("utf-8"))["case"]
NEGATIVES = [case for case in TABLE if not case["people"]]


@dataclass(frozen=True, slots=True)
class Finder:
    """The tokenizer alone, without tags and recogniser, and the reference names."""

    nlp: Language

    def find(self, text: str) -> tuple[PersonMention, ...]:
        """The persons in `text`."""
        doc = self.nlp(text)
        return find_people(doc, gazetteer.find(doc))[0]


@pytest.fixture(scope="module")
def finder() -> Finder:
    nlp = tune(spacy.blank("en"))
    return Finder(nlp)


def test_the_table_is_large_enough() -> None:
    """At least ninety constructions, at least twenty-five of them without a person, none twice."""
    assert len(TABLE) >= 120
    assert len(NEGATIVES) >= 25
    assert len({case["text"] for case in TABLE}) == len(TABLE)


def _row(mention: PersonMention) -> dict[str, Any]:
    """The mention as a table row."""
    post = mention.posts[0] if mention.posts else None
    row = {
        "name": mention.name,
        "rank": mention.rank,
        "post": post.name if post else None,
        "state": mention.state,
        "former": True if post and post.former else None,
    }
    return {key: value for key, value in row.items() if value is not None}


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["text"][:60])
def test_construction(case: dict[str, Any], finder: Finder) -> None:
    """Name, rank, post and state come out as the table says, and nobody else does."""
    mentions = finder.find(case["text"])
    wanted = [{k: v for k, v in person.items() if k != "organization"} for person in case["people"]]
    assert [_row(mention) for mention in mentions] == wanted
    for mention, person in zip(mentions, case["people"], strict=True):
        if "organization" in person:
            assert mention.organization == person["organization"]
