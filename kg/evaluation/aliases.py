"""All names that the graph of an article has for a thing: what is one node there has the names of all its mentions."""

from dataclasses import replace

from pyoxigraph import NamedNode

from kg.model import Actor, Event, Extraction, Organization, Person, Place, Post, State
from kg.rdf.iris import DEFAULT_BASE, equipment_iri, organization_iri, person_iri, place_iri, post_iri
from kg.rdf.references import known, known_equipment, organizations_of


class Aliases:
    """Names by node, those of the reference data among them; without an extraction a thing has the name it is given.

    The latter is for annotations, whose names stand for themselves.
    """

    def __init__(self, extraction: Extraction | None = None) -> None:
        self._names: dict[NamedNode, dict[str, None]] = {}
        if extraction is not None:
            for event in extraction.events:
                self._read(event)
            for person in extraction.people:
                self._read_actor(person)

    def of_organization(self, organization: Organization) -> tuple[str, ...]:
        """The names of the organisation: the preferred one, then all others, sorted."""
        return self._of(organization_node(organization), organization.name)

    def of_person(self, person: Person) -> tuple[str, ...]:
        """The names of the person."""
        return self._of(person_iri(DEFAULT_BASE, person), person.name)

    def of_post(self, post: Post) -> tuple[str, ...]:
        """The names of the post, which must be settled."""
        return self._of(post_iri(DEFAULT_BASE, post), post.name)

    def of_place(self, place: Place) -> tuple[str, ...]:
        """The names of the place."""
        return self._of(place_iri(DEFAULT_BASE, place), place.name)

    def of_equipment(self, name: str) -> tuple[str, ...]:
        """The names of the equipment."""
        return self._of(equipment_node(name), name)

    def _of(self, node: NamedNode, given: str) -> tuple[str, ...]:
        preferred, *others = self._names.get(node, {given: None})
        return preferred, *sorted(others)

    def _read(self, event: Event) -> None:
        if event.place:
            self._add(place_iri(DEFAULT_BASE, event.place), event.place.name)
        for one in event.participations:
            self._read_actor(one.actor)
        for item in event.items:
            listed = known_equipment(item.equipment)
            self._add(equipment_node(item.equipment), *([listed.label] if listed else []), item.equipment)

    def _read_actor(self, actor: Actor) -> None:
        if isinstance(actor, State):
            return
        if isinstance(actor, Person):
            self._add(person_iri(DEFAULT_BASE, actor), actor.name, *actor.alt)
            for post in settled_posts(actor):
                self._add(post_iri(DEFAULT_BASE, post), post.name)
        for organization in organizations_of(actor):
            self._read_organization(organization)

    def _read_organization(self, organization: Organization) -> None:
        node, listed = organization_node(organization), known(organization)
        if listed:
            self._add(node, listed.label, *listed.alt)
        self._add(node, organization.name, *organization.alt)

    def _add(self, node: NamedNode, *names: str) -> None:
        self._names.setdefault(node, {}).update(dict.fromkeys(names))


def organization_node(organization: Organization) -> NamedNode:
    """The organisation's node, which is that of the reference data where these know it."""
    listed = known(organization)
    return organization_iri(DEFAULT_BASE, replace(organization, key=listed.id) if listed else organization)


def settled_posts(person: Person) -> tuple[Post, ...]:
    """The person's posts; one without state and organisation is in those that the person acts for, as in the graph."""
    body = person.organization.name if person.organization and not person.state else None
    return tuple(
        post if post.state or post.organization else replace(post, state=person.state, organization=body)
        for post in person.posts
    )


def equipment_node(name: str) -> NamedNode:
    """The node of the equipment: of the reference data's label where it is known there."""
    listed = known_equipment(name)
    return equipment_iri(DEFAULT_BASE, listed.label if listed else name)
