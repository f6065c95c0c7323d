"""Ids that are in use no longer, and where they lead.

A report's id, and that of the node that several reports shared for a while, stay good when articles come and go: the
store's register knows the node that these reports are now.
"""

import pyoxigraph as ox

from kg.answers.descriptions import Descriptions
from kg.errors import SeveralEntities
from ontology import terms


class Moves:
    """Leads from old ids to those in use."""

    def __init__(self, descriptions: Descriptions) -> None:
        self._read = descriptions

    def in_use(self, id: str) -> ox.NamedNode:
        """The node that an id stands for now; what leads nowhere is its own.

        Raises:
            UnknownEntity: the text is no id.
            SeveralEntities: it stands for several nodes; `nearest` holds their ids.
        """
        iri = self._read.iri(id)
        if self._read.values(iri, terms.RDF_TYPE):
            return iri
        reported = self._read.store.register.current(iri)
        found = [reported] if reported else sorted(self._of_that_name(iri), key=str)
        if len(found) > 1:
            ids = tuple(map(self._read.id, found))
            raise SeveralEntities(f"{id!r} may be {' or '.join(ids)}; give one of these ids", ids)
        return found[0] if found else iri

    def _of_that_name(self, iri: ox.NamedNode) -> set[ox.NamedNode]:
        """The nodes that reports are of whose name gives this IRI, or gives it with the node's side behind it."""
        key = iri.value.removeprefix(self._read.store.base)
        found = self._filed(key)
        while not found and "-" in key:
            key = key.rpartition("-")[0]
            found = {node for node in self._filed(key) if iri.value in self._sided(key, node)}
        return found

    def _filed(self, key: str) -> set[ox.NamedNode]:
        """The nodes of the profiles that are filed under a key."""
        register = self._read.store.register
        found = (register.value(profile, terms.IDENTIFIES) for profile in register.subjects(terms.KEY, ox.Literal(key)))
        return {node for node in found if isinstance(node, ox.NamedNode)}

    def _sided(self, key: str, node: ox.NamedNode) -> set[str]:
        """The IRIs of this key with a side of the node behind it: those that tell it from others of its name."""
        sides = (*self._read.nodes(node, terms.REPRESENTS), *self._read.nodes(node, terms.HAS_STATE))
        return {f"{self._read.store.base}{key}-{side.value.rpartition('/')[2].casefold()}" for side in sides}
