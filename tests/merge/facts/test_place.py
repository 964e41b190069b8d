"""Places of several reports: no point that all allow is cut off, and what can be narrowed is."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.engines.distance import GEOD
from holdfire.engines.shape import Shape
from holdfire.merge.facts.place import Disk, Ground, Placed, combined, metres


def box(west: float, south: float, east: float, north: float, precision_m: float = 0.0) -> Shape:
    return Shape(shapely.box(west, south, east, north), (west + east) / 2, precision_m)


GROUND = Ground(
    {
        "province": box(30.0, 46.0, 32.0, 48.0),
        "district": box(30.2, 46.2, 30.6, 46.6),
        "next-door": box(32.0, 46.0, 33.0, 48.0),
        "island": box(36.0, 46.0, 36.5, 46.5),
        "namesake": box(31.0, 47.0, 31.2, 47.2),
        "coarse": box(33.05, 46.0, 34.0, 48.0, 5_000.0),
    }
)


def disk(lon: float, lat: float, radius_m: float) -> Placed:
    return Placed(Disk(lon, lat, radius_m))


def area(keys: str) -> Placed:
    return Placed(area=keys)


VILLAGE, TOWN = disk(30.4, 46.4, 2_000.0), disk(30.41, 46.41, 5_000.0)
CASES: dict[str, tuple[list[Placed], Placed]] = {
    "anywhere": ([Placed(), Placed()], Placed()),
    "anywhere and somewhere": ([Placed(), VILLAGE], VILLAGE),
    "a village within a town": ([VILLAGE, TOWN], VILLAGE),
    "a village within a district": ([VILLAGE, area("district")], VILLAGE),
    "a district within a wide disk": (
        [disk(30.4, 46.4, 400_000.0), area("district")], area("district")),
    "a district within a province": ([area("province"), area("district")], area("district")),
    "one of two namesakes is in the district": (
        [area("district|namesake"), area("district")], area("district")),
    "one of two namesakes meets a province": (
        [area("island|namesake"), area("province")], area("namesake")),
    "areas apart": ([area("district"), area("island")], Placed(area="district|island",
                                                                disputed=True)),
    "a wide area adds nothing to areas apart": (
        [area("district"), area("island"), area("district|island")],
        Placed(area="district|island", disputed=True)),
    "outlines that meet within what they are good for": (
        [area("next-door"), area("coarse")], area("next-door")),
    "an area that the case does not know": ([area("nowhere"), VILLAGE], VILLAGE),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_places(name: str) -> None:
    places, expected = CASES[name]
    for order in permutations(places):
        found = combined(GROUND, order)
        if name == "outlines that meet within what they are good for":
            assert not found.disputed
            assert found.area in ("next-door", "coarse")
        else:
            assert found == expected


def test_two_disks_that_overlap_narrow_each_other() -> None:
    one, other = (
        Disk(30.0, 46.0, 10_000.0),
        Disk(*GEOD.fwd(30.0, 46.0, 70.0, 16_000.0)[:2], 10_000.0),
    )
    found = combined(GROUND, [Placed(one), Placed(other)])
    assert not found.disputed
    assert found.disk is not None
    assert found.disk.radius_m == pytest.approx(6_000.0, rel=0.03)
    assert metres(found.disk, one) == pytest.approx(8_000.0, rel=0.03)


def test_places_apart_are_both_kept() -> None:
    one, other = Disk(30.0, 46.0, 3_000.0), Disk(*GEOD.fwd(30.0, 46.0, 70.0, 16_000.0)[:2], 1_000.0)
    found = combined(GROUND, [Placed(one), Placed(other), disk(30.0, 46.0, 100_000.0)])
    assert found.disputed
    assert found.disk is not None
    assert found.disk.radius_m == pytest.approx(10_000.0, rel=0.001)
    assert metres(found.disk, one) + one.radius_m <= found.disk.radius_m
    assert metres(found.disk, other) + other.radius_m <= found.disk.radius_m


def test_a_disk_in_one_of_two_areas_that_meet() -> None:
    near, far = area("province"), area("next-door")
    found = combined(GROUND, [disk(30.4, 46.4, 1_000.0), near, far])
    assert found.disputed, "the two provinces meet, and the village is in one of them only"
    assert found.disk is not None
    for lon, lat in ((30.4, 46.4), (32.0, 46.0), (33.0, 48.0)):
        assert metres(found.disk, Disk(lon, lat, 0)) <= found.disk.radius_m


def test_a_disk_far_from_its_area() -> None:
    found = combined(GROUND, [disk(36.2, 46.2, 1_000.0), area("district")])
    assert found.disputed
    assert found.area is None
    assert found.disk is not None
    for lon, lat in ((36.2, 46.2), (30.2, 46.2), (30.6, 46.6)):
        assert metres(found.disk, Disk(lon, lat, 0)) <= found.disk.radius_m


@st.composite
def disks(draw: st.DrawFn) -> list[Disk]:
    """Return disks that all hold one point, near any latitude and over the antimeridian."""
    lon, lat = draw(st.floats(-180, 180)), draw(st.floats(-75, 75))
    found = []
    for _ in range(draw(st.integers(2, 4))):
        radius = draw(st.sampled_from([500.0, 5_000.0, 25_000.0, 150_000.0, 900_000.0]))
        away = radius * draw(st.floats(0, 0.999))
        at = GEOD.fwd(lon, lat, draw(st.floats(0, 360)), away)
        found.append(Disk(at[0], at[1], radius))
    return [Disk(lon, lat, 0.0), *found]


@given(disks(), st.randoms())
@settings(max_examples=300, deadline=None)
def test_no_point_that_all_allow_is_cut_off(given_: list[Disk], random: Any) -> None:
    point, reports = given_[0], given_[1:]
    found = combined(GROUND, [Placed(one) for one in reports])
    assert found.disk is not None
    assert not found.disputed
    assert found.disk.radius_m <= min(one.radius_m for one in reports)
    assert metres(found.disk, point) <= found.disk.radius_m + 0.01
    random.shuffle(reports)
    assert combined(GROUND, [Placed(one) for one in reports]) == found
    # Points at random of the narrowest disk that are in all of them.
    rng = np.random.default_rng(random.randrange(1 << 30))
    least = min(reports, key=lambda one: one.radius_m)
    azimuth, away = rng.uniform(0, 360, 60), least.radius_m * np.sqrt(rng.uniform(0, 1, 60))
    lons, lats, _ = GEOD.fwd(np.full(60, least.lon), np.full(60, least.lat), azimuth, away)
    for lon, lat in zip(lons, lats, strict=True):
        at = Disk(lon, lat, 0.0)
        if all(metres(at, one) <= one.radius_m for one in reports):
            assert metres(at, found.disk) <= found.disk.radius_m + 0.01
