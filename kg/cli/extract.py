"""`kg extract`: articles to a file of triples, without a store."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from pyoxigraph import Quad

from kg import annotations
from kg.answers.opening import in_memory
from kg.cli.files import replaced
from kg.cli.options import Base, Jobs, Paths, Pipeline, Published
from kg.cli.output import Advance, progress, say
from kg.cli.reading import Failures, day, expected
from kg.errors import ArticleError, KgError, UsageError
from kg.model import Article, Extraction
from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.references import organization_keys, reference_quads, state_codes
from kg.rdf.serializations import Format, format_of, serialize
from kg.reading import articles
from ontology import terms

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; its ending gives the format.")
]
As = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="nq, trig, ttl, jsonld, rdf, or json for annotations.")
]
NoText = Annotated[bool, typer.Option("--no-text", help="Leave the articles' text out.")]


def extract(
    paths: Paths,
    output: Output = None,
    format: As = None,
    published: Published = None,
    jobs: Jobs = 1,
    base: Base = None,
    no_text: NoText = False,
    pipeline: Pipeline = None,
) -> int:
    """Extract the events of articles and write them as RDF, N-Quads unless the file's ending or --format says more."""
    kind = chosen(output, format)
    failures = Failures()
    found = passed(articles.read(paths, day(published)), failures)
    from kg.extraction import Extractor  # loads the language pipeline's libraries, which other commands do without

    with progress("extracted", expected(paths)) as advance:
        extractions = advancing(Extractor(pipeline).extract_all(found, jobs), advance)
        writer = Writer(kind, base or DEFAULT_BASE, no_text, failures)
        if output is not None and output.is_dir():
            writer.done = len(annotations.write_folder(extractions, output))
        elif output is not None:
            with replaced(output) as stream:
                writer.write(extractions, stream)
        else:
            writer.write(extractions, sys.stdout.buffer)
    say(f"{writer.done} articles extracted, {len(failures.messages)} failed")
    return 1 if failures.messages else 0


def chosen(output: Path | None, name: str | None) -> Format:
    """The format to write.

    Raises:
        UsageError: there is no such format, or the file's ending names none.
    """
    if name is not None:
        return named(name)
    if output is None:
        return Format.N_QUADS
    return Format.ANNOTATIONS if output.is_dir() else format_of(output)


def named(name: str) -> Format:
    """The format of this name.

    Raises:
        UsageError: there is none.
    """
    try:
        return Format(name.lower().removeprefix("."))
    except ValueError:
        raise UsageError(f"--format {name}: unknown format; use one of {', '.join(Format)}") from None


def passed(found: Iterable[Article | ArticleError], failures: Failures) -> Iterator[Article]:
    """The articles in order; one that could not be read is a failure and is passed over."""
    for article in found:
        if isinstance(article, ArticleError):
            failures.add(article)
        else:
            yield article


def advancing(extractions: Iterable[Extraction], advance: Advance) -> Iterator[Extraction]:
    """The extractions, each counted as it passes."""
    for extraction in extractions:
        yield extraction
        advance()


class Writer:
    """Writes extractions to a stream; `done` counts the articles that it wrote."""

    def __init__(self, kind: Format, base: str, no_text: bool, failures: Failures) -> None:
        self.kind = kind
        self.base = base
        self.no_text = no_text
        self.failures = failures
        self.done = 0

    def write(self, extractions: Iterable[Extraction], stream: BinaryIO) -> None:
        """Write all of them; what several articles tell of one actor or act stands under one IRI."""
        if self.kind is Format.ANNOTATIONS:
            found = tuple(extractions)
            stream.write(annotations.write(*found).encode())
            self.done = len(found)
            return
        stream.write(serialize(list(self._quads(extractions)), self.kind, self.base))

    def _quads(self, extractions: Iterable[Extraction]) -> Iterator[Quad]:
        """The graphs of the articles, and of the reference data what they refer to."""
        states: set[str] = set()
        organizations: set[str] = set()
        store = in_memory(self.base)
        for extraction in extractions:
            try:
                store.put(extraction, extraction.article.id)
            except KgError as error:
                self.failures.add(error)
                continue
            states |= state_codes(extraction)
            organizations |= organization_keys(extraction)
        for source in store.sources():
            self.done += 1
            graph = sorted(store.inner.quads_for_pattern(None, None, None, source.graph), key=str)
            yield from (quad for quad in graph if quad.predicate != terms.TEXT or not self.no_text)
        yield from reference_quads(states, organizations, self.base)
