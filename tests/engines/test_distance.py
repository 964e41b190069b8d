"""Distances against an independent oracle: geodesics to densely sampled edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from holdfire.engines.distance import AT_LEAST_M, ERROR, Outline
from holdfire.engines.shape import from_geojson, from_geometry

GEOD = Geod(ellps="WGS84")


def sampled(geometry: object, step_deg: float = 0.001) -> np.ndarray:
    """Points along the edges, close enough to stand for them."""
    points: np.ndarray = shapely.get_coordinates(shapely.segmentize(geometry, step_deg))
    return points


def oracle(lon: float, lat: float, edge: np.ndarray) -> float:
    away = GEOD.inv(np.full(len(edge), lon), np.full(len(edge), lat), edge[:, 0], edge[:, 1])[2]
    return float(away.min())


@settings(max_examples=300, deadline=None)
@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-89, 89),
    bearing=st.floats(0, 360),
    metres=st.floats(2_000, 400_000),
    slant=st.floats(-1, 1),
)
def test_within_half_a_percent_at_every_latitude(
    lon: float, lat: float, bearing: float, metres: float, slant: float
) -> None:
    at_lon, at_lat, _ = GEOD.fwd(lon, lat, bearing, metres)
    reach = 0.2 / max(np.cos(np.radians(at_lat)), 0.02)
    line = shapely.linestrings(
        [[at_lon, at_lat], [at_lon + reach, float(np.clip(at_lat + 0.2 * slant, -89.9, 89.9))]]
    )
    shape, _ = from_geometry(line)
    found = Outline(shape).to_edge(np.array([lon]), np.array([lat]))[0]
    expected = oracle(lon, lat, sampled(line, 0.0005))
    # Sampling overestimates by up to half a step's width, some 30 m at the equator.
    assert found <= expected * (1 + ERROR) + 1
    assert found >= expected * (1 - ERROR) - 60


@pytest.mark.parametrize("latitude", [-85.0, -60.0, -30.0, 0.0, 15.0, 48.0, 66.0, 80.0, 88.0])
@pytest.mark.parametrize("bearing", [0.0, 45.0, 90.0, 200.0, 270.0])
@pytest.mark.parametrize("metres", [10.0, 1_000.0, 20_000.0, 300_000.0])
def test_to_one_site(latitude: float, bearing: float, metres: float) -> None:
    lon, lat, _ = GEOD.fwd(179.9, latitude, bearing, metres)
    shape, _ = from_geometry(shapely.points(179.9, latitude))
    found = Outline(shape).to_edge(np.array([lon]), np.array([lat]))[0]
    assert found == pytest.approx(metres, rel=ERROR)


ACROSS: dict[str, dict[str, Any]] = {
    "not cut": {
        "type": "Polygon",
        "coordinates": [[[170, -10], [-170, -10], [-170, 10], [170, 10], [170, -10]]],
    },
    "cut in two": {
        "type": "MultiPolygon",
        "coordinates": [
            [[[170, -10], [180, -10], [180, 10], [170, 10], [170, -10]]],
            [[[-180, -10], [-170, -10], [-170, 10], [-180, 10], [-180, -10]]],
        ],
    },
    "beyond 180": {
        "type": "Polygon",
        "coordinates": [[[170, -10], [190, -10], [190, 10], [170, 10], [170, -10]]],
    },
}


@pytest.mark.parametrize("drawn", ACROSS, ids=str)
def test_the_antimeridian_is_no_edge(drawn: str) -> None:
    shape, remarks = from_geojson(ACROSS[drawn])
    signed = Outline(shape).signed(np.array([180.0, -180.0, 179.0, -171.0, 0.0]), np.zeros(5))
    ten_degrees = GEOD.inv(180.0, 0.0, 180.0, 10.0)[2]
    assert bool(remarks) == (drawn == "not cut")
    assert signed[:2] == pytest.approx([-ten_degrees, -ten_degrees], rel=ERROR)
    assert signed[3] == pytest.approx(-GEOD.inv(-171, 0, -170, 0)[2], rel=ERROR)
    assert signed[4] > 0


def test_a_cap_round_the_pole() -> None:
    cap, _ = from_geojson(
        {
            "type": "Polygon",
            "coordinates": [[[-180, -90], [180, -90], [180, -60], [-180, -60], [-180, -90]]],
        }
    )
    signed = Outline(cap).signed(np.array([10.0, 179.99, -165.0]), np.array([-55.0, -70.0, -70.0]))
    to_parallel = GEOD.inv(10, -55, 10, -60)[2]
    assert signed[0] == pytest.approx(to_parallel, rel=ERROR)
    assert signed[1:] == pytest.approx([-GEOD.inv(0, -70, 0, -60)[2]] * 2, rel=ERROR)


def test_the_other_side_of_the_globe_is_far() -> None:
    shape, _ = from_geometry(shapely.box(-1, -1, 1, 1))
    assert Outline(shape).to_edge(np.array([180.0]), np.array([0.5]))[0] > 10_000_000


@settings(max_examples=200, deadline=None)
@given(
    lon=st.floats(-180, 180), lat=st.floats(-90, 90), bearing=st.floats(0, 360),
    metres=st.floats(13_000_000, 20_000_000),
)  # fmt: skip
def test_far_away_no_more_is_told_than_is_so(
    lon: float, lat: float, bearing: float, metres: float
) -> None:
    at_lon, at_lat, _ = GEOD.fwd(lon, lat, bearing, metres)
    line = shapely.linestrings([[at_lon, at_lat], [at_lon, at_lat * 0.9]])
    found = Outline(from_geometry(line)[0]).to_edge(np.array([lon]), np.array([lat]))[0]
    expected = oracle(lon, lat, sampled(line, 0.01))
    assert found <= expected * (1 + ERROR)
    assert found >= min(expected * (1 - ERROR), AT_LEAST_M) - 1_000


def test_a_hole_is_outside() -> None:
    ring = shapely.Polygon(
        shapely.box(30, 45, 34, 49).exterior, [shapely.box(31, 46, 33, 48).exterior]
    )
    shape, _ = from_geometry(ring)
    signed = Outline(shape).signed(np.array([32.0, 30.5]), np.array([47.0, 47.0]))
    assert signed[0] > 0 > signed[1]


def test_nothing_asked_nothing_answered() -> None:
    shape, _ = from_geometry(shapely.box(0, 0, 1, 1))
    assert len(Outline(shape).signed(np.array([]), np.array([]))) == 0
