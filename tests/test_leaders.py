"""The table of leaders: consistent in itself, and the state of those whom an article names without a country."""

from itertools import combinations

import pytest
import spacy
from spacy.language import Language

from kg.english.tokens import tune
from kg.mentions import gazetteer
from kg.persons import find_people
from kg.persons.homes import Home, home
from kg.persons.people import People, people
from ontology.reference import Leader, leaders, organizations, states

LATEST = 2025


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The tokenizer alone, without tags and recogniser."""
    return tune(spacy.blank("en"))


def read(nlp: Language, text: str, year: int | None, source: Home | None = None) -> People:
    """The persons of a text of that year."""
    doc = nlp(text)
    names = gazetteer.find(doc)
    return people(doc, names, *find_people(doc, names, year), source, year)


FOUND = [
    # surnames alone, as subject, object and after a preposition
    ("Modi met Biden on the margins of the summit.", 2023, {"Modi": "IN", "Biden": "US"}),
    ("The general thanked Putin for the ships.", 2016, {"Putin": "RU"}),
    ("Zelensky asked for more launchers.", 2023, {"Zelensky": "UA"}),
    ("Talks between Merkel and Macron ended late.", 2019, {"Merkel": "DE", "Macron": "FR"}),
    ("A letter from Erdoğan reached the alliance.", 2020, {"Erdoğan": "TR"}),
    ("Duterte scrapped the pact, and Marcos revived it after Marcos said so.", 2021, {"Duterte": "PH"}),
    ("Xi's visit was put off.", 2015, {"Xi": "CN"}),
    ("Netanyahu, on the phone, refused.", 2018, {"Netanyahu": "IL"}),
    ("The Trump administration approved the sale.", 2019, {"Trump": "US"}),
    ("Kishida-led officials met Sunak.", 2023, {"Kishida": "JP", "Sunak": "GB"}),
    ("Le Drian signed for the frigates.", 2016, {"Le Drian": "FR"}),
    ("The frigates pleased al-Sisi.", 2015, {"al-Sisi": "EG"}),
    # surnames behind titles
    ("Mr Scholz arrived on Monday.", 2022, {"Scholz": "DE"}),
    ("President Ruto welcomed the instructors.", 2024, {"Ruto": "KE"}),
    ("Defence Secretary Gates doubted it.", 2008, {"Gates": "US"}),
    ("Gen Musharraf inspected the guard.", 2005, {"Musharraf": "PK"}),
    # former leaders are recalled for a while
    ("Obama had stopped the delivery.", 2019, {"Obama": "US"}),
    ("Sarkozy had promised the carriers.", 2014, {"Sarkozy": "FR"}),
    # full names, whatever the year
    ("Narendra Modi saw the jets fly.", 2023, {"Narendra Modi": "IN"}),
    ("Nelson Mandela opposed the purchase.", 2021, {"Nelson Mandela": "ZA"}),
    ("Recep Tayyip Erdogan hosted Ilham Aliyev.", 2020, {"Recep Tayyip Erdogan": "TR", "Ilham Aliyev": "AZ"}),
    ("Defence Minister Nirmala Sitharaman flew in.", 2018, {"Nirmala Sitharaman": "IN"}),
    ("Lloyd Austin rang up Sergei Shoigu.", 2022, {"Lloyd Austin": "US", "Sergei Shoigu": "RU"}),
    ("Gen. Raheel Sharif laid a wreath.", 2015, {"Raheel Sharif": "PK"}),
    ("Min Aung Hlaing received the admirals.", 2018, {"Min Aung Hlaing": "MM"}),
    ("Lee Hsien Loong toured the submarine.", 2017, {"Lee Hsien Loong": "SG"}),
    ("Mohammed bin Salman ordered the jets.", 2018, {"Mohammed bin Salman": "SA"}),
    # the year tells which post
    ("Stoltenberg praised the exercise.", 2008, {"Stoltenberg": "NO"}),
    ("Mark Rutte praised the exercise.", 2018, {"Mark Rutte": "NL"}),
    # no year known
    ("Lavrov left for the talks.", None, {"Lavrov": "RU"}),
]

ORGANIZATIONS = [
    ("Stoltenberg praised the exercise.", 2019, "Stoltenberg", "nato"),
    ("Mark Rutte praised the exercise.", 2025, "Mark Rutte", "nato"),
    ("Guterres asked for troops.", 2021, "Guterres", "united-nations"),
    ("Josep Borrell asked for shells.", 2023, "Josep Borrell", "european-union"),
]

NOBODY = [
    ("USS Carl Vinson and USS Gerald R. Ford sailed.", 2018),
    ("The carrier USS George H.W. Bush left port.", 2017),
    ("The Ford-class carriers are late.", 2017),
    ("Bush fires delayed the exercise.", 2003),
    ("In May the brigade went home.", 2017),
    ("The Gates of the base were shut.", 2009),
    ("Austin hosted the trade fair.", 2022),
    ("The Brown water force trained.", 2008),
    ("Powell Street was closed for the parade.", 2002),
    ("Obama Avenue was closed for the parade.", 2012),
    ("The Mandela class of frigates was cancelled.", 1998),
    ("Frigate Mandela was cancelled.", 1998),
    ("Troops trained in Hashimoto.", 1997),
    ("Johnson and Wallace shipyards got the order.", 2021),
    ("Truss bridges were laid by sappers.", 2022),
    ("Schroeder makes gearboxes for tanks.", 2022),
    ("Modi makes gearboxes for tanks.", 1999),
]

OTHERS = [
    # the article says another state, or another person
    ("Canadian Lieutenant General Joe Biden spoke.", 2022, "Joe Biden", "CA"),
    ("Mr Lalit Modi left. Modi was late.", 2020, "Lalit Modi", None),
    ("Capt. Putin steered the ship.", 2016, "Putin", None),
    ("Spokesman Macron answered.", 2019, "Macron", None),
    ("Mr Scholz arrived on Monday.", 2008, "Scholz", None),
    ("Mr Johnson arrived on Monday.", 2005, "Johnson", None),
]


@pytest.mark.parametrize(("text", "year", "wanted"), FOUND, ids=lambda value: str(value)[:40])
def test_state_of_a_leader(text: str, year: int | None, wanted: dict[str, str], nlp: Language) -> None:
    """A leader is a person with a state; no post is added to what the article gives."""
    found = {person.name: person for person in read(nlp, text, year).persons}
    assert {name: person.state for name, person in found.items() if name in wanted} == wanted
    for person in found.values():
        assert all(post.name in text for post in person.posts)


@pytest.mark.parametrize(("text", "year", "name", "organization"), ORGANIZATIONS)
def test_organization_of_a_leader(text: str, year: int, name: str, organization: str, nlp: Language) -> None:
    """Who leads an organisation acts for it and for no state."""
    (person,) = read(nlp, text, year).persons
    assert (person.name, person.state, person.posts) == (name, None, ())
    assert person.organization is not None
    assert person.organization.key == organization


@pytest.mark.parametrize(("text", "year"), NOBODY, ids=lambda value: str(value)[:40])
def test_no_leader(text: str, year: int, nlp: Language) -> None:
    """Ships, places, firms and plain words that are spelt like a leader's surname are nobody."""
    assert read(nlp, text, year).persons == ()


@pytest.mark.parametrize(("text", "year", "name", "state"), OTHERS, ids=lambda value: str(value)[:40])
def test_the_article_knows_better(text: str, year: int, name: str, state: str | None, nlp: Language) -> None:
    """What the article says of the person, rank, post and year keep the table's state away."""
    assert {person.name: person.state for person in read(nlp, text, year).persons}[name] == state


def test_the_table_wins_over_the_publisher(nlp: Language) -> None:
    """A guess by where the article comes from gives way."""
    source = home("The Island (Sri Lanka)")
    (person,) = read(nlp, "President Macron will come to Sri Lanka.", 2023, source).persons
    assert person.state == "FR"


def test_leaders_in_office_are_officials(nlp: Language) -> None:
    """Who leads now is listed without a post; who led long ago is not."""
    found = read(nlp, "Emmanuel Macron quoted Jacques Chirac.", 2023)
    assert [(person.name, person.posts) for person in found.named_officials()] == [("Emmanuel Macron", ())]


def side(leader: Leader) -> str:
    return leader.state or leader.organization or ""


def test_leaders_act_for_known_sides() -> None:
    """Each line has a known state or a known organisation, never both."""
    codes, bodies = {state.iso2 for state in states()}, {one.id for one in organizations()}
    assert len(leaders()) >= 1500
    assert {one.state for one in leaders() if one.state} <= codes
    assert {one.organization for one in leaders() if one.organization} <= bodies
    assert [one.id for one in leaders() if (one.state is None) == (one.organization is None)] == []
    assert len({one.state for one in leaders()}) > 120


def test_terms_are_sane() -> None:
    """Terms run forward, reach 1988 or later, and last no longer than a reign."""
    for one in leaders():
        end = one.end or LATEST
        assert 1940 < one.start <= end <= LATEST, one.id
        assert end >= 1989, one.id
        assert end - one.start <= 70, one.id


def test_a_leader_stands_once_for_each_side() -> None:
    """No person stands twice for one state, no name leads to two persons."""
    pairs = [(one.name, side(one)) for one in leaders()]
    assert len(set(pairs)) == len(pairs)
    owners: dict[str, set[str]] = {}
    for one in leaders():
        for name in (one.name, *(alt for alt in one.alt if " " in alt)):
            owners.setdefault(name.casefold(), set()).add(one.name)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_a_surname_is_one_leaders_at_a_time() -> None:
    """Two persons for different sides who share a surname are years apart."""
    found: dict[str, list[Leader]] = {}
    for one in leaders():
        for alt in one.alt:
            found.setdefault(alt.casefold(), []).append(one)
    for alt, sharing in found.items():
        for a, b in combinations(sharing, 2):
            if a.name != b.name and side(a) != side(b):
                first, second = sorted((a, b), key=lambda one: one.start)
                assert second.start - (first.end or LATEST) > 2, (alt, a.id, b.id)


def test_enough_cases() -> None:
    """At least thirty sentences with leaders or their namesakes, at least ten of nobody."""
    assert len(FOUND) + len(ORGANIZATIONS) + len(OTHERS) >= 30
    assert len(NOBODY) >= 10
