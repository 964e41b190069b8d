"""Do no harm: what leaves the house, and that rounding a place never loses the true one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from holdfire.publish.grid import coarsen
from holdfire.publish.protect import KEPT_OF_RESTRICTED, public_tables
from holdfire.tables import finding, incident, report
from tests.publish.conftest import START, rows

GEOD = Geod(ellps="WGS84")
lons = st.floats(-180, 180)
lats = st.floats(-90, 90)


@settings(max_examples=500)
@given(lons, lats, st.floats(0, 50_000), st.sampled_from([100.0, 1000.0, 5000.0, 50_000.0]))
def test_coarse_disk_contains_the_disk(lon: float, lat: float, radius: float, grid: float) -> None:
    new_lon, new_lat, new_radius = coarsen(
        np.array([lon]), np.array([lat]), np.array([radius]), grid
    )
    moved = GEOD.inv(lon, lat, new_lon[0], new_lat[0])[2]
    assert moved + radius <= new_radius[0] + 1e-3
    assert -180 <= new_lon[0] <= 180
    assert -90 <= new_lat[0] <= 90


@given(lons, lats, st.floats(0, 50_000))
def test_twice_is_once(lon: float, lat: float, radius: float) -> None:
    once = coarsen(np.array([lon]), np.array([lat]), np.array([radius]), 1000.0)
    twice = coarsen(*once, 1000.0)
    for one, two in zip(once, twice, strict=True):
        np.testing.assert_allclose(one, two, rtol=0, atol=1e-9)


@given(lons, st.floats(-85, 85))
def test_cells_are_no_finer_than_asked(lon: float, lat: float) -> None:
    """A point 300 m from a cell's centre is in the same 1 km cell, so comes out the same."""
    centre = coarsen(np.array([lon]), np.array([lat]), np.array([0.0]), 1000.0)
    for bearing in (0, 90, 180, 270):
        near = GEOD.fwd(centre[0][0], centre[1][0], bearing, 490.0)
        again = coarsen(np.array([near[0]]), np.array([near[1]]), np.array([0.0]), 1000.0)
        assert GEOD.inv(centre[0][0], centre[1][0], again[0][0], again[1][0])[2] < 1


def test_how_far_a_point_moved_cannot_be_read_off() -> None:
    """Two points of one cell come out alike, radius and all."""
    lon, lat = np.array([175.0001, 175.0005]), np.array([-38.0001, -38.0004])
    new_lon, new_lat, new_radius = coarsen(lon, lat, np.array([500.0, 500.0]), 5000.0)
    assert len({*zip(new_lon, new_lat, new_radius, strict=True)}) == 1


def test_unknown_stays_unknown() -> None:
    nan = np.array([np.nan])
    assert all(np.isnan(v[0]) for v in coarsen(nan, nan, nan, 1000.0))


def made(**changes: dict[str, Any]) -> tuple[pa.Table, pa.Table, pa.Table]:
    findings, incidents, reports = rows(6)
    for at, change in changes.items():
        reports[int(at[1:])].update(change)
        incidents[int(at[1:])].update(
            {k: v for k, v in change.items() if k in incident.SCHEMA.names}
        )
    return (
        pa.Table.from_pylist(findings, finding.SCHEMA),
        pa.Table.from_pylist(incidents, incident.SCHEMA),
        pa.Table.from_pylist(reports, report.SCHEMA),
    )


def test_restricted_rows_leave_only_a_pointer() -> None:
    tables, counts = public_tables(
        *made(_2={"republish": False}), local_time="Pacific/Auckland", text=True
    )
    row = next(r for r in tables.reports.to_pylist() if r["report_id"] == "R-00002")
    assert {k for k, v in row.items() if v is not None} == set(KEPT_OF_RESTRICTED)
    one = next(r for r in tables.incidents.to_pylist() if r["incident_id"] == "I-00002")
    assert one["lon"] is None
    assert one["summary"] is None
    assert one["weapon_name"] is None
    assert one["act"] is not None
    assert (one["occurred_to"] - one["occurred_from"]) % timedelta(days=1) == timedelta(0)
    judged = next(r for r in tables.findings.to_pylist() if r["incident_id"] == "I-00002")
    assert judged["occurred_from"] == one["occurred_from"]
    assert counts == {"reports of sources that do not let their rows leave": 1}


def together(**changes: dict[str, Any]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return tables in which the first two reports tell of one incident, the first."""
    findings, incidents, reports = made(**changes)
    rows_ = incidents.to_pylist()
    rows_[0]["report_ids"] = ["R-00000", "R-00001"]
    rows_[0]["maybe_same"] = [
        {"incident_id": name, "probability": 0.4} for name in ("I-00002", "I-00003")
    ]
    rows_[0]["disputed"] = ["place"]
    kept = [row for at, row in enumerate(rows_) if at != 1]
    judged = [row for row in findings.to_pylist() if row["incident_id"] != "I-00001"]
    return (
        pa.Table.from_pylist(judged, finding.SCHEMA),
        pa.Table.from_pylist(kept, incident.SCHEMA),
        reports,
    )


@pytest.mark.parametrize("closed", ["_0", "_1"])
def test_one_closed_report_closes_its_incident(closed: str) -> None:
    """Its facts are what all reports leave together: a closed row would show in them."""
    tables, _ = public_tables(*together(**{closed: {"republish": False}}), text=True)
    one = next(r for r in tables.incidents.to_pylist() if r["incident_id"] == "I-00000")
    assert one["lon"] is None
    assert one["disputed"] is None
    assert one["summary"] is None
    assert one["maybe_same"] is not None
    shown = {r["report_id"]: r for r in tables.reports.to_pylist()}
    open_ = "R-00001" if closed == "_0" else "R-00000"
    assert shown[open_]["summary"], "the open report is published, with facts of its own"
    assert shown[f"R-0000{closed[1]}"]["summary"] is None


def test_one_new_report_lets_its_incident_wait_and_no_other_names_it() -> None:
    cutoff = datetime(2040, 1, 1, tzinfo=UTC)
    new = {"reported_at": cutoff + timedelta(hours=1)}
    tables, _ = public_tables(*together(_1=new), cutoff=cutoff)
    assert "I-00000" not in tables.incidents["incident_id"].to_pylist()
    assert not {"R-00000", "R-00001"} & set(tables.reports["report_id"].to_pylist())
    tables, _ = public_tables(*together(_2=new), cutoff=cutoff)
    one = next(r for r in tables.incidents.to_pylist() if r["incident_id"] == "I-00000")
    assert [other["incident_id"] for other in one["maybe_same"]] == ["I-00003"]


def test_a_row_that_says_nothing_of_its_licence_stays() -> None:
    tables, _ = public_tables(*made(_1={"republish": None}))
    row = next(r for r in tables.reports.to_pylist() if r["report_id"] == "R-00001")
    assert row["raw"] is None
    assert row["summary"] is None


def test_the_row_as_read_leaves_only_without_coordinates() -> None:
    tables, _ = public_tables(*made())
    for row in tables.reports.to_pylist():
        assert row["lon"] is None or row["raw"] is None


def test_new_incidents_wait_and_are_counted() -> None:
    cutoff = START + timedelta(days=14)
    findings, incidents, reports = made()
    tables, counts = public_tables(findings, incidents, reports, cutoff=cutoff, text=True)
    late = {
        r["incident_id"] for r in incidents.to_pylist()
        if r["occurred_to"] > cutoff or r["occurred_from"] + timedelta(hours=6) > cutoff
    }  # fmt: skip
    shown = set(tables.incidents["incident_id"].to_pylist())
    assert shown == set(incidents["incident_id"].to_pylist()) - late
    assert set(tables.findings["incident_id"].to_pylist()) == shown
    assert tables.reports.num_rows == len(shown)
    assert counts == {
        "incidents withheld: under 24 hours since they happened or were told": len(late)
    }


def test_undated_incidents_wait() -> None:
    undated = {"occurred_from": None, "occurred_to": None, "reported_at": None}
    tables, _ = public_tables(*made(_0=undated), cutoff=datetime(2040, 1, 1, tzinfo=UTC))
    assert "I-00000" not in tables.incidents["incident_id"].to_pylist()


def test_midnights_that_the_clocks_skip() -> None:
    """Some zones put their clocks forward at midnight; a whole day must still be found."""
    when = datetime(2024, 4, 26, 1, tzinfo=UTC)
    change = {"republish": False, "occurred_from": when, "occurred_to": when + timedelta(hours=1)}
    tables, _ = public_tables(*made(_0=change), local_time="Africa/Cairo")
    one = next(r for r in tables.incidents.to_pylist() if r["incident_id"] == "I-00000")
    assert one["occurred_from"] <= when
    assert one["occurred_to"] >= when + timedelta(hours=1)
