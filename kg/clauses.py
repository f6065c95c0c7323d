"""Who does what in a clause: the arguments of a verb or noun, whatever its voice, read from Universal Dependencies.

A slot is `subject` (the doer: active subject, agent of a passive, possessor or "by" of a noun), `object` (what it is
done to), `indirect`, or a preposition in lower case ("with", "to", "from", ...). Subjects are carried over from the
clause above where English leaves them out: coordination, control ("agreed to sell"), participles and relative clauses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

SUBJECT, OBJECT, INDIRECT = "subject", "object", "indirect"

RELATIVE = frozenset({"which", "that", "who", "whom", "whose", "where", "when"})
_PREPOSITIONS_OF_DOER = frozenset({"by"})
ASIDE = frozenset({"over", "about", "against", "despite"})
"""Prepositions of a noun that is no part of the verb's own act: "imposed sanctions over the purchase"."""

ROUGHLY = frozenset({"about", "around", "over", "under"})
"""Prepositions that before a number may say that it is a rough one."""

SERIES = frozenset({"round", "series", "session", "edition", "set", "week", "phase", "iteration", "number", "part"})
"""Nouns that only count what "of" introduces: "a round of talks"."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A slot and the token that heads what fills it."""

    slot: str
    head: Token


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of the labels; a label also stands for its subtypes ("nsubj" for "nsubj:pass")."""
    return [child for child in token.children if (label := child.dep_) in labels or label.partition(":")[0] in labels]


def is_one_of(token: Token, words: frozenset[str]) -> bool:
    """Whether the token is one of the lemmas, whatever the lemmatizer made of it."""
    return not words.isdisjoint(lemmas(token.lower_, token.lemma_.lower()))


@lru_cache(maxsize=50_000)
def lemmas(word: str, lemma: str) -> frozenset[str]:
    """The lemma, and what else the word can be a form of: "halted" of "halt", "suspending" of "suspend".

    >>> sorted(lemmas("cancelled", "cancelle"))
    ['cancel', 'cancell', 'cancelle', 'cancelled']
    """
    found = {lemma, word, word.removesuffix("s")}
    for ending in ("ied", "ies"):
        if word.endswith(ending):
            found.add(word.removesuffix(ending) + "y")
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found |= {stem, stem + "e"} | ({stem[:-1]} if stem[-1] == stem[-2] else set())
    return frozenset(found)


def is_verb(token: Token) -> bool:
    """Whether the token heads a verbal clause; a noun with an object is a headline's verb: "Japan inks pact"."""
    return token.pos_ in {"VERB", "AUX"} or (
        token.pos_ == "NOUN" and any(child.dep_ == "obj" for child in token.children)
    )


def is_predicate(token: Token) -> bool:
    """Whether the token is an adjective with a subject, as a verb has: "the jets are due in May"."""
    return token.pos_ == "ADJ" and bool(children(_said(token), "nsubj")) and not children(token, "xcomp", "ccomp")


def predicate_arguments(token: Token) -> Iterator[Argument]:
    """The subject of a noun or adjective that is said of it: "the jets are due in May", "the Mirage is a contender"."""
    yield from (Argument(SUBJECT, child) for child in children(_said(token), "nsubj") if child.lower_ not in RELATIVE)


def _said(token: Token) -> Token:
    """The token on which the subject of an adjective hangs: parsers take "due in" for a preposition of "May"."""
    return token.head if token.pos_ == "ADJ" and token.dep_ == "case" else token


def is_past(verb: Token) -> bool:
    """Whether the verb is a finite past: "pledged", not "has pledged" or "to be pledged"."""
    return "Past" in verb.morph.get("Tense", []) and "Fin" in verb.morph.get("VerbForm", [])


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is what the act is done to."""
    if children(verb, "aux") and any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    if any(child.dep_ == "nsubj:pass" for child in verb.children):
        return True
    return verb.dep_ == "acl" and "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])


def preposition(token: Token) -> str:
    """The preposition that introduces the phrase of `token`, in lower case; empty without one."""
    cases = children(token, "case")
    if cases:
        return cases[0].lower_
    before = [child for child in children(token, "compound", "nmod") if child.i < token.i and child.pos_ == "PROPN"]
    names = (child for child in before if child.dep_ != "nmod:poss")
    return next((case for name in names if (case := preposition(name))), "")  # "on" below "Minister Jane Mwangi"


def _own_subject(verb: Token) -> Token | None:
    """The expressed grammatical subject, unless it is a relative pronoun or an expletive."""
    for child in children(verb, "nsubj"):
        if child.lower_ not in RELATIVE:
            return child
    if verb.dep_ == "ROOT":  # a headline's verb, and what stands before it
        return next((child for child in children(verb, "compound", "amod", "nmod") if child.i < verb.i), None)
    return None


def objects(verb: Token) -> list[Token]:
    """What heads the verb's object; without one, a noun that the parser took for a predicate, or "about 300 troops"."""
    found = children(verb, "obj")
    return (
        found
        or [child for child in _predicates(verb) if not preposition(child)]
        or [child for child in children(verb, "obl") if _is_amount(child)]
    )


def _predicates(verb: Token) -> list[Token]:
    return [
        child for child in children(verb, "xcomp") if child.pos_ in {"NOUN", "PROPN"} or children(child, "det", "amod")
    ]


def _is_amount(noun: Token) -> bool:
    """Whether the preposition of `noun` only makes its number a rough one."""
    cases = children(noun, "case")
    return bool(cases) and cases[0].lower_ in ROUGHLY and cases[0].nbor().pos_ == "NUM"


def _antecedent(verb: Token) -> Token | None:
    """The noun that a relative or participial clause modifies."""
    return verb.head if verb.dep_.partition(":")[0] == "acl" else None


def grammatical_subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of the clause, expressed or carried over; `None` when there is none within four clauses."""
    own = _own_subject(verb)
    if own is not None or depth > 4:
        return own
    relation = verb.dep_.partition(":")[0]
    if relation == "acl" and any(child.lower_ == "to" for child in children(verb, "mark")):
        return _owner(verb.head, depth + 1)
    if relation == "acl":
        pronouns = [child.dep_ for child in verb.children if child.lower_ in RELATIVE]
        taken = any(dep.startswith(("obj", "obl")) for dep in pronouns)
        return None if taken else verb.head
    governor = verb.head
    if governor == verb:
        return None
    if relation == "xcomp":
        objects = children(governor, "obj", "iobj")
        if objects and governor.lemma_.lower() not in {"have", "promise"}:
            return objects[0]
        return grammatical_subject(governor, depth + 1)
    if relation in {"conj", "advcl", "csubj", "ccomp", "parataxis"} and is_verb(governor):
        if relation in {"ccomp", "parataxis"}:
            return None
        return grammatical_subject(governor, depth + 1)
    return None


def _owner(noun: Token, depth: int) -> Token | None:
    """Whose plan or offer a noun names: its possessor, else the subject of the verb above it."""
    possessors = [child for child in children(noun, "nmod") if child.dep_ == "nmod:poss" and child.pos_ != "PRON"]
    if possessors:
        return possessors[0]
    if noun.head == noun:  # a headline: "India to buy frigates"
        return noun
    return grammatical_subject(noun.head, depth) if is_verb(noun.head) else None


def is_told(noun: Token) -> bool:
    """Whether the noun is told something: a clause with "that" hangs on it or on the verb above it."""
    clauses = [*children(noun, "acl"), *children(noun.head, "ccomp")]
    return any(mark.lower_ == "that" for clause in clauses for mark in children(clause, "mark"))


def verb_arguments(verb: Token) -> Iterator[Argument]:
    """The arguments of a verb, with passive and relative clauses turned round."""
    if verb.dep_ == "cop":
        yield from _copular(verb.head)
        return
    passive = is_passive(verb)
    subject = grammatical_subject(verb)
    if subject is not None:
        yield Argument(OBJECT if passive else SUBJECT, subject)
    for other in children(verb, "nsubj"):  # a coordination that the parser broke up
        if other != subject and other.lower_ not in RELATIVE:
            yield Argument(OBJECT if passive else SUBJECT, other)
    antecedent = _antecedent(verb)
    direct = objects(verb)
    if antecedent is not None and subject is not None and subject != antecedent and not direct and not passive:
        yield Argument(OBJECT, antecedent)
    for child in direct:
        if child.lower_ not in RELATIVE:
            yield Argument(OBJECT, child)
        elif antecedent is not None:
            yield Argument(OBJECT, antecedent)
    yield from (Argument(INDIRECT, child) for child in children(verb, "iobj"))
    yield from _oblique(verb, passive, [child for child in direct if child.dep_ != "obj"])


def _copular(predicate: Token) -> Iterator[Argument]:
    """The arguments of "be": the subject, and the predicate where it says where that is ("are in Kosovo")."""
    subject = grammatical_subject(predicate)
    if subject is not None:
        yield Argument(SUBJECT, subject)
    if case := preposition(predicate):
        yield Argument(case, predicate)
    yield from _oblique(predicate, False, [])


def _oblique(verb: Token, passive: bool, direct: list[Token]) -> Iterator[Argument]:
    """The prepositional phrases of a verb; the doer of a passive may hang on the phrase before it."""
    heads = [child for child in (*children(verb, "obl"), *_predicates(verb)) if child not in direct]
    heads += [child for way in children(verb, "advmod") for child in children(way, "obl")]  # "home from Mali"
    if passive:
        heads += [low for head in heads for low in _doers_below(head)]
    for head in heads:
        case = preposition(head)
        agent = head.dep_ == "obl:agent" and not (children(verb, "nsubj") and children(verb, "obj"))
        if agent or (passive and case in _PREPOSITIONS_OF_DOER):
            yield Argument(SUBJECT, head)
        elif case:
            yield Argument(case, head)


def _doers_below(noun: Token) -> Iterator[Token]:
    """What "by" introduces below a name, which can have no doer of its own: "delivered to Iraq by Russia"."""
    for child in children(noun, "nmod", "obl"):
        if preposition(child) not in _PREPOSITIONS_OF_DOER:
            yield from _doers_below(child)
        elif noun.pos_ == "PROPN":
            yield child


def noun_arguments(noun: Token) -> Iterator[Argument]:
    """The arguments of a noun that names an act: possessor, prepositional phrases, and those of the verb above it."""
    yield from (Argument(SUBJECT, child) for child in children(noun, "nmod") if child.dep_ == "nmod:poss")
    for child in children(noun, "nmod", "obl", "appos"):
        case = preposition(child)
        if child.dep_ != "nmod:poss" and case:
            yield Argument(SUBJECT if case in _PREPOSITIONS_OF_DOER else case, child)
            yield from (Argument(SUBJECT, low) for low in _doers_below(child))
            if case == "of":
                yield from nested(child)
    verb = support(noun)
    if verb is None:
        return
    for argument in verb_arguments(verb):
        if argument.head != noun and noun not in conjuncts(argument.head):
            yield argument


def nested(noun: Token) -> Iterator[Argument]:
    """The prepositional phrases of a noun alone, without those of the words above it."""
    for child in children(noun, "nmod", "obl"):
        if child.dep_ != "nmod:poss" and (case := preposition(child)):
            yield Argument(case, child)
            yield from nested(child)


def support(noun: Token) -> Token | None:
    """The verb that `noun` is the object, subject or adverbial of, if that verb only lends itself to the noun."""
    head = first_conjunct(noun)
    verb = head.head
    relation = head.dep_.partition(":")[0]
    if is_verb(verb) and (
        relation in {"obj", "nsubj"} or head in objects(verb) or (relation == "obl" and preposition(head) not in ASIDE)
    ):
        return verb
    if head.dep_.partition(":")[0] == "nmod" and verb.lemma_.lower() in SERIES:
        return support(verb)
    return None


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination that `token` belongs to."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def conjuncts(token: Token) -> list[Token]:
    """`token` and all that is coordinated with it further on."""
    found = [token]
    for item in found:
        found.extend(child for child in item.children if child.dep_ == "conj")
    return found


_OUTSIDE = frozenset({"acl", "advcl", "parataxis", "ccomp", "punct", "cc", "conj"})
"""Relations that lead out of a noun phrase."""


def phrase(head: Token, *, without: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of the noun phrase of `head` with its coordination, without clauses and `without` prepositions."""
    tokens: list[Token] = []
    for member in conjuncts(head):
        tokens += _phrase(member, without)
    return sorted(set(tokens), key=lambda token: token.i)


def _phrase(head: Token, without: frozenset[str]) -> list[Token]:
    tokens = [head]
    for child in head.children:
        if child.dep_.partition(":")[0] in _OUTSIDE and child.dep_ != "conj":
            continue
        if child.dep_ == "conj" or preposition(child) in without:
            continue
        for member in conjuncts(child):
            tokens += _phrase(member, without)
    return tokens
