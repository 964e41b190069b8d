"""From degrees to a flat picture whose scale bar is right.

Azimuthal equidistant about the middle of the map, on the WGS 84 ellipsoid: at every
latitude and across the antimeridian lengths are within 1 % out to 1,500 km from the middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]

WIDTH = 960.0
LEAST_HEIGHT, MOST_HEIGHT = 420.0, 760.0
LEAST_EXTENT_M = 20_000.0
MARGIN = 0.07
LONGEST_STEP_DEG = 0.5
"""Straight lines in degrees are bent in the picture; points at most this far apart follow."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture ``WIDTH`` wide: which metres of the projection it shows, at what scale."""

    proj: Any
    lon: float
    lat: float
    left_m: float
    top_m: float
    metres_per_px: float
    height: float

    def points(self, lon: Any, lat: Any) -> tuple[Floats, Floats]:
        """Return picture coordinates of places in degrees."""
        x, y = self.proj(np.asarray(lon, float), np.asarray(lat, float))
        return (
            (np.asarray(x) - self.left_m) / self.metres_per_px,
            (self.top_m - np.asarray(y)) / self.metres_per_px,
        )

    def shape(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in picture coordinates, cut to the picture, without detail too fine."""
        dense = shapely.segmentize(geometry, LONGEST_STEP_DEG)
        flat = shapely.transform(dense, lambda xy: np.column_stack(self.points(xy[:, 0], xy[:, 1])))
        if not np.isfinite(shapely.get_coordinates(flat)).all():
            return shapely.GeometryCollection()
        near = shapely.make_valid(shapely.simplify(flat, 0.25, preserve_topology=False))
        # A little beyond the edge, so that the cut itself is never drawn as an outline.
        return shapely.intersection(near, shapely.box(-9, -9, WIDTH + 9, self.height + 9))

    def degrees(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of all that the picture shows; east may pass 180."""
        xs = np.linspace(0, WIDTH, 40) * self.metres_per_px + self.left_m
        ys = self.top_m - np.linspace(0, self.height, 40) * self.metres_per_px
        grid_x, grid_y = np.meshgrid(xs, ys)
        lon, lat = self.proj(grid_x.ravel(), grid_y.ravel(), inverse=True)
        turned = self.lon + np.mod(np.asarray(lon) - self.lon + 180, 360) - 180
        good = np.isfinite(turned) & np.isfinite(lat)
        lats = np.asarray(lat)[good]
        return (
            float(turned[good].min()) - 1, max(-90.0, float(lats.min()) - 1),
            float(turned[good].max()) + 1, min(90.0, float(lats.max()) + 1),
        )  # fmt: skip


def view(lon: Floats, lat: Floats, reach_m: Floats) -> View:
    """Return the view that shows every place with the distance around it that belongs to it."""
    middle_lon = middle_longitude(lon)
    middle_lat = float(lat.min() + lat.max()) / 2
    proj = Proj(proj="aeqd", lat_0=middle_lat, lon_0=middle_lon, ellps="WGS84")
    x, y = (np.asarray(v, float) for v in proj(lon, lat))
    left, right = float((x - reach_m).min()), float((x + reach_m).max())
    bottom, top = float((y - reach_m).min()), float((y + reach_m).max())
    wide = max(right - left, LEAST_EXTENT_M) * (1 + 2 * MARGIN)
    high = max(top - bottom, LEAST_EXTENT_M) * (1 + 2 * MARGIN)
    height = round(min(max(WIDTH * high / wide, LEAST_HEIGHT), MOST_HEIGHT))
    scale = max(wide / WIDTH, high / height)
    return View(
        proj, middle_lon, middle_lat,
        (left + right) / 2 - scale * WIDTH / 2, (bottom + top) / 2 + scale * height / 2,
        scale, float(height),
    )  # fmt: skip


def middle_longitude(lon: Floats) -> float:
    """Return the middle of the shortest arc that holds every longitude."""
    around = np.unique(np.mod(lon, 360.0))
    gaps = np.diff(np.append(around, around[0] + 360.0))
    widest = int(gaps.argmax())
    start = around[(widest + 1) % len(around)]
    middle = float(start + (360.0 - gaps[widest]) / 2)
    return float(np.mod(middle + 180.0, 360.0) - 180.0)


def path(geometry: BaseGeometry, *, lines: bool = False) -> str:
    """Return SVG path data of a geometry's polygons, or of its lines and edges."""
    pieces = []
    for part in shapely.get_parts(geometry, return_index=False):
        kind = part.geom_type
        if part.is_empty:
            continue
        if kind in ("MultiPolygon", "MultiLineString", "GeometryCollection"):
            pieces.append(path(part, lines=lines))
        elif kind == "Polygon":
            pieces += [_ring(r, closed=True) for r in (part.exterior, *part.interiors)]
        elif kind in ("LineString", "LinearRing") and lines:
            pieces.append(_ring(part, closed=False))
    return "".join(pieces)


def _ring(line: BaseGeometry, *, closed: bool) -> str:
    points = np.round(shapely.get_coordinates(line), 1)
    moved = np.append([True], (np.diff(points, axis=0) != 0).any(axis=1))
    text = "L".join(f"{x:g} {y:g}" for x, y in points[moved])
    return f"M{text}{'Z' if closed else ''}"
