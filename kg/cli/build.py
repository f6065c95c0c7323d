"""`kg build`: articles into the store, one transaction each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from kg.answers.store import Change, Store
from kg.cli.options import DEFAULT_STORE, Base, Jobs, Json, Paths, Pipeline, Published, StoreFolder
from kg.cli.output import as_json, line, progress
from kg.cli.reading import Failures, Reading, day, expected
from kg.errors import ArticleError
from kg.index.indexing import Index
from kg.model import Extraction
from kg.serving.client import Served
from kg.serving.writing import writable

Replace = Annotated[
    bool, typer.Option("--replace", help="Let an article replace another file's with the same identifier.")
]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in numbers of articles; `events` are those of the articles that it read."""

    store: str
    added: int
    replaced: int
    unchanged: int
    failed: int
    events: int
    failures: tuple[str, ...]


def build(
    paths: Paths,
    store: StoreFolder = DEFAULT_STORE,
    replace: Replace = False,
    published: Published = None,
    jobs: Jobs = 1,
    base: Base = None,
    pipeline: Pipeline = None,
    json: Json = False,
) -> int:
    """Build the graph of articles in a store on disk, or add to it. What changed is replaced."""
    failures = Failures()
    reading = Reading(paths, day(published), failures)
    from kg.extraction import Extractor  # loads the language pipeline's libraries, which other commands do without

    extractions = Extractor(pipeline).extract_all(reading.articles(), jobs)
    with writable(store, base) as opened:
        built = fill(opened, store, reading, extractions, replace)
        if isinstance(opened, Store):
            Index(opened).bring_up_to_date()  # so that the first question is quick
    if json:
        as_json(built)
    else:
        line(
            f"{built.added} articles added, {built.replaced} replaced, {built.unchanged} unchanged, "
            f"{built.failed} failed; {built.events} events; store {store}"
        )
    return 1 if failures.messages else 0


def fill(
    opened: Store | Served, place: str, reading: Reading, extractions: Iterable[Extraction], replace: bool
) -> Built:
    """Store every extraction; what fails for one article is said, and the rest goes on."""
    changes: Counter[Change] = Counter()
    events = 0
    with progress("stored", expected(reading.paths)) as advance:
        for extraction in extractions:
            try:
                changes[opened.put(extraction, reading.source(extraction.article), replace)] += 1
                events += len(extraction.events)
            except ArticleError as error:
                reading.failures.add(error)
            advance()
    return Built(
        store=place,
        added=changes[Change.ADDED],
        replaced=changes[Change.REPLACED],
        unchanged=changes[Change.UNCHANGED],
        failed=len(reading.failures.messages),
        events=events,
        failures=tuple(reading.failures.messages),
    )
