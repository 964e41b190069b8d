"""The place of a geometry as a disk: a point is itself, anything else its enclosing disk.

A report says "somewhere within": the smallest disk round a line or an area claims nothing
that the geometry does not. The radius is measured on the ellipsoid from the disk's centre.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.errors import ShapelyError
from shapely.geometry import shape as shapely_shape

from holdfire.errors import RowError, shown
from holdfire.sources.cells import number

_GEOD = Geod(ellps="WGS84")
_STEP_DEGREES = 0.25
_MOST_VERTICES = 500_000
ENCLOSING = "disk enclosing a {kind}"


def place_of(geometry: Any, radius_given: Any = None) -> dict[str, Any]:
    """Return lon and lat of a GeoJSON geometry, with radius and precision unless it is a point.

    A radius that the source gives besides an area is added to that of the area's disk.
    """
    if geometry is None:
        return {}
    try:
        found = shapely_shape(geometry)
        kind = found.geom_type
        vertices = shapely.get_coordinates(found)
    except (
        ShapelyError,
        RecursionError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        raise RowError(f"geometry {shown(geometry)} is not understood") from error
    if len(vertices) == 0:
        return {}
    check_vertices(vertices)
    if kind == "Point":
        return {"lon": float(vertices[0][0]), "lat": float(vertices[0][1])}
    lon, lat, radius_m = disk(found)
    given_m = number(radius_given, "radius_m") or 0.0
    return {
        "lon": lon, "lat": lat, "radius_m": radius_m + given_m,
        "place_precision": ENCLOSING.format(kind=kind),
    }  # fmt: skip


def disk_of_wkt(words: str | None) -> tuple[float, float, float, str] | None:
    """Return centre, radius and kind of a WKT geometry; null for a point, nothing or nonsense."""
    if not words:
        return None
    try:
        found = shapely.from_wkt(words)
        vertices = shapely.get_coordinates(found)
        if found is None or found.geom_type == "Point" or len(vertices) == 0:
            return None
        check_vertices(vertices)
        return (*disk(found), found.geom_type)
    except (ShapelyError, RowError, TypeError, ValueError):
        return None


def check_vertices(vertices: Any) -> None:
    """Refuse coordinates that no place on earth has."""
    if not np.isfinite(vertices).all():
        raise RowError("a coordinate of the geometry is no number")
    check_position(float(np.max(vertices[:, 0])), float(np.max(vertices[:, 1])))
    check_position(float(np.min(vertices[:, 0])), float(np.min(vertices[:, 1])))


def check_position(lon: float, lat: float) -> None:
    """Refuse a longitude or latitude out of range, and say what it looks like."""
    if not -90 <= lat <= 90:
        hint = f": are longitude and latitude exchanged? (longitude holds {lon:.7g})"
        raise RowError(f"latitude {lat:.7g} is beyond 90{hint if -90 <= lon <= 90 else ''}")
    if not -180 <= lon <= 180:
        raise RowError(f"longitude {lon:.7g} is beyond 180")


_NO_EXTENT_DEGREES = 1e-9
"""A tenth of a millimetre: shorter lines break the routines that lay points and circles on them."""


def disk(geometry: Any) -> tuple[float, float, float]:
    """Return lon, lat and radius in metres of a small disk that holds a geometry.

    GeoJSON edges are straight in degrees, so they are cut into short steps first. The centre
    is that of the smallest circle in a plane round the vertices' mean direction; the radius
    is the longest geodesic from it, with a margin for the half step between vertices.
    """
    west, south, east, north = shapely.bounds(geometry)
    if max(east - west, north - south) < _NO_EXTENT_DEGREES:
        return float(west), float(south), 1.0
    edges_deg = float(shapely.length(geometry))
    dense = geometry
    if edges_deg / _STEP_DEGREES <= _MOST_VERTICES:
        dense = shapely.segmentize(geometry, _STEP_DEGREES)
        margin_deg = 0.0
    else:
        margin_deg = 1.0
    vertices = shapely.get_coordinates(dense)
    lon, lat = np.radians(vertices[:, 0]), np.radians(vertices[:, 1])
    mean = np.array([
        np.cos(lat) @ np.cos(lon), np.cos(lat) @ np.sin(lon), np.sin(lat).sum()
    ])  # fmt: skip
    centre = (
        float(np.degrees(np.arctan2(mean[1], mean[0]))),
        float(np.degrees(np.arctan2(mean[2], np.hypot(mean[0], mean[1])))),
    )
    for _ in range(2):
        azimuths, distances_m = _seen_from(centre, vertices)
        plane = np.column_stack([
            distances_m * np.sin(np.radians(azimuths)), distances_m * np.cos(np.radians(azimuths)),
        ])  # fmt: skip
        middle = shapely.get_coordinates(
            shapely.minimum_bounding_circle(shapely.multipoints(plane))
        )
        x_m, y_m = (middle.min(axis=0) + middle.max(axis=0)) / 2
        bearing = float(np.degrees(np.arctan2(x_m, y_m)))
        moved = _GEOD.fwd(centre[0], centre[1], bearing, float(np.hypot(x_m, y_m)))
        centre = (float(moved[0]), float(moved[1]))
    radius_m = float(_seen_from(centre, vertices)[1].max())
    # Between two vertices a quarter of a degree apart, a line that is straight in degrees
    # strays from the geodesic by less than 50 m, and by less the shorter it is.
    strays_m = min(50.0, radius_m * 0.002) + 0.1
    return centre[0], centre[1], radius_m + strays_m + margin_deg * 111_700.0


def _seen_from(centre: tuple[float, float], vertices: Any) -> tuple[Any, Any]:
    lon = np.full(len(vertices), centre[0])
    lat = np.full(len(vertices), centre[1])
    azimuths, _, distances_m = _GEOD.inv(lon, lat, vertices[:, 0], vertices[:, 1])
    return np.asarray(azimuths), np.asarray(distances_m)
