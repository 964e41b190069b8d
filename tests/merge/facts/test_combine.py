"""The facts of an incident out of its reports: each rule, and that none cuts anything off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.facts import Ground, combine
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.merge.conftest import HOUR, NOON, Row, row

WORDS, GROUND = shipped_vocabularies(), Ground({})


def facts(*reports: Row, sources: list[int] | None = None) -> Row:
    return combine(reports, sources or list(range(len(reports))), WORDS, GROUND)


def test_one_report_is_as_it_was() -> None:
    one = row(
        quantity_unit="launch", quantity_min=3.0, quantity_best=4.0, quantity_max=5.0,
        deaths_min=1, deaths_best=2, deaths_max=2, actors=["north"], responsibility="reported",
        weapon="mlrs", weapon_name="Grad", circumstance="exercise", summary="Shells fell.",
        actor_name="Northland", place_name="Ford", intercepted_best=1.0,
    )  # fmt: skip
    found = facts(one)
    assert found.pop("disputed") == []
    assert found == {name: one[name] for name in found}


def test_reports_that_agree_narrow_each_other() -> None:
    found = facts(
        row(occurred_from=NOON - 12 * HOUR, occurred_to=NOON + 12 * HOUR, time_precision="day"),
        row(radius_m=20_000.0, act="combat", place_precision="district", place_name="Uplands"),
        row(actors=["north", "south"], lon=None, lat=None, radius_m=None, place_name="Ford"),
    )
    assert found["disputed"] == []
    assert (found["occurred_from"], found["occurred_to"]) == (NOON, NOON + HOUR)
    assert found["time_precision"] == "hour"
    assert (found["lon"], found["lat"], found["radius_m"]) == (30.0, 46.0, 1_000.0)
    assert found["place_precision"] == "village"
    assert found["act"] == "shelling"
    assert found["actors"] == ["north", "south"]


def test_reports_that_contradict_each_other_are_both_kept() -> None:
    found = facts(
        row(actors=["north"], responsibility="reported", deaths_min=3, deaths_best=3, deaths_max=3),
        row(
            occurred_from=NOON + 5 * HOUR, occurred_to=NOON + 6 * HOUR, lon=30.5,
            act="missile-strike", actors=["south"], responsibility="reported",
            deaths_min=5, deaths_best=5, deaths_max=5,
        ),
    )  # fmt: skip
    assert found["disputed"] == ["time", "place", "act", "actors", "deaths"]
    assert (found["occurred_from"], found["occurred_to"]) == (NOON, NOON + 6 * HOUR)
    assert found["time_precision"] == "what 2 reports leave together"
    assert found["actors"] == ["north", "south"]
    assert found["responsibility"] == "disputed"
    assert (found["deaths_min"], found["deaths_best"], found["deaths_max"]) == (3, 3, 5)
    assert found["radius_m"] > 19_000


FIGURES: dict[str, tuple[list[Row], list[int], tuple[Any, ...]]] = {
    "two ranges": (
        [row(deaths_min=2, deaths_max=10), row(deaths_min=8, deaths_max=12)], [0, 1],
        (8, None, 10)),
    "at least, and no more": (
        [row(deaths_min=2), row(deaths_max=6), row(deaths_best=4)], [0, 1, 2], (2, 4, 6)),
    "the best of three sources is the one in the middle": (
        [row(deaths_best=4), row(deaths_best=9), row(deaths_best=5)], [0, 1, 2], (None, 5, None)),
    "a source counts once, with what it said last": (
        [row(deaths_best=1), row(deaths_best=1), row(deaths_best=4), row(deaths_best=6)],
        [0, 0, 0, 1], (None, 4, None)),
    "nothing said": ([row(), row()], [0, 1], (None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_casualties(name: str) -> None:
    reports, sources, expected = FIGURES[name]
    found = facts(*reports, sources=sources)
    assert (found["deaths_min"], found["deaths_best"], found["deaths_max"]) == expected


def launched(unit: str | None, figure: float, **more: Any) -> Row:
    given = {f"quantity_{end}": figure for end in ("min", "best", "max")}
    return row(quantity_unit=unit, **{**given, **more})


def test_quantities_of_two_units_are_not_mixed() -> None:
    found = facts(launched("launch", 5.0), launched("round", 90.0), launched("launch", 5.0))
    assert (found["quantity_unit"], found["quantity_min"], found["quantity_max"]) == (
        "launch", 5.0, 5.0)  # fmt: skip
    assert "quantity" not in found["disputed"]


def test_quantities_that_differ() -> None:
    found = facts(launched("launch", 55.0, intercepted_best=40.0), launched("launch", 60.0))
    assert (found["quantity_min"], found["quantity_best"], found["quantity_max"]) == (55, 55, 60)
    assert found["intercepted_best"] == 40.0
    assert found["disputed"] == ["quantity"]


def test_no_quantity_where_no_report_has_one() -> None:
    found = facts(row(), row())
    assert found["quantity_unit"] is None
    assert found["quantity_min"] is None


@pytest.mark.parametrize(
    ("units", "expected"),
    [(["incident", "incident"], "incident"), (["attack-row", "attack-row"], "attack-row"),
     (["attack-row", "fatal-event"], "incident")],
)  # fmt: skip
def test_counting_unit(units: list[str], expected: str) -> None:
    assert facts(*(row(counting_unit=unit) for unit in units))["counting_unit"] == expected


def test_a_closed_or_sensitive_report_makes_its_incident_so() -> None:
    assert facts(row(), row())["republish"]
    assert not facts(row(), row(republish=False))["republish"]
    assert not facts(row(), row(republish=None))["republish"]
    assert facts(row(), row(sensitive=True))["sensitive"]
    assert not facts(row(), row())["sensitive"]


def test_names_that_differ_are_both_told() -> None:
    found = facts(
        row(weapon_name="Geran-2", actor_name="Northland Army", circumstance="self-defence"),
        row(weapon_name="geran-2", actor_name="Border troops"), row(weapon_name="Shahed"),
    )  # fmt: skip
    assert found["weapon_name"] == "Geran-2; Shahed"
    assert found["actor_name"] == "Northland Army; Border troops"
    assert found["circumstance"] == "self-defence"


ACTS = sorted(WORDS.acts.nodes)
MINUTES = st.none() | st.integers(0, 600)


@st.composite
def reports(draw: st.DrawFn) -> Row:
    begins, ends = draw(MINUTES), draw(MINUTES)
    if begins is not None and ends is not None:
        begins, ends = min(begins, ends), max(begins, ends) + 1
    low, high = draw(st.none() | st.integers(0, 9)), draw(st.none() | st.integers(0, 9))
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    actors = draw(st.none() | st.sets(st.sampled_from(["north", "south", "outsider"]), min_size=1))
    return row(
        occurred_from=None if begins is None else NOON + timedelta(minutes=begins),
        occurred_to=None if ends is None else NOON + timedelta(minutes=ends),
        act=draw(st.sampled_from(ACTS)), actors=None if actors is None else sorted(actors),
        deaths_min=low, deaths_max=high, lon=30.0 + draw(st.integers(0, 3)) / 50,
        radius_m=draw(st.sampled_from([1_000.0, 3_000.0, 9_000.0])),
    )  # fmt: skip


def allows(given_: Row, exact: Row) -> bool:
    """Whether a row of facts allows one exact incident."""
    begins, ends = given_["occurred_from"], given_["occurred_to"]
    low, high = given_["deaths_min"], given_["deaths_max"]
    return (
        (begins is None or begins <= exact["at"])
        and (ends is None or exact["at"] < ends)
        and exact["act"] in WORDS.acts.kinds_of(given_["act"])
        and (given_["actors"] is None or exact["actor"] in given_["actors"])
        and (low is None or low <= exact["deaths"])
        and (high is None or exact["deaths"] <= high)
    )


@given(st.lists(reports(), min_size=1, max_size=4), st.randoms(), st.data())
@settings(max_examples=400, deadline=None)
def test_sound_and_free_of_order(told: list[Row], random: Any, data: st.DataObject) -> None:
    found = facts(*told)
    exact = {
        "at": NOON + timedelta(minutes=data.draw(st.integers(0, 600))),
        "act": data.draw(st.sampled_from(sorted(WORDS.acts.kinds_of(told[0]["act"])))),
        "actor": data.draw(st.sampled_from(["north", "south", "outsider"])),
        "deaths": data.draw(st.integers(0, 9)),
    }
    if all(allows(one, exact) for one in told):
        assert allows(found, exact)
        assert not {"time", "actors", "deaths"} & set(found["disputed"])
    random.shuffle(told)
    assert facts(*told) == found
