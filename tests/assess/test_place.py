"""Question 2, place, on literal rows: disks and named areas, zones that stand and that move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.assess.conftest import (
    DAY,
    LINE,
    MINUTE,
    PLAIN,
    compiled,
    control,
    east_of,
    facts,
    findings,
    ground,
    verdict,
)

DISKS = [
    ("well inside", 31.0, 46.0, 1_000.0, "yes"),
    ("inside, disk over the edge", 31.9, 46.0, 20_000.0, "unknown"),
    ("just outside, disk over the edge", 32.1, 46.0, 20_000.0, "unknown"),
    ("well outside", 33.0, 46.0, 1_000.0, "no"),
    ("a point inside", 31.9, 46.0, 0.0, "yes"),
    ("larger than the zone", 31.0, 46.0, 900_000.0, "unknown"),
]


@pytest.mark.parametrize(
    ("what", "lon", "lat", "radius", "expected"), DISKS, ids=[c[0] for c in DISKS]
)
def test_disk_in_an_area(what: str, lon: float, lat: float, radius: float, expected: str) -> None:
    made = compiled(PLAIN + 'zone = "square"\n')
    assert verdict(made, "place", lon=lon, lat=lat, radius_m=radius) == expected


NAMED = [("inner", "yes"), ("straddling", "unknown"), ("elsewhere", "no"), ("theatre", "unknown"),
         ("square", "yes"), ("inner|elsewhere", "unknown"), (None, "unknown"),
         ("next-door", "no"), ("at-the-edge", "yes")]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NAMED)
def test_named_area_in_an_area(name: str | None, expected: str) -> None:
    made = compiled(PLAIN + 'zone = "square"\n')
    assert verdict(made, "place", lon=None, lat=None, radius_m=None, area=name) == expected


NOWHERE: dict[str, Any] = {"lon": None, "lat": None, "radius_m": None}


@pytest.mark.parametrize(
    ("metres", "expected"), [(15_000, "no"), (60_000, "unknown"), (115_000, "yes")]
)
def test_named_area_by_its_own_shape(metres: int, expected: str) -> None:
    """Some 22 to 100 km north of the route: too long a shape to be judged by its middle alone."""
    made = compiled(PLAIN + f'zone = {{ buffer = {{ around = "route", metres = {metres} }} }}\n')
    assert verdict(made, "place", area="north-of-route", **NOWHERE) == expected


def test_a_long_area_beside_a_buffered_one() -> None:
    made = compiled(PLAIN + 'zone = { buffer = { around = "square", metres = 60000 } }\n')
    assert verdict(made, "place", area="tall-next-door", **NOWHERE) == "yes"


AREAS_IN_ZONES = [
    ('"anywhere"', "elsewhere", "yes"),
    ('{ outside = "square" }', "inner", "no"),
    ('{ outside = "square" }', "elsewhere", "yes"),
    ('{ any_of = ["square", "elsewhere"] }', "elsewhere", "yes"),
    ('{ all_of = ["square", "elsewhere"] }', "elsewhere", "no"),
    ("{ line_of_contact = { within_km = 20 } }", "inner", "unknown"),
]


@pytest.mark.parametrize(("zone", "name", "expected"), AREAS_IN_ZONES)
def test_named_area_in_zones_of_zones(zone: str, name: str, expected: str) -> None:
    assert verdict(compiled(PLAIN + f"zone = {zone}\n"), "place", area=name, **NOWHERE) == expected


EDGES = [
    ('"square"', -7_700), ('{ outside = "square" }', 7_700),
    ('{ buffer = { around = "square", metres = 5000 } }', -12_700),
    ('{ any_of = ["square", "elsewhere"] }', -7_700),
    ('{ all_of = ["square", { outside = "elsewhere" }] }', -7_700),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "expected"), EDGES)
def test_the_distance_to_the_edge_is_told(zone: str, expected: int) -> None:
    """The square's edge is 7.7 km east of 31.9; the middle of the area next to it 9.7 km west."""
    made = compiled(PLAIN + f"zone = {zone}\n")
    found = findings(made, facts(lon=31.9, lat=46.0))[0]
    assert found["edge_m"] == pytest.approx(expected, abs=100)
    beside = findings(made, facts(area="next-door", **NOWHERE))[0]
    assert beside["edge_m"] * expected < 0
    moved = 5_000 if "5000" in zone else 0
    assert abs(beside["edge_m"]) == pytest.approx(9_650 - moved, abs=200)


def test_disk_and_area_narrow_each_other() -> None:
    made = compiled(PLAIN + 'zone = "square"\n')
    assert verdict(made, "place", radius_m=900_000.0, area="inner") == "yes"
    contradictory = {"lon": 60.5, "lat": 10.5, "radius_m": 100.0, "area": "inner"}
    assert verdict(made, "place", **contradictory) == "unknown"


@pytest.mark.parametrize(
    ("away_m", "radius", "expected"),
    [
        (19_000, 500, "yes"),
        (19_000, 2_000, "unknown"),
        (21_000, 500, "no"),
        (21_000, 2_000, "unknown"),
    ],
)
def test_buffer_round_a_site(away_m: float, radius: float, expected: str) -> None:
    made = compiled(PLAIN + 'zone = { buffer = { around = "site", metres = 20000 } }\n')
    lon, lat = east_of(31.0, 46.0, away_m)
    assert verdict(made, "place", lon=lon, lat=lat, radius_m=radius) == expected


def test_a_named_area_in_a_buffer() -> None:
    made = compiled(PLAIN + 'zone = { buffer = { around = "square", metres = 5000 } }\n')
    nowhere = {"lon": None, "lat": None, "radius_m": None}
    assert verdict(made, "place", area="square", **nowhere) == "yes"
    assert verdict(made, "place", area="straddling", **nowhere) == "unknown"
    assert verdict(made, "place", area="elsewhere", **nowhere) == "no"


ZONES = [
    ('{ any_of = ["square", "elsewhere"] }', "yes"),
    ('{ all_of = ["square", "elsewhere"] }', "no"),
    ('{ outside = "square" }', "no"),
    ('{ outside = "elsewhere" }', "yes"),
    (
        '{ all_of = ["square", { outside = { buffer = { around = "site", metres = 10 } } }] }',
        "unknown",
    ),
]


@pytest.mark.parametrize(("zone", "expected"), ZONES)
def test_zones_of_zones(zone: str, expected: str) -> None:
    assert verdict(compiled(PLAIN + f"zone = {zone}\n"), "place") == expected


BLUE = '{ line_of_contact = { within_km = 20, side = "blue", theatre = "theatre" } }'
RED = '{ line_of_contact = { within_km = 20, side = "red", theatre = "theatre" } }'
BAND = '{ line_of_contact = { within_km = 20, beyond_km = 5, theatre = "theatre" } }'
LINES = [
    (LINE, 10_000, "yes"), (LINE, -10_000, "yes"), (LINE, 25_000, "no"), (LINE, 20_050, "unknown"),
    (RED, 10_000, "yes"), (RED, -10_000, "no"), (RED, 25_000, "no"), (RED, 50, "unknown"),
    (BLUE, -10_000, "yes"), (BLUE, 10_000, "no"), (BLUE, 50, "unknown"),
    (BAND, 2_000, "no"), (BAND, 10_000, "yes"), (BAND, 5_000, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "east_m", "expected"), LINES)
def test_line_of_contact(zone: str, east_m: float, expected: str) -> None:
    made = compiled(PLAIN + f"zone = {zone}\n", over=ground(control(1, 31.0)))
    lon, lat = east_of(31.0, 46.0, east_m)
    assert verdict(made, "place", lon=lon, lat=lat) == expected


def test_the_line_of_that_day() -> None:
    """Red's edge is at 31.0 from the 11th and at 32.0 from the 13th; the 12th has no file."""
    over = ground(control(11, 31.0), control(13, 32.0))
    made = compiled(PLAIN + f"zone = {LINE}\n", over=over)
    expected = {10: "unknown", 11: "yes", 12: "yes", 13: "no", 14: "no"}
    for day, answer in expected.items():
        begins = datetime(2025, 3, day, tzinfo=UTC)
        found = findings(made, facts(occurred_from=begins, occurred_to=begins + DAY))[0]
        assert found["place"] == answer, day
        if day > 10:
            assert found["stale_days"] == {11: 0, 12: 1, 13: 0, 14: 1}[day]
            assert found["zone_day"].day == (11 if day < 13 else 13)
    over_both = {
        "occurred_from": datetime(2025, 3, 12, tzinfo=UTC),
        "occurred_to": datetime(2025, 3, 14, tzinfo=UTC),
    }
    assert verdict(made, "place", **over_both) == "unknown"
    assert verdict(made, "place", occurred_from=None, occurred_to=None) == "unknown"


def test_an_answer_that_holds_on_all_days_is_kept() -> None:
    made = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(11, 31.0), control(13, 31.1)))
    span = {
        "occurred_from": datetime(2025, 3, 12, tzinfo=UTC),
        "occurred_to": datetime(2025, 3, 14, tzinfo=UTC),
    }
    assert verdict(made, "place", **span) == "yes"


def test_the_day_is_the_local_one() -> None:
    over = ground(control(11, 31.0), control(12, 35.0))
    made = compiled(PLAIN + f"zone = {LINE}\n", over=over, local_time="Asia/Tokyo")
    late = datetime(2025, 3, 11, 16, tzinfo=UTC)
    assert verdict(made, "place", occurred_from=late, occurred_to=late + MINUTE) == "no"


def test_no_control_file_is_unknown() -> None:
    assert verdict(compiled(PLAIN + f"zone = {LINE}\n"), "place") == "unknown"


def test_an_outline_is_only_as_good_as_its_precision() -> None:
    from holdfire.engines.ground import Ground
    from tests.assess.conftest import AREAS, area

    rough = Ground({name: area(shape, 15_000.0) for name, shape in AREAS.items()})
    made = compiled(PLAIN + 'zone = "square"\n', over=rough)
    lon, lat = east_of(32.0, 46.0, -10_000)
    assert verdict(made, "place", lon=lon, lat=lat) == "unknown"
    assert verdict(made, "place", lon=31.0, lat=46.0) == "yes"
    assert verdict(made, "place", area="at-the-edge", **NOWHERE) == "unknown"
