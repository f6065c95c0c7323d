"""`kg bench`: what answers over HTTP cost, and whether they stay right under load."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import line, table

Quads = Annotated[int, typer.Option("--quads", min=300_000, metavar="NUMBER", help="Quads in the larger store.")]
Load = Annotated[
    float | None,
    typer.Option(
        "--load",
        min=1,
        metavar="SECONDS",
        help="Instead, read while articles come and go: twice so long, the first time to warm.",
    ),
]


def bench(quads: Quads = 1_000_000, load: Load = None) -> int:
    """Measure the server on this machine, with made-up graphs in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        return figures(Path(folder), quads) if load is None else under_load(Path(folder), quads, load)


def figures(folder: Path, quads: int) -> int:
    """Print what requests take over a store of so many quads and over one of a tenth."""
    from api.benchmark import CLIENTS, HEADINGS, SHARE, made, measured

    results = list(measured(made(folder / str(size), size) for size in (quads // 10, quads)))
    table(HEADINGS, [row for result in results for row in result.rows()])
    line(f"{CLIENTS} clients, for search one; processor: time of the server's one process for a request")
    for result in results:
        store = result.made
        line(f"{store.quads:,} quads: index made in {store.indexing:.1f} s; after an article {store.refresh:.1f} ms")
    share = results[-1].share()
    line(f"relationships at {share:.0%} of the bare endpoint's requests per second; at least {SHARE:.0%} are wanted")
    return 0


def under_load(folder: Path, quads: int, seconds: float) -> int:
    """Print what a time of reading and writing gave; the exit status says whether an answer was wrong."""
    from api.benchmark import made
    from api.endurance import endured

    found = endured(made(folder / "store", quads), seconds)
    for text in found.lines():
        line(text)
    return 1 if found.faults else 0
