"""Distances on the WGS 84 ellipsoid from many points to an outline.

Points are handled in tiles of some 6 degrees. In each, the outline's edges are drawn in an
azimuthal equidistant projection around the tile's middle, where the nearest edge is found;
the distance to the point found there is then taken as a geodesic (Karney 2013, by PROJ).
What is left as an error is choosing a neighbouring edge point: under 0.1 % (see
``tests/engines``). Straight edges are straight in longitude and latitude (RFC 7946), so
they are cut fine before they are projected.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from holdfire.engines.shape import Floats, Shape

GEOD = pyproj.Geod(ellps="WGS84")
TILE_DEG = 6.0
CUT_DEG = 0.05
FAR_M = 15_000_000.0
"""Edges farther than this from a tile's middle are left out there: near the antipode the
projection turns inside out."""
AT_LEAST_M = 14_400_000.0
"""No distance is told to be more than this, and one told to be this is at least this: a point
is within 590 km of its tile's middle, so an edge left out is farther away."""
TILES_KEPT = 64
"""Tiles of an outline that stay ready for the next batch."""
ERROR = 0.005
"""The share by which a distance may be wrong; verdicts keep this margin."""


class Outline:
    """An outline ready for distances: its edges cut fine, its inside known."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.area = int(shapely.get_dimensions(shape.geometry)) == 2
        self._tiles: dict[tuple[float, float], _Tile] = {}

    @cached_property
    def _edges(self) -> tuple[Floats, Floats]:
        """Begin and end of every short edge (for sites, twice the site)."""
        geometry = self.shape.geometry
        lines = shapely.boundary(geometry) if self.area else geometry
        if int(shapely.get_dimensions(lines)) == 0:
            sites = shapely.get_coordinates(lines)
            return sites, sites
        fine = shapely.get_parts(shapely.segmentize(lines, CUT_DEG))
        coordinates, index = shapely.get_coordinates(fine, return_index=True)
        within = index[1:] == index[:-1]
        begins, ends = coordinates[:-1][within], coordinates[1:][within]
        seam = self._on_seam(begins) & self._on_seam(ends)
        return begins[~seam], ends[~seam]

    def _on_seam(self, points: Floats) -> NDArray[np.bool_]:
        """Whether a point is on the frame's own edge, which is no edge of the outline."""
        bounds = shapely.bounds(self.shape.geometry)
        if bounds[2] - bounds[0] < 359.9:
            return np.zeros(len(points), dtype=bool)
        at_cut = np.abs(points[:, 0] - self.shape.middle) > 179.999
        at_pole = np.abs(points[:, 1]) > 89.999
        result: NDArray[np.bool_] = at_cut | at_pole
        return result

    def to_edge(self, lon: Floats, lat: Floats) -> Floats:
        """Return metres from each point to the nearest edge, ``AT_LEAST_M`` at most."""
        result = np.full(len(lon), AT_LEAST_M)
        if len(lon) == 0:
            return result
        tiles, middles = _tiles(lon, lat)
        order = np.argsort(tiles, kind="stable")
        borders = np.flatnonzero(np.diff(tiles[order])) + 1
        for rows in np.split(order, borders):
            where = middles[tiles[rows[0]]]
            result[rows] = self._in_tile(lon[rows], lat[rows], where)
        return result

    def signed(self, lon: Floats, lat: Floats) -> Floats:
        """Return metres to the edge, negative inside; for lines and sites never negative."""
        metres = self.to_edge(lon, lat)
        if self.area:
            metres[self.shape.contains(lon, lat)] *= -1.0
        return metres

    def _in_tile(self, lon: Floats, lat: Floats, middle: tuple[float, float]) -> Floats:
        if middle not in self._tiles:
            if len(self._tiles) >= TILES_KEPT:
                self._tiles.clear()
            self._tiles[middle] = _Tile.of(*self._edges, *middle)
        return self._tiles[middle].metres(lon, lat)


@dataclass(frozen=True)
class _Tile:
    """The edges of an outline, drawn round one tile's middle; ``tree`` null: all are far."""

    proj: pyproj.Proj
    first: Floats
    last: Floats
    tree: shapely.STRtree | None

    @classmethod
    def of(cls, begins: Floats, ends: Floats, middle_lon: float, middle_lat: float) -> _Tile:
        proj = pyproj.Proj(proj="aeqd", ellps="WGS84", lon_0=middle_lon, lat_0=middle_lat)
        first = np.column_stack(proj(begins[:, 0], begins[:, 1]))
        sites = begins is ends
        last = first if sites else np.column_stack(proj(ends[:, 0], ends[:, 1]))
        near = np.hypot(first[:, 0], first[:, 1]) < FAR_M
        near &= np.hypot(last[:, 0], last[:, 1]) < FAR_M
        if not near.any():
            return cls(proj, first, last, None)
        first, last = first[near], last[near]
        pairs = np.stack([first, last], axis=1)
        return cls(
            proj, first, last,
            shapely.STRtree(shapely.points(first) if sites else shapely.linestrings(pairs)),
        )  # fmt: skip

    def metres(self, lon: Floats, lat: Floats) -> Floats:
        if self.tree is None:
            return np.full(len(lon), AT_LEAST_M)
        points = np.column_stack(self.proj(lon, lat))
        chosen = self.tree.query_nearest(shapely.points(points), all_matches=False)[1]
        foot = _foot(points, self.first[chosen], self.last[chosen])
        foot_lon, foot_lat = self.proj(foot[:, 0], foot[:, 1], inverse=True)
        metres: Floats = np.minimum(GEOD.inv(lon, lat, foot_lon, foot_lat)[2], AT_LEAST_M)
        return metres


def _foot(points: Floats, first: Floats, last: Floats) -> Floats:
    """Return the point of each segment that is nearest to each point, in the plane."""
    along = last - first
    length = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", points - first, along) / np.where(length > 0, length, 1.0)
    return np.asarray(first + np.clip(share, 0.0, 1.0)[:, None] * along)


def _tiles(lon: Floats, lat: Floats) -> tuple[NDArray[np.int64], dict[int, tuple[float, float]]]:
    """Return the tile number of each point and the middle of each tile in use."""
    band = np.clip(np.floor((lat + 90.0) / TILE_DEG), 0, 180.0 / TILE_DEG - 1).astype(np.int64)
    middle_lat = -90.0 + TILE_DEG * (band + 0.5)
    per_band = np.maximum(1, np.round(360.0 * np.cos(np.radians(middle_lat)) / TILE_DEG))
    width = 360.0 / per_band
    column = np.floor(np.mod(lon + 180.0, 360.0) / width).astype(np.int64)
    tile = band * 1000 + column
    middle_lon = -180.0 + width * (column + 0.5)
    used, at = np.unique(tile, return_index=True)
    return tile, {
        int(number): (float(middle_lon[row]), float(middle_lat[row]))
        for number, row in zip(used, at, strict=True)
    }
