"""The laws of a verdict, on thousands of generated cases."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from holdfire.assess import Compiled, assess
from holdfire.terms.vocabulary import shipped
from tests.assess.conftest import AREAS, batch, compiled, control, facts, findings, ground

GEOD = Geod(ellps="WGS84")
SECOND = timedelta(seconds=1)
AT_ONCE = 20
"""Cases a batch: an example of a law is a whole batch of cases, since the stage is vectorised."""
MANY = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
pytestmark = pytest.mark.slow
ACTS, TARGETS = shipped("acts"), shipped("targets")

CLAUSES = """
[[clauses]]
id = "area"
title = "area"
wording = "w"
acts = ["indirect-fire", "strike"]
zone = "square"
[[clauses]]
id = "front"
title = "front"
wording = "w"
acts = ["combat"]
binds = ["red"]
targets = ["infrastructure"]
zone = { line_of_contact = { within_km = 30, theatre = "theatre" } }
hours = [{ from = "22:00", to = "06:00" }]
[[clauses]]
id = "sides"
title = "sides"
wording = "w"
acts = ["explosion"]
zone = { any_of = ["near-site", { outside = { buffer = { around = "route", metres = 40000 } } }] }
permits = [
  { wording = "blue may at the site", by = ["blue"], zone = "at-site" },
  { wording = "exercises", acts = ["exercise"], circumstances = ["exercise"] },
]
[[clauses]]
id = "held"
title = "held"
wording = "w"
acts = ["weapon-presence", "drone-activity"]
weapons = ["mlrs", "drone"]
zone = { line_of_contact = { within_km = 50, beyond_km = 10, side = "blue", theatre = "theatre" } }
[[clauses.readings]]
id = "red-side"
title = "red's side"
zone = { line_of_contact = { within_km = 50, side = "red", theatre = "theatre" } }
"""
READINGS = """
[zones]
near-site = { buffer = { around = "site", metres = 15000 } }
at-site = { buffer = { around = "site", metres = 5000 } }
[[readings]]
id = "early"
title = "early"
[[readings]]
id = "late"
title = "late"
in_effect = { from = 2025-03-12 }
ends = { after = "200 hours" }
"""
DAYS = [control(9, 31.0), control(11, 31.2), control(12, 31.2, "3-11"), control(15, 31.6)]
MADE: Compiled = compiled(
    CLAUSES, local_time="Europe/Kyiv", extra=READINGS,
    over=ground(*DAYS),
)  # fmt: skip
BEGIN = datetime(2025, 3, 7, tzinfo=UTC)


RADII = [0.0, 100.0, 2_000.0, 25_000.0, 150_000.0]
NAMED = ["square", "inner", "straddling", "elsewhere"]
ACTORS = [["red"], ["blue"], ["blue", "red"], ["outsider"], ["outsider", "red"], None]


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Any incident the reports of the field could give, near the clauses' edges."""
    begins = BEGIN + timedelta(minutes=draw(st.integers(0, 16 * 1440)))
    length = timedelta(minutes=draw(st.sampled_from([1, 1, 60, 720, 1440, 4000, 20000])))
    weapons = sorted(shipped("weapons").nodes)
    placed = draw(
        st.sampled_from(["disk", "disk", "disk", "area", "both", "together", "together", "nowhere"])
    )
    disk = placed in ("disk", "both", "together")
    name = draw(st.sampled_from(NAMED)) if placed in ("area", "both", "together") else None
    west, south, east, north = (
        AREAS[name].bounds if name and placed == "together" else (29.0, 44.5, 33.5, 48.5)
    )
    return facts(
        occurred_from=draw(st.sampled_from([begins, begins, begins, None])),
        occurred_to=draw(st.sampled_from([begins + length, begins + length, None])),
        lon=draw(st.floats(west, east)) if disk else None,
        lat=draw(st.floats(south, north)) if disk else None,
        radius_m=draw(st.sampled_from(RADII)) if disk else None,
        area=name,
        act=draw(st.sampled_from([*sorted(ACTS.nodes), None])),
        target=draw(st.sampled_from([*sorted(TARGETS.nodes), None])),
        weapon=draw(st.sampled_from([*weapons, None])),
        actors=draw(st.sampled_from(ACTORS)),
        circumstance=draw(st.sampled_from([None, "exercise", "self-defence"])),
    )  # fmt: skip


def narrower(draw: st.DrawFn, row: dict[str, Any], *, exact: bool) -> dict[str, Any]:
    """An incident that the imprecise one allows; an exact one if asked for."""
    found = dict(row)
    begins = row["occurred_from"] or BEGIN - timedelta(days=3)
    ends = row["occurred_to"] or begins + timedelta(days=30)
    if begins >= ends:
        begins = ends - timedelta(days=5)
    seconds = int((ends - begins).total_seconds())
    first = draw(st.integers(0, seconds - 1))
    last = first + 1 if exact else draw(st.integers(first + 1, seconds))
    found["occurred_from"], found["occurred_to"] = begins + first * SECOND, begins + last * SECOND
    if row["lon"] is not None:
        share = draw(st.floats(0, 1))
        away = row["radius_m"] * share
        lon, lat, _ = GEOD.fwd(row["lon"], row["lat"], draw(st.floats(0, 360)), away)
        # To go no way still rounds the figures, off the edge of a zone at times.
        if away == 0.0 or not _in_area(row["area"], lon, lat):
            lon, lat, away = row["lon"], row["lat"], 0.0
        found["lon"], found["lat"] = lon, lat
        # The smaller disk must lie in the larger one; a hair is left for rounding.
        found["radius_m"] = 0.0 if exact else max(0.0, (row["radius_m"] - away) * 0.999)
    elif exact and row["area"] is not None:
        west, south, east, north = AREAS[row["area"]].bounds
        found["lon"], found["lat"] = draw(st.floats(west, east)), draw(st.floats(south, north))
        found["radius_m"] = 0.0
    if exact:
        found["area"] = None
    for column, vocabulary in (("act", ACTS), ("target", TARGETS), ("weapon", shipped("weapons"))):
        kinds = sorted(vocabulary.kinds_of(row[column] or vocabulary.root))
        found[column] = draw(st.sampled_from(kinds))
    actors = row["actors"] or ["red", "blue", "outsider"]
    found["actors"] = [draw(st.sampled_from(actors))] if exact else sorted(
        draw(st.sets(st.sampled_from(actors), min_size=1)))  # fmt: skip
    if row["circumstance"] is None:
        found["circumstance"] = draw(st.sampled_from(["exercise", "self-defence", "none-of-it"]))
    return found


def _in_area(name: str | None, lon: float, lat: float) -> bool:
    return name is None or bool(shapely.intersects_xy(AREAS[name], lon, lat))


def consistent(row: dict[str, Any]) -> dict[str, Any]:
    """The incident without its area where its disk's middle is not in it."""
    apart = row["lon"] is not None and not _in_area(row["area"], row["lon"], row["lat"])
    return {**row, "area": None} if apart else row


Answers = dict[tuple[str, str, str, str], str]
QUESTIONS = (
    "verdict", "verdict_before", "time", "place", "act", "target", "actor", "permitted",
)  # fmt: skip


def several() -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(rows(), min_size=AT_ONCE, max_size=AT_ONCE)


def answers(given_rows: list[dict[str, Any]]) -> Answers:
    """Every answer to every question about each row, by the row's place in the list."""
    named = [{**row, "incident_id": f"I-{number}"} for number, row in enumerate(given_rows)]
    return {
        (found["incident_id"], found["clause"], found["reading"], question): found[question]
        for found in findings(MADE, *named)
        for question in QUESTIONS
    }


def contradictions(vague: Answers, exact: Answers) -> list[tuple[object, str, str]]:
    return [
        (key, answer, exact[key])
        for key, answer in vague.items()
        if {answer, exact[key]} == {"yes", "no"}
    ]


@MANY
@given(st.data())
def test_monotone(data: st.DataObject) -> None:
    """More precise can settle an unknown; it never turns a yes into a no, or back, or undone."""
    vague = [consistent(row) for row in data.draw(several())]
    finer = [data.draw(st.composite(narrower)(row, exact=False)) for row in vague]
    before, after = answers(vague), answers(finer)
    undone = [(k, a, after[k]) for k, a in before.items() if a not in ("unknown", after[k])]
    assert undone == []


@MANY
@given(st.data())
def test_sound(data: st.DataObject) -> None:
    """The exact verdict of any exact incident allowed never contradicts a certain one."""
    vague = [consistent(row) for row in data.draw(several())]
    exact = [data.draw(st.composite(narrower)(row, exact=True)) for row in vague]
    assert contradictions(answers(vague), answers(exact)) == []


@MANY
@given(
    several(),
    st.lists(
        st.tuples(
            st.sampled_from(["square", "inner", "straddling"]), st.floats(0, 1), st.floats(0, 1)
        ),
        min_size=AT_ONCE,
        max_size=AT_ONCE,
    ),
)
def test_a_named_area_is_sound(
    given_rows: list[dict[str, Any]], places: list[tuple[str, float, float]]
) -> None:
    vague, exact = [], []
    for row, (name, across, up) in zip(given_rows, places, strict=True):
        west, south, east, north = AREAS[name].bounds
        point = {"lon": west + across * (east - west), "lat": south + up * (north - south)}
        vague.append({**row, "lon": None, "lat": None, "radius_m": None, "area": name})
        exact.append({**row, **point, "radius_m": 0.0, "area": None})
    assert contradictions(answers(vague), answers(exact)) == []


SWAP = {"red": "blue", "blue": "red"}


def swapped(text: str) -> str:
    return text.replace("red", "RED").replace("blue", "red").replace("RED", "blue")


def mirrored() -> Compiled:
    days = [type(day)(day.day, day.version, {"blue": day.held["red"]}) for day in DAYS]
    return compiled(
        swapped(CLAUSES), local_time="Europe/Kyiv", extra=swapped(READINGS), over=ground(*days)
    )


MIRROR = mirrored()


@MANY
@given(several())
def test_neutral(given_rows: list[dict[str, Any]]) -> None:
    """Exchange the parties' labels in the input, and they are exchanged in the output: no more."""
    others = [
        {**row, "actors": row["actors"] and sorted(SWAP.get(a, a) for a in row["actors"])}
        for row in given_rows
    ]
    left, right = findings(MADE, *given_rows), findings(MIRROR, *others)
    for one, two in zip(left, right, strict=True):
        for column, value in one.items():
            assert _same(_exchanged(column, value), _listed(two[column])), (column, value)


def _exchanged(column: str, value: Any) -> Any:
    if column == "actors":
        return value and sorted(SWAP.get(actor, actor) for actor in value)
    if column == "held_responsible":
        return SWAP.get(value, value)
    if column in ("clause", "reading", "finding_id"):
        return swapped(value)
    if column == "reason":
        return _listed(_relabelled(value))
    return value


def _relabelled(text: str) -> str:
    text = text.replace("Red", "R-E-D").replace("Blue", "Red").replace("R-E-D", "Blue")
    return text.replace("blue may", "red may")


SEVERAL = re.compile(r"one of (.+?)(?=, bound by|, not bound by|: not all)")


def _listed(value: Any) -> Any:
    """A text with the actors it lists in order of their names: they come in that of their ids."""
    if not isinstance(value, str):
        return value
    return SEVERAL.sub(lambda found: f"one of {', '.join(sorted(found[1].split(', ')))}", value)


def _same(left: Any, right: Any) -> bool:
    return bool(left == right or (left != left and right != right))


def test_a_reason_is_compared_word_for_word() -> None:
    """Guard of the guard: relabelling orders the actors listed and nothing else."""
    told = "one of Red, Blue: not all of them are bound"
    assert _exchanged("reason", told) == _listed("one of Blue, Red: not all of them are bound")
    assert _exchanged("reason", told) != _listed("one of Blue, Red: not lla of them are bound")
    assert _exchanged("reason", "Red, bound by the clause") == "Blue, bound by the clause"


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_order_free_and_split_free(
    given_rows: list[dict[str, Any]], shuffle: random.Random
) -> None:
    """Neither the order of rows nor how they are split into batches changes anything."""
    named = [{**row, "incident_id": f"I-{number}"} for number, row in enumerate(given_rows)]
    other = named[:]
    shuffle.shuffle(other)
    cut = shuffle.randrange(len(other) + 1)
    whole = _by_id([batch(*named)])
    parts = _by_id([batch(*part) for part in (other[:cut], other[cut:]) if part])
    assert whole == parts


def _by_id(batches: list[pa.RecordBatch]) -> dict[str, str]:
    return {
        row["finding_id"]: repr(sorted(row.items(), key=lambda item: item[0]))
        for one in batches
        for made in assess(MADE, one)
        for row in made.to_pylist()
    }


def test_order_of_clauses_changes_nothing() -> None:
    parts = ["[[clauses]]" + part for part in CLAUSES.split("[[clauses]]")[1:]]
    other = compiled(
        "".join(reversed(parts)), local_time="Europe/Kyiv", extra=READINGS,
        over=ground(*DAYS),
    )  # fmt: skip
    row = facts(lon=31.1, lat=46.2)
    left = {found["finding_id"]: found["verdict"] for found in findings(MADE, row)}
    assert left == {found["finding_id"]: found["verdict"] for found in findings(other, row)}


@MANY
@given(several())
def test_explained(given_rows: list[dict[str, Any]]) -> None:
    """Every verdict follows from the answers, and names what decided it in a sentence."""
    order = {"no": -1, "unknown": 0, "yes": 1}
    for found in findings(MADE, *given_rows):
        five = [order[found[q]] for q in ("time", "place", "act", "target", "actor")]
        expected = min(*five, -order[found["permitted"]])
        assert order[found["verdict"]] == expected
        assert found["reason"]
        decided = found["decided_by"]
        assert decided == "all" if expected == 1 else True
        if decided not in ("all", "permitted"):
            assert order[found[decided]] == expected
