from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfire.tables import report

from .conftest import Written, read_all

ZONE = {"timezone": "Europe/Kyiv"}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_a_full_row_keeps_every_fact(written: Written) -> None:
    path = written(
        "occurred_at,timezone,lon,lat,radius_m,place,place_precision,act,target,weapon,weapon_name,"
        "actor,outlet,outlet_side,event_id,counting_unit,quantity_unit,quantity,intercepted,deaths,"
        "sensitive,summary,citation,reported_at,colour",
        "2025-04-02 21:05,Europe/Kyiv,37.5,48.5,500,Milltown,village,shelling,power-plant,"
        "artillery,gun,North,Evening Paper,neutral,e1,incident,round,12,0,2,yes,"
        "Shells fell.,https://example.org/1,2025-04-03,red",
    )
    result = read_all(path)
    [row] = result.reports
    assert result.aside == []
    assert row["occurred_from"] == utc(2025, 4, 2, 18, 5)
    assert row["occurred_to"] == utc(2025, 4, 2, 18, 6)
    assert (row["lon"], row["lat"], row["radius_m"], row["area"]) == (37.5, 48.5, 500.0, None)
    assert (row["act"], row["target"], row["weapon"]) == ("shelling", "power-plant", "artillery")
    assert (row["actors"], row["responsibility"]) == (["north"], "reported")
    assert (row["quantity_min"], row["quantity_best"], row["quantity_max"]) == (12, 12, 12)
    assert (row["deaths_min"], row["deaths_best"], row["deaths_max"]) == (2, 2, 2)
    assert (row["intercepted_best"], row["sensitive"], row["republish"]) == (0, True, True)
    assert (row["outlet"], row["outlet_side"]) == ("Evening Paper", "neutral")
    assert row["reported_at"] == utc(2025, 4, 3, 21)  # a day alone: its end
    assert (row["row"], row["file"], row["source"]) == (2, "reports/reports.csv", "own")
    assert '"colour": "red"' in row["raw"]
    assert set(row) == set(report.SCHEMA.names)
    assert list(result.notes) == [
        'column "colour" is not one of holdfire\'s: kept in raw, not used.'
    ]


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends"),
    [
        # whole local days, the last one too; clocks went forward on 30 March 2025
        ("2025-03-29", "2025-03-30", utc(2025, 3, 28, 22), utc(2025, 3, 30, 21)),
        ("2025-03-29", "", utc(2025, 3, 28, 22), None),
        ("", "2025-03-29", None, utc(2025, 3, 29, 22)),
        # an end with a time is the first moment after
        ("2025-03-29 10:00", "2025-03-29 12:00", utc(2025, 3, 29, 8), utc(2025, 3, 29, 10)),
        ("2025-03-29 10:00Z", "2025-03-29", utc(2025, 3, 29, 10), utc(2025, 3, 29, 22)),
        # the same moment twice is that minute
        ("2025-03-29 10:00", "2025-03-29 10:00", utc(2025, 3, 29, 8), utc(2025, 3, 29, 8, 1)),
        # an hour that the clocks repeat ends with its second occurrence
        ("2025-10-26 02:00", "2025-10-26 03:30", utc(2025, 10, 25, 23), utc(2025, 10, 26, 1, 31)),
    ],
)
def test_intervals(
    written: Written, first: str, last: str, begins: datetime | None, ends: datetime | None
) -> None:
    [row] = read_all(written("occurred_from,occurred_to", f"{first},{last}"), ZONE).reports
    assert (row["occurred_from"], row["occurred_to"]) == (begins, ends)


HEADER = "occurred_at,lon,lat,radius_m,act,actor,quantity,quantity_unit,deaths,counting_unit"
BAD_ROWS = [
    ("31.02.2025,,,,,,,,,", "date not understood", 'date "31.02.2025" is no day of the calendar'),
    ("31.2.25,,,,,,,,,", "date not understood", "DD.MM.YYYY"),
    ("2025-02-31,,,,,,,,,", "date not understood", "is no day of the calendar"),
    ("2025-03-30 03:30,,,,,,,,,", "time zone", "never happened in Europe/Kyiv"),
    (",30,348.1,0,,,,,,", "coordinates impossible", "latitude 348.1 is beyond 90: are longitude"),
    (",348.1,48.1,0,,,,,,", "coordinates impossible", "longitude 348.1 is beyond 180"),
    (",nan,48.1,0,,,,,,", "coordinates impossible", 'longitude "nan" is not a number'),
    (",inf,48.1,0,,,,,,", "coordinates impossible", 'longitude "inf" is not a number'),
    (",,48.1,0,,,,,,", "coordinates impossible", "latitude without longitude"),
    (',"37,5",48.1,0,,,,,,', "coordinates impossible", "write decimals with a point"),
    (",37.5,48.1,,,,,,,", "point without a radius", "default_radius_m"),
    (",37.5,48.1,-1,,,,,,", "radius impossible", "is no distance of 0 or more"),
    ("2025-03-13,,,,missle-strike,,,,,", "act not known", 'Did you mean "missile-strike"?'),
    ("2025-03-13,,,,,,many,launch,,", "quantity not a number", 'quantity "many" is not a number'),
    ("2025-03-13,,,,,,-3,launch,,", "quantity not a number", "quantity -3 is below 0"),
    ("2025-03-13,,,,,,3,,,", "quantity unit not known", "a quantity without quantity_unit"),
    ("2025-03-13,,,,,,3,incident,,", "quantity unit not known", "unknown quantity_unit"),
    ("2025-03-13,,,,,,,,2.5,", "deaths not a whole number", 'deaths "2.5" is no whole number'),
    ("2025-03-13,,,,,,,,1e30,", "deaths not a whole number", "is no whole number"),
    ("2025-03-13,,,,,,,,,incidents", "counting unit not known", 'Did you mean "incident"?'),
    (",,,,shelling,North,,,,", "neither time nor place", "give at least one of"),
    ("2025-03-13,,,", "row has too few cells", "row has 4 cells, header has 10"),
    ("2025-03-13,,,,,,,,,,x", "row has too many cells", "row has 11 cells, header has 10"),
    (HEADER, "repeated header", "the header is repeated here"),
    ("2025-03-13,,,,\0,,,,,", "NUL byte", "a cell holds a NUL byte"),
    ('2025-03-13,"a"b,,,,,,,,', "not readable as CSV", "a quotation mark ends within a cell"),
    ('2025-03-13,"ab', "not readable as CSV", "a quotation mark is never closed"),
]


@pytest.mark.parametrize(("line", "kind", "reason"), BAD_ROWS)
def test_a_bad_row_is_set_aside_with_its_reason(
    written: Written, line: str, kind: str, reason: str
) -> None:
    result = read_all(written(HEADER, "2025-03-12,,,,,,,,,", line), ZONE)
    [(row, found_kind, found_reason)] = result.aside
    assert (row, found_kind) == (3, kind)
    assert reason in found_reason
    assert [good["row"] for good in result.reports] == [2]


@pytest.mark.parametrize(
    ("told", "begins", "ends"),
    [
        ("13.03.2025", utc(2025, 3, 12, 22), utc(2025, 3, 13, 22)),
        ("3.4.2025 9:05", utc(2025, 4, 3, 6, 5), utc(2025, 4, 3, 6, 6)),
        ("13.03.2025 10:00:01Z", utc(2025, 3, 13, 10, 0, 1), utc(2025, 3, 13, 10, 0, 2)),
    ],
)
def test_days_written_with_dots(
    written: Written, told: str, begins: datetime, ends: datetime
) -> None:
    [row] = read_all(written("occurred_at,act", f"{told},shelling"), ZONE).reports
    assert (row["occurred_from"], row["occurred_to"]) == (begins, ends)


def test_a_report_of_a_day_may_be_of_its_last_minute(written: Written) -> None:
    path = written(
        "occurred_at,reported_at,recorded_at",
        "2025-03-13,2025-03-14,2025-03-14",
        "2025-03-13,2025-03-14 08:00,2025-03-14",
    )
    days, minute = read_all(path, ZONE).reports
    assert days["reported_at"] == utc(2025, 3, 14, 22)
    assert days["recorded_at"] == utc(2025, 3, 13, 22)
    assert minute["reported_at"] == utc(2025, 3, 14, 6)


def test_the_swapped_coordinates_message_is_the_promised_one(written: Written) -> None:
    result = read_all(written("occurred_at,lon,lat,radius_m", ",48.1,348.1,5"), ZONE)
    assert result.aside[0][2] == (
        "latitude 348.1 is beyond 90: are longitude and latitude exchanged? (longitude holds 48.1)"
    )


def test_a_time_without_a_zone_anywhere_is_set_aside_with_advice(written: Written) -> None:
    path = written("occurred_at", "2025-03-13 10:00")
    # the agreement's local time is not taken for that of a file nobody knows
    [(_, kind, reason)] = read_all(path, {"local_time": "Europe/Kyiv"}).aside
    assert kind == "time zone"
    assert 'timezone = "Europe/Kyiv" under [sources.own]' in reason
    assert '[files."reports/x.csv"] in case.toml' in reason


def test_bounds_told_apart_are_stronger_than_the_exact_figure(written: Written) -> None:
    path = written(
        "occurred_at,quantity_unit,quantity,quantity_min,quantity_max,deaths_min",
        "2025-03-13,round,10,5,,1",
        "2025-03-13,round,,20,10,",
    )
    result = read_all(path, ZONE)
    [row] = result.reports
    assert (row["quantity_min"], row["quantity_best"], row["quantity_max"]) == (5, 10, 10)
    assert (row["deaths_min"], row["deaths_best"], row["deaths_max"]) == (1, None, None)
    assert result.aside[0][1:] == (
        "figures in the wrong order", "quantity_max 10 is less than quantity_min 20"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "given", "actors", "responsibility"),
    [
        ("North", "", ["north"], "reported"),
        ("North; Army of North", "", ["north"], "reported"),
        ("South;North", "", ["north", "south"], "unknown"),
        ("North;Nobody", "", None, "unknown"),
        ("Nobody", "reported", None, "unknown"),
        ("Elsewhere", "", ["outsider"], "reported"),
        ("North", "inferred", ["north"], "inferred"),
        ("", "", None, "unknown"),
    ],
)
def test_actors(
    written: Written, actor: str, given: str, actors: list[str] | None, responsibility: str
) -> None:
    path = written("occurred_at,actor,responsibility", f"2025-03-13,{actor},{given}")
    [row] = read_all(path, ZONE).reports
    assert (row["actors"], row["responsibility"]) == (actors, responsibility)


@pytest.mark.parametrize(
    ("area", "place", "key"),
    [
        ("Hill Region", "Milltown", "r-hill"),
        ("", "Milltown", "s-mill-1|s-mill-2"),
        ("Nowhere", "Milltown", "s-mill-1|s-mill-2"),
        ("Nowhere", "", None),
    ],
)
def test_named_places(written: Written, area: str, place: str, key: str | None) -> None:
    [row] = read_all(written("occurred_at,area,place", f"2025-03-13,{area},{place}"), ZONE).reports
    assert row["area"] == key
    assert row["place_name"] == (place or area)


def test_settings_of_the_case_fill_in_what_columns_leave_out(written: Written) -> None:
    own = {**ZONE, "default_radius_m": 3000, "outlet": "Watch", "outlet_side": "North"}
    [row] = read_all(written("occurred_at,lon,lat", "2025-03-13,1,2"), own).reports
    assert (row["radius_m"], row["outlet"], row["outlet_side"]) == (3000.0, "Watch", "north")
    assert row["place_precision"] == "default radius 3000 m"
    assert (row["act"], row["target"], row["weapon"]) == ("any-act", "any-target", "any-weapon")


def test_parquet_gives_the_same_facts_as_csv(written: Written) -> None:
    csv_path = written("occurred_at,lon,lat,radius_m,deaths", "2025-03-13T10:00:00Z,1.5,2.5,0,3")
    parquet_path = csv_path.with_suffix(".parquet")
    when = pa.array([datetime(2025, 3, 13, 10, tzinfo=UTC)], pa.timestamp("ns", tz="UTC"))
    table = pa.table(
        {"occurred_at": when, "lon": [1.5], "lat": [2.5], "radius_m": [0.0], "deaths": [3]}
    )
    pq.write_table(table, parquet_path)
    [one], [other] = read_all(csv_path).reports, read_all(parquet_path).reports
    for name in ("occurred_from", "occurred_to", "lon", "lat", "radius_m", "deaths_best", "row"):
        assert one[name] == other[name], name


def test_geojson_points_and_areas(written: Written) -> None:
    path = written(
        '{"type": "FeatureCollection", "name": "x", "features": [',
        '{"type": "Feature", "properties": {"occurred_at": "2025-03-13", "radius_m": 100},'
        ' "geometry": {"type": "Point", "coordinates": [37.5, 48.5]}},',
        '{"type": "Feature", "properties": {"occurred_at": "2025-03-13"},'
        ' "geometry": {"type": "LineString", "coordinates": [[37, 48], [38, 48]]}},',
        '{"type": "Feature", "properties": {"occurred_at": "2025-03-13"},'
        ' "geometry": {"type": "Point", "coordinates": [48.5, 137.5]}},',
        '{"type": "Feature", "properties": {"occurred_at": "2025-03-13"},'
        ' "geometry": {"type": "Point", "coordinates": [NaN, 1]}},',
        '"no feature"]}',
        name="x.geojson",
    )
    result = read_all(path, ZONE)
    point, line = result.reports
    assert (point["lon"], point["lat"], point["radius_m"]) == (37.5, 48.5, 100)
    assert line["lon"] == pytest.approx(37.5, abs=1e-3)
    assert line["radius_m"] == pytest.approx(37_300, rel=0.01)  # half a degree at 48 north
    assert line["place_precision"] == "disk enclosing a LineString"
    assert [(row, kind) for row, kind, _ in result.aside] == [
        (4, "coordinates impossible"), (5, "coordinates impossible"), (6, "no GeoJSON Feature"),
    ]  # fmt: skip


def test_one_feature_a_line(written: Written) -> None:
    feature = (
        '{"type": "Feature", "id": 7, "properties": {"occurred_at": "2025-03-13"},'
        ' "geometry": null}'
    )
    result = read_all(written(feature, feature, name="x.ndjson"), ZONE)
    assert [row["event_id"] for row in result.reports] == ["7", "7"]
    assert len({row["report_id"] for row in result.reports}) == 2
