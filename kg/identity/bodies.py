"""Reports of organisations that the reference data lack: their keys, and how far two of them are of one."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from kg.identity.profiles import BodyProfile
from kg.rdf.iris import local
from kg.rdf.slugs import slug
from ontology import reference

_FORMS = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "on",
        "in",
        "a",
        "company",
        "co",
        "corp",
        "corporation",
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "spa",
        "pvt",
        "private",
        "group",
        "holding",
        "holdings",
        "joint",
    ]
)
"""Words of a name that tell no organisation from another: legal forms and what some writers leave out."""
_SHIPS = frozenset(
    "bap bns bnt brp cns esps fs hmas hmcs hmnzs hms hnlms htms ins its jds js kd kri nrp pns roks rss sas uss".split()
)
"""What navies write before the names of their ships."""
_DIGIT = re.compile(r"\d")
_SPELLINGS = {"defense": "defence", "organization": "organisation", "center": "centre", "programme": "program"}
_SHORTEST_TYPO = 6


def keys(profile: BodyProfile) -> frozenset[str]:
    """What organisations that may be one share at least one of."""
    found = {f"body {profile.state or ''} {word}" for name in _names(profile) for word in telling(name, profile.state)}
    short = {f"body {profile.state or ''} {letters}" for name in _names(profile) if (letters := initials(name))}
    return frozenset({f"org/{local(profile.state, profile.name)}", *found, *short})


def compared(one: BodyProfile, other: BodyProfile) -> float | None:
    """How far two reports are of one organisation, 0 to 1; `None` where they cannot be."""
    if one.state and other.state and one.state != other.state:
        return None
    best = max(_alike(a, b, one.state or other.state) for a in _names(one) for b in _names(other))
    return best if one.state == other.state else 0.9 * best


def _names(profile: BodyProfile) -> tuple[str, ...]:
    return (profile.name, *profile.alt)


def _alike(one: str, other: str, state: str | None) -> float:
    if slug(one) == slug(other):
        return 1.0
    first, second = telling(one, state), telling(other, state)
    if first == second:
        return 0.95
    if is_acronym(one) != is_acronym(other):
        short, long = (one, other) if is_acronym(one) else (other, one)
        return 0.85 if initials(long) == slug(short) else 0.0
    different = first ^ second
    if any(_DIGIT.search(word) for word in first & second) and (first < second or second < first):
        return 0.85
    if len(first) == len(second) and len(different) == 2:
        return 0.85 if _typo(*sorted(different)) else 0.0
    return 0.6 if first and second and (first < second or second < first) and len(first & second) > 1 else 0.0


def _typo(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_TYPO and one.isalpha() and Levenshtein.distance(one, other) == 1


@lru_cache(maxsize=50_000)
def telling(name: str, state: str | None) -> frozenset[str]:
    """The words of a name that tell the organisation from others of its state.

    >>> sorted(telling("Indo-Russian Inter-Governmental Commission", "IN"))
    ['commission', 'governmental', 'indo', 'inter', 'russian']
    >>> sorted(telling("Lithuanian Defense Institute Ltd", "LT"))
    ['defence', 'institute']
    """
    found = frozenset(_SPELLINGS.get(word, word) for word in slug(name).split("-"))
    return (found - _FORMS - _SHIPS - _own_words(state)) or found


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals alone: "JMCC"."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9&./-]{1,9}", name))


def initials(name: str) -> str:
    """The first letters of a name's words, as acronyms are made: "jmcc"."""
    found = [word for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper()]
    return "".join(word[0] for word in found).casefold() if len(found) > 1 else slug(name) if is_acronym(name) else ""


@cache
def _own_words(code: str | None) -> frozenset[str]:
    """The words by which a state and its people go."""
    return frozenset(
        slug(name)
        for state in reference.states()
        if state.iso2 == code
        for name in (state.label, *state.alt, *state.demonyms)
    )


def best_name(cluster: Iterable[BodyProfile]) -> str:
    """The name that the cluster goes by: the one in most words, the first of equals in the alphabet."""
    return max(sorted(profile.name for profile in cluster), key=lambda name: (not is_acronym(name), len(name.split())))
