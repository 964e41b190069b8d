"""Candidates are exactly the pairs that are near enough, found without looking at all of them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.background import lags, placebo
from holdfire.merge.candidates import AT_LEAST_M, GAP_S, REACH, Search, between, joined
from holdfire.merge.columns import DAY, Columns, gather, great_circle_m
from holdfire.simulate import simulate
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.merge.conftest import NOON, table, told

WORDS = shipped_vocabularies()


def near_pairs(columns: Columns, shift_s: int) -> set[tuple[int, int]]:
    """Look at all pairs, as the definition says."""
    one, other = (side.ravel() for side in np.meshgrid(*[np.arange(len(columns))] * 2))
    lists = columns.list_no[one], columns.list_no[other]
    within = (lists[0] == lists[1]) & columns.repeats[lists[0]] & (one < other)
    kept = (lists[0] < lists[1]) | within
    one, other = one[kept], other[kept]
    metres = great_circle_m(columns.point[one], columns.point[other])
    both = columns.radius_m[one] + columns.radius_m[other]
    begins, ends = columns.begins[other] + shift_s, columns.ends[other] + shift_s
    near = (metres <= REACH * both + AT_LEAST_M) & (begins - columns.ends[one] + 1 <= GAP_S)
    near &= columns.begins[one] - ends + 1 <= GAP_S
    return set(zip(one[near].tolist(), other[near].tolist(), strict=True))


def found_pairs(columns: Columns, shift_s: int = 0) -> set[tuple[int, int]]:
    pairs = joined(list(Search(columns).pairs(shift_s)))
    found = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert len(found) == len(set(found)), "each pair once"
    return set(found)


@pytest.mark.parametrize("kind", ["sparse", "dense"])
def test_all_near_pairs_are_found_in_a_world(kind: str) -> None:
    world = simulate(kind, 700, 74)
    columns = gather(world.reports, WORDS, {}, world.may_repeat)
    assert found_pairs(columns) == near_pairs(columns, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from([-180.0, -179.9, -0.01, 0.0, 0.02, 90.0, 179.95, 180.0]),
            st.sampled_from([-90.0, -89.99, -0.01, 0.0, 51.2, 51.21, 89.95, 90.0]),
            st.sampled_from([0.0, 500.0, 5_000.0, 40_000.0, 900_000.0]),
            st.integers(0, 200),
            st.sampled_from([1, 24, 72, 900]),
        ),
        max_size=30,
    )
)
def test_near_pairs_are_found_anywhere_on_the_globe(
    rows: list[tuple[int, float, float, float, int, int]],
) -> None:
    reports = table(
        *(
            told(
                str(at), outlet=f"outlet {outlet}", lon=lon, lat=lat, radius_m=radius,
                occurred_from=NOON + timedelta(hours=begins),
                occurred_to=NOON + timedelta(hours=begins + hours),
            )
            for at, (outlet, lon, lat, radius, begins, hours) in enumerate(rows)
        )
    )  # fmt: skip
    columns = gather(reports, WORDS, {}, lambda source, outlet: True)
    own = {int(row) for row in np.flatnonzero(columns.copy_of == np.arange(len(columns)))}
    expected = {pair for pair in near_pairs(columns, 0) if set(pair) <= own}
    assert found_pairs(columns) == expected


def test_a_shift_moves_the_greater_list_only() -> None:
    later = {"occurred_from": NOON + 5 * timedelta(days=1), "outlet": "Herald"}
    reports = table(told("a"), told("b", **later, occurred_to=NOON + timedelta(days=5, hours=1)))
    columns = gather(reports, WORDS, {}, lambda source, outlet: False)
    assert found_pairs(columns) == set()
    assert found_pairs(columns, -5 * DAY) == {(0, 1)}
    assert found_pairs(columns, 5 * DAY) == set()


def test_what_is_between_two_reports_has_its_sign() -> None:
    reports = table(
        told("a"),
        told("b", outlet="Herald", occurred_from=NOON + timedelta(hours=3),
             occurred_to=NOON + timedelta(hours=4)),
    )  # fmt: skip
    columns = gather(reports, WORDS, {}, lambda source, outlet: False)
    pairs = between(columns, np.array([1]), np.array([0]))
    assert (pairs.left[0], pairs.right[0]) == (0, 1)
    assert pairs.gap_s[0] == 2 * 3600 + 1
    assert pairs.late_s[0] == 3 * 3600


def test_placebo_pairs_are_never_true_pairs() -> None:
    world = simulate("dense", 3_000, 75)
    columns = gather(world.reports, WORDS, {}, world.may_repeat)
    truth = np.asarray(world.truth)[columns.rows]
    pairs = placebo(Search(columns), None).pairs
    assert len(pairs) > 10_000
    assert (truth[pairs.left] == truth[pairs.right]).mean() < 0.001


def test_a_period_too_short_has_no_lags() -> None:
    world = simulate("dense", 500, 76)
    columns = gather(world.reports, WORDS, {}, world.may_repeat)
    few = np.flatnonzero(columns.begins < columns.begins.min() + DAY)
    assert lags(columns, few) == []
