"""A case's reports merged, end to end: figures, files, ids from run to run, decisions."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfire.case.decisions import decide
from holdfire.case.making import make
from holdfire.merge.matching import Decided, Matched
from holdfire.pipeline import Run, run
from holdfire.remembering import FILE, whereabouts
from tests.merge.conftest import matched

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIELDS = (
    "event_id", "occurred_at", "occurred_from", "occurred_to", "reported_at", "timezone", "lon",
    "lat", "radius_m", "act", "actor", "outlet", "outlet_side", "quantity", "quantity_unit",
    "sensitive", "summary",
)  # fmt: skip
WIRE = (
    "Several rounds of mortar fire hit the edge of Upper Weir shortly before noon on Saturday, "
    "the district head said in a short statement that was carried by all papers of the region"
)


def shell(name: str, **facts: Any) -> dict[str, Any]:
    """Return one row of one and the same shelling, but for what is given."""
    return {
        "event_id": name, "occurred_at": "2025-01-03 12:00", "timezone": "UTC",
        "reported_at": "2025-01-04", "lon": 30.0, "lat": 46.0, "radius_m": 1000,
        "act": "shelling", "actor": "A", "outlet": f"Outlet {name}", "outlet_side": "neutral",
        **facts,
    }  # fmt: skip


class House:
    """A case whose reports are matched as a test says."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, patch
        self.asked: list[tuple[list[str], Decided]] = []
        make(folder)
        # One party's outlets and ids that do not depend on chance.
        text = (folder / "case.toml").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("salt")]
        (folder / "case.toml").write_text("\n".join([*lines, 'salt = "x"', ""]), encoding="utf-8")

    def run(
        self,
        files: Mapping[str, Sequence[Mapping[str, Any]]],
        groups: Sequence[str] = (),
        doubtful: Mapping[tuple[str, str], float] | None = None,
    ) -> Run:
        """Run it; reports are named by the letters that are their sources' own ids."""
        for old in (self.folder / "reports").iterdir():
            old.unlink()
        for name, rows in files.items():
            with (self.folder / "reports" / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, FIELDS)
                writer.writeheader()
                writer.writerows(rows)

        def match(reports: pa.Table, *_: Any, decided: Decided, **__: Any) -> Matched:
            events = reports["event_id"].to_pylist()
            self.asked.append((events, decided))
            named = [f"R-{event}" for event in events]
            at = reports.schema.get_field_index("report_id")
            found = matched(reports.set_column(at, "report_id", pa.array(named)), groups, doubtful)
            ids = dict(zip(named, reports["report_id"].to_pylist(), strict=True))
            pairs = found.pairs
            for column in ("report_a", "report_b"):
                to = pa.array([ids[one] for one in pairs[column].to_pylist()], pa.string())
                pairs = pairs.set_column(pairs.schema.get_field_index(column), column, to)
            return Matched(pairs, found.group, found.least, found.expected, found.most,
                           found.total, found.model)  # fmt: skip

        self._patch.setattr("holdfire.merging.match", match)
        return run(self.folder, now=NOW)

    def table(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(
            self.folder / "out" / "internal" / f"{name}.parquet"
        ).to_pylist()
        return rows

    def report(self, event: str) -> str:
        """Return the id of the report with a source's own id."""
        return next(str(r["report_id"]) for r in self.table("reports") if r["event_id"] == event)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return House(tmp_path / "case", monkeypatch)


def figures(made: Run) -> dict[str, tuple[float, float | None]]:
    (clause,) = made.answer.clauses
    return {one.unit: (one.certain, one.possible) for one in clause.tallies}


LAUNCH = {"quantity": 55, "quantity_unit": "launch"}


def test_two_reports_of_one_incident_count_once(house: House) -> None:
    rows = [shell("a", **LAUNCH), shell("b", occurred_at="2025-01-03"), shell("c")]
    made = house.run({"a.csv": rows}, ["ab"])
    assert figures(made) == {"incident": (2, 2), "launch": (55, 55)}
    merged = made.answer.merged
    assert merged is not None
    assert (merged.reports, merged.incidents, merged.low, merged.high) == (3, 2, 2, 2)
    (first, second) = sorted(house.table("findings"), key=lambda row: -row["independent"])
    assert (first["grade"], second["grade"]) == ("corroborated", "single source")
    assert first["outlets"] == ["Outlet a", "Outlet b"] or first["outlets"] == [
        "Outlet b", "Outlet a"]  # fmt: skip
    page = (house.folder / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert "3 reports tell of 2 incidents." in page
    assert "corroborated: told by 2 independent sources, in 2 reports" in page


def test_what_may_be_one_counts_once_at_the_lower_end(house: House) -> None:
    made = house.run({"a.csv": [shell("a", **LAUNCH), shell("b", **LAUNCH), shell("c")]},
                     doubtful={("a", "b"): 0.5})  # fmt: skip
    assert figures(made) == {"incident": (2, 3), "launch": (55, 110)}
    (clause,) = made.answer.clauses
    assert clause.tallies[0].expected == pytest.approx((2.5, 2.5))
    page = (house.folder / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert "3 reports are taken to tell of 3 incidents; the true number may be between 2" in page
    assert "it may be the same as I-" in page


def test_no_doubt_is_said_as_such(house: House) -> None:
    house.run({"a.csv": [shell("a"), shell("b")]})
    page = (house.folder / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert "No two of the 2 reports of incidents tell of the same one." in page


def test_copies_are_matched_as_one_and_all_stay(house: House) -> None:
    rows = [shell("a", summary=WIRE), shell("b", summary=WIRE), shell("c", summary=WIRE)]
    made = house.run({"a.csv": [*rows, shell("d")]})
    assert figures(made) == {"incident": (2, 2)}
    assert [len(events) for events, _ in house.asked] == [2]
    (one,) = (row for row in house.table("incidents") if len(row["report_ids"]) > 1)
    assert sorted(one["report_ids"]) == sorted(house.report(event) for event in "abc")
    assert (len(one["outlets"]), one["independent"]) == (3, 1)
    assert {row["grade"] for row in house.table("findings")} == {"single source"}


@pytest.mark.parametrize("where", ["the same file", "another file"])
def test_an_exact_duplicate_changes_no_figure(house: House, where: str) -> None:
    rows = [shell("a", **LAUNCH), shell("b", **LAUNCH), shell("c")]
    before = house.run({"a.csv": rows}, ["ac"], {("a", "b"): 0.5}).answer.clauses
    again = {"a.csv": [*rows, rows[0]]} if where == "the same file" else {
        "a.csv": rows, "b.csv": [rows[0]]}  # fmt: skip
    assert house.run(again, ["ac"], {("a", "b"): 0.5}).answer.clauses == before


def test_the_order_of_rows_and_files_changes_nothing(house: House) -> None:
    rows = [shell("a", **LAUNCH), shell("b", **LAUNCH), shell("c"), shell("d", lon=31.0)]
    first = house.run({"a.csv": rows}, ["ac"], {("a", "b"): 0.5})
    told = sorted(house.table("incidents"), key=str)
    second = house.run({"a.csv": rows[:1], "b.csv": rows[:0:-1]}, ["ac"], {("a", "b"): 0.5})
    assert second.answer.clauses == first.answer.clauses
    assert sorted(house.table("incidents"), key=str) == told


def test_ids_stay_and_lead_on(house: House) -> None:
    house.run({"a.csv": [shell("b"), shell("c")]})
    first = {one["report_ids"][0]: one["incident_id"] for one in house.table("incidents")}
    assert not (house.folder / FILE).exists()
    b, c = (first[house.report(event)] for event in "bc")
    # A third report, told before both, shows that they are one.
    house.run({"a.csv": [shell("b"), shell("c"), shell("a", reported_at="2025-01-03 18:00")]},
              ["abc"])  # fmt: skip
    (one,) = house.table("incidents")
    kept, gone = sorted((b, c), key=lambda name: name != one["incident_id"])
    assert one["incident_id"] == kept
    (step,) = whereabouts(house.folder, gone)
    assert (step.now, step.why) == ((kept,), "joined")
    assert whereabouts(house.folder, kept) == ()
    lines = (house.folder / "out" / "forwarding.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [f'"{gone}","{kept}","joined"']
    # In a fresh copy of the case the id is the same.
    (house.folder / "out" / "internal" / "incidents.parquet").unlink()
    again = house.run({"a.csv": [shell("b"), shell("c"),
                                 shell("a", reported_at="2025-01-03 18:00")]}, ["abc"])  # fmt: skip
    assert again.answer.merged is not None
    assert house.table("incidents")[0]["incident_id"] == kept
    # Nothing changed: nothing is added.
    size = (house.folder / FILE).stat().st_size
    house.run({"a.csv": [shell("b"), shell("c"), shell("a", reported_at="2025-01-03 18:00")]},
              ["abc"])  # fmt: skip
    assert (house.folder / FILE).stat().st_size == size


def test_decisions_reach_the_matching(house: House) -> None:
    rows = [shell("a", summary=WIRE), shell("b", summary=WIRE), shell("c")]
    house.run({"a.csv": rows})
    assert len(house.table("incidents")) == 2
    a, b, c = (house.report(event) for event in "abc")
    decide(house.folder, "same", (a, c), by="E. Reader", at=NOW)
    house.run({"a.csv": rows})
    ((same,), different) = house.asked[-1][1].same, house.asked[-1][1].different
    assert c in same
    assert {a, b} & set(same)
    assert different == ()
    decide(house.folder, "different", (a, b), by="E. Reader", at=NOW)
    house.run({"a.csv": rows})
    events, decided = house.asked[-1]
    assert sorted(events) == ["a", "b", "c"], "what was told apart is no copy"
    assert [set(both) for both in decided.same] == [{a, c}]
    assert [set(both) for both in decided.different] == [{a, b}]
    assert len(house.table("incidents")) == 3


def test_a_sensitive_report_keeps_its_whole_incident_in(house: House) -> None:
    rows = [shell("a", sensitive="true", **LAUNCH), shell("b", lon=30.001), shell("c", lon=31.0)]
    house.run({"a.csv": rows}, ["ab"])
    out = pq.read_table(house.folder / "out" / "incidents.parquet").to_pylist()
    (one,) = (row for row in out if len(row["report_ids"]) == 2)
    assert one["outlets"] is None
    assert one["quantity_min"] is None
    assert one["disputed"] is None
    judged = pq.read_table(house.folder / "out" / "findings.parquet").to_pylist()
    (mine,) = (row for row in judged if row["incident_id"] == one["incident_id"])
    assert mine["quantity_least"] is None
    assert mine["quantity_most"] is None


def test_one_text_alone(house: House) -> None:
    made = house.run({"a.csv": [shell("a", summary=WIRE), shell("b", summary=WIRE)]})
    assert figures(made) == {"incident": (1, 1)}
    assert house.asked == [], "there is nothing to match"


def test_no_reports(house: House) -> None:
    made = house.run({"a.csv": []})
    assert made.answer.merged is not None
    assert (made.answer.merged.reports, made.answer.merged.incidents) == (0, 0)
