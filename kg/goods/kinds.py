"""Goods named by kind in text: "offshore patrol vessels", "155mm artillery shells", "military aid"."""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.goods.kind_words import AID, ARMS, kind_words
from kg.goods.nouns import british, singular


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
    named = units[u - 1].i in taken if u else False
    if head is None or not (named or _is_noun(doc, units, u)):
        return None
    first, domain = head
    bare = first == u
    first = _expanded(doc, units, first, u, domain, taken)
    dealt = u + 1 < len(units) and not units[u + 1].glued and units[u + 1].base in kind_words().dealings
    kind = Kind(_token_start(units, first, u), units[u].i + 1, domain, bare and first == u, dealt)
    if not _is_goods(doc, units, first, u, kind, kind.start - 1 in taken):
        return None
    return first, kind


def _head(units: list[_Unit], u: int, named: bool) -> tuple[int, str] | None:
    """The first unit of the phrase or word that ends at `u`, and its domain; `named`: a designation is before it."""
    lexicon = kind_words()
    for length in range(min(lexicon.longest, u + 1), 1, -1):
        phrase = (*(unit.word for unit in units[u - length + 1 : u]), units[u].base)
        if phrase in lexicon.phrases:
            return u - length + 1, lexicon.phrases[phrase]
    base, before = units[u].base, units[u - 1].word if u else ""
    if base in lexicon.aid_weak and before in lexicon.aid_modifiers - lexicon.loose:
        return u, AID
    close = named or (before not in lexicon.loose and _is_modifier(units, u - 1))
    if base in lexicon.arms or (base in lexicon.arms_weak and close):
        return u, ARMS
    if base in lexicon.aid or base in lexicon.aid_alone:
        return u, AID
    return None


def _is_modifier(units: list[_Unit], u: int) -> bool:
    if u < 0:
        return False
    lexicon, unit = kind_words(), units[u]
    return (
        unit.word in lexicon.modifiers
        or (unit.glued and unit.word in lexicon.ends)
        or lexicon.calibre.fullmatch(unit.word) is not None
        or (unit.word in {"mm", "millimetre"} and u > 0 and units[u - 1].word[:1].isdigit())
    )


def _expanded(doc: Doc, units: list[_Unit], first: int, u: int, domain: str, taken: frozenset[int]) -> int:
    """The first unit of the modifiers in front of `first`, "rescue and transport" among them."""
    lexicon = kind_words()
    known = lexicon.aid_modifiers if domain == AID else lexicon.modifiers
    start = first
    while start > 0 and units[start - 1].i not in taken:
        before = units[start - 1]
        if _is_compound(before, units[start]):
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


def _is_compound(first: _Unit, second: _Unit) -> bool:
    """Whether two units are one modifier: "nuclear-powered", "anti-ship", "long range"."""
    starts, ends = first.word in kind_words().starts, second.word in kind_words().ends
    return (starts or ends) if second.glued else (starts and ends)


def _phrase_before(units: list[_Unit], start: int) -> int:
    """The number of units of a phrase right before `start`: "landing craft" in "landing craft assault ship"."""
    lexicon = kind_words()
    for length in range(min(lexicon.longest, start), 1, -1):
        phrase = tuple(unit.word for unit in units[start - length : start])
        if phrase in lexicon.phrases:
            return length
    return 0


def _joins(units: list[_Unit], u: int) -> bool:
    """Whether the modifier before "and" is no kind of its own, as in "artillery and helicopters"."""
    lexicon = kind_words()
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
        and units[u].word not in kind_words().names
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
    lexicon = kind_words()
    before = units[first - 1].word if first else ""
    inside = {unit.word for unit in units[first:u]}
    never = lexicon.never.get(units[u].base, frozenset())
    if before in never or inside & never or _is_regiment(doc, units, u):
        return False
    after = units[u + 1] if u + 1 < len(units) and doc[units[u].i].whitespace_ else None
    if after is not None and after.base in lexicon.others and after.base not in lexicon.dealings:
        return False
    if kind.bare and units[u].base in lexicon.never_alone and not kind.dealt and not named:
        return _has_number(doc, kind.start)
    return not _is_inside_another_noun(doc, kind)


def _is_regiment(doc: Doc, units: list[_Unit], u: int) -> bool:
    """Whether a capital makes the word the name of troops: "Royal Irish Rifles"."""
    token = doc[units[u].i]
    return (
        units[u].base in kind_words().troops
        and token.i > 0
        and token.text.istitle()
        and doc[token.i - 1].text.istitle()
        and _title_case_share(doc, token.i) < 0.8
    )


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
    lexicon = kind_words()
    base = singular(british(governor.text))
    return base not in lexicon.dealings and base not in lexicon.arms and base not in lexicon.aid
