from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .conftest import Written, read_all

OFFICIAL = "oblast,raion,hromada,level,started_at,finished_at,source"
VOLUNTEER = "region,started_at,finished_at,naive"
HOUR = "2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00"


def test_one_official_alert(written: Written) -> None:
    [row] = read_all(written(OFFICIAL, f"Hill Region,,,oblast,{HOUR},official")).reports
    assert row["occurred_from"] == datetime(2022, 3, 15, 16, 10, 34, tzinfo=UTC)
    assert row["occurred_to"] == datetime(2022, 3, 15, 16, 50, 7, tzinfo=UTC)
    assert (row["act"], row["actors"], row["counting_unit"]) == ("warning", None, "alert-interval")
    assert (row["area"], row["place_precision"]) == ("r-hill", "oblast")
    assert (row["outlet"], row["outlet_side"]) == ("Ukrainian air-raid alert system", "ukraine")


def test_one_volunteer_alert_with_a_guessed_end(written: Written) -> None:
    result = read_all(written(VOLUNTEER, f"Hill Region,{HOUR},True", f"Hill Region,{HOUR},False"))
    guessed, told = result.reports
    assert guessed["time_precision"] == "second; end guessed, 30 minutes after the start"
    assert guessed["occurred_to"] == datetime(2022, 3, 15, 16, 50, 7, tzinfo=UTC)
    assert told["time_precision"] == "second"
    assert (told["outlet"], told["outlet_side"]) == ("eTryvoga volunteers", None)


@pytest.mark.parametrize(
    ("place", "area", "level", "name"),
    [
        ("Hill Region,Upper District,Low Hromada,hromada", "d-upper", "hromada", "Low Hromada"),
        ("Hill Region,Upper District,,raion", "d-upper", "raion", "Upper District"),
        ("Hill Region,Low District,,raion", "r-hill", "raion", "Low District"),
        ("Hill Region,,,raion", "r-hill", "oblast", "Hill Region"),
        ("Nowhere,,,oblast", None, "oblast", "Nowhere"),
        # the level says which part of the row is meant
        ("Hill Region,Upper District,,oblast", "r-hill", "oblast", "Hill Region"),
    ],
)
def test_places(written: Written, place: str, area: str | None, level: str, name: str) -> None:
    [row] = read_all(written(OFFICIAL, f"{place},{HOUR},official")).reports
    assert (row["area"], row["place_precision"], row["place_name"]) == (area, level, name)


def test_exchanged_oblast_and_raion_are_put_right(written: Written) -> None:
    path = written(OFFICIAL, f"Low raion,Hill oblast,Low hromada,hromada,{HOUR},official")
    result = read_all(path)
    assert result.reports[0]["place_name"] == "Low hromada"
    assert result.notes == {"oblast and raion exchanged in the source: put right": 1}


def test_an_alert_that_never_ended(written: Written) -> None:
    path = written(OFFICIAL, "Hill Region,,,oblast,2022-04-04 16:45:00+00:00,,official")
    [row] = read_all(path).reports
    assert (row["occurred_to"], row["time_precision"]) == (None, "second; end not given")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"Hill Region,,,region,{HOUR},official", "level not known"),
        (f",,,oblast,{HOUR},official", "place not told"),
        ("Hill Region,,,oblast,,,official", "date not understood"),
        (
            "Hill Region,,,oblast,2022-03-15 17:00:00+00:00,2022-03-15 16:00:00+00:00,official",
            "ends before it begins",
        ),
        (OFFICIAL, "repeated header"),
        (f"Hill Region,,,oblast,{HOUR}", "row has too few cells"),
    ],
)
def test_rows_set_aside(written: Written, line: str, kind: str) -> None:
    result = read_all(written(OFFICIAL, line))
    assert [(row, found) for row, found, _ in result.aside] == [(2, kind)]


def test_a_volunteer_row_that_is_neither_yes_nor_no(written: Written) -> None:
    result = read_all(written(VOLUNTEER, f"Hill Region,{HOUR},perhaps", f",{HOUR},True"))
    assert [kind for _, kind, _ in result.aside] == ["neither yes nor no", "place not told"]
