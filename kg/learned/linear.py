"""Logistic models over named features and a vector: what `kg.learned.fit` fits, as plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import chain, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEVER_IN_A_WORD = "\0"
"""What keeps the names of features apart in a file."""

Features = dict[str, float]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """Several logistic models over the same features.

    `columns` gives the row of `named` (features by models) for each feature that weighs something; `dense` (vector
    width by models) are the weights of the vector that comes with the features, none of them where it is empty.
    """

    columns: dict[str, int]
    named: Floats
    dense: Floats
    intercepts: Floats

    def probabilities(self, cases: Sequence[Features], vectors: Sequence[Floats] | Floats = ()) -> Floats:
        """The probability of each model for each case (cases by models), 0 to 1."""
        sums = np.tile(self.intercepts, (len(cases), 1))
        unknown = len(self.columns)
        rows = np.fromiter(map(self.columns.get, chain.from_iterable(cases), repeat(unknown)), dtype="int64")
        values = np.fromiter(chain.from_iterable(one.values() for one in cases), dtype="float32")
        known = rows != unknown
        weighed = self.named[rows[known]] * values[known, None]
        ends = np.cumsum(np.concatenate([[0], known]))[np.cumsum([0, *map(len, cases)])]
        filled = ends[1:] > ends[:-1]
        sums[filled] += np.add.reduceat(weighed, ends[:-1][filled])
        if len(vectors) and len(self.dense):
            sums += np.asarray(vectors) @ self.dense
        return np.asarray(1 / (1 + np.exp(-sums)), dtype="float32")

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The model as arrays for a file, under `name`."""
        words = NEVER_IN_A_WORD.join(self.columns).encode()
        return {
            f"{name}.columns": np.frombuffer(words, dtype="uint8"),
            f"{name}.named": self.named.astype("float16"),
            f"{name}.dense": self.dense.astype("float16"),
            f"{name}.intercepts": self.intercepts,
        }


def from_arrays(arrays: Mapping[str, NDArray[Any]], name: str) -> Linear:
    """The model that `Linear.arrays` put under `name`."""
    words = arrays[f"{name}.columns"].tobytes().decode().split(NEVER_IN_A_WORD)
    return Linear(
        {word: column for column, word in enumerate(words)},
        arrays[f"{name}.named"].astype("float32"),
        arrays[f"{name}.dense"].astype("float32"),
        arrays[f"{name}.intercepts"],
    )


@dataclass(frozen=True)
class Models:
    """The four models: `triggers` has one for each class of event, `roles` one for the first role of an act (or the one
    that all share) and one for the second, `goods` one, and `statuses` one for each status."""

    triggers: Linear
    roles: Linear
    goods: Linear
    statuses: Linear

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All four as arrays for a file."""
        named = {"triggers": self.triggers, "roles": self.roles, "goods": self.goods, "statuses": self.statuses}
        return {key: value for name, model in named.items() for key, value in model.arrays(name).items()}


@cache
def shipped() -> Models:
    """The models that ship with the package."""
    with as_file(files("kg.learned").joinpath("weights.npz")) as path, np.load(path) as arrays:
        return Models(*(from_arrays(arrays, name) for name in ("triggers", "roles", "goods", "statuses")))
