"""The rank of a change among the changes at earlier dates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.placebo import Placebo, _shares_of_noise, placebo
from holdfire.measure.refusal import Refusal

from .daily import daily, day, worlds


def ranked(found: Placebo | Refusal) -> Placebo:
    assert isinstance(found, Placebo)
    return found


def test_a_fall_from_ten_to_one_is_larger_than_all_others() -> None:
    counts = worlds(1, 300, 28, 10.0, 0.1, 0.2)[0]
    found = ranked(placebo(daily(counts), day(300)))
    assert found.larger_than == (1.0, 1.0)
    assert found.certain.same_way == 1.0
    # nothing as large in 245 dates: it may still come by itself, for they share their days
    assert 1 / 4001 < found.certain.by_itself < 0.03
    assert found.by_itself == (found.certain.by_itself, found.certain.by_itself)
    assert found.certain.ratio == pytest.approx(0.1, abs=0.05)
    # 28 + 28 days: the first date is day 28, the last is day 272
    assert len(found.dates) == 245
    assert (found.dates[0], found.dates[-1]) == (day(28), day(272))
    assert found.independent == pytest.approx(245 / 56 + 1)


def test_a_level_series_has_no_rank() -> None:
    found = ranked(placebo(daily([7.0] * 300), day(272)))
    assert found.certain.ratio == pytest.approx(1.0, abs=1e-4)
    assert found.certain.larger_than == pytest.approx(0.5)
    assert found.certain.by_itself == pytest.approx(0.5, abs=0.05)


def test_a_share_of_the_dates_is_worth_more_where_there_are_more_of_them() -> None:
    by_itself = []
    for days in (250, 400, 800):
        counts = worlds(1, days, 28, 10.0, 0.1, 0.2)[0]
        by_itself.append(ranked(placebo(daily(counts), day(days))).certain.by_itself)
    assert by_itself[0] > by_itself[1] > by_itself[2]


def test_what_comes_by_itself_is_drawn_the_same_every_time() -> None:
    counts = worlds(1, 300, 28, 10.0, 0.8, 0.4)[0]
    first = ranked(placebo(daily(counts), day(300), trend=True)).by_itself
    _shares_of_noise.cache_clear()
    assert ranked(placebo(daily(counts), day(300), trend=True)).by_itself == first


def test_a_rise_ranks_by_its_size_too() -> None:
    counts = np.where(np.arange(300) < 272, 5.0, 20.0) + np.arange(300.0) % 2
    found = ranked(placebo(daily(counts), day(272)))
    assert found.certain.ratio > 3
    assert found.larger_than == (1.0, 1.0)


def test_no_earlier_window_reaches_the_announcement() -> None:
    counts = np.full(360, 5.0)
    counts[320:] = 50.0
    found = ranked(placebo(daily(counts, left_out=range(320, 332)), day(332), day(320)))
    assert found.dates[-1] == day(320 - 28)
    assert found.certain.earlier.max() < 1.1


def test_windows_over_a_declared_break_are_dropped() -> None:
    counts = np.where(np.arange(400) < 100, 50.0, 5.0)
    found = ranked(placebo(daily(counts, breaks=[100]), day(372)))
    assert day(100) not in found.dates
    assert day(128) in found.dates
    assert found.certain.earlier.max() < 1.1


def test_provisional_days_shorten_the_window() -> None:
    counts = np.full(300, 5.0)
    found = ranked(placebo(daily(counts, left_out=range(297, 300)), day(272)))
    assert found.dates[-1] == day(272 - 25)


@pytest.mark.parametrize(
    ("days", "effect", "breaks", "why"),
    [
        (100, 72, [], "17 earlier dates"),
        (180, 152, [], "at least 4 times as many"),
        (40, 20, [], "at least 28 and 7"),
        (300, 298, [], "2 days in effect"),
        (300, 272, [271], "spans a break"),
    ],
)
def test_refused_with_the_reason(days: int, effect: int, breaks: list[int], why: str) -> None:
    found = placebo(daily([3.0] * days, breaks=breaks), day(effect))
    assert isinstance(found, Refusal)
    assert why in found.reason


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(0.2, 5.0))
def test_the_unit_of_exposure_and_the_sides_of_the_interval(seed: int, unit: float) -> None:
    counts = worlds(1, 220, 20, 4.0, 0.7, 0.3, seed)[0]
    plain = ranked(placebo(daily(counts, counts + 1), day(220)))
    scaled = ranked(placebo(daily(counts, counts + 1, np.full(240, unit)), day(220)))
    assert plain.certain.earlier == pytest.approx(scaled.certain.earlier, rel=1e-3)
    assert plain.larger_than[0] <= plain.larger_than[1]
    assert plain.larger_than == tuple(
        sorted((plain.certain.larger_than, plain.possible.larger_than))
    )
