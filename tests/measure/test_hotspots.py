"""Rates in cells: where an uncertain place may be, and which changes are more than chance."""

from __future__ import annotations

from typing import Any

import h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control

from holdfire.errors import HoldfireError
from holdfire.measure.disks import GEOD, Shares, cells_of
from holdfire.measure.hotspots import Placed, hotspots, resolution_for
from holdfire.measure.refusal import Refusal
from holdfire.tables.cells import Cell, CellCount, Hotspots

HOME = h3.latlng_to_cell(48.0, 37.0, 5)
MIDDLE = h3.cell_to_latlng(HOME)
"""Latitude and longitude of the middle of a cell."""
NEAR = sorted(set(h3.grid_disk(HOME, 1)) - {HOME})


def placed(*rows: tuple[str, float, int, int], unsure: int = 0) -> Placed:
    """Return incidents at cells' middles: (cell, radius, in effect, before).

    The first ``unsure`` may be no violation.
    """
    facts = [
        (*reversed(h3.cell_to_latlng(cell)), radius, float(at < now), float(at >= now))
        for cell, radius, now, before in rows
        for at in range(now + before)
    ]
    table = np.array(facts, dtype=np.float64).reshape(-1, 5)
    sure = np.arange(len(table)) >= unsure
    lon, lat, radius, now_most, before_most = table.T
    return Placed(lon, lat, radius, now_most * sure, now_most, before_most * sure, before_most)


def asked(given: Placed, now: float = 28, before: float = 28, **how: Any) -> Hotspots:
    answer = hotspots(given, now, before, resolution=5, **how)
    assert isinstance(answer, Hotspots)
    return answer


def cell(answer: Hotspots, name: str = HOME) -> Cell:
    return next(one for one in answer.cells if one.cell == name)


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (0, 12, "fell"), (2, 20, "fell"), (20, 2, "rose"), (6, 0, "rose"), (0, 6, "fell"),
        (5, 5, "no change found"), (9, 12, "no change found"), (1, 6, "no change found"),
    ],
)  # fmt: skip
def test_one_cell_is_the_exact_binomial_test(now: int, before: int, found: str) -> None:
    one = cell(asked(placed((HOME, 0.0, now, before))))
    way = "greater" if now > before else "less"
    expected = min(1.0, 2 * binomtest(now, now + before, 0.5, way).pvalue)
    assert one.p_value == pytest.approx(expected)
    assert one.q_value == one.p_value
    assert one.found == found
    assert one.in_effect == CellCount(now, now, (now, now))
    assert one.before == CellCount(before, before, (before, before))
    assert (one.lat, one.lon) == MIDDLE


def test_days_are_weights() -> None:
    one = cell(asked(placed((HOME, 0.0, 4, 16)), now=14, before=56))
    assert one.p_value == pytest.approx(1.0)
    assert one.usual == (4.0, 4.0)
    assert one.ratio == (1.0, 1.0)


def test_a_ratio_that_nothing_bounds() -> None:
    assert cell(asked(placed((HOME, 0.0, 6, 0)))).ratio is None
    some = cell(asked(placed((HOME, 0.0, 6, 1), unsure=6)))
    assert (some.usual, some.ratio) == ((1.0, 1.0), (0.0, 6.0))


def test_the_counts_least_in_favour_of_a_change_are_tested() -> None:
    """Ten of twenty in effect may be no violation: only the ten others speak for a rise."""
    one = cell(asked(placed((HOME, 0.0, 20, 4), unsure=10)))
    assert one.in_effect == CellCount(10, 20, (10, 20))
    assert one.p_value == pytest.approx(2 * binomtest(10, 14, 0.5, "greater").pvalue)


def test_heaps_count_less() -> None:
    rows = placed((HOME, 0.0, 24, 8))
    assert cell(asked(rows)).found == "rose"
    heaped = cell(asked(rows, dispersion=3.0))
    assert heaped.p_value == pytest.approx(2 * binomtest(8, 11, 0.5, "greater").pvalue)
    assert heaped.found == "no change found"


def test_many_tests_are_allowed_for() -> None:
    """One p of 0.02 among seven cells is no finding; a p of 0.0005 is."""
    even = [(name, 0.0, 10, 10) for name in NEAR]
    weak = asked(placed((HOME, 0.0, 1, 9), *even))
    assert weak.tested == 7
    assert weak.method == "bh"
    assert cell(weak).p_value == pytest.approx(2 * 11 / 1024)
    assert {one.found for one in weak.cells} == {"no change found"}
    strong = asked(placed((HOME, 0.0, 0, 12), *even))
    assert [one.cell for one in strong.cells if one.found == "fell"] == [HOME]


def test_q_is_that_of_the_method_named() -> None:
    rows = [(HOME, 0.0, 1, 9), *[(name, 0.0, at, 10) for at, name in enumerate(NEAR)]]
    for radius, method in ((0.0, "bh"), (9_000.0, "by")):
        answer = asked(placed(*rows, (NEAR[0], radius, 1, 0)))
        assert answer.method == method
        tried = [one for one in answer.cells if one.p_value is not None]
        q_values = false_discovery_control([one.p_value for one in tried], method=method)
        assert [one.q_value for one in tried] == pytest.approx(q_values.tolist())


def test_a_cell_with_too_few_is_shown_without_a_test() -> None:
    answer = asked(placed((HOME, 0.0, 3, 4), (NEAR[0], 0.0, 0, 5)))
    assert answer.tested == 1
    few = cell(answer, NEAR[0])
    assert (few.p_value, few.q_value, few.found) == (None, None, "too few")
    assert few.before == CellCount(5, 5, (5, 5))


@pytest.mark.parametrize(
    ("given", "now", "before", "reason"),
    [
        (placed((HOME, 0.0, 9, 9)), 6, 28, "6 days in effect can be compared; at least 7"),
        (placed((HOME, 0.0, 9, 9)), 28, 13.5, "13.5 days before can be compared; at least 14"),
        (placed((HOME, 0.0, 2, 3), (NEAR[0], 0.0, 5, 0)), 28, 28, "no cell of resolution 5"),
        (placed((HOME, 90_000.0, 9, 9)), 28, 28, "may have 6 incidents"),
        (placed(), 28, 28, "may have 6 incidents"),
    ],
)
def test_refused(given: Placed, now: float, before: float, reason: str) -> None:
    answer = hotspots(given, now, before, resolution=5)
    assert isinstance(answer, Refusal)
    assert reason in answer.reason


def test_no_such_columns() -> None:
    one, two = np.ones(1), np.ones(2)
    with pytest.raises(HoldfireError, match="one length"):
        Placed(one, one, one, one, one, one, two)
    with pytest.raises(HoldfireError, match="cannot exceed"):
        Placed(one, one, one, one * 2, one, one, one)
    with pytest.raises(HoldfireError, match="expected 1 or more"):
        hotspots(placed(), 28, 28, dispersion=0.5)


def test_what_has_no_cell_is_counted_apart() -> None:
    answer = asked(
        placed((HOME, 0.0, 3, 4), (HOME, 90_000.0, 2, 1), (HOME, float("nan"), 4, 5), unsure=2)
    )
    assert (answer.vague, answer.without_place) == ((2, 1), (4, 5))
    assert [one.cell for one in answer.cells] == [HOME]


def test_what_counts_neither_before_nor_in_effect_is_nowhere() -> None:
    rows = placed((HOME, 0.0, 3, 4), (NEAR[0], 0.0, 1, 0))
    rows.most[-1] = rows.least[-1] = 0.0
    assert [one.cell for one in asked(rows).cells] == [HOME]


def test_a_place_over_several_cells() -> None:
    """A disk round a corner of three cells: surely in none, a third in each."""
    lat, lon = h3.cell_to_boundary(HOME)[0]
    rows = Placed(*(np.full(12, value) for value in (lon, lat, 3000.0, 1.0, 1.0, 0.0, 0.0)))
    answer = asked(rows)
    assert len(answer.cells) == 3
    assert answer.method == "by"
    for one in answer.cells:
        assert (one.in_effect.certain, one.in_effect.possible) == (0, 12)
        assert one.in_effect.expected == pytest.approx((4, 4), abs=0.3)
        assert one.found == "no change found"


@pytest.mark.parametrize(
    ("radius_m", "size"),
    [([50.0], 7), ([500.0, 700.0, 90_000.0], 6), ([2_000.0], 5), ([5_000.0], 4), ([17_000.0], 3),
     ([float("nan"), 2_000.0], 5), ([float("nan")], 5), ([], 5), ([500_000.0], 3)],
)  # fmt: skip
def test_resolution(radius_m: list[float], size: int) -> None:
    assert resolution_for(np.array(radius_m)) == size


def test_half_the_disks_lie_in_one_cell_of_the_resolution_chosen() -> None:
    """The radius for which resolution 5 is just fine enough, at places drawn by chance."""
    radius = h3.average_hexagon_edge_length(5, unit="m") * np.sqrt(3) / 2 * (1 - np.sqrt(0.5))
    assert resolution_for(np.array([radius * 0.99])) == 5
    assert resolution_for(np.array([radius * 1.01])) == 4
    random = np.random.default_rng(5)
    places = random.uniform((30, 46), (39, 51), (300, 2))
    cells = cells_of(places[:, 0], places[:, 1], np.full(300, radius), 5)
    alone = [len(one or ()) == 1 for one in cells]
    assert np.mean(alone) == pytest.approx(0.5, abs=0.1)


def cells_of_one(lon: float, lat: float, radius_m: float, size: int) -> Shares | None:
    return cells_of(np.array([lon]), np.array([lat]), np.array([radius_m]), size)[0]


PLACE = st.tuples(st.floats(-180, 180), st.floats(-89, 89), st.floats(0, 30_000))


@settings(max_examples=60, deadline=None)
@given(PLACE, st.floats(0, 360), st.floats(0, 1), st.integers(4, 6))
def test_sound(place: tuple[float, float, float], azimuth: float, far: float, size: int) -> None:
    """Wherever in the disk it was, that cell is among those told; alone if told alone."""
    lon, lat, radius = place
    cells = cells_of_one(lon, lat, radius, size)
    if cells is None:
        return
    true_lon, true_lat, _ = GEOD.fwd(lon, lat, azimuth, radius * far)
    assert h3.latlng_to_cell(true_lat, true_lon, size) in dict(cells)
    assert sum(share for _, share in cells) == pytest.approx(1.0)
    assert all(share >= 0 for _, share in cells)


def test_shares_are_areas() -> None:
    random = np.random.default_rng(2)
    lon, lat, radius = 37.1, 48.05, 9000.0
    cells = cells_of_one(lon, lat, radius, 5)
    assert cells is not None
    assert len(cells) > 2
    draws = 20_000
    azimuth, metres = random.uniform(0, 360, draws), radius * np.sqrt(random.uniform(0, 1, draws))
    lons, lats, _ = GEOD.fwd(np.full(draws, lon), np.full(draws, lat), azimuth, metres)
    drawn = [h3.latlng_to_cell(*at, 5) for at in zip(lats, lons, strict=True)]
    for name, share in cells:
        assert drawn.count(name) / draws == pytest.approx(share, abs=0.012)


@st.composite
def scattered(draw: st.DrawFn) -> Placed:
    count = draw(st.integers(1, 30))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    lon, lat = 37 + random.uniform(0, 0.5, count), 48 + random.uniform(0, 0.3, count)
    radius = random.choice([0.0, 1000.0, 5000.0, 12_000.0, 200_000.0, np.nan], count)
    most = random.choice([1.0, 1.0, 2.0], count)
    least = most * random.choice([0.0, 1.0, 1 / 3], count)
    now = random.random(count) < 0.5
    return Placed(lon, lat, radius, least * now, most * now, least * ~now, most * ~now)


@settings(max_examples=25, deadline=None)
@given(scattered(), st.integers(0, 99))
def test_order_and_exchange(rows: Placed, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(rows.lon))
    answer = hotspots(rows, 28, 28, resolution=5)
    mixed = Placed(*(column[order] for column in vars(rows).values()))
    assert hotspots(mixed, 28, 28, resolution=5) == answer
    turned = Placed(
        rows.lon, rows.lat, rows.radius_m,
        rows.least_before, rows.most_before, rows.least, rows.most,
    )  # fmt: skip
    other = hotspots(turned, 28, 28, resolution=5)
    if isinstance(answer, Refusal):
        assert other == answer
        return
    assert isinstance(other, Hotspots)
    words = {"rose": "fell", "fell": "rose"}
    for one, same in zip(answer.cells, other.cells, strict=True):
        assert (one.cell, one.in_effect, one.before) == (same.cell, same.before, same.in_effect)
        assert one.p_value == pytest.approx(same.p_value)
        assert words.get(one.found, one.found) == same.found
        assert one.in_effect.certain <= one.in_effect.possible


def test_chance_alone_is_seldom_found() -> None:
    """Thirty cells without any change: in how many of 150 worlds is one said to have changed?"""
    random = np.random.default_rng(11)
    names = sorted(h3.grid_disk(HOME, 3))[:30]
    fired = 0
    for _ in range(150):
        counts = random.poisson(9, (30, 2)).tolist()
        rows = [(name, 0.0, now, before) for name, (now, before) in zip(names, counts, strict=True)]
        fired += any(one.found in {"rose", "fell"} for one in asked(placed(*rows)).cells)
    assert fired / 150 < 0.05
