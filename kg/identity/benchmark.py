"""Measure what an article costs a store that is full: `python -m kg.identity.benchmark [--articles 100000]`.

A made-up world of twenty years fills a store in bulk; then the same new articles of that world go into it and into an
empty one in turn. Each is taken out again at once, so that every one of them finds the same store.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from time import perf_counter, thread_time

from kg.answers.opening import existing_or_new, in_memory
from kg.answers.store import Store
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
    State,
    Status,
)
from ontology import reference

START = date(2004, 1, 1)
DAYS = 20 * 365
"""The time that the articles are spread over."""
NEW = 200
"""Articles that are timed."""
WARMING = 20
"""Articles that go in and out before, for the caches of the disk and of the names."""
SEED = 7
WORDS = 40
"""Words of a sentence beyond the names: no two articles are copies of one text."""
RARE = 0.7
"""How many persons have a rare family name."""

BUSY = (
    "US RU CN IN GB FR TR UA DE PK JP KR IL SA AE AU IT PL EG IR VN ID PH ES GR BR CA NL SE NO FI RO AZ AM GE KZ BY RS "
    "QA KW IQ JO SY LB MY SG TH BD LK NG KE ZA ET"
)
"""The states of which most news are, by rank; the others follow in the order of their codes."""

TYPES = {
    EventType.MEETING: (30, Role.PARTICIPANT, Role.PARTICIPANT),
    EventType.VISIT: (17, Role.VISITOR, Role.HOST),
    EventType.AGREEMENT: (17, Role.PARTY, Role.PARTY),
    EventType.ARMS_TRANSFER: (13, Role.PROVIDER, Role.RECIPIENT),
    EventType.EXERCISE: (10, Role.PARTICIPANT, Role.PARTICIPANT),
    EventType.MILITARY_AID: (5, Role.PROVIDER, Role.RECIPIENT),
    EventType.TRAINING: (3, Role.PROVIDER, Role.RECIPIENT),
    EventType.DEPLOYMENT: (2, Role.SENDER, Role.HOST),
    EventType.INDUSTRIAL_PROJECT: (3, Role.PARTICIPANT, Role.PARTICIPANT),
}
"""How frequent a type is, in hundredths, and the roles of the first side and the others."""

POSTS = (
    (40, ("Defence Minister", "Minister of Defence", "Defense Minister")),
    (15, ("Foreign Minister", "Minister of Foreign Affairs")),
    (15, ("President",)),
    (10, ("Army Chief", "Chief of Army Staff")),
    (6, ("Deputy Defence Minister", "Deputy Minister of Defence")),
    (4, ("Prime Minister",)),
    (4, ("Navy Chief",)),
    (2, ("Air Force Commander",)),
    (2, ("Ambassador",)),
    (2, ("National Security Adviser",)),
)
"""How often the holder of a post is named, in hundredths, and its titles. Busy states have all, the others four."""

GIVEN = (
    "James Robert John Michael William David Thomas Charles Mark Steven Andrew Kenneth Susan Karen Anna Peter",
    "Alexander Sergei Dmitry Andrei Nikolai Igor Vladimir Yuri Oleg Mikhail Viktor Pavel Anatoly Ivan Olga Elena",
    "Muhammad Ahmed Asif Imran Rajesh Manohar Arun Nirmala Sanjay Vikram Tariq Khalid Bilal Ravi Anil Suresh",
    "Mohammed Abdullah Khalid Hassan Ali Hussein Omar Yusuf Ibrahim Faisal Sultan Hamad Mahmoud Tariq Salman Nasser",
    "Jose Carlos Luis Juan Miguel Pedro Fernando Jorge Ricardo Eduardo Antonio Manuel Maria Carmen Rafael Diego",
    "Wei Jun Ming Hiroshi Takeshi Taro Minh Van Duc Seung Dong Kyung Yong Jian Kenji Ryota",
)
FAMILY = (
    "Smith Johnson Brown Miller Davis Wilson Moore Taylor Anderson Jackson White Harris Martin Clark Lewis Walker Hall "
    "Young King Wright Hill Scott Green Adams Baker Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker",
    "Ivanov Petrov Sidorov Kuznetsov Popov Volkov Sokolov Fomin Shevchenko Bondarenko Kovalenko Morozov Pavlov Orlov "
    "Zakharov Zhukov Chernov Belov Tkachenko Kozlov Novak Horvat Gerasimov Medvedev Antonov Titov Lysenko Mironov",
    "Khan Singh Kumar Sharma Malik Hussain Iqbal Shah Chaudhry Rao Gupta Patel Verma Qureshi Akhtar Raza Bajwa Butt "
    "Mehta Nair Menon Reddy Joshi Mishra Ahmad Siddiqui Rahman Hossain Chowdhury Perera Fernando Silva",
    "Al-Saud Al-Thani Al-Nahyan Al-Sabah Al-Khalifa Hassan Hussein Mahmoud Saleh Mansour Haddad Khoury Fares Sharif "
    "Qasim Rashid Zaki Sobhi Fayyad Jaber Ghanem Attiyah Hamdan Najjar Shamsi Farouk Nasser Barakat",
    "Garcia Rodriguez Gonzalez Fernandez Lopez Martinez Sanchez Perez Gomez Diaz Ruiz Silva Santos Oliveira Souza "
    "Pereira Costa Almeida Ferreira Morales Ortega Castillo Vargas Rojas Herrera Medina Aguilar Mendoza Vega",
    "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Tanaka Suzuki Sato Watanabe Nakamura Kobayashi Nguyen Tran Pham "
    "Hoang Kim Park Lee Choi Jung Kang Onodera Kishi Ishiba Inada Gates Hayashi",
)
"""Given and family names of six parts of the world; as in life, many persons of a state share one."""
SYLLABLES = (
    (
        "Whit Ash Brad Hart Green Lang Mar Stan Thorn Wood Black Hol Pem Rad Cald Win",
        "ford ton ley worth man field by son",
    ),
    ("Bog Dan Kras Lav Mel Nov Gor Rom Sav Tim Vas Yar Zor Shap Chub Grig", "enko ovsky in ov uk ak ich evsky"),
    ("Bhat Deo Gow Jad Kul Mukh Nara Path Raj Sub Than Vij Wad Zar Chak Bhand", "ari kar erji nathan wal ani esh oja"),
    ("Abd Bad Daw Far Gham Had Jal Kaz Lat Mas Nur Qad Raf Sab Tay Zub", "allah ani ari oudi awi eddin ouri imi"),
    ("Alv Bel Cab Dom Esc Fig Gal Hid Ibar Jim Lar Mon Nav Ort Qui Sal", "ares monte rera inguez obar ueroa algo eno"),
    (
        "Ak Fuji Hara Ito Kuro Matsu Naka Oka Saka Taka Ueda Yama Shin Bae Chau Doan",
        "moto da gawa shima zaki mura no ta",
    ),
)
"""Beginnings and ends of the rarer family names."""
PARTS = {
    0: "US GB AU CA NZ IE DE NL SE NO FI DK BE AT CH KE ZA NG GH JM",
    1: "RU UA BY KZ RS BG PL CZ SK HR SI AM GE AZ MD KG UZ TJ TM",
    2: "IN PK BD LK NP AF MV BT",
    3: "SA AE EG IQ JO SY LB QA KW OM YE BH LY TN MA DZ SD TR IR ID MY",
    4: "ES PT BR AR MX CL CO PE VE EC BO UY PY CU IT PH AO MZ",
    5: "CN JP KR KP VN TW MN SG TH MM KH LA",
}
SPELLINGS = (
    ("sergei", "sergey"), ("alexander", "aleksandr"), ("mohammed", "mohamed"), ("muhammad", "mohammad"),
    ("yuri", "yury"), ("andrei", "andrey"), ("hussein", "husain"), ("ahmed", "ahmad"), ("khalid", "khaled"),
    ("dmitry", "dmitri"), ("mikhail", "mikhael"), ("nikolai", "nikolay"), ("yusuf", "youssef"), ("jose", "josé"),
)  # fmt: skip
MAKERS = "Baltic Northern Eagle Delta Orion Falcon Summit Atlas Vector Nova Titan Horizon Pioneer Crescent Meridian"
TRADES = "Shipworks Aerospace Dynamics Systems Armaments Avionics Optics Motors Electronics Robotics Shipyards Ordnance"
EXERCISES = "Friendship Shield Sabre Dragon Lion Eagle Storm Ocean Desert Mountain Trident Garuda Cobra Bright Sea Iron"
PACTS = (
    "Logistics Support Agreement",
    "General Security of Information Agreement",
    "Status of Forces Agreement",
    "Defence Cooperation Agreement",
    "Acquisition and Cross-Servicing Agreement",
    "Memorandum of Understanding on Maritime Security",
    "Visiting Forces Treaty",
)
GOODS = (
    "F-16 F-35A Su-30MKI Su-35 Mi-35M Mi-17 C-130J Rafale Gripen T-90 Leopard-2 Abrams HIMARS Patriot S-400 TB2 JF-17 "
    "Javelin Stinger Harpoon BrahMos Caesar K9 FA-50 Apache Chinook helicopters drones frigates submarines howitzers "
    "missiles ammunition radars vehicles"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A person in a post from one day to another, under all the names that newspapers use."""

    spellings: tuple[str, ...]
    state: str
    titles: tuple[str, ...]
    first: int
    last: int


@dataclass(slots=True)
class Act:
    """What happened on a day, and how many articles are still to tell of it."""

    type: EventType
    day: int
    sides: tuple[str, ...]
    figures: tuple[Figure, ...]
    bodies: tuple[Organization, ...]
    name: str | None
    place: Place
    items: tuple[Item, ...]
    left: int


@dataclass(slots=True)
class World:
    """A world of which articles tell; the same seed and number give the same ones."""

    articles: int
    random: Random = field(default_factory=lambda: Random(SEED))
    _figures: dict[str, list[tuple[int, list[Figure]]]] = field(default_factory=dict)
    _news: list[Act] = field(default_factory=list)
    _states: list[str] = field(default_factory=list)
    _shares: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._states = [*BUSY.split(), *sorted(_members() - set(BUSY.split()))]
        for rank, code in enumerate(self._states):
            self._shares.append((self._shares[-1] if rank else 0) + 1 / (rank + 3))
            posts = POSTS if rank < 40 else POSTS[:4]
            self._figures[code] = [(share, self._holders(code, titles)) for share, titles in posts]

    def extractions(self) -> Iterator[Extraction]:
        """What each article says, in the order of their days."""
        for number in range(self.articles):
            yield self._article(f"made-{number:06}", number * DAYS // self.articles)

    def _holders(self, code: str, titles: tuple[str, ...]) -> list[Figure]:
        found, day = list[Figure](), -self.random.randrange(1500)
        while day < DAYS:
            last = day + self.random.choice((500, 900, 1400, 1400, 1800, 2900, 3600))
            found.append(Figure(self._spellings(code), code, titles, day, last))
            day = last + 1
        return found

    def _spellings(self, code: str) -> tuple[str, ...]:
        part = next((part for part, codes in PARTS.items() if code in codes.split()), self._states.index(code) % 6)
        given, family = (self._common(names[part].split()) for names in (GIVEN, FAMILY))
        if self.random.random() < RARE:
            family = "".join(self.random.choice(ends.split()) for ends in SYLLABLES[part])
        middle = self.random.choice(GIVEN[part].split())
        name = f"{given} {middle} {family}" if part in (3, 4) and self.random.random() < 0.5 else f"{given} {family}"
        other = name.casefold()
        for one, another in SPELLINGS:
            other = other.replace(one, another)
        other = other.title() if other != name.casefold() else f"{given} {middle[0]}. {family}"
        return name, other, family

    def _common(self, names: Sequence[str]) -> str:
        """One of the names, the first ones more often."""
        return names[int(len(names) * self.random.random() ** 1.5)]

    def _article(self, id: str, day: int) -> Extraction:
        told = list[Act]()
        for _ in range(self.random.choice((2, 3, 3, 4))):
            act = self._act(day)
            if act not in told:
                told.append(act)
        names = dict[Figure, Person]()
        title = f"Defence news of day {day}"
        text, events = f"{title}\n\n", list[Event]()
        for act in told:
            event, sentence = self._event(act, day, names)
            evidence = Evidence(len(text), len(text) + len(sentence), sentence, f"{act.type.lower()}-made", 0.8)
            events.append(replace(event, evidence=(evidence,)))
            text += f"{sentence} "
        extra = self._figure(self._state(), day)
        people = (self._person(extra, names),) if extra and self.random.random() < 0.5 else ()
        article = Article(id, text, title, START + timedelta(days=day), publisher="Made-up Gazette")
        return Extraction(article, tuple(events), tuple(dict.fromkeys(people)))

    def _act(self, day: int) -> Act:
        """An act in the news, or a new one."""
        draw = self.random
        self._news = [act for act in self._news if act.left and act.day > day - 10]
        if self._news and draw.random() < 0.45:
            act = draw.choice(self._news)
        else:
            act = self._new_act(day)
            self._news.append(act)
        act.left -= 1
        return act

    def _new_act(self, day: int) -> Act:
        draw = self.random
        kind = draw.choices(list(TYPES), [share for share, *_ in TYPES.values()])[0]
        when = day - draw.choice((0, 0, 1, 1, 2, 3)) if draw.random() < 0.65 else day + draw.randrange(-1000, 200)
        many = draw.random()
        count = 2 if many < 0.88 else draw.randrange(3, 7) if many < 0.98 else draw.randrange(7, 20)
        sides = tuple(dict.fromkeys(self._state() for _ in range(count)))
        figures = (self._figure(code, day) for code in sides[:3] if draw.random() < 0.5)
        return Act(
            kind,
            when,
            sides,
            tuple(figure for figure in figures if figure),
            self._bodies(sides[0]),
            self._name(kind, sides, when),
            Place(*_capital(sides[-1])),
            self._items() if kind in (EventType.ARMS_TRANSFER, EventType.MILITARY_AID) else (),
            draw.choices((1, 2, 3, 4), (60, 20, 12, 8))[0],
        )

    def _state(self) -> str:
        return self.random.choices(self._states, cum_weights=self._shares)[0]

    def _figure(self, code: str, day: int) -> Figure | None:
        posts = self._figures[code]
        holders = self.random.choices(posts, [share for share, _ in posts])[0][1]
        return next((figure for figure in holders if figure.first <= day <= figure.last), None)

    def _bodies(self, code: str) -> tuple[Organization, ...]:
        draw = self.random.random()
        if draw < 0.06:
            listed = self.random.choice(_organizations())
            return (Organization(listed.label, listed.state, key=listed.id),)
        if draw < 0.14:
            name = f"{self._common(MAKERS.split())} {self._common(TRADES.split())}"
            return (Organization(f"{name} Ltd" if self.random.random() < 0.3 else name, code),)
        return ()

    def _name(self, kind: EventType, sides: Sequence[str], day: int) -> str | None:
        if kind is EventType.EXERCISE and self.random.random() < 0.6:
            series = Random("".join(sorted(sides)))
            year = (START + timedelta(days=day)).year
            return f"{series.choice(EXERCISES.split())} {series.choice(EXERCISES.split())} {year}"
        return self.random.choice(PACTS) if kind is EventType.AGREEMENT and self.random.random() < 0.3 else None

    def _items(self) -> tuple[Item, ...]:
        number = self.random.choice((None, 4, 6, 12, 24, 36, 100))
        worth = Decimal(self.random.randrange(1, 90)) * 10_000_000 if self.random.random() < 0.3 else None
        return (Item(self.random.choice(GOODS.split()), number, worth, "USD" if worth else None),)

    def _event(self, act: Act, day: int, names: dict[Figure, Person]) -> tuple[Event, str]:
        """The act as one article tells of it, still without evidence, and the sentence that does."""
        _, first, second = TYPES[act.type]
        actors = list[tuple[Role, Actor]]()
        for place, code in enumerate(act.sides):
            actors.append((first if place == 0 else second, State(code)))
        for figure in act.figures:
            role = first if figure.state == act.sides[0] else second
            told = self._person(figure, names)
            actors.append((Role.SIGNATORY if act.type is EventType.AGREEMENT else role, told))
        actors += [(first, body) for body in act.bodies]
        draw = self.random
        who = ", ".join(actor.code if isinstance(actor, State) else actor.name for _, actor in actors)
        event = Event(
            act.type,
            (),
            tuple(Participation(role, actor) for role, actor in dict.fromkeys(actors)),
            status=Status.ACTUAL if act.day <= day else Status.PLANNED if draw.random() < 0.8 else Status.PROPOSED,
            when=self._when(act.day),
            place=act.place if draw.random() < 0.5 else None,
            name=act.name if draw.random() < 0.8 else None,
            items=act.items if draw.random() < 0.8 else (),
            confidence=draw.choice((0.4, 0.6, 0.8, 0.9)),
        )
        more = " ".join("".join(draw.choices("aeioubcdfglmnprst", k=5)) for _ in range(WORDS))
        return event, f"{act.type.value} of {who} at {act.place.name}: {more}."

    def _when(self, day: int) -> str | None:
        """The day in EDTF as exactly as an article happens to give it."""
        text = (START + timedelta(days=day)).isoformat()
        return self.random.choices((text, text[:7], text[:4], None), (48, 23, 10, 19))[0]

    def _person(self, figure: Figure, names: dict[Figure, Person]) -> Person:
        """The person as the article names him or her throughout."""
        if figure not in names:
            name = self.random.choices(figure.spellings, (70, 15, 15))[0]
            title = self.random.choice(figure.titles) if self.random.random() < 0.8 else None
            names[figure] = Person(name, figure.state, posts=(Post(title, figure.state),) if title else ())
        return names[figure]


@cache
def _members() -> frozenset[str]:
    return frozenset(state.iso2 for state in reference.states() if state.un == "member")


@cache
def _capital(code: str) -> tuple[str, str]:
    return next(
        state.capitals[0] if state.capitals else state.label for state in reference.states() if state.iso2 == code
    ), code


@cache
def _organizations() -> list[reference.Organization]:
    return [one for one in reference.organizations() if one.state]


def fill(store: Store, extractions: Iterable[Extraction]) -> None:
    """Put the articles into a store that has none yet: in memory, and from there in bulk."""
    memory = in_memory(store.base)
    for extraction in extractions:
        memory.put(extraction, f"{extraction.article.id}.txt")
    known = set(store.inner)
    store.embedded.bulk_extend(quad for quad in memory.inner if quad not in known)


@dataclass(frozen=True, slots=True)
class Spent:
    """What it took to put one article, in milliseconds: of the processor, whatever else it does, and by the clock."""

    processor: float
    clock: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the new articles cost each store, and how much the full one holds, filled in so many seconds."""

    articles: int
    quads: int
    building: float
    full: tuple[Spent, ...]
    empty: tuple[Spent, ...]

    def table(self) -> str:
        """The figures for people: by the processor's time, then by the clock's."""
        measures: dict[str, Callable[[Spent], float]] = {
            "ms of the processor": lambda one: one.processor,
            "ms by the clock": lambda one: one.clock,
        }
        rows = list[str]()
        for name, measure in measures.items():
            full, empty = (tuple(map(measure, spent)) for spent in (self.full, self.empty))
            rows.append(f"{name:28}{'median':>9}{'90 %':>9}{'mean':>9}")
            for store, times in ((f"store of {self.articles} articles", full), ("empty store", empty)):
                rows.append(f"{store:28}{median(times):9.2f}{quantiles(times, n=10)[-1]:9.2f}{mean(times):9.2f}")
            ratios = median(full) / median(empty), mean(full) / mean(empty)
            rows.append(f"ratio of medians {ratios[0]:.2f}, of means {ratios[1]:.2f}")
        size = f"{self.quads} quads in the store, filled in {self.building:.0f} s"
        return "\n".join([*rows, f"{len(self.full)} new articles; {size}"]) + "\n"


def measured(articles: int, folder: Path) -> Cost:
    """What an article costs a store of so many articles and an empty one; both are made in the folder."""
    told = list(World(articles + NEW + WARMING).extractions())
    new = set(Random(SEED).sample(range(len(told)), NEW + WARMING))
    gc.collect()
    gc.freeze()
    start = perf_counter()
    with existing_or_new(folder / "full") as full, existing_or_new(folder / "empty") as empty:
        fill(full, [extraction for place, extraction in enumerate(told) if place not in new])
        gc.freeze()
        building = perf_counter() - start
        times: dict[Store, list[Spent]] = {full: [], empty: []}
        for count, place in enumerate(sorted(new, key=lambda place: (place % 97, place))):
            for store in (full, empty) if count % 2 else (empty, full):
                times[store].append(_put_and_removed(store, told[place]))
        return Cost(articles, len(full.embedded), building, tuple(times[full][WARMING:]), tuple(times[empty][WARMING:]))


def _put_and_removed(store: Store, extraction: Extraction) -> Spent:
    """What it took to put the article."""
    start, started = thread_time(), perf_counter()
    store.put(extraction, f"{extraction.article.id}.txt")
    spent = Spent((thread_time() - start) * 1000, (perf_counter() - started) * 1000)
    store.remove(extraction.article.id)
    return spent


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.identity.benchmark", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000, help="articles in the full store")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(measured(options.articles, Path(folder)).table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
