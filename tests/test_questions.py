"""The competency questions, with their answers on samples made by hand; those on the articles are in test_samples."""

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rdflib.plugins.sparql import prepareQuery

from kg.rdf.quads import all_reference_quads, quads
from ontology.questions import Question, question, questions
from tests.extractions import sample_extractions

PARAMETERS = {
    "exercises-of-two-states": ('("AU" "JP")', '("IN" "JP")'),
    "history-of-two-states": ('("FR" "IN")', '("PK" "RU")'),
    "partners-of-a-state": ('{ "FR" }', '{ "PK" }'),
    "what-an-article-says": ('"rafale-2016"', '"sample-1"'),
    "who-signed-what": ('{ "IN" }', '{ "PK" }'),
}
"""What a query has for its parameter, which fits the sample articles, and what it is here."""

ANSWERS: dict[str, list[tuple[str, ...]]] = {
    "aid-and-training": [
        ("2022-03", "MilitaryAid", "Japan", "Ukraine", "helmets"),
        ("2022-03", "MilitaryAid", "Japan", "Ukraine", "protective vests"),
        ("2022-06/2022", "Training", "United Kingdom", "Ukraine", ""),
    ],
    "arms-transfers": [
        ("2014-11/2018", "Russia", "Pakistan", "Mi-35M", "4", "delivered"),
        ("2019-07-12", "Russia", "Turkey", "S-400", "", "delivered"),
        ("2022-04-05", "United States", "Poland", "M1A2", "250", "ordered"),
    ],
    "exercises-of-two-states": [
        ("2019", "India-Japan-United States exercise “Malabar”, 2019", "Malabar", "", "Actual"),
        (
            "2020-11-03/2020-11-06",
            "Australia-India-Japan-United States exercise “Malabar”, 3 Nov 2020 – 6 Nov 2020",
            "Malabar",
            "Bay of Bengal",
            "Actual",
        ),
        ("2021", "Australia-India-Japan-United States exercise “Malabar”, 2021", "Malabar", "", "Planned"),
    ],
    "history-of-two-states": [
        ("2014-11", "Agreement", "Pakistan-Russia agreement, Nov 2014", "Actual"),
        ("2014-11/2018", "ArmsTransfer", "Russia-Pakistan arms transfer, Nov 2014 – 2018", "Actual"),
        ("2018-02", "Visit", "Pakistan-Russia visit, Feb 2018", "Actual"),
        ("2018-08-07", "Agreement", "Pakistan-Russia agreement, 7 Aug 2018", "Actual"),
        (
            "2018-08-07",
            "Meeting",
            "Pakistan-Russia meeting “Russia-Pakistan Joint Military Consultative Committee”, 7 Aug 2018",
            "Actual",
        ),
    ],
    "not-yet-or-never": [
        ("Cancelled", "2019-07-17", "United States-Turkey arms transfer, 17 Jul 2019"),
        ("Cancelled", "2021-09", "France-Australia arms transfer, Sep 2021"),
        ("Planned", "2021", "Australia-India-Japan-United States exercise “Malabar”, 2021"),
        ("Planned", "2022/2035", "Italy-Japan-United Kingdom industrial project, 2022–2035"),
        ("Planned", "2027", "Germany-Lithuania deployment, 2027"),
        ("Proposed", "2022-02", "China-Pakistan-Argentina arms transfer, Feb 2022"),
        ("Proposed", "2022-02", "United States-Argentina arms transfer, Feb 2022"),
    ],
    "partners-of-a-state": [
        ("Russia", "5", "2014-11-01", "2018-12-31"),
    ],
    "what-an-article-says": [
        (
            "36",
            "139",
            "Pakistan-Russia agreement, 7 Aug 2018",
            "Actual",
            "Russia and Pakistan signed a pact in Rawalpindi on 7 August that opens Russian academies to Pakistanis.",
            "agreement.sample",
        ),
        (
            "141",
            "243",
            "Pakistan-Russia meeting “Russia-Pakistan Joint Military Consultative Committee”, 7 Aug 2018",
            "Actual",
            "The pact closed the first session of the Russia-Pakistan Joint Military Consultative Committee (JMCC).",
            "meeting.sample",
        ),
        (
            "245",
            "349",
            "Pakistan-Russia agreement, 7 Aug 2018",
            "Actual",
            "Deputy Defence Minister Col Gen Alexander Fomin and Defence Secretary Lt Gen Zamirul Hassan Shah signed.",
            "agreement.sample",
        ),
        (
            "351",
            "419",
            "Pakistan-Russia visit, Feb 2018",
            "Actual",
            "Khawaja Asif, then foreign minister, had been to Moscow in February.",
            "visit.sample",
        ),
        (
            "421",
            "498",
            "Pakistan-Russia agreement, Nov 2014",
            "Actual",
            "The neighbours first signed a defence cooperation agreement in November 2014.",
            "agreement.sample",
        ),
        (
            "500",
            "571",
            "Russia-Pakistan arms transfer, Nov 2014 – 2018",
            "Actual",
            "Pakistan has since received four Mi-35M attack helicopters from Russia.",
            "armstransfer.sample",
        ),
    ],
    "what-changed": [
        ("Australia", "India", "Exercise", "1", "2020-11-03"),
        ("Australia", "Japan", "Exercise", "1", "2020-11-03"),
        ("Australia", "United Kingdom", "Agreement", "1", "2021-09-15"),
        ("Australia", "United States", "Agreement", "1", "2021-09-15"),
        ("Australia", "United States", "Exercise", "1", "2020-11-03"),
        ("Germany", "United States", "Meeting", "1", "2022-04-26"),
        ("India", "Japan", "Exercise", "2", "2019-01-01"),
        ("India", "United States", "Exercise", "2", "2019-01-01"),
        ("Japan", "Ukraine", "MilitaryAid", "1", "2022-03-01"),
        ("Japan", "United States", "Exercise", "2", "2019-01-01"),
        ("Pakistan", "Russia", "Meeting", "1", "2018-08-07"),
        ("Pakistan", "Russia", "Visit", "1", "2018-02-01"),
        ("Poland", "United States", "Agreement", "1", "2022-04-05"),
        ("Poland", "United States", "ArmsTransfer", "1", "2022-04-05"),
        ("Russia", "Turkey", "ArmsTransfer", "1", "2019-07-12"),
        ("Ukraine", "United Kingdom", "Training", "1", "2022-06-01"),
        ("United Kingdom", "United States", "Agreement", "1", "2021-09-15"),
    ],
    "who-held-which-post": [
        ("Alexander Fomin", "Deputy Defence Minister", "Russia", "holds", "2018-08-08", "sample-1"),
        ("Arvydas Anušauskas", "Defence Minister", "Lithuania", "holds", "2023-12-19", "sample-8"),
        ("Boris Pistorius", "Defence Minister", "Germany", "holds", "2023-12-19", "sample-8"),
        (
            "Jens Stoltenberg",
            "Secretary General",
            "North Atlantic Treaty Organization",
            "holds",
            "2022-12-10",
            "sample-7",
        ),
        ("Khawaja Asif", "Foreign Minister", "Pakistan", "held before", "2018-08-08", "sample-1"),
        ("Lloyd Austin", "Secretary of Defense", "United States", "holds", "2022-12-10", "sample-7"),
        ("Mariusz Błaszczak", "Defence Minister", "Poland", "holds", "2022-04-06", "sample-6"),
        ("Zamirul Hassan Shah", "Defence Secretary", "Pakistan", "holds", "2018-08-08", "sample-1"),
    ],
    "who-met-whom": [
        ("2018-08-07", "Alexander Fomin", "Russia", "Zamirul Hassan Shah", "Pakistan", "Rawalpindi"),
        (
            "2022-04-26",
            "Jens Stoltenberg",
            "North Atlantic Treaty Organization",
            "Lloyd Austin",
            "United States",
            "Ramstein",
        ),
    ],
    "who-signed-what": [
        ("2014-11", "Pakistan-Russia agreement, Nov 2014", "Pakistan", "Russia", "", "", "Actual"),
        (
            "2018-08-07",
            "Pakistan-Russia agreement, 7 Aug 2018",
            "Pakistan",
            "Russia",
            "Alexander Fomin",
            "Russia",
            "Actual",
        ),
        (
            "2018-08-07",
            "Pakistan-Russia agreement, 7 Aug 2018",
            "Pakistan",
            "Russia",
            "Zamirul Hassan Shah",
            "Pakistan",
            "Actual",
        ),
    ],
    "whose-forces-are-where": [
        ("2027", "Germany", "Lithuania", "Germany-Lithuania deployment, 2027", "Planned"),
    ],
}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for extraction in sample_extractions():
        store.extend(quads(extraction))
    store.extend(all_reference_quads())
    return store


def answers(store: Store, query: str) -> list[tuple[str, ...]]:
    """The rows as text; what is not bound is empty."""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    rows = [tuple(row) for row in solutions]
    return [tuple(cell.value if isinstance(cell, NamedNode | Literal) else "" for cell in row) for row in rows]


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.id)
def test_answer(store: Store, asked: Question) -> None:
    written, meant = PARAMETERS.get(asked.id, ("SELECT", "SELECT"))
    assert asked.query.count(written) == 1
    assert answers(store, asked.query.replace(written, meant)) == ANSWERS[asked.id]


def test_every_answer_has_its_question() -> None:
    assert [asked.id for asked in questions()] == list(ANSWERS)
    assert len(ANSWERS) == 12


def test_another_engine_reads_every_query() -> None:
    read = [prepareQuery(asked.query) for asked in questions()]
    assert len(read) == len(ANSWERS)


@pytest.mark.parametrize(
    ("id", "old", "new", "count", "first"),
    [
        ("who-signed-what", '{ "IN" }', '{ "LT" }', 2, "Germany-Lithuania agreement, 18 Dec 2023"),
        ("who-signed-what", '{ "IN" }', "{ UNDEF }", 18, "Pakistan-Russia agreement, Nov 2014"),
        ("arms-transfers", "{ coop:Actual }", "{ coop:Proposed }", 3, "China"),
        ("who-held-which-post", "?code { UNDEF }", '?code { "PK" }', 2, "Foreign Minister"),
        ("partners-of-a-state", '{ "FR" }', '{ "US" }', 6, "2"),
        ("what-an-article-says", '"rafale-2016"', '"sample-5"', 2, "116"),
        ("history-of-two-states", '("FR" "IN")', '("RU" "PK")', 5, "Agreement"),
    ],
)
def test_other_parameters(store: Store, id: str, old: str, new: str, count: int, first: str) -> None:
    (asked,) = [asked for asked in questions() if asked.id == id]
    assert old in asked.query
    rows = answers(store, asked.query.replace(old, new))
    assert (len(rows), rows[0][1]) == (count, first)


def test_a_query_without_header_is_named() -> None:
    with pytest.raises(ValueError, match=r'bare.rq: start it with one line "# Title: ..."'):
        question("bare.rq", "SELECT * WHERE { ?s ?p ?o }")
