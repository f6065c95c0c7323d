"""What is found by keys in the index beside the store is what the register says, whatever became of the index."""

from pathlib import Path

import pytest

from kg.answers.opening import existing, existing_or_new
from kg.answers.store import Store
from kg.identity import filing
from kg.identity.benchmark import World
from kg.index.database import discard
from tests.test_identity import filed

ARTICLES = [*World(12).extractions()]


def put(store: Store, start: int, end: int) -> None:
    """Put some of the articles."""
    for extraction in ARTICLES[start:end]:
        store.put(extraction, f"{extraction.article.id}.txt")


def test_an_index_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "store") as store:
        put(store, 0, 6)
    discard(tmp_path / "store")
    with existing(tmp_path / "store") as store:
        found, said = filed(store.nearby, store)
        assert (found, said) == filed(store.register, store)
        assert len(said) > len(ARTICLES[:6])


def test_what_a_process_left_unfiled_is_filed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with existing_or_new(tmp_path / "store") as store:
        put(store, 0, 6)

        def stopped(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(filing, "_drop", stopped)
            with pytest.raises(KeyboardInterrupt):
                put(store, 6, 7)
    with existing(tmp_path / "store") as store:
        store.remove(ARTICLES[0].article.id)
        assert filed(store.nearby, store) == filed(store.register, store)
        put(store, 7, 12)
        assert filed(store.nearby, store) == filed(store.register, store)


def test_what_was_not_stored_is_not_filed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "store") as store:
        put(store, 0, 6)

        def full(*_: object) -> None:
            raise OSError("no space left")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "_change", full)
            with pytest.raises(OSError, match="no space"):
                put(store, 6, 7)
        assert filed(store.nearby, store) == filed(store.register, store)
