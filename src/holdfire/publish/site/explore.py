"""What lies behind the disks of the moving map, and the words that its script says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from holdfire.publish import land
from holdfire.publish.maps import FARTHEST_REACH_M
from holdfire.publish.safe import plain
from holdfire.publish.site.columns import middle_of
from holdfire.publish.site.nearby import Area
from holdfire.publish.site.publication import Publication, address
from holdfire.publish.site.selection import Selection

M_PER_DEGREE = 111_000.0
LEAST_SPAN_DEG = 0.2
DETAIL = 1 / 3000
"""Outlines are drawn to this share of the map's width: finer than a pixel of most screens."""
WIDEST_SHARE = 0.6
"""Areas wider than this share of the map say nothing about where, and are mostly countries."""
WIDEST_TIMES = 1.5
"""Nor does the map make room for what holds all the rest and is so many times as wide."""
EDGE_DEG = 0.3
DECIMALS = 4


def words() -> dict[str, str]:
    """Return the texts that the script says, by key; a catalogue goes in here."""
    text = resources.files("holdfire.publish.site").joinpath("words.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


def write_map(
    folder: Path, selection: Selection, areas: Sequence[Area], publication: Publication
) -> None:
    """Write ``map.json``: bounds, land, areas, zones and the line of contact of each day."""
    layers = publication.layers
    middle = middle_of(selection.places)
    outlines = {key: _turned(shape, middle) for key, shape in layers.areas}
    zones = [(key, _turned(shape, middle)) for key, shape in layers.zones]
    hit = {area.key for area in areas}
    shown = [shape for _, shape in zones] + [outlines[key] for key in sorted(hit)]
    shown = _told_apart(shown)
    box = _bounds(selection, middle, shown)
    west, south, east, north = box
    span = max(east - west, (north - south) * 1.5)
    fine = span * DETAIL
    around = (west - span, max(-85.0, south - span), east + span, min(85.0, north + span))
    whole: dict[str, Any] = {
        "bounds": [round(one, DECIMALS) for one in box],
        "around": [round(one, DECIMALS) for one in around],
        "land": [_json(shape, fine) for shape in land.within(*around)],
        "areas": [
            [
                nth,
                plain(area.title, 80),
                _json(outlines[area.key], fine),
                _middle(outlines[area.key]),
            ]
            for nth, area in enumerate(areas)
            if _wide(outlines[area.key]) <= WIDEST_SHARE * (east - west)
        ],
        "zones": [
            [plain(layers.title(key), 80), _json(shape, fine), address(key)] for key, shape in zones
        ],
        "lines": [
            [day, _json(_line(_turned(shape, middle)), fine)] for day, shape in publication.lines
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / "map.json").write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _told_apart(shown: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return the outlines without those that hold all smaller ones and much more.

    Such are mostly countries: the map would make room for them and show nothing else.
    """
    kept: list[BaseGeometry] = []
    box = shapely.Polygon()
    for shape in sorted((s for s in shown if not s.is_empty), key=lambda s: s.envelope.area):
        holds = bool(kept) and shape.envelope.buffer(EDGE_DEG).contains(box)
        if not holds or _wide(shape) <= WIDEST_TIMES * _wide(box):
            kept.append(shape)
            box = shapely.union(box, shape.envelope).envelope
    return kept


def _bounds(
    selection: Selection, middle: float, shown: Sequence[BaseGeometry]
) -> tuple[float, float, float, float]:
    boxes = [shape.bounds for shape in shown if not shape.is_empty]
    for place in selection.places:
        if place.lon is None or place.lat is None:
            continue
        lon = middle + (place.lon - middle + 180.0) % 360.0 - 180.0
        high = min(place.radius_m or 0.0, FARTHEST_REACH_M) / M_PER_DEGREE
        wide = high / max(0.1, float(np.cos(np.radians(place.lat))))
        boxes.append((lon - wide, place.lat - high, lon + wide, place.lat + high))
    if not boxes:
        return (-180.0, -60.0, 180.0, 80.0)
    found = np.array(boxes)
    west, south = found[:, :2].min(axis=0)
    east, north = found[:, 2:].max(axis=0)
    more = max(0.0, LEAST_SPAN_DEG - (east - west)) / 2
    return float(west - more), float(south), float(east + more), float(north)


def _turned(shape: BaseGeometry, middle: float) -> BaseGeometry:
    def turn(points: Any) -> Any:
        return np.column_stack(
            [middle + (points[:, 0] - middle + 180.0) % 360.0 - 180.0, points[:, 1]]
        )

    return shapely.transform(shape, turn)


def _line(shape: BaseGeometry) -> BaseGeometry:
    return shape.boundary if shape.geom_type.endswith("Polygon") else shape


def _json(shape: BaseGeometry, fine: float) -> Any:
    thin = shapely.simplify(shape, fine, preserve_topology=True)
    return json.loads(
        shapely.to_geojson(shapely.transform(thin, lambda at: np.round(at, DECIMALS)))
    )


def _wide(shape: BaseGeometry) -> float:
    west, _, east, _ = shape.bounds
    return float(east - west)


def _middle(shape: BaseGeometry) -> list[float]:
    at = shape.representative_point()
    return [round(at.x, DECIMALS), round(at.y, DECIMALS)]
