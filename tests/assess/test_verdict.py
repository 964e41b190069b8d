"""Permits, Kleene logic, and how the answers make a verdict with a reason, on literal rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.assess import explain
from holdfire.assess.logic import both, either, negated
from tests.assess.conftest import (
    DAY,
    END,
    LINE,
    MINUTE,
    PLAIN,
    START,
    batch,
    compiled,
    control,
    east_of,
    facts,
    findings,
    ground,
    verdict,
)

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
    ('circumstances = ["self-defence"]', {"circumstance": "exercise"}, "unknown"),
    ('circumstances = ["self-defence"]', {"circumstance": "Self_Defence"}, "yes"),
    ('circumstances = ["Self defence"]', {"circumstance": "self-defence"}, "yes"),
    ('circumstances = ["self-defence"], when_unsaid = "no"', {"circumstance": "exercise"}, "no"),
    ('circumstances = ["self-defence"], when_unsaid = "no"', {}, "no"),
]


@pytest.mark.parametrize(("condition", "given", "expected"), PERMITS)
def test_permitted(condition: str, given: dict[str, Any], expected: str) -> None:
    made = compiled(PERMIT.format(condition))
    assert verdict(made, "permitted", **given) == expected
    assert verdict(made, **given) == {"yes": "no", "no": "yes", "unknown": "unknown"}[expected] or (
        given.get("actors") is not None
    )


def test_a_name_that_is_nobodys_is_told() -> None:
    made = compiled(PLAIN + 'zone = "square"\n')
    unplaced = {"lon": None, "lat": None, "radius_m": None, "actors": None}
    row = batch(facts(**unplaced, actor_name="Militia X", place_name="Nowhere"))
    told = explain(made, row, "c", "as-written")
    assert told["actor"] == (
        "unknown", '"Militia X" is named, and no party or outsider of this case has that name'
    )  # fmt: skip
    assert told["place"] == (
        "unknown", '"Nowhere" is named, and no area of this case has that name'
    )  # fmt: skip
    row = batch(facts(**unplaced, actor_name=None, place_name=None))
    told = explain(made, row, "c", "as-written")
    assert "nobody says who did it" in told["actor"][1]
    assert "no place is given" in told["place"][1]
    row = batch(facts(actor_name="Army of Red", place_name="Nowhere"))
    told = explain(made, row, "c", "as-written")
    assert told["actor"] == ("yes", "Red, bound by the clause")
    assert "is named" not in told["place"][1]


def test_one_of_several_permits_is_enough() -> None:
    either = "{ wording = 'a', acts = ['shelling'] }, { wording = 'b', acts = ['sniping'] }"
    made = compiled(PLAIN + f"permits = [{either}]\n")
    assert verdict(made, "permitted") == "yes"
    assert verdict(made, "permitted", act="tank-fire") == "no"


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
    (1, False, "single source"),
    (2, False, "corroborated"),
    (3, True, "cross-side"),
    (1, True, "single source"),
    (None, None, "single source"),
]


@pytest.mark.parametrize(("independent", "across", "expected"), GRADES)
def test_grade(independent: int | None, across: bool | None, expected: str) -> None:
    given = verdict(compiled(PLAIN), "grade", independent=independent, across_sides=across)
    assert given == expected
