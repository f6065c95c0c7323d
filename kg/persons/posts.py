"""Post phrases: "Russian Deputy Defence Minister", "vice chairman of the Central Military Commission"."""

import re
from dataclasses import replace

from kg.mentions.gazetteer import Kind
from kg.persons import before, bodies, complements
from kg.persons.phrases import PostPhrase, organization
from kg.persons.titles import Match, Titles
from kg.persons.words import POSSESSIVES, Words

BEFORE_GENERAL = frozenset({"defence", "defense", "home", "interior", "foreign"})
"""Departments whose secretary may be a general: "Defence Secretary General X" is no secretary-general."""

_TAIL = re.compile(r"(?:,| and| to| (?:of|for)(?: the)?| of the Republic of)$")


def find(words: Words, titles: Titles) -> tuple[PostPhrase, ...]:
    """All post phrases, in order; where two overlap, the second begins where the first ends."""
    found: list[PostPhrase] = []
    i = 0
    while i < len(words):
        match = _head(words, titles, i)
        if match is None:
            i += 1
            continue
        phrase = _around(words, titles, i, match)
        while found and phrase.start <= found[-1].head and found[-1].end <= phrase.head:
            found.pop()
        if found and phrase.start < found[-1].end:
            phrase = replace(phrase, start=max(phrase.start, min(found[-1].end, phrase.head)))
        found.append(phrase)
        i = max(i + 1, phrase.end)
    return tuple(found)


def _head(words: Words, titles: Titles, i: int) -> Match | None:
    """The noun of a post at `i`, unless it is part of an honorific, of an organisation's name, or in brackets."""
    match = titles.heads.at(words, i)
    if match is None or words.organization(i) or (words.state(i) and not words.is_capital(i)):
        return None
    honoured = titles.honorifics.at(words, i)
    bracketed = words.key(i - 1) == "(" and words.texts[i].isupper() and words.key(i + 1) == ")"
    return None if bracketed or (honoured and honoured.end > match.end) else match


def _around(words: Words, titles: Titles, head: int, match: Match) -> PostPhrase:
    """The phrase around the head at `head`."""
    end, name = match.end, match.phrase.name
    if name == "secretary general" and words.key(head - 1) in BEFORE_GENERAL:
        end, name = head + 1, "secretary"
    left = before.read(words, titles, head, match.phrase.former)
    phrase = PostPhrase(
        start=left.start,
        head=head,
        end=end,
        head_name=name,
        states=left.states,
        organization=organization(words, titles, left.organization),
        organization_state=left.organization_state,
        former=left.former,
        international=left.international,
        plural=match.phrase.plural,
        owner=left.owner,
        skipped=frozenset(left.skipped),
    )
    phrase = complements.read(words, titles, phrase)
    return replace(phrase, name=_name(words, phrase))


def _name(words: Words, phrase: PostPhrase) -> str:
    """The post as written, without state, acronym in brackets, and words that only qualify it."""
    kept, duty = [], False
    for i in range(phrase.start, phrase.end):
        duty = (duty or words.key(i) in {"to", "in", "at"}) and words.key(i) not in {"of", "for"}
        if not _is_aside(words, phrase, i, duty):
            kept.append(words.texts[i] if words.joined[i] and i + 1 < phrase.end else f"{words.texts[i]} ")
    name = " ".join("".join(kept).replace(" ,", ",").split()).removeprefix("-").strip()
    while (shorter := _TAIL.sub("", name)) != name:
        name = shorter
    name = re.sub("^ex[- ]", "", name, flags=re.IGNORECASE)
    return name.title() if words.sentences[phrase.head] in words.shouted else name


def _is_aside(words: Words, phrase: PostPhrase, i: int, duty: bool) -> bool:
    """Whether the token is no part of the post's name: a country that is no place of duty, a possessive, brackets."""
    if i in phrase.skipped:
        return True
    if (state := words.state(i)) and state.kind is not Kind.METONYM and not duty and i != phrase.head:
        return True
    inside = words.organization(i)
    if inside and i - inside.start < bodies.country_length(words, inside, possessive=True):
        return True
    if words.texts[i] in POSSESSIVES:
        return not words.texts[i - 1].endswith("s")
    return "(" in {words.texts[i], words.key(i - 1)} or (words.texts[i] == ")" and words.key(i - 2) == "(")
