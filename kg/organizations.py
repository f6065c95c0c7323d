"""Organisations by name: known bodies, ministries, forces, units, ships, joint bodies, with the state of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from kg.gazetteer import Kind, Mention
from kg.lexicon import load
from ontology import reference


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """The tokens `start` to `end` (exclusive) name an organisation; `key` is its id where the tables know it."""

    start: int
    end: int
    name: str
    state: str | None = None
    key: str | None = None
    acronym: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    ships: dict[str, str]
    heads: frozenset[str]
    of: frozenset[str]
    bodies: frozenset[str]


@cache
def _words() -> _Words:
    table: Any = load("organizations")
    return _Words(
        ships=table["ships"],
        heads=frozenset(table["heads"]["words"]),
        of=frozenset(table["heads"]["of"]),
        bodies=frozenset(table["bodies"]["words"]),
    )


@cache
def _known() -> dict[str, reference.Organization]:
    return {organization.id: organization for organization in reference.organizations()}


def is_body(name: str) -> bool:
    """Whether the name is that of a joint body or session, which is a meeting when it is held."""
    return name.rsplit(" ", 1)[-1] in _words().bodies


def find_organizations(doc: Doc, names: Sequence[Mention], taken: set[int]) -> tuple[OrganizationMention, ...]:
    """The organisations that `doc` names, in order and without overlaps; tokens in `taken` (persons) are left out.

    A name given with its acronym, "Joint Military Consultative Committee (JMCC)", is known by the acronym later on.
    """
    found: list[OrganizationMention] = []
    used = set(taken)
    for finder in (_ships, _capitalised, _listed):
        for mention in finder(doc, names):
            span = range(mention.start, mention.end)
            if used.isdisjoint(span):
                used.update(span)
                found.append(mention)
    acronyms = {mention.acronym: mention for mention in found if mention.acronym}
    for token in doc:
        if token.text in acronyms and token.i not in used:
            known = acronyms[token.text]
            found.append(OrganizationMention(token.i, token.i + 1, known.name, known.state, known.key, token.text))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit()


def _ships(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Warships by the prefix of their navy."""
    for token in doc[:-1]:
        state = _words().ships.get(token.text)
        if state is None:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < 5 and (
            doc[end].text[:1].isupper() or (doc[end].lower_ in {"de", "el", "al", "of"} and end > token.i + 1)
        ):
            end += 1
        if end > token.i + 1:
            yield OrganizationMention(token.i, end, doc[token.i:end].text, state)


POSTS = frozenset({"Chief", "Head", "Chairman", "Director", "Commander", "Secretary", "Minister", "President"})
"""A capitalised run that starts with one of these is a post, and no organisation."""

_INNER = frozenset({"of", "and", "for", "&", "the", "on", "-"})


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Spans of capitalised words, with "of", "and", "for" inside."""
    i = 0
    while i < len(doc):
        if not _is_capital(doc[i]) or (not doc[i].is_alpha and not doc[i].text[:1].isdigit()):
            i += 1
            continue
        end = i + 1
        while end < len(doc):
            capital = doc[end].text[:1].isupper() and not doc[end].is_sent_start
            if capital or (doc[end].lower_ in _INNER and _continues(doc, end)):
                end += 1
            else:
                break
        yield i, end
        i = end


def _continues(doc: Doc, position: int) -> bool:
    """Whether a capitalised word follows the linking words at `position`."""
    after = position
    while after < len(doc) and after - position < 2 and doc[after].lower_ in _INNER:
        after += 1
    return after < len(doc) and doc[after].text[:1].isupper() and not doc[after].is_sent_start


def _capitalised(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Names that end in, or start with "Ministry of", a word for an organisation."""
    words = _words()
    codes = _codes(names)
    for start, end in _runs(doc):
        for part_start, part_end in _split(doc, start, end, codes):
            for left, right in _organization_spans(doc, part_start, part_end, words):
                if right - left < 2 or doc[left].text in POSTS:
                    continue
                name = doc[left:right].text
                inside = (codes[i] for i in range(left, right) if i in codes)
                state = next(inside, None) or _possessor(doc, left, codes)
                yield OrganizationMention(left, right, name, state, _key(name), _acronym(doc, right))


def _split(doc: Doc, start: int, end: int, codes: dict[int, str]) -> Iterator[tuple[int, int]]:
    """The parts of a capitalised run, cut at each "and" beside the name of a state."""
    left = start
    for i in range(start, end):
        if doc[i].lower_ in {"and", "&"} and (i - 1 in codes or i + 1 in codes):
            yield left, i
            left = i + 1
    yield left, end


def _codes(names: Sequence[Mention]) -> dict[int, str]:
    """Token -> state, for every token of a name of a state or of a known organisation of a state."""
    codes: dict[int, str] = {}
    for mention in names:
        state = mention.state
        if mention.kind is Kind.ORGANIZATION:
            state = _known()[mention.key].state
        if state and mention.kind is not Kind.CAPITAL:
            codes.update(dict.fromkeys(range(mention.start, mention.end), state))
    return codes


def _organization_spans(doc: Doc, start: int, end: int, words: _Words) -> Iterator[tuple[int, int]]:
    """The parts of a capitalised run that name organisations: cut at "and" between two heads, from the left."""
    left = start
    while left < end and doc[left].lower_ in {"the", "a", "and", "of", "for", "on"}:
        left += 1
    i = left
    while i < end:
        token = doc[i]
        if token.text in words.of and i + 1 < end and doc[i + 1].lower_ in {"of", "for"}:
            right = i + 2
            while right < end and not (doc[right].lower_ in {"and"} and _new_name(doc, right, end, words)):
                right += 1
            yield left, right
            left = i = right + 1
            continue
        if token.text in words.heads:
            right = i + 1
            while right < end and (doc[right].text in words.heads or doc[right].text[:1].isdigit()):
                right += 1
            yield left, right
            left = i = right
            while left < end and doc[left].lower_ in _INNER:
                left += 1
            i = left
            continue
        i += 1


def _new_name(doc: Doc, position: int, end: int, words: _Words) -> bool:
    """Whether another organisation's head follows the "and" at `position`."""
    return any(doc[i].text in words.heads for i in range(position + 1, end))


def _possessor(doc: Doc, left: int, codes: dict[int, str]) -> str | None:
    """The state right before a name: "Pakistan's Ministry of Defence", "Russian Ministry of Defence"."""
    before = left - 1
    while before >= 0 and doc[before].lower_ in {"'s", "’s", "'", "’", "the"}:
        before -= 1
    return codes.get(before)


def _acronym(doc: Doc, right: int) -> str | None:
    """The acronym in brackets behind a name."""
    if right + 2 < len(doc) and doc[right].text == "(" and doc[right + 2].text == ")" and doc[right + 1].is_upper:
        return doc[right + 1].text
    return None


@cache
def _keys() -> dict[str, str]:
    return {
        name.casefold(): organization.id
        for organization in reversed(reference.organizations())
        for name in (organization.label, *organization.alt)
    }


def _key(name: str) -> str | None:
    """The id of a known organisation with exactly this name."""
    return _keys().get(name.casefold())


def _listed(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Organisations of the reference tables."""
    for mention in names:
        if mention.kind is Kind.ORGANIZATION:
            known = _known()[mention.key]
            yield OrganizationMention(mention.start, mention.end, known.label, known.state, mention.key)
