"""Fits all that is learned from annotated articles: `python -m kg.fitting CORPUS... [--thirds CORPUS...]`.

A corpus is a folder with `gold/` and `articles/`. First the models of `kg.learned` are fitted, then the weights of
`kg.acts.confidence`: a logistic regression (scikit-learn, L2) over the signals of every report, which is right when the
measure of `kg.evaluation` finds an annotated event in it. The reports come from models that have not seen their
article. It prints what cross-validation over articles gives at each threshold, and writes `learned/weights.npz` and
`acts/confidence.json`. Of the corpora behind `--thirds` the articles whose number divides by three, the first apart,
are held out and not read.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg.acts.confidence import signals
from kg.acts.events import Report, find_events
from kg.evaluation import compare, golds, score
from kg.extraction import Extractor, reports
from kg.learned.fit import Taught, fit, taught, write
from kg.learned.labels import Lesson, lessons
from kg.learned.page import Page
from kg.model import Article, Event, Extraction
from kg.reading import articles

STRENGTH = 0.1
"""The inverse of the regularisation's strength, by cross-validation among 0.05, 0.1, 0.2 and 0.4."""

FOLDS = 4
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


def annotated(folder: Path, thirds: bool) -> Iterator[Extraction]:
    """The annotated articles of a corpus, without the held-out third where it has one."""
    files = [path for path in golds.annotation_files(folder / "gold") if not (thirds and is_held_out(path))]
    texts = [one for one in articles.read([str(folder / "articles")]) if isinstance(one, Article)]
    yield from golds.read(files, texts)


def cases(read: Sequence[Lesson], learned: Sequence[Taught]) -> Iterator[Case]:
    """The reports of the articles, found by models that were fitted on others, each judged against the annotation."""
    numbers = list(range(len(read)))
    for train, test in GroupKFold(FOLDS).split(numbers, groups=numbers):
        models = fit(learned[i] for i in train)
        for i in test.tolist():
            found = reports(read[i].page.scene, models)
            yield from _judged(i, read[i].annotation, found)


def _judged(number: int, gold: Extraction, found: Sequence[Report]) -> Iterator[Case]:
    events = Extraction(gold.article, tuple(report.event for report in found))
    right = {id(match.found.event) for match in compare(gold, events).matches if match.is_found and match.found}
    for report in found:
        yield Case(number, report.event, signals(report, found), id(report.event) in right)


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


def report(golds: Sequence[Extraction], told: Sequence[Case]) -> Iterator[str]:
    """A line for each threshold: the figures of the events that cross-validation keeps there."""
    probabilities = crossed(told)
    for least in THRESHOLDS:
        kept: dict[int, list[Event]] = {}
        for case, probability in zip(told, probabilities, strict=True):
            if probability >= least:
                kept.setdefault(case.article, []).append(replace(case.event, confidence=round(probability, 2)))
        pairs = [(gold, Extraction(gold.article, tuple(kept.get(i, ())))) for i, gold in enumerate(golds)]
        for name, group in groupby(pairs, key=lambda pair: pair[0].article.id.rpartition("-")[0]):
            yield f"{least:.2f} {name:8} {_figures(group)}"
        yield f"{least:.2f} {'all':8} {_figures(pairs)}"


def _figures(pairs: Iterable[tuple[Extraction, Extraction]]) -> str:
    scores = score(compare(gold, found) for gold, found in pairs)
    one, other = scores.arguments, scores.events
    return (
        f"arguments P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}  events F1 {other.f1:.3f}  "
        f"noisy {scores.off_topic_articles_with_events} of {scores.off_topic_articles}"
    )


def weights(told: Sequence[Case]) -> str:
    """The fitted weights as JSON, three decimals."""
    model, vectors = fitted(told)
    table = dict(zip(vectors.feature_names_, (round(float(one), 3) for one in model.coef_[0]), strict=True))
    kept = {name: weight for name, weight in sorted(table.items()) if weight}
    return json.dumps({"intercept": round(float(model.intercept_[0]), 3), "signals": kept}, indent=1) + "\n"


def main() -> None:
    """Fit, report and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    ask.add_argument("--thirds", type=Path, nargs="*", default=[], metavar="CORPUS")
    options = ask.parse_args()
    golds = [one for folder in options.corpora for one in annotated(folder, False)]
    golds += [one for folder in options.thirds for one in annotated(folder, True)]
    scenes = Extractor().scenes([one.article for one in golds])
    read = lessons((gold, Page(scene, find_events(scene))) for gold, scene in zip(golds, scenes, strict=True))
    learned = [taught(lesson) for lesson in read]
    told = tuple(cases(read, learned))
    print("\n".join(report(golds, told)))
    write(fit(learned), Path(__file__).parent / "learned" / "weights.npz")
    (Path(__file__).parent / "acts" / "confidence.json").write_text(weights(told), encoding="utf-8")


if __name__ == "__main__":
    main()
