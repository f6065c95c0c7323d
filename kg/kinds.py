"""Goods named by kind in text: "offshore patrol vessels", "155mm artillery shells", "military aid"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import load
from kg.lexicon.tables import Table, table, text, words
from ontology import reference

ARMS, AID, INDUSTRIAL = "arms", "aid", "industrial"

_KEPT = frozenset(
    ("arms", "awacs", "binoculars", "boots", "communications", "countermeasures", "forces", "glass", "goggles", "gps",
     "headquarters", "hypersonics", "logistics", "manpads", "mlrs", "series", "signals", "uas")
)  # fmt: skip
_SPELLINGS = (("defense", "defence"), ("armor", "armour"), ("center", "centre"), ("caliber", "calibre"),
              ("maneuver", "manoeuvre"), ("refueling", "refuelling"), ("theater", "theatre"))  # fmt: skip


def british(word: str) -> str:
    """The word in lower case and British spelling."""
    word = word.lower()
    for american, spelling in _SPELLINGS:
        word = word.replace(american, spelling) if american in word and spelling not in word else word
    return word


def singular(word: str) -> str:
    """The singular of a lower-case noun, by ending.

    >>> singular("ferries"), singular("torpedoes"), singular("arms"), singular("chassis")
    ('ferry', 'torpedo', 'arms', 'chassis')
    """
    if word in _KEPT or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "oes", "sses")) else word[:-1]


@dataclass(frozen=True, slots=True)
class Kind:
    """The tokens `start` to `end` (exclusive) name a kind of goods; the last of them is the head.

    `bare` has no modifier; `dealt` stands right before a word such as "sale" or "contract".
    """

    start: int
    end: int
    domain: str
    bare: bool = False
    dealt: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or the part of a hyphenated one, of token `i`; `glued` to the unit before it by a hyphen."""

    word: str
    i: int
    glued: bool

    @property
    def base(self) -> str:
        return singular(self.word)


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    phrases: dict[Phrase, str]
    longest: int
    arms: frozenset[str]
    arms_weak: frozenset[str]
    aid: frozenset[str]
    aid_weak: frozenset[str]
    aid_alone: frozenset[str]
    modifiers: frozenset[str]
    aid_modifiers: frozenset[str]
    ends: frozenset[str]
    starts: frozenset[str]
    calibre: re.Pattern[str]
    dealings: frozenset[str]
    others: frozenset[str]
    never: dict[str, frozenset[str]]
    never_alone: frozenset[str]
    names: frozenset[str]


def _phrase(written: str) -> Phrase:
    *before, last = re.split(r"[ -]", british(written))
    return (*before, singular(last))


def _bases(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(singular(british(word)) for word in listed)


def _phrases(lexicon: Table) -> dict[Phrase, str]:
    found = {_phrase(one): name for name in (ARMS, AID, INDUSTRIAL) for one in words(table(lexicon, name), "phrases")}
    for kind in reference.equipment_kinds():
        for written in (kind.label, *kind.alt):
            if " " in written or "-" in written:
                found.setdefault(_phrase(written), kind.domain)
    for name in (ARMS, AID):
        many = (one for one in words(table(lexicon, name), "heads") if " " in one)
        found.update({_phrase(one): name for one in many})
    return found


@cache
def _words() -> _Words:
    lexicon = load("kinds")
    arms, aid, modifiers, never = (table(lexicon, name) for name in (ARMS, AID, "modifiers", "never"))
    phrases = _phrases(lexicon)
    single = {domain: frozenset(phrase[0] for phrase in phrases if phrases[phrase] == domain and len(phrase) == 1)
              for domain in (ARMS, AID)}  # fmt: skip
    listed = {domain: _listed(domain) for domain in (ARMS, AID)}
    return _Words(
        phrases=phrases,
        longest=max(map(len, phrases)),
        arms=_bases(words(arms, "heads")) | listed[ARMS] | single[ARMS],
        arms_weak=_bases(words(arms, "weak")),
        aid=_bases(words(aid, "heads")) | listed[AID] | single[AID],
        aid_weak=_bases(words(aid, "weak")),
        aid_alone=frozenset(words(aid, "alone")),
        modifiers=frozenset(british(word) for word in words(modifiers, "words")),
        aid_modifiers=frozenset(british(word) for word in words(aid, "modifiers")),
        ends=frozenset(words(modifiers, "ends")),
        starts=frozenset(words(modifiers, "starts")),
        calibre=re.compile(text(modifiers, "calibre")),
        dealings=_bases(words(table(lexicon, "dealings"), "words")),
        others=_bases(words(table(lexicon, "others"), "words")),
        never={head: frozenset(words(table(never, "heads"), head)) for head in table(never, "heads")},
        never_alone=_bases(words(table(never, "alone"), "words")),
        names=_known_names(),
    )


def _listed(domain: str) -> frozenset[str]:
    """The kinds of one word in the reference table that no weak head is."""
    lexicon = load("kinds")
    weak = _bases((*words(table(lexicon, ARMS), "weak"), *words(table(lexicon, AID), "weak")))
    named = (name for kind in reference.equipment_kinds() if kind.domain == domain for name in (kind.label, *kind.alt))
    return _bases(name for name in named if " " not in name and "-" not in name) - weak


def _known_names() -> frozenset[str]:
    """The words of the names of states and organisations, which say nothing of a kind."""
    names = [name for one in reference.states() for name in (one.label, *one.alt, *one.demonyms, *one.capitals)]
    names += [name for one in reference.organizations() for name in (one.label, *one.alt)]
    return frozenset(part.lower() for name in names for part in re.split(r"[ -]", name))


def _units(doc: Doc) -> list[_Unit]:
    """The words of `doc` without the hyphens that join them; other punctuation is a unit that matches nothing."""
    units: list[_Unit] = []
    glued = False
    for token in doc:
        if token.text in {"-", "–"} and token.i and not doc[token.i - 1].whitespace_ and not token.whitespace_:
            glued = True
            continue
        for number, part in enumerate(re.split(r"(?<=\w)[-–](?=\w)", token.text)):
            units.append(_Unit(british(part), token.i, glued or number > 0))
        glued = False
    return units


def find_kinds(doc: Doc, taken: frozenset[int]) -> tuple[Kind, ...]:
    """The kinds in `doc`, in order and without overlaps; tokens in `taken` (designations, sums) belong to none."""
    units = _units(doc)
    found: list[Kind] = []
    u = len(units) - 1
    while u >= 0:
        at = None if units[u].i in taken else _at(doc, units, u, taken)
        if at is None:
            u -= 1
            continue
        first, kind = at
        found.append(kind)
        u = first - 1
    return tuple(reversed(found))


def _at(doc: Doc, units: list[_Unit], u: int, taken: frozenset[int]) -> tuple[int, Kind] | None:
    """The kind whose head is unit `u`, and its first unit."""
    if u + 1 < len(units) and units[u + 1].glued:
        return None
    head = _head(units, u, u > 0 and units[u - 1].i in taken)
    if head is None or not _is_noun(doc, units, u):
        return None
    first, domain = head
    bare = first == u
    first = _expanded(doc, units, first, u, domain, taken)
    dealt = u + 1 < len(units) and not units[u + 1].glued and units[u + 1].base in _words().dealings
    kind = Kind(_token_start(units, first, u), units[u].i + 1, domain, bare and first == u, dealt)
    if not _is_goods(doc, units, first, u, kind, kind.start - 1 in taken):
        return None
    return first, kind


def _head(units: list[_Unit], u: int, named: bool) -> tuple[int, str] | None:
    """The first unit of the phrase or word that ends at `u`, and its domain; `named`: a designation is before it."""
    lexicon = _words()
    for length in range(min(lexicon.longest, u + 1), 1, -1):
        phrase = (*(unit.word for unit in units[u - length + 1 : u]), units[u].base)
        if phrase in lexicon.phrases:
            return u - length + 1, lexicon.phrases[phrase]
    base, before = units[u].base, units[u - 1].word if u else ""
    if base in lexicon.aid_weak and before in lexicon.aid_modifiers:
        return u, AID
    if base in lexicon.arms or (base in lexicon.arms_weak and (named or _is_modifier(units, u - 1))):
        return u, ARMS
    if base in lexicon.aid or base in lexicon.aid_alone:
        return u, AID
    return None


def _is_modifier(units: list[_Unit], u: int) -> bool:
    if u < 0:
        return False
    lexicon, unit = _words(), units[u]
    return (
        unit.word in lexicon.modifiers
        or (unit.glued and unit.word in lexicon.ends)
        or lexicon.calibre.fullmatch(unit.word) is not None
        or (unit.word in {"mm", "millimetre"} and u > 0 and units[u - 1].word[:1].isdigit())
    )


def _expanded(doc: Doc, units: list[_Unit], first: int, u: int, domain: str, taken: frozenset[int]) -> int:
    """The first unit of the modifiers in front of `first`, "combat and cargo" among them."""
    lexicon = _words()
    known = lexicon.aid_modifiers if domain == AID else lexicon.modifiers
    start = first
    while start > 0 and units[start - 1].i not in taken:
        before = units[start - 1]
        if units[start].glued and (units[start].word in lexicon.ends or before.word in lexicon.starts):
            start -= 1
        elif before.word in known or (domain != AID and _is_modifier(units, start - 1)):
            start -= 2 if before.word in {"mm", "millimetre"} else 1
        elif before.word in {"and", "or"} and start < u and start > 1 and _joins(units, start - 2):
            start -= 2
        elif domain == ARMS and _is_name(doc, units, start - 1):
            start -= 1
        elif length := _phrase_before(units, start):
            start -= length
        else:
            break
    return start


def _phrase_before(units: list[_Unit], start: int) -> int:
    """The number of units of a phrase right before `start`: "landing craft" in "landing craft assault ship"."""
    lexicon = _words()
    for length in range(min(lexicon.longest, start), 1, -1):
        phrase = tuple(unit.word for unit in units[start - length : start])
        if phrase in lexicon.phrases:
            return length
    return 0


def _joins(units: list[_Unit], u: int) -> bool:
    """Whether the modifier before "and" is no kind of its own, as in "artillery and helicopters"."""
    lexicon = _words()
    own = units[u].base in lexicon.arms | lexicon.aid and units[u].word not in {"missile", "rocket"}
    return _is_modifier(units, u) and not own


def _is_name(doc: Doc, units: list[_Unit], u: int) -> bool:
    """Whether a capitalised word before a kind names its type: "Shahed drones", but not "Russian drones"."""
    token = doc[units[u].i]
    return (
        token.text[:1].isupper()
        and token.text.isalpha()
        and not token.text.isupper()
        and not _begins(doc, token.i)
        and units[u].word not in _words().names
        and token.ent_type_ in {"", "ORG"}
        and _title_case_share(doc, token.i) < 0.5
    )


def _begins(doc: Doc, i: int) -> bool:
    return i == 0 or not doc[i - 1].text[-1:].isalnum() or bool(doc[i].is_sent_start)


def _title_case_share(doc: Doc, i: int) -> float:
    """How many of the words near `i` are capitalised, 0 to 1: in a headline capitals tell nothing."""
    near = [token for token in doc[max(0, i - 4) : i + 5] if token.is_alpha and len(token) > 3 and token.i != i]
    return sum(token.text[0].isupper() for token in near) / len(near) if near else 0.0


def _token_start(units: list[_Unit], first: int, u: int) -> int:
    """The token of unit `first`, or the one behind it where the kind begins inside the token ("Russian-made ships")."""
    partial = units[first].glued and first > 0 and units[first - 1].i == units[first].i
    return units[first].i + (1 if partial and units[first].i < units[u].i else 0)


def _is_noun(doc: Doc, units: list[_Unit], u: int) -> bool:
    """Whether the word can be a noun: by its tag, or by what stands before it where there are no tags."""
    token = doc[units[u].i]
    if doc.has_annotation("POS"):
        return token.pos_ not in {"VERB", "AUX", "ADV"} or (token.text[:1].isupper() and token.i > 0)
    before = doc[token.i - 1].lower_ if token.i else ""
    return units[u].base != units[u].word or before not in {"to", "will", "would", "can", "could", "not", "may", "must"}


def _is_goods(doc: Doc, units: list[_Unit], first: int, u: int, kind: Kind, named: bool) -> bool:
    """Whether the words around leave the kind goods: no "think tank", "tank battalion", "open arms".

    `named` says that a designation stands before it.
    """
    lexicon = _words()
    before = units[first - 1].word if first else ""
    inside = {unit.word for unit in units[first:u]}
    never = lexicon.never.get(units[u].base, frozenset())
    if before in never or inside & never:
        return False
    after = units[u + 1] if u + 1 < len(units) and doc[units[u].i].whitespace_ else None
    if after is not None and after.base in lexicon.others and after.base not in lexicon.dealings:
        return False
    if kind.bare and units[u].base in lexicon.never_alone and not kind.dealt and not named:
        return _has_number(doc, kind.start)
    return not _is_inside_another_noun(doc, kind)


def _has_number(doc: Doc, start: int) -> bool:
    return start > 0 and bool(doc[start - 1].like_num)


def _is_inside_another_noun(doc: Doc, kind: Kind) -> bool:
    """Whether the parse has the kind as the first part of a noun that nobody deals in ("missile attack")."""
    head = doc[kind.end - 1]
    if kind.dealt or not head.dep_.startswith("compound") or head.head.i < kind.end:
        return False
    governor = head.head
    between = doc[kind.end : governor.i]
    if governor.i - kind.end > 2 or any(token.is_punct for token in between):
        return False
    lexicon = _words()
    base = singular(british(governor.text))
    return base not in lexicon.dealings and base not in lexicon.arms and base not in lexicon.aid
