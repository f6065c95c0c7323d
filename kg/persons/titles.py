"""The title lexicon, `kg/lexicon/titles.toml`, made ready for matching."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import RuleError
from kg.persons.words import HYPHENS, POSSESSIVES, Words, compact

LONGEST = 10
"""Tokens that the longest phrase may take, hyphens counted."""

_INSIDE = HYPHENS | {".", "'", "’"}
"""Tokens without letters that may stand inside a title."""

PLURALS = (("man", "men"), ("woman", "women"), ("y", "ies"), ("chief of staff", "chiefs of staff"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One title: its usual form, and whether this spelling is a plural or says "ex-"."""

    name: str
    upper: bool = False
    plural: bool = False
    former: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the lexicon that ends before token `end`."""

    end: int
    phrase: Phrase


class Phrases:
    """Titles that are found at a token by their letters, whatever dots, hyphens and blanks lie between them."""

    def __init__(self, phrases: Iterable[tuple[str, Phrase]]) -> None:
        self._known: dict[str, Phrase] = {}
        for form, phrase in phrases:
            self._known.setdefault(compact(form), phrase)
        self._beginnings = frozenset(form[:i] for form in self._known for i in range(1, len(form) + 1))

    def at(self, words: Words, i: int, capital: bool = False) -> Match | None:
        """The longest phrase that begins at token `i`; with `capital` its first letter must be one."""
        if i < 0 or i >= len(words) or words.compacts[i] not in self._beginnings:
            return None
        if capital and not words.is_capital(i):
            return None
        found, letters, upper = None, "", True
        for j in range(i, min(i + LONGEST, len(words))):
            piece = words.compacts[j]
            if not words.together(i, j) or not (piece or words.texts[j] in _INSIDE):
                break
            letters += piece
            if letters not in self._beginnings:
                break
            upper = upper and (not piece or words.texts[j].isupper())
            phrase = self._known.get(letters)
            if phrase and piece and words.texts[j] not in POSSESSIVES and (upper or not phrase.upper):
                found = Match(_after_dot(words, j + 1), phrase)
        return found


def _after_dot(words: Words, i: int) -> int:
    """The index after a dot of its own at `i` that belongs to an abbreviation and does not end the sentence."""
    dot = words.key(i) == "." and words.joined[i - 1] and len(words.texts[i - 1]) < 6
    return i + 1 if dot and words.together(i, i + 1) else i


def _forms(name: str, plural: bool) -> Iterable[tuple[str, Phrase]]:
    """Yield the spellings of one title, with plural and "ex-" where it takes them."""
    upper = name.isupper() and len(name) < 7
    yield name, Phrase(name, upper)
    if plural:
        yield f"ex {name}", Phrase(name, upper, former=True)
        yield _plural(name), Phrase(name, upper=False, plural=True)


def _plural(name: str) -> str:
    """The plural of a post: its noun before "of", "in" or "general" changes."""
    first, gap, rest = name, "", ""
    for mark in (" of ", " in ", " general"):
        if mark in name:
            first, gap, rest = name.partition(mark)
            break
    for one, many in PLURALS:
        if first.endswith(one) and (one != "y" or first[-2:-1] not in "aeiou"):
            return f"{first.removesuffix(one)}{many}{gap}{rest}"
    return f"{first}s{gap}{rest}"


def _phrases(names: Iterable[str], plural: bool = False) -> Phrases:
    """The phrases of a list."""
    return Phrases([form for name in names for form in _forms(name, plural)])


@dataclass(frozen=True, slots=True)
class Tie:
    """Posts whose name alone tells the state, as a part of the name or, `exact`, the whole."""

    state: str
    posts: tuple[str, ...]
    but_not: tuple[str, ...]
    exact: bool

    def fits(self, name: str) -> bool:
        """Whether a post with this name, in small letters, is one of them."""
        if self.exact:
            return name in self.posts
        return any(known in name for known in self.posts) and not any(other in name for other in self.but_not)


@dataclass(frozen=True, slots=True)
class Limit:
    """The states that alone have a post (`only`), or the states that have none of that name."""

    head: str
    states: frozenset[str]
    only: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """The lexicon; word lists are in the form of `words.key`."""

    ranks: Phrases
    arms: Phrases
    retired: Phrases
    honorifics: Phrases
    heads: Phrases
    kept: Phrases
    dropped: Phrases
    former: Phrases
    departments: Phrases
    organization_nouns: Phrases
    also_names: frozenset[str]
    loose_heads: frozenset[str]
    posted: frozenset[str]
    direct: frozenset[str]
    after_things: frozenset[str]
    before_things: frozenset[str]
    never: frozenset[str]
    also_given: frozenset[str]
    also_words: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    speech: frozenset[str]
    ties: tuple[Tie, ...]
    limits: tuple[Limit, ...]
    parts: tuple[tuple[str, str], ...]


def _ranks(groups: Iterable[list[str]]) -> Phrases:
    """The ranks; every form leads to the first of its group."""
    forms = [(form, Phrase(group[0], len(form) < 4 and form.isupper())) for group in groups for form in group]
    return Phrases([*forms, *((_plural(group[0]), Phrase(group[0], plural=True)) for group in groups)])


def _read(table: Mapping[str, Any]) -> Titles:
    """The lexicon that the parsed file holds."""

    def lowered(name: str) -> frozenset[str]:
        return frozenset(word.lower() for word in table[name])

    ties = tuple(Tie(t["state"], tuple(t["posts"]), tuple(t["but_not"]), bool(t.get("exact"))) for t in table["tied"])
    limits = [
        Limit(row["head"], frozenset(row["states"]), name == "held")
        for name in ("held", "lacking")
        for row in table[name]
    ]
    return Titles(
        ranks=_ranks(table["ranks"]),
        arms=_phrases(table["arms"]),
        retired=_phrases(table["retired"]),
        honorifics=_phrases(table["honorifics"]),
        heads=_phrases(table["heads"], plural=True),
        kept=_phrases(table["kept"]),
        dropped=_phrases(table["dropped"]),
        former=_phrases(table["former"]),
        departments=_phrases(table["departments"]),
        organization_nouns=_phrases(table["organization_nouns"]),
        also_names=lowered("also_names"),
        loose_heads=lowered("loose_heads"),
        posted=lowered("posted"),
        direct=lowered("direct"),
        after_things=lowered("after_things"),
        before_things=lowered("before_things"),
        never=lowered("never"),
        also_given=lowered("also_given"),
        also_words=lowered("also_words"),
        particles=lowered("particles"),
        suffixes=lowered("suffixes"),
        speech=lowered("speech"),
        ties=ties,
        limits=tuple(limits),
        parts=tuple((name.lower(), code) for code, names in table["parts"].items() for name in names),
    )


@cache
def titles() -> Titles:
    """The title lexicon that ships with the package.

    Raises:
        RuleError: a list is missing from the file, or the file is no TOML.
    """
    path = files("kg").joinpath("lexicon/titles.toml")
    try:
        return _read(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"kg/lexicon/titles.toml: {error} is missing or wrong; restore the file") from error
