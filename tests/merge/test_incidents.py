"""From reports to rows of incidents: alone as they are, together combined, each with its doubt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from holdfire.merge.copies import told_order
from holdfire.merge.doubt import Shares, doubt
from holdfire.merge.facts import Ground
from holdfire.merge.identity import identify
from holdfire.merge.incidents import NEEDED, Grouped, incidents
from holdfire.tables import incident, report
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.merge.conftest import HOUR, NOON, Row, matched, table, told

WORDS = shipped_vocabularies()


def made(rows: list[Row], groups: list[str], doubtful: Any = None, chunk: int = 3) -> list[Row]:
    """Return the incidents of reports that are matched into groups."""
    reports = table(*rows).select(list(NEEDED))
    reports = pa.Table.from_batches(reports.combine_chunks().to_batches(chunk), reports.schema)
    found = matched(reports, groups, doubtful)
    group = np.unique(found.group, return_inverse=True)[1].astype(np.int64)
    ids, rank = reports["report_id"].combine_chunks(), told_order(reports)
    given = Grouped(
        reports, group, np.arange(len(rows)), rank, identify(ids, group, rank).ids,
        doubt(group, Shares(found.least, found.expected, found.most), found.pairs, ids),
    )  # fmt: skip
    batches = list(incidents(given, WORDS, Ground({})))
    assert all(batch.schema == incident.SCHEMA for batch in batches)
    return [one for batch in batches for one in batch.to_pylist()]


def test_a_report_that_stands_alone_is_as_it_was() -> None:
    facts = [name for name in incident.SCHEMA.names if name in report.SCHEMA.names]
    rows = [
        told("c", deaths_min=0, actors=["north", "south"], quantity_unit="launch",
             quantity_min=2.0, quantity_max=3.0, weapon="no-such-word", summary="s"),
        told("a", outlet=None, outlet_side=None, occurred_to=None),
        told("b", outlet_side=None, republish=False, area="somewhere"),
    ]  # fmt: skip
    found = made(rows, [])
    assert [one["incident_id"] for one in found] == ["I-c", "I-a", "I-b"], "in the reports' order"
    for one, was in zip(found, rows, strict=True):
        assert {name: one[name] for name in facts} == {name: was.get(name) for name in facts}
        assert one["report_ids"] == [was["report_id"]]
        assert (one["independent"], one["across_sides"], one["disputed"]) == (1, False, [])
        assert (one["incidents_min"], one["incidents_max"], one["maybe_same"]) == (1.0, 1.0, [])
    assert [one["outlets"] for one in found] == [["Gazette"], [], ["Gazette"]]
    assert [one["outlet_sides"] for one in found] == [["north"], [], [None]]
    assert [one["quantity_least"] for one in found] == [2.0, None, None]
    assert [one["quantity_most"] for one in found] == [3.0, None, None]


def test_reports_of_one_incident_are_one_row() -> None:
    found = made(
        [
            told("a", reported_at=NOON + 9 * HOUR),
            told("x"),
            told("b", outlet="Radio", outlet_side="south", act="combat", radius_m=9_000.0,
                 reported_at=NOON + HOUR, quantity_unit="round", quantity_min=3.0,
                 quantity_max=4.0),
        ],
        ["ab"],
    )  # fmt: skip
    alone, together = found
    assert alone["incident_id"] == "I-x"
    assert together["incident_id"] == "I-b", "after the report that was made first"
    assert together["report_ids"] == ["R-b", "R-a"]
    assert together["outlets"] == ["Radio", "Gazette"]
    assert together["outlet_sides"] == ["south", "north"]
    assert (together["independent"], together["across_sides"]) == (2, True)
    assert (together["act"], together["radius_m"]) == ("shelling", 1_000.0)
    assert (together["incidents_min"], together["incidents_max"]) == (1.0, 1.0)
    assert (together["quantity_least"], together["quantity_most"]) == (3.0, 4.0)
    assert together["disputed"] == []


def test_an_attack_that_may_be_told_twice() -> None:
    launch = {"quantity_unit": "launch", "quantity_min": 55.0, "quantity_max": 60.0}
    found = made(
        [told("a", **launch), told("b", outlet="Radio", **launch), told("c")], [], {("a", "b"): 0.4}
    )
    first, second, third = found
    assert first["maybe_same"] == [{"incident_id": "I-b", "probability": pytest.approx(0.4)}]
    assert second["maybe_same"] == [{"incident_id": "I-a", "probability": pytest.approx(0.4)}]
    assert third["maybe_same"] == []
    for one in (first, second):
        assert (one["incidents_min"], one["incidents_expected"], one["incidents_max"]) == (
            0.5, 0.75, 1.0)  # fmt: skip
        assert (one["quantity_least"], one["quantity_most"]) == (27.5, 60.0)


def test_many_groups_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "abcdefghijklmnop"
    groups = ["ap", "bcd", "eo", "fghi"]
    rows = [told(one, deaths_best=at) for at, one in enumerate(letters)]
    whole = made(rows, groups)
    monkeypatch.setattr("holdfire.merge.incidents.AT_ONCE", 2)
    assert made(rows, groups) == whole
    assert sorted(len(one["report_ids"]) for one in whole)[-4:] == [2, 2, 3, 4]


def test_no_reports() -> None:
    assert made([], []) == []
