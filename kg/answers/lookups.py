"""What is asked of a store: entities by name, what is known of them, what links them, and events.

The REST layer, `kg show` and others ask here. Everything is read by pattern; no text of a user becomes part of a query.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.answers.claims import newest
from kg.answers.descriptions import ENTITY_CLASSES, Descriptions, name
from kg.answers.happenings import Happenings, in_order
from kg.answers.moves import Moves
from kg.answers.names import Hit, Names
from kg.answers.store import Store
from kg.answers.views import Count, Entity, EventFilter, Happening, Match, Node, Relationship, Tenure
from kg.errors import SeveralEntities, UnknownEntity
from kg.model import EventType
from ontology import terms

ENTITY_TYPES = tuple(name(kind) for kind in ENTITY_CLASSES)
"""The names of the entities' classes: State, Organization, ..."""


class Lookups:
    """Questions to one open store. The names are read once, and again after a change."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read = Descriptions(store)
        self._happenings = Happenings(self._read)
        self._moves = Moves(self._read)
        self._names: tuple[int, Names] | None = None

    def search(self, text: str, types: Iterable[str] = (), limit: int = 20) -> list[Match]:
        """The entities that a text means by label, alias, code or id, typos allowed, the best first."""
        kinds = [terms.COOP[kind] for kind in types] or ENTITY_CLASSES
        return [self._match(hit) for hit in self._all_names().find(text, kinds)[:limit]]

    def resolve(self, text: str) -> str:
        """The id of the one entity that has, or had, this id, or has this label, alias or code.

        Raises:
            UnknownEntity: none has it, or several have; `nearest` names those that come closest.
        """
        hits = [hit for hit in self._all_names().find(text) if hit.score >= 98.0]
        best = [hit for hit in hits if hit.score == hits[0].score]
        if len(best) == 1:
            return self._read.id(best[0].name.iri)
        if best:
            ids = tuple(self._read.id(hit.name.iri) for hit in best)
            raise UnknownEntity(f"{text!r} may be {' or '.join(ids)}; give the id", ids)
        if ":" in text:
            return self.entity_id(text)
        raise self._unknown(text)

    def entity_id(self, id: str) -> str:
        """The id in use of the entity that has, or had, this id.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
        """
        return self._read.id(self._entity_iri(id))

    def event_id(self, id: str) -> str:
        """The id in use of the event that has, or had, this id.

        Raises:
            UnknownEntity: there is none.
        """
        return self._read.id(self._happenings.event_iri(id))

    def entity(self, id: str) -> Entity:
        """What is known of the entity that has, or had, this id.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
        """
        iri, read = self._entity_iri(id), self._read
        events = [event.event for event in self._involved(iri)]
        days = sorted(day for event in events for day in (event.earliest, event.latest) if day)
        counts = Counter(event.type for event in events)
        return Entity(
            node=read.node(iri),
            iri=iri.value,
            aliases=self._aliases(iri),
            iso2=read.text(iri, terms.ISO2),
            iso3=read.text(iri, terms.ISO3),
            states=read.linked(iri, terms.HAS_STATE),
            represents=read.linked(iri, terms.REPRESENTS),
            ranks=read.texts(iri, terms.RANK),
            posts=tuple(sorted(self._tenures(iri), key=_tenure_order)),
            same_as=tuple(node.value for node in read.nodes(iri, terms.SKOS_EXACT_MATCH)),
            events=tuple(Count(kind, counts[kind]) for kind in EventType if counts[kind]),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )

    def relationships(self, id: str) -> list[Relationship]:
        """What links an entity to each counterpart, one by one, the newest event first.

        A state's own people and organisations stand beside it in the roles; they are counterparts like the others.

        Raises:
            UnknownEntity: there is none; `nearest` names those that come closest.
        """
        return [link for involved in self._involved(self._entity_iri(id)) for link in involved.links()]

    def events(self, wanted: EventFilter | None = None) -> list[Happening]:
        """The events that pass the filter, the newest first, those without a date last.

        Raises:
            UnknownEntity: the filter's actor does not exist.
        """
        wanted = wanted or EventFilter()
        if wanted.actor is not None:
            self._entity_iri(wanted.actor)
        return self._happenings.matching(wanted)

    def event(self, id: str) -> Happening:
        """The event that has, or had, this id, with all its roles and sources.

        Raises:
            UnknownEntity: there is none.
        """
        return self._happenings.event(id)

    def _involved(self, iri: ox.NamedNode) -> list["Involved"]:
        own = self._read.id(iri)
        found = self._happenings.of_actor(iri).union(
            self._read.subjects(terms.HAS_PLACE, iri),
            *(self._read.subjects(terms.HAS_ITEM, item) for item in self._read.subjects(terms.HAS_EQUIPMENT, iri)),
        )
        events = (self._happenings.read(event) for event in found if self._happenings.type_of(event) is not None)
        return [Involved(own, event) for event in in_order(events)]

    def _entity_iri(self, id: str) -> ox.NamedNode:
        try:
            iri = self._moves.in_use(id)
        except SeveralEntities:
            raise
        except UnknownEntity as error:
            raise UnknownEntity(str(error), self._nearest(id)) from None
        if not any(kind in ENTITY_CLASSES for kind in self._read.nodes(iri, terms.RDF_TYPE)):
            raise self._unknown(id)
        return iri

    def _unknown(self, text: str) -> UnknownEntity:
        nearest = self._nearest(text)
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "give an id such as state:PK, a name or a code"
        return UnknownEntity(f"no entity {text!r} in the store; {hint}", nearest)

    def _nearest(self, text: str) -> tuple[str, ...]:
        return self._all_names().nearest(text.partition(":")[2].replace("-", " ") or text)

    def _all_names(self) -> Names:
        if self._names is None or self._names[0] != self.store.version:
            self._names = self.store.version, Names.of(self._read)
        return self._names[1]

    def _match(self, hit: Hit) -> Match:
        state = self._read.one(hit.name.iri, terms.HAS_STATE)
        return Match(
            node=self._read.node(hit.name.iri),
            name=hit.name.text,
            score=hit.score,
            state=self._read.id(state) if isinstance(state, ox.NamedNode) else None,
        )

    def _aliases(self, iri: ox.NamedNode) -> tuple[str, ...]:
        label = self._read.text(iri, terms.SKOS_PREF_LABEL)
        names = {*self._read.texts(iri, terms.SKOS_ALT_LABEL), *self._read.texts(iri, terms.SKOS_PREF_LABEL)}
        return tuple(sorted(names - {label}))

    def _tenures(self, iri: ox.NamedNode) -> Iterator[Tenure]:
        """The posts of a person, the holders of a post."""
        store = self.store.inner
        for predicate in (terms.HOLDS, terms.HELD):
            for pattern in ((iri, None), (None, iri)):
                for quad in store.quads_for_pattern(pattern[0], predicate, pattern[1], None):
                    yield self._tenure(quad)

    def _tenure(self, quad: ox.Quad) -> Tenure:
        person, post, graph = quad.subject, quad.object, quad.graph_name
        assert isinstance(person, ox.NamedNode), quad
        assert isinstance(post, ox.NamedNode), quad
        assert isinstance(graph, ox.NamedNode), quad
        article = self._read.article(graph)
        return Tenure(
            person=self._read.node(person),
            post=self._read.node(post),
            state=self._read.link(post, terms.HAS_STATE),
            organization=self._read.link(post, terms.HAS_ORGANIZATION),
            former=quad.predicate == terms.HELD,
            article=self._read.id(article),
            day=self._read.day(article, terms.SCHEMA_DATE_PUBLISHED),
        )


class Involved:
    """An event as one of its entities sees it."""

    def __init__(self, own: str, event: Happening) -> None:
        self.own = own
        self.event = event

    def links(self) -> list[Relationship]:
        """A relationship to each other entity of the event; where it is the event's only one, to nobody."""
        roles = self._roles()
        own = roles.pop(self.own, (Node(self.own, "", self.own), []))
        return [
            Relationship(self.event, tuple(own[1]), node, tuple(others))
            for node, others in sorted(roles.values(), key=lambda pair: (pair[1][0], pair[0].id))
        ]

    def _roles(self) -> dict[str, tuple[Node, list[str]]]:
        """Each actor with its roles; place and equipment only where they are what was asked about."""
        roles: dict[str, tuple[Node, list[str]]] = {}
        for part in self.event.parts:
            roles.setdefault(part.actor.id, (part.actor, []))[1].append(str(part.role))
        if self.event.place is not None and self.event.place.id == self.own:
            roles.setdefault(self.own, (self.event.place, []))[1].append("place")
        for goods in self.event.goods:
            if goods.equipment.id == self.own and "item" not in roles.setdefault(self.own, (goods.equipment, []))[1]:
                roles[self.own][1].append("item")
        return roles


def _tenure_order(tenure: Tenure) -> tuple[bool, int, str, str, str]:
    return tenure.former, newest(tenure.day), tenure.post.id, tenure.person.id, tenure.article
