"""Rounding places to a grid, without ever saying less than the truth allows.

A cell is at least ``grid_m`` on each side, at every latitude. A point moves to the centre
of its cell and its radius grows by the cell's half diagonal: so the disk still contains
the disk it came from, and how far the point moved cannot be read off the new radius.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Floats = npt.NDArray[np.float64]

WGS84 = Geod(ellps="WGS84")
LEAST_M_PER_DEGREE_LAT = 110_574.0
"""Length of a degree of latitude at the equator, where it is shortest."""
LEAST_M_PER_DEGREE_LON = 111_319.0
"""Length of a degree of longitude at the equator; times cos(latitude) a lower bound elsewhere."""
AT_CENTRE_DEG = 1e-9


def coarsen(lon: Floats, lat: Floats, radius_m: Floats, grid_m: float) -> tuple[Any, Any, Any]:
    """Return the cell centres and the radii that keep every original disk inside.

    NaN stays NaN. A point that is already a cell's centre is left as it is, so that doing
    it twice is doing it once.
    """
    if grid_m <= 0:
        return lon, lat, radius_m
    known = np.isfinite(lon) & np.isfinite(lat)
    lons, lats = np.where(known, lon, 0.0), np.where(known, lat, 0.0)
    rows = max(1, int(180 * LEAST_M_PER_DEGREE_LAT // grid_m))
    height = 180 / rows
    row = np.clip(np.floor((lats + 90) / height), 0, rows - 1)
    south, north = -90 + row * height, -90 + (row + 1) * height
    narrow = np.cos(np.radians(np.maximum(np.abs(south), np.abs(north))))
    columns = np.maximum(1, np.floor(360 * LEAST_M_PER_DEGREE_LON * narrow / grid_m))
    width = 360 / columns
    column = np.mod(np.floor((lons + 180) / width), columns)
    new_lon, new_lat = -180 + (column + 0.5) * width, (south + north) / 2
    reach = _half_diagonal_m(new_lat, np.where(np.abs(south) < np.abs(north), south, north), width)
    moved = (np.abs(new_lon - lons) > AT_CENTRE_DEG) | (np.abs(new_lat - lats) > AT_CENTRE_DEG)
    new_radius = np.where(moved, np.ceil(radius_m + reach), radius_m)
    nothing = np.full_like(lons, np.nan)
    return (
        np.where(known, new_lon, nothing),
        np.where(known, new_lat, nothing),
        np.where(known, new_radius, nothing),
    )


def _half_diagonal_m(middle: Floats, wide: Floats, width: Floats) -> Floats:
    """Return the distance from cell centres to their farthest corners, at the wider edge.

    Cells around a pole are caps, not rectangles: there half the globe's width bounds it.
    """
    zero = np.zeros_like(middle)
    _, _, corner = WGS84.inv(zero, middle, np.minimum(width / 2, 180.0), wide)
    _, _, pole = WGS84.inv(zero, middle, zero, np.copysign(90.0, middle))
    capped = np.abs(middle) + np.abs(wide - middle) * 1.5 > 90
    return np.asarray(np.where(capped, np.maximum(corner, pole), corner) * 1.000001)
