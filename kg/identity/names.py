"""Names of persons, compared: transliterations, initials, missing middle names, the family name first or last."""

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from kg.rdf.slugs import slug

PARTICLES = frozenset(
    "al el ul ad as ash bin ibn bint de del della der den di da das do dos du la le van von ter abu y e".split()
)
"""Words in names that some writers leave out."""
SUFFIXES = frozenset("jr sr ii iii iv".split())
FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KH", "KP", "KR", "MN", "SG", "TW", "VN"})
"""States where the family name is often the first."""

SAME = 1.0
SPELT = 0.95
SHORT = 0.85
"""How far a word of a name is taken for another: the very same, in another spelling, by an initial or a short form."""

_SOUNDS = (
    ("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("ts", "s"), ("tz", "s"), ("cz", "s"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("dj", "j"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("w", "v"), ("z", "s"),
    ("c", "k"), ("th", "t"), ("dh", "d"), ("bh", "b"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyh]|(?<=[aeiou])j|(?<=[ao])v(?=[aeiou])")
_TWICE = re.compile(r"(.)\1+")
_FEMININE = re.compile(r"(ov|ev|in|sk)(a|aya|aia)$")

NICKNAMES = {
    frozenset(pair.split("/"))
    for pair in (
        "alexander/alex alexander/sasha andrew/andy anthony/tony antony/tony benjamin/ben charles/chuck "
        "charles/charlie christopher/chris daniel/dan david/dave donald/don edward/ed edward/ted frederick/fred "
        "gerald/gerry "
        "gregory/greg james/jim james/jimmy jeffrey/jeff john/jack joseph/joe kenneth/ken lawrence/larry leonard/len "
        "matthew/matt michael/mike nicholas/nick patrick/pat peter/pete philip/phil raymond/ray richard/dick "
        "richard/rick robert/bob robert/rob ronald/ron samuel/sam stephen/steve steven/steve theodore/ted thomas/tom "
        "timothy/tim vincent/vince walter/walt william/bill william/will elizabeth/liz katherine/kate margaret/peggy "
        "susan/sue francisco/paco jose/pepe joseph/joe johannes/joe sergei/serhiy sergey/serhii sergei/siarhei "
        "nikolai/mykola nikolai/mikalai igor/ihor oleg/oleh grigory/hryhoriy evgeny/yevhen yevgeny/yevhen "
        "vladimir/volodymyr vladimir/uladzimir alexei/oleksii alexei/oleksiy andrei/andriy dmitry/dmytro park/pak "
        "lee/yi "
        "lee/rhee choi/choe jung/jeong jung/chung jeong/chung cho/jo "
        "gamal/jamal gaber/jaber"
    ).split()
}
"""Names and what newspapers make of them: short forms, the same name in a sister language, other romanisations."""


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell persons apart, in small ASCII letters.

    >>> words("Abdel Fattah el-Sisi"), words("Lloyd J. Austin III")
    (('abdel', 'fattah', 'sisi'), ('lloyd', 'j', 'austin'))
    """
    found = tuple(slug(name).split("-"))
    kept = tuple(word for word in found if word not in PARTICLES and word not in SUFFIXES)
    return kept or found


def is_short(name: str) -> bool:
    """Whether a name is a surname alone, or has but initials before it: it takes more to know whose it is.

    >>> is_short("Fomin"), is_short("A. Fomin"), is_short("Lloyd J. Austin")
    (True, True, False)
    """
    found = words(name)
    return all(len(word) == 1 for word in found[:-1])


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """What all spellings of a word share: its consonants by their sound.

    >>> skeleton("mohammed"), skeleton("muhammad"), skeleton("alexander"), skeleton("aleksandr")
    ('md', 'md', 'lksndr', 'lksndr')
    """
    sound = word
    for letters, one in _SOUNDS:
        sound = sound.replace(letters, one)
    return _TWICE.sub(r"\1", _VOWELS.sub("", sound)) or word[:1]


@lru_cache(maxsize=20_000)
def like(one: str, other: str) -> float:
    """How far two words of names are one, 0 to 1."""
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return SHORT if one[0] == other[0] else 0.0
    if frozenset((one, other)) in NICKNAMES:
        return SHORT
    if bool(_FEMININE.search(one)) != bool(_FEMININE.search(other)) and _FEMININE.sub(r"\1", one) == _FEMININE.sub(
        r"\1", other
    ):
        return 0.0
    if skeleton(one) == skeleton(other):
        enough = 0.7 if len(skeleton(one)) > 1 else 0.75
        return SPELT if JaroWinkler.similarity(one, other) >= enough else 0.0
    longer = max(len(one), len(other))
    return SHORT if longer >= 7 and Levenshtein.distance(one, other) == 1 else 0.0


@lru_cache(maxsize=20_000)
def likeness(one: str, other: str, family_first: bool = False) -> float:
    """How far two names may be of one person: 1 the same, 0.5 one word in common with a name of one word, 0 different.

    >>> likeness("Alexander Fomin", "Aleksandr Fomin") > 0.9, likeness("Khan", "Asif Khan")
    (True, 0.5)
    >>> likeness("Asif Khan", "Imran Khan")
    0.0
    """
    first, second = sorted((words(one), words(other)), key=lambda found: (len(found), found))
    if first == second or "".join(first) == "".join(second):
        return 1.0
    if len(first) == 1:
        best = max(like(first[0], second[-1]), like(first[0], second[0]) if family_first else 0.0)
        return 0.5 * best if len(second) > 1 else best if best >= SPELT else 0.0
    return _aligned(first, second)


def _aligned(shorter: tuple[str, ...], longer: tuple[str, ...]) -> float:
    """The mean likeness of the shorter name's words to their counterparts; 0 where one has none."""
    left = list(range(len(longer)))
    scores = []
    for word in sorted(shorter, key=lambda word: (-len(word), word)):
        best = max(left, key=lambda place: (like(word, longer[place]), -place), default=None)
        if best is None or not like(word, longer[best]):
            return 0.0
        scores.append(like(word, longer[best]))
        left.remove(best)
    if max(scores) < SPELT or not _family(shorter, longer):
        return 0.0
    extra = len(longer) - len(shorter)
    return sum(scores) / len(scores) - 0.02 * extra


def _family(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether the last word of one, its family name as a rule, is a full word of the other."""
    return any(
        len(word) > 1 and like(word, other) >= SHORT and len(other) > 1
        for word, others in ((shorter[-1], longer), (longer[-1], shorter))
        for other in others
    )
