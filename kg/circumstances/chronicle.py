"""What an article tells of time before a sentence: the day of its news, the date of a heading, the time named last."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Span

from kg.dates import TimeKind, TimeMention
from kg.edtf import bounds
from kg.scenes import Scene

RECENT = timedelta(days=10)
BACK = 3
"""Sentences before one in which the time is looked for that "a day earlier" counts from."""

RECALLING = frozenset({"already", "earlier", "previously", "once"})
"""Words that put an act before the news."""

INTRODUCED = re.compile(r"\W*(?:(?:on|in|as of)\s+)?(?:the\s+)?", re.I)
"""What may stand before the date that heads an entry."""
ENTRY = re.compile(r"\s*(?::|\s[-–—|]\s|[–—])\s*\S")
ALONE = re.compile(r"\W*")


@dataclass(frozen=True, slots=True)
class Before:
    """What is known when a sentence begins: the date that heads it, and the one from which "a day later" counts."""

    heading: str | None
    told: str | None


def before(scene: Scene, sentence: Span) -> Before:
    """The dates that stand before the sentence."""
    index = scene.number(sentence)
    return Before(heading(scene, index), last_named(scene, index) or lead_day(scene))


def telling(scene: Scene, offset: int) -> int:
    """The number of the sentence that tells of what stands at the offset of the article's text."""
    starts = (scene.offset(sentence.start_char) <= offset for sentence in scene.sentences)
    return max(0, sum(starts) - 1)


def is_recalled(scene: Scene, index: int) -> bool:
    """Whether the sentence has a time of its own, or tells of what was before the news."""
    sentence = scene.sentences[index]
    if not RECALLING.isdisjoint(token.lower_ for token in sentence):
        return True
    return any(time.kind is not TimeKind.LABEL for time in scene.times(sentence, False))


def last_named(scene: Scene, index: int) -> str | None:
    """The time that the sentences right before this one named last."""
    for sentence in reversed(scene.sentences[max(0, index - BACK) : index]):
        times = [time for time in scene.times(sentence, False) if _is_behind(time, scene.article.date)]
        if times:
            return times[-1].when
    return None


def _is_behind(time: TimeMention, published: date | None) -> bool:
    """Whether a time is one that later sentences can count from: past, and no mere label."""
    past = published is None or bounds(time.when)[0] <= published
    return past and time.kind not in {TimeKind.LABEL, TimeKind.OPEN}


def heading(scene: Scene, index: int) -> str | None:
    """The date that heads the sentence's entry, as "12 March 2012: ..." does, or that stands alone before it."""
    first = index
    while first and not opens_paragraph(scene, first):
        first -= 1
    entry = _first_time(scene, first, ENTRY)
    if entry:
        return entry.when
    for above in range(index - 1, 0, -1):
        alone = _first_time(scene, above, ALONE)
        if alone:
            return alone.when
    return None


def _first_time(scene: Scene, index: int, after: re.Pattern[str]) -> TimeMention | None:
    """The time at the start of a sentence, where what follows it is as asked for."""
    sentence = scene.sentences[index]
    times = scene.times(sentence, False)
    if not times or not INTRODUCED.fullmatch(sentence.text, 0, times[0].start):
        return None
    rest = sentence.text[times[0].end :]
    fits = after.fullmatch(rest) if after is ALONE else after.match(rest)
    return times[0] if fits else None


def opens_paragraph(scene: Scene, index: int) -> bool:
    """Whether the sentence stands first in its paragraph."""
    if index == 0:
        return True
    start, end = scene.sentences[index - 1].start_char, scene.sentences[index].start_char
    text = scene.text[start:end] + scene.sentences[index].text
    begun = scene.text[start:end].rstrip()
    gap = text[len(begun) :]
    return "\n" in gap[: len(gap) - len(gap.lstrip())]


def lead_day(scene: Scene) -> str | None:
    """The day of the news: the first recent day that the title or the first three sentences name."""
    published = scene.article.date
    if published is None:
        return None
    for sentence in scene.sentences[:4]:
        for time in scene.times(sentence, False):
            start, end = bounds(time.when)
            if end - start <= timedelta(days=7) and abs(_middle(start, end) - published) <= RECENT:
                return time.when
    return None


def _middle(start: date, end: date) -> date:
    return start + (end - start) / 2
