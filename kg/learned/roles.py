"""Who might take part in an act, and what speaks for each role: the actors in and around a trigger's sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Span, Token

from kg.acts.events import arguments
from kg.acts.participants import OPPOSITE, SHARED
from kg.clauses import is_passive, is_verb, phrase, preposition
from kg.entities import is_party, side
from kg.learned.linear import Features, Floats
from kg.learned.page import WIDTH, Page
from kg.model import Actor, EventType, Role, State
from kg.paths import path

FIRST = {**SHARED, **{type: roles[0] for type, roles in OPPOSITE.items()}}
"""The role that the first model of `Models.roles` stands for."""

SECOND = {
    EventType.MEETING: Role.HOST,
    EventType.EXERCISE: Role.HOST,
    **{type: roles[1] for type, roles in OPPOSITE.items()},
}
"""The role that the second stands for; the host of a meeting or exercise has the first as well."""

AROUND = (("before", -1), ("two before", -2), ("after", 1))
"""The sentences around a trigger's own in which actors are looked for, after the title or lead."""

BUCKETS = (0, 1, 2, 4, 8, 15)


@dataclass(frozen=True)
class Mention:
    """An actor at the word that heads its mention; `form` says how it is named there, or through whom it is meant."""

    head: Token
    actor: Actor
    form: str


@dataclass(frozen=True)
class Candidate:
    """An actor that may take part, with what speaks for it, as named features and as a vector."""

    actor: Actor
    features: Features
    vector: Floats


@dataclass(frozen=True)
class Asked:
    """A trigger of an act of a class, in the sentence of this number, with what its candidates share."""

    page: Page
    trigger: Token
    type: EventType
    number: int

    @cached_property
    def sentence(self) -> Span:
        """The trigger's sentence."""
        return self.page.scene.sentences[self.number]

    @cached_property
    def slots(self) -> list[tuple[str, frozenset[int]]]:
        """The slots of the trigger's clause, each with the positions that its phrase takes."""
        return [(one.slot, frozenset(token.i for token in phrase(one.head))) for one in arguments(self.trigger)]

    @cached_property
    def told(self) -> dict[Actor, frozenset[str]]:
        """Which of the two roles rules give to each actor at this trigger."""
        found: dict[Actor, frozenset[str]] = {}
        for report in self.page.reports(self.trigger, self.type):
            for part in report.event.participations:
                which = "second" if part.role is SECOND.get(self.type) else "first"
                found[part.actor] = found.get(part.actor, frozenset()) | {which}
        return found

    @cached_property
    def passive(self) -> bool | None:
        """Whether the verb of the act is passive; `None` without a verb."""
        verb = self.trigger if is_verb(self.trigger) else self.trigger.head
        return is_passive(verb) if is_verb(verb) else None


def candidates(asked: Asked) -> Iterator[Candidate]:
    """The actors of the trigger's sentence, once for each mention, then those of the sentences around it that it does
    not name, then those that the article is mostly about."""
    page, cast = asked.page, asked.page.scene.cast
    rank: dict[Actor, str] = {actor: str(number) for number, actor in enumerate(cast.pair)}
    here = mentions(page, asked.sentence)
    states = len({one.actor for one in here if isinstance(one.actor, State)})
    seen: set[Actor] = set()

    def candidate(one: Mention, where: str) -> Candidate:
        seen.add(one.actor)
        base = [*_general(asked, one), f"article rank {rank.get(one.actor, 'none')}", f"states {min(states, 4)}"]
        base += [f"where {where}", f"where {where} {one.form}", f"where {where} {min(states, 3)} {rank.get(one.actor)}"]
        if where != "here":
            return Candidate(one.actor, _typed(asked, base), _NOWHERE)
        features = _typed(asked, (*base, *_position(asked, one), *_tree(asked, one), *_words(asked, one)))
        return Candidate(one.actor, features | dict.fromkeys(_lexical(asked, one), 1.0), _vector(asked, one))

    yield from [candidate(one, "here") for one in here]
    others = [(where, asked.page.sentence(asked.number + step)) for where, step in AROUND]
    for where, sentence in (*others, ("title", page.sentence(0))):
        for one in mentions(page, sentence) if sentence is not None else ():
            if one.actor not in seen:
                yield candidate(one, where)
    for actor in cast.pair:
        if actor not in seen:
            yield candidate(Mention(asked.trigger, actor, "unnamed"), "article")


def mentions(page: Page, sentence: Span) -> list[Mention]:
    """The actors that a sentence names or means, and the states behind its persons and bodies."""
    cast, found, position = page.scene.cast, [], sentence.start
    while position < sentence.end:
        actors, start = cast.named.get(position, ()), position
        position += 1
        while actors and position < sentence.end and cast.named.get(position) is actors:
            position += 1
        form = "named" if actors else "meant"
        for actor in actors or cast.meant(page.scene.doc[start]):
            head = page.scene.doc[start:position].root
            kind = type(actor).__name__
            found.append(Mention(head, actor, f"{form} {kind}"))
            behind = side(actor)
            if behind is not None and behind != actor and is_party(behind):
                found.append(Mention(head, behind, f"behind {kind}"))
    return found


def _typed(asked: Asked, names: Sequence[str]) -> Features:
    """The features, each also for the class of act alone."""
    type = asked.type.value
    return dict.fromkeys((*names, *(f"{type} {name}" for name in names)), 1.0)


def _general(asked: Asked, one: Mention) -> Iterator[str]:
    yield "any"
    yield one.form
    yield f"a {type(one.actor).__name__}"
    yield from (f"told {which}" for which in sorted(asked.told.get(one.actor, ("nowhere",))))


def _side(asked: Asked, one: Mention) -> str:
    return "left" if one.head.i < asked.trigger.i else "right"


def bucket(number: int) -> int:
    """The number, coarser the larger it is."""
    return sum(number > limit for limit in BUCKETS)


def _position(asked: Asked, one: Mention) -> Iterator[str]:
    """Where the mention stands from the trigger, and what stands between them."""
    kind, hand = type(one.actor).__name__, _side(asked, one)
    far = bucket(abs(one.head.i - asked.trigger.i))
    low, high = sorted((one.head.i, asked.trigger.i))
    named = asked.page.scene.cast.named
    between = min(3, len({actor for i in range(low + 1, high) for actor in named.get(i, ()) if actor != one.actor}))
    yield from (f"{hand} {kind}", f"{hand} by {far}", f"{hand} by {far} {kind}")
    yield from (f"between {between}", f"between {between} {hand}")
    if asked.passive is not None:
        yield f"passive {asked.passive} {hand}"


def _tree(asked: Asked, one: Mention) -> Iterator[str]:
    """How the mention hangs from the trigger."""
    kind, case = type(one.actor).__name__, preposition(one.head)
    yield from (f"case {case}", f"case {case} {_side(asked, one)}", f"relation {one.head.dep_}")
    for slot in _slots(asked, one):
        yield from (f"slot {slot}", f"slot {slot} {kind}")
    way = path(asked.trigger, one.head)
    if way is None:
        return
    up, down = way
    yield from (f"steps {min(7, len(up) + len(down))}", f"up {min(4, len(up))}")
    if down:
        yield from (f"first down {down[0]}", f"last down {down[-1]}")
    if len(up) + len(down) <= LONGEST_WAY:
        yield from (_way(up, down), f"{_way(up, down)} {case}")


LONGEST_WAY = 4


def _way(up: Sequence[str], down: Sequence[str]) -> str:
    """The path without the subtypes of its relations."""
    return f"up {' '.join(one.partition(':')[0] for one in up)} down {' '.join(one.partition(':')[0] for one in down)}"


def _slots(asked: Asked, one: Mention) -> list[str]:
    return [slot for slot, positions in asked.slots if one.head.i in positions] or ["none"]


def _words(asked: Asked, one: Mention) -> Iterator[str]:
    """The words around the mention."""
    doc, goods = asked.page.scene.doc, asked.page.scene.item_at
    if one.head.head != one.head:
        yield f"above {one.head.head.lemma_.lower()}"
    if one.head.i in goods or one.head.head.i in goods:
        yield "on goods"
    if one.head.i + 1 < len(doc):
        yield f"next {doc[one.head.i + 1].lower_}"
    if one.head.i > asked.sentence.start:
        yield f"last {doc[one.head.i - 1].lower_}"


def _lexical(asked: Asked, one: Mention) -> Iterator[str]:
    """Where the mention stands from this very trigger."""
    lemma, hand, case = asked.trigger.lemma_.lower(), _side(asked, one), preposition(one.head)
    yield f"{lemma} {hand}"
    yield f"{asked.type} {lemma} {hand} {type(one.actor).__name__}"
    yield f"{asked.type} {lemma} case {case} {hand}"
    yield f"{asked.type} {lemma} passive {asked.passive} {hand}"
    for slot in _slots(asked, one):
        yield from (f"{lemma} slot {slot}", f"{asked.type} {lemma} slot {slot}")
    way = path(asked.trigger, one.head)
    if way is not None and len(way[0]) + len(way[1]) <= LONGEST_WAY:
        yield f"{asked.type} {lemma} {_way(*way)} {case}"


_NOWHERE: Floats = np.zeros(2 * WIDTH, dtype="float32")


def _vector(asked: Asked, one: Mention) -> Floats:
    """The trigger's vector, in the first half for mentions before it and in the second for those behind it."""
    vector = _NOWHERE.copy()
    start = 0 if one.head.i < asked.trigger.i else WIDTH
    vector[start : start + WIDTH] = asked.page.vectors[asked.trigger.i]
    return vector
