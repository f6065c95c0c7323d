"""Groups of articles that tell of the same acts: who and what are one. The floors are what was reached.

Asked are, on either half, 0.97 and 0.85 for actors, 0.95 and 0.80 for acts.
"""

from pathlib import Path

import pytest

from kg.evaluation.identity import Linking, measured

GROUPS = Path(__file__).parent / "groups"
FLOORS = {
    "open": {"acts": (0.99, 0.88), "actors": (0.99, 0.92)},
    "sealed": {"acts": (0.99, 0.82), "actors": (0.99, 0.90)},
}


@pytest.mark.parametrize("half", FLOORS)
def test_precision_and_recall_stay_above_the_floors(half: str) -> None:
    found = measured([GROUPS / half])
    assert found.articles >= 70
    figures: dict[str, Linking] = {"acts": found.acts.figures, "actors": found.actors.figures}
    for name, (precision, recall) in FLOORS[half].items():
        assert figures[name].precision >= precision, f"{half} {name}: {figures[name]}"
        assert figures[name].recall >= recall, f"{half} {name}: {figures[name]}"
