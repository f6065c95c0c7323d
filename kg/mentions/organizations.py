"""Organisations by name: known bodies, ministries, forces, units, ships, joint bodies, with the state of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from kg.lexicon import load
from kg.mentions.capitals import find_capitals
from kg.mentions.companies import find_companies
from kg.mentions.gazetteer import STATE_LIKE, Kind, Mention
from kg.mentions.owners import state_around, state_before, state_behind
from kg.mentions.ships import find_ships
from kg.mentions.units import find_units
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


@cache
def _bodies() -> frozenset[str]:
    table: Any = load("organizations")
    return frozenset(table["bodies"]["words"])


@cache
def _known() -> dict[str, reference.Organization]:
    return {organization.id: organization for organization in reference.organizations()}


def is_body(name: str) -> bool:
    """Whether the name is that of a joint body or session, which is a meeting when it is held."""
    return name.rsplit(" ", 1)[-1] in _bodies()


def find_organizations(doc: Doc, names: Sequence[Mention], taken: set[int]) -> tuple[OrganizationMention, ...]:
    """The organisations that `doc` names, in order and without overlaps; tokens in `taken` (persons) are left out.

    A name given with its acronym, "Joint Military Consultative Committee (JMCC)", is known by the acronym later on.
    """
    found: list[OrganizationMention] = []
    used = set(taken)
    for finder in (_ships, _units, _capitalised, _listed, _companies):
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


def _ships(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Ships, which take part under their own names."""
    for ship in find_ships(doc, names, _codes(names)):
        yield OrganizationMention(ship.start, ship.end, ship.name, ship.state)


def _units(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Military units by number."""
    codes = _codes(names)
    known = {mention.start: mention.end for mention in names if mention.kind is Kind.ORGANIZATION}
    for start, end in find_units(doc):
        if not any(start <= i < end <= known[i] for i in known):
            name = doc[start:end].text
            state = _inside(start, end, codes) or state_around(doc, start, end, codes)
            yield OrganizationMention(start, end, name, state, _key(name))


def _companies(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Companies that no table knows."""
    codes = _codes(names)
    for start, end in find_companies(doc, names):
        name = doc[start:end].text
        state = state_before(doc, start, codes) or state_behind(doc, end, codes)
        yield OrganizationMention(start, end, name, state, _key(name), _acronym(doc, end))


def _inside(start: int, end: int, codes: dict[int, str]) -> str | None:
    return next((codes[i] for i in range(start, end) if i in codes), None)


def _capitalised(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Bodies whose names end in, or start with "Ministry of", a word for an organisation."""
    codes = _codes(names)
    listed = [one for one in names if one.kind is Kind.ORGANIZATION or one.kind in STATE_LIKE]
    for left, right in find_capitals(doc, codes):
        if not any(_covers(one, left, right) for one in listed):
            name = doc[left:right].text
            state = _inside(left, right, codes) or _possessor(doc, left, codes) or state_behind(doc, right, codes)
            yield OrganizationMention(left, right, name, state, _key(name), _acronym(doc, right))


def _covers(known: Mention, left: int, right: int) -> bool:
    """Whether a known name says more than the tokens `left` to `right`, or that they are a state."""
    if known.kind in STATE_LIKE:
        return (known.start, known.end) == (left, right)
    return known.start <= left and right <= known.end and right - left < known.end - known.start


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
    """The id of a known organisation with exactly this name, or with it but for "Ltd." and the like at its end."""
    parts = name.split()
    while len(parts) > 1:
        if key := _keys().get(" ".join(parts).rstrip(",").casefold()):
            return key
        if parts.pop() not in _suffixes():
            return None
    return None


@cache
def _suffixes() -> frozenset[str]:
    table: Any = load("organizations")
    return frozenset(table["suffixes"]["words"])


def _listed(doc: Doc, names: Sequence[Mention]) -> Iterator[OrganizationMention]:
    """Organisations of the reference tables."""
    for mention in names:
        if mention.kind is Kind.ORGANIZATION:
            known = _known()[mention.key]
            yield OrganizationMention(mention.start, mention.end, known.label, known.state, mention.key)
