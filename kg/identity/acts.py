"""Reports of acts: their keys, and how far two of them are of one act."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from math import exp

from rapidfuzz import fuzz

from kg.identity.names import FAMILY_FIRST
from kg.identity.names import likeness as names_likeness
from kg.identity.profiles import ActProfile
from kg.model import EventType, Role, Status
from kg.rdf.references import known_equipment
from kg.rdf.slugs import slug

PRECISE = 62
"""Days from which on a time is wide: it has keys by year, not by month."""
MOST_SIDES = 12
"""States of one act by whose pairs it is found; acts of more are found by name."""
WEEKS = 27
"""Days from which on a time is no event's own but a month."""
BEFORE = 400
"""Days before its publication in which an act without a date is looked for."""
SLACK = 1
"""Days by which outlets differ on a day: time zones, and the evening of a signing."""

WEIGHTS = {
    "start": -2.2,
    "same day": 2.6,
    "next day": 1.0,
    "same month": 2.0,
    "same time": 1.9,
    "same time of a usual act": 0.8,
    "told in a week": 1.6,
    "told in a month": 0.5,
    "told far apart": -1.6,
    "same sides": 1.4,
    "same roles": 0.4,
    "sides beyond": -1.1,
    "same name": 2.8,
    "other name": -2.6,
    "same person": 2.2,
    "other person": -2.4,
    "same place": 1.2,
    "other place": -1.2,
    "same items": 2.2,
    "other items": -4.0,
    "same number": 1.2,
    "other number": -0.8,
    "other status": -0.9,
}
"""What each finding adds to the log odds that two reports are of one act."""

USUAL = frozenset({EventType.MEETING, EventType.VISIT, EventType.EXERCISE, EventType.TRAINING})
"""Acts of which two states have several in a year."""
LONG_AGO = 365 * 40
"""Days back to which an act without a date may reach when its goods or name are another's."""
FEW_SIDES = 3
"""States up to which an act with another state in it is another act."""
SURNAME = 0.4
"""The likeness of names from which on two persons in one act may be one: a surname alone is enough."""
_AHEAD = frozenset({Status.PLANNED, Status.PROPOSED})
_ONE_WAY = (Role.PROVIDER, Role.RECIPIENT, Role.SENDER, Role.VISITOR, Role.HOST)
"""Roles that set one side of an act against another."""
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+|\b[ivx]{1,5}\b")
_ROMAN = {word: number for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_PLAIN = frozenset(
    "the of on and for exercise exercises joint agreement memorandum understanding treaty pact military defence "
    "defense cooperation".split()
)


def keys(profile: ActProfile) -> frozenset[str]:
    """The keys under which the act is found."""
    sides, names = _sides_told(profile), _names_told(profile)
    who = sides | ({f"{name} sided" for name in names} if _by_pairs(profile) else names)
    return frozenset(f"{one} {when}" for one in who for when in _filed(profile)) | _what(profile)


def sought(profile: ActProfile) -> frozenset[str]:
    """The keys under which others that may be it are filed.

    Two acts that are filed by pairs of states are found by these: one name is given to acts of many states.
    """
    sides, names = _sides_told(profile), _names_told(profile)
    who = sides | names | (set() if _by_pairs(profile) else {f"{name} sided" for name in names})
    return frozenset(f"{one} {when}" for one in who for when in _searched(profile)) | _what(profile)


def _what(profile: ActProfile) -> frozenset[str]:
    """The pair of states with each item that has a designation: goods tell an act whenever it was."""
    codes = _codes(profile)
    goods = {slug(item) for item, _ in profile.items if _DIGIT.search(item)}
    pairs = combinations(codes, 2) if len(codes) <= FEW_SIDES else ()
    return frozenset(f"{profile.type.value} {one} {other} {item}" for one, other in pairs for item in goods)


def _codes(profile: ActProfile) -> list[str]:
    return sorted({code for _, code in profile.states})


def _by_pairs(profile: ActProfile) -> bool:
    """Whether the act is found by each pair of its states; any two such acts that may be one share a pair."""
    return 2 <= len({code for _, code in profile.states}) <= MOST_SIDES


def _sides_told(profile: ActProfile) -> set[str]:
    """The type with each pair of states, or with the only one."""
    kind, codes = profile.type.value, _codes(profile)
    if _by_pairs(profile):
        return {f"{kind} {one} {other}" for one, other in combinations(codes, 2)}
    return {f"{kind} {codes[0]}"} if len(codes) == 1 else set()


def _names_told(profile: ActProfile) -> set[str]:
    """The type with each telling word of the name; of many states without a name, the type alone."""
    kind = profile.type.value
    named = {f"{kind} {word}" for word in _name_words(profile.name)}
    return named or ({f"{kind} many"} if len(_codes(profile)) > MOST_SIDES else set())


def _span(profile: ActProfile, reach: int = BEFORE) -> tuple[date, date] | None:
    """The days between which the act was, as far as known."""
    if profile.first and profile.last:
        return profile.first, profile.last
    if profile.published is None:
        return None
    if profile.status in _AHEAD:
        return profile.published, _moved(profile.published, reach)
    return _moved(profile.published, -reach), profile.published


def _moved(day: date, days: int) -> date:
    """The day so many days later, or the end of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _wide(profile: ActProfile) -> bool:
    return profile.first is None or profile.last is None or (profile.last - profile.first).days > PRECISE


def _filed(profile: ActProfile) -> set[str]:
    """When the act was: its years, and again its years among long times or its months among short ones."""
    span = _span(profile)
    if span is None:
        return {"ever"}
    return _years(*span) | (_long(*span) if _wide(profile) else _months(*span))


def _searched(profile: ActProfile) -> set[str]:
    """When others may be that are the same: of a long time by year, of a short one by month, and long times by year."""
    span = _span(profile)
    if span is None:
        return {"ever"}
    first, last = _moved(span[0], -SLACK), _moved(span[1], SLACK)
    return _years(first, last) if _wide(profile) else _months(first, last) | _long(first, last)


def days(profile: ActProfile) -> tuple[date, date] | None:
    """The days outside of which no other act is the same; `None` where goods may tell one of long ago."""
    return None if _what(profile) and not (profile.first and profile.last) else _span(profile)


def in_time(profile: ActProfile, ids: Iterable[str]) -> set[str]:
    """Of the ids of profiles those of which the days do not say that they are of another act."""
    own = days(profile)
    if own is None:
        return set(ids)
    earliest, latest = _moved(own[0], -SLACK).isoformat(), _moved(own[1], SLACK).isoformat()
    found = set()
    for id in ids:
        _, *told = id.split(".")
        if not told or (told[0] <= latest and earliest <= told[1]):
            found.add(id)
    return found


def _years(first: date, last: date) -> set[str]:
    return {str(year) for year in range(first.year, last.year + 1)}


def _long(first: date, last: date) -> set[str]:
    return {f"{year} long" for year in _years(first, last)}


def _months(first: date, last: date) -> set[str]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return {f"{month // 12}-{month % 12 + 1:02}" for month in range(start, end + 1)}


def compared(one: ActProfile, other: ActProfile) -> float | None:
    """How far two reports are of one act, 0 to 1; `None` where they cannot be."""
    if one.type is not other.type or one.article == other.article:
        return None
    found = findings(one, other)
    return None if found is None else 1 / (1 + exp(-sum(WEIGHTS[finding] for finding in ("start", *found))))


def findings(one: ActProfile, other: ActProfile) -> list[str] | None:
    """What speaks for and against one act; `None` where something rules it out."""
    found: list[str] = []
    for look in _LOOKS:
        seen = look(one, other)
        if seen is None:
            return None
        found += seen
    return found


def _times(one: ActProfile, other: ActProfile) -> list[str] | None:
    dated = one.first and one.last and other.first and other.last
    reach = LONG_AGO if not dated and one.items and other.items and _what(one) & _what(other) else BEFORE
    span, other_span = _span(one, reach), _span(other, reach)
    if span is None or other_span is None:
        return []
    (first, last), (other_first, other_last) = span, other_span
    if first > _moved(other_last, SLACK) or other_first > _moved(last, SLACK):
        return None
    if not (one.first and other.first):
        return _told(one, other)
    days = (last - first).days, (other_last - other_first).days
    if max(days) < WEEKS and (days == (0, 0) or first == other_first):
        return ["same day" if first == other_first else "next day"]
    if first > other_last or other_first > last:
        return None
    if max(days) <= PRECISE:
        return ["same month"]
    return ["same time of a usual act" if one.type in USUAL else "same time"]


def _told(one: ActProfile, other: ActProfile) -> list[str]:
    """How far apart two reports were published of which one does not say when the act was."""
    if not one.published or not other.published:
        return []
    days = abs((one.published - other.published).days)
    return ["told in a week"] if days <= 7 else ["told in a month"] if days <= 31 else ["told far apart"]


def _sides(one: ActProfile, other: ActProfile) -> list[str] | None:
    first, second = ({code for _, code in profile.states} for profile in (one, other))
    if not first or not second:
        return []
    shared = first & second
    part = shared in (first, second)
    if not part and (len(shared) < 2 or min(len(first), len(second)) <= FEW_SIDES):
        return None
    roles = [
        [{code for acting, code in profile.states if acting is role} for profile in (one, other)] for role in _ONE_WAY
    ]
    if any(a and b and not a & b for a, b in roles):
        return None
    if first == second:
        return ["same sides", "same roles"] if all(a == b for a, b in roles) else ["same sides"]
    return [] if part else ["sides beyond"]


def _name_words(name: str | None) -> frozenset[str]:
    return (
        frozenset(word for word in slug(name).split("-") if not word.isdigit() and word not in _ROMAN) - _PLAIN
        if name
        else frozenset()
    )


def _edition(name: str) -> set[int]:
    """The numbers in a name: years and ordinals, "XIV" among them."""
    found = {int(text) if text.isdigit() else _ROMAN.get(text, 0) for text in _NUMBERS.findall(name.casefold())}
    spoken = {_ORDINALS[word] for word in re.findall("[a-z]+", name.casefold()) if word in _ORDINALS}
    return {number % 100 if 1900 < number < 2100 else number for number in found | spoken} - {0}


def _names(one: ActProfile, other: ActProfile) -> list[str] | None:
    if not one.name or not other.name:
        return []
    editions = _edition(one.name), _edition(other.name)
    if all(editions) and not editions[0] & editions[1]:
        return None
    first, second = _name_words(one.name), _name_words(other.name)
    if first and second and (first <= second or second <= first):
        return ["same name"]
    if fuzz.token_set_ratio(slug(one.name), slug(other.name)) >= 85:
        return ["same name"]
    return ["other name"] if first and second else []


def _persons(one: ActProfile, other: ActProfile) -> list[str] | None:
    """Whether a person takes part in both, and whether one side is represented by different persons."""
    found: list[str] = []
    if any(_same_person(a, b) for a in one.persons for b in other.persons):
        found.append("same person")
    for state in {state for _, state in one.persons} & {state for _, state in other.persons}:
        a, b = ([name for name, side in profile.persons if side == state] for profile in (one, other))
        if not any(_same_person((x, state), (y, state)) for x in a for y in b):
            found.append("other person")
            break
    return found


def _same_person(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    return one[1] == other[1] and names_likeness(one[0], other[0], one[1] in FAMILY_FIRST) >= SURNAME


def _places(one: ActProfile, other: ActProfile) -> list[str]:
    if not one.place or not other.place:
        return []
    first, second = slug(one.place), slug(other.place)
    near = first in second or second in first or fuzz.token_set_ratio(first, second) >= 85
    return ["same place" if near else "other place"]


def _items(one: ActProfile, other: ActProfile) -> list[str]:
    if not one.items or not other.items:
        return []
    pairs = [(a, b) for a in one.items for b in other.items if _same_item(a[0], b[0])]
    if not pairs:
        both = all(any(_DIGIT.search(item) for item, _ in profile.items) for profile in (one, other))
        return ["other items"] if both else []
    numbers = {a[1] == b[1] for a, b in pairs if a[1] is not None and b[1] is not None}
    return ["same items", *(["same number"] if True in numbers else ["other number"] if numbers else [])]


def _same_item(one: str, other: str) -> bool:
    """Whether two names are of the same goods: every word with a digit, a designation's, is the same."""
    known, other_known = known_equipment(one), known_equipment(other)
    if known and other_known:
        return known == other_known
    first, second = (frozenset(slug(name).split("-")) for name in (one, other))
    exact = [frozenset(word for word in words if _DIGIT.search(word)) for words in (first, second)]
    if slug(one).replace("-", "") == slug(other).replace("-", ""):
        return True
    if all(exact):
        return exact[0] == exact[1]
    return not any(exact) and (first <= second or second <= first)


def _statuses(one: ActProfile, other: ActProfile) -> list[str] | None:
    if one.status is other.status:
        return []
    if {one.status, other.status} == {Status.CANCELLED, Status.ACTUAL}:
        return None
    return [] if _came_true(one, other) or _came_true(other, one) else ["other status"]


def _came_true(plan: ActProfile, act: ActProfile) -> bool:
    """Whether one report announces what the later one tells as done."""
    if plan.status not in _AHEAD or act.status in _AHEAD or not plan.published or not act.published:
        return False
    return plan.published <= act.published


_LOOKS: tuple[Callable[[ActProfile, ActProfile], list[str] | None], ...] = (
    _times,
    _sides,
    _names,
    _persons,
    _places,
    _items,
    _statuses,
)


def earliest(cluster: Iterable[ActProfile]) -> ActProfile:
    """The report by which the act goes: the one that was published first."""
    return min(cluster, key=lambda one: (one.published or date.max, one.own))
