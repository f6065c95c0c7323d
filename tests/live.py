"""A server over the sample articles, open for updates."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.service import UPDATES_VARIABLE
from api.tokens import TOKEN_VARIABLE
from kg.answers.opening import existing_or_new
from tests.extractions import sample_extractions
from tests.servers import serving

TOKEN = "a-token-for-tests"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `kg serve`, open for updates with `TOKEN`, over a new store of the sample articles."""
    with existing_or_new(folder) as store:
        for sample in sample_extractions():
            store.put(sample, f"{sample.article.id}.txt")
    with serving(folder, **{TOKEN_VARIABLE: TOKEN, UPDATES_VARIABLE: "on"}) as url:
        yield url
