"""Which hexagonal cells an uncertain place may lie in, and the share of it in each.

**Formula.** A place is a disk. One cell alone holds it where the disk lies within the cell, with a
margin for errors of distance; else it may lie in each cell that it touches, by the share of its
area there. Distances and areas are taken in the azimuthal equidistant plane round the disk's
middle, cells' edges as straight.
**Source.** Ours; cells are H3's (Uber, h3geo.org), distances Karney's (J. Geodesy 87, 2013).
**Units.** Degrees of WGS 84 and metres; shares of 0 to 1 that sum to 1.
**Refuses** (``None``) where a disk touches more than ``MOST_CELLS`` cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, pi, sqrt

import h3
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from holdfire.measure.series import Bools, Floats, Ints

GEOD = Geod(ellps="WGS84")
MOST_CELLS = 19
"""A place that may be in more cells than one and two rings round it says nothing of any."""
MARGIN = 0.005
"""The share by which a distance may be wrong; what is certain keeps it."""
SMALLEST = 0.6
"""The smallest cells' edges are some 0.6 of the average."""
CHUNK = 10_000
"""Disks looked at together, so that memory does not grow with their number."""
HERE = shapely.Point(0.0, 0.0)

Shares = list[tuple[str, float]]
Shapes = NDArray[np.object_]


def cells_of(lon: Floats, lat: Floats, radius_m: Floats, size: int) -> list[Shares | None]:
    """Return for each disk, (disks,), the cells of resolution ``size`` it may touch."""
    found: list[Shares | None] = []
    for at in range(0, len(lon), CHUNK):
        part = slice(at, at + CHUNK)
        found.extend(_chunk(lon[part], lat[part], radius_m[part], size))
    return found


def _chunk(lon: Floats, lat: Floats, radius_m: Floats, size: int) -> list[Shares | None]:
    reach = radius_m * (1.0 + MARGIN)
    small = pi * reach**2 <= 2 * MOST_CELLS * h3.average_hexagon_area(size, unit="m^2")
    middles = [h3.latlng_to_cell(*place, size) for place in zip(lat, lon, strict=True)]
    own = _outlines(middles, lon, lat)
    edges = shapely.get_exterior_ring(own)
    alone = small & shapely.contains(own, HERE) & (shapely.distance(edges, HERE) >= reach)
    found: list[Shares | None] = [
        [(middle, 1.0)] if one else None for middle, one in zip(middles, alone, strict=True)
    ]
    rest = np.flatnonzero(small & ~alone)
    for row, shares in zip(rest, _shared(middles, rest, (lon, lat, radius_m), size), strict=True):
        found[row] = shares
    return found


def _shared(
    middles: Sequence[str], rest: Ints, places: tuple[Floats, Floats, Floats], size: int
) -> list[Shares | None]:
    """Return the shares of the disks that no one cell holds, at the places ``rest``."""
    lon, lat, radius_m = (column[rest] for column in places)
    reach = radius_m * (1.0 + MARGIN)
    near = [_near(middles[row], far, size) for row, far in zip(rest, reach, strict=True)]
    of = np.repeat(np.arange(len(rest)), [len(cells) for cells in near])
    names = [cell for cells in near for cell in cells]
    kept = _may_touch(names, lon[of], lat[of], reach[of])
    of, names = of[kept], [names[at] for at in kept]
    shapes = _outlines(names, lon[of], lat[of])
    touches = np.flatnonzero(shapely.distance(shapes, HERE) <= reach[of])
    of, shapes, names = of[touches], shapes[touches], [names[at] for at in touches]
    disks = shapely.buffer(HERE, np.maximum(radius_m, 1.0), quad_segs=16)
    areas = shapely.area(shapely.intersection(shapes, disks[of]))
    found: list[Shares | None] = []
    starts = np.searchsorted(of, np.arange(len(rest) + 1))
    for first, last in pairwise(starts):
        total = areas[first:last].sum()
        shares = zip(names[first:last], (areas[first:last] / total).tolist(), strict=True)
        found.append(None if last - first > MOST_CELLS else list(shares))
    return found


def _near(middle: str, reach: float, size: int) -> Sequence[str]:
    edge = h3.average_hexagon_edge_length(size, unit="m")
    return _disk(middle, ceil(reach / (SMALLEST * edge * sqrt(3))) + 1)


@lru_cache(maxsize=20_000)
def _disk(middle: str, rings: int) -> Sequence[str]:
    return sorted(h3.grid_disk(middle, rings))


def _may_touch(names: Sequence[str], lon: Floats, lat: Floats, reach: Floats) -> Ints:
    """Return the places of the cells whose middle is near enough for their corners to touch."""
    facts = [_middle(cell) for cell in names]
    north, east, size = np.array(facts, dtype=np.float64).reshape(-1, 3).T
    metres = np.asarray(GEOD.inv(lon, lat, east, north)[2])
    near: Bools = metres * (1.0 - MARGIN) <= reach + size
    return np.flatnonzero(near)


def _outlines(names: Sequence[str], lon: Floats, lat: Floats) -> Shapes:
    """Return each cell in the plane round its place."""
    corners = [_corners(cell) for cell in names]
    of = np.repeat(np.arange(len(names)), [len(one) for one in corners])
    flat = np.concatenate(corners) if corners else np.zeros((0, 2))
    azimuth, _, metres = GEOD.inv(lon[of], lat[of], flat[:, 1], flat[:, 0])
    turn = np.radians(azimuth)
    plane = np.column_stack([metres * np.sin(turn), metres * np.cos(turn)])
    found: Shapes = shapely.polygons(shapely.linearrings(plane, indices=of))
    return found


@lru_cache(maxsize=20_000)
def _corners(cell: str) -> Floats:
    found: Floats = np.array(h3.cell_to_boundary(cell), dtype=np.float64)
    return found


@lru_cache(maxsize=20_000)
def _middle(cell: str) -> tuple[float, float, float]:
    """Return a cell's middle (latitude, longitude) and how far its corners reach, metres."""
    lat, lon = h3.cell_to_latlng(cell)
    corners = _corners(cell)
    here = np.ones(len(corners))
    metres = GEOD.inv(here * lon, here * lat, corners[:, 1], corners[:, 0])[2]
    return lat, lon, float(np.max(metres))
