"""The register of a store: all reports, their profiles, and the node that each profile identifies.

It lies in the graph `identity` of the store; what comes near a profile is found by keys.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pyoxigraph as ox

from kg.identity.profiles import Profile, read
from kg.rdf.identities import Known, ReportIris
from kg.rdf.iris import article_iri, graph_iri
from kg.storage.engines import Engine
from ontology import terms


class Nearby(Protocol):
    """Where profiles are found by their keys: the register itself, or the index beside the store, which is quicker."""

    def near(self, keys: Collection[str]) -> dict[str, set[str]]:
        """For each key the ids of the profiles filed under it."""
        ...

    def said(self, id: str) -> str | None:
        """What a profile says, as it was written; `None` for one that is new."""
        ...

    def known(self, id: str) -> Known | None:
        """The node that a profile has, or `None` where it is new."""
        ...

    def filing(self, gone: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> AbstractContextManager[None]:
        """What files these changes of the register once they are made in it."""
        ...


def local_id(node: ox.NamedNode) -> str:
    """The id of a profile's node."""
    return node.value.rpartition("/")[2]


class Register:
    """The register as it is in a store."""

    def __init__(self, inner: Engine, base: str) -> None:
        self.inner = inner
        self.base = base
        self.graph = graph_iri(base, "identity")

    def current(self, report: ox.NamedNode) -> ox.NamedNode | None:
        """The node of the cluster that a report, or a node that was one, belongs to."""
        found = self.value(report, terms.PROFILE)
        node = self.value(found, terms.IDENTIFIES) if isinstance(found, ox.NamedNode) else None
        return node if isinstance(node, ox.NamedNode) else None

    def members(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        """The reports of a cluster, sorted."""
        profiles = self.subjects(terms.IDENTIFIES, node)
        return sorted((report for one in profiles for report in self.subjects(terms.PROFILE, one)), key=str)

    def reports(self, article: ox.NamedNode) -> dict[ox.NamedNode, ox.NamedNode]:
        """The reports of an article, each with its profile."""
        return {
            report: profile
            for report in self.subjects(terms.REPORTED_IN, article)
            if isinstance(profile := self.value(report, terms.PROFILE), ox.NamedNode)
        }

    def articles(self, profile: ox.NamedNode) -> set[ox.NamedNode]:
        """The articles with a report of this profile."""
        found = (self.value(report, terms.REPORTED_IN) for report in self.subjects(terms.PROFILE, profile))
        return {article for article in found if isinstance(article, ox.NamedNode)}

    def clusters(self, reports: ReportIris) -> dict[ox.NamedNode, Known]:
        """The nodes of all reports of an article."""
        found = self.reports(article_iri(self.base, reports.article))
        return {
            report: known for report, profile in found.items() if (known := self.known(local_id(profile))) is not None
        }

    def near(self, keys: Collection[str]) -> dict[str, set[str]]:
        """For each key the ids of the profiles filed under it."""
        return {key: {local_id(one) for one in self.subjects(terms.KEY, ox.Literal(key))} for key in keys}

    def said(self, id: str) -> str | None:
        """What a profile says, as it was written; `None` for one that is new."""
        said = self.value(self.profile_node(id), terms.SAYS)
        return said.value if isinstance(said, ox.Literal) else None

    def known(self, id: str) -> Known | None:
        """The node that a profile has, or `None` where it is new."""
        profile = self.profile_node(id)
        node = self.value(profile, terms.IDENTIFIES)
        label = self.value(profile, terms.CALLED) if isinstance(node, ox.NamedNode) else None
        return Known(node, label.value) if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal) else None

    @contextmanager
    def filing(self, gone: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> Iterator[None]:
        """What files these changes of the register once they are made in it: nothing, it is its own file."""
        yield

    def profile_node(self, id: str) -> ox.NamedNode:
        """The node of the profile with this id."""
        return ox.NamedNode(f"{self.base}profile/{id}")

    def is_of_profile(self, quad: ox.Quad) -> bool:
        """Whether a statement is about a profile; copies of articles have keys as well."""
        return isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(f"{self.base}profile/")

    def profile(self, report: ox.NamedNode) -> Profile:
        """What a report says that matters for identity."""
        node = self.value(report, terms.PROFILE)
        said = self.said(local_id(node)) if isinstance(node, ox.NamedNode) else None
        assert said is not None, report
        return read(said)

    def all(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        """All that the register states with a property."""
        return self.inner.quads_for_pattern(None, predicate, None, self.graph)

    def values(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        """The nodes that a property leads to in the register."""
        found = self.inner.quads_for_pattern(node, predicate, None, self.graph)
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode)]

    def value(self, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | ox.Literal | None:
        """The value of a property in the register."""
        for quad in self.inner.quads_for_pattern(node, predicate, None, self.graph):
            return quad.object if isinstance(quad.object, ox.NamedNode | ox.Literal) else None
        return None

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> list[ox.NamedNode]:
        """All nodes with this value of a property in the register."""
        found = self.inner.quads_for_pattern(None, predicate, value, self.graph)
        return [quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def quads(self, node: ox.NamedNode) -> set[ox.Quad]:
        """All that the register states of a node."""
        return set(self.inner.quads_for_pattern(node, None, None, self.graph))
