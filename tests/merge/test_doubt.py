"""What an incident adds to a count and to a sum, where it is not sure what is the same."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.doubt import Doubt, Shares, doubt, least_quantity, maybe_same, most_quantity
from holdfire.tables import pair


def pairs(*rows: tuple[str, str, float, str | None]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"report_a": f"R-{a}", "report_b": f"R-{b}", "probability": p, "decided": decided}
            for a, b, p, decided in rows
        ],
        schema=pair.SCHEMA,
    )


def ones(count: int, value: float = 1.0) -> Shares:
    return Shares(*(np.full(count, value) for _ in range(3)))


IDS = pa.array(["R-a", "R-b", "R-c", "R-d"])


def test_shares_of_the_reports_are_added() -> None:
    shares = Shares(np.array([0.25, 0.25, 0.5]), np.array([0.5, 0.5, 0.75]), np.array([1.0, 1, 1]))
    found = doubt(np.array([0, 0, 1]), shares, pairs(), IDS[:3])
    assert found.least.tolist() == [0.5, 0.5]
    assert found.expected.tolist() == [1.0, 0.75]
    assert found.most.tolist() == [2.0, 1.0]


def test_a_row_is_one_incident_as_it_stands() -> None:
    found = doubt(np.array([0, 0]), Shares(*(np.array(v) for v in ([1.0, 1], [2.0, 2], [0.1, 0]))),
                  pairs(), IDS[:2])  # fmt: skip
    assert (found.least[0], found.expected[0], found.most[0]) == (1.0, 1.0, 1.0)


def test_pairs_between_incidents_both_ways_with_the_largest_probability() -> None:
    given_ = pairs(
        ("a", "b", 0.9, None), ("a", "c", 0.2, None), ("b", "c", 0.4, None),
        ("a", "d", 0.3, "different"), ("c", "d", 0.03, None),
    )  # fmt: skip
    found = doubt(np.array([0, 0, 1, 2]), ones(4), given_, IDS)
    assert list(zip(found.one, found.other, found.probability.round(3), strict=True)) == [
        (0, 1, 0.4), (1, 0, 0.4),
    ]  # fmt: skip
    assert maybe_same(found, pa.array(["I-a", "I-c", "I-d"])).to_pylist() == [
        [{"incident_id": "I-c", "probability": 0.4}],
        [{"incident_id": "I-a", "probability": 0.4}],
        [],
    ]


def test_the_likeliest_are_named_first_and_no_more_than_ten() -> None:
    many = pa.array([f"R-{at:02}" for at in range(20)])
    given_ = pa.Table.from_pylist(
        [{"report_a": "R-00", "report_b": f"R-{at:02}", "probability": at / 30}
         for at in range(1, 20)],
        schema=pair.SCHEMA,
    )  # fmt: skip
    found = doubt(np.arange(20), ones(20), given_, many)
    first = maybe_same(found, many)[0].as_py()
    assert [one["incident_id"] for one in first] == [f"R-{at:02}" for at in range(19, 9, -1)]


def between(count: int, edges: list[tuple[int, int]]) -> Doubt:
    both = sorted({(a, b) for a, b in edges} | {(b, a) for a, b in edges})
    one, other = (np.array([e[side] for e in both], dtype=np.int64) for side in (0, 1))
    sure = np.ones(count)
    return Doubt(sure, sure, sure, one, other, np.full(len(both), 0.5))


LEAST: dict[str, tuple[list[tuple[int, int]], list[float | None], list[float]]] = {
    "nothing in doubt": ([], [55, 60], [55, 60]),
    "an attack told twice": ([(0, 1)], [55, 55], [27.5, 27.5]),
    "told twice with two figures": ([(0, 1)], [55, 60], [27.5, 27.5]),
    "told again without a figure": ([(0, 1)], [55, None], [55, np.nan]),
    "told three times": ([(0, 1), (0, 2), (1, 2)], [9, 9, 9], [3, 3, 3]),
    "one that may be either of two": ([(0, 1), (1, 2)], [10, 8, 10], [4, 8 / 3, 4]),
}


@pytest.mark.parametrize("name", LEAST)
def test_least_of_a_quantity(name: str) -> None:
    edges, figures, expected = LEAST[name]
    given_ = np.array([np.nan if one is None else one for one in figures], dtype=np.float64)
    found = least_quantity(between(len(figures), edges), np.zeros(len(figures), int), given_)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_quantities_of_two_units_do_not_weigh_on_each_other() -> None:
    found = least_quantity(between(2, [(0, 1)]), np.array([0, 1]), np.array([5.0, 9.0]))
    assert found.tolist() == [5.0, 9.0]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[int]]:
    figures = draw(st.lists(st.integers(0, 20), min_size=1, max_size=5))
    nodes = range(len(figures))
    possible = [(a, b) for a in nodes for b in nodes if a < b]
    return [edge for edge in possible if draw(st.booleans())], figures


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_however_they_are_merged_the_sum_is_no_less(graph: Any) -> None:
    """Every way to merge incidents that may all be the same leaves at least this much."""
    edges, figures = graph
    count = len(figures)
    linked = {*edges, *((b, a) for a, b in edges)}
    shares = least_quantity(between(count, edges), np.zeros(count, int),
                            np.array(figures, dtype=np.float64))  # fmt: skip
    for labels in product(range(count), repeat=count):
        groups = [[at for at in range(count) if labels[at] == one] for one in set(labels)]
        if any((a, b) not in linked for group in groups for a in group for b in group if a != b):
            continue
        assert shares.sum() <= sum(min(figures[at] for at in group) for group in groups) + 1e-9


MOST: dict[str, tuple[float, list[float | None], float | None, float | None]] = {
    "surely one": (1.0, [55, 60], 60, 60),
    "surely one, with no upper figure": (1.0, [55, None], None, None),
    "may be two": (2.0, [55, 60], 60, 115),
    "at most two of three": (2.0, [55, 60, 7], 60, 115),
    "a part of a second": (1.5, [55, 60, 7], 60, 115),
    "may be two, one without a figure": (2.0, [55, None], 55, None),
    "may be two, none with a figure of this unit": (2.0, [], None, None),
}


@pytest.mark.parametrize("name", MOST)
def test_most_of_a_quantity(name: str) -> None:
    most, figures, combined, expected = MOST[name]
    assert most_quantity(most, figures, combined) == expected
