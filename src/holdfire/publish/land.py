"""Where land is: the bundled coastline, cut to the part a map needs."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

DATA = "land-50m.json.gz"
PER_DEGREE = 1000.0


@cache
def _polygons() -> tuple[tuple[tuple[Any, ...], ...], Any]:
    """Return the rings of each polygon in degrees, and each polygon's bounds."""
    packed = resources.files("holdfire.publish").joinpath(DATA).read_bytes()
    rings = tuple(
        tuple(np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / PER_DEGREE for ring in polygon)
        for polygon in json.loads(gzip.decompress(packed))
    )
    bounds = np.array([[*p[0].min(axis=0), *p[0].max(axis=0)] for p in rings])
    return rings, bounds


def within(west: float, south: float, east: float, north: float) -> list[BaseGeometry]:
    """Return the land inside a box of degrees, which may reach beyond 180 or -180."""
    rings, bounds = _polygons()
    found = []
    for turn in (-360.0, 0.0, 360.0):
        frame = box(west - turn, south, east - turn, north)
        meets = (
            (bounds[:, 0] <= east - turn) & (bounds[:, 2] >= west - turn)
            & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        )  # fmt: skip
        for at in np.flatnonzero(meets):
            outer, *holes = rings[at]
            land = shapely.make_valid(Polygon(outer, holes))
            cut = shapely.intersection(land, frame)
            if not cut.is_empty:
                found.append(shapely.transform(cut, lambda xy, by=turn: xy + np.array([by, 0.0])))
    return found
