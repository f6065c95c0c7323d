"""The reference tables: complete, unique, sorted, and leading each name to one state."""

import pytest

from ontology.reference import (
    EQUIPMENT_DOMAINS,
    PLACE_KINDS,
    Series,
    State,
    dialogues,
    equipment,
    equipment_kinds,
    exercises,
    organizations,
    places,
    states,
)
from ontology.tables import parse

BESIDES_MEMBERS = {"PS": "observer", "TW": "other", "VA": "observer", "XK": "other"}

NAME_TO_STATE = """
Russia RU|Soviet Union RU|USSR RU|Soviet RU|Russians RU|Kremlin RU|Moscow RU|RF RU
West Germany DE|East Germany DE|German DE|Burma MM|Zaire CD|Ceylon LK|Swaziland SZ|Persia IR|Rhodesia ZW
US US|U.S. US|America US|Pentagon US|Washington US|UK GB|Britons GB|Great Britain GB|Downing Street GB
UAE AE|Emirati AE|DPRK KP|North Korean KP|ROK KR|Korean KR|Korea KR|Blue House KR|PRC CN|Chinese CN|Peking CN
KSA SA|Saudis SA|DRC CD|Congolese CD|Congo-Brazzaville CG|Guinean GN|Equatorial Guinean GQ|Dominican DO
Kyiv UA|Kiev UA|Türkiye TR|Turkiye TR|Turks TR|Holland NL|Dutch NL|Czechoslovakia CZ|Yugoslav RS|Niger NE|Nigerian NG
Nigerien NE|Élysée FR|Elysee FR|Quai d'Orsay FR|Filipino PH|Philippine PH|Côte d'Ivoire CI|Ivorian CI|Kosovar XK
Taiwanese TW|Republic of China TW|Holy See VA|Palestinian PS|Nur-Sultan KZ|Rangoon -|South Sudanese SS|Sudanese SD
Greenland GL|Puerto Rican PR|Hong Kong HK|Guam GU|Malvinas FK|New Caledonia NC|Bermuda BM|Gibraltar GI|Faroese FO
"""


def names(state: State) -> tuple[str, ...]:
    return (state.label, *state.alt, *state.demonyms, *state.capitals, *state.metonyms)


def owners() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for state in states():
        for name in names(state):
            found.setdefault(name.casefold(), set()).add(state.iso2)
    return found


def test_all_states_are_there() -> None:
    members = [state for state in states() if state.un == "member"]
    assert len(members) == 193
    others = {state.iso2: state.un for state in states() if state.un in {"observer", "other"}}
    assert others == BESIDES_MEMBERS


def test_a_state_has_what_it_needs() -> None:
    full = [state for state in states() if state.un != "territory"]
    assert len(full) == 197
    for state in full:
        assert state.demonyms, state.iso2
        assert state.capitals, state.iso2
        assert state.sovereign is None, state.iso2
        assert state.cow is not None or state.iso2 in {"PS", "VA"}, state.iso2


def test_territories_have_a_sovereign() -> None:
    known = {state.iso2 for state in states() if state.un == "member"}
    territories = [state for state in states() if state.un == "territory"]
    assert len(territories) >= 40
    assert [state.iso2 for state in territories if state.sovereign not in known] == ["EH"]


def test_codes_are_well_formed_and_unique() -> None:
    for state in states():
        assert len(state.iso2) == 2, state.iso2
        assert state.iso2.isupper(), state.iso2
        assert len(state.iso3) == 3, state.iso2
        assert state.wikidata.removeprefix("Q").isdecimal(), state.iso2
    for codes in (
        [state.iso3 for state in states()],
        [state.wikidata for state in states()],
        [state.label for state in states()],
        [state.cow for state in states() if state.cow is not None],
    ):
        assert len(codes) == len(set(codes))


def test_no_name_leads_to_two_states() -> None:
    assert {name: codes for name, codes in owners().items() if len(codes) > 1} == {}


def test_names_lead_to_the_expected_state() -> None:
    rows = [row.rsplit(" ", 1) for line in NAME_TO_STATE.split("\n") if line for row in line.split("|")]
    assert len(rows) >= 80
    table = owners()
    for name, code in rows:
        assert table.get(name.casefold(), set()) == ({code} if code != "-" else set()), name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id,name\n", r"x\.csv:1: the header"),
        ("id,label\na\n", r"x\.csv:2: 1 cells"),
        ("id,label\nb,1\na,2\n", r"x\.csv:3: id 'a' after 'b'"),
        ("id,label\na,1\na,2\n", r"x\.csv:3: id 'a' after 'a'"),
    ],
)
def test_a_wrong_table_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        list(parse("x.csv", text, ("id", "label")))


def test_a_wrong_cell_is_named_with_its_line() -> None:
    (row,) = parse("x.csv", "id,label,n\na,b||c,x\n", ("id", "label", "n"))
    with pytest.raises(ValueError, match=r"x\.csv:2: label has an empty"):
        row.many("label")
    with pytest.raises(ValueError, match=r"x\.csv:2: n 'x' is no number"):
        row.number("n")
    with pytest.raises(ValueError, match=r"x\.csv:2: n 'x' is unknown"):
        row.one_of("n", frozenset({"y"}))


def organization_of(name: str) -> str | None:
    found = [one.id for one in organizations() if name in (one.label, *one.alt)]
    assert len(found) <= 1, (name, found)
    return found[0] if found else None


def test_organizations_stand_in_known_states() -> None:
    known = {state.iso2 for state in states()}
    assert len(organizations()) >= 1500
    assert {one.state for one in organizations() if one.state} <= known
    stateless = {one.kind for one in organizations() if one.state is None}
    assert stateless == {"alliance", "command", "international"}


def test_every_state_has_a_ministry() -> None:
    with_ministry = {one.state for one in organizations() if one.kind == "ministry"}
    assert {state.iso2 for state in states() if state.un != "territory"} <= with_ministry


def test_an_organization_name_leads_to_one_organization() -> None:
    found: dict[str, set[str]] = {}
    for one in organizations():
        for name in (one.label, *one.alt):
            found.setdefault(name.casefold(), set()).add(one.id)
    assert len(found) >= 5000
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pakistan Defence Ministry", "pakistan-ministry-of-defence"),
        ("Pentagon", "us-department-of-defense"),
        ("Russian Defense Ministry", "russia-ministry-of-defence"),
        ("PLA", "peoples-liberation-army"),
        ("Royal Thai Navy", "royal-thai-navy"),
        ("Sri Lanka Navy", "sri-lanka-navy"),
        ("JMSDF", "japan-maritime-self-defense-force"),
        ("CENTCOM", "us-central-command"),
        ("DCNS", "naval-group"),
        ("Raytheon", "rtx"),
        ("NATO", "nato"),
        ("Foreign Office", None),
        ("MoD", None),
    ],
)
def test_an_organization_is_found_by_its_names(name: str, expected: str | None) -> None:
    assert organization_of(name) == expected


def test_places_lie_in_known_states() -> None:
    known = {state.iso2 for state in states()}
    assert len(places()) >= 10_000
    assert {place.state for place in places() if place.state} <= known
    assert {place.kind for place in places() if place.state is None} == {"region", "sea"}
    assert {place.kind for place in places()} == PLACE_KINDS


def test_a_place_name_leads_to_one_place() -> None:
    found: dict[str, set[str]] = {}
    for place in places():
        for name in (place.label, *place.alt):
            found.setdefault(name.casefold(), set()).add(place.id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_every_capital_is_a_place_of_its_state() -> None:
    cities = {(name, place.state) for place in places() for name in (place.label, *place.alt)}
    full = [state for state in states() if state.un != "territory"]
    missing = [state.iso2 for state in full if (state.capitals[0], state.iso2) not in cities]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rawalpindi", "PK"),
        ("Visakhapatnam", "IN"),
        ("Odessa", "UA"),
        ("Tripoli", "LY"),
        ("Hyderabad", "IN"),
        ("Valencia", "ES"),
        ("Incirlik", "TR"),
        ("Diego Garcia", "IO"),
        ("Camp Lemonnier", "DJ"),
        ("The Hague", "NL"),
        ("Crimea", "UA"),
        ("Strait of Hormuz", None),
        ("South China Sea", None),
    ],
)
def test_a_place_lies_where_the_news_mean_it(name: str, expected: str | None) -> None:
    assert [place.state for place in places() if name in (place.label, *place.alt)] == [expected]


def test_names_that_are_mostly_something_else_are_no_places() -> None:
    names = {name for place in places() for name in (place.label, *place.alt)}
    assert names.isdisjoint(
        {"Of", "Reading", "March", "Mobile", "Nice", "Vladimir", "Austin", "Hassan", "Union", "Split"}
    )


def test_equipment_is_of_a_known_kind_and_state() -> None:
    known = {state.iso2 for state in states()}
    assert len(equipment()) >= 350
    assert {one.state for one in equipment()} <= known
    arms = {kind.id for kind in equipment_kinds() if kind.domain == "arms"}
    assert {one.kind for one in equipment()} <= arms
    assert {kind.domain for kind in equipment_kinds()} == EQUIPMENT_DOMAINS


def test_a_name_of_equipment_leads_to_one_item() -> None:
    for entries in (
        [(one.id, (one.label, *one.alt)) for one in equipment()],
        [(one.id, (one.label, *one.alt)) for one in equipment_kinds()],
    ):
        found: dict[str, set[str]] = {}
        for identity, names_of_one in entries:
            for name in names_of_one:
                found.setdefault(name.casefold(), set()).add(identity)
        assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fighting Falcon", "f-16"),
        ("Mi-35M", "mi-35m"),
        ("Mi-35", "mi-35"),
        ("Mi-17V-5", "mi-17v5"),
        ("Sukhoi-30MKI", "su-30mki"),
        ("Su-30", "su-30"),
        ("S-400 Triumf", "s-400"),
        ("Himars", "himars"),
        ("Leopard 2A6", "leopard-2a6"),
        ("Brahmos", "brahmos"),
        ("JF-17 Thunder", "jf-17"),
        ("Black Hawk", "uh-60"),
        ("TB2", "bayraktar-tb2"),
        ("Type 054A/P", "type-054a-p"),
    ],
)
def test_a_designation_that_differs_is_another_item(name: str, expected: str) -> None:
    assert [one.id for one in equipment() if name in (one.label, *one.alt)] == [expected]


@pytest.mark.parametrize(
    ("name", "expected", "domain"),
    [
        ("warplanes", "fighter-aircraft", "arms"),
        ("patrol boats", "patrol-boats", "arms"),
        ("air defense systems", "air-defence-systems", "arms"),
        ("UAVs", "drones", "arms"),
        ("ammunition", "ammunition", "arms"),
        ("weaponry", "arms", "arms"),
        ("defence equipment", "military-equipment", "arms"),
        ("medical supplies", "medical-supplies", "aid"),
        ("uniforms", "uniforms", "aid"),
    ],
)
def test_goods_are_known_by_kind(name: str, expected: str, domain: str) -> None:
    found = [(kind.id, kind.domain) for kind in equipment_kinds() if name in (kind.label, *kind.alt)]
    assert found == [(expected, domain)]


def series() -> list[Series]:
    return [*exercises(), *dialogues()]


def test_exercises_and_dialogues_name_known_states() -> None:
    known = {state.iso2 for state in states()}
    assert len(exercises()) >= 300
    assert len(dialogues()) >= 150
    for one in series():
        assert set(one.states) <= known, one.id
        assert list(one.states) == sorted(one.states), one.id


def test_a_name_of_an_exercise_or_dialogue_leads_to_one() -> None:
    found: dict[str, set[str]] = {}
    for one in series():
        for name in (one.label, *one.alt):
            found.setdefault(name.casefold(), set()).add(one.id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected", "participants"),
    [
        ("Exercise Malabar", "malabar", {"IN", "US", "JP"}),
        ("Rim of the Pacific", "rimpac", {"US", "AU"}),
        ("Druzhba", "druzhba", {"PK", "RU"}),
        ("Garuda", "garuda", {"FR", "IN"}),
        ("Garuda Shakti", "garuda-shakti", {"ID", "IN"}),
        ("Talisman Saber", "talisman-sabre", {"AU", "US"}),
        ("Ulchi-Freedom Guardian", "ulchi-freedom-guardian", {"KR", "US"}),
        ("Mitra Shakti", "mitra-shakti", {"IN", "LK"}),
        ("Shangri-la Dialogue", "shangri-la-dialogue", set()),
        ("ADMM-Plus", "asean-defence-ministers-meeting-plus", set()),
        ("2+2", "2-2-ministerial-dialogue", set()),
        ("Ramstein group", "ukraine-defense-contact-group", set()),
        ("AUSMIN", "ausmin", {"AU", "US"}),
    ],
)
def test_a_standing_series_is_found_by_its_names(name: str, expected: str, participants: set[str]) -> None:
    found = [one for one in series() if name in (one.label, *one.alt)]
    assert [one.id for one in found] == [expected]
    assert participants <= set(found[0].states)
