"""Quality floors: what the extractor reaches on the measuring set must not fall below what it once reached.

The measure is that of `kg evaluate`, which `test_evaluation.py` compares with its definition.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).with_name("floors.json")
FIELDS = ("arguments", "events", "people", "people_with_position_and_state")


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 for each measure, and the hash of the gold set that they were measured on."""

    gold_sha256: str
    f1: dict[str, float]
    noisy_articles: int


def floors(text: str) -> Floors:
    """The floors in a file of this form."""
    found = json.loads(text)
    return Floors(found["gold_sha256"], found["f1"], found["off_topic_articles_with_events"])


def gold_hash(folder: Path) -> str:
    """The SHA-256 of the names and bytes of the annotation files, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.json")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def test_quality_is_at_the_floors_or_above(shared: Path, record_property: Callable[[str, object], None]) -> None:
    gold, texts = (shared / "eval" / "dev" / name for name in ("gold", "articles"))
    wanted = floors(FLOORS.read_text(encoding="utf-8"))
    assert gold_hash(gold) == wanted.gold_sha256, "another gold set: measure it, record its floors"
    evaluate = [sys.executable, "-m", "kg.cli", "evaluate", str(gold), str(texts), "--json"]
    reached = json.loads(subprocess.run(evaluate, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout)
    figures = {field: reached[field]["f1"] for field in FIELDS}
    record_property("f1", figures)
    assert reached["articles"] == len(list(gold.glob("*.json")))
    assert set(wanted.f1) <= set(figures)
    assert "arguments" in wanted.f1
    fallen = {field: (figures[field], least) for field, least in wanted.f1.items() if figures[field] < least}
    assert not fallen, f"below the floor (reached, floor): {fallen}"
    assert reached["off_topic_articles_with_events"] <= wanted.noisy_articles


def test_floors_never_fell() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no history here: this is no clone, or there is no git")
    command = [git, "-c", f"safe.directory={ROOT}", "log", "--format=%H", "--", "tests/floors.json"]
    commits = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
    now = floors(FLOORS.read_text(encoding="utf-8"))
    for commit in commits:
        show = [git, "-c", f"safe.directory={ROOT}", "show", f"{commit}:tests/floors.json"]
        shown = subprocess.run(show, check=False, capture_output=True, text=True, cwd=ROOT)
        before = floors(shown.stdout) if shown.returncode == 0 else now
        if before.gold_sha256 == now.gold_sha256:
            assert all(now.f1.get(field, 0.0) >= least for field, least in before.f1.items()), commit
            assert now.noisy_articles <= before.noisy_articles, commit
