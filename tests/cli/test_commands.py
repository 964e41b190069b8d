"""The commands end to end, on a new case and on the bundled ones, as a user meets them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from math import ceil, floor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from holdfire.cli import cli
from holdfire.pipeline import run
from holdfire.tables.units import units
from tests.cli.command import holdfire

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
WRITTEN = {
    "bulletin.html", "datapackage.json", "dictionary.csv", "entities.ftm.json", "findings.csv",
    "findings.geojson", "findings.hxl.csv", "findings.parquet", "incidents.parquet",
    "indicators.json", "provenance.json", "reports.parquet", "ro-crate-metadata.json",
    "set_aside.csv",
}  # fmt: skip
REPORTS = """\
occurred_at,timezone,lon,lat,radius_m,act,actor,outlet
2025-01-04 23:00,UTC,31.0,48.5,100,shelling,A,Monitors
2025-01-05,UTC,30.5,48.2,5000,explosion,B,Monitors
2025-02-20 12:00,UTC,31.4,48.9,0,shelling,,Monitors
2025-01-32,UTC,31.4,48.9,0,shelling,A,Monitors
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case made by ``holdfire new``, with a few reports put into it."""
    folder = tmp_path / "case"
    assert holdfire("new", folder).code == 0
    (folder / "reports" / "monitors.csv").write_text(REPORTS, encoding="utf-8")
    return folder


def bundled(name: str, target: Path) -> Path:
    """Copy a bundled case without what a run wrote into it."""
    shutil.copytree(EXAMPLES / name, target, ignore=shutil.ignore_patterns("out"))
    return target


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 30-day case, run once for all tests that only read what it wrote."""
    folder = bundled("thirty-day-2025", tmp_path_factory.mktemp("thirty") / "case")
    run(folder, now=LATER)
    return folder


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_new_then_check_then_run_then_explain(case: Path) -> None:
    checked = holdfire("check", case)
    assert checked.code == 3
    assert "1 of 4 rows set aside" in checked.out
    assert 'date "2025-01-32" is no day of the calendar' in checked.out
    assert not (case / "out").exists()
    done = holdfire("run", case)
    assert done.code == 0
    assert f"{case}/out/bulletin.html" in done.out
    assert {path.name for path in (case / "out").iterdir() if path.is_file()} == WRITTEN
    name = re.search(rf"holdfire explain {re.escape(str(case))} (F-\S+)", done.out)
    assert name is not None
    explained = holdfire("explain", case, name[1])
    assert explained.code == 0
    assert name[1] in explained.out
    assert "reports/monitors.csv" in explained.out


def test_a_new_case_is_not_made_over_another(case: Path) -> None:
    said = holdfire("new", case)
    assert said.code == 1
    assert "not empty" in said.err


def test_exit_codes_are_those_that_are_documented(case: Path, tmp_path: Path) -> None:
    assert holdfire("check", case).code == 3
    (case / "reports" / "monitors.csv").write_text(REPORTS.replace("-32", "-31"), encoding="utf-8")
    assert holdfire("check", case).code == 0
    assert holdfire("run", case).code == 0
    assert holdfire("run", tmp_path / "nowhere").code == 1
    assert holdfire("explain", case, "F-none").code == 1
    assert holdfire("run").code == 2
    assert holdfire("run", case, "--loud").code == 2
    assert holdfire("march").code == 2
    assert holdfire("--version").code == 0
    (case / "reports" / "notes.txt").write_text("nothing", encoding="utf-8")
    assert holdfire("check", case).code == 3
    assert holdfire("run", case).code == 0


def test_explain_before_a_run_says_what_to_do(case: Path) -> None:
    said = holdfire("explain", case, "F-any")
    assert said.code == 1
    assert "holdfire run" in said.err


def test_the_beginning_of_an_id_is_enough_or_the_choice_is_shown(thirty: Path) -> None:
    finding = next(row["finding_id"] for row in rows(thirty) if row["verdict"] == "yes")
    assert holdfire("explain", thirty, finding).code == 0
    several = holdfire("explain", thirty, "F-")
    assert several.code == 1
    assert "fits several findings" in several.err


def test_json_output_parses_and_has_its_keys(case: Path) -> None:
    checked = json.loads(holdfire("check", "--json", case).out)
    assert set(checked) == {
        "usable", "problems", "understood", "files", "set_aside", "unknown_places",
        "unknown_actors",
    }  # fmt: skip
    assert set(checked["files"][0]) == {"file", "format", "rows", "used", "set_aside", "note"}
    figures = json.loads(holdfire("run", "--json", case).out)
    assert figures
    written = json.loads((case / "out" / "indicators.json").read_text(encoding="utf-8"))
    assert figures == written
    finding = rows(case)[0]["finding_id"]
    explained = json.loads(holdfire("explain", "--json", case, finding).out)
    assert set(explained) == {"finding", "incident", "reports", "reasons", "pairs", "remarks"}
    assert set(explained["reasons"]) == {"time", "place", "act", "target", "actor", "permitted"}


def test_an_unusable_case_is_json_too(case: Path) -> None:
    (case / "agreement.toml").write_text("[agreement", encoding="utf-8")
    said = holdfire("check", "--json", case)
    assert said.code == 1
    found = json.loads(said.out)
    assert found["usable"] is False
    assert found["problems"][0]["where"].startswith("agreement.toml")


@pytest.mark.slow
def test_every_alleged_violation_of_the_bundled_case_leads_to_its_row(thirty: Path) -> None:
    read: dict[str, tuple[str, list[str], list[list[str]]]] = {}
    found = [row for row in rows(thirty) if row["verdict"] != "no"]
    assert found
    for row in found:
        said = holdfire("explain", "--json", thirty, row["finding_id"])
        assert said.code == 0
        explained = json.loads(said.out)
        assert explained["finding"]["verdict"] == row["verdict"]
        for name, (answer, reason) in explained["reasons"].items():
            assert answer == row[name]
            assert reason
        assert explained["reports"]
        assert not explained["remarks"]
        for report in explained["reports"]:
            name = report["file"]
            if name not in read:
                data = (thirty / name).read_bytes()
                lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
                read[name] = hashlib.sha256(data).hexdigest(), lines[0], lines
            digest, header, lines = read[name]
            assert report["file_sha256"] == digest
            assert json.loads(report["raw"]) == dict(
                zip(header, lines[report["row"] - 1], strict=True)
            )


def test_explain_says_when_a_file_has_changed_since(case: Path) -> None:
    assert holdfire("run", case).code == 0
    finding = rows(case)[0]["finding_id"]
    path = case / "reports" / "monitors.csv"
    path.write_text(REPORTS + "\n", encoding="utf-8")
    assert "has changed since the run" in holdfire("explain", case, finding).out
    path.unlink()
    assert "is no longer there" in holdfire("explain", case, finding).out


@pytest.mark.parametrize("name", ["thirty-day-2025", "simulated-front", "energy-2025"])
def test_the_figures_follow_from_the_findings(name: str, tmp_path: Path) -> None:
    folder = bundled(name, tmp_path / "case")
    done = run(folder, now=LATER)
    certain: dict[tuple[str, str, str], float] = defaultdict(float)
    possible: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows(folder):
        if row["verdict"] == "no":
            continue
        key = row["clause"], row["reading"], row["counting_unit"]
        possible[key] += float(row["incidents_max"])
        certain[key] += float(row["incidents_min"]) if row["verdict"] == "yes" else 0
        if row["quantity_unit"]:
            key = row["clause"], row["reading"], row["quantity_unit"]
            possible[key] += float(row["quantity_most"] or "inf")
            certain[key] += float(row["quantity_least"] or 0) if row["verdict"] == "yes" else 0
    told = 0
    for clause in done.answer.clauses:
        for tally in clause.tallies:
            key = clause.clause, clause.reading, tally.unit
            most = float("inf") if tally.possible is None else tally.possible
            low, high = certain[key], possible[key]
            if units()[tally.unit].of == "row":
                low, high = ceil(low - 1e-3), ceil(high - 1e-3)
            assert (tally.certain, most) == (floor(low + 1e-3), high), key
            told += 1
    assert told


@pytest.mark.slow
@pytest.mark.parametrize("name", ["thirty-day-2025", "simulated-front"])
def test_equal_inputs_give_equal_bytes(name: str, tmp_path: Path) -> None:
    first = bundled(name, tmp_path / "one")
    second = tmp_path / "another" / "much longer" / "Шлях"
    second.mkdir(parents=True)
    for path in sorted(first.rglob("*"), reverse=True):
        if path.is_file():
            target = second / path.relative_to(first)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    run(first, now=LATER)
    run(second, now=LATER + timedelta(days=400))
    once = hashes(first / "out")
    assert once == hashes(second / "out")
    run(first, now=LATER)
    assert once == hashes(first / "out"), "a second run over the first one's output differs"
    assert "internal/findings.parquet" in once
    assert set(once) >= WRITTEN


def test_what_is_too_recent_is_withheld_counted_and_said(tmp_path: Path) -> None:
    folder = bundled("thirty-day-2025", tmp_path / "case")
    everything = run(folder, now=LATER).answer
    assert everything.withheld == 0
    whole = pq.read_table(folder / "out" / "incidents.parquet")
    ends = sorted(moment for moment in whole["occurred_to"].to_pylist() if moment is not None)
    now = ends[-1] + timedelta(hours=1)
    early = run(folder, now=now)
    left = pq.read_table(folder / "out" / "incidents.parquet")
    recent = sum(moment > now - timedelta(hours=24) for moment in ends)
    assert recent > 0
    assert early.answer.withheld == recent
    assert left.num_rows == whole.num_rows - recent
    gone = set(whole["incident_id"].to_pylist()) - set(left["incident_id"].to_pylist())
    assert len(gone) == recent
    assert "24 hours" in early.answer.withheld_why
    page = (folder / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert early.answer.withheld_why in page
    for name in ("findings.csv", "findings.geojson", "bulletin.html"):
        text = (folder / "out" / name).read_text(encoding="utf-8")
        assert not any(incident.replace("I-", "F-") in text for incident in gone), name
    kept = {row["incident_id"] for row in rows(folder)}
    assert not kept & gone


def test_every_command_is_told_in_the_documents() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    words = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    untold = [name for name in cli.commands if f"holdfire {name}" not in words]
    assert not untold


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_explains_itself(name: str) -> None:
    said = holdfire(name, "--help")
    assert said.code == 0
    assert len(said.out.splitlines()) > 3


@pytest.mark.parametrize("name", ["acts", "targets", "weapons", "formats"])
def test_lists_are_printed(name: str) -> None:
    assert len(holdfire(name).out.splitlines()) > 5


def test_the_schema_fits_the_bundled_agreements() -> None:
    schema: dict[str, Any] = json.loads(holdfire("schema").out)
    assert schema["properties"].keys() >= {"agreement", "parties", "clauses"}
