"""The rows of each table."""

from collections.abc import Callable, Iterator

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter
from kg.tables import lists, plain, registers
from kg.tables.asked import ACTUAL, Asked
from kg.tables.schemas import Row, Table

MAKERS: dict[str, Callable[[Asked], Iterator[Row]]] = {
    "articles": plain.articles,
    "actors": plain.actors,
    "tenures": plain.tenures,
    "events": plain.events,
    "participations": plain.participations,
    "items": plain.items,
    "sentences": plain.sentences,
    "disagreements": plain.disagreements,
    "plover": lists.plover,
    "cameo": lists.cameo,
    "transfers": registers.transfers,
    "agreements": registers.agreements,
    "dyad_years": registers.dyad_years,
}


def rows(table: Table, lookups: Lookups, wanted: EventFilter = ACTUAL) -> Iterator[Row]:
    """The rows of a table, by the events that pass the filter; the same for the same store.

    Raises, when they are read:
        UnknownEntity: an id in the filter is no entity's.
        UsageError: the filter is none.
    """
    return MAKERS[table.name](Asked(lookups, wanted))
