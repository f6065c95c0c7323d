"""Variants of paragraphs with names: other names in the same places, and titles before persons.

Only for training the recogniser of names: the trees of a changed paragraph would no longer fit, so they are dropped.
"""
import csv
from dataclasses import replace
from importlib.resources import files
from random import Random

from kg.english.paragraphs import Paragraph, Word, has_tags
from kg.english.words import words as listed

TITLES = listed("person_titles")
"""What stands before a person's name and is no part of it."""

_BARE = frozenset(TITLES) - {"Prince", "Major"}

Name = tuple[tuple[str, bool], ...]
Pool = dict[str, list[Name]]
"""For each label the distinct names, each a row of words that may have a blank behind them."""


def spans(paragraph: Paragraph) -> list[tuple[int, int, str]]:
    """Return the first index, the index after the last, and the label of each name."""
    found: list[tuple[int, int, str]] = []
    for i, word in enumerate(paragraph):
        if word.name.startswith("B-"):
            j = i + 1
            while j < len(paragraph) and paragraph[j].name.startswith("I-"):
                j += 1
            found.append((i, j, word.name[2:]))
    return found


def trimmed(paragraph: Paragraph) -> Paragraph:
    """Return `paragraph` with titles and articles that begin a name left outside it, the same way in every corpus."""
    words = list(paragraph)
    for i, j, label in spans(paragraph):
        outside = words[i].text in _BARE if label == "PER" else words[i].text == "the"
        if outside and j > i + 1:
            words[i] = replace(words[i], name="O")
            words[i + 1] = replace(words[i + 1], name=f"B-{label}")
    return tuple(words)


def pool(corpus: list[Paragraph]) -> Pool:
    """Return the names of `corpus`, and the states and capitals of the reference table as places."""
    names: dict[str, set[Name]] = {}
    for paragraph in corpus:
        for i, j, label in spans(paragraph):
            names.setdefault(label, set()).add(tuple((word.text, word.space) for word in paragraph[i:j]))
    places = files("ontology").joinpath("reference/states.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(places):
        for place in (row["label"], *row["capital"].split("|")):
            if place and place.replace(" ", "").isalpha():
                names.setdefault("LOC", set()).add(tuple((part, True) for part in place.split()))
    return {label: sorted(members) for label, members in sorted(names.items())}


def _name_word(text: str, space: bool, tagged: bool, name: str) -> Word:
    """Return a word of a name or a title, a proper noun where the paragraph is `tagged`."""
    return Word(text, space, pos="PROPN" if tagged else "", morph="Number=Sing" if tagged else "", name=name)


def _title(random: Random, tagged: bool) -> list[Word]:
    """Return the words of a title, outside any name."""
    parts = random.choice(TITLES).split()
    return [_name_word(part, True, tagged, "O") for part in parts]


def swap(paragraph: Paragraph, random: Random, names: Pool, share: float, titled: float) -> Paragraph:
    """Return `paragraph` with the `share` of its names replaced, and titles before `titled` of its persons."""
    tagged = has_tags(paragraph)
    words: list[Word] = []
    end = 0
    for i, j, label in spans(paragraph):
        words += paragraph[end:i]
        end = j
        if label == "PER" and random.random() < titled and not (i and paragraph[i - 1].text in _BARE):
            words += _title(random, tagged)
        if random.random() < share:
            name = random.choice(names[label])
            words += [
                _name_word(text, space, tagged, ("I-" if k else "B-") + label) for k, (text, space) in enumerate(name)
            ]
            words[-1] = replace(words[-1], space=paragraph[j - 1].space)
        else:
            words += paragraph[i:j]
    words += paragraph[end:]
    return tuple(replace(word, start=word.start or k == 0, lemma="", head=0, dep="") for k, word in enumerate(words))
