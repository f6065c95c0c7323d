"""Titles in front of a name: "Pakistani Defence Secretary retired Lt Gen ..."."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.persons.phrases import PostPhrase
from kg.persons.titles import Match, Titles
from kg.persons.words import Words

_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_POST = _ARTICLES | {"its", "their", "his", "her", "our"}


@dataclass(frozen=True, slots=True)
class Chain:
    """Titles on tokens `start` to `end`; `comma` when the last of them is cut off from what follows by one."""

    start: int
    end: int
    posts: tuple[PostPhrase, ...] = ()
    rank: str | None = None
    honorific: str | None = None
    comma: bool = False

    @property
    def plural(self) -> bool:
        """Whether several persons share the titles."""
        return any(phrase.plural for phrase in self.posts)


class Posts:
    """The post phrases of a document by the tokens that they lie on."""

    def __init__(self, phrases: Sequence[PostPhrase]) -> None:
        self.all = tuple(phrases)
        self._by_start = {phrase.start: phrase for phrase in phrases}
        self._by_token = {i: phrase for phrase in phrases for i in range(phrase.start, phrase.end)}

    def at(self, words: Words, i: int) -> PostPhrase | None:
        """The phrase that begins at `i`, an article or possessive pronoun before it skipped."""
        if i not in self._by_start and words.key(i) in _BEFORE_POST and words.together(i, i + 1):
            return self._by_start.get(i + 1)
        return self._by_start.get(i)

    def over(self, i: int) -> PostPhrase | None:
        """The phrase that covers `i`."""
        return self._by_token.get(i)


@dataclass(slots=True)
class _Titles:
    """The titles read so far; `at` is the next token."""

    at: int
    posts: list[PostPhrase]
    rank: str | None = None
    honorific: str | None = None
    comma: bool = False


def read(words: Words, titles: Titles, posts: Posts, i: int) -> Chain | None:
    """The titles that begin at `i`, as many as follow each other; `None` when there is none."""
    found = _Titles(i, [])
    inner = posts.at(words, i + 1) if words.key(i) == "(" else None
    if inner and words.key(inner.end) == ")":
        found = _Titles(inner.end + 1, [inner])
    while words.together(i, found.at):
        if _title(words, titles, posts, found, i):
            found.comma = False
        elif not _joint(words, titles, posts, found):
            break
    if not (found.posts or found.rank or found.honorific):
        return None
    return Chain(i, found.at, tuple(found.posts), found.rank, found.honorific, found.comma)


def _title(words: Words, titles: Titles, posts: Posts, found: _Titles, start: int) -> bool:
    """Take the post, rank, honorific or mark of retirement at `found.at`."""
    at = found.at
    rank = rank_at(words, titles, at)
    if (phrase := _post(words, posts, found, start)) and (rank is None or phrase.end >= rank.end):
        found.at = phrase.end
        if rank and rank.end == phrase.end and phrase.start == phrase.head and not found.posts:
            found.rank = rank.phrase.name
        else:
            found.posts.append(phrase)
    elif rank:
        found.rank, found.at = found.rank or rank.phrase.name, rank.end
    elif honoured := titles.honorifics.at(words, at, capital=True):
        found.honorific, found.at = honoured.phrase.name, honoured.end
    else:
        found.at = _after_mark(words, titles, found)
    return found.at > at


def _post(words: Words, posts: Posts, found: _Titles, start: int) -> PostPhrase | None:
    """The post at `found.at`; none behind a rank ("General, Commander ..."), nor behind an article in mid-chain."""
    if found.rank or (found.at > start and not found.comma and words.key(found.at) in _ARTICLES):
        return None
    return posts.at(words, found.at)


def rank_at(words: Words, titles: Titles, i: int) -> Match | None:
    """The rank at `i`, an arm before it skipped: "Air Force Col."."""
    match = titles.ranks.at(words, i, capital=True)
    arm = titles.arms.at(words, i, capital=True) if match is None else None
    return titles.ranks.at(words, arm.end, capital=True) if arm else match


def after_retired(words: Words, titles: Titles, i: int) -> int:
    """The index after "retired" or "(retd)" at `i`, or `i`."""
    if words.key(i) != "(":
        match = titles.retired.at(words, i)
        return match.end if match else i
    inner = titles.retired.at(words, i + 1) or titles.honorifics.at(words, i + 1)
    return inner.end + 1 if inner and words.key(inner.end) == ")" else i


def _after_mark(words: Words, titles: Titles, found: _Titles) -> int:
    """The index after a mark of retirement, an acronym in brackets or "-designate" at `found.at`, or `found.at`."""
    at = found.at
    if found.posts and words.key(at) == "(" and words.key(at + 2) == ")" and words.texts[at + 1].isupper():
        return at + 3
    if found.posts and words.key(at + (words.key(at) in {"-", ","})) in {"designate", "elect", "designated"}:
        return at + 1 + (words.key(at) in {"-", ","})
    return after_retired(words, titles, at)


def _joint(words: Words, titles: Titles, posts: Posts, found: _Titles) -> bool:
    """Take "and" or a comma that joins two titles of one person, or the titles and the name."""
    at = found.at
    if found.comma or not found.posts or not words.together(at, at + 1):
        return False
    following = posts.at(words, at + 1)
    if words.key(at) in {"and", "&", "cum", "/"} and following and following.start == at + 1 and not following.states:
        found.at += 1
        return True
    if words.key(at) == ",":
        found.at, found.comma = at + 1, True
        return True
    return False
