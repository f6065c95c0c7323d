"""Quads as files: N-Quads, TriG, Turtle, JSON-LD and RDF/XML, with the same bytes for the same quads."""

import re
from collections.abc import Iterable
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg.errors import UsageError
from kg.rdf.iris import DEFAULT_BASE, FOLDERS
from kg.rdf.jsonld import document
from ontology import terms


class Format(StrEnum):
    """A format by the ending of its files. Turtle and RDF/XML know no named graphs and hold the union of them."""

    N_QUADS = "nq"
    TRIG = "trig"
    TURTLE = "ttl"
    JSON_LD = "jsonld"
    RDF_XML = "rdf"
    ANNOTATIONS = "json"


XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def format_of(path: Path) -> Format:
    """The format that the file's ending names.

    Raises:
        UsageError: it names none.
    """
    try:
        return Format(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        endings = ", ".join(f".{format}" for format in Format)
        raise UsageError(f"{path}: unknown ending {path.suffix!r}; use one of {endings}") from error


def serialize(quads: Iterable[Quad], format: Format = Format.N_QUADS, base: str = DEFAULT_BASE) -> bytes:
    """The quads in the format, sorted by graph and subject, each once.

    N-Quads of several calls can be put behind one another. Characters that XML cannot hold are left out of RDF/XML.

    Raises:
        UsageError: the format is that of annotations, which are made from extractions and not from quads.
    """
    if format is Format.ANNOTATIONS:
        others = ", ".join(other for other in Format if other is not Format.ANNOTATIONS)
        raise UsageError(f"format {format} holds annotations, which a graph is not; use one of {others}")
    ordered = sorted(set(quads), key=place)
    match format:
        case Format.JSON_LD:
            return document(ordered, prefixes(base))
        case Format.RDF_XML:
            xml = written([sayable(triple) for triple in union(ordered)], RdfFormat.RDF_XML, base)
            return xml.replace(b"\r", b"&#13;")  # a bare carriage return would be read as a line feed
        case Format.TURTLE:
            return written(union(ordered), RdfFormat.TURTLE, base)
        case Format.TRIG:
            return written(ordered, RdfFormat.TRIG, base)
        case Format.N_QUADS:
            return written(ordered, RdfFormat.N_QUADS, base)


def written(statements: list[Quad] | list[Triple], format: RdfFormat, base: str) -> bytes:
    """The statements as pyoxigraph writes them."""
    buffer = BytesIO()
    pyoxigraph.serialize(statements, buffer, format, prefixes=prefixes(base))
    return buffer.getvalue()


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix to namespace, such that `state:PK` is the short id of a state and `coop:when` a term.

    `org:` is the folder of organisations; no term of the W3C's vocabulary of that prefix stands in the graphs.
    """
    return {**terms.PREFIXES, **{folder: f"{base}{folder}/" for folder in FOLDERS}}


def union(quads: Iterable[Quad]) -> list[Triple]:
    """The triples of all graphs, sorted, each once."""
    return list(dict.fromkeys(quad.triple for quad in sorted(quads, key=lambda quad: place(quad)[1:])))


def place(quad: Quad) -> tuple[str, str, bool, str, str]:
    """Where the quad stands in a file: the class of a node comes first."""
    return (
        str(quad.graph_name),
        str(quad.subject),
        quad.predicate != terms.RDF_TYPE,
        quad.predicate.value,
        str(quad.object),
    )


def sayable(triple: Triple) -> Triple:
    """The triple without the characters that XML cannot hold."""
    value = triple.object
    if not isinstance(value, Literal) or not XML_FORBIDS.search(value.value):
        return triple
    datatype: NamedNode | None = None if value.language else value.datatype
    text = Literal(XML_FORBIDS.sub("", value.value), datatype=datatype, language=value.language)
    return Triple(triple.subject, triple.predicate, text)
