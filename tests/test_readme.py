"""The commands of the README, run as they stand there."""

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import networkx as nx
import pytest

from tests.engines import program

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "*.egg-info", "defcoop-store",
    "*.gexf", "node_modules",
)  # fmt: skip


def blocks(language: str) -> list[str]:
    """The README's code blocks in a language, in their order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [block.strip() for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


def environment() -> dict[str, str]:
    """The environment of the command: under CI a fresh one, in which everything is installed.

    Elsewhere the libraries of these tests are lent to it, so that only the project itself is installed.
    """
    variables = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    if os.environ.get("CI") != "true":
        variables["PYTHONPATH"] = sysconfig.get_path("purelib")
    return variables


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell makes of the line."""
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the README's main command was run once."""
    folder = tmp_path_factory.mktemp("copy") / "defcoop"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    assert_works(folder)
    return folder


def assert_works(folder: Path) -> None:
    """Run the main command, and see that it found, answered and wrote."""
    done = run(blocks("sh")[0], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "19 articles" in done.stdout
    assert "Agreement" in done.stdout
    assert "Kenya, State, state:KE" in done.stdout
    graph = nx.read_gexf(folder / "graph.gexf")
    assert graph.number_of_edges() >= 20
    assert graph.nodes["state:FR"]["label"] == "France"


def test_main_command_works_twice(checkout: Path) -> None:
    before = (checkout / "graph.gexf").read_bytes()
    assert_works(checkout)
    assert (checkout / "graph.gexf").read_bytes() == before


def test_the_triples_of_the_first_page_are_in_the_graph(checkout: Path) -> None:
    [triples] = blocks("turtle")
    done = run(f".venv/bin/kg query 'ASK {{ {triples} }}'", checkout)
    assert done.stdout == "yes\n", done.stderr


def test_the_samples_are_installed_with_the_package(checkout: Path, tmp_path: Path) -> None:
    count = "from importlib.resources import files; print(len(list((files('kg') / 'samples').iterdir())))"
    done = run(f'{checkout}/.venv/bin/python -c "{count}"', tmp_path)
    assert done.stdout.strip() == str(len(list((ROOT / "kg" / "samples").iterdir()))), done.stderr


def test_the_page_is_built_and_installed_with_the_package(checkout: Path, tmp_path: Path) -> None:
    program("npm")
    built = "from api.pages import BUILT; print((BUILT / 'index.html').is_file())"
    done = run(f'{checkout}/.venv/bin/python -c "{built}"', tmp_path)
    assert done.stdout.strip() == "True", done.stderr


def test_the_sentence_of_the_first_page_is_a_sample_s() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [sentence] = re.findall(r"^> (.+)$", text, re.MULTILINE)
    assert sentence in (ROOT / "kg" / "samples" / "rafale-2016.txt").read_text(encoding="utf-8")


def test_the_query_of_the_readme_is_answered(checkout: Path) -> None:
    done = run(blocks("sh")[2].replace("kg query", ".venv/bin/kg query", 1), checkout)
    assert done.returncode == 0, done.stderr
    assert "Rafale" in done.stdout


def test_ci_runs_the_readme_s_test_command() -> None:
    assert len(blocks("sh")) == 3
    assert blocks("sh")[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
