"""`kg explain`: why an event is in the graph."""

from typing import Annotated

import typer

from kg.cli.options import DEFAULT_STORE, Json, Pipeline, StoreFolder
from kg.cli.output import as_json, line
from kg.serving.reading import readable

EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The id of an event, as kg show and kg query give it.")]


def explain(event: EventId, store: StoreFolder = DEFAULT_STORE, pipeline: Pipeline = None, json: Json = False) -> None:
    """Show why an event is in the graph: sentences, rules, the way from word to actor, and its confidence."""
    from kg import explanations  # loads the language pipeline's libraries, which other commands do without
    from kg.extraction import Extractor

    with readable(store) as opened:
        told = explanations.explain(opened, event, Extractor(pipeline))
    if json:
        as_json(told)
        return
    line(f"{told.label} ({told.event}), confidence {told.confidence:.2f}")
    for account in told.accounts:
        line("")
        line(f"{account.article}, confidence {account.confidence:.2f}")
        for one in account.tellings:
            line(f"“{one.sentence}”")
            line(f"  “{one.trigger}”, by {one.extractor}: {one.why}")
            for path in one.paths:
                line(f"  {path}")
        line(f"confidence, in logits: {told.intercept:+.2f} to begin with")
        for reason in account.reasons:
            line(f"  {reason.weight:+.2f}  {reason.signal}")
    for article in told.lost:
        line("")
        line(f"{article}: read otherwise by this version; build the store again")
