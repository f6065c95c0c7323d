"""Who and what the reports of one article are: the nodes that its graph speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.model import Extraction, Organization, Person
from kg.rdf.iris import (
    event_iris,
    organization_iri,
    organization_report_iri,
    person_iri,
    person_report_iri,
)
from kg.rdf.labels import event_label
from kg.rdf.references import known


@dataclass(frozen=True, slots=True)
class Known:
    """A node and the one label that it has in every graph."""

    iri: NamedNode
    label: str


class Identities:
    """The nodes for what an article presents. Without `clusters`, those that the article alone gives.

    `clusters` leads from the IRI of a report to the node of its cluster.
    """

    def __init__(self, base: str, extraction: Extraction, clusters: Mapping[NamedNode, Known] | None = None) -> None:
        self._base = base
        self._article = extraction.article.id
        self._clusters = clusters or {}
        self.reports = event_iris(base, extraction)
        self._events = extraction.events

    def event(self, place: int) -> Known:
        """The act that the article's event with this place in its order tells of."""
        iri = self.reports[place]
        return self._clusters.get(iri) or Known(iri, event_label(self._events[place]))

    def person(self, person: Person) -> Known:
        """The person."""
        report = person_report_iri(self._base, self._article, person)
        return self._clusters.get(report) or Known(person_iri(self._base, person), person.name)

    def organization(self, organization: Organization) -> Known:
        """The organisation: the reference data's, or the cluster's."""
        listed = known(organization)
        if listed:
            return Known(organization_iri(self._base, replace(organization, key=listed.id)), listed.label)
        report = organization_report_iri(self._base, self._article, organization)
        return self._clusters.get(report) or Known(organization_iri(self._base, organization), organization.name)
