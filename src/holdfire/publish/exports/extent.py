"""The box round places, a batch at a time: west, south, east, north (RFC 7946, section 5).

West is more than east where the box goes across the antimeridian, which it does where that makes
it narrower by a degree or more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from holdfire.publish.exports.disks import Floats


def boxes(shapes: npt.NDArray[Any]) -> Floats:
    """Return the box of each geometry, one row each; not a number where there is none."""
    found: Floats = shapely.bounds(shapes)
    for at in np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOLYGON):
        west, _, east, _ = shapely.bounds(shapely.get_parts(shapes[at])).T
        found[at, 0], found[at, 2] = west[west > -180.0].min(), east[east < 180.0].max()
    return found


class Extent:
    """Gathers boxes; keeps a few figures for each degree of longitude and no box."""

    def __init__(self) -> None:
        self._south, self._north = np.inf, -np.inf
        self._first, self._last = np.full(360, np.inf), np.full(360, -np.inf)
        self._over = np.zeros(361, np.int64)

    def add(self, found: Floats) -> None:
        """Add boxes, one row each; rows that are not numbers are left out."""
        found = found[np.isfinite(found[:, 0])]
        if not len(found):
            return
        west, south, east, north = found.T
        self._south = min(self._south, float(south.min()))
        self._north = max(self._north, float(north.max()))
        begins, ends = _degree(west), _degree(east)
        np.minimum.at(self._first, begins, west)
        np.maximum.at(self._last, ends, east)
        across = west > east
        np.add.at(self._over, begins, 1)
        np.add.at(self._over, ends + 1, -1)
        self._over[0] += across.sum()
        self._over[360] -= across.sum()

    def box(self) -> list[float] | None:
        """Return west, south, east and north, ``None`` where there was no place."""
        if not np.isfinite(self._south):
            return None
        taken = np.flatnonzero(np.cumsum(self._over)[:360] > 0)
        gaps = np.diff(taken, append=taken[0] + 360)
        # The last gap goes across the antimeridian: of equal ones it is left out of the box.
        at = len(gaps) - 1 - int(np.argmax(gaps[::-1]))
        if gaps[at] <= 1:
            return [-180.0, self._south, 180.0, self._north]
        begins, ends = taken[(at + 1) % len(taken)], taken[at]
        return [float(self._first[begins]), self._south, float(self._last[ends]), self._north]


def _degree(lon: Floats) -> npt.NDArray[np.int64]:
    return np.clip(np.floor(lon + 180.0), 0, 359).astype(np.int64)
