"""The index is what the graph says, however it came to be; its answers are those of a look at all events."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.answers.curation import Curation
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.errors import UnknownEntity, UsageError
from kg.index.indexing import Index
from kg.model import Extraction
from kg.rdf.iris import DEFAULT_BASE
from tests.test_identity import Act, Clock, curated, steps

REFERENCE = [*in_memory().inner]
TABLES = ("node", "belonging", "name", "word", "triple", "event", "telling", "part", "article", "source", "mention")


def made() -> Store:
    """A store in memory with the reference data, made faster than from the tables."""
    inner = ox.Store()
    inner.bulk_extend(REFERENCE)
    return Store(inner, DEFAULT_BASE)


def rows(index: Index) -> dict[str, set[tuple[object, ...]]]:
    """All that an index holds, table by table."""
    connection = index.connection
    return {table: set(connection.execute(f"SELECT * FROM {table}")) for table in TABLES}


@settings(max_examples=25, deadline=None)
@given(steps, st.sets(st.integers(0, 12)))
def test_an_index_kept_up_is_one_made_anew(sequence: list[Extraction | Act], looks: set[int]) -> None:
    store, left = made(), dict[str, Extraction]()
    index, curation = Index(store), Curation(store, Clock())
    for place, step in enumerate(sequence):
        if isinstance(step, Extraction):
            store.put(step, step.article.id, replace=True)
            left[step.article.id] = step
        else:
            try:
                curated(store, left, *step, curation)
            except (UnknownEntity, UsageError):
                continue
        if place in looks:
            rows(index)
    anew = made()
    anew.inner.bulk_extend(set(store.inner) - set(anew.inner))
    kept, wanted = rows(index), rows(Index(anew))
    for table, found in wanted.items():
        assert kept[table] == found, table
