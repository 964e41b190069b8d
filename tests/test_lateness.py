"""How late incidents are told: by the first report of each, whoever gives it twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfire.lateness import NO_DAYS, Told, by_outlet, delay, told_when
from holdfire.measure.delay import Delay
from holdfire.measure.refusal import Refusal
from holdfire.publish.protect import SENSITIVE_OUTLET, Plan
from holdfire.tables import incident, report

FIRST = datetime(2031, 5, 1, 22, 30, tzinfo=UTC)
Row = tuple[int, str | None, int | None, bool]
"""Number of the incident, outlet, days after which it tells of it, whether that is sensitive."""


def plan(late: Sequence[str] = (), dropped: Sequence[str] = ()) -> Plan:
    none = pa.array([], pa.string())
    waits, gone = pa.array(late, pa.string()), pa.array(dropped, pa.string())
    return Plan(waits, none, none, gone, {}, 0.0, "UTC", False)


def written(folder: Path, rows: Sequence[Row], hours: float = 1) -> Path:
    """Write the two tables: incident n happened n days after the first, within some hours."""
    reports = [
        {
            "report_id": f"R-{at}", "outlet": outlet, "sensitive": sensitive,
            "reported_at": None if days is None else FIRST + timedelta(number + days, 540),
        }
        for at, (number, outlet, days, sensitive) in enumerate(rows)
    ]  # fmt: skip
    incidents = [
        {
            "incident_id": f"I-{number:03d}", "counting_unit": "incident",
            "occurred_from": FIRST + timedelta(days=number),
            "occurred_to": FIRST + timedelta(days=number, hours=hours),
            "report_ids": [f"R-{at}" for at, row in enumerate(rows) if row[0] == number],
        }
        for number in sorted({row[0] for row in rows})
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(reports, report.SCHEMA), folder / "reports.parquet")
    pq.write_table(pa.Table.from_pylist(incidents, incident.SCHEMA), folder / "incidents.parquet")
    return folder


ROWS: list[Row] = [
    *((number, "Quick", 0, False) for number in range(40)),
    *((number, "Slow", 3, False) for number in range(36)),
]


def estimated(told: Told | Refusal) -> Delay:
    found = delay(told)
    assert isinstance(found, Delay)
    return found


def test_an_incident_is_known_from_its_first_report(tmp_path: Path) -> None:
    told = told_when(written(tmp_path, ROWS), plan(), "UTC")
    assert isinstance(told, Told)
    assert told.as_of == date(2031, 6, 9)
    assert estimated(told).reports == 40
    assert estimated(told).provisional_days == 0
    slow = [row for row in ROWS if row[1] == "Slow"]
    assert estimated(told_when(written(tmp_path, slow), plan(), "UTC")).provisional_days == 3


def test_each_outlet_has_its_own_lateness_and_who_is_sensitive_no_name(tmp_path: Path) -> None:
    some: list[Row] = [(1, "Hidden", 1, True), (2, None, 1, False)]
    found = by_outlet(told_when(written(tmp_path, [*ROWS, *some]), plan(), "UTC"))
    assert [(one.outlet, one.incidents, one.half_after) for one in found] == [
        ("Quick", 40, 0), ("Slow", 36, 3), (SENSITIVE_OUTLET, 1, None), (None, 1, None),
    ]  # fmt: skip
    assert [one.complete_after.high for one in found[:2]] == [0, 3]
    assert "at least 30" in found[2].complete_after.refused


@pytest.mark.parametrize("late", [0, 2])
def test_a_report_given_again_changes_nothing(tmp_path: Path, late: int) -> None:
    once = told_when(written(tmp_path, ROWS), plan(), "UTC")
    twice = told_when(written(tmp_path, [*ROWS, (7, "Quick", late, False)]), plan(), "UTC")
    assert by_outlet(once) == by_outlet(twice)
    assert estimated(once).complete.tolist() == estimated(twice).complete.tolist()


def test_what_waits_is_not_counted(tmp_path: Path) -> None:
    told = told_when(written(tmp_path, ROWS), plan(late=["I-003"], dropped=["R-4"]), "UTC")
    # incident 3 waits; of incident 4 the quick report does, so that the slow one is its first
    assert estimated(told).reports == 39
    assert [(one.outlet, one.incidents) for one in by_outlet(told)] == [("Quick", 38), ("Slow", 35)]


def test_a_day_is_a_local_day(tmp_path: Path) -> None:
    # 22:30 in London in summer is 23:30, and an hour later is the next day: of no one day
    folder = written(tmp_path, ROWS)
    assert estimated(told_when(folder, plan(), "UTC")).reports == 40
    assert told_when(folder, plan(), "Europe/London") == Refusal(NO_DAYS)


def test_only_some_incidents(tmp_path: Path) -> None:
    told = told_when(written(tmp_path, ROWS), plan(), "UTC")
    found = delay(told, pa.chunked_array([[f"I-{number:03d}" for number in range(5)]]))
    assert isinstance(found, Refusal)
    assert "known of 5;" in found.reason


def test_refused_where_nothing_says_when(tmp_path: Path) -> None:
    rows: list[Row] = [(number, "Quick", None, False) for number in range(40)]
    told = told_when(written(tmp_path, rows), plan(), "UTC")
    assert told == Refusal(NO_DAYS)
    assert (delay(told), by_outlet(told)) == (Refusal(NO_DAYS), ())
