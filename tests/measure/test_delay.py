"""How late reports come, how complete a day is, what it will come to."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.delay import Days, Delay, Nowcast, by_source, delays, nowcast
from holdfire.measure.refusal import Refusal

AS_OF = date(2025, 3, 31)
END = np.datetime64("2025-03-31")


def columns(pairs: list[tuple[int, int]]) -> tuple[Days, Days]:
    """Return times of (age in days, delay in days)."""
    happened = np.array([END - age for age, _ in pairs])
    return happened, happened + np.array([late for _, late in pairs])


def known(found: Delay | Refusal) -> Delay:
    assert isinstance(found, Delay)
    return found


def spread(ages: int, each: dict[int, int]) -> list[tuple[int, int]]:
    """Return, for each age, so many reports of each delay as have come in by now."""
    return [
        (age, late) for age in range(ages) for late, times in each.items() if late <= age
        for _ in range(times)
    ]  # fmt: skip


def test_half_at_once_and_half_after_two_days() -> None:
    # seen are more of the quick ones: of the last two days none of the slow
    found = known(delays(*columns(spread(20, {0: 2, 2: 2})), AS_OF))
    assert found.complete == pytest.approx([0.5, 0.5, 1.0])
    assert (found.median_days, found.provisional_days) == (0, 2)
    assert found.reports == 20 * 2 + 18 * 2
    assert found.completeness(AS_OF) == pytest.approx(0.5)
    assert found.completeness(AS_OF - timedelta(days=1)) == pytest.approx(0.5)
    assert found.completeness(AS_OF - timedelta(days=2)) == 1.0
    assert found.completeness(AS_OF + timedelta(days=1)) == 0.0


def test_the_naive_share_is_wrong_where_the_hazard_is_right() -> None:
    # 14 days, a delay of 10 for half: seen 4 x 5 slow against 14 x 5 quick
    found = known(delays(*columns(spread(14, {0: 5, 10: 5})), AS_OF))
    assert found.complete[:10] == pytest.approx([0.5] * 10)


def test_what_is_complete_is_told_exactly_and_what_is_not_by_an_interval() -> None:
    found = known(delays(*columns(spread(60, {0: 5, 1: 3, 5: 2})), AS_OF))
    assert found.complete == pytest.approx([0.5, 0.8, 0.8, 0.8, 0.8, 1.0])
    assert nowcast(found, AS_OF - timedelta(days=5), 7) == Nowcast(
        date(2025, 3, 26), 7, 1.0, 7, 7, 7
    )
    today = nowcast(found, AS_OF, 6)
    assert isinstance(today, Nowcast)
    # 6.5 (1 - 0.5) / 0.5 unseen are expected
    assert today.expected == pytest.approx(6 + 6.5, rel=0.05)
    assert 6 < today.low < today.expected < today.high < 30
    assert today.provisional
    assert not nowcast(found, AS_OF - timedelta(days=5), 7).provisional  # type: ignore[union-attr]


def test_reports_from_the_future_or_before_their_event_are_not_used() -> None:
    pairs = spread(20, {0: 2, 2: 2})
    found = known(delays(*columns([*pairs, (0, 3), (5, -1)]), AS_OF))
    assert found.reports == len(pairs)


def test_hours_count_by_local_day() -> None:
    happened, told = columns(spread(20, {0: 2, 2: 2}))
    hours = happened.astype("datetime64[h]") + 20, told.astype("datetime64[h]") + 22
    assert known(delays(*hours, AS_OF)).complete == pytest.approx([0.5, 0.5, 1.0])


def test_sources_are_told_apart() -> None:
    quick, slow = spread(20, {0: 2}), spread(20, {3: 2})
    found = by_source(["b"] * len(quick) + ["a"] * len(slow) + ["c"], *columns(
        [*quick, *slow, (1, 1)]), AS_OF)  # fmt: skip
    assert list(found) == ["a", "b", "c"]
    assert known(found["b"]).provisional_days == 0
    assert known(found["a"]).provisional_days == 3
    assert isinstance(found["c"], Refusal)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        (spread(14, {0: 2}), "known of 28;"),
        (spread(10, {0: 5}), "reach back 10 days"),
        ([], "known of 0;"),
    ],
)
def test_refused_with_the_reason(pairs: list[tuple[int, int]], why: str) -> None:
    none: Days = np.array([], dtype="datetime64[D]")
    happened, told = columns(pairs) if pairs else (none, none)
    found = delays(happened, told, AS_OF)
    assert isinstance(found, Refusal)
    assert why in found.reason


def test_a_day_hardly_reported_on_is_not_guessed() -> None:
    found = known(delays(*columns(spread(40, {0: 1, 3: 9})), AS_OF))
    answer = nowcast(found, AS_OF, 1)
    assert isinstance(answer, Refusal)
    assert answer.reason.startswith("10% of what happened on 2025-03-31")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=60, max_size=300), st.integers(0, 40))
def test_completeness_grows_with_age_and_the_interval_holds_what_was_seen(
    lates: list[int], seen: int
) -> None:
    pairs = [(at % 20, late) for at, late in enumerate(lates) if late <= at % 20]
    found = delays(*columns(pairs), AS_OF) if pairs else Refusal("")
    if isinstance(found, Refusal):
        return
    assert (np.diff(found.complete) >= 0).all()
    assert found.complete[-1] == 1.0
    for age in range(10):
        answer = nowcast(found, AS_OF - timedelta(days=age), seen)
        if isinstance(answer, Nowcast):
            assert seen <= answer.low <= answer.high
            assert answer.expected >= seen
