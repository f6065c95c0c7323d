"""Where an act took place and what it is called, from the words around its trigger."""

import re
from datetime import date
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg import dates
from kg.clauses import children, is_one_of, is_verb, preposition
from kg.entities import place_label
from kg.gazetteer import Kind
from kg.model import EventType, Place
from kg.paths import distance
from kg.rules import classes
from kg.scenes import Scene
from ontology import reference

AT = frozenset({"in", "at", "near", "off", "aboard", "over", "outside"})
TO = frozenset({"to", "into"})
"""Prepositions of place, and those of a goal, which is the place of a visit or deployment alone."""


def place_of(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> Place | None:
    """The place of an act: the nearest "in" or "at" of its sentence; pacts are signed in cities, not in states."""
    prepositions = AT | TO if type in {EventType.VISIT, EventType.DEPLOYMENT} else AT
    best: tuple[int, int, Place] | None = None
    for start, mention in scene.cast.places.items():
        if not sentence.start <= start < sentence.end:
            continue
        head = scene.doc[mention.start : mention.end].root
        if mention.kind is Kind.STATE and type is EventType.AGREEMENT:
            continue
        if preposition(head) not in prepositions and not (
            type is EventType.VISIT and head.dep_ == "obj" and trigger == head.head
        ):
            continue
        label, state = place_label(mention, scene.doc)
        steps = distance(trigger, head)
        rank = (steps + (2 if mention.kind is Kind.STATE else 0), abs(start - trigger.i), Place(label, state))
        if steps < 7 and (best is None or rank[:2] < best[:2]):
            best = rank
    if best:
        return best[2]
    return None


CALLED = re.compile(
    r"(?:code-?named|named|called|dubbed|titled|[Ee]xercises?|[Dd]rills?)\s*,?\s*[\"“‘']([^\"”’']{2,50})[\"”’']"
)


@cache
def _exercises() -> tuple[tuple[re.Pattern[str], str], ...]:
    names = {name: one.label for one in reference.exercises() for name in (one.label, *one.alt)}
    return tuple(
        (re.compile(rf"\b{re.escape(name)}\b(?:[- ](?:\d+|[IVX]+)\b)?", re.IGNORECASE), label)
        for name, label in sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    )


def name_of(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> str | None:
    """The proper name of the instrument, exercise or session, as written."""
    if type is EventType.EXERCISE:
        return _exercise_name(sentence) or _capital_name(scene, trigger)
    if type is EventType.AGREEMENT:
        nouns = [trigger, *children(trigger, "obj", "nsubj", "obl")] if is_verb(trigger) else [trigger]
        instruments = [noun for noun in nouns if is_one_of(noun, classes()["instrument"])]
        return next((name for noun in instruments if (name := _capital_name(scene, noun))), None)
    if type is EventType.MEETING and not is_verb(trigger):
        return _capital_name(scene, trigger)
    return None


def _exercise_name(sentence: Span) -> str | None:
    text = sentence.text
    for pattern, _ in _exercises():
        match = pattern.search(text)
        if match and match.group(0)[0].isupper():
            return match.group(0)
    match = CALLED.search(text)
    if match:
        return match.group(1).strip(" ,")
    match = re.search(r"\b(?:Exercise|Ex|Operation)\s+((?:[A-Z][\w-]+\s?){1,3}(?:-?\d+)?)", text)
    return match.group(1).strip() if match else None


def _capital_name(scene: Scene, noun: Token) -> str | None:
    """The run of capitalised words that ends in `noun`, when it is longer than the noun itself."""
    if not noun.text[:1].isupper():
        return None
    doc, start, end = scene.doc, noun.i, noun.i + 1
    while start > noun.sent.start and (_capital(doc[start - 1]) or _links(doc, start - 1, noun.sent)):
        start -= 1
    while end < noun.sent.end and (_capital(doc[end]) or _links(doc, end, noun.sent)):
        end += 1
    while start < end and doc[start].lower_ in {"the", *LINKS, "a"}:
        start += 1
    return doc[start:end].text if end - start > 1 else None


LINKS = frozenset({"of", "and", "on", "for", "-", "the"})
"""Words that stand between the capitalised words of one name."""


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _links(doc: Doc, position: int, sentence: Span) -> bool:
    """Whether a linking word joins two capitalised words of the sentence."""
    if not sentence.start < position < sentence.end - 1 or doc[position].lower_ not in LINKS:
        return False
    return _capital(doc[position - 1]) and _capital(doc[position + 1]) and not _dates(doc[position + 1])


def _dates(token: Token) -> bool:
    """Whether a capitalised word is of a date: "the Agreement on Monday"."""
    return bool(dates.find(token.text, date.min.replace(year=2000)))
