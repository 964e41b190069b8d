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
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, pi, sqrt

import h3
import numpy as np
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

Shares = list[tuple[str, float]]


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
    inside, metres = _to_edge(_outlines(middles, lon, lat))
    alone = small & inside & (metres > 0) & (metres >= reach)
    found: list[Shares | None] = [
        [(middle, 1.0)] if one else None for middle, one in zip(middles, alone, strict=True)
    ]
    rest = np.flatnonzero(small & ~alone)
    if len(rest):
        shared = _shared(middles, rest, (lon, lat, radius_m), size)
        for row, shares in zip(rest, shared, strict=True):
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
    outlines = _outlines(names, lon[of], lat[of])
    inside, metres = _to_edge(outlines)
    touches = inside | (metres <= reach[of])
    areas = _areas(outlines, np.maximum(radius_m, 1.0)[of])[touches]
    of, names = of[touches], [names[at] for at in np.flatnonzero(touches)]
    found: list[Shares | None] = []
    for first, last in pairwise(np.searchsorted(of, np.arange(len(rest) + 1))):
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


@dataclass(frozen=True, eq=False)
class _Outlines:
    """Edges of polygons, one after another: each from ``start`` to ``end``, (edges, 2), metres.

    ``first`` is where each polygon's edges begin, ``of`` which polygon an edge is of.
    """

    start: Floats
    end: Floats
    first: Ints
    of: Ints


def _outlines(names: Sequence[str], lon: Floats, lat: Floats) -> _Outlines:
    """Return each cell in the plane round its place, which is the origin."""
    corners = [_corners(cell) for cell in names]
    counts = np.array([len(one) for one in corners])
    of = np.repeat(np.arange(len(names)), counts)
    flat = np.concatenate(corners)
    azimuth, _, metres = GEOD.inv(lon[of], lat[of], flat[:, 1], flat[:, 0])
    turn = np.radians(azimuth)
    plane = np.column_stack([metres * np.sin(turn), metres * np.cos(turn)])
    first = np.cumsum(counts) - counts
    following = np.arange(1, len(plane) + 1)
    following[first + counts - 1] = first
    return _Outlines(plane, plane[following], first, of)


def _to_edge(outlines: _Outlines) -> tuple[Bools, Floats]:
    """Return whether each polygon holds the origin, and how far its nearest edge is, metres."""
    start, end = outlines.start, outlines.end
    turned = np.add.reduceat(_angle(start, end), outlines.first)
    along = end - start
    length = np.maximum(_dot(along, along), np.finfo(float).tiny)
    foot = start + along * np.clip(-_dot(start, along) / length, 0.0, 1.0)[:, None]
    inside: Bools = np.abs(turned) > pi
    metres: Floats = np.minimum.reduceat(np.hypot(*foot.T), outlines.first)
    return inside, metres


def _areas(outlines: _Outlines, radius_m: Floats) -> Floats:
    """Return the area that each polygon shares with a circle round the origin, square metres.

    Edge by edge: the triangle over the part of it within the circle, and sectors over the rest.
    """
    start, end, radius = outlines.start, outlines.end, radius_m[outlines.of]
    along = end - start
    length, lean = np.maximum(_dot(along, along), np.finfo(float).tiny), _dot(start, along)
    under = lean**2 - length * (_dot(start, start) - radius**2)
    half = np.sqrt(np.maximum(under, 0.0))
    enters, leaves = (np.clip((-lean + way * half) / length, 0.0, 1.0) for way in (-1.0, 1.0))
    crossed = (under > 0) & (enters < leaves)
    # where the circle is not met, the edge is seen as a sector from its start to its end
    enters, leaves = np.where(crossed, enters, 1.0), np.where(crossed, leaves, 1.0)
    into, out = start + along * enters[:, None], start + along * leaves[:, None]
    doubled = radius**2 * (_angle(start, into) + _angle(out, end)) + _cross(into, out)
    found: Floats = np.abs(np.add.reduceat(doubled, outlines.first)) / 2.0
    return found


def _angle(one: Floats, other: Floats) -> Floats:
    found: Floats = np.arctan2(_cross(one, other), _dot(one, other))
    return found


def _cross(one: Floats, other: Floats) -> Floats:
    found: Floats = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return found


def _dot(one: Floats, other: Floats) -> Floats:
    found: Floats = (one * other).sum(axis=1)
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
