"""Which findings are, or may be, in which named area of the case.

A place lies surely in an area that holds all of it, and may lie in one that it meets. A place at
least as large as the area says too little to be listed there: such are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from holdfire.publish.exports.disks import shapes
from holdfire.publish.maps import Layers
from holdfire.publish.site.selection import Line, Place, Selection

SLIVER = 0.002
"""Outlines drawn by different hands overlap by slivers: a share as small is none."""


@dataclass(slots=True)
class Area:
    """A named area: findings surely in it, findings that may be, and how many too wide to say."""

    key: str
    title: str
    inside: list[Line] = field(default_factory=list)
    maybe: list[Line] = field(default_factory=list)
    wider: int = 0

    @property
    def lines(self) -> list[tuple[Line, bool]]:
        """The listed findings in order of time, each with whether it is surely here."""
        both = [(line, True) for line in self.inside] + [(line, False) for line in self.maybe]
        return sorted(both, key=lambda pair: (pair[0].day or "9999", pair[0].id))


def by_area(selection: Selection, layers: Layers) -> list[Area]:
    """Return the areas that any finding is or may be in, by their titles."""
    outlines = dict(layers.areas)
    shapely.prepare(list(outlines.values()))
    relations = [_relations(place, outlines) for place in _shaped(selection.places, outlines)]
    areas = {key: Area(key, layers.title(key)) for key in outlines}
    for line in selection.lines:
        if line.place < 0:
            continue
        for key, how in relations[line.place].items():
            area = areas[key]
            if how == "wider":
                area.wider += 1
            else:
                (area.inside if how == "inside" else area.maybe).append(line)
    some = [area for area in areas.values() if area.inside or area.maybe]
    return sorted(some, key=lambda area: (area.title.casefold(), area.key))


def _shaped(
    places: list[Place], outlines: dict[str, BaseGeometry]
) -> list[tuple[Place, BaseGeometry | None]]:
    """Return each place with its outline: its disk, or none where it is named areas."""
    lon, lat, radius = (
        np.array([np.nan if v is None else v for v in values], float)
        for values in (
            [p.lon for p in places], [p.lat for p in places], [p.radius_m for p in places],
        )
    )  # fmt: skip
    disks: Any = shapes(lon, lat, radius) if places else []
    return [(place, disk) for place, disk in zip(places, disks, strict=True)]


def _relations(
    placed: tuple[Place, BaseGeometry | None], outlines: dict[str, BaseGeometry]
) -> dict[str, str]:
    place, disk = placed
    if disk is not None:
        return _of_shape(disk, outlines)
    keys = [key for key in place.areas if key in outlines]
    if len(keys) == 1:
        found = _of_shape(outlines[keys[0]], outlines)
        return found | {keys[0]: "inside"}
    found = {}
    for key in keys:
        for other, how in _of_shape(outlines[key], outlines).items():
            found[other] = "maybe" if how == "inside" else how
    return found | dict.fromkeys(keys, "maybe")


def _of_shape(shape: BaseGeometry, outlines: dict[str, BaseGeometry]) -> dict[str, str]:
    found = {}
    for key, outline in outlines.items():
        if not _meet(shape.bounds, outline.bounds) or not shapely.intersects(shape, outline):
            continue
        if shapely.covers(outline, shape):
            found[key] = "inside"
            continue
        if shape.area > 0:
            share = shapely.intersection(shape, outline).area
            if share < SLIVER * min(shape.area, outline.area or shape.area):
                continue
            if shape.area - share < SLIVER * shape.area:
                found[key] = "inside"
                continue
        found[key] = "wider" if shape.area >= outline.area else "maybe"
    return found


def _meet(a: Any, b: Any) -> bool:
    return bool(a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3])
