"""What speaks for or against a telling of an act, as words that `kg.confidence` weighs."""

from collections.abc import Iterator

from spacy.tokens import Span

from kg.clauses import children, is_verb
from kg.model import Event, Person
from kg.participants import Clause
from kg.scenes import Scene, sentence_index, topic_words


def signals_of(
    clause: Clause, event: Event, explicit: int, source: str, sentence: Span, scene: Scene
) -> Iterator[str]:
    """What speaks for or against the event, as words that `kg.confidence` weighs."""
    yield f"rule {event.evidence[0].extractor}"
    yield f"type {event.type}"
    yield f"type {event.type} status {event.status}"
    yield f"trigger {clause.trigger.lemma_.lower()}"
    yield f"sides {min(explicit, 3)}"
    yield f"completed from {source or 'nothing'}"
    index = sentence_index(scene, clause.trigger)
    yield "position " + ("lead" if index < 3 else "early" if index < 8 else "late")
    yield "date" if event.when else "no date"
    yield "place" if event.place else "no place"
    if event.name:
        yield "name"
    persons = [part.actor for part in event.participations if isinstance(part.actor, Person)]
    yield f"persons {min(len(persons), 2)}"
    words = topic_words("defence")
    posts = {word for person in persons for post in person.posts for word in post.name.lower().split()}
    if posts & words or any(person.rank for person in persons):
        yield "defence official"
    near = sum(token.lower_ in words for token in sentence)
    yield f"defence words {min(near, 3)}"
    yield f"density {min(int(scene.density), 6)}"
    if {token.lower_ for token in sentence} & topic_words("elsewhere"):
        yield "elsewhere"
    if any(token.lower_ in {"if", "whether", "unless", "when"} for token in children(clause.verb, "mark")):
        yield "conditional"
    if "“" in sentence.text or '"' in sentence.text:
        yield "quote"
    if is_verb(clause.trigger):
        finite = "Fin" in clause.trigger.morph.get("VerbForm", []) or children(clause.trigger, "aux")
        yield "finite" if finite else "non-finite"
    else:
        yield "supported" if clause.verb != clause.trigger else "bare noun"
