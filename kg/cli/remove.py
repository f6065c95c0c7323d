"""`kg remove`: articles out of the store."""

from typing import Annotated

import typer

from kg.answers.opening import existing
from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line

Ids = Annotated[
    list[str], typer.Argument(metavar="ARTICLE", help="Identifiers of articles, as kg stats --articles lists them.")
]


def remove(articles: Ids, store: StoreFolder = DEFAULT_STORE) -> None:
    """Take articles and all that they alone state out of the store."""
    with existing(store) as opened:
        for article in articles:
            opened.remove(article)
            line(f"removed {article}")
