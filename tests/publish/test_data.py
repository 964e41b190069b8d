"""The data files: right, inert, and the same bytes however the rows were batched."""

from __future__ import annotations

import csv
import json
import resource
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfire.publish.data import write_data, write_findings
from holdfire.publish.exports.places import Places
from holdfire.publish.text_columns import inert
from holdfire.tables import finding
from holdfire.tables.indicator import Indicator
from tests.publish.conftest import Case, rows, set_aside

INDICATORS = [
    Indicator("b", "Incidents", "fire", "calendar", None, "incident", "window", None, 1.0, None),
    Indicator("a", "Incidents", "fire", "calendar", "north", "incident", "window", None, 1.0, 2.0),
]


def write(case: Case, folder: Path, size: int) -> dict[str, str]:
    return write_data(
        folder,
        findings=case.findings.to_batches(max_chunksize=size),
        incidents=case.incidents.to_batches(max_chunksize=size),
        reports=case.reports.to_batches(max_chunksize=size),
        set_aside=set_aside().to_batches(),
        indicators=INDICATORS,
        provenance={"version": "0.1.0", "inputs": []},
    )


def test_same_bytes_however_batched(case: Case, tmp_path: Path) -> None:
    assert write(case, tmp_path / "one", 1000) == write(case, tmp_path / "two", 7)
    assert write(case, tmp_path / "one", 13) == write(case, tmp_path / "two", 1000)


def test_files_hold_what_they_should(case: Case, tmp_path: Path) -> None:
    hashes = write(case, tmp_path, 1000)
    assert pq.read_table(tmp_path / "findings.parquet").num_rows == 60
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert len(table) == 60
    assert table[0]["occurred_from"].endswith("Z")
    assert "." not in table[0]["occurred_from"]
    features = json.loads((tmp_path / "findings.geojson").read_text())["features"]
    assert len(features) == 60
    disks = [f for f in features if f["geometry"] is not None]
    placed = sum(v is not None for v in case.incidents["lon"].to_pylist())
    assert 0 < len(disks) == placed < 60
    assert disks[0]["geometry"]["type"] == "Polygon"
    for lon, lat in disks[0]["geometry"]["coordinates"][0]:
        assert 174 < lon < 179
        assert -40 < lat < -37
    assert disks[0]["properties"]["radius_m"] > 0
    assert disks[0]["properties"]["area"] is None
    named = [f["properties"] for f in features if f["geometry"] is None]
    assert {one["area"] for one in named} == {"Western Hills", "Western Hills|Long Bay"}
    assert {one["radius_m"] for one in named} == {None}
    assert [i["id"] for i in json.loads((tmp_path / "indicators.json").read_text())] == ["a", "b"]
    record = json.loads((tmp_path / "provenance.json").read_text())
    assert record["outputs"] == {k: v for k, v in hashes.items() if k != "provenance.json"}
    assert (tmp_path / "set_aside.csv").read_text().splitlines() == [
        '"file","row","kind"',
        '"reports/monitors.csv",88,"date not understood"',
        '"reports/monitors.csv",12,"latitude beyond 90"',
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\u200b=1", "＝1", " =1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    (made,) = inert(pa.array([text])).to_pylist()
    assert made.lstrip().startswith("'")


def test_hostile_text_stays_valid(case: Case, tmp_path: Path) -> None:
    findings, _, _ = rows(3)
    bad = 'quote " back \\ slash \n line \x00 \x1f \u202e </script> =1+1 ' + "W" * 1_000_000
    for row in findings:
        row["reason"] = "=" + bad
    table = pa.Table.from_pylist(findings, finding.SCHEMA)
    write_findings(tmp_path, table.to_batches(), Places(case.incidents.to_batches()))
    features = json.loads((tmp_path / "findings.geojson").read_text())["features"]
    assert features[0]["properties"]["reason"].startswith('=quote " back \\ slash   line')
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as stream:
        cells = [row["reason"] for row in csv.DictReader(stream)]
    assert all(cell.startswith("'=") and "\u202e" not in cell for cell in cells)
    assert (tmp_path / "findings.csv").stat().st_size < 50_000


def test_no_findings(case: Case, tmp_path: Path) -> None:
    assert write_findings(tmp_path, [], Places(case.incidents.to_batches())) == 0
    assert json.loads((tmp_path / "findings.geojson").read_text())["features"] == []
    assert (tmp_path / "findings.csv").read_text().startswith('"finding_id"')


@pytest.mark.slow
def test_a_million_findings(case: Case, tmp_path: Path) -> None:
    """In less than 25 s on two cores, and without holding them all."""
    batch = pa.concat_tables([case.findings] * 1100).combine_chunks().to_batches()[0]
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    places = Places(case.incidents.to_batches())
    assert write_findings(tmp_path, (batch for _ in range(16)), places) > 1_000_000
    print(f"{time.perf_counter() - begun:.1f} s")
    assert time.perf_counter() - begun < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000
