"""Lookups over the hand-made samples."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kg.answers.lookups import ENTITY_TYPES, Lookups
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter
from kg.errors import UnknownEntity
from kg.model import EventType, Place, Role, Stage, Status
from tests.extractions import sample_extractions


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with in_memory() as opened:
        for sample in sample_extractions():
            opened.put(sample, f"{sample.article.id}.txt")
        yield opened


@pytest.fixture(scope="module")
def lookups(store: Store) -> Lookups:
    return Lookups(store)


FOUND = [
    ("Pakistan", "state:PK"),
    ("pakistan ", "state:PK"),
    ("PK", "state:PK"),
    ("PAK", "state:PK"),
    ("state:PK", "state:PK"),
    ("Islamic Republic of Pakistan", "state:PK"),
    ("Pakstan", "state:PK"),
    ("Soviet Union", "state:RU"),
    ("Fomin", "person:alexander-fomin"),
    ("Fomim", "person:alexander-fomin"),
    ("alexander fom", "person:alexander-fomin"),
    ("Blaszczak", "person:mariusz-blaszczak"),
    ("Błaszczak", "person:mariusz-blaszczak"),
    ("mi-35", "equipment:mi-35m"),
    ("Rawalpindi", "place:rawalpindi"),
]


@pytest.mark.parametrize(("text", "id"), FOUND)
def test_search_finds_by_label_alias_code_id_and_with_typos(lookups: Lookups, text: str, id: str) -> None:
    assert lookups.search(text)[0].node.id == id


def test_search_keeps_to_types_and_limit(lookups: Lookups) -> None:
    assert {match.node.type for match in lookups.search("defence", ["Post"])} == {"Post"}
    assert len(lookups.search("a", limit=3)) <= 3
    assert len(lookups.search("Pakistan", limit=2)) == 2
    scores = [match.score for match in lookups.search("Pakistan")]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "\x00", "}} ?s", "xqzvwk", '"', "\\", "<urn:x>", "ж" * 1000])
def test_search_finds_nothing_where_nothing_is(lookups: Lookups, text: str) -> None:
    assert lookups.search(text) == []


def test_search_sees_what_is_added_and_removed() -> None:
    with in_memory() as store:
        lookups = Lookups(store)
        assert lookups.search("Fomin") == []
        store.put(sample_extractions()[0], "a.txt")
        assert lookups.search("Fomin")[0].node.label == "Alexander Fomin"
        store.remove("sample-1")
        assert lookups.search("Fomin") == []


@pytest.mark.parametrize(
    ("text", "id"), [row for row in FOUND if row[0] not in {"Pakstan", "Fomim", "alexander fom", "mi-35"}]
)
def test_a_name_resolves_to_its_entity(lookups: Lookups, text: str, id: str) -> None:
    assert lookups.resolve(text) == id


def test_the_name_of_a_state_means_the_state_though_a_place_has_it_too() -> None:
    with in_memory() as store:
        (extraction, *_) = sample_extractions()
        event = replace(extraction.events[0], place=Place("Kenya", "KE"))
        store.put(replace(extraction, events=(event, *extraction.events[1:])), "a.txt")
        lookups = Lookups(store)
        assert {match.node.type for match in lookups.search("Kenya") if match.node.label == "Kenya"} == {
            "State",
            "Place",
        }
        assert lookups.resolve("Kenya") == "state:KE"
        assert lookups.resolve("Kenya", ["Place"]) != "state:KE"


def test_an_unknown_name_is_an_error_with_the_nearest(lookups: Lookups) -> None:
    with pytest.raises(UnknownEntity, match="no entity 'Pakstan' in the store; did you mean Pakistan") as caught:
        lookups.resolve("Pakstan")
    assert caught.value.nearest[0] == "Pakistan"
    with pytest.raises(UnknownEntity, match="did you mean Fomin or Alexander Fomin"):
        lookups.entity("person:fomin")
    with pytest.raises(UnknownEntity, match="an id such as state:PK"):
        lookups.entity("state:XX")
    with pytest.raises(UnknownEntity, match="is no id"):
        lookups.entity('a b> } "')


def test_an_entity_has_names_posts_and_counts(lookups: Lookups) -> None:
    fomin = lookups.entity("person:alexander-fomin")
    assert (fomin.node.label, fomin.node.type, fomin.aliases) == ("Alexander Fomin", "Person", ("Fomin",))
    assert [node.id for node in fomin.represents] == ["state:RU"]
    assert fomin.ranks == ("Col Gen",)
    (post,) = fomin.posts
    assert (post.post.label, post.former, post.article, post.day) == (
        "Deputy Defence Minister", False, "article:sample-1", date(2018, 8, 8),
    )  # fmt: skip
    assert post.state is not None
    assert post.state.label == "Russia"
    assert [(count.type, count.number) for count in fomin.events] == [(EventType.AGREEMENT, 1), (EventType.MEETING, 1)]
    assert (fomin.first, fomin.last) == (date(2018, 8, 7), date(2018, 8, 7))


def test_a_state_has_codes_and_a_post_its_holders(lookups: Lookups) -> None:
    pakistan = lookups.entity("state:PK")
    assert (pakistan.iso2, pakistan.iso3) == ("PK", "PAK")
    assert pakistan.same_as == ("http://www.wikidata.org/entity/Q843",)
    post = lookups.entity("post:pk-foreign-minister")
    assert [(tenure.person.label, tenure.former) for tenure in post.posts] == [("Khawaja Asif", True)]


def test_relationships_name_counterpart_roles_date_and_sentence(lookups: Lookups) -> None:
    links = [link.relationship for link in lookups.relationships("state:PK").items]
    signing = next(
        link for link in links if link.counterpart.id == "person:alexander-fomin" and link.roles == ("party",)
    )
    assert signing.counterpart_roles == ("signatory",)
    assert (signing.event.when, signing.event.status, signing.event.confidence) == ("2018-08-07", Status.ACTUAL, 0.95)
    sentence = signing.event.sentences[0]
    text = sample_extractions()[0].article.text
    assert text[sentence.start : sentence.end] == sentence.exact
    assert (sentence.article, sentence.published, sentence.publisher) == (
        "article:sample-1", date(2018, 8, 8), "Sample Gazette",
    )  # fmt: skip
    session = next(link for link in links if link.event.type is EventType.MEETING)
    assert session.roles == ("participant", "host")
    days = [link.event.latest or date.min for link in links]
    assert days == sorted(days, reverse=True)
    assert not any(link.counterpart.id == "state:PK" for link in links)


def test_places_and_equipment_have_relationships(lookups: Lookups) -> None:
    sold = [link.relationship for link in lookups.relationships("equipment:mi-35m").items]
    assert {(link.roles, link.counterpart.id, link.counterpart_roles) for link in sold} == {
        (("item",), "state:RU", ("provider",)),
        (("item",), "state:PK", ("recipient",)),
    }
    assert {link.roles for link in lookups.relationships("place:rawalpindi").items} == {("place",)}


FILTERS = [
    (EventFilter(), 22),
    (EventFilter(types=(EventType.EXERCISE,)), 3),
    (EventFilter(statuses=(Status.CANCELLED,)), 2),
    (EventFilter(actors=("state:PK",)), 6),
    (EventFilter(actors=("state:PK",), types=(EventType.AGREEMENT,)), 2),
    (EventFilter(actors=("state:PK",), since=date(2018, 8, 1)), 4),
    (EventFilter(actors=("state:PK",), until=date(2018, 1, 31)), 2),
    (EventFilter(actors=("state:PK",), since=date(2018, 8, 7), until=date(2018, 8, 7)), 3),
    (EventFilter(article="sample-1"), 5),
    (EventFilter(article="article:sample-1", types=(EventType.VISIT,)), 1),
    (EventFilter(article="sample-2", actors=("state:PK",)), 0),
    (EventFilter(article="nowhere"), 0),
    (EventFilter(since=date(9000, 1, 1)), 0),
]


@pytest.mark.parametrize(("wanted", "number"), FILTERS)
def test_events_meet_the_filter(lookups: Lookups, wanted: EventFilter, number: int) -> None:
    found = list(lookups.all_events(wanted))
    assert len(found) == lookups.total(wanted) == number
    assert len({event.id for event in found}) == number
    days = [event.latest or date.min for event in found]
    assert days == sorted(days, reverse=True)


def test_an_unknown_actor_is_an_error(lookups: Lookups) -> None:
    with pytest.raises(UnknownEntity, match="state:XX"):
        lookups.events(EventFilter(actors=("state:XX",)))


def test_an_event_has_roles_goods_place_and_stage(lookups: Lookups) -> None:
    (sale,) = (event for event in lookups.all_events(EventFilter(article="sample-1", types=(EventType.ARMS_TRANSFER,))))
    event = lookups.event(sale.id)
    assert event == sale
    assert [(part.role, part.actor.id) for part in event.parts] == [
        (Role.PROVIDER, "state:RU"),
        (Role.RECIPIENT, "state:PK"),
    ]
    assert [(goods.equipment.id, goods.quantity, goods.amount) for goods in event.goods] == [
        ("equipment:mi-35m", 4, None)
    ]
    assert (event.stage, event.when, event.earliest, event.latest) == (
        Stage.DELIVERED, "2014-11/2018", date(2014, 11, 1), date(2018, 12, 31),
    )  # fmt: skip
    with pytest.raises(UnknownEntity, match="no event 'event:none'"):
        lookups.event("event:none")
    with pytest.raises(UnknownEntity, match="no event 'state:PK'"):
        lookups.event("state:PK")


def test_where_articles_differ_the_newest_wins() -> None:
    older = sample_extractions()[0]
    with in_memory() as store:
        store.put(older, "old.txt")
        lookups = Lookups(store)
        (event,) = lookups.all_events(EventFilter(types=(EventType.VISIT,)))
        graph = replace(older.article, id="newer", date=date(2019, 1, 1))
        later = replace(older, article=graph, events=())
        store.put(later, "new.txt")
        store.inner.update(
            f"PREFIX coop: <https://w3id.org/defcoop/ontology#> INSERT DATA "
            f"{{ GRAPH <{store.base}article/newer> {{ <{event.iri}> coop:status coop:Cancelled }} }}"
        )
        assert lookups.event(event.id).status is Status.CANCELLED
        store.remove("newer")
        assert lookups.event(event.id).status is Status.ACTUAL


def test_totals_count_each_thing_once(lookups: Lookups) -> None:
    found = lookups.totals()
    assert (found.articles, found.events) == (8, 22)
    assert sum(total.number for total in found.types) == 22
    assert sum(total.number for total in found.statuses) == 22
    assert {total.name for total in found.entities} <= set(ENTITY_TYPES)
    people = {actor.name for sample in sample_extractions() for actor in sample.people}
    assert next(total.number for total in found.entities if total.name == "Person") >= len(people)
    assert found.first == date(2014, 11, 1)
