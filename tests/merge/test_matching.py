"""The whole matching: laws that hold for any reports, and floors of quality in small worlds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfire.engines.shape import Shape
from holdfire.merge.matching import Decided, Matched, match
from holdfire.merge.scores import calibration, pairwise
from holdfire.simulate import World, simulate
from holdfire.tables import pair, report
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.merge.conftest import NOON, told
from tests.merge.conftest import table as reports_of

WORDS = shipped_vocabularies()
TOTAL_BITS = ("prior", "competition_bits", *(f"{name}_bits" for name in pair.COMPARISONS))


def matched(reports: pa.Table, decided: Decided | None = None, repeats: bool = False) -> Matched:
    return match(reports, WORDS, {}, may_repeat=lambda source, outlet: repeats, decided=decided)


def of_world(world: World, reports: pa.Table | None = None) -> Matched:
    given_ = world.reports if reports is None else reports
    return match(given_, WORDS, {}, may_repeat=world.may_repeat)


def groups(reports: pa.Table, found: Matched) -> set[frozenset[str]]:
    by_group: dict[int, set[str]] = {}
    for name, group in zip(reports["report_id"].to_pylist(), found.group.tolist(), strict=True):
        by_group.setdefault(group, set()).add(name)
    return {frozenset(one) for one in by_group.values()}


@pytest.fixture(scope="module")
def world() -> World:
    return simulate("sparse", 600, 71, text=True)


@pytest.fixture(scope="module")
def found(world: World) -> Matched:
    return of_world(world)


def test_no_reports_are_no_incidents() -> None:
    found = matched(report.SCHEMA.empty_table())
    assert found.total == (0.0, 0.0, 0.0)
    assert found.pairs.num_rows == 0
    assert found.pairs.schema == pair.SCHEMA


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"occurred_from": None, "occurred_to": None},
        {"lon": None, "lat": None, "radius_m": None},
        {"radius_m": None},
        {"act": None, "target": None, "weapon": None},
        {"occurred_from": None, "lon": None, "lat": None, "actors": []},
        {"radius_m": 6_000_000.0, "occurred_to": NOON + timedelta(days=400)},
        {"lon": 180.0, "lat": 90.0},
        {"area": "nobody knows it", "lon": None, "lat": None},
    ],
)
def test_reports_with_gaps_are_matched_like_others(facts: dict[str, Any]) -> None:
    reports = reports_of(
        told("a", **facts), told("b", outlet="Herald", **facts), told("c", outlet="Echo")
    )
    found = matched(reports)
    assert found.pairs.schema == pair.SCHEMA
    assert np.isfinite(found.expected).all()
    assert found.least.sum() <= found.expected.sum() <= found.most.sum()


def test_a_report_without_time_or_place_is_tied_by_neither() -> None:
    nowhere = {"lon": None, "lat": None, "radius_m": None}
    reports = reports_of(told("a", **nowhere), told("b", outlet="Herald", **nowhere))
    assert matched(reports).pairs.num_rows == 0


def test_one_id_of_a_list_that_repeats_is_one_incident() -> None:
    nowhere = {"lon": None, "lat": None, "radius_m": None}
    reports = reports_of(
        told("a", event_id="E1", **nowhere),
        told("b", event_id="E1", act="mortar-fire", **nowhere),
        told("c", event_id="E2", **nowhere),
    )
    found = matched(reports, repeats=True)
    assert frozenset({"R-a", "R-b"}) in groups(reports, found)
    assert found.pairs["rule"].to_pylist() == ["same-id"]


def test_places_either_side_of_the_antimeridian_are_near() -> None:
    reports = reports_of(
        told("a", lon=179.995), told("b", lon=-179.995, outlet="Herald"),
        told("c", lon=0.0, outlet="Herald"),
    )  # fmt: skip
    found = matched(reports)
    assert found.pairs["report_a"].to_pylist() == ["R-a"]
    assert found.pairs["distance_m"].to_pylist()[0] == pytest.approx(772, abs=10)


def test_a_place_inside_a_named_area_is_at_no_distance() -> None:
    square = Shape(shapely.box(29.9, 45.9, 30.1, 46.1), 30.0)
    by_area = {"area": "district", "lon": None, "lat": None, "radius_m": None}
    reports = reports_of(told("a"), told("b", outlet="Herald", **by_area))
    found = match(reports, WORDS, {"district": square}, may_repeat=lambda source, outlet: False)
    row = found.pairs.to_pylist()[0]
    assert (row["place"], row["distance_m"]) == ("in-area", 0.0)


def test_a_list_that_tells_an_incident_once_is_never_merged_with_itself() -> None:
    reports = reports_of(told("a"), told("b", weapon="mlrs"), told("c", outlet="Herald"))
    found = matched(reports)
    together = [one for one in groups(reports, found) if {"R-a", "R-b"} <= one]
    assert together == []
    both = {(row["report_a"], row["report_b"]) for row in found.pairs.to_pylist()}
    assert ("R-a", "R-b") not in both


@pytest.mark.parametrize("unit", ["claim", "alert-interval", "pixel", "statement"])
def test_what_is_no_happening_is_never_merged(unit: str) -> None:
    reports = reports_of(
        told("a", counting_unit=unit), told("b", counting_unit=unit, outlet="Herald"),
        told("c", outlet="Echo"),
    )  # fmt: skip
    found = matched(reports)
    assert found.pairs.num_rows == 0
    assert len(groups(reports, found)) == 3


def test_probability_is_the_sum_of_what_is_shown(found: Matched) -> None:
    assert found.pairs.num_rows > 100
    total = sum(found.pairs[name].to_numpy().astype(float) for name in TOTAL_BITS)
    probability = found.pairs["probability"].to_numpy()
    assert np.allclose(probability, 1.0 / (1.0 + 2.0**-total), atol=1e-4)


def test_bounds_hold_one_another(found: Matched) -> None:
    assert (found.least <= found.expected + 1e-12).all()
    assert (found.expected <= found.most + 1e-12).all()
    assert found.total[0] <= found.total[1] <= found.total[2]
    assert len(np.unique(found.group)) <= found.most.sum() + 1e-6


def test_order_of_rows_changes_nothing(world: World, found: Matched) -> None:
    turned = np.random.default_rng(5).permutation(world.reports.num_rows)
    again = of_world(world, world.reports.take(pa.array(turned)))
    assert again.pairs.equals(found.pairs)
    assert again.total == found.total
    assert np.array_equal(again.group, found.group[turned])
    assert np.array_equal(again.expected, found.expected[turned])


def test_an_exact_duplicate_adds_no_incident(world: World, found: Matched) -> None:
    copies = world.reports.slice(100, 50)
    names = pa.array([f"{name}-again" for name in copies["report_id"].to_pylist()])
    at = copies.schema.get_field_index("report_id")
    more = pa.concat_tables([world.reports, copies.set_column(at, "report_id", names)])
    again = of_world(world, more)
    assert again.total == found.total
    assert np.array_equal(again.group[600:], again.group[100:150])
    assert again.expected.sum() == pytest.approx(found.expected.sum())


def test_exchanging_parties_exchanges_the_output() -> None:
    before = simulate("dense", 400, 72)
    names = {"north": "south", "south": "north"}
    columns = {
        "actors": pa.array(
            [
                None if row is None else [names.get(one, one) for one in row]
                for row in before.reports["actors"].to_pylist()
            ],
            report.SCHEMA.field("actors").type,
        ),
        "outlet_side": pa.array(
            [names.get(one, one) for one in before.reports["outlet_side"].to_pylist()]
        ),
    }
    reports = before.reports
    for name, column in columns.items():
        reports = reports.set_column(reports.schema.get_field_index(name), name, column)
    one, other = of_world(before), of_world(before, reports)
    assert one.pairs.equals(other.pairs)
    assert np.array_equal(one.group, other.group)


def test_a_cannot_link_splits_and_moves_nothing_else(world: World, found: Matched) -> None:
    joined = found.pairs.filter(found.pairs["joined"]).to_pylist()
    row = joined[len(joined) // 2]
    both = (row["report_a"], row["report_b"])
    again = match(
        world.reports, WORDS, {}, may_repeat=world.may_repeat, decided=Decided(different=(both,))
    )
    before, after = groups(world.reports, found), groups(world.reports, again)
    assert not any(set(both) <= one for one in after)
    touched = next(one for one in before if set(both) <= one)
    assert {one for one in before if not one & touched} <= after | {
        one for one in before if any(one & other and one != other for other in after)
    }
    moved = [one for one in before - after if one != touched]
    assert len(moved) <= 1, "no more than the incident that a part goes to"


def test_a_must_link_joins_what_the_model_keeps_apart(world: World, found: Matched) -> None:
    far = found.pairs.sort_by("probability").to_pylist()[0]
    both = (far["report_a"], far["report_b"])
    again = match(
        world.reports, WORDS, {}, may_repeat=world.may_repeat, decided=Decided(same=(both,))
    )
    assert any(set(both) <= one for one in groups(world.reports, again))
    row = next(r for r in again.pairs.to_pylist() if (r["report_a"], r["report_b"]) == both)
    assert (row["decided"], row["probability"], row["joined"]) == ("same", 1.0, True)


def test_decisions_that_contradict_are_told() -> None:
    reports = reports_of(told("a"), told("b", outlet="Herald"), told("c", outlet="Echo"))
    decided = Decided(same=(("R-a", "R-b"), ("R-b", "R-c")), different=(("R-a", "R-c"),))
    found = matched(reports, decided)
    assert len(found.conflicts) == 1
    assert "R-b" in found.conflicts[0]
    assert not any({"R-a", "R-c"} <= one for one in groups(reports, found))


def test_decisions_on_reports_that_are_gone_wait() -> None:
    reports = reports_of(told("a"), told("b", outlet="Herald"))
    found = matched(reports, Decided(same=(("R-a", "R-gone"),)))
    assert found.conflicts == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 3), st.integers(0, 60), st.integers(0, 20),
            st.sampled_from(["shelling", "mortar-fire", "any-act"]),
        ),
        min_size=1, max_size=25,
    ),
    seed=st.integers(0, 100),
)  # fmt: skip
def test_laws_hold_for_any_few_reports(rows: list[tuple[int, int, int, str]], seed: int) -> None:
    reports = reports_of(
        *(
            told(
                f"{at:02}", outlet=f"outlet {outlet}", act=act, lon=30.0 + 0.004 * east,
                occurred_from=NOON + timedelta(hours=hours),
                occurred_to=NOON + timedelta(hours=hours + 6),
            )
            for at, (outlet, hours, east, act) in enumerate(rows)
        )
    )  # fmt: skip
    found = matched(reports)
    turned = np.random.default_rng(seed).permutation(len(rows))
    again = matched(reports.take(pa.array(turned)))
    assert groups(reports, found) == groups(reports.take(pa.array(turned)), again)
    for one in groups(reports, found):
        ids = sorted(one)
        outlets = {reports["outlet"][int(name[2:])].as_py() for name in ids}
        distinct = {tuple(rows[int(name[2:])]) for name in ids}
        assert len(outlets) == len(distinct), "a list that tells an incident once is in it once"
    twice = reports_of(*reports.to_pylist(), {**reports.to_pylist()[0], "report_id": "R-copy"})
    assert matched(twice).total == found.total


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "reports", "text", "floor"),
    [("sparse", 3_000, False, 0.80), ("sparse", 3_000, True, 0.88), ("dense", 1_000, False, 0.50)],
)
def test_quality_does_not_fall(kind: str, reports: int, text: bool, floor: float) -> None:
    world = simulate(kind, reports, 73, text=text)
    found = of_world(world)
    truth = np.asarray(world.truth)
    assert pairwise(found.group, truth).f1 >= floor
    row = {name: at for at, name in enumerate(world.reports["report_id"].to_pylist())}
    sides = [
        np.array([row[name] for name in found.pairs[side].to_pylist()])
        for side in ("report_a", "report_b")
    ]
    same = truth[sides[0]] == truth[sides[1]]
    assert calibration(found.pairs["probability"].to_numpy(), same).error < 0.08
    assert found.total[0] <= len(np.unique(truth)) <= found.total[2]
