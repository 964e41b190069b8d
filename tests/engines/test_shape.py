"""Outlines as they come: mended where they can be, refused where no place fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from holdfire.engines.shape import from_geojson, from_geometry, joined
from holdfire.errors import GeometryError

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]

FLAT = [[[0, 0], [1, 1], [2, 2], [0, 0]]]
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("swapped", {"type": "Point", "coordinates": [48.1, 148.1]}, "latitude exchanged"),
    ("beyond the pole", {"type": "Point", "coordinates": [148.1, 95]}, "latitude 95 is beyond 90"),
    ("metres", {"type": "Point", "coordinates": [500000.0, 10.0]}, "is this in degrees"),
    ("no number", {"type": "Point", "coordinates": [float("nan"), 1.0]}, "empty|not a number"),
    ("empty", {"type": "Polygon", "coordinates": []}, "empty"),
    ("unknown kind", {"type": "Blob", "coordinates": [1, 2]}, '"Blob" cannot be read'),
    ("words", {"type": "Polygon", "coordinates": "here"}, "cannot be read"),
    ("no coordinates", {"type": "Polygon"}, "cannot be read"),
    ("flat", {"type": "Polygon", "coordinates": FLAT}, "encloses nothing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "geometry", "message"), REFUSED, ids=[case[0] for case in REFUSED]
)
def test_refused(what: str, geometry: dict[str, Any], message: str) -> None:
    with pytest.raises(GeometryError, match=message):
        from_geojson(geometry)


def test_direction_of_the_ring_does_not_matter() -> None:
    inside = np.array([1.0]), np.array([1.0])
    for ring in (SQUARE, SQUARE[::-1]):
        shape, remarks = from_geojson({"type": "Polygon", "coordinates": [ring]})
        assert remarks == []
        assert shape.contains(*inside).all()


def test_a_bow_tie_is_mended_and_said() -> None:
    tie = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
    shape, remarks = from_geojson(tie)
    assert len(remarks) == 1
    assert "self-intersection" in remarks[0]
    assert shape.geometry.area == pytest.approx(2.0)


def test_negative_precision_is_refused() -> None:
    with pytest.raises(GeometryError, match="is no distance"):
        from_geometry(shapely.box(0, 0, 1, 1), -1.0)


def test_joined_keeps_the_coarsest_precision_and_one_frame() -> None:
    east, _ = from_geometry(shapely.box(178, 0, 180, 1), 10.0)
    west, _ = from_geometry(shapely.box(-180, 0, -178, 1), 500.0)
    both = joined([east, west])
    assert both.precision_m == 500.0
    assert both.geometry.geom_type == "Polygon"
    assert both.contains(np.array([179.0, -179.0, 0.0]), np.full(3, 0.5)).tolist() == [
        True,
        True,
        False,
    ]
