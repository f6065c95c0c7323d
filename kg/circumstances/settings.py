"""Where an act took place, from the words around its trigger."""

from spacy.tokens import Span, Token

from kg.circumstances.captions import name_of
from kg.circumstances.chronicle import RECALLING
from kg.circumstances.venues import AT, TO, Venue, cities, venues
from kg.clauses import is_one_of, is_verb, preposition
from kg.lexicon import words
from kg.model import Article, EventType, Place
from kg.paths import distance
from kg.scenes import Scene

__all__ = ["dateline", "name_of", "place_of"]

GOERS = frozenset({EventType.VISIT, EventType.DEPLOYMENT})
"""Acts whose place is a goal."""

NARROW = frozenset({EventType.AGREEMENT, EventType.TRAINING, EventType.MILITARY_AID, EventType.INDUSTRIAL_PROJECT})
"""Acts beside which a state is named as a side rather than as a place."""

REACH = 7
"""Steps in the tree from a trigger within which its place is looked for."""


CLOSE = 3
"""The same for talks in a state or region, which are as often about it."""


def place_of(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> Place | None:
    """The place of an act: the nearest one of its sentence, else that of the sentence that it continues."""
    if type is EventType.MEETING and any(token.lower_ in REMOTE for token in sentence):
        return None
    if pointed := _pointed(scene, trigger, sentence):
        return pointed
    named = venues(scene, sentence)
    if sentence.start == 0 and scene.article.title:
        named = tuple(one for one in named if not one.is_wide)
    ranked = [(rank, venue.place) for venue in named if (rank := _rank(venue, trigger, type)) is not None]
    if ranked:
        return _closer(min(ranked, key=lambda pair: pair[0])[1], named)
    return _continued(scene, trigger, type, sentence) if not named else None


def _closer(place: Place, named: tuple[Venue, ...]) -> Place:
    """The city of the sentence that lies in the state which `place` is, where there is one alone."""
    state = any(venue.is_state and venue.place == place for venue in named)
    within = [one for one in named if not one.is_state and one.place.state == place.state and one.case in AT | TO]
    return within[0].place if state and len(within) == 1 else place


REMOTE = frozenset(
    {"telephone", "phone", "telephoned", "phoned", "video", "videoconference", "virtually", "virtual", "teleconference"}
)
"""Words by which a talk is told to have no place."""


def _rank(venue: Venue, trigger: Token, type: EventType) -> tuple[int, int] | None:
    """How far the place is from the trigger, by the tree and by words; `None` where it is not the act's."""
    if venue.is_state and type in NARROW:
        return None
    if _holds(venue, trigger):
        return 0, 0
    if not _fits(venue, trigger, type) or _is_elsewhere(venue, trigger, type):
        return None
    steps = distance(trigger, venue.head)
    if steps >= (CLOSE if venue.is_wide and type is EventType.MEETING else REACH):
        return None
    above = venue.head.head
    within = above == trigger or above.pos_ != "NOUN" or is_one_of(above, _gatherings()) or trigger.is_ancestor(above)
    return steps + (2 if venue.is_state else 0) + (0 if within else 3), abs(venue.start - trigger.i)


def _is_elsewhere(venue: Venue, trigger: Token, type: EventType) -> bool:
    """Whether the place is that of something said, made or talked about, or of what the act is only the ground of."""
    above, before = venue.head.head, trigger.doc[max(0, venue.start - 2)]
    if above != trigger and is_one_of(above, words("settings", "saying") | words("settings", "making")):
        return True
    topic = words("settings", "topic")
    if type in DONE_AT and (before.lower_ in topic or (above != trigger and is_one_of(above, topic))):
        return True
    return preposition(trigger) in ASIDE and not trigger.is_ancestor(venue.head)


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


def _pointed(scene: Scene, trigger: Token, sentence: Span) -> Place | None:
    """The place that "here" or "there" beside the trigger means."""
    for token in sentence:
        if token.lower_ in {"here", "there"} and token.dep_ == "advmod" and distance(trigger, token) <= 2:
            if token.lower_ == "here":
                return dateline(scene.article)
            found = [one for one in _of_before(scene, sentence) if one.start < token.i]
            return found[-1].place if found else None
    return None


def _of_before(scene: Scene, sentence: Span) -> list[Venue]:
    """The cities and the like of the sentence before and of this one, without those where something is only said."""
    number = scene.number(sentence)
    around = scene.sentences[max(0, number - 1) : number + 1]
    found = [one for span in around for one in venues(scene, span)]
    return [
        one
        for one in found
        if one.case in AT | TO and not one.is_state and not is_one_of(one.head.head, words("settings", "saying"))
    ]


def _continued(scene: Scene, trigger: Token, type: EventType, sentence: Span) -> Place | None:
    """The place of the sentence before, where this one goes on about talks or a signing that it tells of."""
    number = scene.number(sentence)
    if type not in DONE_AT or number == 0 or not _goes_on(trigger, sentence):
        return None
    if _other_times(scene, scene.sentences[number - 1], sentence):
        return None
    found = _of_before(scene, sentence)
    return found[0].place if found else None


DONE_AT = frozenset({EventType.MEETING, EventType.AGREEMENT})


def _goes_on(trigger: Token, sentence: Span) -> bool:
    """Whether the sentence goes on about what the one before tells: by its first word, or by "the talks"."""
    first = next(token for token in sentence if token.is_alpha)
    back = any(child.lower_ in {"the", "these", "this"} for child in trigger.children)
    return back or first.lower_ in words("settings", "onward")


def _other_times(scene: Scene, before: Span, sentence: Span) -> bool:
    """Whether the two sentences tell of different times: of dates that differ, or first of what was "earlier"."""
    earlier, now = (not RECALLING.isdisjoint(token.lower_ for token in one) for one in (before, sentence))
    if earlier and not now:
        return True
    first, second = ({time.when for time in scene.times(one, False)} for one in (before, sentence))
    return bool(second) and not first & second


def dateline(article: Article) -> Place | None:
    """The place of the article's dateline, with its state where the tables know it."""
    name = article.dateline
    return None if name is None else Place(name, cities().get(name.casefold()))
