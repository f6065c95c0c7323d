"""What stands before the noun of a post: country, organisation, department, "deputy", "then"."""

from dataclasses import dataclass, field

from kg.mentions.gazetteer import Kind
from kg.persons import bodies
from kg.persons.titles import Phrases, Titles
from kg.persons.words import HYPHENS, POSSESSIVES, Words

COUNTRY_WORDS = frozenset({"country", "nation", "kingdom", "republic", "island", "state", "sultanate", "emirate"})
OWNERS = frozenset({"his", "her", "its", "their", "our"})
OWN_WORDS = 4
"""Words in capitals that an organisation's own name may have before the noun that shows it to be one."""


@dataclass(slots=True)
class Left:
    """What is read to the left of a head so far; it grows from the head on, and is done with once read."""

    start: int
    states: tuple[str, ...] = ()
    organization: tuple[int, int] | None = None
    organization_state: str | None = None
    former: bool = False
    international: bool = False
    owner: str | None = None
    skipped: set[int] = field(default_factory=set)
    own_words: int = 0
    closed: bool = False

    def take_state(self, code: str, start: int, skipped: range) -> None:
        """Take a state that begins at `start`; the tokens `skipped` are no part of the post's name."""
        self.states, self.start = (code, *self.states), start
        self.skipped |= set(skipped)

    def take_organization(self, start: int, end: int) -> None:
        """Take the tokens as an organisation's name, or as more of it."""
        self.organization, self.start = (start, self.organization[1] if self.organization else end), start


def read(words: Words, titles: Titles, head: int, former: bool) -> Left:
    """All that belongs to the post whose noun begins at `head` and stands before it."""
    left = Left(head, former=former)
    while _step(words, titles, left):
        pass
    before = words.key(left.start - 1)
    if left.owner is None and before in OWNERS and words.together(left.start - 1, head):
        left.owner = before
    return left


def _step(words: Words, titles: Titles, left: Left) -> bool:
    """Take what ends right before `left.start`; return whether it belongs to the post."""
    t = left.start - 1
    if words.together(t - 1, left.start) and words.texts[t] in HYPHENS and words.joined[t]:
        t -= 1
    if not words.together(t, left.start):
        return False
    if words.texts[t] in POSSESSIVES:
        return not left.closed and not left.states and _possessor(words, left, t)
    if left.closed or left.states:
        return _qualifier(words, titles, left, t)
    return (
        _country(words, titles, left, t)
        or _known_organization(words, left, t)
        or _qualifier(words, titles, left, t)
        or _portfolio(words, titles, left, t)
        or _own_name(words, titles, left, t)
    )


def _country(words: Words, titles: Titles, left: Left, t: int) -> bool:
    """Take a state's name, demonym, capital or metonym, or the adjective of a part of a state ("Kurdish")."""
    if state := words.state(t):
        kept = state.kind is Kind.METONYM
        left.take_state(state.key, state.start, range(0) if kept else range(state.start, state.end))
        _more_states(words, left)
        return True
    part = next((code for name, code in titles.parts if words.key(t) == name and words.is_capital(t)), None)
    if part:
        left.take_state(part, t, range(t, t + 1))
    return part is not None


def _more_states(words: Words, left: Left) -> None:
    """Take further states before "and": "Russian and Turkish presidents"."""
    while words.key(left.start - 1) in {"and", ","} and words.together(left.start - 2, left.start):
        before, first = words.state(left.start - 2), words.state(left.start)
        if before is None or first is None or before.kind is not first.kind:
            return
        left.take_state(before.key, before.start, range(before.start, left.start))


def _known_organization(words: Words, left: Left, t: int) -> bool:
    """Take an organisation that the reference tables know; its country is no part of the post's name."""
    organization = words.organization(t)
    if organization is None or left.organization:
        return False
    left.take_organization(organization.start, organization.end)
    left.skipped |= set(range(organization.start, organization.start + bodies.country_length(words, organization)))
    left.organization_state = bodies.state_of(words, t)
    left.international = left.organization_state is None
    return True


def _possessor(words: Words, left: Left, t: int) -> bool:
    """Take a possessive that ends at `t`: a state's, an organisation's, or "the country's"; nothing goes before it."""
    left.closed = True
    if state := words.state(t - 1):
        left.take_state(state.key, state.start, range(state.start, t + 1))
        _more_states(words, left)
    elif _known_organization(words, left, t - 1):
        left.skipped.add(t)
    elif words.key(t - 1) in COUNTRY_WORDS:
        left.owner, left.start = "country", t - 1
        left.skipped |= {t - 1, t}
    else:
        return False
    return True


def _ending_at(words: Words, phrases: Phrases, i: int) -> int | None:
    """The start of the longest phrase that ends with token `i`."""
    for start in range(max(0, i - 4), i + 1):
        match = phrases.at(words, start) if words.together(start, i) else None
        if match and match.end == i + 1:
            return start
    return None


def _qualifier(words: Words, titles: Titles, left: Left, t: int) -> bool:
    """Take "then", "new", "deputy" and the like that end at `t`."""
    for phrases, former in ((titles.former, True), (titles.dropped, False)):
        if (start := _ending_at(words, phrases, t)) is not None:
            left.skipped |= set(range(start, t + 1 if left.states else left.start))
            left.former, left.start = left.former or former, start
            return True
    start = _ending_at(words, titles.kept, t)
    if start is None or (words.key(start) == "general" and titles.ranks.at(words, start, capital=True)):
        return False
    left.start = start
    return True


def _portfolio(words: Words, titles: Titles, left: Left, t: int) -> bool:
    """Take a department, the noun of an organisation, or "and" between two departments."""
    department = _ending_at(words, titles.departments, t)
    noun = _ending_at(words, titles.organization_nouns, t)
    if noun is not None and (department is None or noun <= department):
        left.own_words = OWN_WORDS if words.is_capital(noun) else 1
        left.take_organization(noun, t + 1)
        return True
    if department is not None:
        left.start = department
        return True
    if words.key(t) not in {"and", "&", ","}:
        return False
    before = _ending_at(words, titles.departments, t - 1) if words.together(t - 1, t) else None
    if before is None or titles.departments.at(words, left.start) is None or words.key(before - 1) in {"of", "for"}:
        return False
    left.start = before
    return True


def _own_name(words: Words, titles: Titles, left: Left, t: int) -> bool:
    """Take an acronym, or a word in capitals before the noun of an organisation."""
    if words.key(t) in titles.never or not words.is_capital(t) or bodies.is_title(words, titles, t):
        return False
    acronym = words.is_acronym(t) and words.mentions[t] is None and not _is_ship(words, titles, t)
    if not acronym and left.own_words == 0:
        return False
    left.own_words = max(0, left.own_words - 1)
    left.take_organization(t, t + 1)
    return True


def _is_ship(words: Words, titles: Titles, t: int) -> bool:
    """Whether the acronym at `t` is a ship's prefix."""
    return words.key(t) in titles.before_things and words.is_capital(t + 1)
