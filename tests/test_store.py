"""The store on disk: one transaction an article, one file an identifier, one process at a time."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.answers.opening import existing, existing_or_new, in_memory
from kg.answers.store import ABOUT, FORMAT, VERSION, Change, Store, file_of
from kg.errors import ArticleError, KgError, QueryError, StoreError, UnknownEntity
from kg.model import Extraction
from tests.extractions import sample_extractions

SAMPLES = sample_extractions()
FIRST = SAMPLES[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store() -> Iterator[Store]:
    with in_memory() as opened:
        yield opened


def other_text(extraction: Extraction) -> Extraction:
    """The extraction of an article that was corrected behind its last word: the offsets stay."""
    return replace(extraction, article=replace(extraction.article, text=f"{extraction.article.text} Corrected."))


def graph_of(store: Store, extraction: Extraction) -> set[ox.Quad]:
    """What the store has in the article's graph."""
    source = store.source(extraction.article.id)
    return set(store.inner.quads_for_pattern(None, None, None, source.graph)) if source else set()


def test_a_store_keeps_what_was_put_into_it(folder: Path) -> None:
    with existing_or_new(folder) as made:
        assert [made.put(sample, f"{sample.article.id}.txt") for sample in SAMPLES] == [Change.ADDED] * len(SAMPLES)
        before = set(made.quads())
    with existing(folder) as opened:
        assert set(opened.quads()) == before
        assert [source.id for source in opened.sources()] == sorted(sample.article.id for sample in SAMPLES)


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    store.put(FIRST, "a.txt")
    before, version = set(store.inner), store.version
    assert store.put(FIRST, "a.txt") is Change.UNCHANGED
    assert store.put(FIRST, "elsewhere/a.txt") is Change.UNCHANGED
    assert set(store.inner) == before
    assert store.version == version


def test_a_changed_text_from_the_same_file_replaces_the_graph(store: Store) -> None:
    store.put(FIRST, "a.jsonl:3")
    assert store.put(replace(other_text(FIRST), events=FIRST.events[:1]), "a.jsonl:9") is Change.REPLACED
    with in_memory() as fresh:
        fresh.put(replace(other_text(FIRST), events=FIRST.events[:1]), "a.jsonl:9")
        assert set(store.inner) == set(fresh.inner)


def test_the_same_text_read_otherwise_replaces_the_graph(store: Store) -> None:
    store.put(FIRST, "a.txt")
    assert store.put(replace(FIRST, events=()), "b.txt") is Change.REPLACED


def test_another_text_from_another_file_is_an_error_that_names_both(store: Store) -> None:
    store.put(FIRST, "one/a.txt")
    before = set(store.inner)
    with pytest.raises(ArticleError, match=r"two/a\.txt.*one/a\.txt.*--replace"):
        store.put(other_text(FIRST), "two/a.txt")
    assert set(store.inner) == before
    assert store.put(other_text(FIRST), "two/a.txt", replace=True) is Change.REPLACED
    found = store.source(FIRST.article.id)
    assert found is not None
    assert found.file == "two/a.txt"


def test_removing_an_article_leaves_what_others_state(store: Store) -> None:
    before = set(store.inner)
    store.put(SAMPLES[1], "b.txt")
    with_second = set(store.inner)
    store.put(FIRST, "a.txt")
    store.remove(FIRST.article.id)
    assert set(store.inner) == with_second
    store.remove(SAMPLES[1].article.id)
    assert set(store.inner) == before
    with pytest.raises(UnknownEntity, match="no article 'sample-1'"):
        store.remove(FIRST.article.id)


def test_an_article_that_fails_leaves_the_old_one(store: Store) -> None:
    store.put(FIRST, "a.txt")
    before = set(store.inner)
    evidence = replace(FIRST.events[0].evidence[0], exact="not in the text")
    with pytest.raises(KgError, match="not in the text"):
        store.put(replace(FIRST, events=(replace(FIRST.events[0], evidence=(evidence,)),)), "a.txt")
    assert set(store.inner) == before


@pytest.mark.parametrize("id", ["a b", "2018/01", "ü?#%", 'q"uote', "back\\slash", "new\nline", "{?x}", "a:b"])
def test_any_identifier_and_text_can_be_stored_replaced_and_removed(store: Store, id: str) -> None:
    before = set(store.inner)
    text = f'{id} " \\ \n \t \U0001f600 }} ; DROP ALL'
    article = replace(FIRST.article, id=id, text=text, title=None)
    store.put(Extraction(article), f"{id}.txt")
    store.put(Extraction(replace(article, text=f"{text}.")), f"{id}.txt")
    texts = [q.object.value for q in graph_of(store, Extraction(article)) if isinstance(q.object, ox.Literal)]
    assert f"{text}." in texts
    assert [source.id for source in store.sources()] == [id]
    store.remove(id)
    assert set(store.inner) == before


def test_reference_data_follows_the_project(folder: Path) -> None:
    with existing_or_new(folder) as made:
        before = set(made.quads())
        made.inner.update(f"DROP GRAPH {made.graph('reference')}")
        assert set(made.quads()) != before
    with existing_or_new(folder) as opened:
        assert set(opened.quads()) == before
        assert not opened.refresh_reference()


HOLDER = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_store_that_another_process_holds_is_refused_in_one_line(folder: Path) -> None:
    existing_or_new(folder).close()
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for opening in (existing, existing_or_new):
            with pytest.raises(StoreError, match=r"another process holds this store .*--store") as caught:
                opening(folder)
            assert "\n" not in str(caught.value)
        holder.communicate("")
    existing(folder).close()


def test_a_folder_without_a_store_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store here; make one with: kg build"):
        existing(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="the folder holds other files"):
        existing_or_new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(StoreError, match="cannot be opened"):
        existing_or_new(tmp_path / "letter.txt")


def test_a_store_of_another_format_or_program_is_refused(folder: Path) -> None:
    with existing_or_new(folder) as made:
        old = next(made.inner.quads_for_pattern(ABOUT, VERSION, None, None))
        made.embedded.remove(old)
        made.embedded.add(ox.Quad(ABOUT, VERSION, ox.Literal("0"), ABOUT))
    with pytest.raises(StoreError, match=f"the store has format 0, this version of kg reads {FORMAT}"):
        existing(folder)
    foreign = folder.with_name("foreign")
    ox.Store(foreign).add(old)
    with pytest.raises(StoreError, match="a store of another program"):
        existing_or_new(foreign)


def test_a_store_keeps_its_base(folder: Path) -> None:
    with existing_or_new(folder, "https://example.org/id/") as made:
        made.put(FIRST, "a.txt")
    with existing(folder) as opened:
        assert opened.base == "https://example.org/id/"
        assert opened.query("ASK { state:PK coop:iso2 'PK' }")
    with pytest.raises(StoreError, match=r"the base of this store is https://example\.org/id/"):
        existing_or_new(folder, "https://example.org/other/")


QUERIES = [
    ("ASK { state:PK skos:prefLabel 'Pakistan' }", True),
    ("PREFIX state: <https://example.org/> ASK { state:PK ?p ?o }", False),
    ("ASK FROM <https://w3id.org/defcoop/id/article/sample-1> { state:PK ?p ?o }", False),
    ("ASK FROM <https://w3id.org/defcoop/id/article/sample-1> { ?e a coop:Agreement }", True),
    ("ASK { GRAPH article:sample-1 { ?e a coop:Agreement } }", True),
    ("ASK { ?SERVICE a coop:Agreement FILTER('SERVICE' != 'FROM') } # SERVICE <http://localhost/> FROM", True),
]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_queries_see_the_union_of_graphs_unless_they_name_some(store: Store, text: str, expected: bool) -> None:
    store.put(FIRST, "a.txt")
    assert bool(store.query(text)) is expected


def test_graphs_of_the_protocol_take_the_place_of_from(store: Store) -> None:
    store.put(FIRST, "a.txt")
    article = f"{store.base}article/sample-1"
    assert store.query("ASK { ?e a coop:Agreement }", [article])
    assert not store.query("ASK { state:PK coop:iso2 ?code }", [article])
    assert store.query("ASK { GRAPH ?g { ?e a coop:Agreement } }", [], [article])
    assert not store.query("ASK { ?e a coop:Agreement }", [], [article])
    with pytest.raises(QueryError, match="give a full IRI"):
        store.query("ASK {}", ["no iri"])


REFUSED = [
    ("SELECT * WHERE { ?s ?p ", "line 1, column 24"),
    ("SELECT *\nWHERE { ?s ?p ?o ?q }", "line 2, column"),
    ("ASK { nowhere:x ?p ?o }", r"the prefix nowhere: is not declared; add PREFIX nowhere:"),
    ("", "line 1, column"),
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "line 1"),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n?c{ ?x ?y ?z } }", "SERVICE is refused"),
    ("SELECT * { { SELECT * { SERVICE<urn:x>{} } } FILTER EXISTS { ?a ?b 'SERVICE' } }", "SERVICE is refused"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_bad_query_is_refused_in_one_line_with_the_place(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        store.query(text)
    assert "\n" not in str(caught.value)


def test_a_source_names_its_file() -> None:
    assert file_of("articles/2018.jsonl:12") == "articles/2018.jsonl"
    assert file_of("C:/articles/a.txt") == "C:/articles/a.txt"
