"""What a process that is killed leaves behind: whole articles, and a store that the next build completes.

The moments are drawn with a fixed seed; where in its work the process then is depends on the machine: so it should.
"""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import cli
from kg.answers.opening import existing, existing_or_new, in_memory
from kg.answers.store import Store
from kg.model import Extraction
from tests.extractions import sample_extractions

KILLS = 10
ARTICLES = 75
SEED = 2018
ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "kg" / "samples"

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")

WRITER = """
import sys
from pathlib import Path
from kg.answers.opening import existing_or_new
from tests.test_kill import variants

with existing_or_new(Path(sys.argv[1])) as store:
    for pair in variants():
        store.put(pair[0], "writer")
    print("all there", flush=True)
    while True:
        for version in (1, 0):
            for pair in variants():
                store.put(pair[version], "writer")
"""


def variants() -> list[tuple[Extraction, Extraction]]:
    """Each sample as it is and in a longer version with other events, many quads apart."""
    return [
        (
            sample,
            replace(
                sample, article=replace(sample.article, text=f"{sample.article.text}\nMore."), events=sample.events * 9
            ),
        )
        for sample in sample_extractions()
    ]


def whole(store: Store) -> dict[str, Extraction]:
    """What was read out of each article; the store must hold what a fresh one of these articles holds."""
    said = {source.id: (store.extraction(source.graph), source.file) for source in store.sources()}
    fresh = in_memory()
    for extraction, file in said.values():
        fresh.put(extraction, file)
    assert set(store.inner) == set(fresh.inner), "some article is half there"
    return {id: extraction for id, (extraction, _) in said.items()}


def killed(process: "subprocess.Popen[str]", after: float) -> bool:
    """Kill the process when that many seconds have passed; whether it still ran."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    process.communicate()
    return False


def test_no_article_is_half_there_when_its_replacement_is_killed(tmp_path: Path) -> None:
    moments = random.Random(SEED)
    known = {one.article.id: (one, two) for one, two in variants()}
    seen: set[tuple[str, int]] = set()
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "store")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "all there\n"
            assert killed(process, moments.uniform(0.0, 0.4)), f"kill {kill}"
        with existing(tmp_path / "store") as store:
            found = whole(store)
            assert set(found) == set(known), f"kill {kill}: an article that was being replaced is gone"
            for id, extraction in found.items():
                assert extraction in known[id], f"kill {kill}: {id} is neither its old nor its new version"
            seen |= {(id, len(extraction.events)) for id, extraction in found.items()}
    assert len(seen) > len(known), "the kills hit no replacement: both versions of some article must turn up"


def many_articles(folder: Path) -> Path:
    """A file of articles beside the samples, so that the build has something to do when it is killed."""
    states = ("India", "Japan", "France", "Poland", "Turkey", "Kenya", "Brazil", "Norway")
    pairs = [(one, two) for one in states for two in states if one != two]
    lines = [
        json.dumps(
            {
                "id": f"pair-{number}",
                "date": "2020-05-06",
                "text": f"{one} and {two} signed a defence agreement on 4 May 2020. "
                f"The defence minister of {one} met his colleague of {two}. "
                f"{one} delivered four helicopters to {two} in 2019.",
            }
        )
        for number, (one, two) in enumerate(pairs)
    ]
    file = folder / "pairs.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_build_after_a_killed_one_gives_the_quads_of_an_undisturbed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = [str(SAMPLES), str(many_articles(tmp_path))]

    def build(folder: Path) -> frozenset[ox.Quad]:
        monkeypatch.setattr(sys, "argv", ["kg", "build", *inputs, "--store", str(folder)])
        assert cli.status() == 0
        with existing(folder) as store:
            return frozenset(store.inner)

    started = time.monotonic()
    expected = build(tmp_path / "undisturbed")
    duration = time.monotonic() - started
    moments = random.Random(SEED)
    left: list[int] = []
    for kill in range(KILLS):
        folder = tmp_path / f"killed-{kill}"
        command = [sys.executable, "-m", "kg.cli", "build", *inputs, "--store", str(folder)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stderr is not None
            reports = moments.randint(0, 2)
            for _ in range(reports):
                assert process.stderr.readline().startswith("stored: ")
            killed(process, moments.uniform(0.0, 0.1 if reports else duration))
        with existing_or_new(folder) as store:
            left.append(len(whole(store)))
        assert build(folder) == expected, f"kill {kill}"
    assert sum(0 < number < ARTICLES for number in left) >= 3, f"the kills left {left} articles: too few in part"
