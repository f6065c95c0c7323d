"""Where an act took place, from the words around its trigger."""

from spacy.tokens import Span, Token

from kg.captions import name_of
from kg.clauses import is_one_of, is_verb, preposition
from kg.lexicon import words
from kg.model import Article, EventType, Place
from kg.paths import distance
from kg.scenes import Scene
from kg.venues import AT, TO, Venue, cities, venues

__all__ = ["dateline", "name_of", "place_of"]

GOERS = frozenset({EventType.VISIT, EventType.DEPLOYMENT})
"""Acts whose place is a goal."""

REACH = 7
"""Steps in the tree from a trigger within which its place is looked for."""


def place_of(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> Place | None:
    """The place of an act: the nearest one of its sentence, else that of the sentence that it continues."""
    named = venues(scene, sentence)
    ranked = [(rank, venue.place) for venue in named if (rank := _rank(venue, trigger, type)) is not None]
    if ranked:
        return min(ranked, key=lambda pair: pair[0])[1]
    return _continued(scene, trigger, type, sentence) if not named else None


def _rank(venue: Venue, trigger: Token, type: EventType) -> tuple[int, int] | None:
    """How far the place is from the trigger, by the tree and by words; `None` where it is not the act's."""
    if venue.is_state and type is EventType.AGREEMENT:
        return None
    if _holds(venue, trigger):
        return 0, 0
    above = venue.head.head
    if not _fits(venue, trigger, type) or (above != trigger and is_one_of(above, _elsewhere())):
        return None
    if preposition(trigger) in ASIDE and not trigger.is_ancestor(venue.head):
        return None
    steps = distance(trigger, venue.head)
    if steps >= REACH:
        return None
    other = above != trigger and above.pos_ == "NOUN" and not is_one_of(above, _gatherings())
    aside = other and not trigger.is_ancestor(above)
    return steps + (2 if venue.is_state else 0) + (3 if aside else 0), abs(venue.start - trigger.i)


ASIDE = frozenset({"under", "after", "following", "before", "since", "despite"})
"""Prepositions of an act that is only the ground or time of another, whose place is not its own."""


def _holds(venue: Venue, trigger: Token) -> bool:
    """Whether the act stands in a clause about the place: "in Doha, where they met"."""
    clause = trigger
    for _ in range(3):
        if clause.dep_.startswith("acl") and clause.head == venue.head:
            return any(child.lower_ == "where" for child in clause.children)
        clause = clause.head
    return False


def _elsewhere() -> frozenset[str]:
    return words("settings", "saying") | words("settings", "making")


def _gatherings() -> frozenset[str]:
    return words("settings", "going") | words("settings", "gathering") | words("settings", "part")


def _fits(venue: Venue, trigger: Token, type: EventType) -> bool:
    """Whether the preposition before the place, or its bare relation to the trigger, makes it one of such an act."""
    above = venue.head.head
    if venue.case in AT:
        return True
    if venue.case == "for":
        return type is EventType.VISIT and is_one_of(above, words("settings", "leaving"))
    if venue.case in TO:
        return type in GOERS or is_one_of(above, words("settings", "going"))
    if venue.case or above != trigger:
        return False
    relation = venue.head.dep_.partition(":")[0]
    if type is EventType.VISIT and relation == "obj":
        return not is_one_of(trigger, words("settings", "leaving"))
    return type is EventType.MEETING and not is_verb(trigger) and not venue.is_state and relation == "compound"


def _continued(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> Place | None:
    """The place that "there" or "here" means, or that of the sentence before which this one goes on about."""
    if any(token.lower_ == "here" and token.dep_ == "advmod" for token in sentence):
        return dateline(scene.article)
    number = next((i for i, one in enumerate(scene.sentences) if one.start == sentence.start), 0)
    there = any(token.lower_ == "there" and token.dep_ == "advmod" for token in sentence)
    if number == 0 or not (there or _goes_on(scene, trigger, sentence)):
        return None
    before = scene.sentences[number - 1]
    if not there and _other_times(scene, before, sentence):
        return None
    found = [one for one in venues(scene, before) if one.case in AT | TO and not one.is_state]
    found = [one for one in found if there or not is_one_of(one.head.head, _elsewhere())]
    return found[0].place if found and (there or type in DONE_AT) else None


DONE_AT = frozenset({EventType.MEETING, EventType.AGREEMENT})


def _goes_on(scene: Scene, trigger: Token, sentence: Span) -> bool:
    """Whether the sentence goes on about what the one before tells: by its first word, or by "the talks"."""
    first = next(token for token in sentence if token.is_alpha)
    back = any(child.lower_ in {"the", "these", "this"} for child in trigger.children)
    return back or first.lower_ in words("settings", "onward")


def _other_times(scene: Scene, before: Span, sentence: Span) -> bool:
    """Whether the two sentences tell of different times."""
    first, second = ({time.when for time in scene.times(one, False)} for one in (before, sentence))
    return bool(second) and not first & second


def dateline(article: Article) -> Place | None:
    """The place of the article's dateline, with its state where the tables know it."""
    name = article.dateline
    return None if name is None else Place(name, cities().get(name.casefold()))
