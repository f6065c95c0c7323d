"""Names of exercises, dialogues and operations in a sentence: those of the tables, and those that look like names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from kg.lexicon import words
from kg.scenes import Scene
from ontology import reference

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
EDITION = re.compile(r"[-–\s]?(?:(?:20|19)\d\d|\d{1,2}|[IVXL]{1,6})(?:[-/]\d+)?" rf"(?![\w.,:]*\d|%| {_MONTHS})\b")
"""The edition behind a name: "2015", "-XI", "Cope India 19"."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A name in a sentence, at the tokens `start` to `end`; `plain` is the name without its edition."""

    start: int
    end: int
    text: str
    plain: str


@cache
def _exercises() -> frozenset[str]:
    return frozenset(name.casefold() for one in reference.exercises() for name in (one.label, *one.alt))


@cache
def _dialogues() -> frozenset[str]:
    return frozenset(name.casefold() for one in reference.dialogues() for name in (one.label, *one.alt))


LONGEST = 12
"""Tokens of the longest name of a table that is looked for."""


START = 2
"""Letters of a word by which most are passed over that begin no name."""


@cache
def _starts(names: frozenset[str]) -> frozenset[str]:
    """What the first words of the names begin with."""
    return frozenset(name[:length] for name in names for length in range(1, START + 1))


def known_exercises(sentence: Span) -> tuple[Caption, ...]:
    """The exercises of the table that the sentence names, with their editions."""
    return tuple(_known(sentence, _exercises()))


def known_dialogues(sentence: Span) -> tuple[Caption, ...]:
    """The dialogues, committees and conferences of the table that the sentence names."""
    return tuple(_known(sentence, _dialogues()))


def _known(sentence: Span, names: frozenset[str]) -> Iterator[Caption]:
    doc, i, starts = sentence.doc, sentence.start, _starts(names)
    while i < sentence.end:
        step, word = 1, doc[i].text
        if (word[0].isupper() or word[0].isdigit()) and word[:START].casefold() in starts:
            for end in range(min(sentence.end, i + LONGEST), i, -1):
                if doc[i:end].text.casefold() in names:
                    yield _edition(doc[i:end], sentence)
                    step = end - i
                    break
        i += step


def _edition(span: Span, sentence: Span) -> Caption:
    """The name with the edition right behind it, without a leading "Exercise"."""
    start = span.start_char - sentence.start_char
    end = span.end_char - sentence.start_char
    match = EDITION.match(sentence.text, end)
    whole = sentence.text[start : match.end() if match else end]
    last = span.doc.char_span(span.start_char, span.start_char + len(whole), alignment_mode="expand")
    return Caption(span.start, last.end if last is not None else span.end, bare(whole), bare(span.text))


_EXERCISE = re.compile(r"^(?:(?:Joint|Military|Naval|Multinational) )*(?:Exercises?|Ex|EXERCISE|Drills?)[.:]? +")


def bare(name: str) -> str:
    """The name without the word "Exercise" before it, and without quotation marks."""
    text = name.strip(" \"“”‘’',")
    shorter = _EXERCISE.sub("", text)
    return shorter.strip(" \"“”‘’',") if shorter[:1].isupper() or shorter[:1] in "\"“‘'" else text


_QUOTED = re.compile(r"(?:[\"“‘]|(?<!\w)')([A-ZÀ-Þ][^\"”’“']{2,45}?)[,.]?(?:[\"”’]|'(?!\w))")
_DRILLS = r"(?:[Ee]xercises?|[Ee]x|[Dd]rills?|[Mm]ano?euv(?:er|re)s)"
_CALLED = re.compile(
    r"\b(?:code-?named|named|called|dubbed|titled|known as|under the name(?: of)?|" + _DRILLS + r"),?\s+"
    r"((?:[A-Z][\w'’-]*\s?){1,4}(?:[-–]?\d{2,4}\b)?)"
)
_BEHIND = re.compile(
    rf"\b{_DRILLS}\s+((?:[A-Z][\w'’-]*\s?){{1,3}}(?:[-–]?\d{{2,4}}\b)?)"
    rf"|\b([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}(?: \d{{2,4}})?), (?:an?|the) (?:[\w-]+ ){{0,4}}{_DRILLS}\b"
    rf"|\b{_DRILLS}\b[^,.;]{{0,40}}, ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}(?: \d{{2,4}})?),"
)
"""A name right behind "exercise", or set off beside it: "Kangaroo, an army exercise", "the exercise, Kangaroo 11,"."""

_BEFORE = re.compile(
    r"\b((?:[A-Z][\w'’-]+ ){1,3}(?:\d{2,4} )?)(?:(?:military|naval|joint|field|air|multinational) )*"
    r"(?:exercises?|drills?|war ?games|mano?euv(?:er|re)s)\b"
)
_NUMBERED = re.compile(
    r"\b([A-Z][a-z][\w'’]+(?: [A-Z][\w'’]+){0,3}(?:[ -](?:[12]\d{3}|\d{2}|[IVX]{1,5}))(?:-\d+)?)\b(?![\d%,]*\d)"
)


def told_exercises(scene: Scene, sentence: Span) -> tuple[Caption, ...]:
    """What the sentence shows to be an exercise's name: quotation marks, "Exercise", "called", "drills", an edition."""
    found = []
    for pattern in (_QUOTED, _BEHIND, _CALLED, _BEFORE, _NUMBERED):
        for match in pattern.finditer(sentence.text):
            group = match.lastindex or 1
            caption = _caption(sentence, match.start(group), match.group(group))
            behind = pattern is _BEHIND and group == 1
            if caption is not None and _is_free(scene, caption, quoted=pattern is _QUOTED, behind=behind):
                found.append(caption)
        if found:
            break
    return tuple(found)


_MONTH = re.compile(rf"\b{_MONTHS}(?:\b|[a-z]*(?:ary|ch|il|e|y|ust|ber)\b|t\b)")


def _caption(sentence: Span, start: int, text: str) -> Caption | None:
    stripped = text.strip(" ,-")
    ordinary = words("captions", "ordinary")
    while stripped.split(" ")[0] in ordinary and " " in stripped:
        start += len(stripped.split(" ")[0]) + 1
        stripped = stripped.split(" ", 1)[1]
    span = sentence.doc.char_span(
        sentence.start_char + start, sentence.start_char + start + len(stripped), alignment_mode="expand"
    )
    if span is None or len(stripped) < 3 or stripped in ordinary or _MONTH.search(stripped) or _is_plain(span):
        return None
    return Caption(span.start, span.end, bare(stripped), re.sub(r"[- ](?:\d+|[IVX]+)$", "", bare(stripped)))


def _is_plain(span: Span) -> bool:
    """Whether the words are no name: they begin as a sentence does, or there is no word of letters among them."""
    if span[0].pos_ in {"ADP", "DET", "NUM", "SCONJ", "PRON", "ADV", "CCONJ", "AUX"} and len(span) < 4:
        return True
    if re.fullmatch(r"[A-Za-z]+-(?:week|day|month|year|fire|level|hour|led|based|nation)", span.text):
        return True
    return not any(_LETTERS.match(one.text) and not re.fullmatch("[IVXLC]+", one.text) for one in span)


_LETTERS = re.compile(r"[^\W\d_]{3}")


def _is_free(scene: Scene, caption: Caption, quoted: bool, behind: bool) -> bool:
    """Whether the name is no thing, state, body or person of the article; right `behind` "exercise" only no actor."""
    inside = range(caption.start, caption.end)
    if behind:
        return not any(i in scene.cast.named for i in inside)
    if any(i in scene.item_at for i in inside) and not quoted:
        return False
    if quoted:
        verbs = any(token.pos_ in {"VERB", "AUX"} and token.is_lower for token in scene.doc[inside.start : inside.stop])
        return len(caption.text.split()) <= 4 and not verbs
    return not any(i in scene.cast.named or i in scene.cast.places for i in inside)


_OPERATION = re.compile(r"\b((?:Operation|Project|Task Force|Op)\s(?:[A-Z][\w'’-]+\s?){1,3})")


def operations(sentence: Span) -> tuple[Caption, ...]:
    """The operations that the sentence names."""
    found = (_caption(sentence, match.start(1), match.group(1)) for match in _OPERATION.finditer(sentence.text))
    return tuple(one for one in found if one is not None)
