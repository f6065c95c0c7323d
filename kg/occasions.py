"""When an act took place, from the times that its sentence names."""

from spacy.tokens import Span, Token

from kg.dates import TimeKind
from kg.paths import distance
from kg.scenes import Scene


def date_of(scene: Scene, trigger: Token, sentence: Span, future: bool) -> str | None:
    """The EDTF date of an act: the nearest time that its sentence names."""
    best: tuple[bool, int, int, str] | None = None
    for time in scene.times(sentence, future):
        span = scene.doc.char_span(
            sentence.start_char + time.start, sentence.start_char + time.end, alignment_mode="expand"
        )
        if span is None:
            continue
        steps = min(distance(trigger, token) for token in span)
        rank = (time.kind is TimeKind.LABEL, steps, abs(span.start - trigger.i), time.when)
        if best is None or rank < best:
            best = rank
    return best[3] if best and best[1] < 7 else None
