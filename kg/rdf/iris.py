"""The IRIs of what the graph speaks of: the base, a folder for the kind, and a readable name.

The same thing has the same IRI in every article. Names that many states have (ministries, posts) start with the state.
"""

from collections import Counter
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import ArticleError
from kg.model import Event, EventType, Evidence, Extraction, Organization, Person, Place, Post
from kg.rdf.slugs import slug

DEFAULT_BASE = "https://w3id.org/defcoop/id/"
"""The base under which instances are minted unless the user configures another."""

FOLDERS = (
    "article",
    "equipment",
    "event",
    "evidence",
    "graph",
    "item",
    "org",
    "person",
    "place",
    "post",
    "state",
)
"""The kinds of things with IRIs: folders under the base, and prefixes of short ids ("state:PK")."""

CURATED = "curated/"
"""The folder of the graphs of curators."""

EVENT_DIGITS = 12
"""Hexadecimal digits that tell events of one type apart: two of a million clash once in 500 stores."""

REPORT_DIGITS = 8
"""Hexadecimal digits that tell what one article says of an actor from what others say."""


def article_iri(base: str, article_id: str) -> NamedNode:
    """The article, and the graph of what it states.

    >>> article_iri(DEFAULT_BASE, "2018/a b")
    <NamedNode value=https://w3id.org/defcoop/id/article/2018%2Fa%20b>
    """
    return NamedNode(f"{base}article/{quote(article_id, safe='')}")


def curated_iri(base: str, article: NamedNode) -> NamedNode:
    """The graph of what curators say in place of an article, by the article's IRI."""
    return NamedNode(article.value.replace(f"{base}article/", f"{base}{CURATED}", 1))


def graph_iri(base: str, name: str) -> NamedNode:
    """A graph that belongs to no article, such as "reference"."""
    return NamedNode(f"{base}graph/{name}")


def state_iri(base: str, code: str) -> NamedNode:
    """The state with this ISO 3166-1 alpha-2 code."""
    return NamedNode(f"{base}state/{quote(code, safe='')}")


def organization_iri(base: str, organization: Organization) -> NamedNode:
    """The organisation: its key in the reference data, or its name behind the code of its state."""
    return NamedNode(f"{base}org/{organization.key or local(organization.state, organization.name)}")


def person_iri(base: str, person: Person) -> NamedNode:
    """The person of this name."""
    return NamedNode(f"{base}person/{slug(person.name)}")


def person_report_iri(base: str, article_id: str, person: Person) -> NamedNode:
    """What the article says of the person: the person's IRI and a digest of the article and of whom he acts for."""
    side = person.state or (person.organization.name if person.organization else "")
    return _report(person_iri(base, person), article_id, side)


def organization_report_iri(base: str, article_id: str, organization: Organization) -> NamedNode:
    """What the article says of the organisation: the organisation's IRI and a digest of the article."""
    return _report(organization_iri(base, organization), article_id)


def _report(node: NamedNode, article_id: str, *more: str) -> NamedNode:
    digest = sha256("\n".join((article_id, *more)).encode()).hexdigest()
    return NamedNode(f"{node.value}-{digest[:REPORT_DIGITS]}")


def post_iri(base: str, post: Post) -> NamedNode:
    """The post of this name in its state and organisation."""
    return NamedNode(f"{base}post/{local(post.state, post.organization, post.name)}")


def place_iri(base: str, place: Place) -> NamedNode:
    """The place of this name."""
    return NamedNode(f"{base}place/{slug(place.name)}")


def equipment_iri(base: str, name: str) -> NamedNode:
    """The equipment of this designation or kind."""
    return NamedNode(f"{base}equipment/{slug(name)}")


def part_iri(event: NamedNode, kind: str, name: int | str) -> NamedNode:
    """A part of the event, an item or evidence, with its number or name."""
    folder, _, own = event.value.rpartition("event/")
    return NamedNode(f"{folder}{kind}/{own}-{name}")


def event_iris(base: str, extraction: Extraction) -> tuple[NamedNode, ...]:
    """The IRIs of the extraction's events, in their order.

    They follow from the article, the type and the place of the first evidence, so that reading the article again gives
    the same ones. Several events of one type in one sentence (rival offers, say) are told apart by their order.

    Raises:
        ArticleError: an event has no evidence.
    """
    iris = []
    seen: Counter[str] = Counter()
    for event in extraction.events:
        evidence = first_evidence(extraction.article.id, event)
        key = f"{extraction.article.id}\n{event.type}\n{evidence.start}\n{evidence.end}"
        iris.append(event_iri(base, event.type, f"{key}\n{seen[key]}" if seen[key] else key))
        seen[key] += 1
    return tuple(iris)


def event_iri(base: str, type: EventType, key: str) -> NamedNode:
    """The event of this type that the key tells from all others."""
    return NamedNode(f"{base}event/{type.lower()}-{sha256(key.encode()).hexdigest()[:EVENT_DIGITS]}")


def first_evidence(article_id: str, event: Event) -> Evidence:
    """The event's evidence that comes first in the text."""
    if not event.evidence:
        raise ArticleError(
            f"article {article_id}: {event.type} without evidence; every event needs the part that shows it"
        )
    return min(event.evidence, key=lambda evidence: (evidence.start, evidence.end, evidence.extractor))


def local(*names: str | None) -> str:
    """The slugs of the names that there are, joined."""
    return "-".join(slug(name) for name in names if name)
