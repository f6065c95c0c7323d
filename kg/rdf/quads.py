"""What an article says, as RDF: one named graph for each article, in the terms of `ontology/defcoop.ttl`.

A state or known organisation is described by the reference data alone; an article's graph only points at it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from kg import edtf
from kg.errors import ArticleError, KgError
from kg.model import Actor, Article, Event, Evidence, Extraction, Item, Organization, Person, Place, Post, State
from kg.rdf.identities import Identities, Known
from kg.rdf.iris import (
    DEFAULT_BASE,
    article_iri,
    equipment_iri,
    part_iri,
    place_iri,
    post_iri,
    state_iri,
)
from kg.rdf.labels import event_label
from kg.rdf.references import (
    all_reference_quads,
    known,
    known_equipment,
    organization_keys,
    reference_quads,
    state_codes,
)
from kg.rdf.slugs import slug
from ontology import terms

__all__ = [
    "DEFAULT_BASE",
    "all_reference_quads",
    "article_iri",
    "organization_keys",
    "quads",
    "reference_quads",
    "state_codes",
]


def quads(extraction: Extraction, base: str = DEFAULT_BASE, identities: Identities | None = None) -> list[Quad]:
    """All statements of one article, in its graph, sorted: the same extraction gives the same list.

    `identities` are the nodes that it speaks of; without them they are those that the article alone gives.

    Raises:
        ArticleError: an event has no evidence, evidence that is not in the text, or a date that is no EDTF.
    """
    identities = identities or Identities.alone(base, extraction)
    statements = Statements(base, extraction.article, identities)
    statements.describe_article()
    for part, whole_act in extraction.during:
        statements.add(identities.event(part).iri, terms.DURING, identities.event(whole_act).iri)
    for place, event in enumerate(extraction.events):
        statements.describe_event(identities.event(place), identities.reports.events[place], event)
    for person in extraction.people:
        statements.actor(person)
    return sorted(statements.quads, key=str)


def number(value: float | Decimal) -> Literal:
    """A decimal in the form that stores keep: no exponent, no zeros at the end.

    >>> number(0.9).value, number(1.0).value, number(Decimal("5E+8")).value
    ('0.9', '1', '500000000')
    """
    text = f"{value:f}" if isinstance(value, Decimal) else f"{value:.4f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=terms.XSD_DECIMAL)


def whole(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=terms.XSD_INTEGER)


def day(value: date) -> Literal:
    """A day."""
    return Literal(value.isoformat(), datatype=terms.XSD_DATE)


class Statements:
    """The growing graph of one article."""

    def __init__(self, base: str, article: Article, identities: Identities) -> None:
        self.base = base
        self.article = article
        self.identities = identities
        self.graph = article_iri(base, article.id)
        self.quads: set[Quad] = set()
        self._labels: dict[NamedNode, str] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | str | None) -> None:
        """State one thing; a text becomes a literal, and nothing is stated of `None` and of the empty text."""
        if value:
            self.quads.add(Quad(subject, predicate, Literal(value) if isinstance(value, str) else value, self.graph))

    def label(self, node: NamedNode, name: str, alt: Iterable[str] = ()) -> None:
        """Name a node: its first name in the article is the preferred one, all others are alternatives."""
        preferred = self._labels.setdefault(node, name)
        self.add(node, terms.SKOS_PREF_LABEL, preferred)
        for other in {name, *alt} - {preferred}:
            self.add(node, terms.SKOS_ALT_LABEL, other)

    def name(self, node: Known, *names: str) -> None:
        """Give a node its label, and the other names that the article has for it."""
        self.add(node.iri, terms.SKOS_PREF_LABEL, node.label)
        for name in {*names} - {node.label}:
            self.add(node.iri, terms.SKOS_ALT_LABEL, name)

    def describe_article(self) -> None:
        """State what is known of the article itself."""
        article = self.article
        self.add(self.graph, terms.RDF_TYPE, terms.SCHEMA_NEWS_ARTICLE)
        self.add(self.graph, terms.DCTERMS_IDENTIFIER, article.id)
        self.add(self.graph, terms.SCHEMA_HEADLINE, article.title)
        self.add(self.graph, terms.SCHEMA_DATE_PUBLISHED, day(article.date) if article.date else None)
        self.add(self.graph, terms.SCHEMA_PUBLISHER, article.publisher)
        self.add(
            self.graph, terms.SCHEMA_URL, Literal(article.url, datatype=terms.XSD_ANY_URI) if article.url else None
        )
        self.add(self.graph, terms.TEXT, article.text)
        self.add(self.graph, terms.DIGEST, sha256(article.text.encode()).hexdigest())

    def describe_event(self, act: Known, report: NamedNode, event: Event) -> None:
        """State one event with its actors, items and evidence.

        Articles that tell of one act share its items as far as they name the same goods; evidence is the report's own.
        """
        iri = act.iri
        self.add(iri, terms.RDF_TYPE, terms.COOP[event.type])
        self.name(act, event_label(event))
        self.add(iri, terms.HAS_STATUS, terms.COOP[event.status])
        self.add(iri, terms.CONFIDENCE, number(event.confidence))
        self.add(iri, terms.NAME, event.name)
        self.add(iri, terms.STAGE, event.stage)
        self.add(iri, terms.HAS_PLACE, self.place(event.place) if event.place else None)
        if event.when:
            self.date(iri, event.when)
        for participation in event.participations:
            self.add(iri, terms.COOP[participation.role], self.actor(participation.actor))
        seen: Counter[str] = Counter()
        for item in event.items:
            listed = known_equipment(item.equipment)
            name = slug(listed.label if listed else item.equipment)
            seen[name] += 1
            part = part_iri(iri, "item", name if seen[name] == 1 else f"{name}-{seen[name]}")
            self.add(iri, terms.HAS_ITEM, self.item(part, item))
        for count, evidence in enumerate(
            sorted(event.evidence, key=lambda one: (one.start, one.end, one.extractor)), 1
        ):
            self.add(iri, terms.HAS_EVIDENCE, self.evidence(part_iri(report, "evidence", count), evidence))

    def date(self, event: NamedNode, when: str) -> None:
        """State when the event was, with the bounds that filters need."""
        try:
            earliest, latest = edtf.bounds(when)
        except KgError as error:
            raise ArticleError(f"article {self.article.id}: {error}") from error
        self.add(event, terms.WHEN, when)
        self.add(event, terms.EARLIEST, day(earliest))
        self.add(event, terms.LATEST, day(latest))

    def actor(self, actor: Actor) -> NamedNode:
        """Describe an actor; its IRI."""
        match actor:
            case State(code):
                return state_iri(self.base, code)
            case Organization():
                return self.organization(actor)
            case Person():
                return self.person(actor)

    def organization(self, organization: Organization) -> NamedNode:
        """Describe an organisation; its IRI. A known one has label and state in the reference data, new names here."""
        listed, node = known(organization), self.identities.organization(organization)
        self.add(node.iri, terms.RDF_TYPE, terms.ORGANIZATION)
        if listed:
            for name in {organization.name, *organization.alt} - {listed.label, *listed.alt}:
                self.add(node.iri, terms.SKOS_ALT_LABEL, name)
        else:
            self.name(node, organization.name, *organization.alt)
            self.state(node.iri, organization.state)
        return node.iri

    def person(self, person: Person) -> NamedNode:
        """Describe a person with the posts; its IRI."""
        node = self.identities.person(person)
        iri = node.iri
        self.add(iri, terms.RDF_TYPE, terms.PERSON)
        self.name(node, person.name, *person.alt)
        self.add(iri, terms.RANK, person.rank)
        if person.state:
            self.add(iri, terms.REPRESENTS, state_iri(self.base, person.state))
        elif person.organization:
            self.add(iri, terms.REPRESENTS, self.organization(person.organization))
        for post in person.posts:
            self.add(iri, terms.HELD if post.former else terms.HOLDS, self.post(post, person))
        return iri

    def post(self, post: Post, person: Person) -> NamedNode:
        """Describe a post; its IRI. One without a state and organisation is in those that its holder acts for."""
        if not post.state and not post.organization:
            organization = person.organization.name if person.organization and not person.state else None
            post = replace(post, state=person.state, organization=organization)
        iri = post_iri(self.base, post)
        self.add(iri, terms.RDF_TYPE, terms.POST)
        self.label(iri, post.name)
        self.state(iri, post.state)
        if post.organization:
            named = (
                person.organization if person.organization and person.organization.name == post.organization else None
            )
            self.add(
                iri, terms.HAS_ORGANIZATION, self.organization(named or Organization(post.organization, post.state))
            )
        return iri

    def place(self, place: Place) -> NamedNode:
        """Describe a place; its IRI."""
        iri = place_iri(self.base, place)
        self.add(iri, terms.RDF_TYPE, terms.PLACE)
        self.label(iri, place.name)
        self.state(iri, place.state)
        return iri

    def item(self, iri: NamedNode, item: Item) -> NamedNode:
        """Describe an item and its equipment; the item's IRI."""
        listed = known_equipment(item.equipment)
        equipment = equipment_iri(self.base, listed.label if listed else item.equipment)
        self.add(equipment, terms.RDF_TYPE, terms.EQUIPMENT)
        if listed:
            self.name(Known(equipment, listed.label), item.equipment)
        else:
            self.label(equipment, item.equipment)
        self.add(iri, terms.RDF_TYPE, terms.ITEM)
        self.add(iri, terms.HAS_EQUIPMENT, equipment)
        self.add(iri, terms.QUANTITY, whole(item.quantity) if item.quantity is not None else None)
        self.add(iri, terms.AMOUNT, number(item.amount) if item.amount is not None else None)
        self.add(iri, terms.CURRENCY, item.currency)
        self.add(iri, terms.VALUE_TEXT, item.value_text)
        return iri

    def evidence(self, iri: NamedNode, evidence: Evidence) -> NamedNode:
        """Describe a piece of evidence; its IRI."""
        if self.article.text[evidence.start : evidence.end] != evidence.exact:
            raise ArticleError(
                f'article {self.article.id}: "{evidence.exact}" does not stand at {evidence.start} to {evidence.end}; '
                "offsets count in the title, a blank line and the body"
            )
        self.add(iri, terms.RDF_TYPE, terms.EVIDENCE)
        self.add(iri, terms.ARTICLE, self.graph)
        self.add(iri, terms.OA_EXACT, evidence.exact)
        self.add(iri, terms.OA_START, whole(evidence.start))
        self.add(iri, terms.OA_END, whole(evidence.end))
        self.add(iri, terms.EXTRACTOR, evidence.extractor)
        self.add(iri, terms.CONFIDENCE, number(evidence.confidence))
        return iri

    def state(self, node: NamedNode, code: str | None) -> None:
        """State which state the node belongs to or lies in."""
        self.add(node, terms.HAS_STATE, state_iri(self.base, code) if code else None)
