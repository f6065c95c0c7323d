"""`kg stats`: a store in numbers."""

from dataclasses import asdict
from typing import Annotated

import typer

from kg.answers.lookups import Lookups
from kg.cli.options import DEFAULT_STORE, Json, StoreFolder
from kg.cli.output import as_json, line, table
from kg.serving.reading import readable

Listed = Annotated[
    bool, typer.Option("--articles", help="List the articles and the files that they come from instead.")
]


def stats(store: StoreFolder = DEFAULT_STORE, articles: Listed = False, json: Json = False) -> None:
    """Say how many articles, events and entities the store holds."""
    with readable(store) as opened:
        if articles:
            rows = [(source.id, source.file) for source in opened.sources()]
            if json:
                as_json([{"id": id, "file": file} for id, file in rows])
            else:
                table(("article", "file"), rows)
            return
        found, quads = Lookups(opened).totals(), sum(1 for _ in opened.quads())
    if json:
        as_json({**asdict(found), "quads": quads})
        return
    span = f" from {found.first} to {found.last}" if found.first else ""
    line(f"{found.articles} articles, {found.events} events{span}, {found.sentences} sentences, {quads} quads")
    for heading, counted in (("events", found.types), ("status", found.statuses), ("entities", found.entities)):
        if counted:
            table((heading, "number"), [(total.name, str(total.number)) for total in counted])
