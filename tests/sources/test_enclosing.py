from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from holdfire.errors import RowError
from holdfire.sources.enclosing import disk, disk_of_wkt, place_of

GEOD = Geod(ellps="WGS84")
CORNERS = st.lists(
    st.tuples(st.floats(-4, 4), st.floats(-4, 4)), min_size=2, max_size=6, unique=True
)


@given(lon=st.floats(-175, 175), lat=st.floats(-80, 80), corners=CORNERS, share=st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_every_point_of_a_line_lies_in_its_disk(
    lon: float, lat: float, corners: list[tuple[float, float]], share: float
) -> None:
    line = shapely.LineString([(lon + x, lat + y) for x, y in corners])
    centre_lon, centre_lat, radius_m = disk(line)
    point = line.interpolate(share, normalized=True)
    distance_m = GEOD.inv(centre_lon, centre_lat, point.x, point.y)[2]
    assert distance_m <= radius_m
    # and it is not much wider than half the greatest distance between two of its points
    widest_m = max(
        GEOD.inv(*one, *other)[2] for one in line.coords for other in line.coords
    )  # fmt: skip
    assert radius_m <= 0.62 * widest_m + 4_000


def test_a_line_too_short_to_be_one_is_a_point() -> None:
    line = shapely.LineString([(20.0, 50.0), (20.0, 50.0 + 1e-12), (20.0, 50.0)])
    assert disk(line) == (20.0, 50.0, 1.0)
    assert disk(shapely.LineString([(0.0, 0.0), (0.0, 1.1e-308)])) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [200, 0]},
        {"type": "Point", "coordinates": [0, 90.5]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, float("inf")], [1, 1]]]},
        {"type": "Nonsense", "coordinates": []},
        {"type": "GeometryCollection", "geometries": "x"},
        {"coordinates": [1, 2]},
        "POINT (1 2)",
        [1, 2],
        7,
    ],
)
def test_impossible_geometries(geometry: Any) -> None:
    with pytest.raises(RowError):
        place_of(geometry)


def test_a_given_radius_widens_the_disk_of_an_area() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    assert place_of(square, "500")["radius_m"] == pytest.approx(place_of(square)["radius_m"] + 500)
    assert place_of(None) == {}
    assert place_of({"type": "Polygon", "coordinates": []}) == {}


@pytest.mark.parametrize("words", [None, "", "POINT (1 2)", "nonsense", "LINESTRING (0 0, 0 95)"])
def test_no_disk_of_a_point_or_of_nonsense(words: str | None) -> None:
    assert disk_of_wkt(words) is None
