"""The command line: what each command prints, and one clear line for whatever is wrong."""

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.request import urlopen

import networkx
import pyoxigraph as ox
import pytest

from kg import cli
from kg.answers.opening import existing_or_new
from kg.cli.app import app
from tests.extractions import sample_extractions

ROOT = Path(__file__).parents[1]
ARTICLE = "India and France signed a defence agreement in New Delhi on 4 May 2020."


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did."""

    status: int
    out: str
    err: str


Kg = Callable[..., Run]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Runs a command in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        status = cli.status()
        said = capsys.readouterr()
        return Run(status, said.out, said.err)

    return run


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the hand-made samples; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("filled") / "store"
    with existing_or_new(folder) as store:
        for sample in sample_extractions():
            store.put(sample, f"{sample.article.id}.txt")
    return folder


def process(*arguments: str | Path) -> "subprocess.Popen[str]":
    """A command as a process of its own."""
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


# ---- wrong use and failures ---------------------------------------------------------------------------------------


def write(folder: Path) -> None:
    """The faulty files of the table below."""
    (folder / "empty").mkdir()
    (folder / "broken.json").write_text('{"id": "a",\n "text": }', encoding="utf-8")
    (folder / "lines.jsonl").write_text('{"id": "a", "text": "x"\n', encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "blank.txt").write_text("  \n", encoding="utf-8")
    (folder / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "latin.rq").write_bytes(b"\xff\xfe\xfa")


BAD = [
    ("build missing.txt", 2, r"missing.txt: no such file or folder"),
    ("extract missing.txt", 2, r"missing.txt: no such file or folder"),
    ("build empty", 2, "the folder holds no article"),
    ("build picture.png", 2, "unknown format .png"),
    ("build good.txt --date yesterday", 2, "--date yesterday: no such day"),
    ("build good.txt --jobs 0", 2, "--jobs"),
    ("build good.txt --base ids --store new", 2, "--base ids: no absolute IRI"),
    ("extract good.txt --base http://e.org/a", 2, "--base http://e.org/a: names would run into it; write an absolute"),
    ("extract good.txt --pipeline nowhere", 1, "nowhere: cannot be loaded as a spaCy pipeline"),
    ("build good.txt --pipeline empty --store new", 1, "empty: cannot be loaded as a spaCy pipeline"),
    ("build good.txt --store good.txt", 1, "good.txt: cannot be opened as a store"),
    ("build good.txt --store .", 1, "the folder holds other files"),
    ("extract good.txt --format zip", 2, "--format zip: unknown format; use one of nq"),
    ("extract good.txt -o out.zip", 2, "unknown ending '.zip'"),
    ("query SELECT --store STORE", 2, "SPARQL query, line 1, column 7"),
    ("query SELEC --store STORE", 2, "SPARQL query, line 1, column 6: expected a keyword"),
    ("query ASK{?a?b?c} --store nowhere", 1, "nowhere: no store here; make one with: kg build"),
    ("query @missing.rq --store STORE", 2, "missing.rq: cannot be read"),
    ("query @latin.rq --store STORE", 2, "latin.rq: no text in UTF-8"),
    ("query ASK{} --format pdf --store STORE", 2, "--format pdf: unknown format; use one of table"),
    ("query ASK{} --format ttl --store STORE", 2, "this query gives rows"),
    ("query CONSTRUCT{}WHERE{} --format csv --store STORE", 2, "this query gives a graph"),
    ("query ASK{SERVICE<urn:x>{}} --store STORE", 2, "SERVICE is refused"),
    ("show Pakstan --store STORE", 1, "no entity 'Pakstan' in the store; did you mean Pakistan"),
    ("show state:XX --store STORE", 1, "no entity 'state:XX'"),
    ("show event:none --store STORE", 1, "no event 'event:none' in the store"),
    ("show Pakistan", 1, "defcoop-store: no store here"),
    ("explain event:agreement-0 --store STORE", 1, "no event 'event:agreement-0' in the store; list the events"),
    ("explain agreement --store STORE", 1, "'agreement' is no id; ids look like state:PK"),
    ("remove nothing --store STORE", 1, "no article 'nothing' in the store"),
    ("export graph.png --store STORE", 2, "unknown format png; it is one of gexf, zip, json,"),
    ("export no/where/graph.gexf --store STORE", 1, "cannot be written"),
    ("tables pacts.csv --store STORE", 2, "pacts.csv: pacts: no such table; there are articles, actors,"),
    ("tables a.xlsx --table plover --store STORE", 2, "a.xlsx: xlsx: no such format of tables; there are csv, jsonl"),
    ("tables plover. --table plover --store STORE", 2, "(no ending): no such format of tables"),
    ("tables folder --format pdf --store STORE", 2, "pdf: no such format of tables"),
    ("tables folder --status perhaps --store STORE", 2, "'perhaps' is not one of"),
    ("tables folder --store nowhere", 1, "no store here"),
    ("export graph.gexf --projection x --store STORE", 2, "no projection 'x'; it is one of actors, states"),
    ("export graph.gexf --from 2020-01-02 --to 2020-01-01 --store STORE", 2, "lies before from"),
    ("export graph.gexf --actor state:XX --store STORE", 1, "no entity 'state:XX' in the store"),
    ("stats --store nowhere", 1, "no store here"),
    ("check --store nowhere", 1, "no store here"),
    ("serve --store nowhere", 1, "no store here"),
    ("serve --port 0 --store STORE", 2, "--port"),
    ("serve --host nowhere.invalid --store STORE", 1, "cannot listen there"),
    ("fly", 2, "No such command 'fly'"),
    ("stats --colour", 2, "No such option"),
    ("show", 2, "Missing argument 'ENTITY'"),
]


@pytest.mark.parametrize(("line", "status", "message"), BAD, ids=[row[0] for row in BAD])
def test_what_is_wrong_is_said_in_one_line(
    kg: Kg, filled: Path, tmp_path: Path, line: str, status: int, message: str
) -> None:
    write(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    run = kg(*(str(filled) if word == "STORE" else word for word in line.split()))
    assert run.status == status, run
    assert message in run.err
    assert run.err.startswith("kg: ")
    assert run.err.count("\n") == 1, run.err
    assert run.out == ""
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_store_that_is_held_is_said_in_one_line(kg: Kg, tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "held"):
        for command in (["stats"], ["query", "ASK {}"], ["show", "Pakistan"], ["serve"]):
            with process(*command, "--store", tmp_path / "held") as other:
                out, err = other.communicate()
            assert (other.returncode, out, err.count("\n")) == (1, "", 1), err
            assert "another process holds this store" in err


def test_a_closed_pipe_is_no_error_to_speak_of(filled: Path) -> None:
    with process("query", "SELECT * { ?s ?p ?o }", "--format", "csv", "--store", filled) as query:
        assert query.stdout is not None
        assert query.stderr is not None
        query.stdout.read(20)
        query.stdout.close()
        assert "Traceback" not in query.stderr.read()
    with process("query", "SELECT * { ?s ?p ?o }", "--store", filled) as query:
        assert query.stdout is not None
        assert query.stderr is not None
        query.stdout.close()
        assert "Traceback" not in query.stderr.read()


def test_the_bare_command_prints_its_help_and_no_complaint(kg: Kg) -> None:
    run = kg()
    assert (run.status, run.err) == (2, "")
    assert "kg build articles/" in run.out


class Interrupted(io.StringIO):
    """A standard input at which the user presses Ctrl+C."""

    def read(self, size: int | None = -1) -> str:
        raise KeyboardInterrupt


def test_an_interruption_is_said_in_one_line(kg: Kg, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted())
    run = kg("query", "-", "--store", filled)
    assert (run.status, run.err) == (130, "kg: interrupted; what was stored before stays\n")
    assert kg("stats", "--store", filled).status == 0


def test_the_version_is_printed(kg: Kg) -> None:
    run = kg("--version")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("defcoop ")


def test_every_command_has_help_with_an_example(kg: Kg) -> None:
    assert kg("--help").out.count("kg build articles/") == 1
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert sorted(names) == [
        "backup", "bench", "build", "check", "correct", "dump", "evaluate", "explain", "export", "extract", "load",
        "merge", "metrics", "migrate", "query", "remove", "restore", "review", "serve", "show", "split", "stats",
        "tables", "undo",
    ]  # fmt: skip
    for name in names:
        run = kg(name, "--help")
        assert run.status == 0
        assert f"Example: kg {name}" in " ".join(run.out.split()), run.out


# ---- asking -------------------------------------------------------------------------------------------------------

LABELS = "SELECT ?l { ?e a coop:Agreement ; skos:prefLabel ?l } ORDER BY ?l"


def test_query_prints_a_table_and_the_standard_formats(kg: Kg, filled: Path, tmp_path: Path) -> None:
    table = kg("query", LABELS, "--store", filled)
    assert table.out.splitlines()[2:] == [
        "Australia-United Kingdom-United States agreement “AUKUS”, 15 Sep 2021",
        "Germany-Lithuania agreement, 18 Dec 2023",
        "Pakistan-Russia agreement, 7 Aug 2018",
        "Pakistan-Russia agreement, Nov 2014",
        "Poland-United States agreement, 5 Apr 2022",
    ]
    assert table.err == "5 rows\n"
    rows = list(csv.reader(io.StringIO(kg("query", LABELS, "--format", "csv", "--store", filled).out)))
    assert [row[0] for row in rows[1:]] == table.out.splitlines()[2:]
    answer = json.loads(kg("query", LABELS, "--format", "json", "--store", filled).out)
    assert len(answer["results"]["bindings"]) == 5
    assert kg("query", LABELS, "--format", "tsv", "--store", filled).out.startswith("?l\n")
    assert "<sparql" in kg("query", LABELS, "--format", "xml", "--store", filled).out
    for name in ("json", "csv", "tsv", "xml"):
        assert kg("query", LABELS, "--format", name, "--store", filled).out.endswith("\n")
    assert kg("query", "ASK { state:PK a coop:State }", "--store", filled).out == "yes\n"
    (tmp_path / "labels.rq").write_text(LABELS, encoding="utf-8")
    assert kg("query", "@labels.rq", "--store", filled).out == table.out


@pytest.mark.parametrize(
    ("name", "format"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_construct_gives_a_graph(kg: Kg, filled: Path, name: str | None, format: ox.RdfFormat) -> None:
    asked = [] if name is None else ["--format", name]
    run = kg("query", "CONSTRUCT { ?e a coop:Agreement } WHERE { ?e a coop:Agreement }", *asked, "--store", filled)
    assert len(list(ox.parse(run.out.encode(), format=format))) == 5
    assert run.out.endswith("\n")


def test_show_prints_relationships_with_dates_and_sentences(kg: Kg, filled: Path) -> None:
    run = kg("show", "Alexander Fomin", "--store", filled)
    assert run.out.splitlines()[0] == "Alexander Fomin, Person, person:alexander-fomin"
    assert "post: Deputy Defence Minister of Russia" in run.out
    assert "2018-08-07" in run.out
    assert "Russia and Pakistan signed a pact in Rawalpindi on 7 August" in run.out
    shown = json.loads(kg("show", "state:PK", "--json", "--store", filled).out)
    assert shown["entity"]["iso3"] == "PAK"
    assert len(shown["relationships"]) == 13


def test_show_tells_where_sources_differ(kg: Kg, tmp_path: Path) -> None:
    first = sample_extractions()[0]
    signing = first.events[0]
    other = replace(first, article=replace(first.article, id="other"), events=(replace(signing, when="2018-08-08"),))
    with existing_or_new(tmp_path / "defcoop-store") as store:
        store.put(replace(first, events=(signing,)), "first.txt")
        store.put(other, "other.txt")
        reports = [report.value for source in store.sources() for report in store.register.reports(source.graph)]
        acts = [report.rpartition("/")[2] for report in reports if "/event/" in report]
    differ = "when 2018-08-07 (article:sample-1) or 2018-08-08 (article:other)"
    shown = kg("show", "person:alexander-fomin").out.splitlines()
    (line,) = (line for line in shown if differ in line)
    assert line.startswith("event:agreement-")
    assert len(acts) == 2
    told = [kg("show", f"event:{act}").out.splitlines() for act in acts]
    assert told[0] == told[1]
    assert "sources: 2, confidence 0.95" in told[0]
    assert f"sources differ: {differ}" in told[0]
    assert json.loads(kg("show", f"event:{acts[0]}", "--json").out)["sources"] == 2


def test_stats_count_and_list(kg: Kg, filled: Path) -> None:
    assert "8 articles, 22 events from 2014-11-01" in kg("stats", "--store", filled).out
    assert json.loads(kg("stats", "--json", "--store", filled).out)["events"] == 22
    listed = json.loads(kg("stats", "--articles", "--json", "--store", filled).out)
    assert listed[0] == {"id": "sample-1", "file": "sample-1.txt"}


def test_check_passes_whole_graphs_and_fails_broken_ones(kg: Kg, filled: Path, tmp_path: Path) -> None:
    assert kg("check", "--store", filled).out == "the graph keeps to the shapes\n"
    with existing_or_new(tmp_path / "broken") as store:
        store.put(sample_extractions()[0], "a.txt")
        store.inner.update("DELETE WHERE { GRAPH ?g { ?e <https://w3id.org/defcoop/ontology#status> ?s } }")
    run = kg("check", "--store", tmp_path / "broken")
    assert run.status == 1
    assert "violations" in run.out
    assert json.loads(kg("check", "--json", "--store", tmp_path / "broken").out)


def test_export_writes_a_graph_that_networkx_reads(kg: Kg, filled: Path, tmp_path: Path) -> None:
    assert kg("export", "graph.gexf", "--store", filled).status == 0
    graph = networkx.read_gexf(tmp_path / "graph.gexf")
    assert "state:PK" in graph
    assert [path.name for path in tmp_path.iterdir()] == ["graph.gexf"]


def test_tables_are_written_one_by_one_and_as_a_package(kg: Kg, filled: Path, tmp_path: Path) -> None:
    run = kg("tables", "agreements.csv", "--store", filled)
    assert (run.status, run.out.split(", ")[0]) == (0, "agreements.csv: 5 rows")
    assert "event:" in (tmp_path / "agreements.csv").read_text(encoding="utf-8")
    counts = [
        json.loads(kg("tables", "list.jsonl", "--table", "plover", "--store", filled, *options).out.split()[1])
        for options in ([], ["--status", "planned"], ["--status", "planned", "--status", "cancelled"], ["--all"])
    ]
    assert counts == [15, 3, 5, 22]
    assert kg("tables", "folder", "--store", filled, "--all").status == 0
    assert sorted(path.suffix for path in (tmp_path / "folder").iterdir()) == [*13 * [".csv"], ".json"]
    described = json.loads((tmp_path / "folder" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [(tmp_path / "folder" / one["path"]).stat().st_size for one in described] == [
        one["bytes"] for one in described
    ]


def test_export_takes_projections_formats_and_filters(kg: Kg, filled: Path, tmp_path: Path) -> None:
    chosen = ("--projection", "states", "--country", "RU", "--from", "2018-01-01", "--store", filled)
    for name in ("graph.graphml", "graph.gml", "graph.net", "graph.json", "graph.graphology", "graph.zip"):
        assert kg("export", name, *chosen).status == 0
        assert (tmp_path / name).stat().st_size > 100
    graph = networkx.read_graphml(tmp_path / "graph.graphml")
    assert ("state:RU" in graph, "state:UA" in graph) == (True, False)
    assert kg("export", "graph.xml", "--format", "graphml", *chosen).status == 0
    assert (tmp_path / "graph.xml").read_bytes() == (tmp_path / "graph.graphml").read_bytes()


def test_remove_takes_an_article_out(kg: Kg, tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "defcoop-store") as store:
        for sample in sample_extractions():
            store.put(sample, "samples")
    assert kg("remove", "sample-1", "sample-2").out == "removed sample-1\nremoved sample-2\n"
    assert json.loads(kg("stats", "--json").out)["articles"] == 6


# ---- extracting and building --------------------------------------------------------------------------------------


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two articles, one of them twice over, and one that cannot be read."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(f"date 2020-05-05 NEW DELHI: {ARTICLE}\n", encoding="utf-8")
    other = {
        "id": "two",
        "title": "Drill",
        "date": "2019-03-04",
        "text": "Japan and India held a naval exercise in March 2019.",
    }
    (folder / "two.json").write_text(json.dumps(other), encoding="utf-8")
    return folder


def test_extract_writes_every_format(kg: Kg, articles: Path, tmp_path: Path) -> None:
    plain = kg("extract", articles)
    assert plain.status == 0, plain.err
    quads = set(ox.parse(plain.out.encode(), format=ox.RdfFormat.N_QUADS))
    named = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    assert named == {
        f"https://w3id.org/defcoop/id/{name}" for name in ("article/one", "article/two", "graph/reference")
    }
    for ending in ("nq", "trig", "jsonld"):
        assert kg("extract", articles, "-o", f"out.{ending}").status == 0
        whole = set(ox.parse(path=tmp_path / f"out.{ending}"))
        assert whole == quads, ending
    triples = {quad.triple for quad in quads}
    for ending in ("ttl", "rdf"):
        assert kg("extract", articles, "-o", f"out.{ending}").status == 0
        assert {quad.triple for quad in ox.parse(path=tmp_path / f"out.{ending}")} == triples, ending
    marked = json.loads(kg("extract", articles, "--format", "json").out)
    assert [one["id"] for one in marked] == ["one", "two"]
    assert kg("extract", articles).out == plain.out
    without = kg("extract", articles, "--no-text").out
    assert "ontology#text>" in plain.out
    assert "ontology#text>" not in without


def test_build_adds_keeps_replaces_and_refuses(kg: Kg, articles: Path, tmp_path: Path) -> None:
    first = kg("build", articles)
    assert (first.status, first.out.startswith("2 articles added, 0 replaced, 0 unchanged, 0 failed")) == (0, True), (
        first
    )
    again = json.loads(kg("build", articles, "--json").out)
    assert (again["added"], again["replaced"], again["unchanged"], again["failed"]) == (0, 0, 2, 0)
    (articles / "one.txt").write_text(f"{ARTICLE} It was corrected.", encoding="utf-8")
    assert json.loads(kg("build", articles, "--json").out)["replaced"] == 1
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "one.txt").write_text(f"{ARTICLE} It is another one.", encoding="utf-8")
    refused = kg("build", elsewhere, "--json")
    assert refused.status == 1
    assert "elsewhere/one.txt" in refused.err
    assert "articles/one.txt" in refused.err
    assert json.loads(refused.out)["failed"] == 1
    assert json.loads(kg("build", elsewhere, "--replace", "--json").out)["replaced"] == 1


def test_what_fails_is_said_and_the_rest_goes_on(kg: Kg, articles: Path, tmp_path: Path) -> None:
    (articles / "blank.txt").write_text(" \n", encoding="utf-8")
    (articles / "broken.json").write_text('{"id": "a",\n "text": }', encoding="utf-8")
    for run in (kg("build", articles), kg("extract", articles, "-o", "out.nq")):
        assert run.status == 1
        assert "blank.txt: the article has no text" in run.err
        assert "broken.json, line 2" in run.err
        assert "Traceback" not in run.err
    assert json.loads(kg("stats", "--json").out)["articles"] == 2
    assert (tmp_path / "out.nq").stat().st_size > 0


def test_standard_input_and_several_processes(kg: Kg, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kg("extract", articles)
    assert kg("extract", articles, "--jobs", "2").out == one.out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((articles / "two.json").read_bytes())))
    assert "article/two>" in kg("extract", "-").out


# ---- serving ------------------------------------------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    assert isinstance(number, int)
    return number


def test_serve_answers_and_ends_when_it_is_told_to(filled: Path, port: int) -> None:
    with process("serve", "--store", filled, "--port", str(port)) as server:
        assert server.stderr is not None
        assert server.stderr.readline().startswith(f"serving {filled} at http://127.0.0.1:{port}/")
        answer = None
        while answer is None and server.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/health") as response:
                    answer = json.load(response)
            except OSError:
                continue
        assert answer is not None
        assert answer["status"] == "ok"
        taken = process("serve", "--store", filled, "--port", str(port))
        _, err = taken.communicate()
        assert (taken.returncode, err.count("\n")) == (1, 1)
        assert "another process holds this store" in err
        server.send_signal(signal.SIGINT if os.name == "posix" else signal.CTRL_C_EVENT)  # type: ignore[attr-defined,unused-ignore]
        _, err = server.communicate()
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_said(kg: Kg, filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        run = kg("serve", "--store", filled, "--port", str(holder.getsockname()[1]))
    assert (run.status, run.err.count("\n")) == (1, 1)
    assert "cannot listen there" in run.err
