"""Whose a ship, unit or body is: the state in the words around its name."""

from collections.abc import Container, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from kg.lexicon import words
from kg.mentions.gazetteer import Kind, Mention

REACH = 8
"""The most words between a name and the state before it."""

_BETWEEN = frozenset({"ADJ", "NOUN", "NUM", "PROPN", "ADV"})
_SIGNS = frozenset({"'s", "’s", "'", "’", "the", "-"})
_MADE = frozenset({"made", "built", "designed", "supplied", "led", "based", "flagged", "origin", "trained", "backed"})


@cache
def _list(name: str) -> frozenset[str]:
    """A list of `kg/lexicon/units.toml`, made a set only once."""
    return words("units", name)


def state_around(doc: Doc, start: int, end: int, codes: dict[int, str]) -> str | None:
    """The state in the phrase of the tokens `start` to `end`, before them or behind "of"; `codes` maps token to state.

    "the Indian Navy's stealth frigate X", "X of the Polish army", "Romanian soldiers of the X".
    """
    return state_before(doc, start, codes) or state_behind(doc, end, codes) or _of_people(doc, start, codes)


def state_before(doc: Doc, start: int, codes: dict[int, str]) -> str | None:
    """The state among the words right before `start`, not one that only made the thing ("Russian-built")."""
    for i in range(start - 1, max(-1, start - 1 - REACH), -1):
        token = doc[i]
        if i in codes:
            return None if _made(doc, i) else codes[i]
        if token.is_sent_start and token.i + 1 == start:
            return None
        if token.lower_ not in _SIGNS and not _describes(token):
            return None
    return None


def _describes(token: Token) -> bool:
    return token.pos_ in _BETWEEN or token.dep_ == "amod"


def _made(doc: Doc, i: int) -> bool:
    """Whether the state at `i` is only that of the maker or leader: "-built" follows it."""
    return any(word.lower_ in _MADE for word in doc[i + 1 : i + 3])


def state_behind(doc: Doc, end: int, codes: dict[int, str], links: Container[str] = frozenset({"of"})) -> str | None:
    """The state behind "of": "the frigate X of the Indian Navy"."""
    if end >= len(doc) or doc[end].lower_ not in links:
        return None
    for token in doc[end + 1 : end + 5]:
        if token.i in codes:
            return codes[token.i]
        if token.lower_ not in {"the", "its"} and not _describes(token):
            return None
    return None


def _of_people(doc: Doc, start: int, codes: dict[int, str]) -> str | None:
    """The state of those who are "of" or "from" the name: "US paratroopers of the 9th Brigade"."""
    i = start - 1
    if i > 0 and doc[i].lower_ == "the":
        i -= 1
    if i > 0 and doc[i].lower_ in {"of", "from"} and doc[i - 1].pos_ == "NOUN":
        return state_before(doc, i, codes)
    return None


def state_of_sentence(doc: Doc, start: int, names: Sequence[Mention], codes: dict[int, str]) -> str | None:
    """The one state whose people or forces the sentence names before `start`: "A Thai flotilla with the frigate X"."""
    first = doc[start].sent.start
    mine = [one for one in names if first <= one.start < start and one.start in codes]
    said = {codes[one.start] for one in mine if one.kind is Kind.ORGANIZATION or _is_of_people(doc, one)}
    return said.pop() if len(said) == 1 else None


def _is_of_people(doc: Doc, mention: Mention) -> bool:
    """Whether a demonym describes people or ships, and no place: "the Greek capital"."""
    return mention.kind is Kind.DEMONYM and doc[mention.end - 1].head.lower_ not in _list("places")
