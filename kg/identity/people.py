"""Reports of persons: their keys, and how far two of them are of one person."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.identity.names import FAMILY_FIRST, skeleton, words
from kg.identity.names import likeness as names_likeness
from kg.identity.profiles import PersonProfile
from kg.rdf.slugs import slug
from ontology import reference

NEAR = 3
"""Years between which a post is taken for the same holder's."""
CAREER = 15
"""Years after which one name may be a son's."""
WHOLE = 0.93
"""The likeness of names from which on they need no more evidence."""
LATER = 0.75
"""The score of one name over more than a career."""

_POST_WORDS = {
    "defense": "defence", "secretary": "minister", "armed": "defence", "military": "defence", "naval": "navy",
    "commander": "chief", "head": "chief", "director": "chief", "boss": "chief", "chairman": "chief", "cds": "chief",
    "prime": "premier", "aerial": "air", "external": "foreign", "land": "army",
}  # fmt: skip
_EMPTY = frozenset(
    "of the for and in to a national federal affairs union republic staff state s general lieutenant major brigadier "
    "colonel captain commodore admiral marshal field oberst senator prince crown princess sheikh sir dr force forces "
    "cabinet".split()
)
"""Words that tell no post from another: of grammar, of the state, and of rank."""
_OFFICES = frozenset("minister chief premier president king chancellor spokesman ambassador deputy vice".split())
"""Words for the office that a post is, whatever its field."""


def keys(profile: PersonProfile) -> frozenset[str]:
    """What persons who may be one share at least one of."""
    side = profile.state or profile.body or ""
    found = words(profile.name)
    telling = found if len(found) == 1 or profile.state in FAMILY_FIRST else found[1:]
    return frozenset(
        {
            f"person/{slug(profile.name)}",
            f"person/{slug(leader(profile) or profile.name)}",
            *(f"person {side} {skeleton(word)}" for word in telling if len(word) > 1),
        }
    )


def compared(one: PersonProfile, other: PersonProfile) -> float | None:
    """How far two reports are of one person, 0 to 1; `None` where they cannot be."""
    first, second = leader(one), leader(other)
    if first is not None and second is not None:
        return 1.0 if first == second else None
    across = _sides_differ(one, other)
    if across is None:
        return None
    alike = names_likeness(one.name, other.name, one.state in FAMILY_FIRST)
    full = min(len(words(one.name)), len(words(other.name))) > 1
    if not alike:
        return None if full else 0.0
    if across:
        return 0.9 if full and alike >= 0.97 else 0.4
    years = abs(one.year - other.year) if one.year and other.year else 0
    if full and alike >= WHOLE:
        return alike if years <= CAREER else LATER
    return _shortened(one, other, years)


def _sides_differ(one: PersonProfile, other: PersonProfile) -> bool | None:
    """Whether one side is another kind of side, as a state's minister who went to NATO; `None` for two states."""
    if one.state and other.state:
        return None if one.state != other.state else False
    return (one.state, one.body) != (other.state, other.body)


def _shortened(one: PersonProfile, other: PersonProfile, years: int) -> float:
    """How far a surname, or initials before it, are the bearer of a full name, in the light of posts and years."""
    posts = [[post for post in profile.posts if post_words(post)] for profile in (one, other)]
    pairs = [(a, b) for a in posts[0] for b in posts[1]]
    if any(same_post(a, b) for a, b in pairs):
        return 0.9 if years <= NEAR else 0.6
    if pairs and years <= 1 and all(_other_field(a, b) for a, b in pairs):
        return 0.2
    return 0.82 if years <= NEAR else 0.6


def _other_field(one: str, other: str) -> bool:
    """Whether two posts are of different fields, or, without a field, different offices."""
    first, second = post_words(one), post_words(other)
    fields = first - _OFFICES, second - _OFFICES
    return not fields[0] & fields[1] if any(fields) and all(fields) else not any(fields) and not first & second


@lru_cache(maxsize=50_000)
def post_words(post: str) -> frozenset[str]:
    """The words of a post that tell it from others.

    >>> post_words("Minister of National Defense") == post_words("defence minister")
    True
    """
    found = (_POST_WORDS.get(word, word) for word in re.findall(r"[a-z]+", post.casefold()))
    return frozenset(found) - _EMPTY


def same_post(one: str, other: str) -> bool:
    """Whether two titles may be of one post."""
    first, second = post_words(one), post_words(other)
    if ("deputy" in first) != ("deputy" in second) or ("vice" in first) != ("vice" in second):
        return False
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=50_000)
def leader(profile: PersonProfile) -> str | None:
    """The name of the person in the table of leaders, where name and side are one's there."""
    found = {
        one.name
        for one in _leaders().get(slug(profile.name), ())
        if (profile.state and one.state == profile.state) or (profile.body and not one.state)
    }
    return found.pop() if len(found) == 1 else None


@cache
def _leaders() -> dict[str, list[reference.Leader]]:
    found: dict[str, list[reference.Leader]] = {}
    for one in reference.leaders():
        for name in (one.name, *one.alt):
            if len(words(name)) > 1:
                found.setdefault(slug(name), []).append(one)
    return found


def best_name(cluster: Iterable[PersonProfile]) -> str:
    """The name that the cluster goes by: the table's, else the fullest, the first of equals in the alphabet."""
    profiles = sorted(cluster, key=lambda one: one.name)
    known = {name for name in map(leader, profiles) if name is not None}
    if known:
        return min(known)
    return max(profiles, key=lambda one: (sum(len(word) > 1 for word in words(one.name)), len(words(one.name)))).name
