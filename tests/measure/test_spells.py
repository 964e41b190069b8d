"""Quiet by cell, median spells and shares of longer ones."""

from __future__ import annotations

import h3
import numpy as np
import pytest

from holdfire.measure.quiet import Quiet, quiet
from holdfire.measure.spells import Happened, longer_than, median, quiet_of_cells
from holdfire.tables.measured import Bounded

START = np.datetime64("2031-05-01T00:00", "us")
HOME = h3.latlng_to_cell(48.0, 37.0, 5)
LAT, LON = h3.cell_to_latlng(HOME)
NEXT = sorted(h3.grid_ring(HOME, 1))[0]
HOUR = np.timedelta64(1, "h")
Row = tuple[float, float, float, float, float, bool]
"""Longitude, latitude, radius, first and last hour, whether it surely counts."""


def happened(*rows: Row) -> Happened:
    columns = list(zip(*rows, strict=True)) or [()] * 6
    lon, lat, radius, first, last = (np.array(one, dtype=np.float64) for one in columns[:5])
    begins, ends = (START + np.round(one).astype(int) * HOUR for one in (first, last))
    return Happened(lon, lat, radius, begins, ends, np.array(columns[5], dtype=np.bool_))


def quiet_in(cell: str, *rows: Row) -> tuple[Bounded, Bounded]:
    (one,) = quiet_of_cells([cell], happened(*rows), START, START + 240 * HOUR)
    assert one.cell == cell
    return one.since_last_h, one.longest_quiet_h


def test_what_lies_in_the_cell_for_sure_is_certain() -> None:
    rows: list[Row] = [(LON, LAT, 500, 10, 12, True), (LON, LAT, 500, 100, 101, True)]
    assert quiet_in(HOME, *rows) == (Bounded(139, 140), Bounded(139, 140))


def test_what_may_lie_in_the_next_cell_is_possible_in_both() -> None:
    lat, lon = h3.cell_to_latlng(NEXT)
    between = ((LON + lon) / 2, (LAT + lat) / 2)
    rows: list[Row] = [(LON, LAT, 500, 10, 12, True), (*between, 2000, 100, 101, True)]
    assert quiet_in(HOME, *rows) == (Bounded(139, 230), Bounded(139, 230))
    assert quiet_in(NEXT, *rows) == (Bounded(139, None), Bounded(139, 240))


def test_what_may_be_no_violation_is_possible() -> None:
    assert quiet_in(HOME, (LON, LAT, 500, 10, 12, False)) == (Bounded(228, None), Bounded(228, 240))


@pytest.mark.parametrize(
    "row",
    [
        (LON + 3, LAT, 500, 10, 12, True),
        (float("nan"), LAT, 500, 10, 12, True),
        (LON, LAT, float("nan"), 10, 12, True),
        (LON, LAT, 900_000, 10, 12, True),
    ],
)
def test_what_is_elsewhere_or_too_vague_is_in_no_cell(row: Row) -> None:
    since, longest = quiet_in(HOME, row)
    assert since == Bounded(refused="nothing was alleged")
    assert longest == Bounded(240, 240)


def spells(*hours: float) -> Quiet:
    """Return quiet whose spells are of so many hours, told to the second; the last runs on."""
    at = np.cumsum(hours)
    instants = START + (at[:-1] * 3600).astype(int) * np.timedelta64(1, "s")
    end = START + int(at[-1] * 3600) * np.timedelta64(1, "s")
    sure = np.ones(len(instants), dtype=np.bool_)
    found = quiet(instants, instants, sure, START, end)
    assert isinstance(found, Quiet)
    return found


def test_median_and_shares_of_spells() -> None:
    found = spells(2, 4, 6, 8, 30, 100, 5)
    # by hand: 6/7, then 5/6, then (one of 5 hours running on) 3/4 and 2/3: below a half at 8
    assert median(found) == Bounded(8, 8)
    day = longer_than(found, 24)
    assert not day.refused
    assert day.low is not None
    assert day.high is not None
    assert day.low < 6 / 7 * 5 / 6 * 3 / 4 * 2 / 3 < day.high
    assert longer_than(found, 1) == Bounded(1.0, 1.0)
    assert longer_than(found, 100).low == 0.0


def test_few_spells_have_no_curve() -> None:
    why = "4 quiet spells ended; at least 5 are needed for a curve"
    assert median(spells(2, 4, 6, 8, 30)) == Bounded(refused=why)
    assert longer_than(spells(2, 4, 6, 8, 30), 24) == Bounded(refused=why)
