"""Titles in front of a name: "Pakistani Defence Secretary retired Lt Gen ..."."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.persons.posts import PostPhrase
from kg.persons.titles import Titles
from kg.persons.words import Words

ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Chain:
    """Titles on tokens `start` to `end`; `comma` when the last of them is cut off from what follows by one."""

    start: int
    end: int
    posts: tuple[PostPhrase, ...] = ()
    rank: str | None = None
    honorific: str | None = None
    comma: bool = False
    plural: bool = False


class Posts:
    """The post phrases of a document by the token that they begin at."""

    def __init__(self, phrases: Sequence[PostPhrase]) -> None:
        self.all = tuple(phrases)
        self._by_start = {phrase.start: phrase for phrase in phrases}
        self._by_token = {i: phrase for phrase in phrases for i in range(phrase.start, phrase.end)}

    def at(self, words: Words, i: int) -> PostPhrase | None:
        """The phrase that begins at `i`, an article or possessive pronoun before it skipped."""
        if i in self._by_start:
            return self._by_start[i]
        if words.key(i) in ARTICLES | {"its", "their", "his", "her", "our"} and words.together(i, i + 1):
            return self._by_start.get(i + 1)
        return None

    def over(self, i: int) -> PostPhrase | None:
        """The phrase that covers `i`."""
        return self._by_token.get(i)


def _retired(words: Words, titles: Titles, i: int) -> int:
    """The index after "retired" or "(retd)" at `i`, or `i`."""
    if words.key(i) == "(" and words.key(i + 2) == ")" and words.together(i, i + 2):
        inner = titles.retired.at(words, i + 1) or titles.honorifics.at(words, i + 1)
        return i + 3 if inner else i
    if words.key(i) == "(" and words.key(i + 3) == ")" and titles.retired.at(words, i + 1):
        return i + 4
    match = titles.retired.at(words, i)
    return match.end if match else i


def _rank(words: Words, titles: Titles, i: int) -> tuple[int, str] | None:
    """The index after the rank at `i`, an arm before it skipped, and the rank's usual name."""
    match = titles.ranks.at(words, i, capital=True)
    if match is None and (arm := titles.arms.at(words, i, capital=True)):
        match = titles.ranks.at(words, arm.end, capital=True)
    return (match.end, match.phrase.name) if match else None


def read(words: Words, titles: Titles, posts: Posts, i: int) -> Chain | None:
    """The titles that begin at `i`, as many as follow each other."""
    found: list[PostPhrase] = []
    rank = honorific = None
    j, comma, plural = i, False, False
    if words.key(i) == "(" and (inner := posts.at(words, i + 1)) and words.key(inner.end) == ")":
        found, j, plural = [inner], inner.end + 1, inner.plural
    while words.together(i, j):
        phrase = posts.at(words, j) if j == i or words.key(j) not in ARTICLES or comma else None
        after_rank = rank is not None and phrase is not None and words.key(phrase.head) in {"commander", "captain"}
        ranked = _rank(words, titles, j)
        honoured = titles.honorifics.at(words, j, capital=True)
        if phrase and not after_rank and (ranked is None or phrase.end >= ranked[0]) and rank is None:
            if j > i and phrase.start < j:
                break
            found.append(phrase)
            j, plural = phrase.end, plural or phrase.plural
            doubled = (ranked and ranked[0] == phrase.end and phrase.start == phrase.head)
            if doubled and ranked and len(found) == 1:
                rank = ranked[1]
                found.pop()
        elif ranked:
            rank, j = rank or ranked[1], ranked[0]
        elif honoured:
            honorific, j = honoured.phrase.name, honoured.end
        elif found and words.key(j) == "(" and words.key(j + 2) == ")" and words.texts[j + 1].isupper():
            j += 3
        elif (after := _retired(words, titles, j)) > j:
            j = after
        elif found and words.key(j) in {"-", ","} and words.key(j + 1) in {"designate", "elect"}:
            j += 2
        elif found and words.key(j) in {"designate", "elect", "designated"}:
            j += 1
        else:
            step = _joint(words, titles, posts, j, bool(found))
            if step is None:
                break
            j, comma = step
            continue
        comma = False
    if j == i or not (found or rank or honorific):
        return None
    return Chain(i, j, tuple(found), rank, honorific, comma, plural)


def _joint(words: Words, titles: Titles, posts: Posts, j: int, after_post: bool) -> tuple[int, bool] | None:
    """The index after "and" or a comma at `j` that joins two titles of one person, and whether it is a comma."""
    if not after_post or not words.together(j, j + 1):
        return None
    following = posts.at(words, j + 1)
    if words.key(j) in {"and", "&", "cum", "/"} and following and following.start == j + 1 and not following.states:
        return j + 1, False
    if words.key(j) == ",":
        return j + 1, True
    return None
