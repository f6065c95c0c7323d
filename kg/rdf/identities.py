"""Who and what the reports of one article are: the nodes that its graph speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pyoxigraph import NamedNode

from kg.model import Extraction, Organization, Person
from kg.rdf.iris import event_iris, organization_iri, organization_report_iri, person_iri, person_report_iri
from kg.rdf.labels import event_label
from kg.rdf.references import known


@dataclass(frozen=True, slots=True)
class Known:
    """A node and the one label that it has in every graph."""

    iri: NamedNode
    label: str


@dataclass(frozen=True, slots=True)
class ReportIris:
    """The ids of an article's reports: those of its events in their order, and of actors.

    `actors` leads from the id that an actor's report would have to the one that it had before it was read anew.
    """

    base: str
    article: str
    events: tuple[NamedNode, ...]
    actors: Mapping[NamedNode, NamedNode] = field(default_factory=dict)

    @classmethod
    def of(cls, base: str, extraction: Extraction) -> Self:
        """The ids that follow from the article and the evidence."""
        return cls(base, extraction.article.id, event_iris(base, extraction))

    def person(self, person: Person) -> NamedNode:
        """The id of the article's report of a person."""
        iri = person_report_iri(self.base, self.article, person)
        return self.actors.get(iri, iri)

    def organization(self, organization: Organization) -> NamedNode:
        """The id of the article's report of an organisation."""
        iri = organization_report_iri(self.base, self.article, organization)
        return self.actors.get(iri, iri)


class Identities:
    """The nodes for what an article presents. `clusters` leads from a report's IRI to the node of its cluster.

    A report without a cluster is what the article alone makes of it.
    """

    def __init__(self, extraction: Extraction, reports: ReportIris, clusters: Mapping[NamedNode, Known]) -> None:
        self.reports = reports
        self._clusters = clusters
        self._events = extraction.events

    @classmethod
    def alone(cls, base: str, extraction: Extraction) -> Self:
        """The nodes that the article alone gives."""
        return cls(extraction, ReportIris.of(base, extraction), {})

    def event(self, place: int) -> Known:
        """The act that the article's event with this place in its order tells of."""
        iri = self.reports.events[place]
        return self._clusters.get(iri) or Known(iri, event_label(self._events[place]))

    def person(self, person: Person) -> Known:
        """The person."""
        found = self._clusters.get(self.reports.person(person))
        return found or Known(person_iri(self.reports.base, person), person.name)

    def organization(self, organization: Organization) -> Known:
        """The organisation: the reference data's, or the cluster's."""
        base, listed = self.reports.base, known(organization)
        if listed:
            return Known(organization_iri(base, replace(organization, key=listed.id)), listed.label)
        found = self._clusters.get(self.reports.organization(organization))
        return found or Known(organization_iri(base, organization), organization.name)
