"""A whole run: rows of a source that may not be republished are in no file, in no form."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from holdfire.pipeline import run
from tests.cli.command import holdfire
from tests.publish.exports.writing import invented, written
from tests.publish.test_leaks_whole_run import public_text
from tests.sources.test_acled import NEW, line

CLOSED = [
    {
        "event_id_cnty": f"SECRET-ID{at}", "event_date": f"2025-01-0{at}", "latitude": "48.54321",
        "longitude": "30.98765", "location": "SECRET-TOWN", "admin1": "SECRET-REGION",
        "notes": "SECRET-NOTE", "source": "SECRET-SOURCE https://secret.example/1",
        "fatalities": "17", "timestamp": "1736899199",
    }
    for at in (4, 5)
]  # fmt: skip
OPEN = """\
occurred_at,timezone,lon,lat,radius_m,act,actor,outlet,summary,citation,sensitive
2025-01-07,UTC,35.5,42.5,500,combat,A,Monitors,,,
2025-01-08 10:00,UTC,20.5,40.5,500,shelling,A,Monitors,,https://open.example/8,
2025-01-09 10:00,UTC,25.5,44.5,500,shelling,A,SECRET-WITNESS,,https://secret.example/9,true
"""
KEPT = re.compile(
    r"SECRET\S*|secret\.example|48\.54\d*|30\.98\d*|\b17(?:\.0)?\b(?=[,}\]])|1736899199"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("closed") / "case"
    assert holdfire("new", folder).code == 0
    rows = "\n".join([NEW, *(line(**changes) for changes in CLOSED)])
    (folder / "reports" / "acled.csv").write_text(rows + "\n", encoding="utf-8")
    (folder / "reports" / "own.csv").write_text(OPEN, encoding="utf-8")
    case = folder / "case.toml"
    text = case.read_text(encoding="utf-8") if case.is_file() else ""
    case.write_text(text.replace("text = false", "text = true"), encoding="utf-8")
    made = run(folder, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert made.answer.used == 5
    return folder / "out"


def reports(out: Path, source: str) -> set[str]:
    rows = pq.read_table(out / "internal" / "reports.parquet").to_pylist()
    return {row["report_id"] for row in rows if row["source"] == source}


def test_the_words_are_inside_and_in_no_public_file(out: Path) -> None:
    inside = public_text(out / "internal" / "reports.parquet")
    assert {"SECRET-TOWN", "SECRET-NOTE"} <= set(re.findall(r"SECRET-[A-Z]+", inside))
    files = [path for path in out.iterdir() if path.is_file()]
    assert {"findings.hxl.csv", "entities.ftm.json", "ro-crate-metadata.json"} <= {
        path.name for path in files}  # fmt: skip
    for path in files:
        if path.name != "bulletin.html":
            assert not KEPT.findall(public_text(path)), path.name


def test_no_place_of_a_closed_row_is_drawn(out: Path) -> None:
    closed = {
        row["incident_id"]
        for row in pq.read_table(out / "incidents.parquet").to_pylist()
        if not row["republish"]
    }
    assert len(closed) >= 2
    for row in pq.read_table(out / "incidents.parquet").to_pylist():
        assert (row["geometry"] is None) == (row["incident_id"] in closed)
    features = json.loads((out / "findings.geojson").read_text(encoding="utf-8"))["features"]
    drawn = {one["properties"]["incident_id"] for one in features if one["geometry"]}
    assert drawn
    assert not drawn & closed
    for one in features:
        if one["properties"]["incident_id"] in closed:
            found = one["properties"]
            assert (found["lon"], found["lat"], found["radius_m"]) == (None, None, None)


def test_closed_and_sensitive_rows_are_no_entities(out: Path) -> None:
    text = (out / "entities.ftm.json").read_text(encoding="utf-8")
    entities = [json.loads(one) for one in text.splitlines()]
    kinds = [one["schema"] for one in entities]
    assert kinds.count("Event") == 2
    assert kinds.count("Document") == 2
    for key in reports(out, "acled"):
        assert key not in text
    documents = {one["id"] for one in entities if one["schema"] == "Document"}
    assert documents < reports(out, "own")
    assert "ACLED" not in text


def test_the_crate_says_that_the_rows_do_not_leave(out: Path) -> None:
    crate = json.loads((out / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    (licence,) = [one for one in crate["@graph"] if one["@id"] == "#licence-acled"]
    assert licence["description"].endswith("its rows do not leave the house.")
    (source,) = [one for one in crate["@graph"] if one.get("name") == "reports/acled.csv"]
    assert source["license"] == {"@id": "#licence-acled"}
    assert "acleddata.com" in source["creditText"]
    assert source["@type"] == "CreativeWork"


@pytest.mark.parametrize("change", [{"republish": False}, {"republish": None}, {"sensitive": True},
                                    {"sensitive": None}])  # fmt: skip
def test_an_open_report_of_a_closed_incident_brings_no_event(
    tmp_path: Path, change: dict[str, bool | None]
) -> None:
    tables = invented(3)
    tables[1][1] |= change
    lines = (written(tmp_path, tables) / "entities.ftm.json").read_text(encoding="utf-8")
    ids = {json.loads(one)["id"] for one in lines.splitlines()}
    assert not ids & {"I-00001", "F-00001"}
    assert ids >= {"I-00000", "F-00000", "R-00001", "I-00002"}
