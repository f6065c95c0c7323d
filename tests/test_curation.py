"""What curators decide: on the command line, over HTTP, and after a new reading of the articles."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.tokens import TOKEN_VARIABLE
from kg import cli
from kg.answers.curation import Curation
from kg.answers.doubts import Doubts
from kg.answers.lookups import Lookups
from kg.answers.opening import existing_or_new, in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UnknownEntity, UsageError
from kg.identity.decisions import Changes
from kg.model import (
    Article,
    Event,
    EventType,
    Evidence,
    Extraction,
    Organization,
    Participation,
    Person,
    Place,
    Post,
    Role,
    State,
    Status,
)

SIGNED = "Pakistan and Russia signed an agreement."
IVANOV, KHAN = Person("Sergei Ivanov", "RU", posts=(Post("Defence Minister", "RU"),)), Person("Asif Khan", "PK")


def pact(id: str, when: str | None = "2018-08-07", *people: Person, text: str = SIGNED) -> Extraction:
    """An article that tells of a pact, each in words of its own."""
    whole = f"{text} {id} wrote so, and had its own words about all of it, which nobody else had."
    event = Event(
        EventType.AGREEMENT,
        (Evidence(0, len(text), text, "test", 0.9),),
        (
            Participation(Role.PARTY, State("PK")),
            Participation(Role.PARTY, State("RU")),
            *(Participation(Role.SIGNATORY, person) for person in people),
        ),
        when=when,
        place=Place("Rawalpindi", "PK"),
        confidence=0.8,
    )
    return Extraction(Article(id, whole, date=date(2018, 8, 8)), (event,))


@pytest.fixture
def store() -> Iterator[Store]:
    with in_memory() as made:
        yield made


def put(store: Store, *extractions: Extraction) -> None:
    for extraction in extractions:
        store.put(extraction, extraction.article.id, replace=True)


def acts(store: Store) -> list[str]:
    return sorted(event.id for event in Lookups(store).all_events())


def test_two_tellings_are_one_act_with_two_sources(store: Store) -> None:
    put(store, pact("a"), pact("b"))
    (event,) = Lookups(store).all_events()
    assert (event.sources, {sentence.article for sentence in event.sentences}) == (2, {"article:a", "article:b"})
    store.remove("a")
    (left,) = Lookups(store).all_events()
    assert left.sources == 1


def test_a_split_gives_each_article_back_what_it_said_and_undo_takes_it_back(store: Store) -> None:
    put(store, pact("a"), pact("b"), pact("c"))
    (one,) = acts(store)
    before = set(store.inner)
    curation = Curation(store)
    (decision,) = curation.split(one, ["b"], "ann")
    assert len(acts(store)) == 2
    alone = next(event for event in Lookups(store).all_events() if event.sources == 1)
    assert [sentence.article for sentence in alone.sentences] == ["article:b"]
    put(store, pact("d"))
    assert len(acts(store)) == 2, "what comes later goes to the others"
    store.remove("d")
    undone = curation.undo(decision.id, "ben")
    assert (undone.undone_by, len(acts(store))) == ("ben", 1)
    assert {quad for quad in store.inner if quad.graph_name != store.graph("decisions")} == before
    with pytest.raises(UnknownEntity, match="no decision"):
        curation.undo(decision.id, "ben")


def test_a_merge_joins_whatever_speaks_against_it_and_outlasts_a_new_reading(store: Store) -> None:
    put(store, pact("a"), pact("b", "2018-09-20"))
    one, other = acts(store)
    Curation(store).merge(one, other, "ann")
    assert len(acts(store)) == 1
    longer = "Earlier that week, Pakistan and Russia signed an agreement."
    again = pact("b", "2018-09-20", text=longer)
    put(store, again)
    assert len(acts(store)) == 1, "the report was read with another sentence around it"
    with pytest.raises(UsageError, match="one already"):
        Curation(store).merge(one, other, "ann")


def test_a_split_takes_a_merge_apart_again(store: Store) -> None:
    put(store, pact("a"), pact("b", "2018-09-20"))
    one, other = acts(store)
    curation = Curation(store)
    curation.merge(one, other, "ann")
    (both,) = acts(store)
    curation.split(both, ["b"], "ben")
    assert len(acts(store)) == 2, "the last word counts"
    one, other = acts(store)
    curation.merge(one, other, "cat")
    assert len(acts(store)) == 1


def test_a_corrected_type_is_what_merges_like_with_like(store: Store) -> None:
    meeting = replace(
        pact("m").events[0],
        type=EventType.MEETING,
        participations=(Participation(Role.PARTICIPANT, State("PK")), Participation(Role.PARTICIPANT, State("RU"))),
    )
    put(store, pact("a"), replace(pact("m"), events=(meeting,)))
    talks = max(acts(store))
    curation = Curation(store)
    pair = (Participation(Role.PARTY, State("PK")), Participation(Role.PARTY, State("RU")))
    remove = [(Role.PARTICIPANT, "state:PK"), (Role.PARTICIPANT, "state:RU")]
    curation.correct(talks, Changes(type=EventType.AGREEMENT, when="2019", added=pair), remove, "ann")
    one, other = acts(store)
    curation.merge(one, other, "ann")
    (event,) = Lookups(store).all_events()
    assert (event.type, event.sources) == (EventType.AGREEMENT, 2)


def test_dates_at_the_ends_of_the_calendar_do_no_harm(store: Store) -> None:
    put(store, pact("a", "9999"), pact("b", "0001"), pact("c", "9999-12-31"))
    assert len(acts(store)) == 2


def test_unlike_things_are_not_merged(store: Store) -> None:
    visit = replace(
        pact("v").events[0], type=EventType.VISIT, participations=(Participation(Role.VISITOR, State("RU")),)
    )
    put(store, pact("a", "2018-08-07", IVANOV), replace(pact("v"), events=(visit,)))
    one, other = acts(store)
    with pytest.raises(UsageError, match="different kinds"):
        Curation(store).merge(one, other, "ann")
    with pytest.raises(UsageError, match="different kinds"):
        Curation(store).merge(one, "person:sergei-ivanov", "ann")
    with pytest.raises(UsageError, match="nothing to split"):
        Curation(store).split(one, (), "ann")
    with pytest.raises(UsageError, match="state:PK is a state"):
        Curation(store).merge("state:PK", "state:RU", "ann")
    with pytest.raises(UnknownEntity, match="no reports of 'event:nothing'"):
        Curation(store).merge(one, "event:nothing", "ann")


def test_two_khans_of_one_army_are_two_and_a_surname_alone_is_asked_about(store: Store) -> None:
    chief = Post("Army Chief", "PK")
    asif, imran = Person("Asif Khan", "PK", posts=(chief,)), Person("Imran Khan", "PK", posts=(chief,))
    put(store, pact("a", "2018-08-07", asif), pact("b", "2018-02-07", imran))
    put(store, pact("c", "2018-05-01", Person("Khan", "PK", posts=(chief,))))
    people = {match.node.id for match in Lookups(store).search("Khan", ["Person"])}
    assert len(people) == 3
    doubts = [doubt for doubt in Doubts(store).open() if doubt.kind == "person"]
    assert len(doubts) == 2
    Curation(store).decide(doubts[0].id, True, "ann")
    left = [doubt for doubt in Doubts(store).open() if doubt.kind == "person"]
    assert len({match.node.id for match in Lookups(store).search("Khan", ["Person"])}) == 2
    old = next(side.id for side in (doubts[0].one, doubts[0].other) if side.id.startswith("person:khan-"))
    assert Lookups(store).entity(old).node.id in {"person:asif-khan", "person:imran-khan"}, "its id leads on"
    for doubt in left:
        Curation(store).decide(doubt.id, False, "ann")
    assert not [doubt for doubt in Doubts(store).open() if doubt.kind == "person"]
    with pytest.raises(UnknownEntity, match="no open review"):
        Curation(store).decide(doubts[0].id, True, "ann")


def test_a_correction_wins_in_every_answer_and_the_article_keeps_its_word(store: Store) -> None:
    put(store, pact("a", "2018-08-07", IVANOV), pact("b", "2018-08-07"))
    (id,) = acts(store)
    curation = Curation(store)
    added = (Participation(Role.SIGNATORY, curation.actor("Jane Doe (GB)")),)
    changes = Changes(status=Status.CANCELLED, when="2018-08-09", without=("place",), added=added)
    made = curation.correct(id, changes, [(Role.SIGNATORY, "person:sergei-ivanov")], "ann")
    (event,) = Lookups(store).all_events()
    assert (event.status, event.when, event.place) == (Status.CANCELLED, "2018-08-09", None)
    assert {part.actor.label for part in event.parts} == {"Pakistan", "Russia", "Jane Doe"}
    rows = store.query("SELECT ?w ?s { ?e a coop:Agreement ; coop:when ?w ; coop:status ?s }")
    assert isinstance(rows, ox.QuerySolutions)
    assert {(str(row["w"].value), str(row["s"].value).rpartition("#")[2]) for row in rows} == {
        ("2018-08-09", "Cancelled")
    }
    source = store.source("a")
    assert source is not None
    assert store.extraction(source.graph).events[0].when == "2018-08-07", "the record keeps what was read"
    put(store, pact("a", "2018-08-07", IVANOV))
    assert list(Lookups(store).all_events()) == [event], "a new reading changes nothing"
    curation.undo(made.id, "ben")
    (event,) = Lookups(store).all_events()
    assert (event.status, event.when) == (Status.ACTUAL, "2018-08-07")


def test_what_articles_say_later_does_not_outvote_a_curator(store: Store) -> None:
    put(store, pact("a"))
    (id,) = acts(store)
    Curation(store).correct(id, Changes(when="2018-08-09"), (), "ann")
    put(store, pact("b", "2018-08-08"), pact("c", "2018-08-08"))
    (event,) = Lookups(store).all_events()
    assert (event.sources, event.when) == (3, "2018-08-09")


def test_a_correction_holds_for_articles_that_come_later(store: Store) -> None:
    put(store, pact("b"), pact("c"))
    (id,) = acts(store)
    made = Curation(store).correct(id, Changes(when="2017-01-01"), (), "ann")
    put(store, pact("a"))
    (event,) = Lookups(store).all_events()
    assert (event.sources, event.when, event.label) == (3, "2017-01-01", "Pakistan-Russia agreement, 1 Jan 2017")
    store.remove("b")
    store.remove("c")
    assert [event.when for event in Lookups(store).all_events()] == ["2018-08-07"], "nobody saw this article's report"
    put(store, pact("b"))
    assert [event.when for event in Lookups(store).all_events()] == ["2017-01-01"]
    Curation(store).undo(made.id, "ben")
    assert [event.when for event in Lookups(store).all_events()] == ["2018-08-07"]


def test_a_rejected_act_does_not_come_back_with_the_next_article(store: Store) -> None:
    put(store, pact("b"))
    (id,) = acts(store)
    Curation(store).correct(id, Changes(rejected=True), (), "ann")
    put(store, pact("a"))
    assert acts(store) == []
    Curation(store).undo(None, "ben")
    assert len(acts(store)) == 1


def test_an_event_is_rejected_and_a_missed_one_added(store: Store) -> None:
    put(store, pact("a"))
    (id,) = acts(store)
    curation = Curation(store)
    curation.correct(id, Changes(rejected=True), (), "ann")
    assert acts(store) == []
    curation.add("a", {"type": "Meeting", "roles": {"participant": ["PK", "RU"]}, "evidence": SIGNED}, "ann")
    (event,) = Lookups(store).all_events(EventFilter(article="a"))
    assert (event.type, event.sentences[0].extractor) == (EventType.MEETING, "curator ann")
    curation.correct(event.id, Changes(when="2018-08-01"), (), "ann")
    (event,) = Lookups(store).all_events()
    assert event.when == "2018-08-01"


def test_what_a_curator_adds_is_checked(store: Store) -> None:
    put(store, pact("a", "2018-08-07", IVANOV))
    (id,) = acts(store)
    curation = Curation(store)
    for roles, message in (
        ({"provider": ["PK"]}, "Meeting has no provider"),
        ({"participant": ["ZZ"]}, "no state 'ZZ'"),
    ):
        with pytest.raises(UsageError, match=message):
            curation.add("a", {"type": "Meeting", "roles": roles, "evidence": SIGNED}, "ann")
    with pytest.raises(UsageError, match="is no event"):
        curation.correct("person:sergei-ivanov", Changes(when="2018"), (), "ann")
    for text in (id, "org (GB)", " (GB)", "person:nobody"):
        with pytest.raises(UnknownEntity):
            curation.actor(text)
    assert curation.actor(f"{store.base}state/PK") == State("PK")
    assert curation.actor("org Some Works (GB)") == Organization("Some Works", "GB")
    assert not store.decisions.all


WRONG = [
    (Changes(), (), "nothing to correct"),
    (Changes(type=EventType.VISIT), (), "Visit has no party"),
    (Changes(when="2018-13"), (), "month must be in 1..12"),
    (Changes(), ((Role.PARTY, "state:FR"),), "state:FR is no party"),
]


def test_a_wrong_correction_says_what_is_wrong(store: Store) -> None:
    put(store, pact("a"))
    (id,) = acts(store)
    before = set(store.inner)
    for changes, remove, message in WRONG:
        with pytest.raises(Exception, match=message):
            Curation(store).correct(id, changes, remove, "ann")
    assert set(store.inner) == before


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)

    def kg(*arguments: str, status: int = 0) -> str:
        monkeypatch.setattr("sys.argv", ["kg", *arguments])
        assert cli.status() == status, capsys.readouterr()
        shown = capsys.readouterr()
        return shown.out + shown.err

    with existing_or_new(tmp_path / "defcoop-store") as made:
        put(made, pact("a"), pact("b", "2018-09-20"))
        one, other = acts(made)
    assert "decided" in kg("merge", one, other, "--by", "ann")
    assert "merge" in kg("review", "--decided")
    assert "undone" in kg("undo", "--by", "ben")
    assert "ben" in kg("review", "--decided")
    assert "Agreement in a, Agreement in b" in kg("review", "--decided")
    assert "decided" in kg("correct", one, "--date", "2018-09-20", "--status", "Planned", "--add", "party=state:FR")
    assert "2 reports" not in kg("split", acts_of(tmp_path)[0], status=2 if len(acts_of(tmp_path)) > 1 else 0)
    assert "status Planned, when 2018-09-20, added party FR" in kg("review", "--decided")
    (tmp_path / "event.json").write_text(
        json.dumps({"type": "Meeting", "roles": {"participant": ["PK"]}, "evidence": SIGNED}), encoding="utf-8"
    )
    assert "addition" in kg("correct", "article:a", "--event", "event.json")
    assert "write ROLE=ACTOR" in kg("correct", one, "--add", "friend=state:FR", status=2)
    assert "give the id of a review" in kg("review", "--accept", status=2)
    assert "no open review" in kg("review", "nothing", "--accept", status=1)


def acts_of(folder: Path) -> list[str]:
    with existing_or_new(folder / "defcoop-store") as made:
        return acts(made)


def test_over_http_with_a_token(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, pact("a"), pact("b", "2018-09-20"))
    one, other = acts(store)
    joining = {"one": one, "other": other, "by": "ann"}
    with TestClient(create_app(store)) as rest:
        assert rest.post("/merges", json=joining).status_code == 403
        monkeypatch.setenv(TOKEN_VARIABLE, "secret")
        assert rest.post("/merges", json=joining).status_code == 401
        assert rest.post("/merges", json=joining, headers={"Authorization": "Bearer other"}).status_code == 401
        rest.headers["Authorization"] = "Bearer secret"
        made = rest.post("/merges", json=joining).json()
        assert (made["kind"], made["by"]) == ("merge", "ann")
        assert len(acts(store)) == 1
        assert rest.get("/decisions").json()["total"] == 1
        assert rest.delete(f"/decisions/{made['id']}", params={"by": "ben"}).json()["undone_by"] == "ben"
        assert rest.get("/decisions", params={"active": True}).json()["total"] == 0
        corrected = rest.post(f"/events/{one}/corrections", json={"by": "ann", "when": "2018-09-20"})
        assert corrected.json()["kind"] == "correction"
        wrong = rest.post(f"/events/{one}/corrections", json={"by": "ann", "when": "never"})
        assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json")
        for body in (
            {"by": "ann", "date": "2018"},
            {"by": " ", "when": "2018"},
            {"by": "a", "name": "\u0000"},
        ):
            assert rest.post(f"/events/{one}/corrections", json=body).status_code == 422
        missed = {"by": "ann", "type": "Meeting", "roles": {"participant": ["PK", "RU"]}, "evidence": SIGNED}
        assert rest.post("/articles/a/events", json=missed).json()["kind"] == "addition"
        assert rest.post("/articles/a/events", json={**missed, "evidence": "Not there."}).status_code == 400
        assert rest.post("/splits/event:nothing", json={"by": "ann"}).status_code == 404
        doubts = rest.get("/reviews").json()
        assert doubts["total"] == len(doubts["items"])
        for review in doubts["items"]:
            assert rest.post(f"/reviews/{review['id']}", json={"verdict": "reject", "by": "ann"}).status_code == 200
        assert rest.get("/reviews").json()["total"] == 0
