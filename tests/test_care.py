"""Care of the data: backups, dumps and migrations give back what was there; what fails leaves it as it is."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.tokens import TOKEN_VARIABLE
from kg import cli
from kg.answers.curation import Curation
from kg.answers.lookups import Lookups
from kg.answers.opening import existing, existing_or_new
from kg.answers.store import ABOUT, FORMAT, VERSION, Store
from kg.care import migrations
from kg.care.dumps import lines, summed
from kg.identity.decisions import Changes
from tests.extractions import sample_extractions
from tests.servers import serving
from tests.test_curation import pact
from tests.test_kill import many_articles, whole

ROOT = Path(__file__).parents[1]
VARIABLES = {**os.environ, "PYTHONPATH": str(ROOT)}
QUADS = [ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(str(n)), ABOUT) for n in range(3)]
FOREIGN = ox.Quad(ox.BlankNode("b"), ox.NamedNode("urn:p"), ox.Literal('"\n\\ é', language="fr"), ox.NamedNode("urn:g"))

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Runs a command in an empty folder, in this process; its status and what it printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        status = cli.status()
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, frozenset[ox.Quad]]:
    """A store, and what is in it: articles, decisions, one of them undone, and a graph of somebody else."""
    folder = tmp_path_factory.mktemp("made") / "store"
    moments = iter(datetime(2021, 7, 1, tzinfo=UTC) + timedelta(days=day) for day in range(9))
    with existing_or_new(folder, "https://example.org/id/") as store:
        for extraction in (*sample_extractions()[1:4], pact("a"), pact("b"), pact("c")):
            store.put(extraction, f"{extraction.article.id}.jsonl:7")
        store.embedded.add(FOREIGN)
        curation = Curation(store, lambda: next(moments))
        event = next(event.id for event in Lookups(store).all_events() if event.sources == 3)
        curation.split(event, ["b"], "ann")
        curation.correct(event, Changes(when="2018-08-09"), [], "ann")
        curation.correct(event, Changes(rejected=True), [], "ann")
        curation.undo(None, "ben")
        return folder, frozenset(store.inner)


@pytest.fixture
def quads(made: tuple[Path, frozenset[ox.Quad]], tmp_path: Path) -> frozenset[ox.Quad]:
    """What is in `store`, a copy of that store which a test may change."""
    shutil.copytree(made[0], tmp_path / "store")
    return made[1]


def names() -> list[str]:
    """The names of what is in the working folder, without the indexes beside stores."""
    return sorted(path.name for path in Path().iterdir() if ".index" not in path.suffix)


def held(folder: Path) -> frozenset[ox.Quad]:
    """What is in a store."""
    with existing(folder) as store:
        return frozenset(store.inner)


# ---- dumps --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["all.nq", "all.nq.gz"])
def test_a_dump_is_loaded_with_the_same_hash(kg: Kg, quads: frozenset[ox.Quad], name: str) -> None:
    found = summed(lines(quads))
    assert kg("dump", name, "--store", "store") == (0, f"{name}: {len(quads)} quads, hash {found.hash}\n", "")
    assert kg("load", name, "--store", "new") == (0, f"new: {len(quads)} quads, hash {found.hash}\n", "")
    assert held(Path("new")) == quads
    first = Path(name).read_bytes()
    kg("dump", name, "--store", "new")
    unpacked = (gzip.decompress(one) if name.endswith(".gz") else one for one in (first, Path(name).read_bytes()))
    assert len({frozenset(text.splitlines()) for text in unpacked}) == 1


def test_the_hash_is_that_of_the_set() -> None:
    assert summed(lines(QUADS)) == summed(lines(reversed(QUADS)))
    assert len({summed(lines(QUADS[:number])).hash for number in range(4)}) == 4


def test_a_dump_goes_through_a_pipe(kg: Kg, quads: frozenset[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    found = summed(lines(quads))
    with Path("piped").open("wb") as pipe:
        command = [sys.executable, "-m", "kg.cli", "dump", "-", "--store", "store"]
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, text=True, env=VARIABLES)
    assert done.stderr == f"-: {found.quads} quads, hash {found.hash}\n"
    with Path("piped").open() as pipe_end:
        monkeypatch.setattr(sys, "stdin", pipe_end)
        assert kg("load", "-", "--store", "new")[1] == f"new: {found.quads} quads, hash {found.hash}\n"


def cut(text: bytes) -> bytes:
    """The dump in the middle of its last quad but one."""
    return text[: text.rindex(b"\n", 0, -400) - 9]


DAMAGED: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("a.nq", cut, r"line \d+: no N-Quads"),
    ("a.nq", lambda text: b"".join(text.splitlines(keepends=True)[:-1]), r"line \d+: the file ends without the line"),
    ("a.nq", lambda text: b"".join(text.splitlines(keepends=True)[1:]), r"line \d+: there should be \d+ quads"),
    ("a.nq", lambda text: text.replace(b"Pakistan", b"Pakistam", 1), r"line \d+: there should be \d+ quads"),
    ("a.nq", lambda text: b"\n" * 20_000 + text.replace(b"<", b"{", 1), r"line 20001: no N-Quads"),
    ("a.nq", lambda text: b"", "line 0: the file ends without the line"),
    ("a.nq.gz", lambda text: text, "line 1: cannot be read on"),
    ("a.nq.gz", lambda text: gzip.compress(text)[:-2000], r"line \d+: cannot be read on"),
]


def test_nothing_of_a_damaged_dump_is_loaded(kg: Kg, quads: frozenset[ox.Quad]) -> None:
    assert quads
    kg("dump", "whole.nq", "--store", "store")
    text = Path("whole.nq").read_bytes()
    before = names()
    for name, damage, message in DAMAGED:
        Path(name).write_bytes(damage(text))
        status, out, err = kg("load", name, "--store", "new")
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert re.search(f"^kg: {name}, {message}.*; nothing was loaded: take another copy", err), err
        Path(name).unlink()
        assert names() == before


def test_a_dump_of_another_program_and_a_store_with_something_in_it_are_refused(
    kg: Kg, quads: frozenset[ox.Quad]
) -> None:
    found = summed(lines(QUADS))
    Path("other.nq").write_bytes(b"".join(lines(QUADS)) + f"# 3 quads, hash {found.hash}\n".encode())
    assert "other.nq: a store of another program" in kg("load", "other.nq", "--store", "new")[2]
    assert "the store has something in it; name a new folder" in kg("load", "other.nq", "--store", "store")[2]
    assert not Path("new").exists()
    assert held(Path("store")) == quads


# ---- backups ------------------------------------------------------------------------------------------------------


def test_a_backup_is_a_store_and_is_restored(kg: Kg, quads: frozenset[ox.Quad]) -> None:
    assert kg("backup", "kept/one", "--store", "store") == (0, "kept/one: a copy of store\n", "")
    with existing(Path("store")) as store:
        store.remove("a")
    changed = held(Path("store"))
    assert held(Path("kept/one")) == quads != changed
    assert "kept/one: there already" in kg("backup", "kept/one", "--store", "store")[2]
    assert "within the store" in kg("backup", "store/one", "--store", "store")[2]
    assert "say --replace" in kg("restore", "kept/one", "--store", "store")[2]
    assert "no store here" in kg("restore", "kept", "--store", "store", "--replace")[2]
    assert "the store itself" in kg("restore", "store", "--store", "store", "--replace")[2]
    assert held(Path("store")) == changed
    assert kg("restore", "kept/one", "--store", "store", "--replace")[:2] == (0, "store: restored from kept/one\n")
    assert kg("restore", "kept/one", "--store", "new")[0] == 0
    assert held(Path("store")) == held(Path("new")) == held(Path("kept/one")) == quads
    assert names() == ["kept", "new", "store"]


KILLED = """
import os
from pathlib import Path
from kg.care.backups import restore
rename = Path.rename
def dying(self, target):
    rename(self, target)
    os._exit(9)
Path.rename = dying
restore(Path("kept"), Path("store"), replace=True)
"""


def test_a_restore_that_is_killed_at_the_worst_moment_loses_nothing(kg: Kg, quads: frozenset[ox.Quad]) -> None:
    kg("backup", "kept", "--store", "store")
    with existing(Path("store")) as store:
        store.remove("a")
        changed = frozenset(store.inner)
    assert subprocess.run([sys.executable, "-c", KILLED], env=VARIABLES).returncode == 9
    assert not Path("store").exists()
    assert held(Path("store")) == changed
    assert kg("restore", "kept", "--store", "store", "--replace")[0] == 0
    assert held(Path("store")) == quads
    assert names() == ["kept", "store"]


def test_a_store_that_is_served_is_copied_by_its_server(kg: Kg, quads: frozenset[ox.Quad]) -> None:
    with serving(Path("store"), PYTHONPATH=str(ROOT)):
        assert kg("backup", "kept/hot", "--store", "store") == (0, "kept/hot: a copy of store\n", "")
        assert "kept/hot: there already" in kg("backup", "kept/hot", "--store", "store")[2]
        assert kg("dump", "a.nq", "--store", "store")[0] == 0
        assert "another process holds this store" in kg("restore", "kept/hot", "--store", "store", "--replace")[2]
        assert not [name for name in names() if ".backup-" in name]
    assert held(Path("kept/hot")) == quads
    assert kg("load", "a.nq", "--store", "loaded")[0] == 0
    assert held(Path("loaded")) == quads


def test_only_a_client_with_the_token_has_the_store_copied(
    quads: frozenset[ox.Quad], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with existing(tmp_path / "store") as store, TestClient(create_app(store)) as client:
        assert client.post("/backups").status_code == 403
        monkeypatch.setenv(TOKEN_VARIABLE, "secret")
        assert client.post("/backups").status_code == 401
        answer = client.post("/backups", headers={"authorization": "Bearer secret"}).json()
        assert held(tmp_path / answer["folder"]) == quads
    with TestClient(create_app(Store(ox.Store(), "urn:base/"))) as client:
        assert client.post("/backups", headers={"authorization": "Bearer secret"}).status_code == 503


# ---- formats ------------------------------------------------------------------------------------------------------


def aged(folder: Path, version: str) -> None:
    """Make the store one of another version, whose index of identity this one cannot use."""
    inner = ox.Store(folder)
    inner.clear_graph(ox.NamedNode("https://example.org/id/graph/identity"))
    for old in list(inner.quads_for_pattern(ABOUT, VERSION, None, ABOUT)):
        inner.remove(old)
    inner.add(ox.Quad(ABOUT, VERSION, ox.Literal(version), ABOUT))
    inner.flush()


def test_a_store_of_a_former_format_is_told_anew(
    kg: Kg, quads: frozenset[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(migrations.FORMER, "former", migrations.retold)
    aged(Path("store"), "former")
    status, _, err = kg("stats", "--store", "store")
    assert (status, "the store has format former" in err, "kg migrate --store store" in err) == (1, True, True), err
    assert kg("migrate", "--store", "store")[:2] == (0, "store: brought from format former to the present format\n")
    assert held(Path("store")) == quads
    assert kg("migrate", "--store", "store")[:2] == (0, "store: of the present format\n")
    assert names() == ["store"]


@pytest.mark.parametrize(
    ("version", "remedy"), [("1", "build it anew"), ("later", "a later version of kg made it; use that one")]
)
def test_a_store_that_cannot_be_migrated_is_refused_with_the_remedy(
    kg: Kg, quads: frozenset[ox.Quad], version: str, remedy: str
) -> None:
    assert quads
    aged(Path("store"), version)
    status, out, err = kg("migrate", "--store", "store")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f"the store has format {version}, this version of kg reads {FORMAT}: " in err
    assert remedy in err
    aged(Path("store"), FORMAT)
    assert FOREIGN in held(Path("store"))


def test_a_migration_that_fails_leaves_the_store(
    kg: Kg, quads: frozenset[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(old: Store, new: Store, advance: object) -> None:
        new.put(pact("z"), "z.txt")
        raise OSError("No space left on device")

    assert quads
    aged(Path("store"), "former")
    monkeypatch.setitem(migrations.FORMER, "former", failing)
    status, _, err = kg("migrate", "--store", "store")
    assert (status, "nothing was changed: No space left on device; free space" in err) == (1, True), err
    monkeypatch.setitem(migrations.FORMER, "former", migrations.retold)
    assert kg("migrate", "--store", "store")[0] == 0
    assert held(Path("store")) == quads


# ---- a full disk --------------------------------------------------------------------------------------------------

FULL = """
import resource, sys
from kg.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
main()
"""
"""A command to which the system refuses to let a file grow beyond so many bytes, as a full disk does."""


def on_a_full_disk(size: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", FULL, str(size), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=VARIABLES)


def test_a_disk_that_fills_during_a_build_leaves_every_article_before(tmp_path: Path) -> None:
    store, articles = tmp_path / "store", many_articles(tmp_path)
    existing_or_new(store).close()
    done = on_a_full_disk(1_500_000, "build", str(articles), "--store", str(store))
    said = [text for text in done.stderr.splitlines() if not text.startswith("stored: ")]
    assert (done.returncode, done.stdout, len(said)) == (1, "", 1), done.stderr
    assert re.match(f"kg: {store}: this was not stored, what was stored before stays: .*; free space", said[0])
    with existing(store) as opened:
        left = whole(opened)
        assert 0 < len(left) < len(articles.read_text().splitlines())
        opened.put(pact("a"), "a.txt")


def test_a_disk_that_fills_during_a_load_leaves_nothing(kg: Kg, quads: frozenset[ox.Quad]) -> None:
    assert quads
    kg("dump", "all.nq", "--store", "store")
    done = on_a_full_disk(200_000, "load", "all.nq", "--store", "new")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "new: nothing was changed: " in done.stderr
    assert names() == ["all.nq", "store"]
