"""Whether acts that anybody may do deal with defence: a meeting or visit of leaders counts only where it does."""

from collections.abc import Sequence

from kg.acts.events import Report
from kg.acts.signals import OFFICIAL
from kg.circumstances.chronicle import telling
from kg.model import EventType
from kg.scenes import Scene, topic_words

OF_ANYBODY = frozenset({EventType.MEETING, EventType.VISIT})
"""Acts of which news tells whatever they are about."""


def of_defence(reports: Sequence[Report], scene: Scene) -> tuple[Report, ...]:
    """The reports without the meetings and visits that are told to be about something else."""
    return tuple(report for report in reports if _is_of_defence(report, scene))


def _is_of_defence(report: Report, scene: Scene) -> bool:
    """Whether an official of defence takes part, or words of defence stand where the act is told.

    Beside what such people deal with otherwise, these must be words that mean nothing else.
    """
    if report.event.type not in OF_ANYBODY or OFFICIAL in report.signals:
        return True
    sentences = [scene.sentences[telling(scene, one.start)] for one in report.event.evidence]
    said = {token.lower_ for sentence in sentences for token in sentence}
    if said & topic_words("civil"):
        return bool(said & (topic_words("defence") - topic_words("faint")))
    return any(scene.deals_with_defence(sentence, reach=1) for sentence in sentences)
