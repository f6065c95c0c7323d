"""Words that may tell of an act, and what speaks for each class of act at each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Span, Token

from kg.acts.events import arguments, heads_body
from kg.clauses import preposition
from kg.learned.linear import Features, Floats
from kg.learned.page import CONTENT, Page
from kg.model import EventType

NEAR = 6
"""Words on either side whose vectors are averaged."""

DENSITY = 8.0
"""Words of defence in a hundred above which more of them say nothing more."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all words of a sentence share: how much of each kind it names, its content words, what both speak for."""

    sentence: Span
    counts: tuple[str, ...]
    content: tuple[Token, ...]
    features: Features


def surroundings(page: Page, sentence: Span) -> Surroundings:
    """What the words of a sentence share."""
    named = page.scene.cast.named
    content = tuple(token for token in sentence if token.pos_ in CONTENT)
    counts = tuple(_counts(page, sentence))
    plain = (token.lemma_.lower() for token in content if token.is_alpha and token.i not in named)
    shared = {f"beside {one}": 0.3 for one in plain} | {f"sentence {one}": 1.0 for one in counts}
    shared["density"] = min(page.scene.density, DENSITY) / DENSITY
    return Surroundings(sentence, counts, content, shared)


def candidates(page: Page) -> Iterator[tuple[Surroundings, Token]]:
    """The words that may tell of an act, each in its surroundings: content words that are not names of actors."""
    for sentence in page.scene.sentences:
        around = surroundings(page, sentence)
        for token in around.content:
            if len(token) > 2 and not token.is_stop and token.text[0].isalpha():
                named = token.i in page.scene.cast.named and token.pos_ != "NOUN"
                if not named or heads_body(token, page.scene):
                    yield around, token


def features(page: Page, around: Surroundings, token: Token) -> Features:
    """What speaks for and against each class at the word `token`."""
    lemma = token.lemma_.lower()
    found = dict.fromkeys((*_word(token), *_neighbours(around.sentence, token), *_dependents(page, token)), 1.0)
    found |= dict.fromkeys((*_arguments(page, token), *_rules(page, token)), 1.0)
    for one in around.counts:
        found |= {f"{token.pos_} sentence {one}": 1.0, f"{lemma} with {one}": 1.0}
    return found | around.features


def vectors(page: Page, found: Sequence[tuple[Surroundings, Token]]) -> Floats:
    """For each candidate the vectors of the word, the word above it, the words near it, and the words below it, one
    behind the other."""
    tokens = [token for _, token in found]
    near = [[one for one in around.content if 0 < abs(one.i - token.i) <= NEAR] for around, token in found]
    below = [[child for child in token.children if child.pos_ in CONTENT] for token in tokens]
    own = page.vectors[[token.i for token in tokens]]
    above = page.vectors[[token.head.i if token.head != token else -1 for token in tokens]]
    joined: Floats = np.hstack([own, above, page.means(near), page.means(below)])
    return joined


def _word(token: Token) -> Iterator[str]:
    lemma, head = token.lemma_.lower(), token.head.lemma_.lower()
    yield f"lemma {lemma}"
    yield f"lemma {lemma} {token.pos_}"
    yield f"pos {token.pos_}"
    yield f"relation {token.dep_}"
    yield f"ending {token.lower_[-3:]}"
    yield f"above {head}"
    yield f"above {head} {token.dep_}"
    if token.head.head != token.head:
        yield f"above twice {token.head.head.lemma_.lower()}"


def _neighbours(sentence: Span, token: Token) -> Iterator[str]:
    for step in (-2, -1, 1, 2):
        if sentence.start <= token.i + step < sentence.end:
            yield f"word {step:+d} {token.doc[token.i + step].lower_}"


def _dependents(page: Page, token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ == "punct":
            continue
        kind = page.kind(child)
        yield f"below {child.dep_} {child.lemma_.lower()}"
        yield f"below {child.dep_} a {kind}"
        if child.dep_.partition(":")[0] in {"obl", "nmod"}:
            yield f"below {preposition(child)} {child.lemma_.lower()}"
            yield f"below {preposition(child)} a {kind}"


def _arguments(page: Page, token: Token) -> Iterator[str]:
    for argument in arguments(token):
        kind = page.kind(argument.head)
        yield f"{argument.slot} a {kind}"
        yield f"{token.lemma_.lower()} {argument.slot} a {kind}"
        yield f"{argument.slot} {argument.head.lemma_.lower()}"


def _rules(page: Page, token: Token) -> Iterator[str]:
    for type in page.listed(token):
        yield f"listed {type}"
    for type in EventType:
        for report in page.reports(token, type):
            yield f"told {type}"
            yield f"rule {report.event.evidence[0].extractor}"


def _counts(page: Page, sentence: Span) -> Iterator[str]:
    kinds = {(page.kind(token), actor) for token in sentence for actor in page.scene.cast.named.get(token.i, ())}
    for kind, most in (("state", 3), ("org", 2), ("person", 2)):
        yield f"{kind}s {min(most, sum(one == kind for one, _ in kinds))}"
    for domain in sorted({page.scene.item_at[token.i].domain for token in sentence if token.i in page.scene.item_at}):
        yield f"goods {domain}"
