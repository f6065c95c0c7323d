"""Whether an act happened, is planned, was proposed or came to nothing, from the verbs above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.clauses import SERIES, children, is_one_of, is_verb, preposition
from kg.lexicon import load
from kg.model import Status

NEGATIONS = frozenset({"not", "n't", "never", "n’t", "no"})
UPWARDS = frozenset({"obj", "xcomp", "nsubj", "ccomp", "conj", "obl", "nmod", "acl"})
"""Relations by which what a word says of reality reaches down."""

APART = frozenset({"during", "after", "following", "since", "before", "despite", "under", "amid"})
"""Prepositions of an act that stands apart from the verb: "during his visit he promised" leaves the visit as it was."""

_STRENGTH = (Status.CANCELLED, Status.PROPOSED, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class _Words:
    modals: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]


@cache
def _words() -> dict[Status, _Words]:
    table = load("status")
    return {status: _read(table[status.value.lower()]) for status in _STRENGTH}


def _read(lists: object) -> _Words:
    assert isinstance(lists, dict)
    return _Words(**{name: frozenset(words) for name, words in lists.items()})


def is_negated(verb: Token) -> bool:
    """Whether the clause of `verb` denies it."""
    words = children(verb, "advmod", "aux", "det")
    for subject in children(verb, "nsubj"):
        words += children(subject, "det")
    return any(word.lower_ in NEGATIONS for word in words)


def status_of(trigger: Token) -> Status | None:
    """The status of the act that `trigger` names: the strongest that a word above or beside it gives.

    `None` where nothing is said, as of a noun ("the visit") that no verb carries.
    """
    words = list(chain(trigger))
    found = {status for token in words for status in _signals(token, trigger)}
    for status in _STRENGTH:
        if status in found:
            return status
    return Status.ACTUAL if any(is_verb(token) and _tensed(token) for token in words) else None


def chain(trigger: Token) -> Iterator[Token]:
    """`trigger` and the words that govern it, as far as they say whether it happened."""
    token = trigger
    yield token
    for _ in range(6):
        governor = token.head
        if governor == token:
            return
        relation = token.dep_.partition(":")[0]
        if relation not in UPWARDS or not _carries(token, governor, relation):
            return
        yield governor
        token = governor


def _carries(token: Token, governor: Token, relation: str) -> bool:
    """Whether what `governor` says of reality holds for `token` below it."""
    if relation == "acl":
        return any(child.lower_ == "to" and child.dep_ == "mark" for child in token.children)
    if relation == "obl":
        return preposition(token) not in APART
    if relation == "nmod":
        telling = SERIES.union(*(words.nouns for words in _words().values()))
        return preposition(token) in {"of", "for", "to", "on"} and is_one_of(governor, telling)
    if relation == "ccomp":
        return governor.lemma_.lower() not in {"say", "tell", "report", "add", "state", "note", "write", "quote"}
    if relation == "conj":
        return is_verb(token) and not children(token, "nsubj") and not _tensed(token)
    return True


def _tensed(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", []) or any(child.dep_.startswith("aux") for child in token.children)


def _signals(token: Token, trigger: Token) -> Iterator[Status]:
    if is_verb(token) and is_negated(token):
        yield Status.CANCELLED
    for status, words in _words().items():
        if token != trigger and is_verb(token) and is_one_of(token, words.verbs):
            yield status
        if token != trigger and not is_verb(token) and is_one_of(token, words.nouns | words.adjectives):
            yield status
        for child in token.children:
            if child.dep_.startswith("aux") and child.lower_ in words.modals:
                yield status
            if child.dep_ == "amod" and child.lower_ in words.adjectives:
                yield status
    if _is_to(token):
        yield Status.PLANNED


def _is_to(verb: Token) -> bool:
    """ "is to visit", and a headline's "India to buy": an infinitive below "be" or below nothing."""
    if not any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children):
        return False
    return verb.dep_ == "ROOT" or (verb.head.lemma_.lower() == "be" and verb.dep_ in {"xcomp", "ccomp"})
