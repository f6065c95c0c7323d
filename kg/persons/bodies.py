"""Noun phrases that name a department, force, body or state: what a post is "of" or "for"."""

from dataclasses import dataclass
from functools import cache

from kg.gazetteer import Kind, Mention
from kg.persons.titles import Titles
from kg.persons.words import HYPHENS, POSSESSIVES, Words
from ontology import reference

ARTICLES = frozenset({"the", "its", "their", "his", "her", "our"})
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
    """The end of a name in capitals from `i` that has the noun of an organisation, or an acronym in brackets, in it."""
    end, j = None, i
    while j < i + LONGEST and words.together(i, j):
        noun = titles.organization_nouns.at(words, j, capital=True)
        if noun and j > i - 1:
            end = j = noun.end
            continue
        if words.is_acronym(j) and words.mentions[j] is None and words.key(j) not in titles.suffixes:
            end = j + 1
        elif not (words.is_capital(j) or words.key(j) in {"and", "&", "for", "of"}) or is_title(words, titles, j) or (words.key(j) in {"of", "for", "and"} and not words.is_capital(j + 1)) or (words.state(j) and j > i):
            break
        j += 1
    return end


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


def read(words: Words, titles: Titles, i: int) -> Body | None:
    """The body or state that the tokens from `i` name, an article before it included; `None` when they name none."""
    start = i + 1 if words.key(i) in ARTICLES else i
    j, state, organization, international = start, None, None, False
    while words.together(i, j):
        mention = words.mentions[j]
        if mention and mention.start == j:
            state = state or state_of(words, j)
            if mention.kind is Kind.ORGANIZATION:
                organization = (mention.start, mention.end)
                international = international or state_of(words, j) is None
            j = mention.end
            if words.texts[j : j + 1] and words.texts[j] in POSSESSIVES:
                j += 1
            if mention.kind in {Kind.STATE, Kind.CAPITAL} and words.texts[j - 1] not in POSSESSIVES:
                end = _organization_end(words, titles, j)
                if end is None or not words.is_capital(j):
                    break
            continue
        own = _organization_end(words, titles, j) if words.is_capital(j) else None
        if own and not is_title(words, titles, j):
            if organization is not None and organization[1] == j and words.key(own - 1) == "committee":
                state, international = None, False
            organization, j = (j if organization is None else organization[0], own), own
            continue
        step = titles.departments.at(words, j) or titles.organization_nouns.at(words, j)
        if step and not is_title(words, titles, j):
            j = step.end
        elif words.texts[j].isdigit() or (words.texts[j][:1].isdigit() and words.texts[j][-2:] in {"st", "nd", "rd", "th"}) or (j > start and words.texts[j] in HYPHENS and words.joined[j - 1] and words.joined[j]) or (j > start and words.key(j) in {"and", "&", ","} and _department_next(words, titles, j + 1)):
            j += 1
        else:
            break
    while j > start and (words.texts[j - 1] in HYPHENS or words.key(j - 1) in {"and", "&", ",", "of", "for"}):
        j -= 1
    if j <= start:
        return None
    return Body(_bracket(words, j), state, organization, international)


def _department_next(words: Words, titles: Titles, i: int) -> bool:
    """Whether a department goes on at `i` after "and": "Foreign Affairs and Trade"."""
    step = titles.departments.at(words, i)
    return step is not None and not is_title(words, titles, i) and titles.heads.at(words, step.end) is None


def _bracket(words: Words, i: int) -> int:
    """The index after an acronym in brackets at `i`, or `i`."""
    if words.key(i) == "(" and words.key(i + 2) == ")" and words.texts[i + 1].isupper() and words.together(i, i + 2):
        return i + 3
    return i
