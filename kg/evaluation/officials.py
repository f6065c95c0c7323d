"""Persons as the measure sees them: name, positions and state, each once, and which of them were found."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluation.aliases import Aliases, settled_posts
from kg.evaluation.likeness import POSITION, alike, same_person
from kg.model import Extraction, Person, Post
from kg.rdf.iris import DEFAULT_BASE, person_iri


@dataclass(frozen=True, slots=True)
class Official:
    """A person with all names, and with the positions, each with all names that it has."""

    names: tuple[str, ...]
    positions: tuple[tuple[str, ...], ...]
    state: str | None

    def __str__(self) -> str:
        """The person for people: the name, and what is known besides."""
        return ", ".join([self.names[0], *(names[0] for names in self.positions), *filter(None, [self.state])])


@dataclass(frozen=True, slots=True)
class Recognition:
    """An annotated official and the one found for it; a miss has no `found`, a false alarm no `gold`."""

    gold: Official | None
    found: Official | None

    @property
    def is_complete(self) -> bool:
        """Whether position and state are right too, as far as the annotation has them."""
        if self.gold is None or self.found is None:
            return False
        wanted = self.gold.positions
        positioned = not wanted or any(alike(line(wanted[0]), line(names), POSITION) for names in self.found.positions)
        return positioned and (not self.gold.state or self.gold.state == self.found.state)


def annotated(extraction: Extraction) -> tuple[Official, ...]:
    """The officials that an annotation lists, as it has them."""
    return tuple(
        Official((person.name,), tuple((post.name,) for post in person.posts), person.state)
        for person in extraction.people
    )


def extracted(extraction: Extraction, aliases: Aliases) -> tuple[Official, ...]:
    """The persons that the article's graph has: its officials and those with roles in events, each once."""
    fillers = (one.actor for event in extraction.events for one in event.participations)
    named = [*extraction.people, *(actor for actor in fillers if isinstance(actor, Person))]
    mentions: dict[str, list[Person]] = {}
    for person in named:
        mentions.setdefault(person_iri(DEFAULT_BASE, person).value, []).append(person)
    return tuple(_official(together, aliases) for together in mentions.values())


def recognize(gold: Sequence[Official], found: Sequence[Official]) -> tuple[Recognition, ...]:
    """All officials, each once: every annotated one with the first of its name that is left, then the false alarms."""
    left = list(found)
    recognitions = []
    for official in gold:
        place = next((i for i, other in enumerate(left) if same_person(line(official.names), line(other.names))), None)
        recognitions.append(Recognition(official, None if place is None else left.pop(place)))
    return *recognitions, *(Recognition(None, other) for other in left)


def line(names: Sequence[str]) -> str:
    """The names as one: in the lists of persons the measure compares all names of a node as one text."""
    return " ".join(names)


def _official(mentions: Sequence[Person], aliases: Aliases) -> Official:
    posts = dict.fromkeys(post for person in mentions for post in settled_posts(person))
    positions = dict.fromkeys(aliases.of_post(post) for post in posts)
    return Official(aliases.of_person(mentions[0]), tuple(positions), _state(mentions, tuple(posts)))


def _state(mentions: Sequence[Person], posts: Sequence[Post]) -> str | None:
    """The state that the person acts for; without one, and without an organisation, that of the first post with any."""
    if states := sorted({person.state for person in mentions if person.state}):
        return states[0]
    if any(person.organization for person in mentions):
        return None
    return next((post.state for post in sorted(posts, key=lambda post: post.former) if post.state), None)
