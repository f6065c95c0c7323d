"""Designations of equipment in text: "Mi-35M", "Type 054A/P", "Kilo-class", "BrahMos"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Doc

from kg.goods.numbers import SPELT
from kg.lexicon import load
from kg.lexicon.tables import table, tables, text, words
from ontology import reference


class Need(StrEnum):
    """What must stand beside a name that has other meanings too, before it is one of equipment."""

    NOTHING = "nothing"
    KIND_OR_NUMBER = "kind or number"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Designation:
    """The tokens `start` to `end` (exclusive), and the name without a plural s.

    "Patriot" and "K2" need a word for equipment or a number beside them; letters and numbers that no pattern knows need
    the word.
    """

    start: int
    end: int
    name: str
    need: Need = Need.NOTHING


@dataclass(frozen=True, slots=True)
class _Patterns:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    ship_class: re.Pattern[str]
    general: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Guards:
    words: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    ships: frozenset[str]
    classes: frozenset[str]


@cache
def _guards() -> _Guards:
    lexicon = load("equipment")
    near_misses = table(lexicon, "not_designations")
    return _Guards(
        words=frozenset(words(near_misses, "words")),
        before=frozenset(words(near_misses, "before")),
        after=frozenset(words(near_misses, "after")),
        ships=frozenset(table(load("organizations"), "ships")),
        classes=frozenset(words(table(lexicon, "classes"), "not")),
    )


_EDGE = r"(?<![\w$€£-])"
_END = r"(?![\w]|-\d)"


def _names(names: list[str], behind: str) -> str:
    """The pattern of gazetteer names, also in capitals, with a number or variant behind and a plural s."""
    forms = {form for name in names for form in (name, name.upper() if len(name) > 4 else name)}
    by_start: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_start.setdefault(form[0], []).append(re.escape(form[1:]))
    # one look at the first letter, where the regex engine would try each of some thousand names at each word
    either = "|".join(f"{re.escape(start)}(?:{'|'.join(rests)})" for start, rests in by_start.items())
    number = r"(?:[- ]?\d{1,4}[A-Z]{0,4}\d?(?:-\d)?|-?[IVX]+|[- ][A-Z]\d?)(?!\w)"
    return rf"(?:{either})(?:s(?!\w))?(?:{number}|[ -](?:{behind})(?!\w))?"


@cache
def _patterns() -> _Patterns:
    lexicon = load("equipment")
    mark = table(lexicon, "mark")
    behind = "|".join(words(mark, "behind"))
    rows = tables(lexicon, "pattern")
    names = _all_names()

    def either(is_weak: bool) -> str:
        regexes = "|".join(text(row, "regex") for row in rows if bool(row.get("weak")) is is_weak)
        return rf"(?:{regexes}){text(mark, 'regex')}(?:s(?!\w))?(?: (?:{behind})(?!\w))?"

    weak_regex = re.compile(either(True))
    strong = [name for name in names if names[name] is Need.NOTHING and not weak_regex.fullmatch(name)]
    weak = [name for name in names if names[name] is not Need.NOTHING]
    return _Patterns(
        strong=re.compile(rf"{_EDGE}(?:{_names(strong, behind)}|{either(False)}){_END}"),
        weak=re.compile(rf"{_EDGE}(?:{_names(weak, behind)}|{either(True)}){_END}"),
        ship_class=re.compile(
            rf"(?<![\w-])(?!(?:The|An|Its|Their|This|Each|Both|(?i:{SPELT})) )"
            r"[A-ZÀ-Þ][\w'’]+(?: [A-Z][\w'’]+| \d{1,3})?(?:-[Cc]lass|-CLASS)(?!\w)"
        ),
        general=re.compile(
            rf"(?<![\w-])[A-ZÀ-Þ][\w'’]+ class(?!\w)"
            rf"|{_EDGE}[A-Z][A-Za-z]{{0,9}}-?\d{{1,4}}[A-Za-z]{{0,4}}(?:-\d)?{_END}"
        ),
    )


@cache
def _all_names() -> dict[str, Need]:
    """All names, each with what must stand beside it; the kind behind a listed one ("Challenger tanks") is left out."""
    names = table(load("equipment"), "names")
    distinct = frozenset(words(names, "distinct"))
    found = dict.fromkeys((*distinct, *words(names, "strong")), Need.NOTHING)
    found |= dict.fromkeys(words(names, "weak"), Need.KIND_OR_NUMBER)
    for one in reference.equipment():
        for written in (one.label, *one.alt):
            name = re.sub(r"(?: (?!class\b)[a-z][\w-]*)+$", "", written)
            if not re.match(r"[A-ZÀ-Þ\d](?=.*[A-Z])[^,]|[A-ZÀ-Þ]\w", name):
                continue
            plain = name.isalpha() or name != written
            found.setdefault(name, Need.KIND_OR_NUMBER if plain else Need.NOTHING)
    return found


def find_designations(doc: Doc) -> tuple[Designation, ...]:
    """The designations in `doc`, in order, without overlaps; those side by side ("M1A2 Abrams") are one."""
    patterns = _patterns()
    found: dict[int, Designation] = {}
    taken: set[int] = set()
    for pattern, need in (
        (patterns.ship_class, Need.NOTHING),
        (patterns.strong, Need.NOTHING),
        (patterns.weak, Need.KIND_OR_NUMBER),
        (patterns.general, Need.KIND),
    ):
        for one in _matches(doc, pattern, need):
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                found[one.start] = one
    return tuple(_joined(doc, [found[start] for start in sorted(found)]))


def _matches(doc: Doc, pattern: re.Pattern[str], need: Need) -> Iterator[Designation]:
    for match in pattern.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or not _is_allowed(doc, span.start, span.end, match.group()):
            continue
        yield Designation(span.start, span.end, _singular(match.group()), need)


def _singular(name: str) -> str:
    """The name without a plural s ("F-16s", "Javelins"); "Aegis" and "Tejas" keep theirs.

    >>> _singular("F-16s"), _singular("Aegis"), _singular("Typhoons")
    ('F-16', 'Aegis', 'Typhoon')
    """
    name = " ".join(name.split())
    if name.endswith("s") and (re.search(r"[\dA-Z]s$", name) or name[:-1] in _singulars()):
        return name[:-1]
    return name


@cache
def _singulars() -> frozenset[str]:
    return frozenset(_all_names())


def _is_allowed(doc: Doc, start: int, end: int, name: str) -> bool:
    """Whether the words around leave the name a designation: no ship, exercise, road, group of states or dog."""
    guards = _guards()
    if name in guards.words or name.removesuffix("s") in guards.words:
        return False
    before = doc[start - 1].text if start else ""
    after = doc[end].text if end < len(doc) else ""
    if before in guards.before or before in guards.ships or after in guards.after:
        return False
    if re.search(r"[- ]class$", name, re.IGNORECASE):
        return re.split(r"[- ]", name)[0] not in guards.classes
    return True


def _joined(doc: Doc, ones: list[Designation]) -> Iterator[Designation]:
    """Neighbours as one designation: "P-8I Poseidon"."""
    while ones:
        one = ones.pop(0)
        while ones and ones[0].start == one.end and doc[one.end - 1].whitespace_:
            other = ones.pop(0)
            need = Need.NOTHING if Need.NOTHING in {one.need, other.need} else one.need
            one = Designation(one.start, other.end, f"{one.name} {other.name}", need)
        yield one
