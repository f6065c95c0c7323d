"""The places that a sentence names for acts, each with the word that joins it to the rest and its preposition."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.clauses import first_conjunct, preposition
from kg.entities import place_label
from kg.lexicon import words
from kg.mentions.gazetteer import Kind
from kg.model import Place
from kg.scenes import Scene
from ontology import reference

AT = words("settings", "at")
TO = words("settings", "to")
PART = words("settings", "part")
ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "nearby"})
DIRECTIONS = words("settings", "direction")


@dataclass(frozen=True, slots=True)
class Venue:
    """A place in a sentence: `head` joins it to the words around it by `case`, its preposition or nothing.

    A state is wide, and so is a sea or a region beyond one state.
    """

    place: Place
    start: int
    head: Token
    case: str
    is_state: bool
    is_wide: bool = False


def venues(scene: Scene, sentence: Span) -> tuple[Venue, ...]:
    """The places of the sentence in their order, each once: facilities by their full names, then all others."""
    found: list[Venue] = []
    taken: set[int] = set()
    for venue, end in (
        *_listed(scene, sentence),
        *_facilities(scene.doc, sentence),
        *_named(scene.doc, sentence),
        *_metonyms(scene.doc, sentence),
        *_capitals(scene.doc, sentence),
    ):
        if taken.isdisjoint(range(venue.start, end)):
            taken.update(range(venue.start, end))
            found.append(venue)
    return tuple(sorted(found, key=lambda venue: venue.start))


def _listed(scene: Scene, sentence: Span) -> Iterator[tuple[Venue, int]]:
    """Yield the places of the cast with where they end, longer ones where the text names a facility by them."""
    for start, mention in scene.cast.places.items():
        if not sentence.start <= start < sentence.end:
            continue
        label, state = place_label(mention, scene.doc)
        is_state = mention.kind is Kind.STATE
        low, high = (start, mention.end) if is_state else _widened(scene.doc, start, mention.end, sentence)
        if not mention.key and scene.doc[mention.end - 1].lower_ in words("settings", "building"):
            continue
        if not mention.key and not _is_place(scene.doc, start, sentence):
            continue
        if (low, high) != (start, mention.end):
            label = scene.doc[low:high].text
        wide = is_state or (state is None and mention.key in _regions())
        yield _venue(scene.doc[low:high], Place(label, state), is_state, wide), high


@cache
def _regions() -> frozenset[str]:
    return frozenset(place.id for place in reference.places() if place.kind in {"region", "sea"})


def _is_place(doc: Doc, start: int, sentence: Span) -> bool:
    """Whether a name that the recogniser alone takes for a place can be one: no exercise, no ship."""
    words_before = {token.lower_ for token in doc[max(sentence.start, start - 2) : start + 1]}
    return not words_before & {"exercise", "exercises", "operation", "ins", "uss", "hms"} and not (
        doc[start].head.dep_ == "obj" and doc[start - 1].lower_ == "the"
    )


def _widened(doc: Doc, start: int, end: int, sentence: Span) -> tuple[int, int]:
    """The tokens of the facility that has the place in its name: "Nyeri" of "Nyeri air base", "Fuji" of "Camp Fuji"."""
    high = next((end + n for n in (4, 3, 2, 1) if _lower(doc, end, end + n, sentence) in _endings()), end)
    low = next((start - n for n in (3, 2, 1) if start - n >= sentence.start and _opens(doc, start - n, start)), start)
    return low, high


def _lower(doc: Doc, start: int, end: int, sentence: Span) -> str:
    return doc[start:end].text.casefold() if end <= sentence.end else ""


def _opens(doc: Doc, start: int, end: int) -> bool:
    return doc[start:end].text in words("settings", "before")


@cache
def _endings() -> frozenset[str]:
    return words("settings", "facility")


def longest_first(names: Iterable[str]) -> list[str]:
    """The names so that none stands behind one that it begins with."""
    return sorted(names, key=lambda name: (-len(name), name))


@cache
def _pattern() -> re.Pattern[str]:
    name = r"[A-Z][\w'’-]+"
    certain = words("settings", "facility") - {"range", "ranges", "port", "polygon"}
    endings = "|".join(rf"(?i:{text})" for text in longest_first(certain))
    openings = "|".join(longest_first(words("settings", "before")))
    return re.compile(rf"\b(?:(?:{openings}) {name}(?: {name})?|{name}(?: {name}){{0,2}} (?:{endings}))\b")


def _facilities(doc: Doc, sentence: Span) -> Iterator[tuple[Venue, int]]:
    """Yield the facilities that no table knows, by the shape of their names."""
    for match in _pattern().finditer(sentence.text):
        span = doc.char_span(sentence.start_char + match.start(), sentence.start_char + match.end())
        if span is not None and not (span.start == sentence.start and span[0].lower_ in AT | ARTICLES):
            yield _venue(span, Place(span.text), False), span.end


_NAMED = re.compile(
    r"\b(?:city|town|port|resort|village|base|island|suburb|municipality|garrison) of "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)


def _named(doc: Doc, sentence: Span) -> Iterator[tuple[Venue, int]]:
    """Yield the places that the words before them show to be such: "the seaside resort of Palanga"."""
    for match in _NAMED.finditer(sentence.text):
        span = doc.char_span(sentence.start_char + match.start(1), sentence.start_char + match.end(1))
        if span is not None:
            yield _venue(span, Place(span.text, cities().get(span.text.casefold())), False), span.end


@cache
def cities() -> dict[str, str | None]:
    """The state of each place and capital of the tables, by its name in lower case."""
    places = ((name, place.state) for place in reference.places() for name in (place.label, *place.alt))
    capitals = ((name, state.iso2) for state in reference.states() for name in state.capitals)
    return {name.casefold(): code for name, code in (*places, *capitals)}


@cache
def _seats() -> dict[str, tuple[str, str]]:
    """The capital and code of each state, by the words that stand before "capital"."""
    return {
        name: (state.capitals[0], state.iso2)
        for state in reference.states()
        if state.capitals
        for name in (*state.demonyms, f"{state.label}'s", f"{state.label}’s")
    }


_CAPITAL = re.compile(r"\b((?:[A-Z][\w.]+ )?[A-Z][\w.]+(?:['’]s)?) capital\b(?! ship| of [A-Z]|,? [A-Z])")


def _capitals(doc: Doc, sentence: Span) -> Iterator[tuple[Venue, int]]:
    """Yield the capitals that are not called by name: "in the Egyptian capital"."""
    for match in _CAPITAL.finditer(sentence.text):
        name = match.group(1) if match.group(1) in _seats() else match.group(1).split()[-1]
        end = sentence.start_char + match.end()
        span = doc.char_span(end - len(f"{name} capital"), end)
        if name in _seats() and span is not None:
            yield _venue(span, Place(*_seats()[name]), False), span.end


@cache
def _houses() -> dict[str, str]:
    return {name: state.iso2 for state in reference.states() for name in state.metonyms}


@cache
def _house_names() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first(_houses()))) + r")\b")


def _metonyms(doc: Doc, sentence: Span) -> Iterator[tuple[Venue, int]]:
    """Yield what else stands for a government where it is a place: "at the White House", "in Tel Aviv"."""
    for match in _house_names().finditer(sentence.text):
        span = doc.char_span(sentence.start_char + match.start(), sentence.start_char + match.end())
        if span is not None:
            venue = _venue(span, Place(span.text, _houses()[match.group()]), False)
            said = {token.lower_ for token in doc[max(0, span.start - 3) : span.start]} & {"according", "close"}
            if venue.case in {"in", "at", "to", "inside", "outside"} and not said:
                yield venue, span.end


def _venue(span: Span, place: Place, is_state: bool, is_wide: bool = False) -> Venue:
    head, case = _joint(span)
    return Venue(place, span.start, head, case, is_state, is_wide)


def _joint(span: Span) -> tuple[Token, str]:
    """The word by which the place hangs in its sentence, and its preposition."""
    head = span.root
    before = _before(span)
    if before:
        return head, before
    for _ in range(4):
        case = preposition(head)
        above = head.head
        if case in AT | TO or above == head:
            return head, case
        if case == "of" and above.lower_ in DIRECTIONS:
            return above, "near"
        relation = head.dep_.partition(":")[0]
        if relation == "conj" and not case:
            first = first_conjunct(head)
            if first.pos_ in {"PROPN", "NOUN"} and preposition(first):
                return first, preposition(first)
        named = above.lemma_.lower() in PART or above.lower_ in PART or above.text.lower() in _last_words()
        if not named or relation not in {"nmod", "compound", "appos", "flat", "amod"} or (case and case != "of"):
            return head, case
        head = above
    return head, preposition(head)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(text.split()[-1] for text in words("settings", "facility"))


def _before(span: Span) -> str:
    """The preposition right before the place, whatever the tree makes of it."""
    i = span.start - 1
    while i > span.sent.start and span.start - i < 4 and (span.doc[i].lower_ in ARTICLES or span.doc[i].pos_ == "ADJ"):
        i -= 1
    word = span.doc[i] if i >= span.sent.start else None
    if word is None or word.pos_ not in {"ADP", "SCONJ"}:
        return ""
    return word.lower_ if word.lower_ in AT | TO - {"for"} else ""
