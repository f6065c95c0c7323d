"""`kg build`: articles into the store, one transaction each."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import DEFAULT_STORE, Base, Jobs, Json, Paths, Published, StoreFolder
from kg.cli.output import as_json, line, progress
from kg.cli.reading import Failures, Reading, day, expected
from kg.errors import ArticleError, KgError, StoreError
from kg.opening import existing_or_new
from kg.store import Change, Store

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
    json: Json = False,
) -> int:
    """Build the graph of articles in a store on disk, or add to it. What changed is replaced."""
    failures = Failures()
    reading = Reading(paths, day(published), failures)
    with existing_or_new(store, base) as opened:
        built = fill(opened, store, reading, jobs, replace)
    if json:
        as_json(built)
    else:
        line(
            f"{built.added} articles added, {built.replaced} replaced, {built.unchanged} unchanged, "
            f"{built.failed} failed; {built.events} events; store {store}"
        )
    return 1 if failures.messages else 0


def fill(opened: Store, folder: Path, reading: Reading, jobs: int, replace: bool) -> Built:
    """Extract and store every article; what fails for one article is said, and the rest goes on."""
    from kg.extraction import Extractor  # loads the language pipeline's libraries, which other commands do without

    changes: Counter[Change] = Counter()
    events = 0
    with progress("stored", expected(reading.paths)) as advance:
        for extraction in Extractor().extract_all(reading.articles(), jobs):
            try:
                changes[opened.put(extraction, reading.source(extraction.article), replace)] += 1
                events += len(extraction.events)
            except StoreError:
                raise
            except KgError as error:
                reading.failures.add(ArticleError(str(error)))
            advance()
    return Built(
        store=str(folder),
        added=changes[Change.ADDED],
        replaced=changes[Change.REPLACED],
        unchanged=changes[Change.UNCHANGED],
        failed=len(reading.failures.messages),
        events=events,
        failures=tuple(reading.failures.messages),
    )
