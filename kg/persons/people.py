"""The persons of an article: all mentions of one person together, with ranks, posts and the state acted for.

Later short forms and posts ("Gen X", "the minister") lead to the person; a state that no construction gives is that of
the leader whose name it is, else taken from evidence in the article alone, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from spacy.tokens import Doc

from kg.mentions.gazetteer import Mention
from kg.model import Organization, Person, Post
from kg.persons import OfficeMention, PersonMention, allegiance, leaders, ties
from kg.persons.homes import Home
from kg.persons.words import key
from ontology import reference
from ontology.reference import Leader

SPELLING = 0.88
"""Likeness of two full names that are spellings of one ("Mohamed", "Mohammed")."""


@dataclass(frozen=True, slots=True)
class Link:
    """The tokens `start` to `end` speak of the person with this index."""

    start: int
    end: int
    person: int


@dataclass(frozen=True, slots=True)
class People:
    """The persons of an article in the order of their first mention, and what leads to each.

    `officials` holds the indices of those who have a post or rank, are called a counterpart, or lead in that year.
    """

    persons: tuple[Person, ...] = ()
    links: tuple[Link, ...] = ()
    officials: frozenset[int] = frozenset()

    def at(self, start: int, end: int) -> Person | None:
        """The person that a mention on tokens within `start` to `end` speaks of."""
        found = (link for link in self.links if start <= link.start and link.end <= end)
        link = next(found, None) or next((k for k in self.links if k.start <= start and end <= k.end), None)
        return self.persons[link.person] if link else None

    def named_officials(self) -> tuple[Person, ...]:
        """The persons who have a post or rank, or lead a state or organisation."""
        return tuple(person for i, person in enumerate(self.persons) if i in self.officials)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, comparable."""
    return tuple(key(part) for part in name.replace("-", " ").split())


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether all words of `part` are in `whole`, the last word or the first of `whole` among them."""
    return set(part) <= set(whole) and (len(part) > 1 or part[-1] in {whole[-1], whole[0]})


def _same(a: str, b: str) -> bool:
    """Whether two names of one article are one person's."""
    left, right = _words(a), _words(b)
    if _within(left, right) or _within(right, left):
        return True
    if len(left) < 2 or len(right) < 2:
        return False
    initial = left[-1] == right[-1] and left[0][0] == right[0][0] and 1 in {len(left[0]), len(right[0])}
    likeness = SequenceMatcher(None, " ".join(left), " ".join(right)).ratio()
    return initial or (left[0][0] == right[0][0] and likeness >= SPELLING)


def _clusters(mentions: Sequence[PersonMention]) -> list[list[PersonMention]]:
    """The mentions grouped by person, groups and members in the order of the text."""
    groups: list[list[PersonMention]] = []
    for mention in sorted(mentions, key=lambda m: (-len(_words(m.name)), m.start)):
        fitting = [group for group in groups if _same(mention.name, group[0].name)]
        if fitting and len(_words(mention.name)) == 1:
            fitting.sort(key=lambda group: _distance(group, mention))
        if fitting:
            fitting[0].append(mention)
        else:
            groups.append([mention])
    for group in groups:
        group.sort(key=lambda m: m.start)
    return sorted(groups, key=lambda group: group[0].start)


def _distance(group: list[PersonMention], mention: PersonMention) -> tuple[int, int]:
    """How far before `mention` the group was last named; groups that only come later are behind all others."""
    before = [mention.start - m.start for m in group if m.start < mention.start]
    return (0, min(before)) if before else (1, min(abs(mention.start - m.start) for m in group))


def _plain(post: Post) -> str:
    """The post's name, comparable."""
    return " ".join(sorted(allegiance.post_words(post.name)))


def _posts(group: Sequence[PersonMention], state: str | None) -> tuple[Post, ...]:
    """The posts of all mentions, each once, with the state where a post has none of its own."""
    found: dict[tuple[str, bool], Post] = {}
    for post in (post for mention in group for post in mention.posts):
        known = found.get((_plain(post), post.former))
        if known is None:
            found[_plain(post), post.former] = replace(post, state=post.state or state)
        elif known.organization is None and post.organization:
            found[_plain(post), post.former] = replace(known, organization=post.organization)
    return tuple(found.values())


@cache
def _organizations() -> dict[str, Organization]:
    """The known organisations by all their names, in small letters."""
    found: dict[str, Organization] = {}
    for known in reference.organizations():
        value = Organization(known.label, known.state, known.alt, known.id)
        for name in (known.label, *known.alt):
            found.setdefault(name.lower(), value)
    return found


def _organization(name: str, state: str | None) -> Organization:
    """The known organisation of that name, or one that the article alone knows."""
    known = _organizations().get(name.lower())
    fits = known is not None and (known.state is None or state in {None, known.state})
    return known if known and fits else Organization(name, state)


@cache
def _by_id() -> dict[str, Organization]:
    """The known organisations by their ids."""
    return {one.id: Organization(one.label, one.state, one.alt, one.id) for one in reference.organizations()}


def _body(group: Sequence[PersonMention], state: str | None, leader: Leader | None) -> Organization | None:
    """The organisation that the article gives, else the one that the leader heads."""
    name = next((m.organization for m in group if m.organization), None)
    if name:
        return _organization(name, state)
    return _by_id()[leader.organization] if leader and leader.organization and state is None else None


def _person(group: Sequence[PersonMention], state: str | None, leader: Leader | None = None) -> Person:
    """The person that the mentions of `group` speak of; a leader's post that the article does not give is left out."""
    names = list(dict.fromkeys(mention.name for mention in group))
    name = max(names, key=lambda n: (len(n.split()), len(n)))
    return Person(
        name=name,
        state=state,
        organization=_body(group, state, leader),
        rank=next((m.rank for m in group if m.rank), None),
        posts=_posts(group, state),
        alt=tuple(n for n in names if n != name),
    )


def people(
    doc: Doc,
    names: Sequence[Mention],
    mentions: Sequence[PersonMention],
    offices: Sequence[OfficeMention] = (),
    home: Home | None = None,
    year: int | None = None,
) -> People:
    """The persons that `mentions` speak of, with a link from every mention and from the posts that stand for one.

    `doc`, `names` and `offices` are what the mentions were found in and with; they are the evidence for states, as is
    `home`, the state of the publisher or dateline (`homes.home`). `year` is that of the article.
    """
    groups = _clusters(mentions)
    article = ties.read(doc, names, mentions, offices, home)
    known = [leaders.of(group, year) for group in groups]
    states = allegiance.states(groups, article, known)
    persons = tuple(_person(group, state, one) for group, state, one in zip(groups, states, known, strict=True))
    officials = frozenset(
        i
        for i, (group, one) in enumerate(zip(groups, known, strict=True))
        if any(m.official for m in group) or (one and leaders.is_current(one, year))
    )
    links = [Link(m.start, m.end, i) for i, group in enumerate(groups) for m in group]
    links += _office_links(offices, groups, persons)
    return People(persons, tuple(sorted(links, key=lambda link: (link.start, link.end))), officials)


def _office_links(
    offices: Sequence[OfficeMention], groups: Sequence[Sequence[PersonMention]], persons: Sequence[Person]
) -> list[Link]:
    """A link for each definite post without a name that one person of the article is known to hold."""
    found = []
    for office in offices:
        if not office.definite or office.counterpart:
            continue
        wanted = allegiance.post_words(office.post)
        fitting = [
            (_distance(list(group), PersonMention(office.start, office.end, 0, 0, "")), i)
            for i, group in enumerate(groups)
            if _holds(persons[i], wanted, office.state)
        ]
        if fitting and min(fitting)[0][0] == 0:
            found.append(Link(office.start, office.end, min(fitting)[1]))
    return found


def _holds(person: Person, wanted: frozenset[str], state: str | None) -> bool:
    """Whether the person has a post with all the wanted words, for that state where one is said."""
    if state and person.state and state != person.state:
        return False
    if state and person.state is None:
        return False
    return any(wanted <= allegiance.post_words(post.name) for post in person.posts)
