"""A small set of articles with what they say, made by hand: real public events, told in the project's own words.

Eight articles, 22 events of all nine types and all four statuses, with persons, posts, organisations, places and items.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kg.model import (
    Actor,
    Article,
    Event,
    EventType,
    Evidence,
    Extraction,
    Item,
    Organization,
    Participation,
    Person,
    Place,
    Post,
    Role,
    Stage,
    State,
    Status,
)

PK, RU, AU, GB, US, FR, PL, TR, IN, JP, IT, DE, LT, UA, AR, CN = (
    State(code)
    for code in ("PK", "RU", "AU", "GB", "US", "FR", "PL", "TR", "IN", "JP", "IT", "DE", "LT", "UA", "AR", "CN")
)
NATO = Organization("NATO", alt=("North Atlantic Treaty Organization",))
JMCC = Organization("Russia-Pakistan Joint Military Consultative Committee", alt=("JMCC",))

FOMIN = Person("Alexander Fomin", "RU", rank="Col Gen", posts=(Post("Deputy Defence Minister", "RU"),), alt=("Fomin",))
SHAH = Person("Zamirul Hassan Shah", "PK", rank="Lt Gen", posts=(Post("Defence Secretary", "PK"),))
ASIF = Person("Khawaja Asif", "PK", posts=(Post("Foreign Minister", "PK", former=True),))
BLASZCZAK = Person("Mariusz Błaszczak", "PL", posts=(Post("Defence Minister", "PL"),), alt=("Blaszczak",))
AUSTIN = Person("Lloyd Austin", "US", posts=(Post("Secretary of Defense", "US"),))
STOLTENBERG = Person("Jens Stoltenberg", None, NATO, posts=(Post("Secretary General", None, "NATO"),))
PISTORIUS = Person("Boris Pistorius", "DE", posts=(Post("Defence Minister", "DE"),))
ANUSAUSKAS = Person("Arvydas Anušauskas", "LT", posts=(Post("Defence Minister", "LT"),))


@dataclass(frozen=True, slots=True)
class Told:
    """An event and the parts of the text that show it, before these are located."""

    event: Event
    quotes: tuple[str, ...]


def sample_extractions() -> tuple[Extraction, ...]:
    """The articles with what they say, in the order of publication."""
    return (training_pact(), missiles(), naval_drill(), submarines(), fighters(), tanks(), ramstein(), brigade())


def roles(**actors: tuple[Actor, ...]) -> tuple[Participation, ...]:
    """Participations from `party=(PK, RU)` and the like."""
    return tuple(Participation(Role(role), actor) for role, named in actors.items() for actor in named)


def extraction(article: Article, *told: Told, people: tuple[Person, ...] = ()) -> Extraction:
    """The extraction with every quote located in the article's text; a quote that is not there is an error."""
    return Extraction(article, tuple(located(article, one) for one in told), people)


def located(article: Article, told: Told) -> Event:
    """The event with its evidence."""
    starts = [(article.text.index(quote), quote) for quote in told.quotes]
    rule = f"{told.event.type.lower()}.sample"
    evidence = tuple(Evidence(start, start + len(quote), quote, rule, 0.9) for start, quote in starts)
    return replace(told.event, evidence=evidence)


def article(id: str, day: date, title: str, *sentences: str) -> Article:
    """An article of these sentences, one paragraph each."""
    return Article(
        id, "\n\n".join((title, *sentences)), title, day, publisher="Sample Gazette", url=f"https://example.org/{id}"
    )


def told(
    type: EventType,
    participations: tuple[Participation, ...],
    *quotes: str,
    status: Status = Status.ACTUAL,
    when: str | None = None,
    place: Place | None = None,
    name: str | None = None,
    items: tuple[Item, ...] = (),
    stage: Stage | None = None,
    confidence: float = 0.9,
) -> Told:
    """An event and its quotes."""
    event = Event(type, (), participations, status, when, place, name, items, stage, confidence)
    return Told(event, quotes)


def training_pact() -> Extraction:
    """Pakistan and Russia, August 2018: a pact, a committee session, visits, an older pact and an older delivery."""
    session = "The pact closed the first session of the Russia-Pakistan Joint Military Consultative Committee (JMCC)."
    signing = "Russia and Pakistan signed a pact in Rawalpindi on 7 August that opens Russian academies to Pakistanis."
    persons = "Deputy Defence Minister Col Gen Alexander Fomin and Defence Secretary Lt Gen Zamirul Hassan Shah signed."
    visit = "Khawaja Asif, then foreign minister, had been to Moscow in February."
    older = "The neighbours first signed a defence cooperation agreement in November 2014."
    helicopters = "Pakistan has since received four Mi-35M attack helicopters from Russia."
    return extraction(
        article("sample-1", date(2018, 8, 8), "Russia to train Pakistani officers",
                signing, session, persons, visit, older, helicopters),
        told(EventType.AGREEMENT, roles(party=(PK, RU), signatory=(FOMIN, SHAH)), signing, persons,
             when="2018-08-07", place=Place("Rawalpindi", "PK"), stage=Stage.SIGNED, confidence=0.95),
        told(EventType.MEETING, roles(participant=(PK, RU, FOMIN, SHAH, JMCC), host=(PK,)), session,
             when="2018-08-07", place=Place("Rawalpindi", "PK"), name=JMCC.name),
        told(EventType.VISIT, roles(visitor=(PK, ASIF), host=(RU,)), visit,
             when="2018-02", place=Place("Moscow", "RU"), confidence=0.8),
        told(EventType.AGREEMENT, roles(party=(PK, RU)), older, when="2014-11", stage=Stage.SIGNED),
        told(EventType.ARMS_TRANSFER, roles(provider=(RU,), recipient=(PK,)), helicopters,
             when="2014-11/2018", items=(Item("Mi-35M", 4),), stage=Stage.DELIVERED, confidence=0.7),
        people=(FOMIN, SHAH, ASIF),
    )  # fmt: skip


def missiles() -> Extraction:
    """Turkey, July 2019: S-400 delivered, F-35 refused."""
    delivery = "The first Russian S-400 batteries reached Turkey's Murted air base on 12 July."
    refusal = "Five days later Washington shut Ankara out of the F-35 and will not hand over those that it ordered."
    return extraction(
        article("sample-2", date(2019, 7, 18), "Missiles in, fighters out", delivery, refusal),
        told(EventType.ARMS_TRANSFER, roles(provider=(RU,), recipient=(TR,)), delivery, when="2019-07-12",
             place=Place("Murted air base", "TR"), items=(Item("S-400"),), stage=Stage.DELIVERED),
        told(EventType.ARMS_TRANSFER, roles(provider=(US,), recipient=(TR,)), refusal, when="2019-07-17",
             status=Status.CANCELLED, items=(Item("F-35"),), stage=Stage.ORDERED, confidence=0.75),
    )  # fmt: skip


def naval_drill() -> Extraction:
    """India, the United States, Japan and Australia, November 2020; and the next edition."""
    drill = "India, the United States, Japan and Australia held Malabar in the Bay of Bengal from 3 to 6 November."
    earlier = "Last year the drill was held off Japan without Australia."
    following = "The four navies will meet again for Malabar in 2021."
    return extraction(
        article("sample-3", date(2020, 11, 7), "Four navies end Malabar drill", drill, earlier, following),
        told(EventType.EXERCISE, roles(participant=(IN, US, JP, AU), host=(IN,)), drill, name="Malabar",
             when="2020-11-03/2020-11-06", place=Place("Bay of Bengal")),
        told(EventType.EXERCISE, roles(participant=(IN, US, JP), host=(JP,)), earlier, name="Malabar", when="2019"),
        told(EventType.EXERCISE, roles(participant=(IN, US, JP, AU)), following, name="Malabar", when="2021",
             status=Status.PLANNED, confidence=0.8),
    )  # fmt: skip


def submarines() -> Extraction:
    """AUKUS and the French boats, September 2021."""
    pact = "Australia, Britain and the United States announced a pact called AUKUS on 15 September."
    boats = "Canberra scrapped its order for 12 Attack-class submarines from Naval Group of France."
    naval_group = Organization("Naval Group", "FR")
    return extraction(
        article("sample-4", date(2021, 9, 17), "Three allies, one angry friend", pact, boats),
        told(EventType.AGREEMENT, roles(party=(AU, GB, US)), pact, name="AUKUS", when="2021-09-15", stage=Stage.AGREED),
        told(EventType.ARMS_TRANSFER, roles(provider=(FR, naval_group), recipient=(AU,)), boats, when="2021-09",
             status=Status.CANCELLED, items=(Item("Attack-class submarines", 12),), stage=Stage.ORDERED),
    )  # fmt: skip


def fighters() -> Extraction:
    """Argentina weighs two fighters of rival suppliers, in one sentence."""
    offers = "Argentina is weighing the JF-17 of China and Pakistan against 24 used American F-16s."
    return extraction(
        article("sample-5", date(2022, 2, 10), "Argentina looks for a fighter", offers),
        told(EventType.ARMS_TRANSFER, roles(provider=(CN, PK), recipient=(AR,)), offers, when="2022-02",
             status=Status.PROPOSED, items=(Item("JF-17"),), stage=Stage.OFFERED, confidence=0.6),
        told(EventType.ARMS_TRANSFER, roles(provider=(US,), recipient=(AR,)), offers, when="2022-02",
             status=Status.PROPOSED, items=(Item("F-16", 24),), stage=Stage.OFFERED, confidence=0.6),
    )  # fmt: skip


def tanks() -> Extraction:
    """Poland orders tanks, April 2022."""
    order = "Poland and the United States signed a contract for 250 M1A2 Abrams worth $4.75 billion on 5 April."
    signer = "Defence Minister Mariusz Błaszczak put his name to it at a barracks near Warsaw."
    return extraction(
        article("sample-6", date(2022, 4, 6), "Poland buys Abrams", order, signer),
        told(EventType.AGREEMENT, roles(party=(PL, US), signatory=(BLASZCZAK,)), order, signer, when="2022-04-05",
             place=Place("Warsaw", "PL"), stage=Stage.SIGNED, confidence=0.95),
        told(EventType.ARMS_TRANSFER, roles(provider=(US,), recipient=(PL,)), order,
             when="2022-04-05", stage=Stage.ORDERED,
             items=(Item("M1A2 Abrams", 250, Decimal(4_750_000_000), "USD", "$4.75 billion"),)),
        people=(BLASZCZAK,),
    )  # fmt: skip


def ramstein() -> Extraction:
    """Support for Ukraine, 2022: talks, aid, training."""
    talks = "US Secretary of Defense Lloyd Austin met NATO Secretary General Jens Stoltenberg at Ramstein on 26 April."
    aid = "Japan had flown helmets and protective vests to Ukraine in March."
    training = "Britain has trained Ukrainian recruits since June under Operation Interflex."
    project = "Britain, Italy and Japan, for their part, are to develop a fighter together by 2035."
    return extraction(
        article("sample-7", date(2022, 12, 10), "A year of support", talks, aid, training, project),
        told(EventType.MEETING, roles(participant=(US, AUSTIN, NATO, STOLTENBERG), host=(DE,)), talks,
             when="2022-04-26", place=Place("Ramstein", "DE")),
        told(EventType.MILITARY_AID, roles(provider=(JP,), recipient=(UA,)), aid, when="2022-03",
             items=(Item("helmets"), Item("protective vests"))),
        told(EventType.TRAINING, roles(provider=(GB,), recipient=(UA,)), training, when="2022-06/2022",
             name="Operation Interflex"),
        told(EventType.INDUSTRIAL_PROJECT, roles(participant=(GB, IT, JP)), project, when="2022/2035",
             status=Status.PLANNED, items=(Item("fighter"),), confidence=0.7),
        people=(AUSTIN, STOLTENBERG),
    )  # fmt: skip


def brigade() -> Extraction:
    """Germany and Lithuania, December 2023."""
    roadmap = "Boris Pistorius and his Lithuanian colleague Arvydas Anušauskas signed a plan in Vilnius on 18 December."
    stationing = "It brings a German brigade to Lithuania by 2027."
    return extraction(
        article("sample-8", date(2023, 12, 19), "A brigade for Lithuania", roadmap, stationing),
        told(EventType.AGREEMENT, roles(party=(DE, LT), signatory=(PISTORIUS, ANUSAUSKAS)), roadmap, when="2023-12-18",
             place=Place("Vilnius", "LT"), stage=Stage.SIGNED, confidence=0.95),
        told(EventType.DEPLOYMENT, roles(sender=(DE,), host=(LT,)), stationing, when="2027", status=Status.PLANNED),
        people=(PISTORIUS, ANUSAUSKAS),
    )  # fmt: skip
