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


@dataclass(frozen=True, slots=True)
class Organization:
    """A ministry, force, command, company or international organisation.

    `alt` holds acronyms, variants and earlier names; `former` says that it no longer exists.
    """

    id: str
    label: str
    alt: tuple[str, ...]
    kind: str
    state: str | None
    wikidata: str | None
    former: bool


@cache
def organizations() -> tuple[Organization, ...]:
    """All known organisations, by id; `kind` is one of `ORGANIZATION_KINDS`.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    columns = ("id", "label", "alt", "kind", "state", "wikidata", "former")
    return tuple(
        Organization(
            id=row.required("id"),
            label=row.required("label"),
            alt=row.many("alt"),
            kind=row.one_of("kind", ORGANIZATION_KINDS),
            state=row.text("state"),
            wikidata=row.text("wikidata"),
            former=row.one_of("former", frozenset({"", "yes"})) == "yes",
        )
        for row in rows("organizations.csv", columns)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A city, base, province, region or sea, with the state that it lies in; seas and wide regions have none."""

    id: str
    label: str
    alt: tuple[str, ...]
    kind: str
    state: str | None


@cache
def places() -> tuple[Place, ...]:
    """All known places, by id; `kind` is one of `PLACE_KINDS`.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    return tuple(
        Place(
            id=row.required("id"),
            label=row.required("label"),
            alt=row.many("alt"),
            kind=row.one_of("kind", PLACE_KINDS),
            state=row.text("state"),
        )
        for row in rows("places.csv", ("id", "label", "alt", "kind", "state"))
    )


@dataclass(frozen=True, slots=True)
class Series:
    """An act that recurs: a standing exercise, committee, conference or dialogue.

    `states` are the alpha-2 codes of those that usually take part, empty where many or changing ones do.
    """

    id: str
    label: str
    alt: tuple[str, ...]
    states: tuple[str, ...]


def _series(name: str) -> tuple[Series, ...]:
    return tuple(
        Series(row.required("id"), row.required("label"), row.many("alt"), row.many("states"))
        for row in rows(name, ("id", "label", "alt", "states"))
    )


@cache
def exercises() -> tuple[Series, ...]:
    """All known standing exercises, by id.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    return _series("exercises.csv")


@cache
def dialogues() -> tuple[Series, ...]:
    """All known standing committees, conferences and dialogues, by id.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    return _series("dialogues.csv")


@dataclass(frozen=True, slots=True)
class Equipment:
    """A type of equipment by its designation; `kind` is the id of an `EquipmentKind`, `state` where it was designed."""

    id: str
    label: str
    alt: tuple[str, ...]
    kind: str
    state: str | None


@cache
def equipment() -> tuple[Equipment, ...]:
    """All known types of equipment, by id.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    kinds = frozenset(kind.id for kind in equipment_kinds())
    return tuple(
        Equipment(
            id=row.required("id"),
            label=row.required("label"),
            alt=row.many("alt"),
            kind=row.one_of("kind", kinds),
            state=row.text("state"),
        )
        for row in rows("equipment.csv", ("id", "label", "alt", "kind", "state"))
    )


@dataclass(frozen=True, slots=True)
class EquipmentKind:
    """A kind by which news name goods without a designation; `label` is a plural.

    `domain` is "arms" for weapons and military equipment, "aid" for money, supplies and services.
    """

    id: str
    label: str
    alt: tuple[str, ...]
    domain: str


@cache
def equipment_kinds() -> tuple[EquipmentKind, ...]:
    """All kinds of equipment and goods, by id.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    return tuple(
        EquipmentKind(
            id=row.required("id"),
            label=row.required("label"),
            alt=row.many("alt"),
            domain=row.one_of("domain", EQUIPMENT_DOMAINS),
        )
        for row in rows("equipment_kinds.csv", ("id", "label", "alt", "domain"))
    )


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state or government, a minister, a chief of defence or the head of an organisation.

    `state` or `organization` (the id of an `Organization`) is whom the person acts for. `start` and `end` are the first
    and the last year in posts of that kind, with gaps between them; `end` is `None` for those in office in 2025. `alt`
    holds other spellings, and the surname alone only where news use it so.
    """

    id: str
    name: str
    alt: tuple[str, ...]
    state: str | None
    organization: str | None
    post: str
    start: int
    end: int | None


@cache
def leaders() -> tuple[Leader, ...]:
    """Leaders since about 1990, by id; who led a state and later an organisation stands twice.

    Raises:
        ValueError: the table is wrong; the message names file and line.
    """
    columns = ("id", "name", "alt", "state", "organization", "post", "start", "end")
    return tuple(
        Leader(
            id=row.required("id"),
            name=row.required("name"),
            alt=row.many("alt"),
            state=row.text("state"),
            organization=row.text("organization"),
            post=row.required("post"),
            start=row.number("start") or 0,
            end=row.number("end"),
        )
        for row in rows("leaders.csv", columns)
    )
