"""`kg remove`: articles out of the store."""

from typing import Annotated

import typer

from kg.cli.options import DEFAULT_STORE, StoreFolder
from kg.cli.output import line
from kg.serving.writing import writable_existing

Ids = Annotated[
    list[str], typer.Argument(metavar="ARTICLE", help="Identifiers of articles, as kg stats --articles lists them.")
]


def remove(articles: Ids, store: StoreFolder = DEFAULT_STORE) -> None:
    """Take articles and all that they alone state out of the store."""
    with writable_existing(store) as opened:
        for article in articles:
            opened.remove(article)
            line(f"removed {article}")
