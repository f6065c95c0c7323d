"""Reference data as RDF: what is known of states and organisations before any article is read.

It lies in the graph `<base>graph/reference`, so that taking away an article takes none of it.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import DEFAULT_BASE, graph_iri, state_iri
from kg.model import Actor, Extraction, Organization, Person, State
from ontology import reference, terms

WIKIDATA = "http://www.wikidata.org/entity/"


def all_reference_quads(base: str = DEFAULT_BASE) -> list[Quad]:
    """What is known of all states and organisations, sorted."""
    return reference_quads((state.iso2 for state in reference.states()), (), base)


def reference_quads(codes: Iterable[str], keys: Iterable[str] = (), base: str = DEFAULT_BASE) -> list[Quad]:
    """What is known of the states of these codes and the organisations of these keys, sorted.

    Nothing is known of a code or key that the tables lack. An output that carries this along can be read on its own.
    """
    wanted = frozenset(codes)
    graph = graph_iri(base, "reference")
    found = {
        Quad(subject, predicate, value, graph)
        for state in reference.states()
        if state.iso2 in wanted
        for subject, predicate, value in state_facts(state, base)
    }
    return sorted(found, key=str)


def state_facts(state: reference.State, base: str) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
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


def organization_keys(extraction: Extraction) -> frozenset[str]:
    """The keys of all known organisations that the extraction speaks of."""
    found = (actor.organization if isinstance(actor, Person) else actor for actor in actors(extraction))
    keys = (known_key(organization) for organization in found if isinstance(organization, Organization))
    return frozenset(key for key in keys if key)


def known_key(organization: Organization) -> str | None:
    """The key of the organisation in the reference data, or `None` where the article alone knows it."""
    return organization.key


def actors(extraction: Extraction) -> Iterator[Actor]:
    """All actors of the extraction, as often as they occur."""
    yield from (one.actor for event in extraction.events for one in event.participations)
    yield from extraction.people
