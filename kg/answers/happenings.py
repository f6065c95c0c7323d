"""Events read from a store: roles, goods, and the sentences that tell of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg import edtf
from kg.answers.accounts import Accounts
from kg.answers.claims import (
    AMOUNT,
    DURING,
    NAME,
    PLACE,
    QUANTITY,
    STAGE,
    STATUS,
    WHEN,
    Claim,
    Site,
    Sum,
    disagreement,
    newest,
    settled,
)
from kg.answers.descriptions import Descriptions, Term, name
from kg.answers.moves import Moves
from kg.answers.views import Disagreement, Goods, Happening, Part, Sentence
from kg.model import EventType, Role, Stage, Status
from kg.rdf.slugs import slug
from ontology import terms

ROLES = {terms.COOP[role]: role for role in Role}
TYPES = {terms.COOP[kind]: kind for kind in EventType}
SUM = (terms.AMOUNT, terms.CURRENCY, terms.VALUE_TEXT)


@dataclass(frozen=True, slots=True)
class _Told:
    """What articles claim of the values that an event has once."""

    when: list[Claim[str]]
    status: list[Claim[Status]]
    place: list[Claim[Site]]
    name: list[Claim[str]]
    stage: list[Claim[Stage]]

    def disagreements(self) -> Iterator[Disagreement]:
        """The claims that cannot all be right, property by property."""
        yield from disagreement(self.when, WHEN)
        yield from disagreement(self.status, STATUS)
        yield from disagreement(self.place, PLACE)
        yield from disagreement(self.name, NAME)
        yield from disagreement(self.stage, STAGE)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item, and what articles disagree on in it."""

    goods: Goods
    disagreements: tuple[Disagreement, ...]


class Happenings:
    """Reads events of a store."""

    def __init__(self, descriptions: Descriptions) -> None:
        self.descriptions = descriptions
        self._store = descriptions.store
        self._moves = Moves(descriptions)

    def type_of(self, iri: ox.NamedNode) -> EventType | None:
        """The event's type, or `None` when the node is no event."""
        return next((TYPES[kind] for kind in self.descriptions.nodes(iri, terms.RDF_TYPE) if kind in TYPES), None)

    def read(self, iri: ox.NamedNode) -> Happening:
        """The event at this IRI, which must be one."""
        read, said = self.descriptions, Accounts(self.descriptions, iri)
        told, items = self._told(said), [self._item(item) for item in read.nodes(iri, terms.HAS_ITEM)]
        kind, site, when = self.type_of(iri), settled(told.place, PLACE), settled(told.when, WHEN)
        assert kind is not None, iri
        first, last = edtf.bounds(when) if when else (None, None)
        sentences = self._sentences(iri)
        return Happening(
            id=read.id(iri),
            iri=iri.value,
            type=kind,
            label=read.text(iri, terms.SKOS_PREF_LABEL) or read.id(iri),
            status=settled(told.status, STATUS) or Status.ACTUAL,
            when=when,
            earliest=first,
            latest=last,
            place=site.node if site else None,
            name=settled(told.name, NAME),
            stage=settled(told.stage, STAGE),
            confidence=said.confidence(),
            parts=self._parts(iri),
            goods=tuple(item.goods for item in items),
            during=settled(said.claims(terms.DURING, self._id), DURING),
            sentences=sentences,
            sources=len({sentence.article for sentence in sentences}),
            disagreements=(*told.disagreements(), *(one for item in items for one in item.disagreements)),
        )

    def _told(self, said: Accounts) -> _Told:
        return _Told(
            when=said.claims(terms.WHEN, _text),
            status=said.claims(terms.HAS_STATUS, _status),
            place=said.claims(terms.HAS_PLACE, self._site),
            name=said.claims(terms.NAME, _text),
            stage=said.claims(terms.STAGE, _stage),
        )

    def status(self, iri: ox.NamedNode) -> Status:
        """The status of the event at this IRI."""
        return settled(Accounts(self.descriptions, iri).claims(terms.HAS_STATUS, _status), STATUS) or Status.ACTUAL

    def _parts(self, iri: ox.NamedNode) -> tuple[Part, ...]:
        found = {
            Part(role, self.descriptions.node(actor))
            for predicate, role in ROLES.items()
            for actor in self.descriptions.nodes(iri, predicate)
        }
        return tuple(sorted(found, key=lambda part: (list(Role).index(part.role), part.actor.id)))

    def _item(self, iri: ox.NamedNode) -> _Item:
        equipment = self.descriptions.link(iri, terms.HAS_EQUIPMENT)
        assert equipment is not None, iri
        said = Accounts(self.descriptions, iri)
        quantity = said.claims(terms.QUANTITY, lambda term: int(_text(term)))
        sums = [said.claim(article, _sum(said, article)) for article in said.articles(*SUM)]
        worth = settled(sums, AMOUNT) or Sum(None, None, None)
        goods = Goods(equipment, settled(quantity, QUANTITY), worth.amount, worth.currency, worth.text)
        differing = (*disagreement(quantity, QUANTITY, equipment), *disagreement(sums, AMOUNT, equipment))
        return _Item(goods, differing)

    def _site(self, term: Term) -> Site:
        assert isinstance(term, ox.NamedNode), term
        states = self.descriptions.nodes(term, terms.HAS_STATE)
        names = {name for state in states for name in self.descriptions.texts(state, terms.SKOS_PREF_LABEL)}
        return Site(self.descriptions.node(term), frozenset(map(slug, names)))

    def _id(self, term: Term) -> str:
        assert isinstance(term, ox.NamedNode), term
        return self.descriptions.id(term)

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


def _text(term: Term) -> str:
    assert isinstance(term, ox.Literal), term
    return term.value


def _status(term: Term) -> Status:
    assert isinstance(term, ox.NamedNode), term
    return Status(name(term))


def _stage(term: Term) -> Stage:
    return Stage(_text(term))


def _sum(said: Accounts, article: ox.NamedNode) -> Sum:
    amount, currency, text = (said.text(article, predicate) for predicate in SUM)
    return Sum(Decimal(amount) if amount else None, currency, text)
