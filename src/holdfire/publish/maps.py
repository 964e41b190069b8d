"""The map of the bulletin: uncertain places as the disks and areas they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.geometry.base import BaseGeometry

from holdfire.publish import land
from holdfire.publish.facts import length
from holdfire.publish.projection import WIDTH, View, path, view
from holdfire.publish.safe import named, plain

MOST_DISKS = 4000
SMALLEST_PX = 3.0
FARTHEST_REACH_M = 150_000.0
"""A disk larger than this does not widen the map: it would hide every other place."""
WIDEST_SHARE = 0.15
LETTER_PX, LINE_PX = 8.0, 17.0
"""Room for a letter and a line of a label; generous, because fonts differ."""
GRATICULE_DEG = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)


@dataclass(frozen=True, slots=True)
class Layers:
    """Geometry behind the findings, in degrees: ``(label, geometry)`` pairs.

    An area's label is its key in the incidents' ``area`` column. ``control`` is the day of
    the control file and its line of contact or its polygons.
    """

    zones: tuple[tuple[str, BaseGeometry], ...] = ()
    areas: tuple[tuple[str, BaseGeometry], ...] = ()
    control: tuple[str, BaseGeometry] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, key: str) -> str:
        """Return what a zone or an area is called: its title, or its key made readable."""
        return self.titles.get(key) or named(key)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn outline, its label and where the label goes."""

    label: str
    path: str
    kind: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Disk:
    """A place known to within its radius, in picture units."""

    x: float
    y: float
    r: float
    kind: str


@dataclass(frozen=True, slots=True)
class Map:
    """Everything the template draws."""

    width: float
    height: float
    land: str
    zones: list[Shape]
    areas: list[Shape]
    control: Shape | None
    disks: list[Disk]
    graticule: list[Shape]
    bar_px: float
    bar_label: str
    placed: dict[str, int]
    by_area: list[tuple[str, int, int]]
    unplaced: int
    undrawn: int
    smallest: str
    wide: list[str]


def draw(findings: pa.Table, incidents: pa.Table, layers: Layers) -> Map | None:
    """Return the map of the incidents that are, or may be, alleged violations.

    ``None`` where there is nothing to place and no layer to show.
    """
    places = _places(findings, incidents)
    lon, lat, radius = (np.asarray(places[n], dtype=float) for n in ("lon", "lat", "radius_m"))
    on_map = np.isfinite(lon) & np.isfinite(lat)
    hit = _areas_hit(places, on_map)
    seen = _seen(lon[on_map], lat[on_map], radius[on_map], layers, hit)
    if seen is None:
        return None
    disks, undrawn = _disks(seen, lon[on_map], lat[on_map], radius[on_map], places["kind"][on_map])
    bar_m = _bar(seen)
    drawn, wide = _areas(seen, layers, hit)
    labels: list[tuple[float, float, float]] = []
    areas = _unclashed(drawn[::-1], labels)[::-1]
    zones = _unclashed(_zones(seen, layers), labels)
    kinds = places["kind"][on_map].tolist()
    return Map(
        WIDTH, seen.height,
        "".join(path(seen.shape(g)) for g in land.within(*seen.degrees())),
        zones, areas, _control(seen, layers),
        disks, list(_graticule(seen)), bar_m / seen.metres_per_px, length(bar_m),
        {"yes": kinds.count("yes"), "unknown": kinds.count("unknown")},
        [(plain(layers.title(k)), *v) for k, v in sorted(hit.items())],
        int((~on_map).sum()) - int(sum(places["has_area"][~on_map])), undrawn,
        length(SMALLEST_PX * seen.metres_per_px), wide,
    )  # fmt: skip


def _places(findings: pa.Table, incidents: pa.Table) -> dict[str, Any]:
    """Return one row per incident that is or may be an alleged violation; ``yes`` wins."""
    verdicts = findings["verdict"].cast(pa.string())
    sure = pc.unique(findings.filter(pc.equal(verdicts, "yes"))["incident_id"])
    open_ = pc.unique(findings.filter(pc.equal(verdicts, "unknown"))["incident_id"])
    either = pc.unique(pa.concat_arrays([_flat(sure), _flat(open_)]))
    rows = incidents.filter(pc.is_in(incidents["incident_id"], value_set=either))
    rows = rows.sort_by("incident_id")
    is_sure = pc.is_in(rows["incident_id"], value_set=_flat(sure)).to_pylist()
    areas = rows["area"].to_pylist()
    return {
        "kind": np.array(["yes" if one else "unknown" for one in is_sure], dtype=object),
        "area": areas,
        "has_area": np.array([bool(a) for a in areas], dtype=bool),
        **{n: rows[n].to_numpy() for n in ("lon", "lat", "radius_m")},
    }


def _areas_hit(places: dict[str, Any], on_map: Any) -> dict[str, tuple[int, int]]:
    """Return per area how many certain and how many possible places name it.

    An incident that may have been in one of several areas is only possible in each.
    """
    hit: dict[str, tuple[int, int]] = {}
    for area, kind, is_disk in zip(places["area"], places["kind"], on_map, strict=True):
        if is_disk or not area:
            continue
        names = str(area).split("|")
        for name in names:
            sure, open_ = hit.get(name, (0, 0))
            certain = kind == "yes" and len(names) == 1
            hit[name] = (sure + certain, open_ + (not certain))
    return hit


def _seen(
    lon: Any, lat: Any, radius: Any, layers: Layers, hit: dict[str, tuple[int, int]]
) -> View | None:
    reach = np.minimum(np.nan_to_num(radius, nan=0.0, posinf=FARTHEST_REACH_M), FARTHEST_REACH_M)
    shown = [g for _, g in layers.zones] + [g for key, g in layers.areas if key in hit]
    if layers.control is not None and not shown and not len(lon):
        shown.append(layers.control[1])
    corners = [shapely.get_coordinates(g) for g in shown if not g.is_empty]
    points = np.concatenate([np.column_stack([lon, lat]), *corners])
    reaches = np.concatenate([reach, *(np.zeros(len(c)) for c in corners)])
    return view(points[:, 0], points[:, 1], reaches) if len(points) else None


def _disks(seen: View, lon: Any, lat: Any, radius: Any, kind: Any) -> tuple[list[Disk], int]:
    """Return the disks, equal ones once, larger and possible ones underneath."""
    x, y = seen.points(lon, lat)
    r = np.maximum(np.nan_to_num(radius, nan=0.0) / seen.metres_per_px, SMALLEST_PX)
    unique = sorted(
        {
            (str(k) == "yes", -round(float(c), 1), round(float(a), 1), round(float(b), 1))
            for a, b, c, k in zip(x, y, r, kind, strict=True)
        }
    )
    disks = [Disk(a, b, -c, "yes" if sure else "unknown") for sure, c, a, b in unique]
    over = max(0, len(disks) - MOST_DISKS)
    return disks[over:], over


def _zones(seen: View, layers: Layers) -> list[Shape]:
    shapes = []
    for label, geometry in layers.zones:
        flat = seen.shape(geometry)
        if flat.is_empty:
            continue
        spot = flat.representative_point()
        shown = plain(layers.title(label), 60)
        shapes.append(Shape(shown, path(flat, lines=True), "", round(spot.x, 1), round(spot.y, 1)))
    return shapes


def _areas(
    seen: View, layers: Layers, hit: dict[str, tuple[int, int]]
) -> tuple[list[Shape], list[str]]:
    """Return the areas that a place is known to, larger ones underneath, and those too wide.

    An area that fills much of the map says nothing about where, would bury the rest, and is
    mostly a country, whose outline is a border. It is named instead of drawn.
    """
    found: list[tuple[float, Shape]] = []
    wide: list[str] = []
    for key, geometry in sorted(layers.areas, key=lambda pair: pair[0]):
        flat = seen.shape(geometry) if key in hit else shapely.GeometryCollection()
        if flat.is_empty:
            continue
        if flat.area > WIDEST_SHARE * WIDTH * seen.height:
            wide.append(plain(layers.title(key)))
            continue
        kind = "yes" if hit[key][0] else "unknown"
        spot = flat.representative_point()
        label = plain(layers.title(key), 40)
        shape = Shape(label, path(flat), kind, round(spot.x, 1), round(spot.y, 1))
        found.append((-flat.area, shape))
    return [shape for _, shape in sorted(found, key=lambda pair: pair[0])], wide


def _unclashed(shapes: list[Shape], taken: list[tuple[float, float, float]]) -> list[Shape]:
    """Return the shapes, without the labels that would lie over one that is already there."""
    made = []
    for shape in shapes:
        half = LETTER_PX * len(shape.label) / 2
        clashes = any(
            abs(shape.y - y) < LINE_PX and abs(shape.x - x) < half + other for x, y, other in taken
        )
        beyond = shape.x - half < 0 or shape.x + half > WIDTH
        if shape.label and not clashes and not beyond:
            taken.append((shape.x, shape.y, half))
            made.append(shape)
        else:
            made.append(replace(shape, label=""))
    return made


def _control(seen: View, layers: Layers) -> Shape | None:
    if layers.control is None:
        return None
    day, geometry = layers.control
    edge = geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry
    return Shape(plain(day), path(seen.shape(edge), lines=True))


def _bar(seen: View) -> float:
    """Return the longest round length that takes up at most a quarter of the width."""
    room = WIDTH * seen.metres_per_px / 4
    power = 10.0 ** np.floor(np.log10(room))
    return float(max(n * power for n in (1, 2, 5) if n * power <= room))


def _graticule(seen: View) -> Iterator[Shape]:
    west, south, east, north = seen.degrees()
    span = max(east - west - 2, north - south - 2)
    step = next((s for s in GRATICULE_DEG if span / s <= 7), GRATICULE_DEG[-1])
    for lat in np.arange(np.ceil(south / step), north / step) * step:
        x, y = seen.points(np.linspace(west, east, 80), np.full(80, lat))
        yield _line(x, y, f"{abs(lat):g}°{'N' if lat >= 0 else 'S'}", np.abs(x).argmin(), "lat")
    for lon in np.arange(np.ceil(west / step), east / step) * step:
        x, y = seen.points(np.full(80, lon), np.linspace(south, north, 80))
        turned = (lon + 180) % 360 - 180
        label = f"{abs(turned):g}°{'E' if turned >= 0 else 'W'}"
        yield _line(x, y, label, np.abs(y - seen.height).argmin(), "lon")


def _line(x: Any, y: Any, label: str, at: Any, kind: str) -> Shape:
    text = "L".join(f"{a:g} {b:g}" for a, b in np.round(np.column_stack([x, y]), 1))
    return Shape(label, f"M{text}", kind, round(float(x[at]), 1), round(float(y[at]), 1))


def _flat(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
