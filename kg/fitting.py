"""Fits the weights of `kg.confidence` on annotated articles: `python -m kg.fitting GOLD_DIR ARTICLES_DIR`.

A logistic regression (scikit-learn, L2) over the signals of every report, which is right when the measure of
`kg.evaluation` finds an annotated event in it. It prints what cross-validation over articles gives at each threshold,
and writes `confidence.json`. Articles whose number divides by three, the first apart, are held out and not read.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg import articles
from kg.confidence import signals
from kg.evaluation import compare, golds, score
from kg.extraction import Extractor
from kg.model import Article, Event, Extraction

STRENGTH = 0.1
"""The inverse of the regularisation's strength, by cross-validation among 0.05, 0.1, 0.2 and 0.4."""

FOLDS = 10
THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Case:
    """One report of an article: its signals, and whether an annotated event is found in it."""

    article: int
    event: Event
    signals: frozenset[str]
    right: bool


def is_held_out(path: Path) -> bool:
    """Whether the annotation is kept for a last measure: its number divides by three and is not the first."""
    number = int(re.sub(r"\D", "", path.stem) or 0)
    return number > 0 and number % 3 == 0


def cases(annotated: Sequence[Extraction], extractor: Extractor) -> Iterator[Case]:
    """The reports of the annotated articles, each judged against its article's annotation."""
    for number, gold in enumerate(annotated):
        reports = extractor.reports(gold.article)
        found = Extraction(gold.article, tuple(report.event for report in reports))
        right = {id(match.found.event) for match in compare(gold, found).matches if match.is_found and match.found}
        for report in reports:
            yield Case(number, report.event, signals(report), id(report.event) in right)


def fitted(told: Sequence[Case]) -> tuple[LogisticRegression, DictVectorizer]:
    """The model fitted on these cases, and what turns signals into its columns."""
    vectors = DictVectorizer()
    columns = vectors.fit_transform([dict.fromkeys(sorted(case.signals), 1) for case in told])
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(columns, [case.right for case in told]), vectors


def crossed(told: Sequence[Case]) -> list[float]:
    """The probability of each case by a model that has not seen its article."""
    probabilities = np.zeros(len(told))
    groups = [case.article for case in told]
    for train, test in GroupKFold(FOLDS).split(groups, groups=groups):
        model, vectors = fitted([told[i] for i in train])
        columns = vectors.transform([dict.fromkeys(sorted(told[i].signals), 1) for i in test])
        probabilities[test] = model.predict_proba(columns)[:, 1]
    return [float(one) for one in probabilities]


def report(annotated: Sequence[Extraction], told: Sequence[Case]) -> Iterator[str]:
    """A line for each threshold: the figures of the events that cross-validation keeps there."""
    probabilities = crossed(told)
    for least in THRESHOLDS:
        kept: dict[int, list[Event]] = {}
        for case, probability in zip(told, probabilities, strict=True):
            if probability >= least:
                kept.setdefault(case.article, []).append(replace(case.event, confidence=round(probability, 2)))
        scores = score(
            compare(gold, Extraction(gold.article, tuple(kept.get(i, ())))) for i, gold in enumerate(annotated)
        )
        noisy = scores.off_topic_articles_with_events
        yield f"{least:.2f}  arguments F1 {scores.arguments.f1:.3f}  events F1 {scores.events.f1:.3f}  noisy {noisy}"


def weights(told: Sequence[Case]) -> str:
    """The fitted weights as JSON, three decimals."""
    model, vectors = fitted(told)
    table = dict(zip(vectors.feature_names_, (round(float(one), 3) for one in model.coef_[0]), strict=True))
    kept = {name: weight for name, weight in sorted(table.items()) if weight}
    return json.dumps({"intercept": round(float(model.intercept_[0]), 3), "signals": kept}, indent=1) + "\n"


def main() -> None:
    """Fit, report and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("articles", type=Path)
    options = ask.parse_args()
    files = [path for path in golds.annotation_files(options.gold) if not is_held_out(path)]
    texts = [one for one in articles.read([options.articles]) if isinstance(one, Article)]
    annotated = golds.read(files, texts)
    told = tuple(cases(annotated, Extractor()))
    print("\n".join(report(annotated, told)))
    (Path(__file__).parent / "confidence.json").write_text(weights(told), encoding="utf-8")


if __name__ == "__main__":
    main()
