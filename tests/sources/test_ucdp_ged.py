from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .conftest import Written, read_all

COLUMNS = (
    "id,relid,year,code_status,type_of_violence,dyad_name,side_a,side_b,number_of_sources,"
    "source_article,source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,"
    "geom_wkt,country,event_clarity,date_prec,date_start,date_end,best,high,low"
)
LOCAL = {"local_time": "Europe/Kyiv"}


def line(**changes: str) -> str:
    values = {
        "id": "1", "relid": "LAN-1", "year": "2015", "code_status": "Clear",
        "type_of_violence": "1", "dyad_name": "North - South", "side_a": "Army of North",
        "side_b": "South", "number_of_sources": "1", "source_article": "a paper",
        "source_headline": "Two killed", "where_prec": "1", "where_coordinates": "Milltown village",
        "adm_1": "Hill Region", "adm_2": "Upper District", "latitude": "48.0", "longitude": "37.5",
        "geom_wkt": "POINT (37.5 48)", "country": "Landia", "event_clarity": "1", "date_prec": "1",
        "date_start": "2015-02-15", "date_end": "2015-02-15", "best": "2", "high": "3", "low": "1",
    }  # fmt: skip
    values.update(changes)
    return ",".join(values[name] for name in COLUMNS.split(","))


def test_one_row(written: Written) -> None:
    [row] = read_all(written(COLUMNS, line()), LOCAL).reports
    assert row["occurred_from"] == datetime(2015, 2, 14, 22, tzinfo=UTC)
    assert row["occurred_to"] == datetime(2015, 2, 15, 22, tzinfo=UTC)
    assert (row["lon"], row["lat"], row["radius_m"], row["area"]) == (37.5, 48.0, 2000.0, None)
    assert (row["act"], row["actors"], row["responsibility"]) == (
        "combat", ["north", "south"], "unknown"
    )  # fmt: skip
    assert (row["deaths_min"], row["deaths_best"], row["deaths_max"]) == (1, 2, 3)
    assert (row["counting_unit"], row["outlet"], row["outlet_side"]) == (
        "fatal-event", "UCDP GED", "neutral"
    )  # fmt: skip
    assert row["time_precision"] == "UCDP date_prec 1"
    assert row["place_precision"] == "UCDP where_prec 1"
    assert row["summary"] == "North - South: Two killed"
    assert row["republish"] is True


def test_tags_under_the_header_are_skipped(written: Written) -> None:
    tags = ",".join("#date+start" if name == "date_start" else "" for name in COLUMNS.split(","))
    result = read_all(written(COLUMNS, tags, line()), LOCAL)
    assert (result.reading.rows, result.reading.used, result.reading.skipped) == (2, 1, 1)
    assert result.reports[0]["row"] == 3


def test_numbers_with_a_decimal_and_days_with_a_time(written: Written) -> None:
    path = written(
        COLUMNS,
        line(id="9.0", where_prec="1.0", type_of_violence="1.0", best="2.0", low="1.0", high="3.0",
             date_start="2015-02-15 00:00:00.000", date_end="2015-02-17 00:00:00.000"),
    )  # fmt: skip
    [row] = read_all(path, LOCAL).reports
    assert (row["event_id"], row["deaths_best"]) == ("9", 2)
    assert row["occurred_to"] == datetime(2015, 2, 17, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "radius_m", "area"),
    [
        ({"where_prec": "2"}, 25_000, None),
        ({"where_prec": "3"}, None, "d-upper"),
        ({"where_prec": "3", "adm_2": "Elsewhere District"}, None, "r-hill"),
        ({"where_prec": "4"}, None, "r-hill"),
        ({"where_prec": "4", "adm_1": "Nowhere"}, None, "c-landia"),
        ({"where_prec": "4", "adm_1": "Nowhere", "country": "Nowhere"}, 1_500_000, None),
        (
            {"where_prec": "3", "adm_2": "", "adm_1": "Nowhere", "country": "Nowhere"},
            500_000,
            None,
        ),
        ({"where_prec": "6", "country": "Nowhere"}, 5_000_000, None),
        ({"where_prec": "6", "country": "Nowhere", "latitude": "", "longitude": ""}, None, None),
        # far from the row's own point, an area is another one of that name
        ({"where_prec": "4", "longitude": "137.5"}, 1_500_000, None),
        ({"where_prec": "5"}, 100_000, None),
        ({"where_prec": "6"}, None, "c-landia"),
        ({"where_prec": "7"}, None, None),
        ({"where_prec": ""}, None, None),
    ],
)
def test_where_prec(
    written: Written, changes: dict[str, str], radius_m: float | None, area: str | None
) -> None:
    [row] = read_all(written(COLUMNS, line(**changes)), LOCAL).reports
    assert (row["radius_m"], row["area"]) == (radius_m, area)


def test_a_disk_instead_of_an_unknown_area_says_so(written: Written) -> None:
    path = written(COLUMNS, line(where_prec="6", country="Nowhere"))
    [row] = read_all(path, LOCAL).reports
    assert (row["lon"], row["lat"]) == (37.5, 48.0)
    assert row["place_precision"] == ("UCDP where_prec 6, no area known: 5000 km round its point")


def test_an_area_far_from_the_point_is_noted(written: Written) -> None:
    result = read_all(written(COLUMNS, line(where_prec="4", longitude="137.5")), LOCAL)
    assert any("far from the row's own point" in note for note in result.notes)


@pytest.mark.parametrize("side", ["side_a", "side_b"])
def test_an_empty_side_is_anyone(written: Written, side: str) -> None:
    [row] = read_all(written(COLUMNS, line(**{side: ""})), LOCAL).reports
    assert (row["actors"], row["responsibility"]) == (None, "unknown")
    assert row["actor_name"] in ("Army of North; (not named)", "(not named); South")


def test_one_sided_violence_needs_its_own_side_only(written: Written) -> None:
    path = written(
        COLUMNS, line(type_of_violence="3", side_b=""), line(id="2", side_a="", side_b="")
    )
    own, neither = read_all(path, LOCAL).reports
    assert (own["actors"], own["actor_name"]) == (["north"], "Army of North")
    assert (neither["actors"], neither["actor_name"]) == (None, None)


def test_a_drawn_line_is_enclosed(written: Written) -> None:
    path = written(COLUMNS, line(where_prec="5", geom_wkt='"LINESTRING (37 48, 38 48)"'))
    [row] = read_all(path, LOCAL).reports
    assert row["radius_m"] == pytest.approx(37_300, rel=0.01)
    assert row["place_precision"] == "UCDP where_prec 5, disk enclosing a LineString"


def test_the_case_can_change_one_precision_code(written: Written) -> None:
    own = {**LOCAL, "where_prec": {"2": {"radius_m": 30_000}}}
    [row] = read_all(written(COLUMNS, line(where_prec="2")), own).reports
    assert row["radius_m"] == 30_000


@pytest.mark.parametrize(
    ("kind", "act", "target", "actors", "responsibility"),
    [
        ("1", "combat", "any-target", ["north", "south"], "unknown"),
        ("2", "combat", "any-target", ["north", "south"], "unknown"),
        ("3", "attack-on-civilians", "civilians", ["north"], "reported"),
    ],
)
def test_type_of_violence(
    written: Written, kind: str, act: str, target: str, actors: list[str], responsibility: str
) -> None:
    [row] = read_all(written(COLUMNS, line(type_of_violence=kind)), LOCAL).reports
    assert (row["act"], row["target"]) == (act, target)
    assert (row["actors"], row["responsibility"]) == (actors, responsibility)


def test_an_unknown_side_leaves_anyone(written: Written) -> None:
    [row] = read_all(written(COLUMNS, line(side_b="Nobody declared")), LOCAL).reports
    assert row["actors"] is None
    assert row["actor_name"] == "Army of North; Nobody declared"


def test_what_is_noted(written: Written) -> None:
    path = written(
        COLUMNS, line(event_clarity="2"), line(id="2", code_status="Check"),
        line(id="3", low="5", best="2", high="1"),
    )  # fmt: skip
    result = read_all(path)
    assert "already a sum" in result.reports[0]["time_precision"]
    last = result.reports[2]
    assert (last["deaths_min"], last["deaths_best"], last["deaths_max"]) == (1, 2, 5)
    assert set(result.notes) == {
        "dates read as days of UTC: no time zone is set for this format",
        'code_status "Check": UCDP has still to check the row',
        "low, best and high out of order in the source: the widest bounds kept",
    }


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"date_start": ""}, "date not understood"),
        ({"date_start": "2015-02-30"}, "date not understood"),
        ({"date_start": "2015-02-16"}, "ends before it begins"),
        ({"latitude": "148"}, "coordinates impossible"),
        ({"latitude": ""}, "coordinates impossible"),
        ({"where_prec": "9"}, "precision code not known"),
        ({"type_of_violence": "4"}, "act not known"),
        ({"best": "some"}, "deaths not a whole number"),
    ],
)
def test_rows_set_aside(written: Written, changes: dict[str, str], kind: str) -> None:
    result = read_all(written(COLUMNS, line(**changes)), LOCAL)
    assert [(row, found) for row, found, _ in result.aside] == [(2, kind)]
