"""Events read from a store: roles, goods, and the sentences that tell of them."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

import pyoxigraph as ox

from kg.answers.descriptions import Descriptions, name
from kg.answers.views import EventFilter, Goods, Happening, Part, Sentence
from kg.errors import UnknownEntity
from kg.model import EventType, Role, Stage, Status
from ontology import terms

ROLES = {terms.COOP[role]: role for role in Role}
TYPES = {terms.COOP[kind]: kind for kind in EventType}


class Happenings:
    """Reads events of a store."""

    def __init__(self, descriptions: Descriptions) -> None:
        self.descriptions = descriptions
        self._store = descriptions.store

    def event(self, id: str) -> Happening:
        """The event with this id.

        Raises:
            UnknownEntity: there is none.
        """
        iri = self.descriptions.iri(id)
        if self.type_of(iri) is None:
            raise UnknownEntity(f"no event {id!r} in the store; list the events to get its id")
        return self.read(iri)

    def matching(self, wanted: EventFilter) -> list[Happening]:
        """The events that pass the filter, the newest first, those without a date last.

        Raises:
            UnknownEntity: the filter's actor or article is no id.
        """
        found = (iri for iri in self._candidates(wanted) if self.type_of(iri) is not None)
        return in_order(event for event in map(self.read, found) if passes(event, wanted))

    def type_of(self, iri: ox.NamedNode) -> EventType | None:
        """The event's type, or `None` when the node is no event."""
        return next((TYPES[kind] for kind in self.descriptions.nodes(iri, terms.RDF_TYPE) if kind in TYPES), None)

    def of_actor(self, actor: ox.NamedNode) -> set[ox.NamedNode]:
        """The events in which an actor has a role."""
        found = self._store.inner.quads_for_pattern(None, None, actor, None)
        return {quad.subject for quad in found if quad.predicate in ROLES and isinstance(quad.subject, ox.NamedNode)}

    def read(self, iri: ox.NamedNode) -> Happening:
        """The event at this IRI, which must be one."""
        read = self.descriptions
        kind, status = self.type_of(iri), read.one(iri, terms.HAS_STATUS)
        assert kind is not None, iri
        during, stage = read.one(iri, terms.DURING), read.text(iri, terms.STAGE)
        return Happening(
            id=read.id(iri),
            iri=iri.value,
            type=kind,
            label=read.text(iri, terms.SKOS_PREF_LABEL) or read.id(iri),
            status=Status(name(status)) if isinstance(status, ox.NamedNode) else Status.ACTUAL,
            when=read.text(iri, terms.WHEN),
            earliest=read.day(iri, terms.EARLIEST),
            latest=read.day(iri, terms.LATEST),
            place=read.link(iri, terms.HAS_PLACE),
            name=read.text(iri, terms.NAME),
            stage=Stage(stage) if stage else None,
            confidence=float(read.number(iri, terms.CONFIDENCE) or 0),
            parts=self._parts(iri),
            goods=tuple(self._goods(item) for item in read.nodes(iri, terms.HAS_ITEM)),
            during=read.id(during) if isinstance(during, ox.NamedNode) else None,
            sentences=self._sentences(iri),
        )

    def _candidates(self, wanted: EventFilter) -> Iterable[ox.NamedNode]:
        if wanted.actor is not None:
            return self.of_actor(self.descriptions.iri(wanted.actor))
        graph = self.descriptions.iri(article_id(wanted.article)) if wanted.article is not None else None
        kinds = [terms.COOP[wanted.type]] if wanted.type else list(TYPES)
        found = (self._store.inner.quads_for_pattern(None, terms.RDF_TYPE, kind, graph) for kind in kinds)
        return {quad.subject for quads in found for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def _parts(self, iri: ox.NamedNode) -> tuple[Part, ...]:
        found = {
            Part(ROLES[quad.predicate], self.descriptions.node(quad.object))
            for quad in self._store.inner.quads_for_pattern(iri, None, None, None)
            if quad.predicate in ROLES and isinstance(quad.object, ox.NamedNode)
        }
        return tuple(sorted(found, key=lambda part: (list(Role).index(part.role), part.actor.id)))

    def _goods(self, item: ox.NamedNode) -> Goods:
        read = self.descriptions
        quantity, equipment = read.number(item, terms.QUANTITY), read.link(item, terms.HAS_EQUIPMENT)
        assert equipment is not None, item
        return Goods(
            equipment=equipment,
            quantity=int(quantity) if quantity is not None else None,
            amount=read.number(item, terms.AMOUNT),
            currency=read.text(item, terms.CURRENCY),
            value_text=read.text(item, terms.VALUE_TEXT),
        )

    def _sentences(self, iri: ox.NamedNode) -> tuple[Sentence, ...]:
        found = [self._sentence(evidence) for evidence in self.descriptions.nodes(iri, terms.HAS_EVIDENCE)]
        return tuple(
            sorted(found, key=lambda one: (newest(one.published), one.article, one.start, one.end, one.extractor))
        )

    def _sentence(self, evidence: ox.NamedNode) -> Sentence:
        read = self.descriptions
        article = read.one(evidence, terms.ARTICLE)
        assert isinstance(article, ox.NamedNode), evidence
        return Sentence(
            article=read.id(article),
            published=read.day(article, terms.SCHEMA_DATE_PUBLISHED),
            publisher=read.text(article, terms.SCHEMA_PUBLISHER),
            headline=read.text(article, terms.SCHEMA_HEADLINE),
            url=read.text(article, terms.SCHEMA_URL),
            exact=read.text(evidence, terms.OA_EXACT) or "",
            start=int(read.number(evidence, terms.OA_START) or 0),
            end=int(read.number(evidence, terms.OA_END) or 0),
            extractor=read.text(evidence, terms.EXTRACTOR) or "",
            confidence=float(read.number(evidence, terms.CONFIDENCE) or 0),
        )


def passes(event: Happening, wanted: EventFilter) -> bool:
    """Whether the event meets all that the filter gives; one without a date meets no date."""
    article = article_id(wanted.article) if wanted.article is not None else None
    return (
        (wanted.type is None or event.type == wanted.type)
        and (wanted.status is None or event.status == wanted.status)
        and (wanted.since is None or (event.latest is not None and event.latest >= wanted.since))
        and (wanted.until is None or (event.earliest is not None and event.earliest <= wanted.until))
        and (article is None or any(sentence.article == article for sentence in event.sentences))
    )


def in_order(events: Iterable[Happening]) -> list[Happening]:
    """The events from the newest to the oldest, those without a date last."""
    return sorted(events, key=lambda event: (newest(event.latest), newest(event.earliest), event.id))


def newest(day: date | None) -> int:
    """A key that sorts the newest day first and a missing one last."""
    return -day.toordinal() if day else 1


def article_id(article: str) -> str:
    """The short id of an article given by it or by its identifier."""
    return article if article.startswith("article:") else f"article:{quote(article, safe='')}"
