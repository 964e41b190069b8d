"""Places as what they are: the disk that the true place lies in, as a polygon round it.

A disk is known by its middle and its radius in metres. The polygon goes round the disk and never
cuts into it, so that what lies outside the polygon is surely elsewhere. It is at most 3 %
and 4 m wider, and wider still where a disk reaches so near a pole that its outline is a band of
latitude. A disk across the antimeridian is two polygons (RFC 7946, 3.1.9); rings run anticlockwise
(3.1.6).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate

Floats = npt.NDArray[np.float64]

CORNERS, CORNERS_OF_WIDE = 24, 120
WIDE_M = 50_000.0
"""From here on a straight edge in degrees is no straight edge on the globe: more corners."""
TIGHTEST_M = 6_335_439.0
"""The least radius of curvature of WGS 84, a(1 - e²): angles taken with it are never too small."""
ROUNDING_M = 1.6
DECIMALS = 5
SLIVER = 1e-9
"""Square degrees: less than that beyond the antimeridian is rounding, not a place."""
POLAR = 85.0
"""No outline reaches beyond this parallel: from here on it is a band of latitude."""


def shapes(lon: Floats, lat: Floats, radius_m: Floats) -> npt.NDArray[Any]:
    """Return the geometry of each place, degrees WGS 84: ``None`` where the middle is not finite.

    A place whose radius is not known or zero is its middle, a point.
    """
    made = np.full(len(lon), None, dtype=object)
    placed = np.isfinite(lon) & np.isfinite(lat)
    round_ = placed & np.isfinite(radius_m) & (radius_m > 0)
    bare = placed & ~round_
    made[bare] = shapely.points(np.round(lon[bare], DECIMALS), np.round(lat[bare], DECIMALS))
    reach = np.degrees(np.where(round_, radius_m, 0.0) * 1.02 / TIGHTEST_M)
    with np.errstate(invalid="ignore"):
        inside = np.abs(lon) + 2 * reach / np.cos(np.radians(np.clip(lat, -POLAR, POLAR))) < 180
        wide = round_ & ((radius_m > WIDE_M) | ~inside | (np.abs(lat) + reach > POLAR))
    near = round_ & ~wide
    rings = np.round(_rings(lon[near], lat[near], radius_m[near], CORNERS), DECIMALS)
    made[near] = shapely.polygons(rings)
    for at in np.flatnonzero(wide):
        made[at] = _wide(float(lon[at]), float(lat[at]), float(radius_m[at]), float(reach[at]))
    return made


def _rings(lon: Floats, lat: Floats, radius_m: Floats, corners: int) -> Floats:
    """Return closed rings round the disks, anticlockwise, by the sphere's direct problem."""
    angle = ((radius_m + ROUNDING_M) / np.cos(np.pi / corners) / TIGHTEST_M)[:, None]
    angle = np.minimum(angle, np.pi)
    bearing = np.linspace(0.0, -2 * np.pi, corners + 1)[None, :]
    north = np.radians(lat)[:, None]
    up = np.sin(north) * np.cos(angle) + np.cos(north) * np.sin(angle) * np.cos(bearing)
    east = np.arctan2(
        np.sin(bearing) * np.sin(angle) * np.cos(north), np.cos(angle) - np.sin(north) * up
    )
    ring = np.stack([lon[:, None] + np.degrees(east), np.degrees(np.arcsin(up))], axis=-1)
    ring[:, -1] = ring[:, 0]
    return ring


def _wide(lon: float, lat: float, radius_m: float, reach: float) -> Any:
    if abs(lat) + reach > POLAR:
        low, high = max(-90.0, lat - reach), min(90.0, lat + reach)
        south, north = (-90.0 if low < -POLAR else low), (90.0 if high > POLAR else high)
        return shapely.box(-180.0, round(south, DECIMALS), 180.0, round(north, DECIMALS))
    one = np.array([lon]), np.array([lat]), np.array([radius_m * 1.005])
    ring = shapely.Polygon(np.round(_rings(*one, CORNERS_OF_WIDE)[0], DECIMALS))
    world = shapely.box(-180.0, -90.0, 180.0, 90.0)
    parts = [world.intersection(translate(ring, xoff=turn)) for turn in (-360.0, 0.0, 360.0)]
    found = [part for part in parts if part.area > SLIVER]
    joined = found[0] if len(found) == 1 else shapely.MultiPolygon(found)
    return shapely.orient_polygons(joined)
