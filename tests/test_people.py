"""Persons of an article: mentions of one person together, offices that stand for one, and states by evidence alone."""

from dataclasses import dataclass

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.english.tokens import tune
from kg.mentions import gazetteer
from kg.model import Person
from kg.persons import find_people
from kg.persons.homes import Home, home
from kg.persons.people import People, people
from tests.test_persons import TABLE


@dataclass(frozen=True, slots=True)
class Reader:
    """The tokenizer alone, without tags and recogniser, and the reference names."""

    nlp: Language

    def read(self, text: str, source: Home | None = None) -> tuple[Doc, People]:
        """The document and its persons."""
        doc = self.nlp(text)
        names = gazetteer.find(doc)
        return doc, people(doc, names, *find_people(doc, names), source)

    def person(self, text: str, name: str, source: Home | None = None) -> Person:
        """The one person of that name in `text`."""
        found = [person for person in self.read(text, source)[1].persons if person.name == name]
        assert len(found) == 1, [person.name for person in self.read(text, source)[1].persons]
        return found[0]


@pytest.fixture(scope="module")
def reader() -> Reader:
    nlp = tune(spacy.blank("en"))
    return Reader(nlp)


VISIT = (
    "Norwegian Deputy Defence Minister Col Gen Pavel Sorokin arrived on Monday. Gen Sorokin met Chief of the Army "
    "Staff Gen Tariq Hossain. The Norwegian deputy defence minister thanked Mr Hossain. Sorokin leaves on Friday."
)


def test_all_mentions_lead_to_one_person(reader: Reader) -> None:
    """Full name, rank with surname, office and surname alone are one person; the other one stays apart."""
    doc, found = reader.read(VISIT)
    assert [person.name for person in found.persons] == ["Pavel Sorokin", "Tariq Hossain"]
    texts = [[doc[link.start : link.end].text for link in found.links if link.person == i] for i in (0, 1)]
    assert texts[0] == ["Pavel Sorokin", "Sorokin", "Norwegian deputy defence minister", "Sorokin"]
    assert texts[1] == ["Tariq Hossain", "Hossain"]
    assert found.named_officials() == found.persons


def test_rank_post_and_state_merge(reader: Reader) -> None:
    """What one mention says holds for the person."""
    person = reader.person(VISIT, "Pavel Sorokin")
    assert (person.rank, person.state, person.alt) == ("Colonel General", "NO", ("Sorokin",))
    assert [(post.name, post.state, post.former) for post in person.posts] == [("Deputy Defence Minister", "NO", False)]


def test_a_person_without_post_is_no_official(reader: Reader) -> None:
    """An honorific makes a person, not an official."""
    _, found = reader.read("Mr Obuya wrote the report. Defence Minister Arvid Lindqvist read it.")
    assert [person.name for person in found.persons] == ["Obuya", "Arvid Lindqvist"]
    assert [person.name for person in found.named_officials()] == ["Arvid Lindqvist"]


STATES = [
    # the country's: the state named last before
    ("Kenya sent troops. The country's defence minister, Yusuf Adam, saw them off.", "Yusuf Adam", None, "KE"),
    # a post that only one state has
    ("Raksha Mantri Mohan Verma spoke.", "Mohan Verma", None, "IN"),
    ("White House spokesman Dan Whitlock spoke.", "Dan Whitlock", None, "US"),
    # an office of the same name
    ("Iraq's prime minister refused. Prime Minister Saad al-Tamimi said so on Friday.", "Saad al-Tamimi", None, "IQ"),
    # a state that leads up to its official
    ("China has good ties with Nepal, led by Prime Minister Hari Thapa.", "Hari Thapa", None, "NP"),
    # the adjective of a part of a state
    ("He met Kurdish Prime Minister Azad Barwari.", "Azad Barwari", None, "IQ"),
    # a rank behind a possessive
    ("Saudi Arabia's Brigadier General Nasser Harbi answered.", "Nasser Harbi", None, "SA"),
    # a government speaks of its own
    ("National Security Advisor Peter Hale met guests.", "Peter Hale", home("The White House"), "US"),
    # a newspaper does so when it speaks of its state
    ("President Anil Perera welcomed the ship to Sri Lanka.", "Anil Perera", home("The Daily (Sri Lanka)"), "LK"),
    # and not when it prints what an agency wrote on others
    ("Prime Minister George Hart came.", "George Hart", home("The Daily (Sri Lanka)"), None),
    # no evidence, no state
    ("President Walter Dunn called.", "Walter Dunn", None, None),
    # an organisation that belongs to no state
    ("NATO Secretary General Per Holmgren came to Poland. Poland thanked Holmgren.", "Per Holmgren", None, None),
    # a destination is not one's own
    ("Foreign Minister Ana Ruiz will travel to Poland.", "Ana Ruiz", None, None),
]


@pytest.mark.parametrize(("text", "name", "source", "state"), STATES, ids=lambda value: str(value)[:40])
def test_state_by_evidence(text: str, name: str, source: Home | None, state: str | None, reader: Reader) -> None:
    """The state that the article's words give, and none where they give none."""
    assert reader.person(text, name, source).state == state


def test_known_organisation(reader: Reader) -> None:
    """An organisation that the reference tables know comes with its id, however the article spells it."""
    person = reader.person("Nato Secretary General Per Holmgren spoke.", "Per Holmgren")
    assert person.organization is not None
    assert person.organization.key == "nato"
    assert person.state is None


def test_one_holder_of_a_post(reader: Reader) -> None:
    """A state whose president is named gets no second one."""
    text = "Turkish President Mehmet Kaya spoke in Ankara. The United States was told. He hailed President Walter Dunn."
    assert reader.person(text, "Walter Dunn").state == "US"


def test_a_past_post_is_former_and_gives_way(reader: Reader) -> None:
    """The present post says the state."""
    text = "Former Danish foreign minister Henrik Dahl, Secretary General of NATO, came."
    posts = reader.person(text, "Henrik Dahl").posts
    wanted = [("foreign minister", True), ("Secretary General of NATO", False)]
    assert [(post.name, post.former) for post in posts] == wanted


HOMES = [
    ("The Island (Sri Lanka)", None, Home("LK")),
    ("The White House", None, Home("US", government=True)),
    ("Kyodo News", None, Home("JP")),
    ("Reuters", "MANILA", Home("PH", publisher=False)),
    ("Reuters", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("publisher", "dateline", "wanted"), HOMES)
def test_home(publisher: str | None, dateline: str | None, wanted: Home | None) -> None:
    """The publisher's state, else the dateline's."""
    assert home(publisher, dateline) == wanted


def test_text_may_end_anywhere(reader: Reader) -> None:
    """Every beginning of every construction is read without an error, however it is cut off."""
    cut = 0
    for case in TABLE:
        for end in range(1, len(case["text"]), 3):
            reader.read(case["text"][:end])
            cut += 1
    assert cut > 2000


def test_recognised_names(reader: Reader) -> None:
    """A full name that the recogniser gives is a person; one word is believed when it speaks, and never a ship's."""
    doc = reader.nlp("Ivo Marek met troops. Lindt said so. The frigate Orlov left with Bruck.")
    words = [token.text for token in doc]
    spans = [(0, 2), *((words.index(name), words.index(name) + 1) for name in ("Lindt", "Orlov", "Bruck"))]
    doc.set_ents([Span(doc, start, end, label="PER") for start, end in spans])
    found, _ = find_people(doc, gazetteer.find(doc))
    assert [(mention.name, mention.official) for mention in found] == [("Ivo Marek", False), ("Lindt", False)]


def test_offices(reader: Reader) -> None:
    """Posts without a name, with state, definiteness and counterpart; "a minister" is not definite."""
    text = "The visiting Omani defence minister met his Turkish counterpart. A minister and Pentagon chief left."
    doc = reader.nlp(text)
    names = gazetteer.find(doc)
    _, found = find_people(doc, names)
    assert [(office.post, office.state, office.definite, office.counterpart) for office in found] == [
        ("defence minister", "OM", True, False),
        ("counterpart", "TR", True, True),
        ("minister", None, False, False),
        ("Pentagon chief", "US", True, False),
    ]
