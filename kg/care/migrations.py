"""Stores of former formats: brought to the present one, or refused with a reason."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.answers.opening import about, existing_or_new, opened_alone, settle
from kg.answers.store import FORMAT, Store
from kg.care.replacements import replaced
from kg.errors import StoreError

Advance = Callable[[], None]
Migration = Callable[[Store, Store, Advance], None]
"""Fills the second, new store from the first, which has the former format."""


def retold(old: Store, new: Store, advance: Advance) -> None:
    """Tell every article anew from what was read out of it, under the same decisions; graphs of others are kept."""
    kept = old.graph("decisions")
    new.embedded.bulk_extend(quad for quad in old.inner if quad.graph_name == kept or not old.owns(quad.graph_name))
    for source in old.sources():
        new.put(old.extraction(source.graph), source.file)
        advance()


FORMER: dict[str, Migration | str] = {
    "1": "it does not keep what was read out of its articles; build it anew from them into another folder",
    "2": retold,
    "3": retold,
}
"""What becomes of a store of each former format: a migration, or why there is none, with the remedy."""


def migrate(path: Path, advance: Advance) -> str | None:
    """Bring the store to the present format; the former one, or `None` where it has the present one.

    Raises:
        StoreError: there is no store, or no way from its format; another process holds it, or the disk refuses.
    """
    settle(path)
    if not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: no store here; name one with --store")
    former, base = about(path, opened_alone(path))
    if former == FORMAT:
        return None
    way = FORMER.get(former, "a later version of kg made it; use that one")
    if isinstance(way, str):
        raise StoreError(f"{path}: the store has format {former}, this version of kg reads {FORMAT}: {way}")

    def make(held: ox.Store, new: Path) -> None:
        with existing_or_new(new, base) as fresh:
            way(Store(held, base, path), fresh, advance)

    replaced(path, make)
    return former
