"""Where an act took place and what it is called, sentence by sentence."""

from datetime import date
from functools import cache

import pytest

from kg.circumstances.settings import name_of, place_of
from kg.extraction import Extractor
from kg.model import Article, EventType
from kg.scenes import Scene, prose

A, M, V, X, D, T = (
    EventType.AGREEMENT,
    EventType.MEETING,
    EventType.VISIT,
    EventType.EXERCISE,
    EventType.DEPLOYMENT,
    EventType.TRAINING,
)

PLACES = [
    (M, "met", "The defence ministers of Chile and Peru met in Arequipa on Monday.", "Arequipa"),
    (X, "drilled", "German and Dutch paratroopers drilled at Hohenfels last week.", "Hohenfels"),
    (X, "exercise", "India and Oman held a naval exercise in the Bay of Bengal.", "Bay of Bengal"),
    (X, "drill", "The navies of France and India held a drill off Goa.", "Goa"),
    (M, "met", "The president met Japan's prime minister at the White House on Friday.", "White House"),
    (A, "signed", "Defence chiefs of Kuwait and the United States signed the document at the Pentagon.", "Pentagon"),
    (M, "met", "NATO defence ministers met in Brussels to talk about ammunition.", "Brussels"),
    (M, "talks", "The general held talks with his Turkish colleague in Tel Aviv.", "Tel Aviv"),
    (M, "talks", "Two ministers ended talks in The Hague without a deal.", "The Hague"),
    (V, "arrived", "Four Norwegian fighters arrived at Edwards Air Force Base in May.", "Edwards Air Force Base"),
    (X, "trained", "Japanese soldiers trained with US Marines at Camp Fuji.", "Camp Fuji"),
    (V, "docked", "A Chinese frigate docked at the port of Sihanoukville for three days.", "Sihanoukville"),
    (V, "landed", "Three Indian Su-30s landed at Paya Lebar Air Base.", "Paya Lebar Air Base"),
    (X, "exercise", "The two air forces held an exercise at Nyeri air base in Kenya.", "Nyeri air base"),
    (M, "met", "Ministers of the three states met in the Lithuanian seaside resort of Palanga.", "Palanga"),
    (V, "trip", "The French minister made a one-day trip to the Greek capital.", "Athens"),
    (M, "talks", "The two ministers held talks in the Egyptian capital on Sunday.", "Cairo"),
    (V, "visited", "The Omani chief of staff visited Nairobi in March.", "Nairobi"),
    (V, "visit", "The defence minister of Ghana paid a visit to Lomé.", "Lomé"),
    (V, "left", "General Okoro left Lagos for Accra on Tuesday.", "Accra"),
    (D, "sent", "Italy sent 200 soldiers to Djibouti under the agreement.", "Djibouti"),
    (D, "stationed", "Some 800 Dutch troops are stationed at Rukla in Lithuania.", "Rukla"),
    (D, "sent", "The United States has sent 90 soldiers to Garoua in Cameroon.", "Garoua"),
    (A, "signed", "The accord was signed in secret in Muscat by the two chiefs of staff.", "Muscat"),
    (A, "signed", "Poland and Sweden signed a letter of intent in Visby.", "Visby"),
    (A, "signed", "Poland and Sweden signed a letter of intent in Sweden.", None),
    (M, "met", "The admiral flew to Doha, where he met the Qatari chief of staff.", "Doha"),
    (M, "met", "The two leaders spoke after they met by video in Washington.", None),
    (M, "discussed", "The ministers discussed the situation in Mali.", None),
    (A, "agreement", "Under the agreement, troops of Singapore have used ranges in Douliou.", None),
    (X, "exercise", "The exercise will be held near Vilnius, officials in Washington said.", "Vilnius"),
    (A, "contract", "The contract may be signed in autumn, a spokesman said in Seoul.", None),
    (X, "exercise", "Ships of both navies held the exercise in waters off Mombasa.", "Mombasa"),
    (M, "summit", "The Madrid summit of NATO leaders dealt with deterrence.", "Madrid"),
    (X, "manoeuvres", "The manoeuvres took place south of Tromsø in February.", "Tromsø"),
    (V, "visit", "The frigate began a goodwill visit at Port Victoria in the Seychelles.", "Port Victoria"),
    (M, "met", "The minister met her Ukrainian counterpart at Ramstein air base.", "Ramstein air base"),
]  # fmt: skip

NAMES = [
    (X, "exercise", "India, Japan and the United States began exercise Malabar 2015 on Monday.", "Malabar 2015"),
    (X, "exercise", "Exercise Cope India 19 brought 200 American airmen to Kalaikunda.", "Cope India 19"),
    (X, "drills", "Marines of three countries opened the KAMANDAG 5 drills on Luzon.", "KAMANDAG 5"),
    (X, "exercise", "Thailand and the United States held the exercise known as Cobra Gold.", "Cobra Gold"),
    (X, "exercise", "The exercise, codenamed 'Desert Lance', ended on Friday.", "Desert Lance"),
    (X, "exercise", "The joint naval exercise “Brave Heron” began off Dakar.", "Brave Heron"),
    (X, "manoeuvres", "Troops of six nations joined the manoeuvres called Peace Anvil-97.", "Peace Anvil-97"),
    (X, "exercise", "The joint Omani-Qatari exercise Falaj-3 ended on Thursday.", "Falaj-3"),
    (X, "exercise", "The joint naval exercise \"ORYX-12\" of both states ended on Sunday.", "ORYX-12"),
    (X, "exercise", "A second exercise of the same kind, Silver Larch, follows in May.", "Silver Larch"),
    (X, "exercise", "Peru will hold Condor Patrol, an army exercise, in October.", "Condor Patrol"),
    (X, "drills", "From 28 to 30 June both armies will hold live-fire drills.", None),
    (X, "exercise", "A two-week joint exercise of both navies ended in March.", None),
    (X, "exercise", "The exercise will start on 5 May.", None),
    (M, "met", "The two generals met at the Shangri-La Dialogue on Saturday.", "Shangri-La Dialogue"),
    (M, "met", "The two generals met on the sidelines of the Munich Security Conference.", None),
    (M, "talks", "Both sides held the 2+2 Ministerial Dialogue in Delhi.", "2+2 Ministerial Dialogue"),
    (M, "meeting", "The Joint Military Commission of both states held its third meeting.", "Joint Military Commission"),
    (M, "session", "A session of the India-US Defence Policy Group opened on Monday.", "India-US Defence Policy Group"),
    (M, "dialogue", "Japan and Vietnam held their fourth defence policy dialogue.", "defence policy dialogue"),
    (M, "met", "Jordan's minister met with the Defence Committee of the parliament.", None),
    (A, "signed", "Tokyo and Seoul signed the General Security of Military Information Agreement (GSOMIA).",
     "General Security of Military Information Agreement"),
    (A, "signed", "The ministers signed a Letter of Intent on Tuesday.", "Letter of Intent"),
    (A, "signed", "The ministers signed a letter of intent on two patrol ships.", "letter of intent"),
    (A, "signed", "Ghana and the United States signed a Status of Forces Agreement.", "Status of Forces Agreement"),
    (A, "signed", "They signed the Treaty of Friendship and Cooperation in Minsk.",
     "Treaty of Friendship and Cooperation"),
    (A, "signed", "Manila and Washington signed the Enhanced Defense Cooperation Agreement in 2014.",
     "Enhanced Defense Cooperation Agreement"),
    (A, "treaty", "Neither side has left the Lombok Treaty that they concluded in 2006.", "Lombok Treaty"),
    (A, "signed", "Kenya and Turkey signed a military framework agreement.", "military framework agreement"),
    (A, "signed", "Oman and Chile signed a memorandum of understanding on defence cooperation.",
     "memorandum of understanding on defence cooperation"),
    (A, "ending", "The junta is ending the status-of-forces agreement with Paris.", "status-of-forces agreement"),
    (A, "signed", "Malta signed a contract for two ships.", None),
    (A, "agreement", "A defence agreement would help both states.", None),
    (D, "sent", "Ireland sent 120 soldiers to Mali under Operation Quiet River.", "Operation Quiet River"),
    (T, "trained", "Britain has trained Ukrainian recruits under Operation Interflex.", "Operation Interflex"),
]  # fmt: skip

AFTER = [
    (M, "talks", "The minister arrived in Baku on Monday.", "The talks dealt with drones.", "Baku"),
    (M, "received", "The envoy stopped in Algiers.", "He was received there by the chief of staff.", "Algiers"),
    (M, "met", "An accord was announced on Friday.", "The Iraqi general met his Jordanian colleague.", None),
]


@cache
def extractor() -> Extractor:
    """The shipped pipeline, loaded once."""
    return Extractor()


@cache
def scene(text: str) -> Scene:
    """The scene of an article that is this text."""
    article = Article("a", text, "", date(2024, 5, 8))
    return extractor().scene(article, extractor()._nlp(prose(article)))[0]


@pytest.mark.parametrize(("type", "trigger", "text", "expected"), PLACES)
def test_the_place_of_an_act(type: EventType, trigger: str, text: str, expected: str | None) -> None:
    read = scene(text)
    token = next(one for one in read.doc if one.text == trigger)
    found = place_of(read, token, type, read.doc[:])
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(("type", "trigger", "text", "expected"), NAMES)
def test_the_name_of_an_act(type: EventType, trigger: str, text: str, expected: str | None) -> None:
    read = scene(text)
    token = next((one for one in read.doc if one.lower_ == trigger), None) or next(
        one for one in read.doc if one.pos_ in {"VERB", "NOUN"}
    )
    assert name_of(read, token, type, read.doc[:]) == expected


@pytest.mark.parametrize(("type", "trigger", "before", "text", "expected"), AFTER)
def test_a_sentence_goes_on_where_the_one_before_was(
    type: EventType, trigger: str, before: str, text: str, expected: str | None
) -> None:
    read = scene(f"{before} {text}")
    token = next(one for one in read.doc if one.text == trigger)
    found = place_of(read, token, type, read.sentences[-1])
    assert (found.name if found else None) == expected


def test_there_are_enough_cases() -> None:
    assert len(PLACES) + len(NAMES) + len(AFTER) >= 70
