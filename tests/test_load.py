"""The server under load, for a tenth of the time that `kg bench --load 300` takes."""

from pathlib import Path

from api.benchmark import made
from api.endurance import endured

SECONDS = 30.0
GROWTH = 1.4
"""How far memory may grow in that time, where 1.1 to 1.2 was seen: caches of RocksDB take some minutes to fill, but a
leak of 3 kB in each request or of 100 kB in each article would show."""


def test_answers_stay_right_and_memory_flat_while_articles_come_and_go(tmp_path: Path) -> None:
    found = endured(made(tmp_path / "store", 30_000), SECONDS)
    assert not found.faults, "\n".join(found.lines())
    assert found.walks > 100
    assert found.written > 100
    assert found.after < found.before * GROWTH, "\n".join(found.lines())
