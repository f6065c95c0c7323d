"""Which time of a sentence, or before it, dates an act."""

from datetime import date
from functools import cache

import pytest

from kg.acts.completion import dated
from kg.circumstances.chronicle import before, is_recalled, lead_day, opens_paragraph
from kg.circumstances.occasions import date_of
from kg.circumstances.tenses import ahead
from kg.edtf import bounds
from kg.extraction import Extractor
from kg.model import Article, Event, EventType, Evidence, Status
from kg.scenes import Scene, prose

PUBLISHED = date(2018, 8, 8)
"""A Wednesday."""

SENTENCES = """
visited | 2018-08-06 | The Danish admiral visited Oslo on Monday.
visited | 2018-08-06 | On Monday, the Danish admiral visited Oslo.
visited | 2016-03 | In March 2016 the Danish admiral, who had joined the navy in 1984, visited Oslo.
signed | 2015 | Peru signed the pact in 2015 and ratified it in 2017.
ratified | 2017 | Peru signed the pact in 2015 and ratified it in 2017.
visited | 1998-11 | The minister visited Lima in November 1998, and the admiral flew to Quito in 2001.
flew | 2001 | The minister visited Lima in November 1998, and the admiral flew to Quito in 2001.
delivered | 2014 | Italy delivered two frigates in 2014 under a contract which Oman had signed in 2011.
signed | 2011 | Italy delivered two frigates in 2014 under a contract which Oman had signed in 2011.
arrived | 2018-02 | She thanked Poland for hosting the brigade, which arrived in February.
met | 2018-08-07 | The two ministers met on Tuesday, a day before the drill.
signed | 2018-08-03 | On Friday Chad and Togo signed an accord that will let soldiers train in Lome next year.
train | 2019 | On Friday Chad and Togo signed an accord that will let soldiers train in Lome next year.
visit | 2018-09 | Kenya said that its president will visit Kigali in September.
exercise | 2018-10 | The exercise will be held off Dakar in October.
exercise | 2017-10 | The exercise was held off Dakar in October.
visit | 2018-08-10 | The general is due in Rabat on Friday for a visit.
drill | 2018-08-05/2018-08-10 | The drill off Malta runs from 5 to 10 August.
exercise | 2017-05-02/2017-05-06 | The exercise was held near Riga from May 2 to 6, 2017.
exercise | 2017-05-02/2017-05-06 | Last year's exercise was held near Riga from May 2 to 6, 2017.
met | 2018-08-07 | Earlier this week, on Tuesday, he met the Omani chief of staff.
visited | 2018-08-07 | This month, on 7 August, he visited Muscat.
accord | 2014 | The 2014 accord lets both navies refuel.
treaty | 1951 | Both sides are bound by the treaty of 1951.
signed | 2018-08-07 | The ministers signed on Tuesday a protocol to the 2006 treaty.
bought | 2012 | Chile bought tanks in 2012 from Germany.
withdrew | 2013-12 | The last Irish soldiers withdrew from Chad in December 2013.
trained | 2009 | Officers from Togo were trained in France in 2009, and in 2016 they joined the mission.
delivered | 2018-07 | The first boat was delivered last month.
delivered | 2019 | The first boat will be delivered next year.
ordered | 2010 | The boats that Fiji ordered in 2010 are old.
deployed | 2014/2018 | Irish soldiers have been deployed in Lebanon since 2014.
signed | None | Peru and Chile signed a pact on mines.
agreed | None | Peru agreed to send soldiers, who will stay there until 2030.
undertook | None | Both sides undertook to leave the valley by the year 2040.
said | None | He said that the navy wants peace.
"""

CASES = [tuple(part.strip() for part in line.split("|")) for line in SENTENCES.strip().splitlines()]

STORIES = r"""
signed | 2016-03-12 | He was in Oslo for a week.\n\n12 March 2016: Oman and Italy signed a pact.
signed | 2016-03-12 | He was in Oslo.\n\n12 March 2016: Oman opened talks. Its minister and Italy's signed a pact.
bought | 2017 | He was in Oslo.\n\n12 March 2016: Oman bought two boats in 2017.
visited | 2015-05 | Notes on the navy.\n\nMay 2015\n\nThe admiral visited Lima.
called | 2014-05-07 | On 5 May 2014 the frigate left Split. Two days later it called at Bar.
called | 2015-06 | On 5 May 2015 the frigate left Split. The following month it called at Bar.
met | 2018-08-06 | The ministers signed a pact on Tuesday. The previous day they met the king.
called | 2012-09 | The pact is of June 2012. A frigate called at Bar in September that year.
called | 2018-07 | The drill will be held in October. A frigate called at Bar last month.
called | None | On 5 May 2014 the frigate left Split. It called at Bar.
"""

TOLD = [tuple(part.strip() for part in line.split("|")) for line in STORIES.strip().splitlines()]

TENSES = """
True | Friday | The ship will sail on Friday.
True | Friday | The ship is to sail on Friday.
True | Friday | The ship would sail on Friday.
True | Friday | He plans to sail on Friday.
True | Friday | The ship is due on Friday.
False | Friday | The ship sailed on Friday.
False | Friday | The ship has sailed on Friday.
False | Friday | The ship was in Bar on Friday.
False | Friday | On Friday they agreed that the ship will sail.
None | Friday | The ship sails on Friday.
"""

CLAUSES = [tuple(part.strip() for part in line.split("|")) for line in TENSES.strip().splitlines()]


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def scene(text: str, published: date | None = PUBLISHED) -> Scene:
    """The parsed article that has this text."""
    article = Article("test", text, date=published)
    whole = extractor()
    doc = whole._nlp(prose(article))
    return whole.scene(article, doc)[0]


def found(word: str, text: str) -> str | None:
    told = scene(text)
    trigger = next(token for token in told.doc if token.text == word)
    sentence = next(one for one in told.sentences if one.start <= trigger.i < one.end)
    return date_of(told, trigger, sentence, False)


@pytest.mark.parametrize(("word", "when", "text"), CASES, ids=lambda part: part[:60])
def test_act_has_the_time_of_its_own_clause(word: str, when: str, text: str) -> None:
    assert str(found(word, text)) == when


@pytest.mark.parametrize(("word", "when", "text"), TOLD, ids=lambda part: part[:60])
def test_act_takes_the_date_that_heads_it_or_counts_from_the_last_one(word: str, when: str, text: str) -> None:
    assert str(found(word, text.replace("\\n", "\n"))) == when


@pytest.mark.parametrize(("future", "word", "text"), CLAUSES, ids=lambda part: part[:60])
def test_tense_says_whether_a_time_lies_ahead(future: str, word: str, text: str) -> None:
    token = next(token for token in scene(text).doc if token.text == word)
    answers = {ahead(token, assumed) for assumed in (True, False)}
    assert answers == {"True": {True}, "False": {False}, "None": {True, False}}[future]


@pytest.mark.parametrize(
    ("kind", "status", "told", "when"),
    [
        (EventType.MEETING, Status.ACTUAL, None, "2018-08-07"),
        (EventType.ARMS_TRANSFER, Status.ACTUAL, None, "2018-08-07"),
        (EventType.TRAINING, Status.ACTUAL, None, None),
        (EventType.DEPLOYMENT, Status.ACTUAL, None, None),
        (EventType.ARMS_TRANSFER, Status.PROPOSED, None, "2018-08"),
        (EventType.VISIT, Status.CANCELLED, None, "2018-08"),
        (EventType.VISIT, Status.PLANNED, None, None),
        (EventType.ARMS_TRANSFER, Status.PROPOSED, "2025", "2018-08"),
        (EventType.ARMS_TRANSFER, Status.PROPOSED, "2012", "2012"),
        (EventType.MEETING, Status.ACTUAL, "2016", "2016"),
        (EventType.EXERCISE, Status.PLANNED, "2019", "2019"),
    ],
)
def test_act_without_a_day_has_the_date_of_the_news(
    kind: EventType, status: Status, told: str | None, when: str | None
) -> None:
    text = "The ministers met on Tuesday. They signed a pact."
    start = text.index("They")
    event = Event(kind, (Evidence(start, len(text), text[start:], "test", 0.5),), (), status, told)
    news = scene(text)
    assert dated(event, lead_day(news), news).when == when


def test_later_acts_of_an_article_have_its_month() -> None:
    text = "The ministers met on Tuesday. " + "It rained. " * 6 + "They signed a pact."
    start = text.index("They")
    event = Event(EventType.MEETING, (Evidence(start, len(text), text[start:], "test", 0.5),), (), Status.ACTUAL)
    news = scene(text)
    assert dated(event, lead_day(news), news).when == "2018-08"


@pytest.mark.parametrize(
    ("text", "recalled"),
    [
        ("The ministers signed a pact.", False),
        ("The ministers signed a pact on Tuesday.", True),
        ("The ministers had earlier signed a pact.", True),
        ("The crews have already been trained.", True),
        ("The ministers praised the 2014 accord.", False),
    ],
)
def test_sentence_with_its_own_time_or_a_look_back_is_no_news(text: str, recalled: bool) -> None:
    assert is_recalled(scene(text), 0) is recalled


def test_day_of_the_news_is_the_first_recent_one_of_the_lead() -> None:
    text = "Oman bought boats in 2012. The ministers met on Tuesday. They will meet again on Friday."
    assert lead_day(scene(text)) == "2018-08-07"
    assert lead_day(scene(text, None)) is None


def test_a_day_later_counts_from_the_lead_where_nothing_nearer_is_named() -> None:
    text = "The ministers met on Tuesday. It rained. It blew. It snowed. The day after, they signed."
    told = scene(text)
    assert before(told, told.sentences[-1]).told == "2018-08-07"


def test_paragraphs_open_behind_line_breaks() -> None:
    told = scene("The ministers met.\n\nThey signed a pact. Then they left.")
    assert [opens_paragraph(told, i) for i in range(3)] == [True, True, False]


def test_table_is_whole() -> None:
    assert (len(CASES), len(TOLD), len(CLAUSES)) == (36, 10, 10)
    for _, when, _ in (*CASES, *TOLD):
        assert when == "None" or bounds(when)
