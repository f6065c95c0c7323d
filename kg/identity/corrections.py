"""Which corrections hold for which reports, while one article is replaced.

A correction is of an act: it holds for every report of the act's cluster, those of later articles among them, as long
as a report that the curator saw is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.identity.decisions import Changes, Decisions
from kg.identity.drafts import Change
from kg.identity.register import Register
from kg.rdf.identities import Known
from ontology import terms


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections in force once the change to `article` is made."""

    register: Register
    decisions: Decisions
    change: Change
    article: ox.NamedNode

    def articles(self, ruled: Iterable[str]) -> frozenset[ox.NamedNode]:
        """The articles of all clusters that the change touches and that have, or had, corrected reports."""
        corrected = {*self.decisions.corrections, *ruled}
        if not corrected:
            return frozenset()
        touched = [*self.register.reports(self.article), *self.change.clusters]
        nodes = {node for report in touched if (node := self.register.current(report))}
        nodes |= {known.iri for known in self.change.clusters.values()}
        groups = [self.register.members(node) for node in nodes]
        mates = {report for group in groups if corrected & {one.value for one in group} for report in group}
        found = (self.register.value(report, terms.REPORTED_IN) for report in mates)
        return frozenset(article for article in found if isinstance(article, ox.NamedNode))

    def of(
        self, reports: Sequence[ox.NamedNode], clusters: Mapping[ox.NamedNode, Known]
    ) -> dict[ox.NamedNode, list[Changes]]:
        """The changes to each of these reports that is corrected, in the order in which they were made."""
        if not self.decisions.corrections:
            return {}
        found = {report: self._changes(clusters[report].iri) for report in reports if report in clusters}
        return {report: changes for report, changes in found.items() if changes}

    def _changes(self, node: ox.NamedNode) -> list[Changes]:
        """The changes to a node, each decision's once."""
        return in_force(self.decisions, self._members(node))

    def _members(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """The reports of a node once the change is made."""
        before = {report for report in self.register.members(node) if report not in self.change.clusters}
        own = {report for report in before if self.register.value(report, terms.REPORTED_IN) == self.article}
        return (before - own) | {report for report, known in self.change.clusters.items() if known.iri == node}


def in_force(decisions: Decisions, reports: Iterable[ox.NamedNode]) -> list[Changes]:
    """The changes to an act, by all its reports, in the order in which they were made, each decision's once."""
    found = {place: changes for report in reports for place, changes in decisions.corrections.get(report.value, ())}
    return [found[place] for place in sorted(found)]
