"""Whether an act deals with defence and is one between sides: what rules ask of a clause, asked of all that is told.

A meeting or visit of leaders counts only where its telling speaks of defence, an agreement where it does not speak of
something else, and an exercise where somebody else takes part.
"""

from collections.abc import Sequence

from kg.acts.events import TOGETHER, Report
from kg.acts.participants import sides
from kg.acts.signals import OFFICIAL
from kg.circumstances.chronicle import telling
from kg.model import EventType
from kg.scenes import Scene, topic_words


def of_defence(reports: Sequence[Report], scene: Scene) -> tuple[Report, ...]:
    """The reports without the acts that are told to be about something else, or of one side alone."""
    return tuple(report for report in reports if _is_of_defence(report, scene))


def _is_of_defence(report: Report, scene: Scene) -> bool:
    sentences = [scene.sentences[telling(scene, one.start)] for one in report.event.evidence]
    said = {token.lower_ for sentence in sentences for token in sentence}
    match report.event.type:
        case EventType.MEETING | EventType.VISIT:
            if OFFICIAL in report.signals:
                return True
            if said & topic_words("civil"):
                return bool(said & (topic_words("defence") - topic_words("faint")))
            return any(scene.deals_with_defence(sentence, reach=1) for sentence in sentences)
        case EventType.AGREEMENT:
            if said & topic_words("truce"):
                return False
            return not said & topic_words("civil") or bool(said & topic_words("defence"))
        case EventType.EXERCISE:
            named = {side for one in sentences for side in scene.cast.within(one.start, one.end)}
            taking_part = sides(part.actor for part in report.event.participations)
            return bool(named & taking_part) or _by_rule(report) or any(t.lower_ in TOGETHER for t in scene.doc)
    return True


def _by_rule(report: Report) -> bool:
    """Whether a rule found the act, and not the learned models alone."""
    return any(signal.startswith("rule ") for signal in report.signals)
