"""The actors, places, exercises and arms that the project knows beforehand, from the tables in `reference/`.

`reference/SOURCES.md` says where each table comes from.
"""

from dataclasses import dataclass
from functools import cache

from ontology.tables import Row, rows

STANDINGS = frozenset({"member", "observer", "other", "territory"})
ORGANIZATION_KINDS = frozenset(
    {"agency", "alliance", "body", "command", "company", "force", "international", "ministry"}
)
PLACE_KINDS = frozenset({"base", "city", "province", "region", "sea"})
EQUIPMENT_DOMAINS = frozenset({"aid", "arms"})


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory.

    `un` is "member", "observer", "other" (neither) or "territory", which has a `sovereign`. `cow` is the Correlates of
    War number. `capitals` starts with the present one under its usual name; other spellings, seats of government and
    former capitals follow. `metonyms` are buildings and cities whose names stand for the government.
    """

    iso2: str
    iso3: str
    cow: int | None
    wikidata: str
    label: str
    alt: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    un: str
    sovereign: str | None


def _state(row: Row) -> State:
    return State(
        iso2=row.required("iso2"),
        iso3=row.required("iso3"),
        cow=row.number("cow"),
        wikidata=row.required("wikidata"),
        label=row.required("label"),
        alt=row.many("alt"),
        demonyms=row.many("demonyms"),
        capitals=row.many("capital"),
        metonyms=row.many("metonyms"),
        un=row.one_of("un", STANDINGS),
        sovereign=row.text("sovereign"),
    )


@cache
def states() -> tuple[State, ...]:
    """All states and territories, by ISO 3166-1 alpha-2 code (Kosovo "XK").

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    columns = ("iso2", "iso3", "cow", "wikidata", "label", "alt", "demonyms", "capital", "metonyms", "un", "sovereign")
    return tuple(_state(row) for row in rows("states.csv", columns))
