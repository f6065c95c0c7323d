"""Quads as files: nothing is lost, and the same quads give the same bytes."""

import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import UsageError
from kg.rdf.quads import quads, reference_quads
from kg.rdf.serializations import Format, format_of, serialize
from ontology import terms
from tests.extractions import sample_extractions

SAMPLE = [quad for extraction in sample_extractions() for quad in quads(extraction)] + reference_quads(["PK", "RU"])
TRIPLES = {quad.triple for quad in SAMPLE}
ODD = NamedNode("https://w3id.org/defcoop/id/article/odd%2F%2Fone")
ODD_TEXT = 'a\r\nb\rc\t<&> “d”  \u2028é\U0001f600 \\ "quoted" ]]> '


def read(content: bytes, format: RdfFormat) -> set[Quad]:
    return set(parse(content, format=format))


@pytest.mark.parametrize(
    ("format", "reader"),
    [(Format.N_QUADS, RdfFormat.N_QUADS), (Format.TRIG, RdfFormat.TRIG), (Format.JSON_LD, RdfFormat.JSON_LD)],
)
def test_formats_with_graphs_hold_every_quad(format: Format, reader: RdfFormat) -> None:
    assert len(set(SAMPLE)) > 400
    assert read(serialize(SAMPLE, format), reader) == set(SAMPLE)


@pytest.mark.parametrize(("format", "reader"), [(Format.TURTLE, RdfFormat.TURTLE), (Format.RDF_XML, RdfFormat.RDF_XML)])
def test_formats_without_graphs_hold_the_union(format: Format, reader: RdfFormat) -> None:
    assert {quad.triple for quad in read(serialize(SAMPLE, format), reader)} == TRIPLES


@pytest.mark.parametrize(
    ("format", "reader"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld"), ("ttl", "turtle"), ("rdf", "xml")]
)
def test_another_reader_finds_odd_text_as_it_was(format: str, reader: str) -> None:
    quad = Quad(ODD, terms.TEXT, Literal(ODD_TEXT), ODD)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialize([quad], Format(format)), format=reader)
    found = [(str(s), str(p), str(o)) for s, p, o in dataset.triples((None, None, None))]
    assert found == [(ODD.value, terms.TEXT.value, ODD_TEXT)]


def test_rdf_xml_leaves_out_what_xml_cannot_hold() -> None:
    content = serialize([Quad(ODD, terms.TEXT, Literal("a\x00b\x0c\ufffec"), ODD)], Format.RDF_XML)
    assert [quad.triple for quad in read(content, RdfFormat.RDF_XML)] == [Triple(ODD, terms.TEXT, Literal("abc"))]


def test_order_of_quads_makes_no_difference() -> None:
    for format in set(Format) - {Format.ANNOTATIONS}:
        assert serialize(SAMPLE, format) == serialize([*reversed(SAMPLE), SAMPLE[0]], format)


def test_another_process_writes_the_same_bytes() -> None:
    program = (
        "import sys; from tests.test_serializations import *\n"
        "for format in Format:\n"
        "    if format is not Format.ANNOTATIONS: sys.stdout.buffer.write(serialize(SAMPLE, format))"
    )
    root = Path(__file__).parents[1]
    other = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=True)
    assert other.stdout == b"".join(serialize(SAMPLE, format) for format in Format if format is not Format.ANNOTATIONS)


def test_short_ids_are_prefixed_names() -> None:
    for format in (Format.TRIG, Format.JSON_LD, Format.TURTLE):
        content = serialize(SAMPLE, format).decode()
        assert "state:PK" in content
        assert "person:alexander-fomin" in content
        assert "coop:when" in content


def test_format_by_ending() -> None:
    cases = {"a.nq": "nq", "b.TRIG": "trig", "c.ttl": "ttl", "d.jsonld": "jsonld", "e.rdf": "rdf", "f.json": "json"}
    assert {name: format_of(Path(name)).value for name in cases} == cases
    with pytest.raises(UsageError, match=r"out.owl: unknown ending '.owl'; use one of .nq, .trig"):
        format_of(Path("out.owl"))
    with pytest.raises(UsageError, match="json holds annotations"):
        serialize(SAMPLE, Format.ANNOTATIONS)
