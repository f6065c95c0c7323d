"""Identity across articles: the store is a function of the articles that are in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.model import Extraction
from tests.worlds import extractions

steps = st.lists(st.tuples(extractions(), st.booleans()), min_size=1, max_size=9)


def fresh(articles: dict[str, Extraction]) -> Store:
    """A store of these articles, in the order of their ids."""
    store = in_memory()
    for id in sorted(articles):
        store.put(articles[id], id)
    return store


@settings(max_examples=150, deadline=None)
@given(steps)
def test_any_sequence_of_changes_gives_the_store_of_what_is_left(sequence: list[tuple[Extraction, bool]]) -> None:
    store, left = in_memory(), dict[str, Extraction]()
    for extraction, taken_out in sequence:
        id = extraction.article.id
        if taken_out and id in left:
            store.remove(id)
            del left[id]
        else:
            store.put(extraction, id, replace=True)
            left[id] = extraction
    assert set(store.inner) == set(fresh(left).inner)
