"""EDTF dates, their bounds and how they read; slugs; labels of events."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import bounds, readable
from kg.errors import KgError
from kg.model import Event, EventType, Organization, Participation, Person, Role, State
from kg.rdf.labels import event_label
from kg.rdf.slugs import slug

BOUNDS = [
    ("2018-08-07", "2018-08-07", "2018-08-07", "7 Aug 2018"),
    ("2016-02", "2016-02-01", "2016-02-29", "Feb 2016"),
    ("2014", "2014-01-01", "2014-12-31", "2014"),
    ("2015/2018", "2015-01-01", "2018-12-31", "2015–2018"),
    ("2018/2018", "2018-01-01", "2018-12-31", "2018"),
    ("2018-08-05/2018-08-10", "2018-08-05", "2018-08-10", "5 Aug 2018 – 10 Aug 2018"),
    ("2018-12/2019-01-15", "2018-12-01", "2019-01-15", "Dec 2018 – 15 Jan 2019"),
    ("2019~", "2019-01-01", "2019-12-31", "2019"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "label"), BOUNDS)
def test_bounds(text: str, earliest: str, latest: str, label: str) -> None:
    assert bounds(text) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert readable(text) == label


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no EDTF date"),
        ("7 August", "no EDTF date"),
        ("2018-8-7", "no EDTF date"),
        ("2018/", "no EDTF date"),
        ("2018/2019/2020", "no EDTF date"),
        ("٢٠١٨", "no EDTF date"),
        ("2018-13", "month must be in 1..12"),
        ("2018-02-30", "day is out of range"),
        ("0000", "year 0 is out of range"),
        ("2018/2015", "ends before it starts"),
    ],
)
def test_other_texts_are_refused(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        bounds(text)


@given(st.dates(), st.dates())
def test_an_interval_of_days_has_them_as_bounds(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alexander Fomin", "alexander-fomin"),
        ("Mariusz Błaszczak", "mariusz-blaszczak"),
        ("İsmail Demir", "ismail-demir"),
        ("Jens Stoltenberg", "jens-stoltenberg"),
        ("Søren Ærø", "soren-aero"),
        ("  Mi-35M ", "mi-35m"),
        ("AT&T", "at-t"),
        ("N'Djamena", "ndjamena"),
        ("½", "1-2"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_slugs_are_safe_in_an_iri_and_never_empty(name: str) -> None:
    found = slug(name)
    assert found
    assert found.isascii()
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_names_in_other_scripts_stay_apart() -> None:
    names = ["Михаил", "Мария", "王毅", "王岐山", "Ivan Михаил", "Ivan Мария"]
    assert len({slug(name) for name in names}) == len(names)


PK, RU, IN, US, JP, AU = (State(code) for code in ("PK", "RU", "IN", "US", "JP", "AU"))
SHAH, UN = Person("Zamirul Hassan Shah", "PK"), Organization("United Nations")


@pytest.mark.parametrize(
    ("type", "roles", "when", "name", "label"),
    [
        ("Agreement", [("party", RU), ("party", PK)], "2018-08-07", None, "Pakistan-Russia agreement, 7 Aug 2018"),
        ("ArmsTransfer", [("recipient", PK), ("provider", RU)], None, None, "Russia-Pakistan arms transfer"),
        ("Visit", [("host", IN), ("visitor", RU), ("visitor", SHAH)], "2018", None, "Russia-India visit, 2018"),
        ("Exercise", [("participant", PK), ("participant", RU), ("host", PK)], "2017", "Druzhba",
         "Pakistan-Russia exercise “Druzhba”, 2017"),
        ("Exercise", [("participant", state) for state in (IN, US, JP, AU, PK, RU)], None, None,
         "Australia-India-Japan-Pakistan+2 exercise"),
        ("Meeting", [("participant", PK), ("participant", SHAH), ("participant", UN)], None, None,
         "Pakistan-United Nations meeting"),
        ("Meeting", [("participant", SHAH)], None, None, "Zamirul Hassan Shah meeting"),
        ("Training", [("provider", State("QQ"))], None, None, "QQ training"),
        ("Training", [], "2018", None, "Training, 2018"),
    ],
)  # fmt: skip
def test_labels(
    type: str, roles: list[tuple[str, State | Person | Organization]], when: str | None, name: str | None, label: str
) -> None:
    participations = tuple(Participation(Role(role), actor) for role, actor in roles)
    assert event_label(Event(EventType(type), (), participations, when=when, name=name)) == label
