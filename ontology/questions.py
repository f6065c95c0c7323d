"""The competency questions: what the graph must be able to answer, each with the query that asks it (`queries/*.rq`).

They run on the union of a store's graphs. Parameters are the `VALUES` of a query, with defaults that samples answer.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HEADER = re.compile(r"# (Title|Question|Parameter): (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its id (the file's stem), what it asks, what its parameters mean, and the SPARQL text."""

    id: str
    title: str
    question: str
    parameters: tuple[str, ...]
    query: str


@cache
def questions() -> tuple[Question, ...]:
    """All competency questions, by id.

    Raises:
        ValueError: a file lacks its title or question; the message names the file.
    """
    entries = [entry for entry in files("ontology").joinpath("queries").iterdir() if entry.name.endswith(".rq")]
    return tuple(
        question(entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(entries, key=lambda one: one.name)
    )


def question(name: str, text: str) -> Question:
    """The question in the file of this name."""
    said: dict[str, list[str]] = {"Title": [], "Question": [], "Parameter": []}
    for key, value in HEADER.findall(text):
        said[key].append(value)
    if len(said["Title"]) != 1 or len(said["Question"]) != 1:
        raise ValueError(f'{name}: start it with one line "# Title: ..." and one "# Question: ..."')
    return Question(name.removesuffix(".rq"), said["Title"][0], said["Question"][0], tuple(said["Parameter"]), text)
