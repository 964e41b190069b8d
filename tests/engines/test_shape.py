"""Outlines as they come: mended where they can be, refused where no place fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from holdfire.engines.shape import CROSSES, from_geojson, from_geometry, joined
from holdfire.errors import GeometryError

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]


def ring(*points: list[float]) -> dict[str, Any]:
    """A polygon of one ring, closed here."""
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


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
    ("round the pole", ring([0, 80], [90, 80], [180, 80], [-90, 80]), "round a pole"),
    ("half a globe and back", ring([-170, 0], [0, 0], [170, 0], [170, 9], [-170, 9]),
     "more than half the globe wide"),
    ("wide and crossing", ring([80, 0], [179, 0], [-170, 0], [-90, 0], [-90, 9], [-170, 9],
     [179, 9], [80, 9]), "inside is not certain"),
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


@pytest.mark.parametrize("half", [0.1, 1.0, 10.0, 80.0])
def test_the_short_way_over_the_antimeridian_is_taken_and_said(half: float) -> None:
    west, east = 180 - half, -180 + half
    shape, remarks = from_geojson(ring([west, 10], [east, 10], [east, 40], [west, 40]))
    assert remarks == [CROSSES]
    inside = shape.contains(np.array([180.0, 180 - half / 2, 0.0]), np.full(3, 20.0))
    assert inside.tolist() == [True, True, False]


def test_a_zone_as_wide_as_the_globe_needs_vertices_in_between() -> None:
    wide = [*range(-170, 171, 85)]
    bottom, top = [[lon, 10] for lon in wide], [[lon, 40] for lon in reversed(wide)]
    shape, remarks = from_geojson(ring(*bottom, *top))
    assert remarks == []
    inside = shape.contains(np.array([180.0, 0.0]), np.full(2, 20.0))
    assert inside.tolist() == [False, True]


def test_a_zone_all_round_the_globe_crosses_nothing() -> None:
    shape, remarks = from_geojson(ring([-180, 10], [180, 10], [180, 40], [-180, 40]))
    assert remarks == []
    assert shape.contains(np.array([180.0, 0.0, -180.0]), np.full(3, 20.0)).all()


def test_a_hole_is_in_the_frame_of_its_outline() -> None:
    outline = [[170, -9], [-170, -9], [-170, 9], [170, 9], [170, -9]]
    hole = [[-176, -2], [-174, -2], [-174, 2], [-176, 2], [-176, -2]]
    shape, remarks = from_geojson({"type": "Polygon", "coordinates": [outline, hole]})
    assert remarks == [CROSSES]
    inside = shape.contains(np.array([175.0, -175.0, -172.0]), np.zeros(3))
    assert inside.tolist() == [True, False, True]


def test_a_line_takes_the_short_way_too() -> None:
    line = {"type": "LineString", "coordinates": [[170, 0], [-170, 0]]}
    shape, remarks = from_geojson(line)
    assert remarks == [CROSSES]
    assert shapely.length(shape.geometry) == pytest.approx(20.0)


WIDE = shapely.box(-179.5, 0, 179.1, 10)
FRAMES = [
    ("over the seam, into the other side", (179.2, 180.7), False, False),
    ("beyond the seam, in the other side", (180.6, 180.9), True, False),
    ("in the gap", (179.2, 180.4), False, True),
    ("in it", (100.0, 110.0), True, False),
    ("over its edge", (179.0, 179.2), False, False),
]


@pytest.mark.parametrize(
    ("what", "lon", "covers", "disjoint"), FRAMES, ids=[case[0] for case in FRAMES]
)
def test_outlines_meet_in_every_frame(
    what: str, lon: tuple[float, float], covers: bool, disjoint: bool
) -> None:
    own = from_geometry(shapely.segmentize(WIDE, 90))[0]
    other = from_geometry(shapely.box(lon[0], 4, lon[1], 5))[0]
    assert own.covers(other) is covers
    assert own.disjoint(other) is disjoint
    assert other.disjoint(own) is disjoint


def test_what_goes_all_round_covers_what_is_over_its_seam() -> None:
    own = from_geometry(shapely.box(-180, 0, 180, 10))[0]
    assert own.covers(from_geometry(shapely.box(179, 4, 181, 5))[0])


def test_what_shapely_cannot_do_is_refused_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict")

    monkeypatch.setattr(shapely, "union_all", fails)
    with pytest.raises(GeometryError, match="side location conflict"):
        from_geometry(shapely.box(0, 0, 1, 1))
