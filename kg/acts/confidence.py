"""How sure an event is: a logistic model over the signals of its tellings.

The weights are fitted by `kg.fitting` on annotated articles and lie in `confidence.json`, one number for each signal,
so that "why is this here?" has an answer that can be read.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp

from kg.acts.events import Report
from kg.acts.signals import BRIEF
from kg.model import Event

KEEP = 0.4
"""Events below this are left out; in cross-validation (`kg.fitting`) arguments F1 is flat around it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the weight of each signal, and the intercept."""

    intercept: float
    signals: dict[str, float]

    def probability(self, signals: Iterable[str]) -> float:
        """The probability that an event with these signals is right, 0 to 1; unknown signals weigh nothing."""
        return 1 / (1 + exp(-self.intercept - sum(self.signals.get(signal, 0.0) for signal in sorted(signals))))


@cache
def weights() -> Weights:
    """The fitted weights that ship with the package."""
    table = json.loads(files("kg.acts").joinpath("confidence.json").read_text(encoding="utf-8"))
    return Weights(table["intercept"], table["signals"])


LIKELY = "likely 0.5"
"""The signal of a report whose word the learned models take for such an act rather than not."""


def signals(report: Report, reports: Sequence[Report]) -> frozenset[str]:
    """All that speaks for or against one of the reports of an article: its own signals, how often the article tells of
    it, and how many other likely acts there are, for an article about something else has few. The last two say nothing
    of a brief text."""
    if BRIEF in report.signals:
        return report.signals
    others = sum(LIKELY in one.signals for one in reports if one is not report)
    return report.signals | {f"tellings {min(len(report.event.evidence), 4)}", f"other likely acts {min(others, 4)}"}


def judged(reports: Sequence[Report], least: float = KEEP) -> tuple[Event, ...]:
    """The events that are at least this probable, each with its confidence (two decimals)."""
    found = []
    for report in reports:
        confidence = round(weights().probability(signals(report, reports)), 2)
        if confidence >= least:
            evidence = tuple(replace(one, confidence=confidence) for one in report.event.evidence)
            found.append(replace(report.event, confidence=confidence, evidence=evidence))
    return tuple(found)
