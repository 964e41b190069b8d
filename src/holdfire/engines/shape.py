"""Outlines on the globe: GeoJSON made safe to compute with.

Coordinates are WGS 84 degrees, longitude first (RFC 7946). An outline that crosses the
antimeridian, whether cut at 180 degrees or not, is brought into one unbroken frame of
longitudes around its own middle, so that no seam is mistaken for an edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from holdfire.errors import GeometryError, shown

Floats = NDArray[np.float64]
HALF_TURN = 180.0
FULL_TURN = 359.999
"""An edge this wide in longitude goes round the globe on purpose; it is not a crossing."""
CROSSES = (
    "an edge spans more than half the globe: read as crossing the antimeridian (RFC 7946 wants "
    "it cut there); for an outline as wide as the globe add vertices in between"
)


@dataclass(frozen=True, eq=False)
class Shape:
    """An outline in one frame of longitudes.

    ``middle`` is the longitude the frame is centred on: every point of the outline lies
    within 180 degrees of it. ``precision_m``: the true edge is within this many metres.
    """

    geometry: BaseGeometry
    middle: float
    precision_m: float = 0.0

    def into_frame(self, lon: Floats) -> Floats:
        """Return longitudes shifted by full turns into this outline's frame."""
        return self.middle + np.mod(lon - self.middle + 180.0, 360.0) - 180.0

    def contains(self, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        """Return for each point whether it is inside or on the edge."""
        shapely.prepare(self.geometry)
        inside: NDArray[np.bool_] = shapely.intersects_xy(self.geometry, self.into_frame(lon), lat)
        return inside

    def covers(self, other: Shape) -> bool:
        """Return whether all of another outline lies in this one or on its edge."""
        return bool(shapely.covers(self.beside(other), other.geometry))

    def disjoint(self, other: Shape) -> bool:
        """Return whether this outline and another share no point."""
        return bool(shapely.disjoint(self.beside(other), other.geometry))

    def beside(self, other: Shape) -> BaseGeometry:
        """Return this geometry in the frame of another, once for every turn that reaches it.

        Two frames overlap at either end, so an outline can meet another on both sides.
        """
        nearest = 360.0 * round((other.middle - self.middle) / 360.0)
        turned = [_turned(self.geometry, nearest + more) for more in (-360.0, 0.0, 360.0)]
        west, _, east, _ = shapely.bounds(other.geometry)
        reaching = [
            one
            for one in turned
            if shapely.bounds(one)[0] <= east and shapely.bounds(one)[2] >= west
        ]
        if len(reaching) < 2:
            return reaching[0] if reaching else turned[1]
        return shapely.union_all(reaching)


def from_geojson(geometry: Mapping[str, Any], precision_m: float = 0.0) -> tuple[Shape, list[str]]:
    """Read a GeoJSON geometry; return it with remarks on what had to be mended.

    Raises :class:`GeometryError` for what cannot be read or has impossible coordinates.
    """
    try:
        parsed = shapely.geometry.shape(geometry)
    except Exception as error:
        kind = geometry.get("type") if isinstance(geometry, Mapping) else geometry
        raise GeometryError(f"geometry {shown(kind)} cannot be read ({error})") from error
    if parsed.is_empty:
        raise GeometryError("the geometry is empty")
    return from_geometry(shapely.force_2d(parsed), precision_m)


def from_geometry(geometry: BaseGeometry, precision_m: float = 0.0) -> tuple[Shape, list[str]]:
    """Bring a geometry into one frame and mend what can be; return it with remarks."""
    _refuse_impossible(shapely.get_coordinates(geometry))
    if not (np.isfinite(precision_m) and precision_m >= 0):
        raise GeometryError(f"precision_m {shown(precision_m)} is no distance")
    try:
        return _framed(geometry, float(precision_m))
    except shapely.errors.GEOSException as error:
        raise GeometryError(f"the geometry cannot be used ({shown(error)})") from error


def _framed(geometry: BaseGeometry, precision_m: float) -> tuple[Shape, list[str]]:
    unwrapped, crosses = _unwrapped(geometry)
    remarks = [CROSSES] if crosses else []
    whole = shapely.transform(geometry, lambda _: unwrapped)
    parts = shapely.get_parts(whole)
    if not shapely.is_valid(whole):
        remarks.append(f"the outline was mended: {shapely.is_valid_reason(whole).lower()}")
        parts = shapely.get_parts(shapely.make_valid(whole))
        dimension = int(shapely.get_dimensions(whole))
        parts = parts[shapely.get_dimensions(parts) == dimension]
        if len(parts) == 0:
            raise GeometryError("the outline encloses nothing")
    middle = _middle(parts)
    shifted = [_near(part, middle) for part in parts]
    return Shape(shapely.union_all(shifted), middle, precision_m), remarks


def joined(shapes: Iterable[Shape]) -> Shape:
    """Return several outlines as one, in the first one's frame; the coarsest precision holds."""
    given = list(shapes)
    if len(given) == 1:
        return given[0]
    parts = [part for shape in given for part in shapely.get_parts(shape.geometry)]
    middle = _middle(parts)
    near = [_near(part, middle) for part in parts]
    return Shape(shapely.union_all(near), middle, max(shape.precision_m for shape in given))


def _refuse_impossible(coordinates: Floats) -> None:
    if not np.isfinite(coordinates).all():
        raise GeometryError("a coordinate is not a number")
    lon, lat = coordinates[:, 0], coordinates[:, 1]
    if (np.abs(lat) > 90.0).any():
        worst = float(lat[np.argmax(np.abs(lat))])
        hint = "are longitude and latitude exchanged?" if (np.abs(lon) <= 90.0).all() else ""
        raise GeometryError(f"latitude {worst:g} is beyond 90: {hint}".rstrip(": "))
    if (np.abs(lon) > 540.0).any():
        worst = float(lon[np.argmax(np.abs(lon))])
        raise GeometryError(f"longitude {worst:g} is no place: is this in degrees (WGS 84)?")


def _unwrapped(geometry: BaseGeometry) -> tuple[Floats, bool]:
    """Return the coordinates without jumps over the antimeridian, and whether there were any.

    Holes are brought into the frame of the outline they are in.
    """
    whole: Floats = shapely.get_coordinates(geometry).copy()
    crosses = False
    position = 0
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        closed = int(shapely.get_dimensions(part)) == 2
        outer: Floats | None = None
        for ring in shapely.get_rings(part) if closed else [part]:
            lon = whole[position : position + int(shapely.get_num_coordinates(ring)), 0]
            position += len(lon)
            crosses |= _unwrap(lon, closed=closed)
            if outer is None:
                outer = lon
            else:
                lon += _turns_into(lon, outer)
    return whole, crosses


def _unwrap(lon: Floats, *, closed: bool) -> bool:
    """Undo the jumps of one ring or line in place; return whether there were any.

    Raises :class:`GeometryError` for a ring that jumps in a way that leaves its inside open.
    """
    step = np.diff(lon)
    crossing = (np.abs(step) > HALF_TURN) & (np.abs(step) < FULL_TURN)
    if not crossing.any():
        return False
    turns = np.cumsum(np.where(crossing, -np.sign(step), 0.0))
    if closed and turns[-1] != 0.0:
        raise GeometryError(
            "the outline goes round a pole, or has an edge more than half the globe wide",
            advice="draw it from -180 to 180 with an edge along the pole (latitude 90 or -90); "
            "in an outline as wide as the globe add vertices in between",
        )
    lon[1:] += 360.0 * turns
    if closed and np.ptp(lon) >= HALF_TURN:
        raise GeometryError(
            "an edge spans more than half the globe, and the outline's inside is not certain",
            advice="add vertices in between, or cut the outline at 180 degrees (RFC 7946)",
        )
    return True


def _turns_into(hole: Floats, outer: Floats) -> float:
    """Return the degrees, whole turns, that bring a hole into the outline around it."""
    for turn in (0.0, 360.0, -360.0):
        if outer.min() <= hole.min() + turn and hole.max() + turn <= outer.max():
            return turn
    return 0.0


def _middle(parts: Iterable[BaseGeometry]) -> float:
    """Return the longitude in the middle of all parts, round the globe.

    A part that goes round the globe on its own keeps its own frame.
    """
    given = np.asarray(list(parts), dtype=object)
    bounds = shapely.bounds(given)
    round_the_globe = bounds[:, 2] - bounds[:, 0] >= FULL_TURN
    if round_the_globe.any():
        west, _, east, _ = bounds[int(np.argmax(round_the_globe))]
        return float(west + east) / 2.0
    lon = np.unique(np.mod(shapely.get_coordinates(given)[:, 0], 360.0))
    if len(lon) == 1:
        return float(lon[0] if lon[0] <= 180.0 else lon[0] - 360.0)
    gaps = np.diff(np.append(lon, lon[0] + 360.0))
    widest = int(np.argmax(gaps))
    middle = lon[widest] + gaps[widest] / 2.0 + 180.0
    return float(np.mod(middle + 180.0, 360.0) - 180.0)


def _near(part: BaseGeometry, middle: float) -> BaseGeometry:
    bounds = shapely.bounds(part)
    turns = 360.0 * round((middle - (bounds[0] + bounds[2]) / 2.0) / 360.0)
    return _turned(part, turns)


def _turned(part: BaseGeometry, degrees: float) -> BaseGeometry:
    return shapely.transform(part, lambda xy: xy + np.array([degrees, 0.0])) if degrees else part
