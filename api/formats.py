"""Media types: in which formats rows and graphs are answered, and graphs are taken."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf.serializations import Format, serialize

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRUTH = [kind for kind in ROWS if not kind.startswith("text/")]
"""The formats that can say yes or no."""

GRAPHS = {
    "text/turtle": Format.TURTLE,
    "application/n-triples": Format.N_QUADS,
    "application/rdf+xml": Format.RDF_XML,
    "application/ld+json": Format.JSON_LD,
    "application/trig": Format.TRIG,
    "application/n-quads": Format.N_QUADS,
}
"""A constructed graph lies in the default graph, where N-Quads are N-Triples and TriG is Turtle."""

TAKEN = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""The formats of a graph that a client sends."""

NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
"""The W3C's names of the formats, under http://www.w3.org/ns/formats/."""


def written(triples: Iterable[ox.Triple], kind: str, base: str) -> bytes:
    """The triples in the format of a media type of `GRAPHS`; `base` is that of the prefixes."""
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    return serialize(quads, GRAPHS[kind], base)


def essence(content_type: str) -> str:
    """The media type of a header Content-Type without its parameters.

    >>> essence("Text/Turtle; charset=utf-8")
    'text/turtle'
    """
    return content_type.partition(";")[0].strip().lower()
