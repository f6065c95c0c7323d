"""Whether the confidences of events say how often such events are right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.evaluation.comparisons import Comparison

BINS = 10
"""Intervals of equal width that confidences are counted in."""
CONFIDENT = 0.8
"""The confidence from which on a user may take an event as it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The confidence of one event that was found, and whether the annotation has it."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The events with confidences from `low` to `high`: their number, mean confidence, and the share that is right."""

    low: float
    high: float
    events: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the confidences are worth; all but `events` are shares, 0 to 1 in four decimals.

    `expected_error` is the mean distance between confidence and share right over the bins, weighted by their events
    (Naeini, Cooper and Hauskrecht 2015). `confident` is the share of events with a confidence of `CONFIDENT` or more,
    `confident_right` the share of those that is right. Bins without events are left out.
    """

    events: int
    expected_error: float
    confident: float
    confident_right: float
    bins: tuple[Bin, ...]


def calibrate(comparisons: Iterable[Comparison]) -> Calibration:
    """What the confidences in these articles are worth; an event is right when it counts as found."""
    matches = (match for comparison in comparisons for match in comparison.matches)
    return calibration(Outcome(match.found.event.confidence, match.is_found) for match in matches if match.found)


def calibration(outcomes: Iterable[Outcome]) -> Calibration:
    """What confidences with these outcomes are worth."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.confidence)
    bins = [_bin(number, tuple(among)) for number, among in groupby(ordered, key=_number)]
    confident = [outcome for outcome in ordered if outcome.confidence >= CONFIDENT]
    error = sum(one.events * abs(one.confidence - one.right) for one in bins)
    return Calibration(
        events=len(ordered),
        expected_error=_share(error, len(ordered)),
        confident=_share(len(confident), len(ordered)),
        confident_right=_share(sum(outcome.right for outcome in confident), len(confident)),
        bins=tuple(bins),
    )


def _number(outcome: Outcome) -> int:
    """The bin that the outcome belongs to, from 0; a confidence of 1 is in the last one."""
    return min(int(outcome.confidence * BINS), BINS - 1)


def _bin(number: int, outcomes: Sequence[Outcome]) -> Bin:
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        events=len(outcomes),
        confidence=_share(sum(outcome.confidence for outcome in outcomes), len(outcomes)),
        right=_share(sum(outcome.right for outcome in outcomes), len(outcomes)),
    )


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
