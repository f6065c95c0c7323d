"""Persons that the table of leaders knows by name: "Narendra Modi" at any time, "Modi" in the years of the term.

A full name is one person's. A surname alone is a leader's only near the term, and not with a rank or post that no
leader has.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from kg.persons.mentions import PersonMention
from kg.persons.words import Words, key
from kg.rdf.slugs import slug
from ontology import reference
from ontology.reference import Leader

RECALLED = 3
"""Years before and after a term in which the surname alone still means the leader."""

LATEST = 9999
"""The last year of a term that has not ended."""

DOUBTFUL = frozenset(
    {
        "abbott",
        "anand",
        "anwar",
        "aso",
        "austin",
        "barnier",
        "bennett",
        "bolton",
        "burkhard",
        "bush",
        "cameron",
        "cardoso",
        "clinton",
        "dempsey",
        "downer",
        "fallon",
        "gallant",
        "gates",
        "guler",
        "hammond",
        "harper",
        "healey",
        "johnson",
        "karis",
        "keating",
        "lasso",
        "marcos",
        "martinelli",
        "morrison",
        "mullen",
        "najib",
        "petro",
        "powell",
        "qureshi",
        "rowley",
        "teodoro",
        "truss",
        "tusk",
        "wallace",
        "williamson",
    }
)
"""Surnames that are words, places or many persons' names: alone they show no person, but tell a person's state."""

POSTS = frozenset(
    {
        "president",
        "minister",
        "premier",
        "pm",
        "secretary",
        "king",
        "queen",
        "emir",
        "sultan",
        "chancellor",
        "leader",
        "ruler",
        "prince",
        "chief",
        "chairman",
        "general",
        "taoiseach",
        "representative",
        "adviser",
        "pope",
        "commander",
        "pontiff",
        "strongman",
        "commissioner",
        "head",
        "speaker",
        "monarch",
        "counterpart",
        "governor",
        "senator",
    }
)
"""Words of posts with which a surname alone can be a leader's."""

JUNIOR = frozenset({"major", "captain", "lieutenant", "commander", "sergeant", "corporal", "private", "ensign"})
"""First or last words of ranks that no leader is named by."""

_TITLES = frozenset({"king", "queen", "prince", "sultan", "sheikh", "pope", "lord", "sir", "ayatollah", "sayyid"})
_BEFORE_RULE = frozenset({"administration", "government", "cabinet", "presidency", "team", "era", "regime"})
_AT = frozenset({"in", "near", "at", "into", "outside", "around"})


def _folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, hyphens and dots.

    >>> _folded("Recep Tayyip Erdoğan")
    ('recep', 'tayyip', 'erdogan')
    """
    return tuple(slug(name).split("-"))


def _spellings(leader: Leader) -> Iterable[tuple[str, ...]]:
    """Yield the names of a leader, also without a title before them."""
    for name in (leader.name, *leader.alt):
        words = _folded(name)
        yield words
        if words[0] in _TITLES and len(words) > 2:
            yield words[1:]


@cache
def _tables() -> tuple[dict[tuple[str, ...], tuple[Leader, ...]], dict[tuple[str, ...], tuple[Leader, ...]]]:
    """The leaders by full name, and by what is the end of a full name: surnames."""
    full: dict[tuple[str, ...], tuple[Leader, ...]] = {}
    short: dict[tuple[str, ...], tuple[Leader, ...]] = {}
    for leader in reference.leaders():
        names = dict.fromkeys(_spellings(leader))
        for name in names:
            part = len(name) == 1 or any(len(name) < len(other) and other[-len(name) :] == name for other in names)
            table = short if part and not _is_main(name, leader) else full
            table[name] = (*table.get(name, ()), leader)
    return full, short


def _is_main(name: tuple[str, ...], leader: Leader) -> bool:
    """Whether the name is the one that the table gives first, with or without a title."""
    main = _folded(leader.name)
    return name == main or (main[0] in _TITLES and len(main) > 2 and name == main[1:])


def full_name(name: str, year: int | None) -> Leader | None:
    """The leader of that full name; of several posts the one nearest to the year.

    None when two of them are equally near, or when two lines fit and no year is known.
    """
    return _nearest(_tables()[0].get(_folded(name), ()), year)


def surname(name: str, year: int | None) -> Leader | None:
    """The leader whose surname alone this is in that year; without a year, the only one of the name."""
    found = _tables()[1].get(_folded(name), ())
    return _nearest([one for one in found if is_current(one, year)], year)


def _distance(leader: Leader, year: int) -> int:
    """The years between the term and the year, 0 within the term."""
    return max(leader.start - year, year - (leader.end or LATEST), 0)


def _nearest(found: Sequence[Leader], year: int | None) -> Leader | None:
    """The leader nearest to the year, the later of two in office; `None` where they act for different sides."""
    if len({(one.state, one.organization) for one in found}) < 2:
        return found[0] if found else None
    if year is None:
        return None
    return min(found, key=lambda one: (_distance(one, year), -one.start))


def of(group: Sequence[PersonMention], year: int | None) -> Leader | None:
    """The leader that the mentions of one person speak of, in an article of that year."""
    names = list(dict.fromkeys(mention.name for mention in group))
    titled = [f"{post.name.split()[-1]} {m.name}" for m in group for post in m.posts if key(post.name) in _TITLES]
    known = next((leader for name in (*names, *titled) if (leader := full_name(name, year))), None)
    if known or not _could_lead(group):
        return known
    found = [surname(name, year) for name in names]
    return found[0] if found and all(one is not None and one == found[0] for one in found) else None


def is_current(leader: Leader, year: int | None) -> bool:
    """Whether an article of that year speaks of somebody in office or just out of it; so when no year is known."""
    return year is None or _distance(leader, year) <= RECALLED


def _could_lead(group: Sequence[PersonMention]) -> bool:
    """Whether ranks and posts of the person are such as leaders have."""
    ranks = {word for m in group if m.rank for word in key(m.rank).split()}
    if ranks & JUNIOR and "general" not in ranks:
        return False
    posts = {key(word) for m in group for post in m.posts for word in post.name.replace("-", " ").split()}
    return not posts or bool(posts & POSTS)


def shows(words: Words, start: int, end: int, name: str, year: int | None, things: frozenset[str]) -> bool:
    """Whether the words from `start` to `end` are a leader's name by themselves.

    A surname alone must stand as a person's does: no word in capitals next to it, no place and no thing of that name
    (`things` are the nouns behind such names: "class", "airport").
    """
    if full_name(name, year):
        return True
    if surname(name, year) is None or _folded(name)[-1] in DOUBTFUL or words.key(end) in things:
        return False
    ruled = words.key(end) in _BEFORE_RULE
    if words.key(start - 1) in _AT or (words.key(start - 1) in {"the", "a"} and not ruled):
        return False
    headline = words.sentences[start] in words.titled | words.shouted
    return headline or ruled or not (_capital(words, start - 1, start) or _capital(words, end, start))


def _capital(words: Words, i: int, start: int) -> bool:
    """Whether the word at `i` has a capital inside the sentence, so that the name may go on with it."""
    return words.together(i, start) and words.is_capital(i) and words.together(i - 1, i)
