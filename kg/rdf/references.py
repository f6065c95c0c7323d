"""Reference data as RDF: what is known of states and organisations before any article is read.

It lies in the graph `<base>graph/reference`, so that taking away an article takes none of it.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Actor, Extraction, Organization, Person, State
from kg.rdf.iris import DEFAULT_BASE, graph_iri, organization_iri, state_iri
from kg.rdf.slugs import slug
from ontology import reference, terms

WIKIDATA = "http://www.wikidata.org/entity/"


Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]
"""A subject, a predicate and an object."""


def all_reference_quads(base: str = DEFAULT_BASE) -> list[Quad]:
    """What is known of all states and organisations, sorted."""
    return reference_quads((state.iso2 for state in reference.states()), known_organizations(), base)


def reference_quads(codes: Iterable[str], keys: Iterable[str] = (), base: str = DEFAULT_BASE) -> list[Quad]:
    """What is known of the states of these codes and the organisations of these keys, sorted.

    Nothing is known of a code or key that the tables lack. The states of the organisations come along. An output that
    carries this can be read on its own.
    """
    known = known_organizations()
    organizations = [known[key] for key in frozenset(keys) if key in known]
    wanted = frozenset(codes) | {organization.state for organization in organizations}
    facts = [fact for state in reference.states() if state.iso2 in wanted for fact in state_facts(state, base)]
    facts += [fact for organization in organizations for fact in organization_facts(organization, base)]
    graph = graph_iri(base, "reference")
    return sorted({Quad(*fact, graph) for fact in facts}, key=str)


def state_facts(state: reference.State, base: str) -> Iterator[Fact]:
    """What is known of one state, as subject, predicate and object."""
    iri = state_iri(base, state.iso2)
    yield iri, terms.RDF_TYPE, terms.STATE
    yield iri, terms.ISO2, Literal(state.iso2)
    yield iri, terms.ISO3, Literal(state.iso3)
    yield iri, terms.SKOS_PREF_LABEL, Literal(state.label)
    yield iri, terms.SKOS_EXACT_MATCH, NamedNode(WIKIDATA + state.wikidata)
    if state.cow is not None:
        yield iri, terms.COW, Literal(str(state.cow), datatype=terms.XSD_INTEGER)
    for name in state.alt:
        yield iri, terms.SKOS_ALT_LABEL, Literal(name)


def organization_facts(organization: reference.Organization, base: str) -> Iterator[Fact]:
    """What is known of one organisation."""
    iri = organization_iri(base, Organization(organization.label, key=organization.id))
    yield iri, terms.RDF_TYPE, terms.ORGANIZATION
    yield iri, terms.SKOS_PREF_LABEL, Literal(organization.label)
    yield iri, terms.KIND, Literal(organization.kind)
    if organization.state:
        yield iri, terms.HAS_STATE, state_iri(base, organization.state)
    if organization.wikidata:
        yield iri, terms.SKOS_EXACT_MATCH, NamedNode(WIKIDATA + organization.wikidata)
    for name in organization.alt:
        yield iri, terms.SKOS_ALT_LABEL, Literal(name)


@cache
def known_organizations() -> dict[str, reference.Organization]:
    """The organisations of the reference data by key."""
    return {organization.id: organization for organization in reference.organizations()}


def known(organization: Organization) -> reference.Organization | None:
    """The organisation in the reference data, by its key or by a name that is one, or `None`."""
    key = organization.key or (None if organization.state else slug(organization.name))
    return known_organizations().get(key) if key else None


def known_equipment(name: str) -> reference.Equipment | None:
    """The equipment of this designation or of one of its other names, or `None`.

    >>> known_equipment("FC-1") == known_equipment("JF-17"), known_equipment("tanks")
    (True, None)
    """
    return _equipment().get(slug(name))


@cache
def _equipment() -> dict[str, reference.Equipment]:
    """Equipment by the slugs of its names; a label goes before another's alternative name."""
    named = {slug(name): one for one in reference.equipment() for name in one.alt}
    return named | {slug(one.label): one for one in reference.equipment()}


def state_codes(extraction: Extraction) -> frozenset[str]:
    """The codes of all states that the extraction speaks of."""
    codes = {code for actor in actors(extraction) for code in codes_of(actor)}
    return frozenset(codes | {event.place.state for event in extraction.events if event.place and event.place.state})


def codes_of(actor: Actor) -> Iterator[str]:
    """The codes of the states that an actor is, belongs to or has posts in."""
    match actor:
        case State(code):
            yield code
        case Organization():
            yield from filter(None, [actor.state])
        case Person():
            yield from filter(None, [actor.state, *(post.state for post in actor.posts)])
            yield from codes_of(actor.organization) if actor.organization else ()


def organization_keys(extraction: Extraction) -> frozenset[str]:
    """The keys of all known organisations that the extraction speaks of."""
    found = (known(named) for actor in actors(extraction) for named in organizations_of(actor))
    return frozenset(organization.id for organization in found if organization)


def organizations_of(actor: Actor) -> Iterator[Organization]:
    """The organisations that an actor is, acts for or has posts in."""
    match actor:
        case State():
            return
        case Organization():
            yield actor
        case Person():
            yield from filter(None, [actor.organization])
            yield from (Organization(post.organization, post.state) for post in actor.posts if post.organization)


def actors(extraction: Extraction) -> Iterator[Actor]:
    """All actors of the extraction, as often as they occur."""
    yield from (one.actor for event in extraction.events for one in event.participations)
    yield from extraction.people
