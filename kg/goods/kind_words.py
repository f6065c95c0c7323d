"""The words that tell a kind of goods: from the reference table and `kg/lexicon/kinds.toml`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.goods.nouns import british, singular
from kg.lexicon import load
from kg.lexicon.tables import Table, table, text, words
from ontology import reference

ARMS, AID, INDUSTRIAL = "arms", "aid", "industrial"

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindWords:
    """What tells a kind of goods in text; nouns are singular, all words British and in lower case."""

    phrases: dict[Phrase, str]
    longest: int
    arms: frozenset[str]
    arms_weak: frozenset[str]
    aid: frozenset[str]
    aid_weak: frozenset[str]
    aid_alone: frozenset[str]
    modifiers: frozenset[str]
    aid_modifiers: frozenset[str]
    ends: frozenset[str]
    starts: frozenset[str]
    calibre: re.Pattern[str]
    dealings: frozenset[str]
    others: frozenset[str]
    never: dict[str, frozenset[str]]
    never_alone: frozenset[str]
    names: frozenset[str]
    troops: frozenset[str]
    loose: frozenset[str]


def _phrase(written: str) -> Phrase:
    *before, last = re.split(r"[ -]", british(written))
    return (*before, singular(last))


def _bases(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(singular(british(word)) for word in listed)


def _phrases(lexicon: Table) -> dict[Phrase, str]:
    found = {_phrase(one): name for name in (ARMS, AID, INDUSTRIAL) for one in words(table(lexicon, name), "phrases")}
    ignored = frozenset(words(table(lexicon, "ignored"), "kinds"))
    for kind in reference.equipment_kinds():
        if kind.id in ignored:
            continue
        for written in (kind.label, *kind.alt):
            if " " in written or "-" in written:
                found.setdefault(_phrase(written), kind.domain)
    for name in (ARMS, AID):
        many = (one for one in words(table(lexicon, name), "heads") if " " in one)
        found.update({_phrase(one): name for one in many})
    return found


@cache
def kind_words() -> KindWords:
    """The word lists of `kg/lexicon/kinds.toml` and the kinds of the reference table."""
    lexicon = load("kinds")
    arms, aid, modifiers, never = (table(lexicon, name) for name in (ARMS, AID, "modifiers", "never"))
    phrases = _phrases(lexicon)
    single = {domain: frozenset(phrase[0] for phrase in phrases if phrases[phrase] == domain and len(phrase) == 1)
              for domain in (ARMS, AID)}  # fmt: skip
    listed = {domain: _listed(domain) for domain in (ARMS, AID)}
    return KindWords(
        phrases=phrases,
        longest=max(map(len, phrases)),
        arms=_bases(words(arms, "heads")) | listed[ARMS] | single[ARMS],
        arms_weak=_bases(words(arms, "weak")),
        aid=_bases(words(aid, "heads")) | listed[AID] | single[AID],
        aid_weak=_bases(words(aid, "weak")),
        aid_alone=frozenset(words(aid, "alone")),
        modifiers=frozenset(british(word) for word in words(modifiers, "words")),
        aid_modifiers=frozenset(british(word) for word in words(aid, "modifiers")),
        ends=frozenset(words(modifiers, "ends")),
        starts=frozenset(words(modifiers, "starts")),
        calibre=re.compile(text(modifiers, "calibre")),
        dealings=_bases(words(table(lexicon, "dealings"), "words")),
        others=_bases(words(table(lexicon, "others"), "words")),
        never={head: frozenset(words(table(never, "heads"), head)) for head in table(never, "heads")},
        never_alone=_bases(words(table(never, "alone"), "words")),
        names=_known_names(),
        troops=_bases(words(table(never, "troops"), "words")),
        loose=frozenset(words(modifiers, "loose")),
    )


def _listed(domain: str) -> frozenset[str]:
    """The kinds of one word in the reference table that no weak head is."""
    lexicon = load("kinds")
    weak = _bases((*words(table(lexicon, ARMS), "weak"), *words(table(lexicon, AID), "weak")))
    kinds = [kind for kind in reference.equipment_kinds() if kind.domain == domain]
    named = (name for kind in kinds for name in (kind.label, *kind.alt))
    ignored = _bases(words(table(lexicon, "ignored"), "words"))
    return _bases(name for name in named if " " not in name and "-" not in name) - weak - ignored


def _known_names() -> frozenset[str]:
    """The words of the names of states and organisations, which say nothing of a kind."""
    names = [name for one in reference.states() for name in (one.label, *one.alt, *one.demonyms, *one.capitals)]
    names += [name for one in reference.organizations() for name in (one.label, *one.alt)]
    return frozenset(part.lower() for name in names for part in re.split(r"[ -]", name))


@cache
def _nouns_by_name() -> dict[str, frozenset[str]]:
    kinds = {kind.id: kind for kind in reference.equipment_kinds()}
    nouns = {
        key: _bases(name for name in (kind.label, *kind.alt) if " " not in name and "-" not in name)
        for key, kind in kinds.items()
    }
    return {name: nouns[one.kind] for one in reference.equipment() for name in (one.label, *one.alt)}


@cache
def _designers() -> dict[str, str]:
    return {name: one.state for one in reference.equipment() if one.state for name in (one.label, *one.alt)}


def designer(designation: str) -> str | None:
    """The state where a type of equipment was designed; a version ("Leopard 2A7") is of the type that it begins with.

    >>> designer("Leopard 2A7"), designer("helicopters")
    ('DE', None)
    """
    known = _designers()
    while designation and designation not in known:
        designation = designation[: max(designation.rfind(" "), designation.rfind("-"), 0)]
    return known.get(designation)


def nouns_of(designation: str) -> frozenset[str]:
    """The single words by which news calls a type of equipment: "jet", "fighter", "warplane" for a "Rafale"."""
    return _nouns_by_name().get(designation, frozenset())
