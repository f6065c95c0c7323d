"""Small worlds of articles for tests of identity: few actors under many names, few acts told often."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kg.model import (
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

START = date(2018, 1, 1)
NAMES = (
    ("Alexander Fomin", "RU"),
    ("Aleksandr Fomin", "RU"),
    ("A. Fomin", "RU"),
    ("Fomin", "RU"),
    ("Igor Ivanov", "RU"),
    ("Sergei Ivanov", "RU"),
    ("Ivanov", "RU"),
    ("Muhammad Khan", "PK"),
    ("Mohammed Khan", "PK"),
    ("Muhammad Khan", "AF"),
    ("Asif Khan", "PK"),
)
POSTS = ("Defence Minister", "Minister of Defense", "Foreign Minister", "Army Chief")
BODIES = (
    ("Joint Military Consultative Committee", ("JMCC",), None),
    ("JMCC", (), None),
    ("Baltic Shipworks Ltd", (), "LT"),
    ("Baltic Shipworks", (), "LT"),
)

people = st.builds(
    lambda who, posts: Person(who[0], who[1], posts=tuple(Post(post, who[1]) for post in posts)),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(POSTS), max_size=1),
)
bodies = st.builds(lambda one: Organization(one[0], one[2], one[1]), st.sampled_from(BODIES))
states = st.sampled_from(("RU", "PK", "AF")).map(State)
whens = st.sampled_from((None, "2018", "2018-01", "2018-01-10", "2018-01-11", "2018-01-20"))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event of one of two types between few states, its evidence at the start of the text."""
    actors = [*draw(st.lists(states, min_size=1, max_size=3)), *draw(st.lists(people | bodies, max_size=2))]
    kind = draw(st.sampled_from((EventType.MEETING, EventType.AGREEMENT)))
    role = Role.PARTY if kind is EventType.AGREEMENT else Role.PARTICIPANT
    start = draw(st.integers(0, 30))
    return Event(
        kind,
        (Evidence(start, start + 5, TEXT[start : start + 5], "test", 0.9),),
        tuple(dict.fromkeys(Participation(role, actor) for actor in actors)),
        status=draw(st.sampled_from((Status.ACTUAL, Status.PLANNED))),
        when=draw(whens),
        place=draw(st.sampled_from((None, Place("Moscow", "RU")))),
        name=draw(st.sampled_from((None, "Friendship 2018", "Friendship 2019"))),
        items=draw(st.sampled_from(((), (Item("Mi-35M", 4),), (Item("Mi-35M", 6),)))),
    )


TEXT = "They met and signed and talked of what there was to talk of."


@st.composite
def extractions(draw: st.DrawFn, ids: str = "abcdef") -> Extraction:
    """One article of such a world; `ids` are the identifiers that articles may have."""
    published = draw(st.none() | st.integers(0, 40).map(lambda days: START + timedelta(days=days)))
    article = Article(draw(st.sampled_from(ids)), TEXT, date=published)
    found = draw(st.lists(events(), max_size=3))
    return Extraction(article, tuple(found), tuple(draw(st.lists(people, max_size=2))))
