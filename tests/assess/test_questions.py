"""The five questions on literal rows, each with its edge cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from holdfire.assess import explain
from holdfire.assess.logic import both, either, negated
from tests.assess.conftest import PLAIN, batch, compiled, control, facts, findings, ground, verdict

GEOD = Geod(ellps="WGS84")
START, END = datetime(2025, 3, 10, tzinfo=UTC), datetime(2025, 3, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

TIMES: list[tuple[str, datetime | None, datetime | None, str]] = [
    ("inside", START + MINUTE, END - MINUTE, "yes"),
    ("exactly the window", START, END, "yes"),
    ("ends as it begins", START - MINUTE, START, "no"),
    ("begins as it ends", END, END + MINUTE, "no"),
    ("over the start", START - MINUTE, START + MINUTE, "unknown"),
    ("over the end", END - MINUTE, END + MINUTE, "unknown"),
    ("over all of it", START - MINUTE, END + MINUTE, "unknown"),
    ("before", START - 2 * MINUTE, START - MINUTE, "no"),
    ("after", END + MINUTE, END + 2 * MINUTE, "no"),
    ("begin not known, ends inside", None, START + MINUTE, "unknown"),
    ("begin not known, ends before", None, START, "no"),
    ("end not known, begins inside", END - MINUTE, None, "unknown"),
    ("end not known, begins after", END, None, "no"),
    ("nothing known", None, None, "unknown"),
]


@pytest.mark.parametrize(("what", "begins", "ends", "expected"), TIMES, ids=[c[0] for c in TIMES])
def test_time(what: str, begins: datetime | None, ends: datetime | None, expected: str) -> None:
    assert verdict(compiled(PLAIN), "time", occurred_from=begins, occurred_to=ends) == expected


def test_an_end_not_known_is_not_inside_even_an_open_window() -> None:
    made = compiled(PLAIN, end="")
    assert verdict(made, "time", occurred_from=END, occurred_to=None) == "unknown"
    assert verdict(made, "time", occurred_from=END, occurred_to=END + MINUTE) == "yes"


def test_a_date_only_start_leaves_its_day_open() -> None:
    made = compiled(PLAIN, start="2025-03-10")
    first = {"occurred_from": START, "occurred_to": START + timedelta(days=1)}
    later = {"occurred_from": START + timedelta(days=1), "occurred_to": START + timedelta(days=2)}
    early = {"occurred_from": START - MINUTE, "occurred_to": START}
    assert verdict(made, "time", **first) == "unknown"
    assert verdict(made, "time", **later) == "yes"
    assert verdict(made, "time", **early) == "no"


NIGHTS = [
    ("in one night", "2025-03-12T20:30", "2025-03-12T21:00", "yes"),
    ("over midnight", "2025-03-12T22:30", "2025-03-13T01:00", "yes"),
    ("by day", "2025-03-12T06:00", "2025-03-12T18:00", "no"),
    ("into the evening", "2025-03-12T18:00", "2025-03-12T20:30", "unknown"),
    ("two nights and the day between", "2025-03-12T21:00", "2025-03-13T21:00", "unknown"),
]


@pytest.mark.parametrize(("what", "begins", "ends", "expected"), NIGHTS, ids=[c[0] for c in NIGHTS])
def test_every_night(what: str, begins: str, ends: str, expected: str) -> None:
    made = compiled(
        PLAIN + 'hours = [{ from = "22:00", to = "06:00" }]\n', local_time="Europe/Kyiv"
    )
    span = [datetime.fromisoformat(f"{text}+00:00") for text in (begins, ends)]
    assert verdict(made, "time", occurred_from=span[0], occurred_to=span[1]) == expected


KINDS = [
    ("shelling", "indirect-fire", "yes"),
    ("indirect-fire", "indirect-fire", "yes"),
    ("combat", "indirect-fire", "unknown"),
    ("any-act", "indirect-fire", "unknown"),
    (None, "indirect-fire", "unknown"),
    ("small-arms-fire", "indirect-fire", "no"),
    ("drone-activity", "long-range-strike", "unknown"),
    ("reconnaissance-flight", "long-range-strike", "no"),
    ("short-range-drone-strike", "long-range-strike", "no"),
    ("missile-strike", "long-range-strike", "unknown"),
    ("explosion", "indirect-fire", "unknown"),
    ("explosion", "strike", "unknown"),
    ("explosion", "reconnaissance", "no"),
    ("not-a-word", "combat", "unknown"),
    ("attack-on-civilians", "strike", "unknown"),
    ("shelling", "attack-on-civilians", "unknown"),
    ("abduction", "combat", "no"),
    ("reconnaissance", "attack-on-civilians", "no"),
]


@pytest.mark.parametrize(("act", "prohibited", "expected"), KINDS)
def test_act(act: str | None, prohibited: str, expected: str) -> None:
    assert verdict(compiled(f'acts = ["{prohibited}"]\n'), "act", act=act) == expected


def test_broader_than_one_of_several_is_enough() -> None:
    made = compiled('acts = ["indirect-fire", "reconnaissance"]\n')
    assert verdict(made, "act", act="weapons-fire") == "unknown"
    assert verdict(made, "act", act="sniping") == "no"
    assert verdict(made, "act", act="reconnaissance-flight") == "yes"


def test_weapon_is_part_of_the_act() -> None:
    made = compiled('acts = ["weapon-presence"]\nweapons = ["mlrs"]\n')
    given = {"act": "weapon-presence"}
    assert verdict(made, "act", weapon="mlrs-heavy", **given) == "yes"
    assert verdict(made, "act", weapon="any-weapon", **given) == "unknown"
    assert verdict(made, "act", weapon="tank", **given) == "no"


TARGETS = [
    ("power-plant", "yes"), ("nuclear-power-plant", "yes"), ("infrastructure", "unknown"),
    ("any-target", "unknown"), ("hospital", "no"), (None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "expected"), TARGETS)
def test_target(target: str | None, expected: str) -> None:
    made = compiled(PLAIN + 'targets = ["power-plant"]\n')
    assert verdict(made, "target", target=target) == expected


def test_a_clause_without_targets_asks_for_none() -> None:
    assert verdict(compiled(PLAIN), "target", target=None) == "yes"


ACTORS = [
    (["red"], "yes"), (["blue"], "no"), (["red", "blue"], "unknown"), (["outsider"], "no"),
    (["red", "outsider"], "unknown"), (None, "unknown"), ([], "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("actors", "expected"), ACTORS)
def test_actor(actors: list[str] | None, expected: str) -> None:
    assert verdict(compiled(PLAIN + 'binds = ["red"]\n'), "actor", actors=actors) == expected


def test_certain_that_it_happened_and_not_who() -> None:
    found = findings(compiled(PLAIN), facts(actors=["blue", "red"], responsibility="unknown"))[0]
    assert found["verdict"] == "yes"
    assert found["held_responsible"] is None


def test_a_dispute_stays_one() -> None:
    found = findings(compiled(PLAIN), facts(actors=["blue", "red"], responsibility="disputed"))[0]
    assert (found["held_responsible"], found["responsibility"]) == (None, "disputed")


def east_of(lon: float, lat: float, metres: float) -> tuple[float, float]:
    return GEOD.fwd(lon, lat, 90.0, metres)[:2]


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


LINE = '{ line_of_contact = { within_km = 20, theatre = "theatre" } }'
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


DAY = timedelta(days=1)


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


PERMIT = PLAIN + "permits = [{{ wording = 'p', {} }}]\n"
PERMITS: list[tuple[str, dict[str, Any], str]] = [
    ('acts = ["shelling"]', {}, "yes"),
    ('acts = ["direct-fire"]', {}, "no"),
    ('acts = ["shelling"], by = ["blue"]', {}, "no"),
    ('acts = ["shelling"], by = ["red"]', {"actors": ["red", "blue"]}, "unknown"),
    ('zone = "square"', {}, "yes"),
    ('zone = { outside = "square" }', {}, "no"),
    ('hours = [{ from = "09:00", to = "12:00" }]', {}, "yes"),
    ('hours = [{ from = "12:00", to = "13:00" }]', {}, "no"),
    ('circumstances = ["self-defence"]', {}, "unknown"),
    ('circumstances = ["self-defence"]', {"circumstance": "self-defence"}, "yes"),
    ('circumstances = ["self-defence"]', {"circumstance": "exercise"}, "no"),
    ('circumstances = ["self-defence"], when_unsaid = "no"', {}, "no"),
]


@pytest.mark.parametrize(("condition", "given", "expected"), PERMITS)
def test_permitted(condition: str, given: dict[str, Any], expected: str) -> None:
    made = compiled(PERMIT.format(condition))
    assert verdict(made, "permitted", **given) == expected
    assert verdict(made, **given) == {"yes": "no", "no": "yes", "unknown": "unknown"}[expected] or (
        given.get("actors") is not None
    )


def test_one_of_several_permits_is_enough() -> None:
    either = "{ wording = 'a', acts = ['shelling'] }, { wording = 'b', acts = ['sniping'] }"
    made = compiled(PLAIN + f"permits = [{either}]\n")
    assert verdict(made, "permitted") == "yes"
    assert verdict(made, "permitted", act="tank-fire") == "no"


RESPONSIBLE = [
    (["red"], "red"), (["blue"], None), (["red", "blue"], None), (["outsider"], None),
    ([], None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("actors", "expected"), RESPONSIBLE)
def test_only_one_bound_party_is_held_responsible(
    actors: list[str] | None, expected: str | None
) -> None:
    made = compiled(PLAIN + 'binds = ["red"]\n')
    assert findings(made, facts(actors=actors))[0]["held_responsible"] == expected
    unsaid = findings(made, facts(actors=actors, responsibility="unknown"))[0]
    assert unsaid["held_responsible"] is None


def test_kleene_tables() -> None:
    values = np.array([-1, 0, 1], dtype=np.int8)
    left, right = (side.ravel() for side in np.meshgrid(values, values, indexing="ij"))
    assert both([left, right]).tolist() == [-1, -1, -1, -1, 0, 0, -1, 0, 1]
    assert either([left, right]).tolist() == [-1, 0, 1, 0, 0, 1, 1, 1, 1]
    assert negated(values).tolist() == [1, 0, -1]


ONE_NO = [
    ("time", {"occurred_from": END, "occurred_to": END + MINUTE}),
    ("place", {"lon": 60.0}),
    ("act", {"act": "reconnaissance"}),
    ("target", {"target": "hospital"}),
    ("actor", {"actors": ["blue"]}),
    ("permitted", {"circumstance": "exercise"}),
]
STRICT = """
acts = ["combat"]
targets = ["housing"]
binds = ["red"]
zone = "square"
permits = [{ wording = "exercises", circumstances = ["exercise"], when_unsaid = "no" }]
"""


@pytest.mark.parametrize(("question", "given"), ONE_NO, ids=[c[0] for c in ONE_NO])
def test_one_no_makes_no_and_is_named(question: str, given: dict[str, Any]) -> None:
    made = compiled(STRICT)
    assert verdict(made) == "yes"
    found = findings(made, facts(**given))[0]
    assert found["verdict"] == "no"
    assert found["decided_by"] == question
    doubtful = findings(
        made, facts(**given, **({"actors": None} if question != "actor" else {"act": None}))
    )
    assert doubtful[0]["verdict"] == "no"


ONE_UNKNOWN = [
    ("time", {"occurred_to": END + MINUTE}),
    ("place", {"radius_m": 500_000.0}),
    ("act", {"act": "any-act"}),
    ("target", {"target": None}),
    ("actor", {"actors": None}),
]


@pytest.mark.parametrize(("question", "given"), ONE_UNKNOWN, ids=[c[0] for c in ONE_UNKNOWN])
def test_one_unknown_makes_unknown_and_is_named(question: str, given: dict[str, Any]) -> None:
    found = findings(compiled(STRICT), facts(**given))[0]
    assert (found["verdict"], found["decided_by"]) == ("unknown", question)


def test_the_span_before_is_as_long_and_asks_the_same() -> None:
    made = compiled(STRICT)
    before = {"occurred_from": START - 9 * DAY, "occurred_to": START - 9 * DAY + MINUTE}
    found = findings(made, facts(**before))[0]
    assert (found["verdict"], found["verdict_before"]) == ("no", "yes")
    earlier = {"occurred_from": START - 11 * DAY, "occurred_to": START - 11 * DAY + MINUTE}
    assert verdict(made, "verdict_before", **earlier) == "no"


def test_reasons_carry_the_figures() -> None:
    made = compiled(PLAIN + f"zone = {LINE}\n", over=ground(control(10, 31.0)))
    lon, lat = east_of(31.0, 46.0, 23_100)
    told = explain(made, batch(facts(lon=lon, lat=lat, radius_m=5_000.0)), "c", "as-written")
    answer, sentence = told["place"]
    assert answer == "unknown"
    assert "3.1 km outside the zone's edge; the place is known to 5.0 km" in sentence
    assert "control file of 2025-03-10, up to 2 days old" in sentence
    assert told["actor"] == ("yes", "Red, bound by the clause")
    assert told["act"][1] == '"shelling" is a kind of "combat"'
    assert "the clause applies from 2025-03-10 00:00 to 2025-03-20 00:00" in told["time"][1]
    with pytest.raises(KeyError):
        explain(made, batch(facts()), "c", "another")


GRADES = [
    (["A"], ["red"], "single source"),
    (["A", "B"], ["red", "red"], "corroborated"),
    (["A", "B"], ["red", "blue"], "cross-side"),
    (["A", "B"], ["red", "neutral"], "cross-side"),
    (["A", "B"], ["neutral", "neutral"], "corroborated"),
    ([], [], "single source"),
]


@pytest.mark.parametrize(("outlets", "sides", "expected"), GRADES)
def test_grade(outlets: list[str], sides: list[str], expected: str) -> None:
    assert verdict(compiled(PLAIN), "grade", outlets=outlets, outlet_sides=sides) == expected
