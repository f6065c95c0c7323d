"""Identity across articles: the store is a function of the articles that are in it and of what curators decided."""

from datetime import UTC, datetime, timedelta

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.answers.curation import Curation
from kg.answers.doubts import Doubts
from kg.answers.store import Store
from kg.errors import UnknownEntity, UsageError
from kg.identity.decisions import Changes, Decision
from kg.identity.names import likeness
from kg.identity.register import Nearby
from kg.model import Extraction, Status
from kg.rdf.identities import Known
from kg.rdf.iris import DEFAULT_BASE
from ontology import terms
from tests.worlds import extractions

Act = tuple[str, int]
steps = st.lists(
    st.one_of(
        extractions(),
        st.tuples(
            st.sampled_from(("remove", "merge", "split", "correct", "reject", "review", "undo")), st.integers(0, 9)
        ),
    ),
    min_size=1,
    max_size=12,
)


class Clock:
    """A time that is a second later at every look."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> datetime:
        self.seconds += 1
        return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)


def bare() -> Store:
    """An empty store without the reference data, which play no part here and take their time."""
    return Store(ox.Store(), DEFAULT_BASE)


def fresh(articles: dict[str, Extraction], decisions: tuple[Decision, ...] = ()) -> Store:
    """A store of these articles, in the order of their ids, under these decisions."""
    store = bare()
    for decision in decisions:
        store.decide(decision)
    for id in sorted(articles):
        store.put(articles[id], id)
    return store


def curated(store: Store, left: dict[str, Extraction], what: str, pick: int, curation: Curation) -> None:
    """One thing that a curator does; what cannot be done leaves the store as it is."""
    nodes = sorted({node for report, node in shown(store)})
    if what == "remove" and left:
        id = sorted(left)[pick % len(left)]
        store.remove(id)
        del left[id]
    elif what == "undo":
        curation.undo(None, "u")
    elif what == "review":
        doubts = Doubts(store).open()
        if doubts:
            curation.decide(doubts[pick % len(doubts)].id, bool(pick % 2), "r")
    elif nodes:
        one, other = nodes[pick % len(nodes)], nodes[(pick * 7 + 1) % len(nodes)]
        if what == "merge":
            curation.merge(one, other, "m")
        elif what == "split":
            curation.split(one, (), "s")
        elif one.startswith("event:"):
            changes = (
                Changes(rejected=True) if what == "reject" else Changes(status=Status.CANCELLED, when="2018-01-15")
            )
            curation.correct(one, changes, (), "c")


def shown(store: Store) -> set[tuple[str, str]]:
    """The reports of the store, each with its node."""
    found = set()
    for quad in store.register.all(ox.NamedNode("https://w3id.org/defcoop/ontology#profile")):
        assert isinstance(quad.subject, ox.NamedNode)
        node = store.register.current(quad.subject)
        assert node is not None
        found.add((short(quad.subject, store), short(node, store)))
    return found


def short(iri: ox.NamedNode, store: Store) -> str:
    """The short id of an IRI of the store."""
    return iri.value.removeprefix(store.base).replace("/", ":", 1)


def filed(nearby: Nearby, store: Store) -> tuple[dict[str, set[str]], dict[str, tuple[str | None, Known | None]]]:
    """All that is found by keys: the profiles under each, and for each what it says and its node."""
    stated = filter(store.register.is_of_profile, store.register.all(terms.KEY))
    found = nearby.near({quad.object.value for quad in stated if isinstance(quad.object, ox.Literal)})
    return found, {id: (nearby.said(id), nearby.known(id)) for ids in found.values() for id in ids}


@settings(max_examples=300, deadline=None)
@given(steps)
def test_any_sequence_of_changes_gives_the_store_of_what_is_left(sequence: list[Extraction | Act]) -> None:
    store, left = bare(), dict[str, Extraction]()
    curation = Curation(store, Clock())
    for step in sequence:
        if isinstance(step, Extraction):
            store.put(step, step.article.id, replace=True)
            left[step.article.id] = step
        else:
            try:
                curated(store, left, *step, curation)
            except (UnknownEntity, UsageError):
                continue
    assert set(store.inner) == set(fresh(left, store.decisions.all).inner)
    assert filed(store.nearby, store) == filed(store.register, store)


names = st.lists(
    st.sampled_from("alexander aleksandr sasha alex j jung jeong khan a ivanov ivanova li lee".split()),
    min_size=1,
    max_size=3,
)


@given(names, names, st.booleans())
def test_names_are_alike_in_either_order(one: list[str], other: list[str], family_first: bool) -> None:
    first, second = " ".join(one), " ".join(other)
    assert likeness(first, second, family_first) == likeness(second, first, family_first)
