"""The tables over the hand-made samples, read back by readers that are not ours and compared with the store."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.answers.store import Store
from kg.answers.views import EventFilter, Happening, Node, Part
from kg.errors import UsageError
from kg.model import Article, EventType, Item, Organization, Person, Post, Role, Stage, Status
from kg.tables.actors import Actors, Cast
from kg.tables.codings import coding
from kg.tables.formats import SEPARATOR, Format, encoded, format_of
from kg.tables.packages import FILE, Written, package, write
from kg.tables.rows import rows
from kg.tables.schemas import Cell, Named, Type, table, tables
from tests.extractions import FR, IN, PK, RU, US, extraction, roles, sample_extractions, told

ALL = EventFilter()
NAMES = [one.name for one in tables()]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with in_memory() as opened:
        for sample in sample_extractions():
            opened.put(sample, f"{sample.article.id}.txt")
        yield opened


@pytest.fixture(scope="module")
def lookups(store: Store) -> Lookups:
    return Lookups(store)


@pytest.fixture(scope="module")
def folder(lookups: Lookups, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data package of all events."""
    folder = tmp_path_factory.mktemp("package")
    (folder / FILE).write_bytes(package(put(lookups, name, folder) for name in NAMES))
    return folder


def put(lookups: Lookups, name: str, folder: Path) -> Written:
    with (folder / f"{name}.csv").open("wb") as stream:
        return write(table(name), rows(table(name), lookups, ALL), Format.CSV, stream)


def dicts(lookups: Lookups, name: str, wanted: EventFilter = ALL) -> list[dict[str, Any]]:
    columns = [column.name for column in table(name).columns]
    return [dict(zip(columns, row, strict=True)) for row in rows(table(name), lookups, wanted)]


def written(lookups: Lookups, name: str, format: Format, wanted: EventFilter = ALL) -> bytes:
    return b"".join(encoded(table(name), rows(table(name), lookups, wanted), format))


# ---- counts -------------------------------------------------------------------------------------------------------


def test_the_tables_have_as_many_rows_as_the_store_has_things(lookups: Lookups) -> None:
    found, events = lookups.totals(), list(lookups.all_events())
    spoken_of = {one.name: one.number for one in found.entities}
    counts = {name: len(dicts(lookups, name)) for name in NAMES}
    assert counts["articles"] == found.articles == 8
    assert counts["events"] == counts["plover"] == found.events == 22
    assert counts["sentences"] == found.sentences == 24
    assert counts["participations"] == sum(len(event.parts) for event in events) == 68
    assert counts["items"] == sum(len(event.goods) for event in events) == 10
    assert counts["agreements"] == sum(event.type is EventType.AGREEMENT for event in events) == 5
    assert counts["actors"] == sum(spoken_of[kind] for kind in ("State", "Organization", "Person")) == 27
    assert counts["tenures"] == 8


@pytest.mark.parametrize("name", [one.name for one in tables() if "status" in {column.name for column in one.columns}])
def test_only_what_happened_is_there_unless_more_is_asked_for(lookups: Lookups, name: str) -> None:
    default = list(rows(table(name), lookups))
    place = [column.name for column in table(name).columns].index("status")
    every = list(rows(table(name), lookups, ALL))
    assert default == [row for row in every if row[place] is Status.ACTUAL]
    assert name == "disagreements" or len(default) > 0
    assert name in {"disagreements", "agreements"} or len(default) < len(every)


# ---- read back ----------------------------------------------------------------------------------------------------


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / FILE))
    assert report.valid, report.flatten(["name", "fieldName", "rowNumber", "note"])
    assert report.stats["tasks"] == len(NAMES) == 13
    described = json.loads((folder / FILE).read_text())["resources"]
    for one in described:
        assert one["hash"] == f"sha256:{sha256((folder / one['path']).read_bytes()).hexdigest()}"
    assert all(field["description"] for one in described for field in one["schema"]["fields"])
    keys = {one["name"]: one["schema"]["foreignKeys"] for one in described}
    assert [key["reference"]["resource"] for key in keys["participations"]] == ["events", "actors"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("participations.csv", "state:PK,", "state:XX,", "not found in the lookup table"),
        ("events.csv", ",Actual,", ",Perhaps,", "constraint"),
        ("dyad_years.csv", ",2018,", ",then,", "integer"),
        ("sentences.csv", "Khawaja", "Kh", "hash-count"),
    ],
)
def test_frictionless_would_find_what_is_wrong(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text()
    (tmp_path / file).write_text(text.replace(old, new, 1))
    assert text.count(old)
    report = frictionless.validate(str(tmp_path / FILE))
    assert not report.valid
    assert said in str(report.flatten(["type", "note"]))


@pytest.mark.parametrize("name", NAMES)
def test_frictionless_reads_the_values_of_the_store(lookups: Lookups, folder: Path, name: str) -> None:
    read = frictionless.Package(str(folder / FILE)).get_table_resource(name).read_rows()
    assert [tuple(row.to_dict().values()) for row in read] == [
        tuple(map(in_table_schema, row)) for row in rows(table(name), lookups, ALL)
    ]


def in_table_schema(cell: Cell) -> object:
    """A cell as frictionless hands it out: numbers are decimals, and an empty list is missing."""
    match cell:
        case (Named(), *_):
            return in_json(cell)
        case tuple():
            return [*cell] or None
        case float():
            return Decimal(str(cell))
    return cell


def in_json(cell: object) -> object:
    """A cell as JSON has it."""
    match cell:
        case (Named(), *_):
            return [asdict(one) for one in cell if isinstance(one, Named)]
        case tuple():
            return [*cell]
        case date():
            return cell.isoformat()
        case Decimal():
            return float(cell)
    return cell


@pytest.mark.parametrize("name", NAMES)
def test_pyarrow_reads_the_values_of_the_store(lookups: Lookups, name: str) -> None:
    read = pq.read_table(pa.BufferReader(written(lookups, name, Format.PARQUET)))
    wanted = list(rows(table(name), lookups, ALL))
    assert read.num_rows == len(wanted)
    assert [[as_in_arrow(cell) for cell in row] for row in wanted] == [list(row.values()) for row in read.to_pylist()]
    for column in table(name).columns:
        field = read.schema.field(column.name)
        assert field.nullable is not column.required
        assert pa.types.is_date32(field.type) is (column.type is Type.DATE)
        assert field.metadata[b"description"].decode() == column.description


def as_in_arrow(cell: Cell) -> object:
    return cell if isinstance(cell, date) else in_json(cell)


@pytest.mark.parametrize("name", NAMES)
def test_json_lines_hold_the_values_of_the_store(lookups: Lookups, name: str) -> None:
    read = [json.loads(line) for line in written(lookups, name, Format.JSONL).splitlines()]
    assert [list(one.values()) for one in read] == [list(map(in_json, row)) for row in rows(table(name), lookups, ALL)]


def test_pandas_reads_the_same_from_each_format(lookups: Lookups) -> None:
    """Also by the hash of the whole frame."""
    text, binary = written(lookups, "cameo", Format.CSV), written(lookups, "cameo", Format.PARQUET)
    lines = written(lookups, "cameo", Format.JSONL)
    dates, codes = ["date"], {"code": str, "root_code": str}
    frames = [
        pd.read_csv(io.BytesIO(text), dtype=codes, parse_dates=dates),
        pd.read_parquet(io.BytesIO(binary)),
        pd.read_json(io.BytesIO(lines), lines=True, dtype=False, precise_float=True),
    ]
    hashes = set()
    for frame in frames:
        frame["date"] = pd.to_datetime(frame["date"])
        hashes.add(sha256(frame.to_csv(index=False).encode()).hexdigest())
        assert frame["code"].str.fullmatch("[0-9]{3,4}").all()
    assert len(hashes) == 1
    assert frames[0].groupby("event").size().sum() == len(dicts(lookups, "cameo"))


def test_the_same_store_gives_the_same_bytes(lookups: Lookups) -> None:
    with in_memory() as other:
        for sample in reversed(sample_extractions()):
            other.put(sample, f"{sample.article.id}.txt")
        for name, format in product(NAMES, Format):
            assert written(Lookups(other), name, format) == written(lookups, name, format), (name, format)


def test_lists_and_odd_texts_survive(tmp_path: Path) -> None:
    """Quotes, line ends and separators within cells."""
    sentence = 'Russia and "Pakistan", they\nsay | signed.'
    odd = extraction(
        Article("odd", sentence, None, date(2018, 8, 8), publisher='A "B", C'),
        told(EventType.AGREEMENT, roles(party=(PK, RU), signatory=(Person("A | B", "RU"),)), sentence, when="2018"),
    )
    with in_memory() as store:
        store.put(odd, "odd.txt")
        found = Lookups(store)
        [row] = pd.read_csv(io.BytesIO(written(found, "sentences", Format.CSV))).to_dict("records")
        assert row["exact"] == sentence
        [row] = pd.read_csv(io.BytesIO(written(found, "agreements", Format.CSV))).to_dict("records")
        assert row["signatories"].split(SEPARATOR) == ["A ¦ B"]
        assert json.loads(written(found, "agreements", Format.JSONL))["signatories"] == ["A | B"]


# ---- what is in them ----------------------------------------------------------------------------------------------


def by(found: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    """The one row with these values."""
    [row] = [row for row in found if all(row[name] == value for name, value in wanted.items())]
    return row


def test_an_event_has_its_date_place_and_name(lookups: Lookups) -> None:
    row = by(dicts(lookups, "events"), name="Malabar", status=Status.ACTUAL, place_label="Bay of Bengal")
    assert (row["when"], row["earliest"], row["latest"]) == (
        "2020-11-03/2020-11-06", date(2020, 11, 3), date(2020, 11, 6),
    )  # fmt: skip
    signing = by(dicts(lookups, "events"), type="Agreement", place_label="Rawalpindi")
    assert (signing["place_iso3"], signing["stage"], signing["sources"]) == ("PAK", "signed", 1)


def test_actors_and_tenures_tell_whom_somebody_acts_for(lookups: Lookups) -> None:
    fomin = by(dicts(lookups, "actors"), id="person:alexander-fomin")
    assert (fomin["acts_for"], fomin["iso3"], fomin["cow"]) == ("Russia", "RUS", 365)
    assert (fomin["ranks"], fomin["aliases"]) == (("Col Gen",), ("Fomin",))
    nato = by(dicts(lookups, "actors"), id="person:jens-stoltenberg")
    assert (nato["acts_for"], nato["iso3"]) == ("North Atlantic Treaty Organization", None)
    asif = by(dicts(lookups, "tenures"), person="person:khawaja-asif")
    assert (asif["post_label"], asif["iso3"], asif["former"]) == ("Foreign Minister", "PAK", True)
    assert asif["published"] == date(2018, 8, 8)


def test_the_register_of_transfers_leaves_empty_what_is_unknown(lookups: Lookups) -> None:
    found = dicts(lookups, "transfers")
    assert len(found) == 8
    tanks = by(found, designation="M1A2")
    assert (tanks["supplier_iso3"], tanks["recipient_cow"], tanks["description"]) == ("USA", 290, "tanks")
    assert (tanks["number_ordered"], tanks["years_of_order"]) == (250, ("2022",))
    assert (tanks["number_delivered"], tanks["years_of_delivery"]) == (None, ())
    assert tanks["comments"] == ("ordered 250, $4.75 billion, 2022-04-05",)
    helicopters = by(found, designation="Mi-35M")
    assert (helicopters["number_delivered"], helicopters["years_of_delivery"]) == (4, ("2014-2018",))
    assert helicopters["number_ordered"] is None
    boats = by(found, supplier_iso3="FRA")
    assert (boats["status"], boats["companies"], boats["years_of_order"]) == ("Cancelled", ("Naval Group",), ())
    offers = [row for row in found if row["designation"] == "JF-17"]
    assert [(row["supplier_iso3"], row["recipient_iso3"]) for row in offers] == [("CHN", "ARG"), ("PAK", "ARG")]
    assert {row["comments"] for row in offers} == {("offered, together with others, proposed, 2022-02",)}


def test_an_order_and_its_delivery_share_a_row_and_numbers_of_several_do_not_count() -> None:
    def sale(stage: Stage, when: str, quantity: int) -> Any:
        parts = roles(provider=(FR,), recipient=(IN,))
        return told(EventType.ARMS_TRANSFER, parts, when, when=when, stage=stage, items=(Item("Rafale", quantity),))

    said = "2016-09 2019-10 2020-07"
    sales = sale(Stage.ORDERED, "2016-09", 36), sale(Stage.DELIVERED, "2019-10", 1), sale(Stage.DELIVERED, "2020-07", 5)
    with in_memory() as store:
        store.put(extraction(Article("sale", said, None, date(2020, 8, 1)), *sales), "sale.txt")
        [row] = dicts(Lookups(store), "transfers")
    assert (row["number_ordered"], row["years_of_order"]) == (36, ("2016",))
    assert (row["number_delivered"], row["years_of_delivery"]) == (None, ("2019", "2020"))
    assert row["comments"] == ("ordered 36, 2016-09", "delivered 1, 2019-10", "delivered 5, 2020-07")
    assert len(row["events"]) == 3


def test_agreements_have_sides_codes_and_the_year_that_is_told(lookups: Lookups) -> None:
    found = dicts(lookups, "agreements")
    aukus = by(found, name="AUKUS")
    assert (aukus["iso3"], aukus["cow"], aukus["bilateral"]) == (("AUS", "GBR", "USA"), ("900", "200", "2"), False)
    assert (aukus["stage"], aukus["year_signed"], aukus["sectors"]) == ("agreed", None, ())
    older = by(found, when="2014-11")
    assert (older["year_signed"], older["bilateral"]) == (2014, True)


def test_dyad_years_count_what_two_states_do(lookups: Lookups) -> None:
    found = dicts(lookups, "dyad_years")
    row = by(found, iso3_a="PAK", iso3_b="RUS", year=2018)
    assert (row["cow_a"], row["cow_b"]) == (770, 365)
    assert (row["events"], row["agreements"], row["meetings"], row["visits"]) == (3, 1, 1, 1)
    assert not [one for one in found if {one["iso3_a"], one["iso3_b"]} == {"CHN", "PAK"}], "suppliers are no dyad"
    kinds = [column.name for column in table("dyad_years").columns][7:]
    assert all(one["events"] == sum(one[kind] for kind in kinds) for one in found)


PLOVER = [
    ("Agreement", "2018-08-07", "SUPPORT", None, ("diplomatic", "military"), "PAK RUS", "", "signed"),
    ("Agreement", "2021-09-15", "AGREE", None, ("military",), "AUS GBR USA", "", "agreed"),
    ("Meeting", "2018-08-07", "CONSULT", None, ("military",), "- PAK RUS", "", "talks"),
    ("Meeting", "2022-04-26", "CONSULT", "third-party", ("military",), "IGO USA", "", "talks-at-a-third-party"),
    ("Visit", "2018-02", "CONSULT", "visit", ("military",), "PAK", "RUS", "visit"),
    ("Exercise", "2019", "COOPERATE", None, ("military",), "IND JPN USA", "IND JPN USA", "exercise"),
    ("Exercise", "2021", "AGREE", None, ("military", "future"), "AUS IND JPN USA", "", "planned"),
    ("ArmsTransfer", "2019-07-12", "COOPERATE", None, ("military", "economic"), "RUS", "TUR", "arms"),
    ("ArmsTransfer", "2019-07-17", "SANCTION", "discontinue", ("military",), "USA", "TUR", "cancelled-supply"),
    ("ArmsTransfer", "2022-04-05", "AGREE", None, ("military",), "USA", "POL", "arms-offered-or-ordered"),
    ("MilitaryAid", "2022-03", "AID", "military", ("military",), "JPN", "UKR", "aid"),
    ("Training", "2022-06/2022", "AID", "military", ("military",), "GBR", "UKR", "training-given"),
    ("Deployment", "2027", "AGREE", None, ("military", "future"), "DEU", "LTU", "planned-supply"),
    ("IndustrialProject", "2022/2035", "AGREE", None, ("military", "future"), "GBR ITA JPN", "", "planned"),
]


@pytest.mark.parametrize(("type", "when", "event", "mode", "context", "source", "recipient", "rule"), PLOVER)
def test_plover_codes(
    lookups: Lookups, type: str, when: str, event: str, mode: str | None, context: tuple[str, ...], source: str,
    recipient: str, rule: str,
) -> None:  # fmt: skip
    row = by(dicts(lookups, "plover", EventFilter(types=(EventType(type),))), when=when)
    assert (row["event"], row["mode"], row["context"]) == ((event,), (mode,) if mode else (), context)
    assert (codes(row["source"]), codes(row["recipient"]), row["rule"]) == (source, recipient, rule)


def codes(actors: tuple[Named, ...]) -> str:
    return " ".join(sorted({actor.code or "-" for actor in actors}))


CAMEO = [
    ("Agreement", "2018-08-07", {"PAKGOV 057 RUSGOV", "RUSGOV 057 PAKGOV"}),
    ("Visit", "2018-02", {"PAK 042 RUS", "RUS 043 PAK"}),
    ("Meeting", "2022-04-26", {"IGO 044 USAGOV", "USAGOV 044 IGO"}),
    ("ArmsTransfer", "2019-07-12", {"RUS 062 TUR"}),
    ("ArmsTransfer", "2019-07-17", {"USA 1622 TUR"}),
    ("ArmsTransfer", "2021-09", {"FRA 1622 AUS"}),
    ("ArmsTransfer", "2022-04-05", {"USA 0312 POL"}),
    ("MilitaryAid", "2022-03", {"JPN 072 UKR"}),
    ("Deployment", "2027", {"DEU 0334 LTU"}),
    ("Exercise", "2019", {f"{a} 062 {b}" for a, b in product(("IND", "JPN", "USA"), repeat=2) if a != b}),
]


@pytest.mark.parametrize(("type", "when", "wanted"), CAMEO)
def test_cameo_codes(lookups: Lookups, type: str, when: str, wanted: set[str]) -> None:
    found = [row for row in dicts(lookups, "cameo", EventFilter(types=(EventType(type),))) if row["when"] == when]
    assert {f"{row['source']} {row['code']} {row['target']}" for row in found} == wanted
    assert len(found) == len(wanted)
    assert {row["quad_class"] for row in found} <= {1, 2, 4}


def test_every_event_has_a_code_and_every_rule_codes_some(lookups: Lookups) -> None:
    """Each type, status, stage and set of roles that there could be, between two states and three."""
    seen: dict[str, set[str]] = {"plover": set(), "cameo": set()}
    nodes = [Node("state:PK", "State", "Pakistan"), Node("state:RU", "State", "Russia"), Node("state:FR", "State", "F")]
    casts = [
        ((Role.PARTY, 0), (Role.PARTY, 1)),
        ((Role.PARTICIPANT, 0), (Role.PARTICIPANT, 1), (Role.HOST, 2)),
        ((Role.PARTICIPANT, 0), (Role.PARTICIPANT, 1), (Role.PARTICIPANT, 2)),
        ((Role.PROVIDER, 0), (Role.RECIPIENT, 1)),
        ((Role.SENDER, 0), (Role.HOST, 1)),
        ((Role.VISITOR, 0), (Role.HOST, 1)),
        (),
    ]
    template, actors = next(lookups.all_events()), Actors(lookups.store)
    fields = {name: getattr(template, name) for name in Happening.__slots__}
    for type, status, stage, parts in product(EventType, Status, (None, *Stage), casts):
        given = {"type": type, "status": status, "stage": stage}
        cast: Cast = actors.cast(
            Happening(**{**fields, **given, "parts": tuple(Part(role, nodes[at]) for role, at in parts)})
        )
        for name, found in seen.items():
            rule = coding(name).rule(cast)
            found.add(rule.id)
            assert coding(name).quad(rule.code) in {1, 2, 3, 4}
            assert (status is Status.CANCELLED) <= (rule.id.startswith("cancelled"))
    assert {name: {rule.id for rule in coding(name).rules} for name in seen} == seen


def test_a_codings_rules_say_why_and_from_where() -> None:
    for name in ("plover", "cameo"):
        scheme = coding(name)
        assert all(rule.why and rule.section for rule in scheme.rules)
        assert any("github.com/openeventdata/PLOVER" in source for source in scheme.sources)
        assert {rule.judgement for rule in scheme.rules} == {True, False}


SECTORS: list[tuple[Person | Organization, str | None]] = [
    (Person("A", "PK", posts=(Post("Chief of Army Staff", "PK"),)), "MIL"),
    (Person("B", "PK", posts=(Post("Defence Minister", "PK"),)), "GOV"),
    (Person("C", "PK", posts=(Post("Defence Minister", "PK"), Post("Army Chief", "PK"))), None),
    (Person("D", "PK"), None),
    (Organization("Pakistan Navy", "PK", key="pakistan-navy"), "MIL"),
    (Organization("Punjab Police", "PK"), "COP"),
    (Organization("Ministry of Ships", "PK"), "GOV"),
    (Organization("Society of Friends", "PK"), None),
]


def test_the_sector_is_given_as_far_as_it_is_known() -> None:
    parts = roles(participant=(PK, US, *(actor for actor, _ in SECTORS)))
    with in_memory() as store:
        store.put(extraction(Article("a", "They met."), told(EventType.MEETING, parts, "They met.")), "a.txt")
        found = {row["label"]: row["sector"] for row in dicts(Lookups(store), "participations")}
        [there, back] = dicts(Lookups(store), "cameo")
    assert {actor.name: found[actor.name] for actor, _ in SECTORS} == {actor.name: sector for actor, sector in SECTORS}
    assert {there["source"], there["target"]} == {"PAK", "USA"}, "several sectors are none"
    assert back["source"] == there["target"]


# ---- asked for by command and over HTTP ---------------------------------------------------------------------------


def test_unknown_names_are_said_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"event: no such table; there are articles, .*dyad_years$"):
        table("event")
    with pytest.raises(UsageError, match="xlsx: no such format of tables; there are csv, jsonl, parquet"):
        format_of("xlsx")


def test_tables_over_http(store: Store, lookups: Lookups) -> None:
    with TestClient(create_app(store)) as client:
        for format in Format:
            answer = client.get(f"/tables/plover.{format}", params={"type": "Agreement"})
            wanted = EventFilter(types=(EventType.AGREEMENT,), statuses=(Status.ACTUAL,))
            assert answer.content == written(lookups, "plover", format, wanted)
        every = client.get("/tables/events.csv", params={"status": list(Status)})
        assert every.content == written(lookups, "events", Format.CSV)
        assert every.headers["content-type"].startswith("text/csv")
        described = client.get("/tables/datapackage.json").json()
        assert [one["path"] for one in described["resources"]] == [f"{name}.csv" for name in NAMES]
        for address, status, said in [
            ("/tables/event.csv", 400, "no such table"),
            ("/tables/events.xlsx", 400, "no such format"),
            ("/tables/events.csv?actor=state:XX", 404, "no entity"),
        ]:
            refused = client.get(address)
            assert (refused.status_code, said in refused.json()["detail"]) == (status, True)
