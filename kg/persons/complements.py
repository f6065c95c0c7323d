"""What follows the noun of a post: "of Defence", "to Sri Lanka", "commanding 2 Division", ", Army Staff College,"."""

from dataclasses import replace

from kg.persons import bodies
from kg.persons.bodies import Body
from kg.persons.phrases import PostPhrase, organization
from kg.persons.titles import Titles
from kg.persons.words import Words

OF = frozenset({"of", "for", "from"})
DUTY = frozenset({"to", "at", "with", "on", "in"})
"""Prepositions before the place of duty, which is not the state that the person acts for."""

ENDS = frozenset({",", ".", ";", '"', "”", ")"})
LONGEST = 4
"""Words in capitals that an unknown name may have."""


def read(words: Words, titles: Titles, phrase: PostPhrase) -> PostPhrase:
    """`phrase` with all complements that follow its head."""
    phrase = _in_apposition(words, titles, _direct(words, titles, phrase))
    while (following := _prepositional(words, titles, phrase)) is not None:
        phrase = following
    return phrase


def _with(words: Words, titles: Titles, phrase: PostPhrase, body: Body) -> PostPhrase:
    """`phrase` with the state and organisation that its complement says."""
    return replace(
        phrase,
        end=body.end,
        states=phrase.states or ((body.state,) if body.state else ()),
        organization=phrase.organization or organization(words, titles, body.organization),
        international=(phrase.international or body.international) and not (phrase.states or body.state),
    )


def _direct(words: Words, titles: Titles, phrase: PostPhrase) -> PostPhrase:
    """Add a body without "of": "General Officer Commanding 2 Division", "Chairman Joint Staff Committee Gen X"."""
    at = phrase.end
    if phrase.head_name in titles.direct:
        body = bodies.read(words, titles, at)
        return _with(words, titles, phrase, body) if body else phrase
    if phrase.plural or not words.is_capital(at) or bodies.is_title(words, titles, at):
        return phrase
    body = bodies.read(words, titles, at)
    if body is None:
        return phrase
    closed = words.key(body.end) == "," and body.organization is not None
    return _with(words, titles, phrase, body) if closed or bodies.is_title(words, titles, body.end) else phrase


def _in_apposition(words: Words, titles: Titles, phrase: PostPhrase) -> PostPhrase:
    """Add a body behind a comma: "Commandant, Army Staff College, Major General X".

    Behind "Chief of Navy, Republic of Singapore Navy" it names the organisation but is no part of the post.
    """
    at = phrase.end + 1
    if words.key(phrase.end) != "," or phrase.plural or words.key(at) in bodies.ARTICLES:
        return phrase
    body = bodies.read(words, titles, at) if titles.arms.at(words, at) is None else None
    if body is None or body.organization is None:
        return phrase
    closed = words.key(body.end) == "," or bodies.is_title(words, titles, body.end) or words.organization(at)
    if not closed:
        return phrase
    own = phrase.end > phrase.head + 1 and phrase.head_name not in titles.direct
    aside = frozenset(range(phrase.end, body.end)) if own else frozenset()
    return replace(_with(words, titles, phrase, body), skipped=phrase.skipped | aside)


def _prepositional(words: Words, titles: Titles, phrase: PostPhrase) -> PostPhrase | None:
    """`phrase` with the complement that a preposition opens, or `None` when there is none."""
    word, at = words.key(phrase.end), phrase.end + 1
    if word not in OF | DUTY or not words.together(phrase.end, at):
        return None
    posted = phrase.head_name in titles.posted
    if word in DUTY and not posted and not (word == "in" and phrase.organization):
        return None
    body = bodies.read(words, titles, at) or _closed_name(words, titles, at)
    if body is None or (word in {"from", "in"} and body.state is None):
        return None
    return replace(phrase, end=body.end) if word in DUTY else _with(words, titles, phrase, body)


def _closed_name(words: Words, titles: Titles, i: int) -> Body | None:
    """An unknown name in capitals from `i` that a comma or the sentence ends, so that no person's name can be in it."""
    start = i + (words.key(i) == "the")
    j = start
    while words.together(i, j) and j < start + LONGEST and words.is_capital(j) and words.key(j) not in titles.never:
        j += 1
    closed = words.key(j) in ENDS or not words.together(i, j)
    if j == start or not closed or bodies.is_title(words, titles, start):
        return None
    return Body(j, None, (start, j))
