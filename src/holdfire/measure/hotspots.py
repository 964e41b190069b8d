"""Where: rates in hexagonal cells, each against its own baseline, with many tests allowed for.

**Formula.** Each place is a disk. A cell surely has an incident whose whole disk lies in it, may
have one whose disk touches it, and has the share of the disk's area that lies in it on average.
Of n incidents of a cell, those in effect are binomial with probability w / (w + w'), w and w' the
days in effect and before, if its rate did not change. Two one-sided exact tests are made on the
counts least in favour of a change (for a rise the certain ones in effect against the possible
ones before); p is twice the smaller. q controls the false discovery rate over all cells tested:
Benjamini–Hochberg where no place is shared between cells, else Benjamini–Yekutieli, for cells that
share an incident depend on one another.
**Source.** Cells: Sahr, White & Kimerling, *CaGIS* 30 (2003); H3 (h3geo.org). Test: Przyborowski &
Wilenski, *Biometrika* 31 (1940). Rates of false discovery: Benjamini & Hochberg, JRSS B 57 (1995);
Benjamini & Yekutieli, *Annals of Statistics* 29 (2001). The counts least in favour are ours.
**Assumptions.** Incidents of a cell come independently of one another, or in heaps of
``dispersion``, by which counts are divided; effort in a cell is proportional to the days given. A
place is as likely anywhere in its disk (for the expected count only). What is too vague for a cell
is in no cell's interval.
**Units.** Incidents; days, or days weighted by reporting effort; metres.
**Refuses** with fewer than 14 days before or 7 in effect, or where no cell may have 6 incidents; a
cell with fewer is shown without a test. Places vaguer than 19 cells are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

import h3
import numpy as np
from scipy.stats import binom, false_discovery_control

from holdfire.errors import HoldfireError
from holdfire.measure.counts import GRAIN
from holdfire.measure.disks import cells_of
from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import FEWEST_BEFORE, FEWEST_IN_EFFECT, Floats
from holdfire.measure.tallies import whole
from holdfire.tables.cells import Cell, CellCount, Found, Hotspots, Method

COARSEST, USUAL, FINEST = 3, 5, 7
"""Resolutions of H3: cells of some 12,000, 250 and 5 square kilometres."""
FEWEST_IN_CELL = 6
"""With equal spans five incidents, all on one side, have a p of 0.06."""
LEVEL = 0.05


@dataclass(frozen=True, eq=False)
class Placed:
    """Incidents of one clause, reading and counting unit; columns are (incidents,).

    ``radius_m`` is NaN where the place is no disk. ``least`` and ``most`` are what each adds to a
    count in effect (0 for ``least`` where it may be no violation), ``least_before`` and
    ``most_before`` to that of the baseline.
    """

    lon: Floats
    lat: Floats
    radius_m: Floats
    least: Floats
    most: Floats
    least_before: Floats
    most_before: Floats

    def __post_init__(self) -> None:
        """Raise a HoldfireError for columns of several lengths, or a least above its most."""
        if len({len(column) for column in vars(self).values()}) > 1:
            raise HoldfireError("places and what they add must be columns of one length")
        if (self.least > self.most).any() or (self.least_before > self.most_before).any():
            raise HoldfireError("what an incident adds at least cannot exceed what it adds at most")


def hotspots(
    placed: Placed,
    days_in_effect: float,
    days_before: float,
    *,
    resolution: int | None = None,
    dispersion: float = 1.0,
) -> Hotspots | Refusal:
    """Return the rates of cells against their own baseline, or why there are none.

    The days may be weighted by effort. ``resolution`` is chosen from the radii where not given.
    """
    if dispersion < 1:
        raise HoldfireError(f"found a dispersion of {dispersion}; expected 1 or more")
    for days, fewest, what in (
        (days_before, FEWEST_BEFORE, "before"),
        (days_in_effect, FEWEST_IN_EFFECT, "in effect"),
    ):
        if days < fewest:
            return Refusal(
                f"{many(days, 'day')} {what} can be compared; at least {fewest} are needed"
            )
    size = resolution_for(placed.radius_m) if resolution is None else resolution
    spread = _spread(placed, size)
    weights = days_in_effect, days_before
    tests = {cell: _p_value(*both, weights, dispersion) for cell, both in spread.counts.items()}
    tried = sorted(cell for cell, (p_value, _) in tests.items() if p_value is not None)
    if not tried:
        return Refusal(
            f"no cell of resolution {size} may have {FEWEST_IN_CELL} incidents or more; that many"
            " are needed to compare one with its own baseline"
        )
    method: Method = "by" if spread.shared else "bh"
    adjusted = false_discovery_control([tests[cell][0] for cell in tried], method=method)
    q_values = dict(zip(tried, np.asarray(adjusted).tolist(), strict=True))
    cells = tuple(
        _cell(cell, *spread.counts[cell], weights, *tests[cell], q_values.get(cell))
        for cell in sorted(spread.counts)
    )
    return Hotspots(size, method, len(tried), cells, spread.vague, spread.without_place)


def resolution_for(radius_m: Floats) -> int:
    """Return the finest resolution where half the disks of the middle radius lie in one cell.

    The middle of a disk that does lies in the hexagon shrunk by its radius. 5 with no radius known.
    """
    known = radius_m[np.isfinite(radius_m)]
    if not len(known):
        return USUAL
    typical = float(np.median(known))
    for size in range(FINEST, COARSEST, -1):
        inner = h3.average_hexagon_edge_length(size, unit="m") * sqrt(3) / 2
        if inner * (1.0 - sqrt(0.5)) >= typical:
            return size
    return COARSEST


@dataclass(frozen=True)
class _Spread:
    counts: dict[str, tuple[CellCount, CellCount]]
    shared: bool
    vague: tuple[int, int]
    without_place: tuple[int, int]


def _spread(placed: Placed, size: int) -> _Spread:
    """Spread incidents over the cells that they may lie in; like places are looked up once."""
    columns = np.stack([placed.least, placed.most, placed.least_before, placed.most_before])
    used = (placed.most > 0) | (placed.most_before > 0)
    known = used & np.isfinite(placed.lon) & np.isfinite(placed.lat) & np.isfinite(placed.radius_m)
    places = np.column_stack([placed.lon, placed.lat, placed.radius_m])[known]
    distinct, which = np.unique(places, axis=0, return_inverse=True)
    # whole grains add up to the same whatever their order
    added = np.zeros((len(distinct), 4))
    np.add.at(added, which.ravel(), np.round(columns[:, known].T / GRAIN))
    sums: dict[str, Floats] = {}
    vague, shared = np.zeros(4), False
    lon, lat, radius_m = distinct.T
    for cells, adds in zip(cells_of(lon, lat, radius_m, size), added, strict=True):
        if cells is None:
            vague += adds
            continue
        shared |= len(cells) > 1
        for cell, share in cells:
            row = sums.setdefault(cell, np.zeros((3, 4)))
            row[0] += adds if len(cells) == 1 else 0.0
            row[1] += adds
            row[2] += np.round(adds * share)
    counts = {cell: (_count(row[:, :2]), _count(row[:, 2:])) for cell, row in sums.items()}
    nowhere = np.round(columns[:, used & ~known] / GRAIN).sum(axis=1)
    return _Spread(counts, shared, _most(vague), _most(nowhere))


def _most(grains: Floats) -> tuple[int, int]:
    return whole(float(grains[1]) * GRAIN), whole(float(grains[3]) * GRAIN)


def _count(grains: Floats) -> CellCount:
    """Return a cell's count from sums (surely, maybe, on average) by (least, most)."""
    sure, maybe, share = (grains * GRAIN).tolist()
    return CellCount(whole(sure[0]), whole(maybe[1]), (share[0], share[1]))


def _p_value(
    now: CellCount, before: CellCount, weights: tuple[float, float], dispersion: float
) -> tuple[float | None, Found]:
    """Return p of the counts least in favour of a change, and which way it would be."""
    if now.possible + before.possible < FEWEST_IN_CELL * dispersion:
        return None, "too few"
    least, least_before = (floor(one.certain / dispersion) for one in (now, before))
    most, most_before = (ceil(one.possible / dispersion) for one in (now, before))
    share = weights[0] / sum(weights)
    rise = float(binom.sf(least - 1, least + most_before, share))
    fall = float(binom.cdf(most, most + least_before, share))
    return min(1.0, 2.0 * min(rise, fall)), "rose" if rise < fall else "fell"


def _cell(
    cell: str, now: CellCount, before: CellCount, weights: tuple[float, float],
    p_value: float | None, direction: Found, q_value: float | None,
) -> Cell:  # fmt: skip
    lat, lon = h3.cell_to_latlng(cell)
    times = weights[0] / weights[1]
    usual = before.certain * times, before.possible * times
    low = now.certain / usual[1] if usual[1] else 0.0
    high = now.possible / usual[0] if usual[0] else None
    ratio = None if low == 0 and high is None else (low, high)
    found: Found = direction
    if q_value is not None and q_value > LEVEL:
        found = "no change found"
    return Cell(cell, lon, lat, now, before, usual, ratio, p_value, q_value, found)
