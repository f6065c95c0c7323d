"""Posts without a name: "the Russian deputy defence minister", "his Turkish counterpart"."""

from collections.abc import Sequence

from kg.persons.chains import Posts
from kg.persons.mentions import OfficeMention, PersonMention
from kg.persons.words import Words

DEFINITE = frozenset({"the", "his", "her", "its", "their", "this", "that", "both", "our"})


def find(words: Words, posts: Posts, persons: Sequence[PersonMention]) -> tuple[OfficeMention, ...]:
    """The post phrases that lie in no person's construction, in order."""
    busy = {i for mention in persons for i in range(mention.span_start, mention.span_end)}
    found = []
    for phrase in posts.all:
        if phrase.head in busy or not phrase.name:
            continue
        before = words.key(phrase.start - 1) if words.together(phrase.start - 1, phrase.start) else ""
        state = phrase.states[0] if len(phrase.states) == 1 else phrase.organization_state
        definite = before in DEFINITE or bool(state) or bool(phrase.owner) or words.is_capital(phrase.head)
        found.append(OfficeMention(phrase.start, phrase.end, phrase.name, state, definite, phrase.counterpart))
    return tuple(found)
