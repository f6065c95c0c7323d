"""What speaks for or against a telling of an act, as words that `kg.acts.confidence` weighs."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.clauses import children, is_verb
from kg.model import Event, Person
from kg.scenes import Scene, topic_words

BRIEF = "brief text"
"""The signal of a text that has no room to tell of an act again or of others, as a pasted sentence."""

FEW_SENTENCES = 3

OFFICIAL = "defence official"
"""The signal of an act in which a soldier or an official of defence takes part."""


def signals_of(
    trigger: Token, verb: Token, event: Event, explicit: int, source: str, sentence: Span, scene: Scene
) -> Iterator[str]:
    """What speaks for or against an event told at `trigger`, whose tense `verb` carries.

    `explicit` is the number of sides that the telling itself names, `source` where another was found.
    """
    yield f"type {event.type}"
    yield f"type {event.type} status {event.status}"
    yield f"trigger {trigger.lemma_.lower()}"
    yield f"sides {min(explicit, 3)}"
    yield from (f"{event.type}: {one}" for one in _topic(event, sentence, scene))
    yield f"completed from {source or 'nothing'}"
    if len(scene.sentences) <= FEW_SENTENCES:
        yield BRIEF
    index = scene.number(sentence)
    yield "position " + ("lead" if index < 3 else "early" if index < 8 else "late")
    yield "date" if event.when else "no date"
    yield "place" if event.place else "no place"
    if event.name:
        yield "name"
    persons = [part.actor for part in event.participations if isinstance(part.actor, Person)]
    yield f"persons {min(len(persons), 2)}"
    if {token.lower_ for token in sentence} & topic_words("elsewhere"):
        yield "elsewhere"
    if any(token.lower_ in {"if", "whether", "unless", "when"} for token in children(verb, "mark")):
        yield "conditional"
    if "“" in sentence.text or '"' in sentence.text:
        yield "quote"
    if is_verb(trigger):
        finite = "Fin" in trigger.morph.get("VerbForm", []) or children(trigger, "aux")
        yield "finite" if finite else "non-finite"
    else:
        yield "supported" if verb != trigger else "bare noun"


def _topic(event: Event, sentence: Span, scene: Scene) -> Iterator[str]:
    """How much the act, its sentence, what stands around it and the article deal with defence."""
    words = topic_words("defence")
    persons = [part.actor for part in event.participations if isinstance(part.actor, Person)]
    posts = {word for person in persons for post in person.posts for word in post.name.lower().split()}
    if posts & words or any(person.rank for person in persons):
        yield OFFICIAL
    yield f"defence words {min(3, sum(token.lower_ in words for token in sentence))}"
    for reach in (1, 3):
        if scene.deals_with_defence(sentence, reach):
            yield f"defence within {reach}"
    yield f"density {min(int(scene.density), 6)}"
