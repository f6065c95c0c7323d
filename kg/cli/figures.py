"""The measure of the extraction as tables, and its faults as lines, for a person."""

from collections.abc import Iterable
from itertools import groupby

from kg.cli.output import line, plain, table
from kg.evaluation import Calibration, Figures, Mistake, Scores
from kg.evaluation.calibration import CONFIDENT

FIGURES = ("precision", "recall", "F1", "found", "annotated")


def tell(scores: Scores, calibration: Calibration) -> None:
    """Print the figures as tables."""
    noisy, quiet = scores.off_topic_articles_with_events, scores.off_topic_articles
    line(f"{scores.articles} articles; {noisy} of the {quiet} without an annotated event have a false one")
    line("")
    measures = (
        ("arguments", scores.arguments),
        ("events", scores.events),
        ("persons", scores.people),
        ("persons with position and state", scores.people_with_position_and_state),
    )
    table(("all", *FIGURES), [row(name, figures) for name, figures in measures])
    line("")
    table(("events by type", *FIGURES), [row(one.type, one.events) for one in scores.by_type])
    line("")
    table(("arguments by type", *FIGURES), [row(one.type, one.arguments) for one in scores.by_type])
    line("")
    table(("by argument", *FIGURES), [row(one.kind, one.figures) for one in scores.by_argument])
    line("")
    tell_calibration(calibration)


def row(name: str, figures: Figures) -> tuple[str, ...]:
    """A row of a table."""
    shares = (figures.precision, figures.recall, figures.f1)
    return name, *(f"{share:.3f}" for share in shares), str(figures.predicted), str(figures.gold)


def tell_calibration(calibration: Calibration) -> None:
    """Print what the confidences are worth."""
    rows = [(f"{one.low:.1f} to {one.high:.1f}", str(one.events), f"{one.confidence:.3f}", f"{one.right:.3f}")
            for one in calibration.bins]  # fmt: skip
    table(("confidence", "events", "mean", "share right"), rows)
    line(f"expected calibration error {calibration.expected_error:.3f}")
    line(
        f"{calibration.confident:.0%} of the events are at {CONFIDENT} or more; "
        f"{calibration.confident_right:.0%} of those are right"
    )


def tell_mistakes(found: Iterable[Mistake]) -> None:
    """Print the faults, article by article."""
    for article, faults in groupby(found, key=lambda mistake: mistake.article):
        line("")
        line(article)
        for mistake in faults:
            tell_mistake(mistake)


def tell_mistake(mistake: Mistake) -> None:
    """Print one fault: what it is, what is missing and wrong in it, and the sentence."""
    details = [f"{mistake.fault}: {mistake.label}"]
    if mistake.missing:
        details.append(f"missing {', '.join(mistake.missing)}")
    if mistake.wrong:
        details.append(f"wrong {', '.join(mistake.wrong)}")
    if mistake.rule is not None:
        details.append(f"{mistake.rule}, confidence {mistake.confidence:.2f}")
    print(f"  {plain('; '.join(details))}")
    if mistake.sentence is not None:
        print(f"    “{plain(mistake.sentence)}”")
