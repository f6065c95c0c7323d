"""Ships by name: behind the prefix of a navy, behind a word for a kind of ship, and by the bare name later on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from kg.lexicon import load
from kg.mentions.gazetteer import Kind, Mention
from kg.mentions.owners import state_around, state_before, state_behind, state_of_sentence
from ontology import reference


@dataclass(frozen=True, slots=True)
class ShipMention:
    """The tokens `start` to `end` (exclusive) name a ship; `name` is its full name in the article."""

    start: int
    end: int
    name: str
    state: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    prefixes: dict[str, str]
    namesakes: dict[str, tuple[str, ...]]
    loose: frozenset[str]
    numbered: frozenset[str]
    kinds: frozenset[str]
    no_names: frozenset[str]
    joiners: frozenset[str]


@cache
def _words() -> _Words:
    table: Any = load("organizations")
    kinds = frozenset(table["ship_words"]["kinds"])
    return _Words(
        prefixes=table["ships"],
        namesakes={prefix: tuple(states) for prefix, states in table["namesakes"].items()},
        loose=frozenset(table["ship_words"]["loose"]),
        numbered=frozenset(table["ship_words"]["numbered"]),
        kinds=kinds | {f"{kind}s" for kind in kinds},
        no_names=frozenset(table["ship_words"]["no_names"]),
        joiners=frozenset(table["ship_words"]["joiners"]),
    )


@cache
def _classes() -> frozenset[str]:
    """Types of equipment, which no ship is called by here: "the corvette Gowind"."""
    return frozenset(name for one in reference.equipment() for name in (one.label, *one.alt))


LONGEST = 4
"""The most words of a ship's name, without its prefix."""

_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``"})


def prefixed(doc: Doc) -> Iterator[tuple[int, int]]:
    """The spans of ships with the prefix of a navy: "INS Kolkata", "ARM Benito Juárez"."""
    words = _words()
    for token in doc[:-1]:
        if token.text not in words.prefixes:
            continue
        after = doc[token.i + 1]
        if token.text in words.numbered and after.text.isdigit():
            yield token.i, token.i + 2
        elif not (token.text in words.loose and after.is_upper and len(after) > 1):
            end = _name(doc, token.i + 1)
            if end:
                yield token.i, end


def find_ships(doc: Doc, names: Sequence[Mention], codes: dict[int, str]) -> list[ShipMention]:
    """All ships that `doc` names; `codes` maps the tokens of states and their organisations to states."""
    found = [ShipMention(i, end, doc[i:end].text, _of_prefix(doc, i, codes)) for i, end in prefixed(doc)]
    used = {i for ship in found for i in range(ship.start, ship.end)}
    for ship in (*_by_kind(doc, names, codes), *_by_apposition(doc, names, codes)):
        if used.isdisjoint(range(ship.start, ship.end)):
            used.update(range(ship.start, ship.end))
            found.append(ship)
    return [*found, *_again(doc, found, used)]


def _of_prefix(doc: Doc, start: int, codes: dict[int, str]) -> str:
    """The state of the prefix, or the one that shares it when the words before say so: "the Israeli corvette INS X"."""
    prefix = doc[start].text
    said = state_before(doc, start, codes)
    return said if said and said in _words().namesakes.get(prefix, ()) else _words().prefixes[prefix]


def _name(doc: Doc, start: int) -> int | None:
    """The end of a ship's name that begins at `start`, if one does."""
    words = _words()
    if start >= len(doc) or not _is_part(doc, start) or doc[start].is_sent_start:
        return None
    end = start + 1
    while end < len(doc) and end - start < LONGEST + 2 and not doc[end].is_sent_start:
        if doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_ and _joins(doc, end):
            end += 2
        elif _is_part(doc, end):
            end += 1
        elif doc[end].lower_ in words.joiners and end + 1 < len(doc) and _is_part(doc, end + 1):
            end += 2
        else:
            break
    return end


def _joins(doc: Doc, hyphen: int) -> bool:
    """Whether what follows the hyphen belongs to the name; "-class" and "-led" do not."""
    return hyphen + 1 < len(doc) and doc[hyphen + 1].text[:1].isupper()


def _is_part(doc: Doc, i: int) -> bool:
    token = doc[i]
    return token.text[:1].isupper() and token.text[-1:].isalpha() and token.text not in _words().no_names


def _by_kind(doc: Doc, names: Sequence[Mention], codes: dict[int, str]) -> Iterator[ShipMention]:
    """Ships behind a word for their kind: "the frigate Noshiro", "the destroyers Asagiri and Umigiri"."""
    sides = _sides(names)
    last: tuple[int, str | None] = (-1, None)
    for token in doc[:-1]:
        if token.text not in _words().kinds:
            continue
        spans = _names_behind(doc, token.i, sides)
        if not spans:
            continue
        state = state_around(doc, token.i, spans[-1][1], codes) or _of_subject(doc, token.i, codes)
        if state is None and last[0] >= 0 and _continues(doc, last[0], token.i):
            state = last[1]
        state = state or state_of_sentence(doc, token.i, names, codes)
        last = spans[-1][1], state
        yield from (ShipMention(start, end, doc[start:end].text, state) for start, end in spans)


def _continues(doc: Doc, end: int, kind: int) -> bool:
    """Whether only "and the nuclear" and the like stands between a ship's name and the next word for a kind."""
    between = doc[end:kind]
    return len(between) < 6 and all(
        token.text in {",", "and"} or token.pos_ in {"DET", "ADJ", "NOUN", "PUNCT"} for token in between
    )


def _names_behind(doc: Doc, kind: int, sides: frozenset[int]) -> list[tuple[int, int]]:
    """The names right behind the word for a kind; several only behind a plural."""
    plural = doc[kind].text.endswith("s")
    spans: list[tuple[int, int]] = []
    i = kind + 1
    while (span := _one(doc, i, sides)) is not None:
        spans.append(span)
        i = span[1] + (span[1] < len(doc) and doc[span[1]].text in _QUOTES)
        here = i
        while i < len(doc) and i - here < 2 and doc[i].text in {",", "and", "&"}:
            i += 1
        if not plural or i == here:
            break
    if not spans or (plural and len(spans) == 1 and _is_relative(doc, kind, spans[0])):
        return []
    return [] if _is_airline(doc, kind, spans[0]) else spans


def _one(doc: Doc, start: int, sides: frozenset[int]) -> tuple[int, int] | None:
    """The name of one ship at `start`, in quotation marks or not."""
    if start < len(doc) and doc[start].text in _QUOTES:
        start += 1
    if start >= len(doc) or start in sides or doc[start].text in _words().prefixes:
        return None
    end = _name(doc, start)
    if end is None or doc[start:end].text in _classes():
        return None
    after = doc[end : end + 2].text
    return None if after.startswith(("-class", "class", "-type", "type")) else (start, end)


def _is_relative(doc: Doc, kind: int, span: tuple[int, int]) -> bool:
    """Whether the one name behind a plural is the subject of a clause: "the frigates Moscow promised"."""
    return span[1] < len(doc) and doc[span[1]].pos_ in {"VERB", "AUX"}


def _is_airline(doc: Doc, kind: int, span: tuple[int, int]) -> bool:
    """Whether a "carrier" flies: "the flag carrier Air Baltic"."""
    if not doc[kind].lower_.startswith("carrier"):
        return False
    around = {doc[kind - 1].lower_, *(token.lower_ for token in doc[span[0] : span[1] + 1])}
    return bool(around & {"flag", "budget", "cost", "national", "air", "airlines", "airways", "airline", "fare"})


def _sides(names: Sequence[Mention]) -> frozenset[int]:
    """The tokens that name states or organisations, as no ship does."""
    kinds = {Kind.STATE, Kind.DEMONYM, Kind.METONYM, Kind.CAPITAL, Kind.ORGANIZATION}
    return frozenset(i for mention in names if mention.kind in kinds for i in range(mention.start, mention.end))


def _of_subject(doc: Doc, kind: int, codes: dict[int, str]) -> str | None:
    """The state that acts upon the ship: "Chile sent the frigate X"."""
    verb = doc[kind].head if doc[kind].dep_ == "obj" else None
    subjects = [child for child in verb.children if child.dep_ == "nsubj"] if verb is not None else []
    return next((codes[one.i] for one in subjects if one.i in codes), None)


def _by_apposition(doc: Doc, names: Sequence[Mention], codes: dict[int, str]) -> Iterator[ShipMention]:
    """Ships explained behind their name: "the Hakuryu, a Soryu-class submarine"."""
    sides = _sides(names)
    for token in doc[:-4]:
        if token.lower_ != "the" or (span := _one(doc, token.i + 1, sides)) is None:
            continue
        start, end = span
        if doc[end : end + 2].text not in {", a", ", an"}:
            continue
        for word in doc[end + 2 : end + 9]:
            if word.text in _words().kinds and word.pos_ == "NOUN":
                state = state_before(doc, word.i, codes) or state_behind(doc, word.i + 1, codes)
                yield ShipMention(start, end, doc[start:end].text, state)
                break
            if word.pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"} and word.text != "-":
                break


def _again(doc: Doc, found: Sequence[ShipMention], used: set[int]) -> Iterator[ShipMention]:
    """The ships by their bare names elsewhere: "the Kitty Hawk"."""
    known: dict[str, ShipMention] = {}
    for ship in found:
        first = doc[ship.start].text in _words().prefixes
        bare = doc[ship.start + first : ship.end].text
        known.setdefault(bare, ship)
    for token in doc[:-1]:
        if token.lower_ != "the" or token.i + 1 in used:
            continue
        end = _name(doc, token.i + 1)
        one = known.get(doc[token.i + 1 : end].text) if end else None
        if end and one and not doc[end : end + 2].text.startswith("-class"):
            yield ShipMention(token.i + 1, end, one.name, one.state)
