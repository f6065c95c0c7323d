"""The server under load, for a short time; `kg bench --load 300` takes the long one."""

from pathlib import Path

from api.benchmark import made
from api.endurance import endured

SECONDS = 6.0


def test_answers_stay_right_while_articles_come_and_go(tmp_path: Path) -> None:
    found = endured(made(tmp_path / "store", 30_000), SECONDS)
    assert not found.faults, "\n".join(found.lines())
    assert found.walks > 20
    assert found.written > 20
