"""One act told by several articles: which values its event has, what its sources disagree on, and ids of before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from starlette.testclient import TestClient

from api.app import create_app
from kg import network
from kg.answers.claims import AMOUNT, NAME, STAGE, STATUS, WHEN, Claim, Measure, Sum, disagreement, settled
from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.answers.views import Disagreement, EventFilter, Happening
from kg.cli.show import differences
from kg.errors import SeveralEntities, UnknownEntity
from kg.identity.decisions import Changes, Correction, Decision, Target
from kg.model import Actor, EventType, Extraction, Item, Person, Place, Role, Stage, Status
from tests.extractions import PK, RU, article, extraction, roles, told
from tests.worlds import extractions

FOMIN = Person("Alexander Fomin", "RU")
ALEKSANDR = Person("Aleksandr Fomin", "RU")
SENTENCE = "Russia and Pakistan signed a pact."
HELICOPTERS = "Russia has sold Pakistan four helicopters."


def pact(
    id: str,
    day: int = 8,
    *,
    when: str | None = "2018-08-07",
    status: Status = Status.ACTUAL,
    place: str | None = "Rawalpindi",
    name: str | None = None,
    stage: Stage | None = None,
    signatories: tuple[Actor, ...] = (FOMIN,),
    confidence: float = 0.9,
    copied: str | None = None,
) -> Extraction:
    """An article of August 2018 that tells of the pact, in words of its own or in those of the one that it copied."""
    site = Place(place, "PK") if place else None
    return extraction(
        article(id, date(2018, 8, day), id, SENTENCE, words_of(copied or id)),
        told(EventType.AGREEMENT, roles(party=(PK, RU), signatory=signatories), SENTENCE, status=status, when=when,
             place=site, name=name, stage=stage, confidence=confidence),
    )  # fmt: skip


def words_of(id: str) -> str:
    """A sentence that no other article has."""
    return " ".join(f"{id}{number}" for number in range(20)).capitalize() + "."


def sale(id: str, item: Item) -> Extraction:
    """An article that tells of the sale."""
    event = told(EventType.ARMS_TRANSFER, roles(provider=(RU,), recipient=(PK,)), HELICOPTERS, when="2018-08-07",
                 items=(item,), stage=Stage.DELIVERED)  # fmt: skip
    return extraction(article(id, date(2018, 8, 8), id, HELICOPTERS, words_of(id)), event)


@contextmanager
def stored(*extractions: Extraction) -> Iterator[Store]:
    with in_memory() as store:
        for one in extractions:
            store.put(one, f"{one.article.id}.txt")
        yield store


def the_event(*extractions: Extraction) -> Happening:
    """The one event that the articles tell of."""
    with stored(*extractions) as store:
        (event,) = Lookups(store).all_events()
        return event


def texts(found: tuple[Disagreement, ...]) -> list[tuple[str, list[str]]]:
    return [(one.property, [version.value for version in one.versions]) for one in found]


CHOSEN: list[tuple[str, tuple[Extraction, ...], Callable[[Happening], object], object, list[str]]] = [
    ("most sources", (pact("a"), pact("b"), pact("c", 9, when="2018-08-08")), lambda e: e.when, "2018-08-07", ["when"]),
    ("newest", (pact("a"), pact("b", 9, when="2018-08-08")), lambda e: e.when, "2018-08-08", ["when"]),
    ("a day in the month", (pact("a"), pact("b", 9, when="2018-08")), lambda e: e.when, "2018-08-07", []),
    ("a month of two, a day", (pact("a", when="2018-08"), pact("b", when="2018-08"), pact("c")),
     lambda e: (e.when, e.earliest, e.latest), ("2018-08-07", date(2018, 8, 7), date(2018, 8, 7)), []),
    ("what one says alone", (pact("a", when=None), pact("b")), lambda e: e.when, "2018-08-07", []),
    ("what came of a plan", (pact("a", 1, status=Status.PLANNED), pact("b", 2, status=Status.PLANNED), pact("c")),
     lambda e: e.status, Status.ACTUAL, []),
    ("a plan after the act", (pact("a"), pact("b"), pact("c", 9, status=Status.PLANNED)),
     lambda e: e.status, Status.ACTUAL, ["status"]),
    ("a town in its state", (pact("a", place="Pakistan"), pact("b"), pact("c", place="Pakistan")),
     lambda e: e.place.label if e.place else None, "Rawalpindi", []),
    ("another town", (pact("a"), pact("b"), pact("c", 9, place="Islamabad")),
     lambda e: e.place.label if e.place else None, "Rawalpindi", ["place"]),
    ("a longer name", (pact("a", name="Cadet Pact"), pact("b", name="Cadet Pact of 2018")),
     lambda e: e.name, "Cadet Pact of 2018", []),
    ("a later stage", (pact("a", stage=Stage.AGREED), pact("b", 9, stage=Stage.SIGNED)),
     lambda e: e.stage, Stage.SIGNED, []),
    ("an earlier stage later", (pact("a", stage=Stage.SIGNED), pact("b"), pact("c", 9, stage=Stage.AGREED)),
     lambda e: e.stage, Stage.AGREED, ["stage"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("articles", "value", "expected", "differ"), [case[1:] for case in CHOSEN], ids=[c[0] for c in CHOSEN]
)
def test_a_value_is_chosen_among_sources(
    articles: tuple[Extraction, ...], value: Callable[[Happening], object], expected: object, differ: list[str]
) -> None:
    event = the_event(*articles)
    assert value(event) == expected
    assert [one.property for one in event.disagreements] == differ
    assert event.sources == len(articles)
    assert the_event(*articles[::-1]) == event


def test_a_disagreement_names_the_articles() -> None:
    event = the_event(pact("a"), pact("b"), pact("c", 9, when="2018-08-08"), pact("d", when="2018-08"))
    (found,) = event.disagreements
    assert [(version.value, version.articles) for version in found.versions] == [
        ("2018-08-07", ("article:a", "article:b")),
        ("2018-08-08", ("article:c",)),
    ]
    assert differences(event) == "when 2018-08-07 (article:a, article:b) or 2018-08-08 (article:c)"


def test_a_role_that_one_source_gives_is_no_disagreement() -> None:
    event = the_event(pact("a"), pact("b", signatories=()))
    assert event.disagreements == ()
    assert [part.role for part in event.parts].count(Role.SIGNATORY) == 1


def test_confidence_combines_independent_sources() -> None:
    assert the_event(pact("a", confidence=0.7)).confidence == 0.7
    assert the_event(pact("a", confidence=0.7), pact("b", confidence=0.8)).confidence == 0.94


def test_an_item_of_several_sources_is_one() -> None:
    four, six = Item("Mi-35M", 4), Item("Mi-35M", 6)
    event = the_event(sale("a", four), sale("b", four), sale("c", six))
    assert [(goods.equipment.label, goods.quantity) for goods in event.goods] == [("Mi-35M", 4)]
    (found,) = event.disagreements
    assert found.about == event.goods[0].equipment
    assert texts(event.disagreements) == [("quantity", ["4", "6"])]
    assert differences(event) == "quantity of Mi-35M 4 (article:a, article:b) or 6 (article:c)"


SUMS = [
    (("USD", 4_750_000_000), ("USD", 4_800_000_000), []),
    (("USD", 4_750_000_000), ("EUR", 4_000_000_000), []),
    (("USD", 4_750_000_000), ("USD", 6_000_000_000), [("amount", ["USD 4750000000", "USD 6000000000"])]),
]


@pytest.mark.parametrize(("one", "other", "expected"), SUMS)
def test_sums_differ_beyond_rounding(
    one: tuple[str, int], other: tuple[str, int], expected: list[tuple[str, list[str]]]
) -> None:
    items = [Item("Mi-35M", 4, Decimal(amount), code, f"{code} {amount}") for code, amount in (one, other)]
    event = the_event(sale("a", items[0]), sale("b", items[1]))
    assert texts(event.disagreements) == expected
    (goods,) = event.goods
    assert goods.value_text == f"{goods.currency} {goods.amount}"


def claims(*values: object) -> list[Claim[object]]:
    return [Claim(value, f"article:{number}", f"article:{number}", None) for number, value in enumerate(values)]


UNDATED: list[tuple[Measure[Any], tuple[object, ...], object, bool]] = [
    (WHEN, ("2018", "2018-03/2018-05"), "2018-03/2018-05", False),
    (WHEN, ("2018-03-01/2018-03-05", "2018-03-04/2018-03-08"), "2018-03-01/2018-03-05", True),
    (WHEN, ("2018-08", "2018-09-01"), "2018-09-01", True),
    (STATUS, (Status.PLANNED, Status.ACTUAL), Status.PLANNED, True),
    (STAGE, (Stage.SIGNED, Stage.RATIFIED), Stage.SIGNED, True),
    (NAME, ("Malabar 2019", "Malabar 2020"), "Malabar 2019", True),
    (AMOUNT, (Sum(None, None, "a fortune"), Sum(Decimal(5), "USD", "five")), Sum(Decimal(5), "USD", "five"), False),
]


@pytest.mark.parametrize(("measure", "values", "expected", "differ"), UNDATED)
def test_claims_without_a_day(
    measure: Measure[Any], values: tuple[object, ...], expected: object, differ: bool
) -> None:
    assert settled(claims(*values), measure) == expected
    assert bool(list(disagreement(claims(*values), measure))) == differ


def test_copies_of_one_text_count_once() -> None:
    copies = [pact(id, confidence=0.7, copied="a") for id in "abc"]
    others = [pact(id, when="2018-08-08", confidence=0.8) for id in "de"]
    assert the_event(*copies).confidence == 0.7
    event = the_event(*copies, *others)
    assert (event.when, event.sources, event.confidence) == ("2018-08-08", 5, round(1 - 0.3 * 0.2 * 0.2, 4))


def test_what_curators_read_in_an_article_is_what_it_says() -> None:
    with stored(pact("a"), pact("b", 9, when="2018-08-08")) as store:
        lookups = Lookups(store)
        (event,) = lookups.all_events()
        report = next(iri for iri in store.register.reports(_graph(store, "b")) if "/event/" in iri.value)
        target = Target(report.value, "b", "act", EventType.AGREEMENT, 0, len(SENTENCE))
        changes = Changes(when="2018-08-06", status=Status.PLANNED)
        store.decide(Decision.made(Correction((target,), changes), "A. Curator", datetime(2025, 3, 1, tzinfo=UTC)))
        (found,) = lookups.all_events(EventFilter(article="b"))
        assert (found.when, found.status, found.sources, event.sources) == ("2018-08-06", Status.PLANNED, 2, 2)
        assert differences(found) == "", "what a curator said is settled"


def _graph(store: Store, article: str) -> NamedNode:
    return next(source.graph for source in store.sources() if source.id == article)


def test_one_act_is_counted_once() -> None:
    twice = (pact("a"), pact("b", 9, status=Status.PLANNED, when="2018-08-08"))
    with stored(*twice) as store:
        lookups = Lookups(store)
        found = lookups.totals()
        links = lookups.relationships("state:PK").items
        assert [(link.counterpart.id, link.roles, link.counterpart_roles) for link in links] == [
            ("state:RU", ("party",), ("party",)),
            ("person:alexander-fomin", ("party",), ("signatory",)),
        ]
        assert [count.number for count in lookups.entity("state:RU").events] == [1]
        assert sorted(network(store).edges(data="weight")) == [
            ("person:alexander-fomin", "state:PK", 1),
            ("state:RU", "state:PK", 1),
        ]
        assert (found.events, sum(total.number for total in found.statuses)) == (1, 1)


def reports(store: Store, folder: str) -> list[str]:
    """The ids of all reports of a kind; what somebody was, "#tenure", is evidence and no report of its own."""
    iris = {
        report.value.removeprefix(store.base)
        for source in store.sources()
        for report in store.register.reports(source.graph)
    }
    return sorted(iri.replace("/", ":", 1) for iri in iris if iri.startswith(folder) and "#" not in iri)


def test_ids_of_reports_lead_to_the_node_in_use() -> None:
    with stored(pact("a"), pact("b", signatories=(ALEKSANDR,))) as store:
        lookups = Lookups(store)
        (event,) = lookups.all_events()
        acts, people = reports(store, "event/"), reports(store, "person/")
        assert (len(acts), len(people)) == (2, 2)
        assert {lookups.event(id) for id in acts} == {event}
        assert {lookups.event_id(id) for id in acts} == {event.id}
        for id in (*people, "person:alexander-fomin", "person:aleksandr-fomin"):
            assert lookups.entity(id).node.id == lookups.resolve(id) == lookups.entity_id(id) == fomin(store)
            assert list(lookups.all_events(EventFilter(actors=(id,)))) == [event]
            assert lookups.relationships(id).items == lookups.relationships(fomin(store)).items != []
        for id in (acts[0], "person:alexander-fomi", "person:fomin"):
            with pytest.raises(UnknownEntity):
                lookups.entity(id)


@settings(max_examples=60, deadline=None)
@given(st.lists(extractions(), max_size=6, unique_by=lambda one: one.article.id))
def test_every_report_of_any_world_leads_to_a_node_in_use(world: list[Extraction]) -> None:
    with stored(*world) as store:
        lookups = Lookups(store)
        events = {event.id: event for event in lookups.all_events()}
        assert {lookups.event_id(id) for id in reports(store, "event/")} == set(events)
        for id in (*reports(store, "person/"), *reports(store, "org/")):
            assert lookups.entity_id(lookups.entity_id(id)) == lookups.entity(id).node.id
        told = [event for one in world for event in one.events]
        assert sum(event.sources for event in events.values()) <= len(told)
        for event in events.values():
            assert len(event.parts) == len({(part.role, part.actor.id) for part in event.parts})
            assert len(event.goods) == len({goods.equipment.id for goods in event.goods})
            assert 0 < event.confidence <= 1
            for found in event.disagreements:
                assert len(found.versions) > 1 or len(found.versions[0].articles) > 1


def fomin(store: Store) -> str:
    """The id in use of the one person of a store."""
    (match,) = Lookups(store).search("Fomin", ["Person"])
    return match.node.id


TWO = (Person("Igor Ivanov", "RU"), Person("Igor Ivanov", "BY"))


def test_an_id_that_two_persons_had_names_both() -> None:
    first, second = (
        extraction(
            article(id, date(2018, 8, 8), id, SENTENCE),
            told(EventType.AGREEMENT, roles(party=(PK,), signatory=(who,)), SENTENCE, when=when),
        )
        for id, who, when in (("a", TWO[0], "2018-08-07"), ("b", TWO[1], "2017-01-01"))
    )
    with stored(first) as store:
        lookups = Lookups(store)
        assert lookups.entity_id("person:igor-ivanov") == "person:igor-ivanov"
        assert lookups.entity_id("person:igor-ivanov-ru") == "person:igor-ivanov"
        with pytest.raises(UnknownEntity, match="no entity 'person:igor-ivanov-by'"):
            lookups.entity_id("person:igor-ivanov-by")
        store.put(second, "b.txt")
        both = ("person:igor-ivanov-by", "person:igor-ivanov-ru")
        with pytest.raises(SeveralEntities, match="person:igor-ivanov-by or person:igor-ivanov-ru") as caught:
            lookups.entity("person:igor-ivanov")
        assert caught.value.nearest == both
        with client(store) as rest:
            answer = rest.get("/entities/person:igor-ivanov")
        assert (answer.status_code, answer.headers["content-type"]) == (300, "application/problem+json")
        assert tuple(answer.json()["nearest"]) == both


def client(store: Store) -> TestClient:
    """The REST interface over a store."""
    return TestClient(create_app(store), follow_redirects=False)


def test_rest_leads_from_old_ids_to_those_in_use() -> None:
    with stored(pact("a"), pact("b", signatories=(ALEKSANDR,))) as store, client(store) as rest:
        (event,) = Lookups(store).all_events()
        (old,) = set(reports(store, "event/")) - {event.id}
        moved = [(f"/events/{old}", f"/events/{event.id}")]
        for id in {"person:alexander-fomin", "person:aleksandr-fomin", *reports(store, "person/")} - {fomin(store)}:
            moved.append((f"/entities/{id}", f"/entities/{fomin(store)}"))
            moved.append((f"/entities/{id}/relationships", f"/entities/{fomin(store)}/relationships"))
        assert len(moved) == 7
        for path, location in moved:
            answer = rest.get(path, params={"limit": 5, "q": "a b"})
            assert (answer.status_code, answer.headers["location"]) == (308, f"{location}?limit=5&q=a+b"), path
            assert rest.get(path, follow_redirects=True).json() == rest.get(location).json()
        assert rest.get(f"/entities/{old}").status_code == 404
        assert rest.get("/events/person:aleksandr-fomin").status_code == 404


def test_rest_tells_sources_and_what_they_disagree_on() -> None:
    with stored(pact("a"), pact("b"), pact("c", 9, when="2018-08-08")) as store, client(store) as rest:
        (event,) = rest.get("/events").json()["items"]
    assert event["sources"] == 3
    assert event["disagreements"] == [
        {
            "property": "when",
            "about": None,
            "versions": [
                {"value": "2018-08-07", "articles": ["article:a", "article:b"]},
                {"value": "2018-08-08", "articles": ["article:c"]},
            ],
        }
    ]
