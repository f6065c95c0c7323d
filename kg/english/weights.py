"""Weights in half precision on disk, in single precision at work: half the size, and the same answers.

Half precision keeps eleven bits of each weight, far more than training makes reproducible; spaCy computes in single
precision, so a pipeline that was written here is read with `widen` (`kg.english.load` does).
"""

from typing import Any, Literal

from spacy.language import Language
from thinc.api import Model

Precision = Literal["float16", "float32"]


def _models(nlp: Language) -> list[Model[object, object]]:
    """Return every layer of every component's model."""
    return [layer for _, pipe in nlp.pipeline if hasattr(pipe, "model") for layer in pipe.model.walk()]


def _cast(nlp: Language, old: Precision, new: Precision) -> None:
    """Turn all weights of type `old` into type `new`, in place."""
    for layer in _models(nlp):
        for name in layer.param_names:
            weights: Any = layer.get_param(name) if layer.has_param(name) else None
            if weights is not None and weights.dtype == old:
                layer.set_param(name, weights.astype(new))
    if nlp.vocab.vectors.data.dtype == old:
        nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(new)


def halve(nlp: Language) -> Language:
    """Return `nlp` with its weights in half precision, ready to be written but no longer to be run."""
    _cast(nlp, "float32", "float16")
    return nlp


def widen(nlp: Language) -> Language:
    """Return `nlp` with any weights in half precision made single, ready to run."""
    _cast(nlp, "float16", "float32")
    return nlp
