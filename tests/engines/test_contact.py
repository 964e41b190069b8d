"""The line of contact: what is left of an outline without coast and border."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from holdfire.engines.contact import line_of_contact
from holdfire.engines.shape import Shape, from_geojson, from_geometry, joined

GEOD = Geod(ellps="WGS84")
COUNTRY = from_geometry(shapely.box(30, 45, 40, 50))[0]
EAST = from_geometry(shapely.box(36, 45, 40, 50))[0]
WEST = from_geometry(shapely.box(30, 45, 36, 50))[0]


def length_km(line: Shape | None) -> float:
    assert line is not None
    return sum(
        GEOD.line_length(*shapely.get_coordinates(part).T) / 1000
        for part in shapely.get_parts(line.geometry)
    )


MERIDIAN_KM = GEOD.line_length([36, 36], [45, 50]) / 1000


def test_coast_and_border_are_left_out() -> None:
    line = line_of_contact({"east": EAST}, COUNTRY)
    assert length_km(line) == pytest.approx(MERIDIAN_KM, rel=0.01)
    assert line is not None
    assert shapely.bounds(line.geometry)[0] == pytest.approx(36.0)


def test_the_same_line_from_either_side() -> None:
    east = line_of_contact({"a": EAST}, COUNTRY)
    west = line_of_contact({"a": WEST}, COUNTRY)
    assert length_km(east) == pytest.approx(length_km(west), rel=0.001)


def test_two_drawn_sides_need_no_theatre() -> None:
    line = line_of_contact({"a": EAST, "b": WEST}, None)
    assert length_km(line) == pytest.approx(MERIDIAN_KM, rel=0.01)


def test_without_theatre_or_second_side_the_whole_outline_is_returned() -> None:
    line = line_of_contact({"a": EAST}, None)
    assert length_km(line) == pytest.approx(
        GEOD.geometry_length(EAST.geometry.exterior) / 1000, rel=0.01
    )


def test_a_wide_theatre_keeps_its_frame() -> None:
    """Edges longer than half the globe, in an outline that is in its frame already."""
    wide = Shape(shapely.box(-100, 0, 100, 10), 0.0)
    line = line_of_contact({"a": wide}, None)
    assert line is not None
    assert shapely.bounds(line.geometry).tolist() == [-100, 0, 100, 10]


def test_a_pocket_has_a_line_of_its_own() -> None:
    pocket = shapely.box(37, 47, 38, 48)
    east = from_geometry(EAST.geometry.difference(pocket))[0]
    line = line_of_contact({"a": east}, COUNTRY)
    expected = MERIDIAN_KM + GEOD.geometry_length(pocket.exterior) / 1000
    assert length_km(line) == pytest.approx(expected, rel=0.02)


def test_nothing_in_the_theatre_nothing_of_a_line() -> None:
    elsewhere = from_geometry(shapely.box(0, 0, 1, 1))[0]
    assert line_of_contact({"a": EAST}, elsewhere) is None


@pytest.mark.real
def test_the_front_of_march_2025_is_some_eleven_hundred_kilometres() -> None:
    """Public maps: a day's control file, an outline by oblast, and the seas taken off it."""
    data = Path(
        os.environ.get("HOLDFIRE_DATA", Path(__file__).parents[2].parent / "shared" / "data")
    )
    files = [
        data / "control" / "2025-03-13.geojson",
        data / "geo" / "ralertsinua_ukraine_regions.json",
        data / "geo" / "black_sea_azov.geojson",
    ]
    if not all(file.is_file() for file in files):
        pytest.skip("the public maps are not here: put them into HOLDFIRE_DATA")
    held, oblasts, sea = (
        joined(
            from_geojson(feature["geometry"])[0]
            for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
        )
        for file in files
    )
    water = shapely.buffer(sea.geometry, 0.03)
    land = from_geometry(oblasts.geometry.difference(water))[0]
    assert 1_000 < length_km(line_of_contact({"russia": held}, land)) < 1_250
