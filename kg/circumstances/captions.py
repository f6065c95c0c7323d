"""What an act is called: its instrument, exercise, session or operation, as the text names it."""

from collections.abc import Iterable

from spacy.tokens import Span, Token

from kg.circumstances.instruments import described, epithet, full_name
from kg.circumstances.series import Caption, known_dialogues, known_exercises, operations, told_exercises
from kg.clauses import children, is_one_of, is_verb, preposition
from kg.lexicon import words
from kg.model import EventType
from kg.paths import distance
from kg.rules import classes
from kg.scenes import Scene

REACH = 6
"""Steps in the tree from a trigger within which its name is looked for."""


def name_of(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> str | None:
    """The proper name of the instrument, exercise or session, as written."""
    match type:
        case EventType.EXERCISE:
            return _exercise(scene, trigger, sentence)
        case EventType.AGREEMENT:
            return _instrument(scene, trigger, sentence)
        case EventType.MEETING:
            return _session(scene, trigger, sentence)
        case EventType.DEPLOYMENT | EventType.TRAINING | EventType.MILITARY_AID:
            return _nearest(operations(sentence), trigger, REACH)
    return None


def _nearest(captions: Iterable[Caption], trigger: Token, reach: int) -> str | None:
    """The name nearest to the trigger in the tree; names in quotation marks may hang anywhere."""
    ranked = sorted((_steps(one, trigger), abs(one.start - trigger.i), one.text) for one in captions)
    return ranked[0][2] if ranked and ranked[0][0] < reach else None


def _steps(caption: Caption, trigger: Token) -> int:
    return min(distance(trigger, token) for token in trigger.doc[caption.start : caption.end])


BACK = 3
"""Sentences before one about "the exercise" in which its name is looked for."""


def _exercise(scene: Scene, trigger: Token, sentence: Span) -> str | None:
    captions = _exercises(scene, sentence)
    name = _nearest(captions, trigger, 12)
    if name or captions:
        return name
    if not _speaks_again(trigger):
        return None
    number = scene.number(sentence)
    for before in reversed(scene.sentences[max(0, number - BACK) : number]):
        captions = _exercises(scene, before)
        if captions:
            other = {token.lower_ for token in sentence} & words("captions", "other_edition")
            return captions[-1].plain if other else captions[-1].text
    return None


def _exercises(scene: Scene, sentence: Span) -> tuple[Caption, ...]:
    """The exercises that the sentence names: those of the table, and what it quotes or calls so besides."""
    known = known_exercises(sentence)
    taken = {i for one in known for i in range(one.start, one.end)}
    told = (one for one in told_exercises(scene, sentence) if taken.isdisjoint(range(one.start, one.end)))
    return tuple(sorted((*known, *told), key=lambda one: one.start))


def _speaks_again(trigger: Token) -> bool:
    """Whether the trigger or a noun beside it points back: "the drills", "the next edition"."""
    nouns = [trigger, *children(trigger, "nsubj", "obj", "obl")] if is_verb(trigger) else [trigger]
    about = classes()["exercise"] | {"edition", "iteration", "series", "manoeuvres", "maneuvers", "training"}
    return any(
        is_one_of(noun, about) and any(child.lower_ in words("captions", "again") for child in noun.children)
        for noun in nouns
    )


def _instrument(scene: Scene, trigger: Token, sentence: Span) -> str | None:
    heads = words("captions", "instrument") | classes()["instrument"]
    for noun in dict.fromkeys((*_around(trigger), *_near(trigger, sentence))):
        if not is_one_of(noun, heads) and noun.text not in words("captions", "acronyms"):
            continue
        name = full_name(noun, sentence) or epithet(noun, scene)
        if name is None and not (noun == trigger and _is_any(noun)):
            name = described(noun, words("captions", "described"))
        if name:
            return name
        if noun.text in words("captions", "acronyms"):
            return noun.text
    return None


def _is_any(noun: Token) -> bool:
    """Whether the noun speaks of no certain instrument: "a defence agreement would help"."""
    article = any(child.lower_ in {"a", "an", "no", "any"} for child in noun.children)
    return article and not any(child.dep_.startswith("acl") or child.like_num for child in noun.children)


NEAR = 3
"""Steps in the tree from a trigger to an instrument that it is not joined to directly."""


def _near(trigger: Token, sentence: Span) -> list[Token]:
    """The nouns of the sentence that are few steps from the trigger, nearest first."""
    steps = ((distance(trigger, token), token.i, token) for token in sentence if token.pos_ in {"NOUN", "PROPN"})
    return [token for step, _, token in sorted(steps, key=lambda one: one[:2]) if step <= NEAR]


def _session(scene: Scene, trigger: Token, sentence: Span) -> str | None:
    known = [one for one in known_dialogues(sentence) if not _aside(one, trigger)]
    name = _nearest(known, trigger, 4)
    if name:
        return name
    heads = words("captions", "session")
    for noun in _around(trigger):
        if is_one_of(noun, heads) and _is_frame(noun, trigger, heads):
            name = full_name(noun, sentence) or described(
                noun, words("captions", "described_session"), words("captions", "body")
            )
            if name:
                return name
    return None


def _is_frame(noun: Token, trigger: Token, heads: frozenset[str]) -> bool:
    """Whether the act is the session that the noun names, or happened in it: it is no guest of it, nor beside it."""
    if _aside(Caption(noun.i, noun.i + 1, "", ""), trigger) or preposition(noun) in {
        "with",
        "by",
        "on",
        "under",
        "from",
    }:
        return False
    return noun == trigger or noun.head == trigger or is_one_of(noun.head, heads) or trigger.head in {noun, noun.head}


def _around(trigger: Token) -> list[Token]:
    """The trigger and the nouns that hang on it, or that it hangs on as a participle."""
    near = [trigger, *children(trigger, "obj", "nsubj", "obl", "nmod", "appos", "compound", "conj")]
    if trigger.dep_.startswith("acl"):
        near.append(trigger.head)
    if not is_verb(trigger) and is_verb(trigger.head):
        near += children(trigger.head, "nsubj")
    inner = [noun for noun in near[1:] if not is_verb(noun)]
    deeper = [child for noun in inner for child in children(noun, "nmod", "appos", "conj", "flat")]
    return list(dict.fromkeys([*near, *deeper]))


def _aside(caption: Caption, trigger: Token) -> bool:
    """Whether the act happened beside what the name says: "met on the margins of the Munich Security Conference"."""
    low = max(caption.start - 7, trigger.sent.start)
    before = trigger.doc[low : caption.start]
    margins = [token.i for token in before if token.lower_ in {"margin", "margins", "sideline", "sidelines", "ahead"}]
    return bool(margins) and not margins[-1] < trigger.i <= caption.end
