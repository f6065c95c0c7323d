"""What to look at: the misses, the false alarms and what is wrong in between, each with its sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluation.arguments import Argument, Claim
from kg.evaluation.comparisons import Comparison
from kg.evaluation.likeness import credit
from kg.evaluation.officials import Recognition
from kg.evaluation.pairing import Match
from kg.model import EventType, Evidence
from kg.rdf.labels import event_label


class Fault(StrEnum):
    """What is wrong: nothing stands for what was annotated, or for what was found, or it does so in part only."""

    MISSED = "missed"
    FALSE_ALARM = "false alarm"
    PARTLY_RIGHT = "partly right"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault in an article, for a person to read.

    `sentence` is the evidence; a person has none, and no type. `rule` and `confidence` are those of the event that was
    found. `missing` and `wrong` are arguments without a counterpart.
    """

    article: str
    fault: Fault
    label: str
    type: EventType | None = None
    sentence: str | None = None
    rule: str | None = None
    confidence: float | None = None
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def mistakes(comparisons: Iterable[Comparison]) -> tuple[Mistake, ...]:
    """All faults, in the order of the articles: annotated events as they stand there, false alarms, then persons."""
    return tuple(mistake for comparison in comparisons for mistake in _mistakes(comparison))


def _mistakes(comparison: Comparison) -> Iterator[Mistake]:
    for match in comparison.matches:
        yield from _of_event(comparison.article, match)
    for recognition in comparison.recognitions:
        yield from _of_person(comparison.article, recognition)


def _of_event(article: str, match: Match) -> Iterator[Mistake]:
    if match.found is None and match.gold is not None:
        yield _event_mistake(article, Fault.MISSED, match.gold)
    elif match.gold is None and match.found is not None:
        yield _found_mistake(article, Fault.FALSE_ALARM, match.found)
    elif match.gold and match.found:
        missing, wrong = differences(match.gold, match.found)
        if missing or wrong:
            yield _found_mistake(article, Fault.PARTLY_RIGHT, match.found, missing, wrong)


def differences(gold: Claim, found: Claim) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """The annotated arguments that nothing found meets, and those found that meet nothing annotated."""
    missing = (one for one in gold.arguments if not any(credit(one, other) for other in found.arguments))
    wrong = (other for other in found.arguments if not any(credit(one, other) for one in gold.arguments))
    return tuple(missing), tuple(wrong)


def _event_mistake(article: str, fault: Fault, claim: Claim) -> Mistake:
    return Mistake(article, fault, event_label(claim.event), claim.event.type, first(claim).exact)


def _found_mistake(
    article: str, fault: Fault, claim: Claim, missing: Iterable[Argument] = (), wrong: Iterable[Argument] = ()
) -> Mistake:
    evidence = first(claim)
    return Mistake(
        article,
        fault,
        event_label(claim.event),
        claim.event.type,
        evidence.exact,
        evidence.extractor,
        claim.event.confidence,
        tuple(map(str, missing)),
        tuple(map(str, wrong)),
    )


def first(claim: Claim) -> Evidence:
    """The event's evidence that comes first in the text."""
    return min(claim.event.evidence, key=lambda evidence: (evidence.start, evidence.end, evidence.extractor))


def _of_person(article: str, recognition: Recognition) -> Iterator[Mistake]:
    gold, found = recognition.gold, recognition.found
    if found is None:
        yield Mistake(article, Fault.MISSED, str(gold))
    elif gold is None:
        yield Mistake(article, Fault.FALSE_ALARM, str(found))
    elif not recognition.is_complete:
        yield Mistake(article, Fault.PARTLY_RIGHT, str(found), missing=(str(gold),))
