"""Annotations as JSON, and the graph that they become."""

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg import annotations
from kg.errors import ArticleError
from kg.model import Actor, Article, Extraction, Item, Organization, Person, Post
from kg.rdf.quads import organization_keys, quads, reference_quads, state_codes
from kg.rdf.serializations import serialize
from tests.extractions import sample_extractions


def held_out(name: str) -> bool:
    """Whether the annotations of this name ("dev-012") are kept for measuring alone."""
    number = int(name.removeprefix("dev-"))
    return number > 0 and number % 3 == 0


def article(path: Path) -> Article:
    """The article of a JSON file."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    title = fields.get("title")
    text = f"{title}\n\n{fields['text']}" if title else fields["text"]
    return Article(path.stem, text, title)


def test_annotations_as_a_graph_score_full_marks(shared: Path, tmp_path: Path) -> None:
    """The graph says all that annotators can say: 50 articles, and the scorer finds nothing missing or added."""
    gold = tmp_path / "gold"
    gold.mkdir()
    written = []
    for path in sorted((shared / "eval" / "dev" / "gold").glob("dev-*.json")):
        if held_out(path.stem):
            continue
        (gold / path.name).write_bytes(path.read_bytes())
        extraction = annotations.read(path, article(shared / "eval" / "dev" / "articles" / path.name))
        written += [*quads(extraction), *reference_quads(state_codes(extraction), organization_keys(extraction))]
    assert len(list(gold.iterdir())) == 50
    graph = tmp_path / "gold.nq"
    graph.write_bytes(serialize(written))
    call = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(graph), "--json"]
    score = json.loads(subprocess.run(call, capture_output=True, check=True).stdout)
    found = {name: score[name]["f1"] for name in ("arguments", "events", "people", "people_with_position_and_state")}
    assert found == {"arguments": 1.0, "events": 1.0, "people": 1.0, "people_with_position_and_state": 1.0}


def plain(extraction: Extraction) -> Extraction:
    """The extraction without what annotations do not hold."""
    events = tuple(
        replace(
            event,
            evidence=(replace(event.evidence[0], extractor=annotations.ANNOTATOR, confidence=1.0),),
            participations=tuple(replace(one, actor=plain_actor(one.actor)) for one in event.participations),
            place=replace(event.place, state=None) if event.place else None,
            items=tuple(replace(item, value_text=annotations.written_value(item)) for item in event.items),
            stage=None,
            confidence=1.0,
        )
        for event in extraction.events
    )
    return replace(extraction, events=events, people=tuple(plain_person(person) for person in extraction.people))


def plain_actor(actor: Actor) -> Actor:
    """The actor without what annotations do not hold."""
    match actor:
        case Person():
            return plain_person(actor)
        case Organization():
            return Organization(actor.name, actor.state)
        case _:
            return actor


def plain_person(person: Person) -> Person:
    """The person without what annotations do not hold."""
    posts = tuple(Post(post.name, person.state) for post in person.posts[:1])
    return Person(person.name, person.state, posts=posts)


def test_written_annotations_read_the_same(tmp_path: Path) -> None:
    extractions = sample_extractions()
    paths = annotations.write_folder(extractions, tmp_path / "out")
    assert [path.name for path in paths] == [f"sample-{count}.json" for count in range(1, 9)]
    for path, extraction in zip(paths, extractions, strict=True):
        again = annotations.read(path, extraction.article)
        assert again == plain(extraction)
        assert annotations.write(again) == path.read_text(encoding="utf-8")


def test_one_extraction_is_an_object_and_several_are_a_list() -> None:
    extractions = sample_extractions()
    one = json.loads(annotations.write(extractions[0]))
    assert set(one) == {"id", "events", "people"}
    assert json.loads(annotations.write(*extractions[:2])) == [one, json.loads(annotations.write(extractions[1]))]


def test_gold_comes_out_as_it_went_in(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "eval" / "dev" / "gold").glob("dev-*.json")):
        if held_out(path.stem):
            continue
        given = json.loads(path.read_text(encoding="utf-8"))
        extraction = annotations.read(path, article(shared / "eval" / "dev" / "articles" / path.name))
        again = json.loads(annotations.write(extraction))
        assert [event["roles"] for event in again["events"]] == [event["roles"] for event in given["events"]]
        assert [event["date"] for event in again["events"]] == [event.get("date") for event in given["events"]]
        assert [person["name"] for person in again["people"]] == [person["name"] for person in given["people"]]
        read += 1
    assert read == 50


@pytest.mark.parametrize(
    ("filler", "item"),
    [
        ({"item": "Mi-35M", "quantity": 4}, Item("Mi-35M", 4)),
        (
            {"item": "aid", "value": "USD 500 million"},
            Item("aid", None, Decimal(500_000_000), "USD", "USD 500 million"),
        ),
        (
            {"item": "aid", "value": "EUR 1.7 billion"},
            Item("aid", None, Decimal(1_700_000_000), "EUR", "EUR 1.7 billion"),
        ),
        ({"item": "aid", "value": "INR 12,500"}, Item("aid", None, Decimal(12_500), "INR", "INR 12,500")),
        ({"item": "aid", "value": "more than USD 8 billion"}, Item("aid", value_text="more than USD 8 billion")),
    ],
)
def test_items(filler: dict[str, str | int], item: Item) -> None:
    assert annotations.read_item(filler) == item
    assert annotations.write_item(item) == filler


TEXT = "Two navies meet\n\nThe navies of Chile\nand Peru met on Monday."
EVENT = {
    "type": "Meeting",
    "status": "actual",
    "date": "2020-05",
    "roles": {"participant": ["CL", "PE"]},
    "evidence": "The navies of Chile and Peru met",
}


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ("{", r"a.json: cannot be read as JSON \(Expecting property name"),
        (
            {"id": "b", "events": []},
            r"a.json: the annotation: is of article 'b', not 'a'; give the file of that article",
        ),
        ({"id": "a"}, "a.json: the annotation: field 'events' is missing; add it"),
        (
            {"id": "a", "events": [EVENT, {**EVENT, "type": "Parade"}]},
            "a.json: event 1: 'Parade' is not a valid EventType",
        ),
        ({"id": "a", "events": [{**EVENT, "date": "May"}]}, 'a.json: event 0: date "May": no EDTF date'),
        ({"id": "a", "events": [{**EVENT, "evidence": "Chile left"}]}, 'event 0: evidence "Chile left" is not in the'),
        ({"id": "a", "events": [{**EVENT, "evidence": ""}]}, 'event 0: evidence "" is not in the article'),
        ({"id": "a", "events": [{**EVENT, "roles": {"guest": ["CL"]}}]}, "event 0: 'guest' is not a valid Role"),
        ({"id": "a", "events": [], "people": [{"position": "minister"}]}, "person 0: field 'name' is missing; add it"),
    ],
)
def test_wrong_annotations_are_named(annotation: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(annotation if isinstance(annotation, str) else json.dumps(annotation), encoding="utf-8")
    with pytest.raises(ArticleError, match=message):
        annotations.read(path, Article("a", TEXT))


def test_evidence_is_found_over_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a", "events": [EVENT]}), encoding="utf-8")
    (event,) = annotations.read(path, Article("a", TEXT)).events
    (evidence,) = event.evidence
    assert evidence.exact == "The navies of Chile\nand Peru met"
    assert TEXT[evidence.start : evidence.end] == evidence.exact
