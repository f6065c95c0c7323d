"""The state that a person acts for, from what an article says about the person.

What a construction says comes first ("Pakistan's ..."), then posts that only one state has, then offices of the same
name, then a possessive that points back. Only then is the state taken that the article ties to the person most.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from kg.gazetteer import Mention
from kg.persons import OfficeMention, PersonMention
from kg.persons.bodies import state_of
from kg.persons.titles import titles
from kg.persons.words import Words, key
from kg.persons.words import read as read_words
from ontology import reference

_SMALL = frozenset({"of", "the", "for", "and", "to", "in", "at", "a"})
_SPELLINGS = {
    "defense": "defence", "advisor": "adviser", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "pm": "prime minister", "chairwoman": "chairman", "chairperson": "chairman",
}
_ELSEWHERE = frozenset({"to", "in", "at", "with", "against", "from", "on", "over", "into", "near", "for", "by", "pro", "anti"})
"""Words before a state's name that make it less likely to be the one that the person acts for."""

SINGLE = frozenset({
    "president", "prime minister", "premier", "vice president", "king", "emir", "chancellor", "defence minister",
    "foreign minister", "supreme leader", "crown prince", "defence secretary", "secretary state",
})
"""Posts that one person at a time holds in a state."""

REACH = 15.0
"""Tokens over which the weight of a state named in the person's sentence halves."""

ENOUGH = 0.35
"""Least weight of a state that is taken on the article's words alone."""

AHEAD = 1.2
"""How many times the weight of the next state it must have."""


SHARE = 0.8
"""Weight that all names of states in the article have together, wherever they stand."""

GOVERNMENT, PUBLISHER, DATELINE = 1.5, 1.0, 0.4
"""Weights of the state that the article comes from: who writes for readers at home leaves out "our" before "president".

A newspaper's or dateline's state counts only when the article speaks of it, a government's in any case.
"""

MINOR = 0.3
"""Share of that weight for those who hold no post of the state itself."""

HELD = 0.25
"""Share of its weight that a state keeps whose only post of that name another person of the article holds."""

_NATIONAL = frozenset({"president", "minister", "premier", "secretary", "king", "emir", "chancellor", "senator", "adviser", "nsa",
                       "chief", "cds", "coas", "ambassador", "mantri", "governor", "chairman"})
"""Words of posts of the state itself."""

_BODIES = frozenset({"ministry", "embassy"})
"""Bodies that a post may name without their state, which the article gives elsewhere."""

_GOVERNMENT = frozenset({"government", "house", "ministry", "department", "army", "navy", "force", "embassy", "pentagon", "pib", "ispr"})

BESIDE = 1.0
"""Weight of the state of a titled person right before: "the Maldivian president A and defence minister B"."""

OFFICE = 0.8
"""Weight of the state of the only post of the same name that the article speaks of: "Iraq's prime minister"."""

_VISITS = frozenset({"visit", "visits", "visited", "visiting", "toured", "touring", "tours"})
"""Verbs before a state's name that make it the guest's destination."""

_LEADS = frozenset({",", "led", "by", "headed", "under", "whose", "with", "its", "the", "'s", "new", "where", "represented"})
"""Words that may stand between a state and its official: "Nepal, led by Prime Minister X"."""


@dataclass(frozen=True, slots=True)
class Home:
    """The state that an article is written from; `government` when one publishes it itself."""

    state: str
    weight: float
    government: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A name on tokens `start` to `end` that speaks of a state; `subject` when it opens its sentence or clause."""

    start: int
    end: int
    state: str
    subject: bool


@dataclass(frozen=True, eq=False)
class Article:
    """The evidence: words, state names, posts without a name, persons' constructions, the state of who publishes."""

    words: Words
    states: tuple[Mention, ...]
    offices: tuple[OfficeMention, ...]
    constructions: frozenset[int] = frozenset()
    home: Home | None = None
    ties: tuple[Tie, ...] = ()


def read(
    doc: Doc, names: Sequence[Mention], mentions: Sequence[PersonMention], offices: Sequence[OfficeMention],
    home: Home | None,
) -> Article:
    """The evidence that an article holds."""
    spans = [*((m.span_start, m.span_end) for m in mentions), *((o.start, o.end) for o in offices)]
    taken = frozenset(i for start, end in spans for i in range(start, end))
    inside = {i for m in mentions for i in range(m.start, m.end)}
    words = read_words(doc, names)
    ties = tuple(
        Tie(name.start, name.end, code, _is_subject(words, doc, name))
        for name in names
        if name.start not in inside and (code := state_of(words, name.start))
    )
    return Article(words, tuple(n for n in names if n.state), tuple(offices), taken, home, ties)


def _is_subject(words: Words, doc: Doc, name: Mention) -> bool:
    """Whether the name opens its sentence, or is a subject where the document has a tree."""
    if not words.together(name.start - 1, name.start):
        return True
    return any(token.dep_.startswith("nsubj") for token in doc[name.start : name.end])


@cache
def _state_names() -> tuple[tuple[str, str], ...]:
    """All names of states, demonyms, capitals and metonyms with their codes, the longest first."""
    found = {
        (name, state.iso2)
        for state in reference.states()
        for name in (state.label, *state.alt, *state.demonyms, *state.capitals, *state.metonyms)
        if len(name) > 1
    }
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _publishers() -> tuple[tuple[str, str], ...]:
    """The names of newspapers and agencies with the state that they report from, the longest first."""
    table = tomllib.loads(files("kg").joinpath("lexicon/publishers.toml").read_text("utf-8"))
    return tuple(sorted(((name, code) for code in table for name in table[code]), key=lambda p: (-len(p[0]), p)))


def home(publisher: str | None, dateline: str | None = None) -> Home | None:
    """The state that an article comes from: its publisher's, else that of the place in its dateline.

    >>> home("Daily News (Sri Lanka)").state
    'LK'
    """
    if publisher and (code := _named(publisher, _state_names())):
        government = bool(_GOVERNMENT & set(publisher.lower().split()))
        return Home(code, GOVERNMENT if government else PUBLISHER, government)
    if publisher and (code := _named(publisher, _publishers())):
        return Home(code, PUBLISHER)
    code = _named(dateline, _state_names()) if dateline else None
    return Home(code, DATELINE) if code else None


def _named(text: str, names: Sequence[tuple[str, str]]) -> str | None:
    """The code of the longest of the names that stands in `text` as words of its own."""
    padded = " " + "".join(c if c.isalnum() or c in ".-'" else " " for c in text) + " "
    for name, code in names:
        if f" {name} " in padded or (len(name) > 3 and f" {name.upper()} " in padded):
            return code
    return None


@cache
def post_words(name: str) -> frozenset[str]:
    """The words of a post's name that tell it from others, in one spelling."""
    words = " ".join(_SPELLINGS.get(key(word), key(word)) for word in name.replace("-", " ").split())
    return frozenset(word.removesuffix("'s") for word in words.split()) - _SMALL


def states(groups: Sequence[Sequence[PersonMention]], article: Article) -> tuple[str | None, ...]:
    """The state of each person, `None` where the article gives no evidence.

    What is surer comes first and bears on the rest: a state that has its president named gets no second one.
    """
    found = [_said(g) or _tied(g) or _owned(g, article) or _body(g, article) for g in groups]
    held = {(single, code) for g, code in zip(groups, found, strict=True) if code for single in _single(g)}
    open_ = {i for i, group in enumerate(groups) if found[i] is None and _acts_for_a_state(group)}
    while open_:
        best = max((( *_nearest(groups[i], article, frozenset(held)), -i) for i in open_), key=lambda row: (row[0], row[2]))
        open_.discard(-best[2])
        if best[1] is not None:
            found[-best[2]] = best[1]
            held |= {(single, best[1]) for single in _single(groups[-best[2]])}
    return tuple(found)


def _acts_for_a_state(group: Sequence[PersonMention]) -> bool:
    """Whether the person is an official of whom nothing says that he or she serves an organisation without a state."""
    return any(m.official for m in group) and not any(m.international for m in group)


def _said(group: Sequence[PersonMention]) -> str | None:
    """The state that the constructions say, the present posts' before the former ones'."""
    now = [m.state for m in group if m.state and any(not post.former for post in m.posts)]
    counted = Counter(now or [m.state for m in group if m.state])
    return counted.most_common(1)[0][0] if counted else None


def _tied(group: Sequence[PersonMention]) -> str | None:
    """The state that a post has by its name alone."""
    names = [" ".join(key(word) for word in post.name.split()) for m in group for post in m.posts]
    return next((tie.state for name in names for tie in titles().ties if tie.fits(name)), None)


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


def _body(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state that stands right before the person's body or ship where it is named on its own: "French ship Forbin"."""
    words = article.words
    own = {key(m.organization.split()[-1]) for m in group if m.organization} | {
        word for post in _heads(group) for word in post & _BODIES
    }
    found = Counter(
        tie.state
        for tie in article.ties
        if tie.start not in article.constructions
        and any(words.key(i) in own and words.together(i, tie.start) for i in range(tie.end - 1, min(tie.end + 5, len(words))))
    )
    ranked = found.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _heads(group: Sequence[PersonMention]) -> frozenset[frozenset[str]]:
    """The words of the person's posts."""
    return frozenset(post_words(post.name) for m in group for post in m.posts)


def _single(group: Sequence[PersonMention]) -> frozenset[str]:
    """The posts of the person that only one holds in a state."""
    words = _heads(group)
    return frozenset(single for single in SINGLE if frozenset(single.split()) in words)


def _possible(group: Sequence[PersonMention], code: str) -> bool:
    """Whether that state has the posts of the person."""
    posts = _heads(group)
    return not any(
        frozenset(limit.head.split()) <= post and (code in limit.states) != limit.only
        for limit in titles().limits
        for post in posts
    )


def _leads(group: Sequence[PersonMention]) -> bool:
    """Whether the person has a post of the state itself, which at home goes without the state's name."""
    return any(_NATIONAL & post for post in _heads(group))


def _nearest(
    group: Sequence[PersonMention], article: Article, held: frozenset[tuple[str, str]]
) -> tuple[float, str | None]:
    """The state that the article ties to the person most, if it is clearly ahead of all others, and its weight."""
    possible = [tie for tie in article.ties if _possible(group, tie.state)]
    weights: dict[str, float] = {}
    for tie in possible:
        pulls = sum(_pull(mention, tie, article) for mention in group) / len(group)
        weights[tie.state] = weights.get(tie.state, 0.0) + pulls + SHARE / len(possible)
    home = article.home
    if home and (home.state in weights or (home.government and _possible(group, home.state))):
        weights[home.state] = weights.get(home.state, 0.0) + home.weight * (1.0 if _leads(group) else MINOR)
    if (office := _office(group, article)) in weights and office:
        weights[office] += OFFICE
    for beside in {mention.beside for mention in group if mention.beside} & set(weights):
        weights[beside] += BESIDE
    for code in weights:
        if any((single, code) in held for single in _single(group)):
            weights[code] *= HELD
    ranked = sorted(((weight, code) for code, weight in weights.items()), reverse=True)
    if not ranked or ranked[0][0] < ENOUGH:
        return 0.0, None
    clear = len(ranked) == 1 or ranked[0][0] >= AHEAD * ranked[1][0]
    return ranked[0][0], ranked[0][1] if clear else None


def _pull(mention: PersonMention, tie: Tie, article: Article) -> float:
    """How far one name of a state, in the sentence of the mention or the one before, ties the person to the state."""
    words = article.words
    gap = words.sentences[mention.start] - words.sentences[tie.start]
    if gap not in {0, 1, 2}:
        return 0.0
    weight = (1.0, 0.4, 0.2)[gap] * REACH / (REACH + abs(mention.span_start - tie.start))
    if gap == 0 and tie.end + 1 == mention.span_start and words.key(tie.end) == "and":
        return 0.0
    between = [words.key(i) for i in range(tie.end, mention.span_start)]
    if gap == 0 and 0 < len(between) < 6 and set(between) <= _LEADS and "with" not in between[:1]:
        return 2.0
    if gap == 0 and tie.start > mention.end and words.key(tie.start - 1 - (words.key(tie.start - 1) == "the")) == "to":
        return -weight
    if words.key(tie.start - 2) in {"pro", "anti"} or words.key(tie.start - 1).startswith(("pro-", "anti-")):
        return -weight
    if words.key(tie.start - 1) in _ELSEWHERE:
        weight *= 0.4
    if tie.start in article.constructions:
        weight *= 0.2
    if tie.subject and tie.start < mention.start:
        weight *= 0.2 if _is_counterpart(words, mention) else 1.5
    if words.key(tie.start - 1 - (words.key(tie.start - 1) == "the")) in _VISITS:
        return -weight
    if gap == 0 and tie.start > mention.end:
        weight *= 0.7
    return weight


def _is_counterpart(words: Words, mention: PersonMention) -> bool:
    """Whether the words before make the person the other side of what the subject does: "a rebuke to President X"."""
    i = mention.span_start - 1
    while words.key(i) in {"the", "new", "then"}:
        i -= 1
    return words.key(i) in {"to", "at", "against", "told", "by"} or (words.key(i) == "with" and words.key(i - 1) != ",")
