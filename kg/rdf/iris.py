"""The IRIs of what the graph speaks of: the base, a folder for the kind, and a readable name.

The same thing has the same IRI in every article. Names that many states have (ministries, posts) start with the state.
"""

from collections import Counter
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.model import Event, Evidence, Extraction, Organization, Person, Place, Post
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

EVENT_DIGITS = 12
"""Hexadecimal digits that tell events of one type apart: two of a million clash once in 500 stores."""


def article_iri(base: str, article_id: str) -> NamedNode:
    """The article, and the graph of what it states.

    >>> article_iri(DEFAULT_BASE, "2018/a b")
    <NamedNode value=https://w3id.org/defcoop/id/article/2018%2Fa%20b>
    """
    return NamedNode(f"{base}article/{quote(article_id, safe='')}")


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


def post_iri(base: str, post: Post) -> NamedNode:
    """The post of this name in its state and organisation."""
    return NamedNode(f"{base}post/{local(post.state, post.organization, post.name)}")


def place_iri(base: str, place: Place) -> NamedNode:
    """The place of this name."""
    return NamedNode(f"{base}place/{slug(place.name)}")


def equipment_iri(base: str, name: str) -> NamedNode:
    """The equipment of this designation or kind."""
    return NamedNode(f"{base}equipment/{slug(name)}")


def part_iri(event: NamedNode, kind: str, number: int) -> NamedNode:
    """The event's item or evidence with this number, counted from 1."""
    folder, _, name = event.value.rpartition("event/")
    return NamedNode(f"{folder}{kind}/{name}-{number}")


def event_iris(base: str, extraction: Extraction) -> tuple[NamedNode, ...]:
    """The IRIs of the extraction's events, in their order.

    They follow from the article, the type and the place of the first evidence, so that reading the article again gives
    the same ones. Several events of one type in one sentence (rival offers, say) are told apart by their order.

    Raises:
        KgError: an event has no evidence.
    """
    iris = []
    seen: Counter[str] = Counter()
    for event in extraction.events:
        evidence = first_evidence(extraction.article.id, event)
        key = f"{extraction.article.id}\n{event.type}\n{evidence.start}\n{evidence.end}"
        digest = sha256((f"{key}\n{seen[key]}" if seen[key] else key).encode()).hexdigest()
        seen[key] += 1
        iris.append(NamedNode(f"{base}event/{event.type.lower()}-{digest[:EVENT_DIGITS]}"))
    return tuple(iris)


def first_evidence(article_id: str, event: Event) -> Evidence:
    """The event's evidence that comes first in the text."""
    if not event.evidence:
        raise KgError(f"article {article_id}: {event.type} without evidence; every event needs the part that shows it")
    return min(event.evidence, key=lambda evidence: (evidence.start, evidence.end, evidence.extractor))


def local(*names: str | None) -> str:
    """The slugs of the names that there are, joined."""
    return "-".join(slug(name) for name in names if name)
