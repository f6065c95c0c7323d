"""Reports of persons: their keys, and how far two of them are of one person."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from kg.identity.names import FAMILY_FIRST, is_short, skeleton, words
from kg.identity.names import likeness as names_likeness
from kg.identity.profiles import PersonProfile, TenureProfile
from kg.rdf.slugs import slug
from ontology import reference

NEAR = 3
"""Years between which a post is taken for the same holder's."""
SPAN = 4
"""Years of a span that a key stands for; `NEAR` reaches into the next one at most."""
SAME_POST, SAME_YEARS, FAR = 0.9, 0.82, 0.6
"""How far a surname is somebody's of that surname: in the same post and near in time, only near in time, or neither."""
WHOLE = 0.9
"""The likeness of two full names from which on they need no more evidence."""

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


@lru_cache(maxsize=20_000)
def keys(profile: PersonProfile) -> frozenset[str]:
    """What persons who may be one share at least one of."""
    found = {f"person {sound}" for sound in _sounds(profile)}
    if is_short(profile.name):
        years = {_span(profile.year), "ever"}
        return frozenset(found | {f"short {sound} {year}" for sound in _sounds(profile) for year in years})
    names = {profile.name, leader(profile) or profile.name}
    return frozenset(found | {f"person/{slug(name)}" for name in names})


def sought(profile: PersonProfile) -> frozenset[str]:
    """The keys under which those are filed who may be the same."""
    return frozenset(key for key in keys(profile) if not key.startswith("short "))


def tenure_keys(tenure: TenureProfile) -> frozenset[str]:
    """The keys under which a tenure is found as evidence that somebody named in short is its holder."""
    return frozenset(f"tenure {_side(tenure)} {tenure.name} {year}" for year in (_span(tenure.year), "ever"))


def shorts_near(tenure: TenureProfile) -> frozenset[str]:
    """The keys of those named in short for whom the tenure is evidence."""
    return frozenset(f"short {sound} {year}" for sound in _sounds(tenure) for year in _near(tenure.year))


def concerns(tenure: TenureProfile, profile: PersonProfile) -> bool:
    """Whether a tenure is evidence for this profile: somebody named in short who may be its holder."""
    if profile.state != tenure.state:
        return False
    return names_likeness(profile.name, tenure.name, profile.state in FAMILY_FIRST) > 0


def tenures_near(short: PersonProfile, name: str) -> list[str]:
    """The keys of the tenures that are evidence whether somebody named in short has this full name, nearest first."""
    return [f"tenure {_side(short)} {name} {year}" for year in _near(short.year)]


def evidence(short: PersonProfile, tenures: Iterable[TenureProfile]) -> float:
    """How far somebody named in short is the holder of these tenures, 0 to 1.

    It takes no more of them than are needed: a popular person has a hundred.
    """
    most = SAME_POST if any(map(post_words, short.posts)) else SAME_YEARS
    best: float | None = None
    for tenure in tenures:
        best = max(best or 0.0, _shortened(short, tenure))
        if best >= most:
            break
    return FAR if best is None else best


def adds(short: PersonProfile, tenure: TenureProfile, others: Iterable[TenureProfile]) -> bool:
    """Whether a tenure says more of somebody named in short than others do."""
    own = _shortened(short, tenure)
    return all(_shortened(short, other) < own for other in others)


def _near(year: int | None) -> tuple[str, ...]:
    """The spans near a year, as keys have them, its own first; without a year, whenever."""
    spans = dict.fromkeys(map(_span, (year, year - NEAR, year + NEAR, None))) if year else ("ever",)
    return tuple(spans)


def _span(year: int | None) -> str:
    """The span of `SPAN` years that a year is in: fewer keys to look up than years."""
    return str(year // SPAN * SPAN) if year else "undated"


def _sounds(profile: PersonProfile | TenureProfile) -> frozenset[str]:
    """The side with the sound of each word that may be the family name."""
    found = words(profile.name)
    telling = found if len(found) == 1 or profile.state in FAMILY_FIRST else found[1:]
    return frozenset(f"{_side(profile)} {skeleton(word)}" for word in telling if len(word) > 1)


def _side(profile: PersonProfile | TenureProfile) -> str:
    return profile.state or profile.body or ""


def compared(one: PersonProfile, other: PersonProfile, tenures: Callable[[], Iterable[TenureProfile]]) -> float | None:
    """How far two reports are of one person, 0 to 1; `None` where they cannot be.

    `tenures` looks up those of the one with a full name, near the year of one named in short.
    """
    first, second = leader(one), leader(other)
    if first is not None and second is not None:
        return 1.0 if first == second else None
    across = _sides_differ(one, other)
    if across is None:
        return None
    alike = names_likeness(one.name, other.name, one.state in FAMILY_FIRST)
    shorts = [profile for profile in (one, other) if is_short(profile.name)]
    if not alike:
        return 0.0 if shorts else None
    if across:
        return 0.4 if shorts or alike < WHOLE else 0.9
    if not shorts:
        return alike if alike >= WHOLE else 0.7
    if len(shorts) == 2:
        return _shortened(one, other)
    return evidence(shorts[0], tenures())


def _sides_differ(one: PersonProfile, other: PersonProfile) -> bool | None:
    """Whether one side is another kind of side, as a state's minister who went to NATO; `None` for two states."""
    if one.state and other.state:
        return None if one.state != other.state else False
    return (one.state, one.body) != (other.state, other.body)


def _shortened(short: PersonProfile, other: PersonProfile | TenureProfile) -> float:
    """How far a surname, or initials before it, are somebody of that surname, in the light of posts and years."""
    posts = [[post for post in profile.posts if post_words(post)] for profile in (short, other)]
    pairs = [(a, b) for a in posts[0] for b in posts[1]]
    years = abs(short.year - other.year) if short.year and other.year else 0
    if any(same_post(a, b) for a, b in pairs):
        return SAME_POST if years <= NEAR else FAR
    if pairs and years <= 1 and all(_other_field(a, b) for a, b in pairs):
        return 0.2
    return SAME_YEARS if years <= NEAR else FAR


def _other_field(one: str, other: str) -> bool:
    """Whether two posts are of different fields, or, without a field, different offices."""
    first, second = post_words(one), post_words(other)
    fields = first - _OFFICES, second - _OFFICES
    return not fields[0] & fields[1] if all(fields) else not any(fields) and not first & second


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=20_000)
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
