"""Question 2, place, on literal rows: disks and named areas, zones that stand and that move."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
import shapely

from holdfire.assess.place import Area, Within
from holdfire.engines.distance import ERROR, Outline
from holdfire.engines.ground import ControlDay, Ground
from tests.assess.conftest import (
    AREAS,
    DAY,
    GEOD,
    LINE,
    MINUTE,
    PLAIN,
    area,
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
    ("a point on the edge", 32.0, 46.0, 0.0, "yes"),
    ("a point on the southern edge, rounded outwards", 31.03, 44.99999999999999, 0.0, "unknown"),
    ("a metre outside", 32.000013, 46.0, 0.0, "no"),
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


def test_an_end_not_known_uses_every_file_from_then_on() -> None:
    begins = datetime(2025, 3, 12, tzinfo=UTC)
    agreed = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(11, 31.0), control(13, 31.1)))
    found = findings(agreed, facts(occurred_from=begins, occurred_to=None))[0]
    assert (found["place"], found["stale_days"]) == ("yes", None)
    differ = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(11, 31.0), control(13, 32.0)))
    assert verdict(differ, "place", occurred_from=begins, occurred_to=None) == "unknown"


@pytest.mark.parametrize("begins", [datetime(2025, 3, 10, tzinfo=UTC), None])
def test_a_time_that_reaches_before_the_first_file_is_unknown(begins: datetime | None) -> None:
    made = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(11, 31.0)))
    ends = datetime(2025, 3, 12, tzinfo=UTC)
    assert verdict(made, "place", occurred_from=ends, occurred_to=ends + DAY) == "yes"
    assert verdict(made, "place", occurred_from=begins, occurred_to=ends) == "unknown"


def test_the_oldest_file_used_is_told() -> None:
    """The file of the 1st stood until the 10th, nine days old by then; that of the 12th is new."""
    over = ground(control(1, 31.0), control(11, 31.05), control(12, 31.1))
    made = compiled(PLAIN + f"zone = {LINE}\n", over=over)
    ends = datetime(2025, 3, 13, tzinfo=UTC)
    for day, expected in {10: 9, 11: 0, 12: 0}.items():
        begins = datetime(2025, 3, day, tzinfo=UTC)
        found = findings(made, facts(occurred_from=begins, occurred_to=ends))[0]
        assert (found["place"], found["stale_days"]) == ("yes", expected), day


def test_a_batch_of_several_days_uses_the_file_of_each() -> None:
    made = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(11, 31.0), control(13, 32.0)))
    days = [datetime(2025, 3, day, tzinfo=UTC) for day in (10, 12, 14)]
    rows = [facts(occurred_from=day, occurred_to=day + DAY) for day in days]
    assert [found["place"] for found in findings(made, *rows)] == ["unknown", "yes", "no"]


def test_a_zone_moves_if_any_part_of_it_does() -> None:
    zone = f'{{ all_of = ["square", {LINE}] }}'
    made = compiled(PLAIN + f"zone = {zone}\n", over=ground(control(11, 31.0)))
    assert verdict(made, "place") == "yes"


def test_the_side_that_is_not_drawn_ends_with_the_theatre() -> None:
    """Some 6 km south of the line's end, beyond the theatre: nobody's side."""
    made = compiled(PLAIN + f"zone = {BLUE}\n", over=ground(control(1, 31.0)))
    assert verdict(made, "place", lon=30.99, lat=40.05, radius_m=10.0) == "yes"
    assert verdict(made, "place", lon=30.99, lat=39.95, radius_m=10.0) == "no"


def test_the_day_is_the_local_one() -> None:
    over = ground(control(11, 31.0), control(12, 35.0))
    made = compiled(PLAIN + f"zone = {LINE}\n", over=over, local_time="Asia/Tokyo")
    late = datetime(2025, 3, 11, 16, tzinfo=UTC)
    assert verdict(made, "place", occurred_from=late, occurred_to=late + MINUTE) == "no"


def test_no_control_file_is_unknown() -> None:
    assert verdict(compiled(PLAIN + f"zone = {LINE}\n"), "place") == "unknown"


def test_an_outline_is_only_as_good_as_its_precision() -> None:
    rough = Ground({name: area(shape, 15_000.0) for name, shape in AREAS.items()})
    made = compiled(PLAIN + 'zone = "square"\n', over=rough)
    lon, lat = east_of(32.0, 46.0, -10_000)
    assert verdict(made, "place", lon=lon, lat=lat) == "unknown"
    assert verdict(made, "place", lon=31.0, lat=46.0) == "yes"
    assert verdict(made, "place", area="at-the-edge", **NOWHERE) == "unknown"


@pytest.mark.parametrize(("precision_m", "expected"), [(0.0, "yes"), (15_000.0, "unknown")])
def test_a_place_is_only_as_good_as_its_precision(precision_m: float, expected: str) -> None:
    """A village some 10 km inside the edge, whose own outline may be 15 km off."""
    village = {"inner": area(shapely.box(31.87, 46.0, 31.88, 46.01), precision_m)}
    rough = Ground({name: area(shape) for name, shape in AREAS.items()} | village)
    made = compiled(PLAIN + 'zone = "square"\n', over=rough)
    assert verdict(made, "place", area="inner", **NOWHERE) == expected
    made = compiled(PLAIN + 'zone = { outside = "square" }\n', over=rough)
    assert verdict(made, "place", area="inner", **NOWHERE) == {"yes": "no"}.get(expected, expected)


def test_the_reach_of_an_area_keeps_the_margins() -> None:
    place = Area(area(shapely.box(30, 45, 32, 47), 500.0))
    (lon, lat), *_ = place.middle
    farthest = max(GEOD.inv(lon, lat, x, y)[2] for x in (30, 32) for y in (45, 47))
    assert place.reach_m == pytest.approx(farthest * (1 + ERROR) + 500.0, rel=1e-9)


@pytest.mark.parametrize(
    "outline",
    [
        shapely.box(30, 45, 32, 47),
        shapely.box(-3, -5, 4, 2),
        shapely.box(10, -78, 60, -60),
        shapely.Polygon([[0, 60], [8, 61], [1, 70]]),
    ],
)
def test_the_grid_leaves_no_point_farther_than_it_says(outline: shapely.Polygon) -> None:
    lon, lat, slack = Area(area(outline)).grid()
    west, south, east, north = outline.bounds
    rng = np.random.default_rng(1)
    points = rng.uniform((west, south), (east, north), (1_000, 2))
    points = points[shapely.intersects_xy(outline, points)]
    worst = 0.0
    for x, y in points:
        away = GEOD.inv(np.full(len(lon), x), np.full(len(lon), y), lon, lat)[2]
        worst = max(worst, float(away.min()))
    assert slack * 0.5 < worst <= slack
    assert Area(area(outline, 700.0)).grid()[2] == pytest.approx(slack + 700.0)


def test_a_zone_and_a_place_that_meet_over_the_antimeridian() -> None:
    """The zone leaves a gap of 1.4 degrees; the place begins in the gap and ends in the zone."""
    zone = Within(Outline(area(shapely.segmentize(shapely.box(-179.5, 0, 179.1, 10), 90))))
    over, gap = (Area(area(shapely.box(179.2, 4, east, 5))) for east in (180.7, 180.4))
    assert zone.area(over)[0] == 0
    assert zone.area(gap)[0] == -1


def test_a_sea_on_the_other_side_of_the_antimeridian_is_taken_off_the_land() -> None:
    """Without the sea the coast at 180 would be a front."""
    land, water = shapely.box(170, 0, 180, 10), shapely.box(-180, -5, -170, 15)
    shapes = {"theatre": land, "square": shapely.union(water, shapely.box(-190, -5, -180.01, -1))}
    over = Ground(
        {name: area(shape) for name, shape in (AREAS | shapes).items()},
        [ControlDay(date(2025, 3, 11), "1", {"red": area(shapely.box(175, 0, 180, 10))})],
    )
    front = '{ line_of_contact = { within_km = 20, theatre = "theatre", sea = "square" } }'
    made = compiled(PLAIN + f"zone = {front}\n", over=over)
    assert verdict(made, "place", lon=175.0, lat=5.0) == "yes"
    assert verdict(made, "place", lon=179.99, lat=5.0) == "no"
