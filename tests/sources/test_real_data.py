"""The public files themselves, where they are at hand: none of them is shipped."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from holdfire.sources import SourceFile, recognise
from holdfire.sources.catalog import mapping
from holdfire.sources.missile_attacks import MODELS_FILE

from .conftest import Result, read_all

pytestmark = pytest.mark.real
LOCAL = {"local_time": "Europe/Kyiv"}


def counts(result: Result) -> tuple[int, int, int, int]:
    reading = result.reading
    return reading.rows, reading.used, reading.set_aside, reading.skipped


def test_every_attack_row_is_used(real_data: Path) -> None:
    path = real_data / "missile_attacks" / "missile_attacks_daily.csv"
    result = read_all(path)
    assert counts(result) == (3505, 3505, 0, 0)
    assert result.notes == {}
    with path.open(encoding="utf-8", newline="") as stream:
        launched = [float(row["launched"] or 0) for row in csv.DictReader(stream)]
    assert sum(row["quantity_best"] or 0 for row in result.reports) == sum(launched)


def test_every_model_in_the_attack_table_is_listed(real_data: Path) -> None:
    path = real_data / "missile_attacks" / "missile_attacks_daily.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        spelled = {part for row in csv.DictReader(stream) for part in row["model"].split(" and ")}
    assert spelled == {row["model"] for row in mapping(MODELS_FILE)}


@pytest.mark.parametrize(
    ("name", "expected", "deaths"),
    [
        ("conflict_data_ukr_hdx_2023-03.csv", (2990, 2989, 0, 1), "best"),
        ("conflict_data_ukr_hdx_2021.csv", (994, 993, 0, 1), "best"),
        ("ucdp_ged_sample1000_world.csv", (1000, 1000, 0, 0), "best"),
    ],
)
def test_every_fatal_event_is_used(
    real_data: Path, name: str, expected: tuple[int, int, int, int], deaths: str
) -> None:
    path = real_data / "ucdp" / name
    result = read_all(path, LOCAL)
    assert counts(result) == expected
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["date_start"].startswith("#")]
    assert sum(row["deaths_best"] for row in result.reports) == sum(float(r[deaths]) for r in rows)
    for row in result.reports:
        assert row["occurred_from"] < row["occurred_to"]
        assert row["deaths_min"] <= row["deaths_best"] <= row["deaths_max"]


@pytest.mark.parametrize(
    ("name", "expected", "notes"),
    [
        ("official_alerts.csv", (43031, 43031, 0, 0), 1),
        ("volunteer_alerts.csv", (19999, 19999, 0, 0), 0),
    ],
)
def test_every_alert_is_used(
    real_data: Path, name: str, expected: tuple[int, int, int, int], notes: int
) -> None:
    result = read_all(real_data / "air_raid_alerts" / name)
    assert counts(result) == expected
    assert len(result.notes) == notes
    assert {row["act"] for row in result.reports} == {"warning"}


def test_other_files_are_of_no_known_format(real_data: Path) -> None:
    others = [
        path
        for folder in ("control", "gdelt", "viina", "firms", "eyes_on_russia", "geo", "pax", "osce")
        for path in sorted((real_data / folder).iterdir())[:3]
    ]
    for path in others:
        assert recognise(SourceFile(path, path.name)).adapter is None, path.name
