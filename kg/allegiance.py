"""The state that a person acts for, from what an article says about the person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.gazetteer import Mention
from kg.persons import OfficeMention, PersonMention
from kg.persons.titles import titles
from kg.persons.words import Words, key
from kg.persons.words import read as read_words

_SMALL = frozenset({"of", "the", "for", "and", "to", "in", "at", "a"})
_SPELLINGS = {"defense": "defence", "advisor": "adviser", "spokeswoman": "spokesman", "spokesperson": "spokesman", "pm": "prime minister"}


@dataclass(frozen=True, eq=False)
class Article:
    """The evidence: words, state names, posts without a name."""

    words: Words
    states: tuple[Mention, ...]
    offices: tuple[OfficeMention, ...]


def read(doc: Doc, names: Sequence[Mention], offices: Sequence[OfficeMention]) -> Article:
    """The evidence that an article holds."""
    return Article(read_words(doc, names), tuple(name for name in names if name.state), tuple(offices))


def post_words(name: str) -> frozenset[str]:
    """The words of a post's name that tell it from others, in one spelling."""
    words = " ".join(_SPELLINGS.get(key(word), key(word)) for word in name.replace("-", " ").split())
    return frozenset(word.removesuffix("'s") for word in words.split()) - _SMALL


def state(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state that the person of these mentions acts for, by the strongest evidence; `None` when there is none."""
    return (
        _said(group)
        or _tied(group)
        or _office(group, article)
        or _owned(group, article)
        or next((mention.beside for mention in group if mention.beside), None)
    )


def _said(group: Sequence[PersonMention]) -> str | None:
    """The state that the constructions say, the present posts' before the former ones'."""
    now = [m.state for m in group if m.state and any(not post.former for post in m.posts)]
    counted = Counter(now or [m.state for m in group if m.state])
    return counted.most_common(1)[0][0] if counted else None


def _tied(group: Sequence[PersonMention]) -> str | None:
    """The state that a post has by its name alone."""
    for name in (" ".join(key(word) for word in post.name.split()) for m in group for post in m.posts):
        for tie in titles().ties:
            if any(known in name for known in tie.posts) and not any(other in name for other in tie.but_not):
                return tie.state
    return None


def _office(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state of the only office of that name that the article speaks of: "Iraq's prime minister"."""
    held = {post_words(post.name) for m in group for post in m.posts if not post.former}
    found = {office.state for office in article.offices if office.state and post_words(office.post) in held}
    return found.pop() if len(found) == 1 else None


def _owned(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state that "its" or "the country's" before the post points back to: the last one named before."""
    for mention in group:
        if mention.owner in {"country", "its", "their"}:
            before = [name for name in article.states if name.end <= mention.span_start]
            if before and article.words.sentences[mention.start] - article.words.sentences[before[-1].start] <= 1:
                return before[-1].state
    return None
