"""Variants of paragraphs with other names in the same places: the corpora know few of the world's states and people.

For trees, one word takes the place of one word. For names, any name takes the place of another of its label, and titles
go before persons; no tree would fit after that, so trees are dropped.
"""

import csv
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random

from kg.english.paragraphs import Paragraph, Word, has_tags
from kg.english.words import words as listed

TITLES = listed("person_titles")
"""What stands before a person's name and is no part of it."""

_BARE = frozenset(TITLES) - {"Prince", "Major"}

Name = tuple[tuple[str, bool], ...]
Pool = dict[str, tuple[tuple[Name, ...], ...]]
"""For each label the groups of names to draw from, each name a row of words that may have a blank behind them."""


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


def _table(table: str, *columns: str) -> list[str]:
    """Return what a reference table has in `columns`, the first of each list, letters and blanks only, sorted."""
    rows = csv.DictReader(files("ontology").joinpath(f"reference/{table}.csv").read_text("utf-8").splitlines())
    found = {row[column].split("|")[0] for row in rows for column in columns}
    return sorted(name for name in found if name.replace(" ", "").isalpha())


def _known(table: str, *columns: str) -> tuple[Name, ...]:
    """Return the names of a reference table, each word with a blank behind it."""
    return tuple(tuple((part, True) for part in name.split()) for name in _table(table, *columns))


def pool(corpus: list[Paragraph]) -> Pool:
    """Return the names of `corpus`, and as further groups those of the reference tables."""
    names: dict[str, set[Name]] = {}
    for paragraph in corpus:
        for i, j, label in spans(paragraph):
            names.setdefault(label, set()).add(tuple((word.text, word.space) for word in paragraph[i:j]))
    own: Pool = {label: (tuple(sorted(members)),) for label, members in sorted(names.items())}
    tables = {
        "LOC": (_known("states", "label", "capital"), _known("places", "label")),
        "ORG": (_known("organizations", "label"),),
    }
    return {label: (*groups, *tables.get(label, ())) for label, groups in own.items()}


@dataclass(frozen=True, slots=True)
class States:
    """Names of one word that can stand for one another in a tree: states with their capitals, and their adjectives."""

    places: tuple[str, ...]
    demonyms: tuple[str, ...]


def states() -> States:
    """Return the one-word names of the reference table of states."""
    return States(
        places=tuple(name for name in _table("states", "label", "capital") if " " not in name),
        demonyms=tuple(name for name in _table("states", "demonyms") if " " not in name),
    )


def move(paragraph: Paragraph, random: Random, known: States, share: float) -> Paragraph:
    """Return `paragraph` with the `share` of its states, capitals and nationality adjectives replaced; trees stay."""
    words: list[Word] = []
    for word in paragraph:
        for group in (known.places, known.demonyms):
            if word.text in group and word.pos in {"PROPN", "ADJ"} and random.random() < share:
                name = random.choice(group)
                word = replace(word, text=name, lemma=name)
                break
        words.append(word)
    return tuple(words)


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
            name = random.choice(random.choice(names[label]))
            words += [
                _name_word(text, space, tagged, ("I-" if k else "B-") + label) for k, (text, space) in enumerate(name)
            ]
            words[-1] = replace(words[-1], space=paragraph[j - 1].space)
        else:
            words += paragraph[i:j]
    words += paragraph[end:]
    return tuple(replace(word, start=word.start or k == 0, lemma="", head=0, dep="") for k, word in enumerate(words))
