"""How good the extraction is: what was found against what people annotated, by the definition of the annotation guide.

`compare` sets one article's extraction beside its annotation; `score`, `calibrate` and `mistakes` say what many such
comparisons come to: figures, the worth of the confidences, and what to look at.
"""

from kg.evaluation.calibration import Calibration, calibrate
from kg.evaluation.comparisons import Comparison, compare
from kg.evaluation.reports import Mistake, mistakes
from kg.evaluation.scores import Figures, Scores, score

__all__ = [
    "Calibration",
    "Comparison",
    "Figures",
    "Mistake",
    "Scores",
    "calibrate",
    "compare",
    "mistakes",
    "score",
]
