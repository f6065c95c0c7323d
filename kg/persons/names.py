"""Sequences of name words: given and family names with initials, particles, hyphens and suffixes."""

import re

from kg.persons import bodies
from kg.persons.titles import Titles
from kg.persons.words import HYPHENS, POSSESSIVES, Words, key

LONGEST = 7
"""Words that a name may have, particles counted."""

ENGLISH = frozenset({"at", "as", "an", "us"})
"""Particles that are English words too, unless a hyphen joins them: "at-Tayeb"."""

_INITIAL = re.compile(r"(?:[A-Z]\.?|(?:[A-Z]\.-?)+)$")
_OTHER_TAGS = frozenset({"VERB", "AUX", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "ADV"})
_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’`.-])*$")


def is_initial(text: str) -> bool:
    """Whether `text` is one or more initials."""
    return bool(_INITIAL.match(text))


def _blocked(words: Words, titles: Titles, i: int, first: bool) -> bool:
    """Whether a reference name that covers `i` keeps it out of a person's name."""
    mention = words.mentions[i]
    if mention is None:
        return False
    alone = mention.end - mention.start == 1
    named = alone and words.key(i) in titles.also_given and mention.kind != "demonym"
    if first and alone and mention.kind == "organization" and not words.texts[i].isupper():
        return not (words.is_capital(i + 1) and words.mentions[i + 1] is None and words.key(i + 1) not in titles.never)
    if named and first:
        return not (words.is_capital(i + 1) and words.mentions[i + 1] is None and words.key(i + 1) not in titles.never)
    if alone and mention.kind in {"capital", "place", "organization"} and not first:
        return words.texts[i].isupper() and len(words.texts[i]) < 5
    return not named


def is_word(words: Words, titles: Titles, i: int, first: bool) -> bool:
    """Whether the word at `i` can be part of a name in capitals."""
    text = words.texts[i] if i < len(words) else ""
    if not words.is_capital(i) or not _WORD.match(text):
        return False
    if words.key(i) in titles.never and not _is_name_after_all(words, titles, i, first):
        return False
    if _blocked(words, titles, i, first):
        return False
    if words.is_acronym(i) and (len(text) < 3 or (first and not words.is_capital(i + 1) and words.key(i + 1) != "-")):
        return False
    if bodies.is_title(words, titles, i):
        return not first and words.key(i) in titles.also_names
    return words.tags[i] not in _OTHER_TAGS or i in _covered(words) or _is_inside(words, i)


def _is_inside(words: Words, i: int) -> bool:
    """Whether a capital can only be that of a name: inside a sentence that has few of them."""
    return words.together(i - 1, i) and words.sentences[i] not in words.shouted | words.titled


def _is_name_after_all(words: Words, titles: Titles, i: int, first: bool) -> bool:
    """Whether a word such as "May" or "To" is a name here: a capital inside a sentence that has few of them."""
    if words.key(i) not in titles.also_words or words.sentences[i] in words.shouted | words.titled:
        return False
    if not words.together(i - 1, i) or not words.is_capital(i - 1):
        return False
    follows = words.is_capital(i + 1) and words.together(i, i + 1) and words.key(i + 1) not in titles.never
    return follows if first and words.key(i) != "may" else not words.texts[min(i + 1, len(words) - 1)].isdigit()


def _covered(words: Words) -> frozenset[int]:
    """The tokens that the recogniser calls persons."""
    return frozenset(i for start, end in words.persons for i in range(start, end))


def _particle(words: Words, titles: Titles, i: int) -> int | None:
    """The index after the particles and hyphens at `i` when a capitalised word follows them."""
    j = i
    while j < len(words) and words.key(j) in titles.particles and words.together(i, j) and j < i + 4:
        if words.key(j) in ENGLISH and not (j + 1 < len(words) and words.texts[j + 1] in HYPHENS and words.joined[j]):
            break
        j += 1
        if j < len(words) and words.texts[j] in HYPHENS | {"’", "'"} and words.joined[j - 1]:
            j += 1
    if j == i or not words.together(i, j) or not words.is_capital(j):
        return None
    return j


def _hyphenated(words: Words, i: int) -> int:
    """The index after the parts that hyphens join to the word before `i`: "Ji-hoon", "Meier-Brandt"."""
    while (
        words.together(i, i + 1)
        and words.texts[i] in HYPHENS
        and words.joined[i - 1]
        and words.joined[i]
        and words.texts[i + 1].isalpha()
        and (len(words.texts[i + 1]) > 1 or words.is_capital(i + 1))
        and words.key(i + 1) not in {"led", "backed", "era", "style", "designate", "elect"}
    ):
        i += 2
    return i


def read(words: Words, titles: Titles, i: int, titled: bool) -> int | None:
    """The end of the name that begins at `i`; after a title (`titled`) it may begin with a particle."""
    if i >= len(words):
        return None
    j, count, real = i, 0, 0
    limit = 3 if words.sentences[i] in words.shouted else LONGEST
    while words.together(i, j) and count < limit:
        if is_initial(words.texts[j]) and words.mentions[j] is None and (count or _goes_on(words, titles, j)):
            if words.texts[j] in {"I", "A", "X"} and not (
                titled and is_initial(words.texts[min(j + 1, len(words) - 1)])
            ):
                break
            if not _goes_on(words, titles, j) and words.key(j) not in titles.suffixes:
                break
            j += 1
        elif real and words.key(j) in titles.suffixes and words.is_capital(j):
            j += 1
        elif real and words.key(j) == "," and words.key(j + 1) in {"jr", "sr"} and words.together(j, j + 1):
            j += 2
        elif is_word(words, titles, j, first=real == 0):
            real += 1
            j = _hyphenated(words, j + 1)
        elif (real or titled) and (after := _particle(words, titles, j)) and is_word(words, titles, after, first=False):
            real += 1
            j = _hyphenated(words, after + 1)
        elif real and words.texts[j][:1] in "\"“‘'" and (nick := _nickname(words, j)):
            j = nick
        else:
            break
        count += 1
    return j if real and j > i else None


def _goes_on(words: Words, titles: Titles, i: int) -> bool:
    """Whether a name goes on after the initial at `i`."""
    j = i + 1
    if not words.together(i, j):
        return False
    return (
        is_word(words, titles, j, first=True)
        or (is_initial(words.texts[j]) and words.together(j, j + 1) and is_word(words, titles, j + 1, first=True))
        or _particle(words, titles, j) is not None
        or _nickname(words, j) is not None
    )


def _nickname(words: Words, i: int) -> int | None:
    """The index after a nickname in quotes at `i` when a name goes on behind it."""
    if words.together(i, i + 3) and words.is_capital(i + 1) and words.texts[i + 2] in {'"', "”", "'", "’"}:
        return i + 3 if words.is_capital(i + 3) else None
    return None


def parts(words: Words, start: int, end: int) -> tuple[str, ...]:
    """The words of a name as written, hyphenated ones as one: ("Hassan", "al-Rubaie")."""
    return tuple(words.between(start, end).split())


def text(words: Words, start: int, end: int) -> str:
    """The name as written; one in a headline in capitals gets small letters back."""
    name = words.between(start, end)
    while end > start and words.texts[end - 1] in POSSESSIVES:
        end -= 1
        name = words.between(start, end)
    if name.endswith(".") and not is_initial(name.split()[-1]) and key(name.split()[-1]) not in {"jr", "sr"}:
        name = name[:-1]
    if words.sentences[start] in words.shouted or (name.isupper() and len(name) > 4):
        name = re.sub(r"[^\W\d_]+", lambda m: m[0] if m[0] in {"II", "III", "IV", "VI"} else m[0].capitalize(), name)
    return name
