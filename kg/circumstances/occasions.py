"""When an act took place, from the times that its sentence names and the date that heads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from spacy.tokens import Span, Token

from kg import dates
from kg.circumstances.chronicle import before
from kg.circumstances.tenses import ahead, carrier
from kg.clauses import is_past, is_verb
from kg.dates import TimeKind, TimeMention
from kg.edtf import bounds
from kg.scenes import Scene

FARTHEST = 10
"""The cost of the way through the tree from which on a time has nothing to do with an act."""

UP = {"acl": 2, "advcl": 2, "ccomp": 3, "parataxis": 4, "conj": 4, "appos": 1}
DOWN = {"acl": 3, "advcl": 4, "ccomp": 3, "parataxis": 4, "conj": 4, "appos": 1}
"""What it costs more than a step to leave a clause by its top or to go down into one: each has times of its own."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time with its place in the tree: `top` is the token by which its words hang on the rest."""

    time: TimeMention
    span: Span
    top: Token


def date_of(scene: Scene, trigger: Token, sentence: Span, future: bool) -> str | None:
    """The EDTF date of an act: the nearest time that its sentence names, else the date that heads the sentence."""
    told = before(scene, sentence)
    published = scene.article.date if is_past(trigger) else None
    times = (one for one in occasions(scene, sentence, future, told.told) if not _is_after(one, published))
    found = sorted(times, key=lambda one: (rank(trigger, one), one.time.when))
    if not found or rank(trigger, found[0])[1] >= FARTHEST:
        return told.heading
    return finer(found).time.when


def _is_after(one: Occasion, published: date | None) -> bool:
    """Whether the time lies after publication, and so cannot date what is told as past."""
    if published is None:
        return False
    open_ended = one.time.kind is TimeKind.OPEN and one.time.future is True
    return open_ended or bounds(one.time.when)[0] > published


def finer(found: Sequence[Occasion]) -> Occasion:
    """The first of these times, or one of the same clause that says more exactly when within it.

    "Earlier this week, on 12 September", "last year's edition was held in May".
    """
    best = found[0]
    for other in found[1:]:
        if carrier(other.top) == carrier(best.top) and _within(other.time.when, best.time.when):
            best = other
    return best


def _within(inner: str, outer: str) -> bool:
    (start, end), (first, last) = bounds(inner), bounds(outer)
    return first <= start and end <= last and end - start < last - first


def rank(trigger: Token, one: Occasion) -> tuple[bool, int, int]:
    """What puts the time of an act before others: that it is no mere label, and near in the tree and in the text."""
    steps = cost(trigger, one.top)
    own = one.top.head == trigger and not is_verb(trigger)
    steps += 2 * (one.time.kind is TimeKind.OPEN)
    return one.time.kind is TimeKind.LABEL and not own, steps, abs(one.span.start - trigger.i)


def cost(trigger: Token, top: Token) -> int:
    """How loosely a time hangs on the trigger, by the clauses between them."""
    above, token, total = {}, trigger, 0
    while token.i not in above:
        above[token.i] = total
        total += 1 + _crossing(token, UP)
        token = token.head
    down = 0
    while top.i not in above:
        if top.head == top:
            return 50
        down += 1 + _crossing(top, DOWN)
        top = top.head
    return above[top.i] + down


def _crossing(token: Token, prices: dict[str, int]) -> int:
    """What leaving or entering the token's clause costs; one noun beside another is no clause."""
    relation = token.dep_.partition(":")[0]
    return 0 if relation == "conj" and not is_verb(token) else prices.get(relation, 0)


def occasions(scene: Scene, sentence: Span, future: bool, told: str | None) -> Iterator[Occasion]:
    """The times of a sentence, each read forward or back as the tense of its own clause says."""
    readings = {
        way: {t.start: t for t in _times(sentence.text, scene.article.date, way, told)} for way in (False, True)
    }
    for start, time in readings[False].items():
        span = scene.doc.char_span(
            sentence.start_char + time.start, sentence.start_char + time.end, alignment_mode="expand"
        )
        if span is None:
            continue
        yield Occasion(readings[ahead(span.root, future)].get(start, time), span, span.root)


@lru_cache(maxsize=1024)
def _times(text: str, published: date | None, future: bool, told: str | None) -> tuple[TimeMention, ...]:
    return dates.find(text, published, future=future, told=told)
