"""The polygon of a place goes round the whole disk that the true place lies in, anywhere."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from holdfire.publish.exports.disks import shapes
from holdfire.publish.exports.extent import Extent, boxes

GLOBE = Geod(ellps="WGS84")
AROUND = np.arange(0.0, 360.0, 1.0)


def drawn(lon: float, lat: float, radius_m: float) -> shapely.Geometry:
    (shape,) = shapes(np.array([lon]), np.array([lat]), np.array([radius_m]))
    return shape


def rim(lon: float, lat: float, radius_m: float) -> tuple[np.ndarray, np.ndarray]:
    same = np.ones_like(AROUND)
    east, north, _ = GLOBE.fwd(lon * same, lat * same, AROUND, radius_m * 0.999_99 * same)
    return east, north


@given(
    st.floats(-180, 180), st.floats(-89, 89),
    st.sampled_from([100.0, 958.0, 15_000.0, 49_000.0, 60_000.0, 500_000.0, 1_500_000.0]),
)  # fmt: skip
def test_no_part_of_the_disk_is_outside(lon: float, lat: float, radius_m: float) -> None:
    shape = drawn(lon, lat, radius_m)
    assert shape.is_valid
    assert shapely.intersects_xy(shape, *rim(lon, lat, radius_m)).all()
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    for part in shapely.get_parts(shape):
        assert part.exterior.is_ccw


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(100, 40_000))
def test_the_polygon_is_hardly_wider(lon: float, lat: float, radius_m: float) -> None:
    for part in shapely.get_parts(drawn(lon, lat, radius_m)):
        for east, north in part.exterior.coords:
            _, _, far = GLOBE.inv(lon, lat, east, north)
            assert far <= radius_m * 1.03 + 4


@pytest.mark.parametrize("lon", [179.99, -179.995])
def test_across_the_antimeridian_are_two_polygons(lon: float) -> None:
    shape = drawn(lon, 51.0, 5_000.0)
    assert shape.geom_type == "MultiPolygon"
    (box,) = boxes(np.array([shape]))
    assert box[0] > 179
    assert box[2] < -179


def test_what_is_not_known_is_not_drawn() -> None:
    nan = np.nan
    made = shapes(
        np.array([nan, 5.0, 5.0, 5.0]), np.array([1.0, nan, 1.0, 1.0]),
        np.array([9.0, 9.0, nan, 0.0]),
    )  # fmt: skip
    assert made[0] is None
    assert made[1] is None
    assert [made[2].wkt, made[3].wkt] == ["POINT (5 1)"] * 2


@pytest.mark.parametrize(
    ("rows", "box"),
    [
        ([], None),
        ([(1, 2, 3, 4)], [1, 2, 3, 4]),
        ([(1, 2, 3, 4), (-9.5, 1, -9, 2)], [-9.5, 1, 3, 4]),
        ([(170, 0, 171, 1), (-171, 2, -170, 3)], [170, 0, -170, 3]),
        ([(179.5, 0, -179.5, 1)], [179.5, 0, -179.5, 1]),
        ([(179.5, 0, -179.5, 1), (-178, 0, -177.25, 1)], [179.5, 0, -177.25, 1]),
        ([(-180, -90, 180, 90)], [-180, -90, 180, 90]),
        ([(-180, 0, -1, 1), (-1, 0, 180, 1)], [-180, 0, 180, 1]),
    ],
)
def test_the_box_round_all(rows: list[tuple[float, ...]], box: list[float] | None) -> None:
    extent = Extent()
    extent.add(np.array([(np.nan,) * 4, *rows], dtype=np.float64))
    assert extent.box() == box
    apart = Extent()
    for row in rows:
        apart.add(np.array([row], dtype=np.float64))
    assert apart.box() == box
