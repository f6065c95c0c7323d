"""Military units by number: "the 82nd airborne division", "2nd Battalion, 5th Marines", "Nos 9 and 11 Squadrons"."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg.lexicon import words

_ORDINAL = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)|[0-9]{1,3}d")
_NUMBER = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th|d)?|[IVX]{1,5}")
_NUMBERED = frozenset({"No.", "No", "Nos.", "Nos"})


@cache
def _list(name: str) -> frozenset[str]:
    """A list of `kg/lexicon/units.toml`, made a set only once."""
    return words("units", name)


def find_units(doc: Doc) -> Iterator[tuple[int, int]]:
    """The spans of units with a number before or behind their word, in order."""
    i = 0
    while i < len(doc):
        end = _ordinal(doc, i) or _plain(doc, i)
        if end is None:
            i += 1
            continue
        further = _parent(doc, end)
        yield i, further
        i = further


def _ordinal(doc: Doc, start: int) -> int | None:
    """The end of a unit that begins with an ordinal: "39th naval escort task group"."""
    if not _ORDINAL.fullmatch(doc[start].text):
        return None
    best = None
    for i in range(start + 1, min(start + 6, len(doc))):
        token = doc[i]
        if token.is_sent_start or not (token.is_alpha or token.text in {"(", ")", "-"}):
            break
        if token.lower_ in _list("heads") and _is_unit(doc, start, i):
            best = i + 1
        elif not token.text[:1].isupper() and not _describes(token):
            break
    return best


def _describes(token: Token) -> bool:
    return token.pos_ in {"ADJ", "NOUN", "PROPN"} or token.dep_ == "amod" or token.text in {"(", ")", "-"}


def _is_unit(doc: Doc, start: int, head: int) -> bool:
    """Whether the head and what describes it is a unit; "the 5th group" and "the 2nd army chief" are none."""
    bare = head == start + 1
    followed = head + 1 < len(doc) and doc[head].dep_ == "compound" and not doc[head].text[:1].isupper()
    return not followed and not (bare and doc[head].lower_ in _list("vague"))


def _plain(doc: Doc, start: int) -> int | None:
    """The end of a unit with a bare number: "No. 43 Squadron", "20 Para Battalion"."""
    i = start
    if doc[i].text in _NUMBERED and i + 3 < len(doc):
        i += 2 if doc[i + 1].text == "." else 1
    if not _NUMBER.fullmatch(doc[i].text) or (start and doc[start - 1].text in {"Block", "Type", "-", "/"}):
        return None
    for head in range(i + 1, min(i + 5, len(doc))):
        token = doc[head]
        if not token.text[:1].isupper() or token.is_sent_start:
            return None
        if token.lower_ in _list("numbered") and (doc[i].text.isdigit() or head == i + 1):
            return head + 1
    return None


def _parent(doc: Doc, end: int) -> int:
    """The end of the name with the regiment that the battalion is part of: "2nd Battalion, 5th Marines"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end - 1].lower_ not in _list("parts"):
        return end
    further = _ordinal(doc, end + 1) or _regiment(doc, end + 1)
    return further or end


def _regiment(doc: Doc, start: int) -> int | None:
    """The end of a regiment by name at `start`: "The Rifles", "Parachute Regiment", "Royal Welch Fusiliers"."""
    i = start
    while i < len(doc) and i - start < 6 and (doc[i].text[:1].isupper() or doc[i].lower_ == "the"):
        if doc[i].lower_ in _list("regiments"):
            return i + 1
        i += 1
    return None


def numbered_behind(doc: Doc, end: int) -> int:
    """The end of a name with the number behind it: "Air Defence Missile Wing 1", "Patrol Squadron (VP) 47"."""
    i = end
    if i + 2 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")" and doc[i + 1].is_upper:
        i += 3
    if i < len(doc) and re.fullmatch("[0-9]{1,3}", doc[i].text) and doc[end - 1].lower_ in _list("numbered"):
        following = doc[i + 1] if i + 1 < len(doc) else None
        return i + 1 if following is None or following.pos_ not in {"NOUN", "PROPN", "ADJ"} else end
    return end
