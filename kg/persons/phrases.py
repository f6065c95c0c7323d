"""What a post phrase says: the value that the readers of its left and right side fill in."""

from dataclasses import dataclass, field

from kg import model
from kg.persons.titles import PLURALS, Titles
from kg.persons.words import Words

COUNTERPARTS = frozenset({"counterpart", "colleague", "opposite number", "homologue"})
"""Heads that are no post of their own, but that of the person on the other side."""


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """A post on tokens `start` to `end`, the country before it included and articles left out.

    `head` is where its noun begins, `head_name` its usual form. `states` holds what the phrase says of the state acted
    for, more than one in "Russian and Turkish presidents"; `owner` is a possessive without a name ("his", "country").
    `international` tells that its organisation belongs to no state. `skipped` are tokens that are no part of the name.
    """

    start: int
    head: int
    end: int
    head_name: str
    name: str = ""
    states: tuple[str, ...] = ()
    organization: str | None = None
    organization_state: str | None = None
    former: bool = False
    international: bool = False
    plural: bool = False
    owner: str | None = None
    skipped: frozenset[int] = field(default=frozenset())

    @property
    def counterpart(self) -> bool:
        """Whether the phrase says only that somebody has the post of another."""
        return self.head_name in COUNTERPARTS

    def post(self, number: int = 0) -> model.Post:
        """The post as the model has it, of several states ("Russian and Turkish presidents") for that `number`."""
        states = self.states if len(self.states) > 1 else self.states * (number + 1)
        state = states[number] if number < len(states) else self.organization_state
        name = singular(self.name, self.head_name) if self.plural else self.name
        return model.Post(name, state, self.organization, self.former)


def singular(name: str, head: str) -> str:
    """The post as one person holds it.

    >>> singular("Foreign Ministers", "minister")
    'Foreign Minister'
    """
    words = name.split()
    for i, word in enumerate(words):
        for one, many in (*PLURALS, ("", "s")):
            if word.lower().endswith(many) and word.lower().removesuffix(many) + one in head.split():
                words[i] = word[: len(word) - len(many)] + one
                return " ".join(words)
    return name


def organization(words: Words, titles: Titles, span: tuple[int, int] | None) -> str | None:
    """The organisation's name on these tokens; one plain noun ("ministry", "Army") names none."""
    if span is None:
        return None
    start, end = span
    plain = titles.organization_nouns.at(words, start) or titles.departments.at(words, start)
    named = end - start > 1 or words.organization(start) or (words.is_capital(start) and plain is None)
    return words.between(start, end) if named else None
