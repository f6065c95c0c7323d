"""Precision, recall and F1 of arguments, events and persons, over all articles, by type and by kind of argument."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.arguments import Argument, Kind
from kg.evaluation.comparisons import Comparison
from kg.evaluation.likeness import credit
from kg.evaluation.officials import Recognition
from kg.evaluation.pairing import Match
from kg.model import EventType


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1, 0 to 1 in four decimals, and the counts that they come from."""

    precision: float
    recall: float
    f1: float
    hit: float
    predicted: int
    gold: int


@dataclass(frozen=True, slots=True)
class TypeScores:
    """The figures of one type of event."""

    type: EventType
    events: Figures
    arguments: Figures


@dataclass(frozen=True, slots=True)
class ArgumentScores:
    """The figures of one kind of argument."""

    kind: Kind
    figures: Figures


@dataclass(frozen=True, slots=True)
class Scores:
    """The measure of a set of articles.

    Persons count once by the name alone, and once more where position and state are right too. Off-topic articles are
    those without an annotated event.
    """

    articles: int
    arguments: Figures
    events: Figures
    people: Figures
    people_with_position_and_state: Figures
    off_topic_articles: int
    off_topic_articles_with_events: int
    by_type: tuple[TypeScores, ...]
    by_argument: tuple[ArgumentScores, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What one thing adds to the figures: how much of it is right, and how much was found and was annotated."""

    hit: float
    predicted: int
    gold: int


def score(comparisons: Iterable[Comparison]) -> Scores:
    """The measure of these articles; types and kinds that none of them has are left out."""
    told = tuple(comparisons)
    matches = [match for comparison in told for match in comparison.matches]
    recognitions = [recognition for comparison in told for recognition in comparison.recognitions]
    return Scores(
        articles=len(told),
        arguments=figures(argument_count(match) for match in matches),
        events=figures(event_count(match) for match in matches),
        people=figures(name_count(recognition) for recognition in recognitions),
        people_with_position_and_state=figures(person_count(recognition) for recognition in recognitions),
        off_topic_articles=sum(comparison.is_off_topic for comparison in told),
        off_topic_articles_with_events=sum(comparison.is_noisy for comparison in told),
        by_type=tuple(by_type(matches)),
        by_argument=tuple(by_argument(matches)),
    )


def figures(counts: Iterable[Count]) -> Figures:
    """The figures that counts come to; 0 where there is nothing to divide by."""
    all_counts = tuple(counts)
    hit = sum(count.hit for count in all_counts)
    predicted, gold = sum(count.predicted for count in all_counts), sum(count.gold for count in all_counts)
    return Figures(
        precision=_ratio(hit, predicted),
        recall=_ratio(hit, gold),
        f1=_ratio(2 * hit, predicted + gold),
        hit=float(hit),
        predicted=predicted,
        gold=gold,
    )


def by_type(matches: Sequence[Match]) -> Iterator[TypeScores]:
    """The figures of each type, by name."""
    for type in sorted({match.type for match in matches}):
        same = [match for match in matches if match.type is type]
        yield TypeScores(type, figures(map(event_count, same)), figures(map(argument_count, same)))


def by_argument(matches: Sequence[Match]) -> Iterator[ArgumentScores]:
    """The figures of each kind of argument, by name; here one that was found may serve several annotated ones."""
    counts = [one for match in matches for one in kind_counts(match)]
    for kind in sorted({kind for kind, _ in counts}):
        yield ArgumentScores(kind, figures(count for other, count in counts if other is kind))


def argument_count(match: Match) -> Count:
    """What the event and its arguments add."""
    return Count(match.credit, match.found.size if match.found else 0, match.gold.size if match.gold else 0)


def event_count(match: Match) -> Count:
    """What the event adds as one thing."""
    return Count(match.is_found, match.found is not None, match.gold is not None)


def kind_counts(match: Match) -> Iterator[tuple[Kind, Count]]:
    """What each argument adds to the figures of its kind."""
    gold = match.gold.arguments if match.gold else ()
    found = match.found.arguments if match.found else ()
    for one in gold:
        yield one.kind, Count(best_credit(one, found), 0, 1)
    for other in found:
        yield other.kind, Count(0.0, 1, 0)


def best_credit(gold: Argument, found: Iterable[Argument]) -> float:
    """The credit of the argument that meets the annotated one best."""
    return max((credit(gold, other) for other in found), default=0.0)


def name_count(recognition: Recognition) -> Count:
    """What an official adds by the name alone."""
    gold, found = recognition.gold is not None, recognition.found is not None
    return Count(gold and found, found, gold)


def person_count(recognition: Recognition) -> Count:
    """What an official adds whose position and state must be right too."""
    return Count(recognition.is_complete, recognition.found is not None, recognition.gold is not None)


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
