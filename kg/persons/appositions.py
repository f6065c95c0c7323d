"""What follows a name: "NAME, the Y of Z,", "NAME of COUNTRY", "NAME, who is Y", "NAME (Y)"."""

from dataclasses import dataclass, replace

from kg.persons import bodies, chains, names
from kg.persons.chains import Posts
from kg.persons.phrases import PostPhrase
from kg.persons.titles import Titles
from kg.persons.words import Words

_IS_POST = frozenset({"is", "was", "serves", "served", "became", "remains"})
_CLOSING = frozenset(
    {
        "and",
        "or",
        "but",
        "who",
        "as",
        "in",
        "at",
        "on",
        "during",
        "for",
        "with",
        "to",
        "from",
        "here",
        "while",
    }
)
"""Words that may follow an apposition; a verb makes the post behind the comma a subject of its own."""

_MARKS = frozenset({",", ".", ";", ":", ")", "—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Following:
    """Posts, state and organisation that follow a name, up to token `end`."""

    end: int
    posts: tuple[PostPhrase, ...] = ()
    state: str | None = None
    organization: str | None = None


def read(words: Words, titles: Titles, posts: Posts, start: int, end: int) -> Following:
    """What belongs to the person whose titles and name are on tokens `start` to `end`."""
    end = chains.after_retired(words, titles, end)
    if words.key(end) == "of" and (body := bodies.read(words, titles, end + 1)) and (body.state or body.organization):
        own = words.between(*body.organization) if body.organization else None
        further = _after_comma(words, titles, posts, start, body.end)
        return Following(further.end, further.posts, body.state, own)
    phrase = posts.at(words, end + 1) if words.key(end) == "(" else None
    if phrase and words.key(phrase.end) == ")":
        return Following(phrase.end + 1, (phrase,))
    return _after_comma(words, titles, posts, start, end)


def _after_comma(words: Words, titles: Titles, posts: Posts, start: int, end: int) -> Following:
    """What follows behind a comma at `end`, when it is closed or stands with the subject that opens the sentence."""
    if words.key(end) != ",":
        return Following(end)
    at, former = end + 1, False
    if words.key(at) == "who" and words.key(at + 1) in _IS_POST:
        former = words.key(at + 1) in {"was", "served"}
        at += 3 if words.key(at + 2) in {"as", "then"} else 2
    found = _apposed(words, titles, posts, at, former)
    stop = found[-1].end if found else end
    closed = not words.together(stop - 1, stop) or words.key(stop) in _CLOSING or words.texts[stop] in _MARKS
    return Following(stop, found) if closed or not words.together(start - 1, start) else Following(end)


def _apposed(words: Words, titles: Titles, posts: Posts, at: int, former: bool) -> tuple[PostPhrase, ...]:
    """The posts in apposition from `at` on, joined by "and"."""
    found: list[PostPhrase] = []
    while (phrase := posts.at(words, at)) and not _is_another(words, titles, posts, at, phrase):
        found.append(replace(phrase, former=phrase.former or former))
        at = phrase.end + (words.key(phrase.end) == ",") + 1
        if words.key(at - 1) not in {"and", "&"}:
            break
    return tuple(found)


def _is_another(words: Words, titles: Titles, posts: Posts, at: int, phrase: PostPhrase) -> bool:
    """Whether the post at `at` is that of somebody else, who is named behind it."""
    if phrase.plural:
        return True
    rank = chains.rank_at(words, titles, at)
    if rank and phrase.end < rank.end:
        return True
    if words.together(phrase.end - 1, phrase.end) and names.read(words, titles, phrase.end, titled=True):
        return True
    ahead = chains.read(words, titles, posts, at)
    further = ahead is not None and ahead.end > phrase.end and not ahead.comma
    return further and ahead is not None and names.read(words, titles, ahead.end, titled=True) is not None
