"""What the store states of nodes, as triples: for events, of their items and evidence too."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.answers.store import ABOUT, Store
from ontology import terms

PARTS = (terms.HAS_ITEM, terms.HAS_EVIDENCE)


def statements(store: Store, nodes: Iterable[ox.NamedNode], texts: bool = True) -> Iterator[ox.Quad]:
    """What the articles, curators and reference data state of the nodes, in the default graph, some of it repeatedly.

    `texts` says whether those of articles are among it.
    """
    own = {ABOUT, store.graph("sources"), store.graph("identity"), store.graph("decisions")}
    for node in nodes:
        for quad in store.inner.quads_for_pattern(node, None, None, None):
            if quad.graph_name in own or (quad.predicate == terms.TEXT and not texts):
                continue
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
            if quad.predicate in PARTS and isinstance(quad.object, ox.NamedNode):
                yield from statements(store, [quad.object])
