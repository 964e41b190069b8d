"""Counts as intervals: which rows count as certain, which as possible, and in which unit."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.measure import counts as counting
from holdfire.measure.counts import Counts
from holdfire.measure.tallies import tallies

from .conftest import KYIV, Row, batch, before, counted, figures, found, measured

LAUNCH: dict[str, Any] = {"counting_unit": "attack-row", "quantity_unit": "launch"}


def launched(low: float | None, high: float | None, **facts: Any) -> Row:
    return found(**LAUNCH, quantity_min=low, quantity_max=high, **facts)


ROWS = {
    "nothing": ([], {}),
    "one that is certain": ([found()], {"incident": (1, 1)}),
    "one that is possible": ([found(verdict="unknown")], {"incident": (0, 1)}),
    "one that is none": ([found(verdict="no")], {}),
    "one of each": (
        [found(), found(verdict="unknown"), found(verdict="no")],
        {"incident": (1, 2)},
    ),
    "two units are two figures": (
        [found(), found(), found(counting_unit="pixel", verdict="unknown")],
        {"incident": (2, 2), "pixel": (0, 1)},
    ),
    "a quantity is a figure of its own": (
        [launched(55, 55), launched(10, 12)],
        {"attack-row": (2, 2), "launch": (65, 67)},
    ),
    "a possible quantity is not among the certain": (
        [launched(55, 55), launched(10, 12, verdict="unknown")],
        {"attack-row": (1, 2), "launch": (55, 67)},
    ),
    "no upper figure where a possible row has none": (
        [launched(55, 55), launched(None, None, verdict="unknown")],
        {"attack-row": (1, 2), "launch": (55, None)},
    ),
    "at least so many, with no upper figure": (
        [launched(55, 55), launched(10, None)],
        {"attack-row": (2, 2), "launch": (65, None)},
    ),
    "at most so many, with no lower figure": (
        [launched(None, 20)],
        {"attack-row": (1, 1), "launch": (0, 20)},
    ),
    "a row that is no violation takes no figure away": (
        [launched(55, 55), launched(None, None, verdict="no")],
        {"attack-row": (1, 1), "launch": (55, 55)},
    ),
    "a row without a quantity unit says nothing of launches": (
        [launched(55, 55), found(counting_unit="attack-row")],
        {"attack-row": (2, 2), "launch": (55, 55)},
    ),
    "rounds and launches are not added": (
        [launched(55, 55), found(quantity_unit="round", quantity_min=9.0, quantity_max=9.0)],
        {"attack-row": (1, 1), "incident": (1, 1), "launch": (55, 55), "round": (9, 9)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_counts(name: str) -> None:
    rows, expected = ROWS[name]
    assert figures(measured(rows).tallies) == expected


def doubted(least: float, expected: float, most: float, **facts: Any) -> Row:
    return found(incidents_min=least, incidents_expected=expected, incidents_max=most, **facts)


THIRD = 1 / 3
DOUBT = {
    "surely one each": ([doubted(1, 1, 1)] * 3, (3, 3), (3, 3)),
    "two that may be the same": ([doubted(0.5, 0.75, 1)] * 2, (1, 2), (1.5, 1.5)),
    "three that may all be the same": ([doubted(THIRD, 0.5, 1)] * 3, (1, 3), (1.5, 1.5)),
    "one of three counts: it is one all the same": (
        [doubted(THIRD, 0.5, 1), doubted(THIRD, 0.5, 1, verdict="no")], (1, 1), (0.5, 0.5)),
    "one that may be two": ([doubted(1, 1.25, 2)], (1, 2), (1.25, 1.25)),
    "a certain and a possible one that may be the same": (
        [doubted(0.5, 0.75, 1), doubted(0.5, 0.75, 1, verdict="unknown")], (1, 2), (0.75, 1.5)),
    "a thousand thirds": ([doubted(THIRD, THIRD, 1)] * 999, (333, 999), (333, 333)),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBT)
def test_counts_where_it_is_not_sure_which_are_the_same(name: str) -> None:
    rows, expected, average = DOUBT[name]
    (tally,) = measured(rows).tallies
    assert (tally.certain, tally.possible) == expected
    assert tally.expected == pytest.approx(average, abs=1e-5)
    days = [day for day in measured(rows).by_day if day.day == "2025-03-14"]
    assert [(day.certain, day.possible) for day in days] == [expected]


def test_what_an_attack_told_twice_adds_to_a_quantity() -> None:
    twice = [launched(55, 55, quantity_least=27.5), launched(60, 60, quantity_least=27.5)]
    assert figures(measured(twice).tallies) == {"attack-row": (2, 2), "launch": (55, 115)}


def test_part_of_a_launch_is_rounded_down_at_the_lower_end() -> None:
    rows = [launched(7, 7, quantity_least=3.5), launched(9, 9)]
    assert figures(measured(rows).tallies)["launch"] == (12, 16)


def test_span_before_is_counted_beside_the_window() -> None:
    rows = [found(), before(), before(verdict_before="unknown"), before(verdict_before="no")]
    (tally,) = measured(rows).tallies
    assert (tally.certain, tally.possible) == (1, 1)
    assert (tally.before_certain, tally.before_possible) == (1, 2)


def test_missing_figure_before_leaves_the_window_bounded() -> None:
    rows = [launched(5, 5), before(**LAUNCH, quantity_min=None, quantity_max=None)]
    (launches,) = (tally for tally in measured(rows).tallies if tally.unit == "launch")
    assert (launches.certain, launches.possible) == (5, 5)
    assert (launches.before_certain, launches.before_possible) == (0, None)


def test_a_clause_and_a_reading_have_their_own_counts() -> None:
    rows = [found(), found(reading="other", verdict="no"), found(clause="sea")]
    table = counted(rows).table().to_pylist()
    assert [(row["clause"], row["reading"], row["rows"]) for row in table] == [
        ("sea", "as-written", 1),
        ("strikes", "as-written", 1),
    ]


def test_readings_that_differ_are_counted_against_the_first() -> None:
    first = batch([found(), found(), found(verdict="no")])
    second = batch([found(reading="b"), found(reading="b", verdict="unknown"),
                    found(reading="b", verdict="no")])  # fmt: skip
    counts = Counts(KYIV)
    counts.add([first, second])
    assert counts.different["strikes", "as-written"] == 0
    assert counts.different["strikes", "b"] == 1


def test_no_findings_make_an_empty_table() -> None:
    counts = Counts(KYIV)
    counts.add([batch([])])
    assert counts.table().num_rows == 0
    assert set(counts.table().column_names) == {*counting.KEYS, *counting.SUMS}
    assert tallies(counts.table().to_pylist()) == []


def test_folding_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [found(f"2025-03-{day} 12:00", **LAUNCH, quantity_min=1.0, quantity_max=2.0)
            for day in range(14, 29)]  # fmt: skip
    whole = counted(rows).table()
    monkeypatch.setattr(counting, "FOLD_AT", 2)
    assert counted(*([row] for row in rows)).table().equals(whole)


INFORMING = {
    "a kind it prohibits": ({}, True),
    "even where it is no violation by its time": ({"verdict": "no", "time": "no"}, True),
    "even if the place is not known": ({"verdict": "unknown", "place": "unknown"}, True),
    "too broad a kind": ({"verdict": "unknown", "act": "unknown"}, False),
    "too broad a target": ({"verdict": "unknown", "target": "unknown"}, False),
    "another place": ({"verdict": "no", "place": "no"}, False),
    "somebody it does not bind": ({"verdict": "no", "actor": "no"}, False),
}


@pytest.mark.parametrize("name", INFORMING)
def test_informed_by_a_report_of_a_kind_it_prohibits(name: str) -> None:
    facts, expected = INFORMING[name]
    answer = measured([found(**facts)])
    assert answer.informed is expected
    assert answer.vague == (0 if expected or facts["verdict"] == "no" else 1)


def test_comparable_only_where_something_tells_of_the_span_before() -> None:
    assert not measured([found()]).comparable
    assert measured([found(), before()]).comparable
    assert measured([found(), before(time_before="unknown", verdict_before="unknown")]).comparable
    assert not measured([found(), before(act="unknown", verdict_before="unknown")]).comparable
