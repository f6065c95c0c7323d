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
from kg.answers.opening import existing, existing_or_new
from kg.answers.store import Store
from kg.model import Extraction
from kg.rdf.quads import quads
from tests.extractions import sample_extractions

KILLS = 10
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


def normalised(extraction: Extraction) -> frozenset[ox.Quad]:
    """The graph of an article as a store hands it out."""
    memory = ox.Store()
    memory.extend(quads(extraction))
    return frozenset(memory)


def graphs(store: Store) -> dict[str, frozenset[ox.Quad]]:
    """The graph of each article in the store; the bookkeeping and the graphs must name the same ones."""
    known = {source.graph for source in store.sources()}
    own = {store.graph(name) for name in ("reference", "ontology", "sources")} | {ox.NamedNode("urn:defcoop:store")}
    assert {graph for graph in store.inner.named_graphs() if graph not in own} == known
    return {graph.value: frozenset(store.inner.quads_for_pattern(None, None, None, graph)) for graph in known}


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
    whole = {f"{quads(one)[0].graph_name}"[1:-1]: {normalised(one), normalised(two)} for one, two in variants()}
    seen: set[int] = set()
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "store")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "all there\n"
            assert killed(process, moments.uniform(0.0, 0.4)), f"kill {kill}"
        with existing(tmp_path / "store") as store:
            found = graphs(store)
            assert set(found) == set(whole), f"kill {kill}: an article that was being replaced is gone"
            for graph, content in found.items():
                assert content in whole[graph], f"kill {kill}: {graph} is neither its old nor its new version"
            seen |= {len(content) for content in found.values()}
    assert len(seen) > len(whole), "the kills hit no replacement: both versions of some article must turn up"


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

    def build(folder: Path) -> dict[str, frozenset[ox.Quad]]:
        monkeypatch.setattr(sys, "argv", ["kg", "build", *inputs, "--store", str(folder)])
        assert cli.status() == 0
        with existing(folder) as store:
            return {"": frozenset(store.inner), **graphs(store)}

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
            found = graphs(store)
        for graph, content in found.items():
            assert content == expected[graph], f"kill {kill}: {graph} is half there"
        left.append(len(found))
        assert build(folder) == expected, f"kill {kill}"
    assert sum(0 < number < len(expected) - 1 for number in left) >= 3, (
        f"the kills left {left} articles: too few in part"
    )
