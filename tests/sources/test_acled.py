from __future__ import annotations

from datetime import UTC, datetime

import pytest

from holdfire.sources.acled import EVENTS_FILE
from holdfire.sources.catalog import mapping
from holdfire.terms.vocabulary import shipped_vocabularies

from .conftest import Written, read_all

NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)
OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,"
    "sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,timestamp,iso3"
)
LOCAL = {"local_time": "Europe/Kyiv"}

# As the field facts list them: 6 event types, 25 sub-event types.
CODES = {
    "Battles": "Armed clash; Government regains territory; Non-state actor overtakes territory",
    "Explosions/Remote violence": (
        "Chemical weapon; Air/drone strike; Suicide bomb; Shelling/artillery/missile attack; "
        "Remote explosive/landmine/IED; Grenade"
    ),
    "Violence against civilians": "Sexual violence; Attack; Abduction/forced disappearance",
    "Protests": ("Peaceful protest; Protest with intervention; Excessive force against protesters"),
    "Riots": "Violent demonstration; Mob violence",
    "Strategic developments": (
        "Agreement; Arrests; Change to group/activity; Disrupted weapons use; "
        "Headquarters or base established; Looting/property destruction; "
        "Non-violent transfer of territory; Other"
    ),
}


def line(layout: str = NEW, **changes: str) -> str:
    values = {
        "event_id_cnty": "LAN1", "event_date": "2023-03-20", "time_precision": "1",
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Army of North",
        "inter1": "State forces", "actor2": "Army of South", "inter2": "Rebel group",
        "country": "Landia", "admin1": "Hill Region", "admin2": "Upper District",
        "location": "Milltown", "latitude": "48.0", "longitude": "37.5", "geo_precision": "1",
        "source": "Paper One; Paper Two", "notes": "They fought.", "fatalities": "0",
        "timestamp": "1679961600",
    }  # fmt: skip
    values.update(changes)
    return ",".join(values.get(name, "") for name in layout.split(","))


@pytest.mark.parametrize("layout", [NEW, OLD])
def test_one_row_of_either_layout(written: Written, layout: str) -> None:
    [row] = read_all(written(layout, line(layout)), LOCAL).reports
    assert row["occurred_from"] == datetime(2023, 3, 19, 22, tzinfo=UTC)
    assert row["occurred_to"] == datetime(2023, 3, 20, 22, tzinfo=UTC)
    assert row["recorded_at"] == datetime(2023, 3, 28, tzinfo=UTC)
    assert (row["lon"], row["lat"], row["radius_m"]) == (37.5, 48.0, 5000.0)
    assert (row["actors"], row["responsibility"]) == (["north", "south"], "unknown")
    assert (row["deaths_min"], row["deaths_best"], row["deaths_max"]) == (None, 0, None)
    assert (row["act"], row["counting_unit"]) == ("combat", "actor-day-place")
    assert (row["outlet"], row["outlet_side"], row["republish"]) == ("ACLED", "neutral", False)
    assert (row["event_id"], row["citation"]) == ("LAN1", "Paper One; Paper Two")


def test_the_licence_is_stronger_than_the_case(written: Written) -> None:
    [row] = read_all(written(NEW, line()), {**LOCAL, "republish": True}).reports
    assert row["republish"] is False


@pytest.mark.parametrize(
    "date", ["2023-03-20", "20 March 2023", "20-Mar-2023", "20 mar 2023", "2023-03-20T00:00:00Z"]
)
def test_dates(written: Written, date: str) -> None:
    [row] = read_all(written(NEW, line(event_date=date)), LOCAL).reports
    assert row["occurred_from"] == datetime(2023, 3, 19, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "geo", "begins", "ends", "radius_m", "area"),
    [
        # unequal codes, so that neither can be read from the other's column
        ("2", "1", (2023, 3, 13, 22), (2023, 3, 26, 21), 5000, None),
        ("1", "2", (2023, 3, 19, 22), (2023, 3, 20, 22), None, "d-upper"),
        ("3", "1", (2023, 2, 28, 22), (2023, 3, 31, 21), 5000, None),
        ("1", "3", (2023, 3, 19, 22), (2023, 3, 20, 22), None, "r-hill"),
    ],
)
def test_precision(
    written: Written, time: str, geo: str, begins: tuple[int, int, int, int],
    ends: tuple[int, int, int, int], radius_m: float | None, area: str | None,
) -> None:  # fmt: skip
    [row] = read_all(written(NEW, line(time_precision=time, geo_precision=geo)), LOCAL).reports
    assert row["occurred_from"] == datetime(*begins, tzinfo=UTC)
    assert row["occurred_to"] == datetime(*ends, tzinfo=UTC)
    assert (row["radius_m"], row["area"]) == (radius_m, area)


def test_unknown_areas_fall_back(written: Written) -> None:
    path = written(
        NEW, line(geo_precision="2", admin2="x"),
        line(geo_precision="3", admin1="x", country="x"),
    )  # fmt: skip
    district, region = read_all(path, LOCAL).reports
    assert (district["radius_m"], district["area"]) == (25_000, None)
    assert (region["radius_m"], region["area"]) == (1_500_000, None)


@pytest.mark.parametrize(
    ("changes", "actors", "responsibility"),
    [
        ({"actor2": "", "inter2": ""}, ["north"], "reported"),
        ({"actor2": "Civilians (Landia)", "inter2": "7"}, ["north"], "reported"),
        ({"actor1": "Civilians (Landia)", "inter1": "Civilians"}, ["south"], "reported"),
        ({"actor2": "Nobody declared"}, None, "unknown"),
        ({"actor1": "", "actor2": ""}, None, "unknown"),
        ({"inter1": "1", "inter2": "2.0"}, ["north", "south"], "unknown"),
        ({"actor1": "Army of South", "actor2": "Army of North"}, ["north", "south"], "unknown"),
    ],
)
def test_actors(
    written: Written, changes: dict[str, str], actors: list[str] | None, responsibility: str
) -> None:
    [row] = read_all(written(NEW, line(**changes)), LOCAL).reports
    assert (row["actors"], row["responsibility"]) == (actors, responsibility)


def test_acts_and_targets(written: Written) -> None:
    path = written(
        NEW,
        line(sub_event_type="Shelling/artillery/missile attack"),
        line(sub_event_type="Attack"),
        line(sub_event_type="Air/drone strike", civilian_targeting="Civilian targeting"),
        line(sub_event_type="A new kind"),
    )
    result = read_all(path, LOCAL)
    assert [(row["act"], row["target"]) for row in result.reports] == [
        ("shell-or-missile-attack", "any-target"), ("attack-on-civilians", "civilians"),
        ("air-or-drone-strike", "civilians"), ("any-act", "any-target"),
    ]  # fmt: skip
    assert 'sub_event_type not in the list: "A new kind", taken as any act' in result.notes


def test_the_mapping_is_complete_and_of_the_vocabulary() -> None:
    vocabularies = shipped_vocabularies()
    listed = {(row["event_type"], row["sub_event_type"]) for row in mapping(EVENTS_FILE)}
    expected = {(kind, name) for kind, names in CODES.items() for name in names.split("; ")}
    assert listed == expected
    assert len(listed) == len(mapping(EVENTS_FILE)) == 25
    for row in mapping(EVENTS_FILE):
        assert row["act"] in vocabularies.acts, row
        assert not row["target"] or row["target"] in vocabularies.targets, row


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"event_date": "20.03.2023"}, "date not understood"),
        ({"event_date": "31 February 2023"}, "date not understood"),
        ({"event_date": "20 Ma 2023"}, "date not understood"),
        ({"event_date": "0001-01-01"}, "date not understood"),
        ({"event_date": ""}, "date not understood"),
        ({"time_precision": "4"}, "precision code not known"),
        ({"geo_precision": ""}, "precision code not known"),
        ({"fatalities": "-1"}, "deaths not a whole number"),
        ({"latitude": "91"}, "coordinates impossible"),
        ({"timestamp": "99999999999"}, "date not understood"),
    ],
)
def test_rows_set_aside(written: Written, changes: dict[str, str], kind: str) -> None:
    result = read_all(written(NEW, line(**changes)), LOCAL)
    assert [(row, found) for row, found, _ in result.aside] == [(2, kind)]
