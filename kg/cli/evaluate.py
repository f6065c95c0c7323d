"""`kg evaluate`: how good the extraction is, measured on annotated articles."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.extract import advancing, passed
from kg.cli.files import replaced
from kg.cli.options import Jobs, Json, Pipeline, Published
from kg.cli.output import as_json, progress
from kg.cli.reading import Failures, day
from kg.errors import UsageError
from kg.reading import articles

Gold = Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="The annotation files, one for each article.")]
Texts = Annotated[
    str, typer.Argument(metavar="ARTICLES_DIR", help="The articles; those not annotated are passed over.")
]
Errors = Annotated[bool, typer.Option("--errors", help="List the misses and the false alarms with their sentences.")]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw confidence against share right; ends in .png.")
]


def evaluate(
    gold: Gold,
    texts: Texts,
    json: Json = False,
    errors: Errors = False,
    plot: Plot = None,
    published: Published = None,
    jobs: Jobs = 1,
    pipeline: Pipeline = None,
) -> int:
    """Extract the events of annotated articles, and say how many are right, by type, argument and confidence."""
    from kg.cli import figures  # with the rest, loads networkx and the language pipeline's libraries
    from kg.evaluation import calibrate, compare, golds, mistakes, plots, score
    from kg.extraction import Extractor

    if plot is not None:
        if plot.suffix.lower() != ".png":
            raise UsageError(f"{plot}: unknown format {plot.suffix or '(no ending)'}; the file's name ends in .png")
        plots.check()
    failures = Failures()
    texts_read = passed(articles.read([texts], day(published)), failures)
    annotated = golds.read(golds.annotation_files(gold), texts_read)
    with progress("extracted", len(annotated)) as advance:
        found = advancing(Extractor(pipeline).extract_all((one.article for one in annotated), jobs), advance)
        comparisons = [compare(*pair) for pair in zip(annotated, found, strict=True)]
    scores, calibration = score(comparisons), calibrate(comparisons)
    faults = mistakes(comparisons) if errors else ()
    if plot is not None:
        with replaced(plot) as stream:
            plots.plot(calibration, stream)
    if json:
        as_json({**asdict(scores), "calibration": calibration, **({"mistakes": faults} if errors else {})})
    else:
        figures.tell(scores, calibration)
        figures.tell_mistakes(faults)
    return 1 if failures.messages else 0
