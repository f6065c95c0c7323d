"""Noun phrases that name a department, force, body or state: what a post is "of" or "for"."""

import re
from dataclasses import dataclass
from functools import cache

from kg.mentions.gazetteer import Kind, Mention
from kg.persons.titles import Titles
from kg.persons.words import HYPHENS, POSSESSIVES, Words
from ontology import reference

ARTICLES = frozenset({"the", "its", "their", "his", "her", "our"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?$")
LONGEST = 6
"""Capitalised words that an organisation's name of its own may have before the noun that shows it to be one."""


@dataclass(frozen=True, slots=True)
class Body:
    """A phrase that ends before `end`; `organization` is set when it names one, as tokens."""

    end: int
    state: str | None = None
    organization: tuple[int, int] | None = None
    international: bool = False


@cache
def _country_names() -> frozenset[str]:
    """The names and demonyms of all states."""
    return frozenset(name for s in reference.states() for name in (s.label, *s.alt, *s.demonyms))


def country_length(words: Words, organization: Mention, possessive: bool = False) -> int:
    """The tokens at the start of an organisation's name that name its state; with `possessive` only "China's"."""
    for end in range(organization.end - 1, organization.start, -1):
        if words.between(organization.start, end) in _country_names():
            owned = words.texts[end] in POSSESSIVES
            if possessive and not owned:
                return 0
            return end + owned - organization.start
    return 0


def is_title(words: Words, titles: Titles, i: int) -> bool:
    """Whether a rank, an honorific or the head of a post begins at `i`."""
    return any(kind.at(words, i, capital=True) for kind in (titles.ranks, titles.honorifics, titles.heads))


def _organization_end(words: Words, titles: Titles, i: int) -> int | None:
    """The end of a name in capitals from `i` that has the noun of an organisation, or an acronym, in it."""
    end, j = None, i
    while j < i + LONGEST and words.together(i, j):
        if noun := titles.organization_nouns.at(words, j, capital=True):
            end = j = noun.end
            continue
        if words.is_acronym(j) and words.mentions[j] is None and words.key(j) not in titles.suffixes:
            end = j + 1
        elif not _goes_on(words, titles, i, j):
            break
        j += 1
    return end


def _goes_on(words: Words, titles: Titles, i: int, j: int) -> bool:
    """Whether a name in capitals that begins at `i` can have the word at `j` in it."""
    if words.key(j) in {"and", "&", "for", "of"}:
        return words.is_capital(j + 1)
    return words.is_capital(j) and not is_title(words, titles, j) and not (words.state(j) and j > i)


@cache
def _states() -> dict[tuple[Kind, str], str | None]:
    """The states of all known organisations and places."""
    organizations = {(Kind.ORGANIZATION, o.id): o.state for o in reference.organizations()}
    return organizations | {(Kind.PLACE, p.id): p.state for p in reference.places()}


def state_of(words: Words, i: int) -> str | None:
    """The state of the reference name at `i`: its own, or that of the organisation or place."""
    mention = words.mentions[i]
    if mention is None or mention.state:
        return mention.state if mention else None
    return _states().get((mention.kind, mention.key))


@dataclass(slots=True)
class _Progress:
    """What `read` has found so far; `at` is the next token, `over` tells that nothing can follow."""

    at: int
    state: str | None = None
    organization: tuple[int, int] | None = None
    international: bool = False
    over: bool = False


def read(words: Words, titles: Titles, i: int) -> Body | None:
    """The body or state that the tokens from `i` name, an article before it included; `None` when they name none."""
    start = i + 1 if words.key(i) in ARTICLES else i
    found = _Progress(start)
    while (
        not found.over
        and words.together(i, found.at)
        and (_known(words, titles, found) or _own(words, titles, found) or _step(words, titles, found, start))
    ):
        pass
    end = found.at
    while end > start and (words.texts[end - 1] in HYPHENS or words.key(end - 1) in {"and", "&", ",", "of", "for"}):
        end -= 1
    return Body(_bracket(words, end), found.state, found.organization, found.international) if end > start else None


def _known(words: Words, titles: Titles, found: _Progress) -> bool:
    """Take a name of the reference tables; after a state's only the rest of an organisation's name may follow."""
    mention = words.mentions[found.at]
    if mention is None or mention.start != found.at:
        return False
    found.state = found.state or state_of(words, found.at)
    if mention.kind is Kind.ORGANIZATION:
        found.organization = (mention.start, mention.end)
        found.international = found.international or state_of(words, mention.start) is None
    found.at = mention.end
    if words.key(found.at) in POSSESSIVES:
        found.at += 1
    elif mention.kind in {Kind.STATE, Kind.CAPITAL}:
        found.over = not words.is_capital(found.at) or _organization_end(words, titles, found.at) is None
    return True


def _own(words: Words, titles: Titles, found: _Progress) -> bool:
    """Take the rest, or all, of an organisation's name that the tables do not know."""
    at, end = found.at, _organization_end(words, titles, found.at) if words.is_capital(found.at) else None
    if end is None or is_title(words, titles, at):
        return False
    if found.organization and found.organization[1] == at and words.key(end - 1) == "committee":
        found.state, found.international = None, False
    found.organization = (found.organization[0] if found.organization else at, end)
    found.at = end
    return True


def _step(words: Words, titles: Titles, found: _Progress, start: int) -> bool:
    """Take a department, a number, or what joins two departments."""
    at = found.at
    step = titles.departments.at(words, at) or titles.organization_nouns.at(words, at)
    if step and not is_title(words, titles, at):
        found.at = step.end
        return True
    number = _ORDINAL.match(words.texts[at])
    hyphen = at > start and words.texts[at] in HYPHENS and words.joined[at - 1] and words.joined[at]
    joins = at > start and words.key(at) in {"and", "&", ","} and _department_next(words, titles, at + 1)
    if number or hyphen or joins:
        found.at += 1
        return True
    return False


def _department_next(words: Words, titles: Titles, i: int) -> bool:
    """Whether a department goes on at `i` after "and": "Foreign Affairs and Trade"."""
    step = titles.departments.at(words, i)
    return step is not None and not is_title(words, titles, i) and titles.heads.at(words, step.end) is None


def _bracket(words: Words, i: int) -> int:
    """The index after an acronym in brackets at `i`, or `i`."""
    if words.key(i) == "(" and words.key(i + 2) == ")" and words.texts[i + 1].isupper() and words.together(i, i + 2):
        return i + 3
    return i
