"""Fits the models of `kg.learned` (scikit-learn, L2) on what annotated articles teach."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.circumstances.occasions import date_of
from kg.learned import goods, roles, statuses, triggers
from kg.learned.labels import Judge, Lesson
from kg.learned.linear import Features, Floats, Linear, Models
from kg.learned.roles import Asked
from kg.model import EventType, Status

STRENGTH = 0.3
"""The inverse of the regularisation's strength, by cross-validation among 0.1, 0.3 and 1."""

TWICE = 2
"""A feature must be seen so often."""

SMALL = 0.01
"""A feature whose weights are all smaller is left out of the file."""

NEVER = 10.0
"""The logit against a class of act of which nothing was taught."""

OPEN = -1
"""The label of a case that teaches nothing."""


@dataclass(frozen=True)
class Cases:
    """Cases of one model: features, vectors (none where the model reads none), and for each of its models a label."""

    features: list[Features]
    vectors: list[Floats]
    labels: list[tuple[int, ...]]


@dataclass(frozen=True)
class Taught:
    """The cases of one article for each model."""

    triggers: Cases
    roles: Cases
    goods: Cases
    statuses: Cases


def taught(lesson: Lesson) -> Taught:
    """What one article teaches to each model."""
    found = Taught(*(Cases([], [], []) for _ in range(4)))
    page = lesson.page
    candidates = list(triggers.candidates(page))
    for around, token in candidates:
        acts = lesson.acts.get(token.i, {})
        labels = (1 if type in acts else OPEN if (token.i, type) in lesson.open else 0 for type in EventType)
        _add(found.triggers, triggers.features(page, around, token), tuple(labels))
    found.triggers.vectors.extend(triggers.vectors(page, candidates))
    for position, acts in lesson.acts.items():
        trigger = page.scene.doc[position]
        for type, event in acts.items():
            asked = Asked(page, trigger, type, page.scene.number(trigger.sent))
            actors = list(roles.candidates(asked))
            judge = Judge(lesson, event, [one.actor for one in actors])
            for one in actors:
                labels = (int(judge.in_role(one.actor, second)) for second in (False, True))
                _add(found.roles, one.features, tuple(labels))
                found.roles.vectors.append(one.vector)
            for item, features in goods.candidates(asked) if type in goods.OF_GOODS else ():
                _add(found.goods, features, (int(judge.is_item(item.item.equipment)),))
            when = date_of(page.scene, trigger, asked.sentence, False)
            _add(found.statuses, statuses.features(asked, when), tuple(int(event.status is one) for one in Status))
    return found


def _add(cases: Cases, features: Features, labels: tuple[int, ...]) -> None:
    cases.features.append(features)
    cases.labels.append(labels)


def fit(lessons: Iterable[Taught]) -> Models:
    """The four models fitted on these articles."""
    read = list(lessons)
    return Models(
        fitted([one.triggers for one in read], 0.15),
        fitted([one.roles for one in read], 0.1),
        fitted([one.goods for one in read]),
        fitted([one.statuses for one in read]),
    )


def fitted(cases: Sequence[Cases], scale: float = 0.0) -> Linear:
    """The models fitted on these cases, whose vectors count `scale` as much as a feature does."""
    vectorizer = DictVectorizer()
    named = vectorizer.fit_transform([features for one in cases for features in one.features])
    often = np.asarray((named != 0).sum(axis=0)).ravel() >= TWICE
    names, named = [name for name, keep in zip(vectorizer.feature_names_, often, strict=True) if keep], named[:, often]
    dense = [vector for one in cases for vector in one.vectors]
    table = hstack([named, csr_matrix(np.stack(dense) * scale)]).tocsr() if dense else named.tocsr()
    labels = np.array([row for one in cases for row in one.labels])
    columns = list(_columns(table, labels))
    weights = np.stack([column for column, _ in columns], axis=1)
    kept = np.abs(weights[: len(names)]).max(axis=1) >= SMALL
    return Linear(
        {name: number for number, name in enumerate(name for name, keep in zip(names, kept, strict=True) if keep)},
        weights[: len(names)][kept].astype("float32"),
        (weights[len(names) :] * scale).astype("float32"),
        np.array([intercept for _, intercept in columns], dtype="float32"),
    )


def _columns(table: csr_matrix, labels: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.float64], float]]:
    """The weights and the intercept of each model."""
    for column in labels.T:
        closed = column != OPEN
        if len(set(column[closed].tolist())) < 2:  # a class of act that no article has
            yield np.zeros(table.shape[1]), -NEVER
            continue
        model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=0)
        model.fit(table[closed], column[closed])
        yield model.coef_[0], float(model.intercept_[0])


def write(models: Models, path: Path) -> None:
    """Write the models to a file that `kg.learned.linear` reads."""
    np.savez_compressed(path, allow_pickle=False, **models.arrays())
