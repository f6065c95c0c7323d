"""Whether an act happened, is planned, was proposed or came to nothing: what speaks for each."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg.acts.status import status_of
from kg.edtf import bounds
from kg.learned.linear import Features
from kg.learned.roles import Asked
from kg.lexicon import load
from kg.lexicon.tables import table, words
from kg.model import Status
from kg.paths import governors

NEAR = 8
ABOVE = 5


def features(asked: Asked, when: str | None) -> Features:
    """What speaks for each status of the act, whose date is `when` as far as known."""
    names = (*_trigger(asked), *_above(asked.trigger), *_time(asked, when), *_around(asked))
    return dict.fromkeys(names, 1.0)


def _trigger(asked: Asked) -> Iterator[str]:
    trigger = asked.trigger
    yield "any"
    yield f"{asked.type}"
    yield f"lemma {trigger.lemma_.lower()}"
    yield f"pos {trigger.pos_}"
    yield f"form {trigger.morph}"
    yield f"rules say {status_of(trigger)}"


def _above(trigger: Token) -> Iterator[str]:
    """The words above the trigger, and the auxiliaries, marks and adverbs of the nearest."""
    for steps, token in enumerate(governors(trigger)[:ABOVE]):
        if steps:
            yield f"above {token.lemma_.lower()}"
            yield f"above {min(steps, 2)} {token.lemma_.lower()}"
        if steps < 2:
            yield f"verb {steps} {token.morph.get('Tense', [])} {token.morph.get('VerbForm', [])}"
        for child in token.children if steps < 3 else ():
            if child.dep_.startswith("aux") or child.dep_ in {"mark", "advmod", "cop", "amod"}:
                yield f"with {child.lower_}"
                yield f"with {min(steps, 1)} {child.lower_}"


def _time(asked: Asked, when: str | None) -> Iterator[str]:
    published = asked.page.scene.article.date
    if when is None or published is None:
        yield "no time"
        return
    start, end = bounds(when)
    yield "time future" if start > published else "time past" if end < published else "time present"


def _around(asked: Asked) -> Iterator[str]:
    known = _telling()
    for token in asked.sentence:
        if token.is_space:
            continue
        if abs(token.i - asked.trigger.i) <= NEAR and token.i not in asked.page.scene.cast.named:
            yield f"near {token.lower_}"
        if token.lower_ in known or token.lemma_.lower() in known:
            yield f"sentence {token.lemma_.lower()}"


@cache
def _telling() -> frozenset[str]:
    """The words of `kg/lexicon/status.toml`."""
    lists = load("status")
    groups = [table(lists, status.value.lower()) for status in Status if status is not Status.ACTUAL]
    return frozenset(word for group in groups for name in group for word in words(group, name))
