"""Names of bodies by their capitals: runs of capitalised words around a word for an organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from kg.lexicon import load
from kg.mentions.units import numbered_behind

POSTS = frozenset({"Chief", "Head", "Chairman", "Director", "Commander", "Secretary", "Minister", "President"})
"""A capitalised run that starts with one of these is a post, and no organisation."""

_INNER = frozenset({"of", "and", "for", "&", "the", "on", "-"})
_LINKS = frozenset({"of", "for", "on"})
_ENDS = frozenset({"the", "a", "an", "and", "of", "for", "on", "&", "-"})


@dataclass(frozen=True, slots=True)
class _Words:
    heads: frozenset[str]
    of: frozenset[str]
    weak: frozenset[str]
    fields: frozenset[str]
    goods: frozenset[str]
    not_before: frozenset[str]
    realms: frozenset[str]
    regions: frozenset[str]
    openers: frozenset[str]


@cache
def _words() -> _Words:
    table: Any = load("organizations")["heads"]
    return _Words(
        heads=frozenset(table["words"]) | frozenset(table["weak"]),
        of=frozenset(table["of"]),
        weak=frozenset(table["weak"]),
        fields=frozenset(table["fields"]),
        goods=frozenset(table["goods"]),
        not_before=frozenset(table["not_before"]),
        realms=frozenset(table["realms"]),
        regions=frozenset(table["regions"]),
        openers=frozenset(table["openers"]),
    )


def find_capitals(doc: Doc, codes: dict[int, str]) -> Iterator[tuple[int, int]]:
    """The spans of names of at least two words that end in, or start with "Ministry of", a word for an organisation.

    `codes` maps the tokens of states and their known organisations to states.
    """
    for start, end in _runs(doc):
        for part_start, part_end in _split(doc, start, end, codes):
            for first, last in _spans(doc, part_start, part_end):
                left, right = _trimmed(doc, first, last), _extended(doc, last)
                if right - left >= 2 and _is_body(doc, left, last, codes):
                    yield left, right


def _is_body(doc: Doc, left: int, right: int, codes: dict[int, str]) -> bool:
    """Whether the span names a body, and no post, place, goods or treaty."""
    words, head = _words(), doc[right - 1]
    if doc[left].text in POSTS or (head.text == "Staff" and _has_post(doc, left - 3, right)):
        return False
    behind = doc[right] if right < len(doc) and not doc[right].is_sent_start else None
    if behind is not None and behind.text in words.not_before:
        return False
    if head.text in words.weak and not any(token.text in words.fields for token in doc[left : right - 1]):
        return head.text in words.of and any(token.lower_ in _LINKS for token in doc[left:right])
    bare = head.text == "Systems" or (head.text == "Industries" and right - left == 2)
    if bare and doc[right - 2].text in words.goods:
        return False
    return not (head.text in {"Union", "Alliance"} and right - 2 in codes)


def _has_post(doc: Doc, start: int, end: int) -> bool:
    return any(token.text in POSTS for token in doc[max(0, start) : end])


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Spans of capitalised words, with "of", "and", "for" inside."""
    i = 0
    while i < len(doc):
        if not _begins(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc):
            capital = doc[end].text[:1].isupper() and not doc[end].is_sent_start
            inner = doc[end].lower_ in _INNER or (doc[end].text in {"'s", "’s"} and doc[end - 1].text == "People")
            if capital or (inner and _continues(doc, end)):
                end += 1
            else:
                break
        yield i, end
        i = end


def _begins(token: Token) -> bool:
    return (
        (token.text[:1].isupper() and token.is_alpha)
        or token.text[:1].isdigit()
        or (token.text[:1].isupper() and token.text[1:2] == ".")
    )


def _continues(doc: Doc, position: int) -> bool:
    """Whether a capitalised word follows the linking words at `position`."""
    after = position + (doc[position].text in {"'s", "’s"})
    while after < len(doc) and after - position < 2 and doc[after].lower_ in _INNER:
        after += 1
    return after < len(doc) and doc[after].text[:1].isupper() and not doc[after].is_sent_start


def _split(doc: Doc, start: int, end: int, codes: dict[int, str]) -> Iterator[tuple[int, int]]:
    """The parts of a capitalised run, cut at each "and" beside the name of a state."""
    left = start
    for i in range(start, end):
        if doc[i].lower_ in {"and", "&"} and (i - 1 in codes or i + 1 in codes):
            yield left, i
            left = i + 1
    yield left, end


def _spans(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a capitalised run that name organisations: cut at "and" between two heads, from the left."""
    words = _words()
    left = i = _past(doc, start, end)
    while i < end:
        token = doc[i]
        if token.text in words.of and i + 1 < end and doc[i + 1].lower_ in {"of", "for"}:
            right = i + 2
            while right < end and not (doc[right].lower_ == "and" and _new_name(doc, right, end)):
                right += 1
            yield left, right
            left = i = right + 1
        elif token.text in words.heads:
            further = _further(doc, i, end)
            if further > i:
                i = further
                continue
            yield left, i + 1
            left = i = _past(doc, i + 1, end)
        else:
            i += 1


def _further(doc: Doc, head: int, end: int) -> int:
    """The next head of the same name, as in "Special Forces Training School", or `head` when there is none."""
    words = _words()
    for i in range(head + 1, min(head + 4, end)):
        token = doc[i]
        if token.text in words.heads or (token.text in words.of and _is_link(doc, i + 1, end)):
            return i
        if not token.text[:1].isupper() or token.text in words.not_before:
            return head
    return head


def _past(doc: Doc, start: int, end: int) -> int:
    """The first position from `start` on that is no linking word."""
    while start < end and doc[start].lower_ in _ENDS:
        start += 1
    return start


def _new_name(doc: Doc, position: int, end: int) -> bool:
    """Whether another organisation's name follows the "and" at `position`."""
    behind = doc[position + 1 : end]
    return any(token.text in _words().heads for token in behind) or (len(behind) > 0 and behind[0].lower_ == "the")


def _trimmed(doc: Doc, start: int, end: int) -> int:
    """Where the name begins in its span: behind counts, words that open a sentence, and "X of" of another thing."""
    words, left = _words(), start
    typed = next((i for i in range(start, end) if doc[i].text in words.of and _is_link(doc, i + 1, end)), end)
    for i in range(start + 1, end - 1):
        known = doc[i - 1].text in words.realms or (doc[i - 1].text in words.of or doc[i - 1].text in words.heads)
        if i < typed and doc[i].lower_ in _LINKS and not known:
            left = i + 1
    left = _past(doc, left, end)
    while left < end - 1 and (_is_count(doc[left].text) or doc[left].text in words.openers):
        left = _past(doc, left + 1, end)
    return left


def _is_count(text: str) -> bool:
    """Whether a word is a number that counts; "82nd" does not."""
    return text[:1].isdigit() and text[-2:] not in {"st", "nd", "rd", "th"}


def _is_link(doc: Doc, i: int, end: int) -> bool:
    return i < end and doc[i].lower_ in {"of", "for"}


def _extended(doc: Doc, end: int) -> int:
    """Where the name ends with the number or region behind it: "Wing 1", "Special Operations Command Africa"."""
    right = numbered_behind(doc, end)
    regional = right < len(doc) and doc[right].text in _words().regions
    return right + 1 if regional and doc[right - 1].text in {"Command", "Force", "Forces"} else right
