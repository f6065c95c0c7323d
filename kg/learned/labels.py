"""What annotated articles teach: which word tells of each act, and which actors and goods around it are right.

Annotations give a quotation for an act, not the word that tells of it. The word is found by counting: of the words of a
quotation, the one whose lemma stands more in quotations of this class of act than elsewhere, counted again with the
words so found until nothing changes much.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from spacy.tokens import Doc, Span, Token

from kg.evaluation.aliases import Aliases
from kg.evaluation.arguments import Argument, Kind, actor_argument
from kg.evaluation.likeness import credit
from kg.learned.page import CONTENT, Page
from kg.learned.roles import SECOND
from kg.model import Actor, Event, EventType, Extraction, Participation, Role, State

ROUNDS = 8
USUAL = 5
"""How often a lemma must tell of acts of a class to be usual for it."""

RIGHT = 0.5
"""The credit of `kg.evaluation` from which an actor or goods are those annotated."""

Position = int


@dataclass
class Lesson:
    """An annotated article as it was read; `acts` are its annotated acts by the word that tells of them.

    `open` are words of which an annotation leaves open whether they tell of an act of a class: the other words of its
    quotation, sentences that name all of its states, and words elsewhere that are usual for the class.
    """

    annotation: Extraction
    page: Page
    acts: dict[Position, dict[EventType, Event]] = field(default_factory=dict)
    open: set[tuple[Position, EventType]] = field(default_factory=set)


def lessons(read: Iterable[tuple[Extraction, Page]]) -> list[Lesson]:
    """What each annotated article teaches."""
    found = [Lesson(annotation, page) for annotation, page in read]
    quoted = [
        (lesson, event, span)
        for lesson in found
        for event in lesson.annotation.events
        if (span := _quotation(lesson.page, event)) is not None
    ]
    for (lesson, event, span), position in zip(quoted, _triggers(found, quoted), strict=True):
        lesson.open |= {(token.i, event.type) for token in span}
        if position is not None:
            lesson.acts.setdefault(position, {})[event.type] = event
    usual = _usual(found)
    for lesson in found:
        lesson.open |= {*_other_tellings(lesson), *_usual_words(lesson, usual)}
    return found


def _usual(read: Sequence[Lesson]) -> dict[EventType, frozenset[str]]:
    """The lemmas that tell of acts of each class in several places."""
    counts: dict[EventType, Counter[str]] = {type: Counter() for type in EventType}
    for lesson in read:
        for position, acts in lesson.acts.items():
            for type in acts:
                counts[type][lesson.page.scene.doc[position].lemma_.lower()] += 1
    return {
        type: frozenset(lemma for lemma, number in count.items() if number >= USUAL) for type, count in counts.items()
    }


def _usual_words(lesson: Lesson, usual: dict[EventType, frozenset[str]]) -> Iterable[tuple[Position, EventType]]:
    """The words usual for the classes of the article's acts, which may tell of these acts again."""
    for type in {event.type for event in lesson.annotation.events}:
        yield from ((token.i, type) for token in lesson.page.scene.doc if token.lemma_.lower() in usual[type])


def _quotation(page: Page, event: Event) -> Span | None:
    """The words of the act's quotation."""
    start, end = (page.scene.character(offset) for offset in (event.evidence[0].start, event.evidence[0].end))
    return page.scene.doc.char_span(start, end, alignment_mode="expand")


def _words(tokens: Doc | Span) -> list[Token]:
    """The content words that are no names."""
    return [
        token
        for token in tokens
        if token.pos_ in CONTENT and token.is_alpha and not token.is_stop and len(token) > 2 and not token.ent_type_
    ]


def _triggers(read: Sequence[Lesson], quoted: Sequence[tuple[Lesson, Event, Span]]) -> list[Position | None]:
    """For each quotation the position of the word that tells of its act."""
    everywhere = Counter(token.lemma_.lower() for lesson in read for token in _words(lesson.page.scene.doc))
    words = [_words(span) for _, _, span in quoted]
    counts: dict[EventType, Counter[str]] = {type: Counter() for type in EventType}
    for (_, event, _), tokens in zip(quoted, words, strict=True):
        counts[event.type].update({token.lemma_.lower() for token in tokens})
    chosen: list[Token | None] = []
    for _ in range(ROUNDS):
        pairs = zip(quoted, words, strict=True)
        chosen = [_best(tokens, counts[event.type], everywhere) for (_, event, _), tokens in pairs]
        counts = {type: Counter() for type in EventType}
        for (_, event, _), token in zip(quoted, chosen, strict=True):
            if token is not None:
                counts[event.type][token.lemma_.lower()] += 1
    return [None if token is None else token.i for token in chosen]


def _best(tokens: Sequence[Token], here: Counter[str], everywhere: Counter[str]) -> Token | None:
    """The word whose lemma is counted most in quotations, against how often it stands anywhere; else the higher in the
    tree, else the first."""
    size, total = here.total() + 50, everywhere.total()

    def rank(token: Token) -> tuple[float, int]:
        lemma = token.lemma_.lower()
        count = here[lemma] + 0.1
        surprise = log(count / size * total / (everywhere[lemma] + 1))
        return surprise + 0.5 * log(count) - 0.1 * sum(1 for _ in token.ancestors), -token.i

    return max(tokens, key=rank, default=None)


def _other_tellings(lesson: Lesson) -> Iterable[tuple[Position, EventType]]:
    """The words of sentences that name all states of an act, two at least."""
    named = lesson.page.scene.cast.named
    for event in lesson.annotation.events:
        states = {part.actor for part in event.participations if isinstance(part.actor, State)}
        for sentence in lesson.page.scene.sentences if len(states) > 1 else ():
            if states <= {actor for token in sentence for actor in named.get(token.i, ())}:
                yield from ((token.i, event.type) for token in sentence)


class Judge:
    """Says which of the actors and goods around an annotated act are those annotated for it."""

    def __init__(self, lesson: Lesson, event: Event, actors: Iterable[Actor]) -> None:
        parts = tuple(Participation(Role.PARTY, actor) for actor in actors)
        told = Event(event.type, event.evidence, parts)
        self._aliases = Aliases(Extraction(lesson.annotation.article, (told,)))
        plain = Aliases()
        second = SECOND.get(event.type)
        roles = [(part.role is second, actor_argument(Role.PARTY, part.actor, plain)) for part in event.participations]
        self._annotated = {which: [one for is_second, one in roles if is_second is which] for which in (False, True)}
        self._goods = [Argument(Kind.ITEM, (item.equipment,)) for item in event.items]

    def in_role(self, actor: Actor, second: bool) -> bool:
        """Whether the actor is annotated in the second role of the act, or in any other."""
        found = actor_argument(Role.PARTY, actor, self._aliases)
        return any(credit(one, found) >= RIGHT for one in self._annotated[second])

    def is_item(self, equipment: str) -> bool:
        """Whether the goods are annotated."""
        return any(credit(one, Argument(Kind.ITEM, (equipment,))) >= RIGHT for one in self._goods)
