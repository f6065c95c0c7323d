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
    "the of for and on in a company co corp corporation inc incorporated ltd limited llc plc gmbh ag sa spa pvt "
    "private group holding holdings joint".split()
)
"""Words of a name that tell no organisation from another: legal forms and what some writers leave out."""
_SHIPS = frozenset(
    "bap bns bnt brp cns esps fs hmas hmcs hmnzs hms hnlms htms ins its jds js kd kri nrp pns roks rss sas uss".split()
)
"""What navies write before the names of their ships."""
_SHIP_TYPES = frozenset(
    "frigate destroyer corvette ship vessel boat patrol submarine carrier cutter tanker minehunter warship".split()
)
_GENERIC = frozenset(
    "commission committee council group institute academy school university college centre ministry department agency "
    "office bureau directorate navy army force forces air fleet corps division brigade regiment battalion squadron "
    "base station command headquarters staff guard police industries industry systems works shipyard defence military "
    "national state royal federal international bilateral working".split()
)
"""Words that many organisations share, so that one of them alone names none."""
_DIGIT = re.compile(r"\d")
_SPELLINGS = {"defense": "defence", "organization": "organisation", "center": "centre", "programme": "program"}
_SHORTEST_TYPO = 6
_OWN_WORD = 6
"""Letters from which on a word that is not generic names an organisation alone."""


def keys(profile: BodyProfile) -> frozenset[str]:
    """What organisations that may be one share at least one of."""
    told = [telling(name, profile.state) for name in _names(profile)]
    found = {f"body {profile.state or ''} {word}" for words in told for word in words}
    short = {f"body {profile.state or ''} {letters}" for name in _names(profile) for letters in initials(name)}
    anywhere = {f"body {'-'.join(sorted(words))}" for words in told}
    return frozenset({f"org/{local(profile.state, profile.name)}", *found, *short, *anywhere})


def compared(one: BodyProfile, other: BodyProfile) -> float | None:
    """How far two reports are of one organisation, 0 to 1; `None` where they cannot be."""
    if one.state and other.state and one.state != other.state:
        return None
    scores = [_alike(a, b, one.state or other.state) for a in _names(one) for b in _names(other)]
    best = max((score for score in scores if score is not None), default=None)
    return best if best is None or one.state == other.state else 0.9 * best


def _names(profile: BodyProfile) -> tuple[str, ...]:
    return (profile.name, *profile.alt)


def _alike(one: str, other: str, state: str | None) -> float | None:
    if slug(one) == slug(other):
        return 1.0
    first, second = telling(one, state), telling(other, state)
    if first == second:
        return 0.95
    if is_acronym(one) != is_acronym(other):
        short, long = (one, other) if is_acronym(one) else (other, one)
        return 0.85 if slug(short) in initials(long) else 0.0
    if first < second or second < first:
        return _part(min(first, second, key=len), max(first, second, key=len))
    different = first ^ second
    if len(first) == len(second) and len(different) == 2 and _typo(*sorted(different)):
        return 0.85
    return None


def _part(shorter: frozenset[str], longer: frozenset[str]) -> float:
    """How far an organisation is named by a part of its name: by its own word, or by words that many share."""
    if any(_DIGIT.search(word) for word in shorter):
        return 0.85
    if shorter - _GENERIC:
        return (
            0.82 if longer - shorter <= _GENERIC or any(len(word) >= _OWN_WORD for word in shorter - _GENERIC) else 0.6
        )
    return 0.6 if len(shorter) > 1 else 0.0


def _typo(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_TYPO and one.isalpha() and Levenshtein.distance(one, other) == 1


@lru_cache(maxsize=20_000)
def telling(name: str, state: str | None) -> frozenset[str]:
    """The words of a name that tell the organisation from others of its state.

    >>> sorted(telling("Indo-Russian Inter-Governmental Commission", "IN"))
    ['commission', 'governmental', 'indo', 'inter', 'russian']
    >>> sorted(telling("Lithuanian Defense Institute Ltd", "LT"))
    ['defence', 'institute']
    """
    found = frozenset(_SPELLINGS.get(word, word) for word in slug(name).split("-"))
    return (found - _FORMS - _SHIPS - _SHIP_TYPES - _own_words(state)) or found


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals alone: "JMCC"."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9&./-]{1,9}", name))


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name may have, or is: with and without the states before it.

    >>> sorted(initials("Russia-Pakistan Joint Military Committee"))
    ['jmc', 'pjmc', 'rpjmc']
    """
    if is_acronym(name):
        return frozenset({slug(name)})
    found = [word for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper()]
    letters = "".join(word[0] for word in found).casefold()
    return frozenset(letters[start:] for start in range(3) if len(letters) - start > 2)


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
