"""The state that a person acts for, from what an article says about the person.

What a construction says comes first ("Pakistan's ..."), then posts that only one state has, the table of leaders, a
possessive that points back ("the country's"), and the person's ship or ministry where it stands with its state
elsewhere. Only then is the state taken that the article ties to the person most.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from kg.persons import PersonMention, ties
from kg.persons.ties import Article
from kg.persons.titles import titles
from kg.persons.words import key
from ontology.reference import Leader

_SMALL = frozenset({"of", "the", "for", "and", "to", "in", "at", "a"})
_SPELLINGS = {
    "defense": "defence",
    "advisor": "adviser",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "pm": "prime minister",
    "chairwoman": "chairman",
    "chairperson": "chairman",
}

SINGLE = frozenset(
    {
        "president",
        "prime minister",
        "premier",
        "vice president",
        "king",
        "emir",
        "chancellor",
        "defence minister",
        "foreign minister",
        "supreme leader",
        "crown prince",
        "defence secretary",
        "secretary state",
    }
)
"""Posts that one person at a time holds in a state."""

NATIONAL = frozenset(
    {
        "president",
        "minister",
        "premier",
        "secretary",
        "king",
        "emir",
        "chancellor",
        "senator",
        "adviser",
        "nsa",
        "chief",
        "cds",
        "coas",
        "ambassador",
        "mantri",
        "governor",
        "chairman",
    }
)
"""Words of posts of the state itself, which go without its name in its own newspapers."""

BODIES = frozenset({"ministry", "embassy"})
"""Bodies that a post may name without their state, which the article gives elsewhere."""

BEHIND = 5
"""Tokens behind a state's name in which a body or ship is taken for its own: "French Navy frigate X"."""


@cache
def post_words(name: str) -> frozenset[str]:
    """The words of a post's name that tell it from others, in one spelling.

    >>> sorted(post_words("Minister of Defense"))
    ['defence', 'minister']
    """
    words = " ".join(_SPELLINGS.get(key(word), key(word)) for word in name.replace("-", " ").split())
    return frozenset(word.removesuffix("'s") for word in words.split()) - _SMALL


def states(
    groups: Sequence[Sequence[PersonMention]], article: Article, leaders: Sequence[Leader | None]
) -> tuple[str | None, ...]:
    """The state of each person, `None` where the article gives no evidence and the person is none of the `leaders`.

    `leaders` has the leader that each person is by name. What is surer comes first and bears on the rest: a state that
    has its president named hardly has a second one.
    """
    found = [
        _said(group) or _tied(group) or (leader.state if leader else _owned(group, article) or _body(group, article))
        for group, leader in zip(groups, leaders, strict=True)
    ]
    held = {(post, code) for group, code in zip(groups, found, strict=True) if code for post in _single(group)}
    unknown = [i for i, code in enumerate(found) if code is None and leaders[i] is None]
    waiting = [i for i in unknown if _acts_for_a_state(groups[i])]
    while waiting:
        verdicts = {i: _weighed(groups[i], article, held) for i in waiting}
        best = max(waiting, key=lambda i: (verdicts[i].weight, -i))
        waiting.remove(best)
        found[best] = code = verdicts[best].state
        held |= {(post, code) for post in _single(groups[best]) if code}
    return tuple(found)


def _weighed(group: Sequence[PersonMention], article: Article, held: set[tuple[str, str]]) -> ties.Verdict:
    """The state that the article ties the person to most, among those that have the person's posts."""
    posts, single = _heads(group), _single(group)
    codes = {tie.state for tie in article.ties} | ({article.home.state} if article.home else set())
    possible = frozenset(code for code in codes if _possible(posts, code))
    taken = frozenset(code for post, code in held if post in single)
    leads = any(NATIONAL & post for post in posts)
    return ties.weigh(group, article, possible, taken, _office(group, article), leads)


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


def _owned(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state that "its" or "the country's" before the post points back to: the last one named before."""
    sentences = article.words.sentences
    for mention in group:
        before = [name for name in article.states if name.end <= mention.span_start]
        near = before and sentences[mention.start] - sentences[before[-1].start] <= 1
        if near and mention.owner in {"country", "its", "their"}:
            return before[-1].state
    return None


def _body(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state right before the person's body or ship where it is named on its own: "French frigate X"."""
    words = article.words
    own = {key(m.organization.split()[-1]) for m in group if m.organization}
    own |= {word for post in _heads(group) for word in post & BODIES}
    found = Counter(
        tie.state
        for tie in article.ties
        if tie.start not in article.constructions
        and any(words.key(i) in own and words.together(i, tie.start) for i in range(tie.end - 1, tie.end + BEHIND))
    )
    ranked = found.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _office(group: Sequence[PersonMention], article: Article) -> str | None:
    """The state of the only office of that name that the article speaks of: "Iraq's prime minister"."""
    held = {post_words(post.name) for m in group for post in m.posts if not post.former}
    found = {office.state for office in article.offices if office.state and post_words(office.post) in held}
    return found.pop() if len(found) == 1 else None


def _heads(group: Sequence[PersonMention]) -> frozenset[frozenset[str]]:
    """The words of the person's posts."""
    return frozenset(post_words(post.name) for m in group for post in m.posts)


def _single(group: Sequence[PersonMention]) -> frozenset[str]:
    """The posts of the person that only one holds in a state."""
    posts = _heads(group)
    return frozenset(single for single in SINGLE if frozenset(single.split()) in posts)


def _possible(posts: frozenset[frozenset[str]], code: str) -> bool:
    """Whether that state has these posts."""
    return not any(
        frozenset(limit.head.split()) <= post and (code in limit.states) != limit.only
        for limit in titles().limits
        for post in posts
    )
