"""The measure of the linking: B-cubed on cases worked out by hand, and a small invented group from files to table."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ArticleError, UsageError
from kg.evaluation.identity import Links, Measure, Mention, b_cubed, measured
from kg.extraction import Extractor
from kg.model import Article, Person
from kg.rdf.iris import DEFAULT_BASE, person_iri

# ---- B-cubed: a pair for each mention, its thing and its node ------------------------------------------------------

CASES = (
    # things, nodes, precision, recall, F1, pairs wrongly joined, pairs wrongly apart
    ("", "", 0.0, 0.0, 0.0, 0, 0),
    ("a", "1", 1.0, 1.0, 1.0, 0, 0),
    ("aabb", "1122", 1.0, 1.0, 1.0, 0, 0),
    ("aabb", "1234", 1.0, 0.5, 0.6667, 0, 2),
    ("aabb", "1111", 0.5, 1.0, 0.6667, 4, 0),
    ("aabb", "1212", 0.5, 0.5, 0.5, 2, 2),
    ("aaab", "1122", 0.75, 0.6667, 0.7059, 1, 2),
    ("aaaaabbccccc", "111112233333", 1.0, 1.0, 1.0, 0, 0),
    ("aaaaabbccccc", "111112222222", 0.7619, 1.0, 0.8649, 10, 0),
    ("aaaaabbccccc", "111112211111", 0.5833, 1.0, 0.7368, 25, 0),
)
"""The last two are the example of Bagga and Baldwin (1998): precision 16/21 and 7/12."""


@pytest.mark.parametrize(("things", "nodes", "precision", "recall", "f1", "joined", "apart"), CASES)
def test_b_cubed(things: str, nodes: str, precision: float, recall: float, f1: float, joined: int, apart: int) -> None:
    found = b_cubed(zip(things, nodes, strict=True))
    assert (found.precision, found.recall, found.f1) == (precision, recall, f1)
    assert (found.joined, found.apart) == (joined, apart)
    assert (found.mentions, found.things, found.nodes) == (len(things), len(set(things)), len(set(nodes)))


# ---- faults --------------------------------------------------------------------------------------------------------


def links(things: str, nodes: str, folders: str) -> Links:
    """Mentions in articles numbered from 0."""
    told = enumerate(zip(things, nodes, folders, strict=True))
    return Links(
        tuple(
            Mention(Path(folder), Article(str(i), "."), Person(thing), thing, person_iri(DEFAULT_BASE, Person(node)))
            for i, (thing, node, folder) in told
        ),
        len(things),
    )


def faults(found: Links) -> list[tuple[bool, int, str, str]]:
    """The faults with the articles' numbers."""
    return [(one.joined, one.pairs, one.one.article.id, one.other.article.id) for one in found.faults]


def test_faults_are_grouped_and_the_joined_come_first() -> None:
    found = links("aaabbc", "112221", "xxxxxx")
    joined = [(True, 2, "0", "5"), (True, 2, "2", "3")]
    assert faults(found) == [*joined, (False, 2, "0", "2")]
    assert (found.figures.joined, found.figures.apart) == (4, 2)


def test_ids_and_nodes_hold_within_a_folder() -> None:
    found = links("abab", "1112", "xxyy")
    assert faults(found) == [(True, 1, "0", "1")]
    assert (found.figures.things, found.figures.nodes) == (4, 3)


# ---- an invented group ---------------------------------------------------------------------------------------------

MEMO = "{} and {} signed a memorandum of understanding on defence cooperation in Nairobi on 14 September 2016."
BOTH = MEMO.format("Kenyan Defence Minister Josephine Kamau", "Italian Defence Minister Paolo Bertolini")
LATER = "Kenya and Italy held a naval exercise off Mombasa on 3 March 2019."
Given = dict[str, Any]


def person(name: str, state: str, actor: str | None) -> Given:
    """An entry of `people`."""
    return {"name": name, "position": "Defence Minister", "state": state, "actor": actor}


def signing(evidence: str, act: str | None, *more: Given) -> Given:
    """The memorandum as an annotated event."""
    signatory = [{"person": "Josephine Kamau", "state": "KE"}, {"person": "Paolo Bertolini", "state": "IT"}]
    roles = {"party": ["KE", "IT", *more], "signatory": signatory}
    place = {"date": "2016-09-14", "place": "Nairobi"}
    return {"type": "Agreement", "status": "actual", **place, "roles": roles, "evidence": evidence, "act": act}


def exercise(act: str) -> Given:
    """The exercise as an annotated event."""
    roles = {"participant": ["KE", "IT"]}
    return {"type": "Exercise", "date": "2019-03-03", "roles": roles, "evidence": LATER, "act": act}


PEOPLE = (person("Josephine Kamau", "KE", "kamau"), person("Paolo Bertolini", "IT", "bertolini"))
YARD = {"org": "Cantieri Bellaria", "state": "IT", "actor": "bellaria"}
KNOWN = {"org": "NATO", "actor": "nato"}


def written(folder: Path, id: str, text: str, events: Sequence[Given], people: Sequence[Given], **more: str) -> None:
    """Write an article and its annotation."""
    article = {"id": id, "title": f"News {id}", "date": "2019-03-05", "publisher": "The Courier", "text": text}
    for name, value in (("articles", article), ("gold", {"id": id, "events": events, "people": people, **more})):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / f"{id}.json").write_text(json.dumps(value), encoding="utf-8")


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """Three articles: two of the memorandum, in nearly the same words, and one of an exercise years later."""
    written(tmp_path, "a", f"{BOTH} Cantieri Bellaria joined.", [signing(BOTH, "memo", YARD, KNOWN)], PEOPLE)
    written(tmp_path, "b", f"{BOTH} It is the first.", [signing(BOTH, "memo", YARD)], PEOPLE, copy_of="a")
    written(tmp_path, "c", f"{LATER} Nobody was hurt.", [exercise("drill")], [])
    return tmp_path


def counts(measure: Measure) -> list[tuple[int, int, int]]:
    """Annotated, mentions and things, of acts and of actors."""
    both = (measure.acts, measure.actors)
    return [(one.annotated, one.figures.mentions, one.figures.things) for one in both]


def test_a_group_that_is_linked_rightly(group: Path) -> None:
    measure = measured([group])
    assert measure.articles == 3
    assert counts(measure) == [(3, 3, 2), (6, 6, 3)]
    assert [one.figures.f1 for one in (measure.acts, measure.actors)] == [1.0, 1.0]
    assert not measure.acts.faults
    assert not measure.actors.faults


def test_what_the_annotation_keeps_apart_is_wrongly_joined(group: Path) -> None:
    other = (person("Josephine Kamau", "KE", "another"), PEOPLE[1])
    written(group, "b", f"{BOTH} It is the first.", [signing(BOTH, "other memo", YARD)], other)
    measure = measured([group])
    assert [(one.joined, one.pairs, one.one.gold, one.other.gold) for one in measure.acts.faults] == [
        (True, 1, "memo", "other memo")
    ]
    assert [str(fault.other) for fault in measure.actors.faults] == [
        "another: Josephine Kamau, Defence Minister, KE [b, 2019-03-05]"
    ]
    assert measure.acts.figures.precision == 0.6667


def test_what_the_annotation_holds_for_one_is_wrongly_kept_apart(group: Path) -> None:
    written(group, "c", f"{LATER} Nobody was hurt.", [exercise("memo")], [])
    measure = measured([group])
    assert [(one.joined, one.pairs, one.one.article.id, one.other.article.id) for one in measure.acts.faults] == [
        (False, 2, "a", "c")
    ]
    assert (measure.acts.figures.precision, measure.acts.figures.recall) == (1.0, 0.5556)


def test_what_has_no_id_is_left_out(group: Path) -> None:
    written(group, "b", f"{BOTH} So far.", [signing(BOTH, None)], (PEOPLE[0], person("Paolo Bertolini", "IT", None)))
    assert counts(measured([group])) == [(2, 2, 2), (4, 4, 3)]


def test_folders_are_worlds_of_their_own(group: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    twin = tmp_path_factory.mktemp("twin")
    written(twin, "a", f"{BOTH} So far.", [signing(BOTH, "memo")], PEOPLE)
    measure = measured([group, twin])
    assert counts(measure) == [(4, 4, 3), (8, 8, 5)]
    assert measure.acts.figures.f1 == 1.0


def test_articles_that_are_read_take_the_ids_of_what_they_stand_for(group: Path) -> None:
    measure = measured([group], Extractor().extract_all)
    annotated, aligned, _ = counts(measure)[0]
    assert (annotated, aligned) == (3, 3)
    assert {one.gold for one in measure.actors.mentions} >= {"kamau", "bertolini"}
    assert measure.actors.annotated == 6
    assert measure.acts.figures.f1 == 1.0


# ---- the command ---------------------------------------------------------------------------------------------------


def test_the_command_prints_a_table_and_the_errors(group: Path) -> None:
    written(group, "c", f"{LATER} Nobody was hurt.", [exercise("memo")], [])
    call = [sys.executable, "-m", "kg.evaluation.identity", str(group), "--errors"]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=True)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("3 articles")
    assert lines[3].split()[:4] == ["acts", "1.000", "0.556", "0.714"]
    assert lines[4].split()[:4] == ["actors", "1.000", "1.000", "1.000"]
    assert lines[-3:] == [
        "acts wrongly kept apart, pairs: 2",
        "memo: Italy-Kenya agreement, 14 Sep 2016, Nairobi [a, 2019-03-05]",
        "memo: Italy-Kenya exercise, 3 Mar 2019 [c, 2019-03-05]",
    ]


def test_a_wrong_folder_is_one_line_and_a_status(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "kg.evaluation.identity", str(tmp_path / "none")]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == UsageError.exit_status
    assert done.stderr.startswith("kg: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_annotation_without_its_article_is_an_error(group: Path) -> None:
    (group / "articles" / "c.json").unlink()
    with pytest.raises(ArticleError, match=r"there is no article 'c'"):
        measured([group])
