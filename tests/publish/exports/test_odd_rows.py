"""Rows that hardly say anything, or say it beyond the globe, are in every format all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet as pq
import pytest

from tests.publish.exports.writing import invented, written

NAN, INF = float("nan"), float("inf")
NOTHING = dict.fromkeys((
    "occurred_from", "occurred_to", "actors", "act", "outlets", "responsibility", "report_ids",
    "summary", "independent",
))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind", "where"),
    [
        (NOTHING, "Polygon", "within"),
        ({"lon": NAN}, None, None),
        ({"lat": None}, None, None),
        ({"radius_m": None}, "Point", "near"),
        ({"radius_m": INF}, "Point", "near"),
        ({"radius_m": 0.0}, "Point", "within 0 m of"),
        ({"lon": 180.0, "lat": 90.0, "radius_m": 1e7}, "Polygon", "within 10000000 m of 90"),
        ({"lon": -180.0, "lat": 0.0, "radius_m": 3e7}, "Polygon", "within 30000000 m of 0"),
        ({"lon": 180.0, "lat": 0.0, "radius_m": 9e3}, "MultiPolygon", "within 9000 m of 0"),
    ],
)
def test_one_odd_row(
    tmp_path: Path, change: dict[str, Any], kind: str | None, where: str | None
) -> None:
    findings, incidents, reports = invented(3)
    incidents[1] |= {"area": None} | change
    findings[1] |= {name: value for name, value in change.items() if name in findings[1]}
    reports[1] |= dict.fromkeys(("row", "file", "outlet", "citation", "reported_at", "summary"))
    out = written(tmp_path, (findings, incidents, reports))
    features = json.loads((out / "findings.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == 3
    assert (features[1]["geometry"] or {"type": None})["type"] == kind
    assert (pq.read_table(out / "incidents.parquet")["geometry"][1].as_py() is None) == (
        kind is None
    )
    lines = (out / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {one["id"]: one["properties"] for one in map(json.loads, lines)}
    assert {"I-00001", "F-00001", "R-00001"} <= set(entities)
    location = entities["I-00001"].get("location", [None])[0]
    assert location == where if where is None else str(location).startswith(where)
    assert frictionless.validate(str(out / "datapackage.json")).valid
