"""Quiet by cell: how long each of some cells was quiet, and since when.

**Formula.** An incident lies surely in a cell that its whole disk lies in, and may lie in each that
its disk touches; of the incidents of one cell, those sure in time and place are certain. Quiet,
the spells and their curve are those of ``quiet.py``.
**Source.** That quiet is local: Lundgren, Svensson & Karakus, *J. Conflict Resolution* 67 (2023).
**Assumptions.** As in ``quiet.py``: quiet means that nothing was reported from there. What is
placed too vaguely for a cell is in none, so a cell may be less quiet than it looks.
**Units.** Hours.
**Refuses** what ``quiet.py`` refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import h3
import numpy as np

from holdfire.measure.disks import GEOD, cells_of
from holdfire.measure.quiet import Curve, Instants, Quiet, quiet
from holdfire.measure.series import Bools, Floats
from holdfire.tables.cells import CellQuiet
from holdfire.tables.measured import Bounded

NONE_ALLEGED = "nothing was alleged"
SPAN = 4.0
"""Incidents whose middle is farther from a cell's than so many of its edges cannot be in it."""


@dataclass(frozen=True, eq=False)
class Happened:
    """Where and when things happened; columns are (incidents,), times UTC, radii metres.

    ``certain`` says which surely count and happened within ``begins`` and ``ends``.
    """

    lon: Floats
    lat: Floats
    radius_m: Floats
    begins: Instants
    ends: Instants
    certain: Bools


def quiet_of_cells(
    cells: Sequence[str], happened: Happened, effect: np.datetime64, until: np.datetime64
) -> tuple[CellQuiet, ...]:
    """Return the quiet of each cell between ``effect`` and ``until``, in the order given."""
    return tuple(_of(cell, happened, effect, until) for cell in cells)


def _of(cell: str, happened: Happened, effect: np.datetime64, until: np.datetime64) -> CellQuiet:
    size = h3.get_resolution(cell)
    lat, lon = h3.cell_to_latlng(cell)
    here = np.ones(len(happened.lon))
    known = np.isfinite(happened.lon) & np.isfinite(happened.lat) & np.isfinite(happened.radius_m)
    metres = np.full(len(here), np.inf)
    metres[known] = GEOD.inv(
        here[known] * lon, here[known] * lat, happened.lon[known], happened.lat[known]
    )[2]
    reach = SPAN * h3.average_hexagon_edge_length(size, unit="m") + happened.radius_m
    near = np.flatnonzero(metres <= np.where(known, reach, 0.0))
    shares = cells_of(happened.lon[near], happened.lat[near], happened.radius_m[near], size)
    touched = [one is not None and cell in dict(one) for one in shares]
    alone = np.array([one is not None and len(one) == 1 for one in shares], dtype=np.bool_)
    own = near[touched]
    sure = happened.certain[own] & alone[touched]
    found = quiet(happened.begins[own], happened.ends[own], sure, effect, until)
    if not isinstance(found, Quiet):
        why = Bounded(refused=found.reason)
        return CellQuiet(cell, why, why, why)
    since = found.since_last
    return CellQuiet(
        cell,
        Bounded(refused=NONE_ALLEGED) if since is None else Bounded(*since),
        Bounded(*found.longest_spell),
        median(found),
    )


def median(found: Quiet) -> Bounded:
    """Return the median quiet spell in hours, or why there is none."""
    ends = []
    for curve in (found.shortest, found.longest):
        if not isinstance(curve, Curve):
            return Bounded(refused=curve.reason)
        ends.append(curve.median_hours)
    low, high = ends
    return Bounded(0.0 if low is None else low, None if low is None else high)


def longer_than(found: Quiet, hours: float) -> Bounded:
    """Return the share of quiet spells longer than so many hours: 95 %, whatever is left open."""
    ends = {}
    for curve, bound in ((found.shortest, "low"), (found.longest, "high")):
        if not isinstance(curve, Curve):
            return Bounded(refused=curve.reason)
        at = int(np.searchsorted(curve.hours, hours, side="right")) - 1
        ends[bound] = 1.0 if at < 0 else float(getattr(curve, bound)[at])
    return Bounded(ends["low"], ends["high"])
