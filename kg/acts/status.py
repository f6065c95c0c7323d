"""Whether an act happened, is planned, was proposed or came to nothing, from the verbs above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.clauses import SERIES, children, is_one_of, is_past, is_verb, lemmas, preposition
from kg.lexicon import load, words
from kg.model import Status

PERFECT = frozenset({"has", "have", "had", "'ve", "’ve"})
NEGATIONS = frozenset({"not", "n't", "never", "n’t", "no"})
UPWARDS = frozenset({"obj", "xcomp", "nsubj", "ccomp", "conj", "obl", "nmod", "acl", "advcl"})
"""Relations by which what a word says of reality reaches down."""

TOWARDS = frozenset({"for", "to", "on", "with", "in", "into"})
"""Prepositions by which a verb reaches an act; "during his visit he promised" leaves the visit as it was."""

HAPPENING = words("grammar", "happening")
"""Verbs whose subject is an act that they say happens: "the visit will take place"."""

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
    near = children(verb, "advmod", "aux", "det")
    for subject in children(verb, "nsubj"):
        near += children(subject, "det")
    return any(word.lower_ in NEGATIONS for word in near)


def status_of(trigger: Token) -> Status | None:
    """The status of the act that `trigger` names: the strongest that a word above or beside it gives.

    `None` where nothing is said, as of a noun ("the visit") that no verb carries.
    """
    trigger = trigger.head if trigger.dep_ == "cop" else trigger  # auxiliaries hang on the predicate
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
    if relation == "advcl":
        return _completes(token, governor)
    if relation == "obl":
        objects = [child for child in children(governor, "obj") if child.lower_ not in {"part", "place"}]
        return preposition(token) in TOWARDS and not objects
    if token.dep_ == "nsubj":
        return not is_verb(governor) or is_one_of(governor, HAPPENING)
    if relation == "nmod":
        telling = SERIES.union(*(said.nouns for said in _words().values()))
        return preposition(token) in {"of", "for", "to", "on"} and is_one_of(governor, telling)
    if relation == "ccomp" and (is_past(token) or any(child.lower_ in PERFECT for child in children(token, "aux"))):
        return False
    if relation == "ccomp":
        return governor.lemma_.lower() not in {"say", "tell", "report", "add", "state", "note", "write", "quote"}
    if relation == "conj":
        return is_verb(token) and not children(token, "nsubj") and not _tensed(token)
    return True


def _completes(verb: Token, governor: Token) -> bool:
    """Whether an infinitive or gerund right behind a telling verb is what it tells of: "stopped training sailors"."""
    telling = any(_says(governor, said.verbs) for said in _words().values())
    between = {one.pos_ for one in verb.doc[governor.i + 1 : verb.i]}
    match [child.lower_ for child in children(verb, "mark")]:
        case []:
            near = between <= {"ADV"}
        case ["to"]:
            near = not between & {"PUNCT", "ADP", "VERB"}
        case _:
            near = False
    return telling and near and verb.i > governor.i


def _tensed(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", []) or any(child.dep_.startswith("aux") for child in token.children)


def _signals(token: Token, trigger: Token) -> Iterator[Status]:
    if is_verb(token) and is_negated(token):
        yield Status.CANCELLED
    for status, said in _words().items():
        if token != trigger and is_verb(token) and _says(token, said.verbs):
            yield status
        if token != trigger and not is_verb(token) and is_one_of(token, said.nouns | said.adjectives):
            yield status
        for child in token.children:
            if child.dep_.startswith("aux") and child.lower_ in said.modals:
                yield status
            if child.dep_ == "amod" and child.lower_ in said.adjectives:
                yield status
    if _is_to(token):
        yield Status.PLANNED


def _says(verb: Token, verbs: frozenset[str]) -> bool:
    """Whether the verb is one of these, its particle counted: "call" and "call off" are two."""
    particles = [child.lower_ for child in children(verb, "compound") if child.dep_ == "compound:prt"]
    if not particles:
        return is_one_of(verb, verbs)
    return any(f"{lemma} {particle}" in verbs for lemma in lemmas(verb.lower_, verb.lemma_) for particle in particles)


def _is_to(verb: Token) -> bool:
    """ "is to visit", and a headline's "India to buy": an infinitive below "be" or below nothing."""
    if not any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children):
        return False
    return verb.dep_ == "ROOT" or (verb.head.lemma_.lower() == "be" and verb.dep_ in {"xcomp", "ccomp"})
