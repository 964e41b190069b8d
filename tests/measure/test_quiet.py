"""Quiet spells: first, last and between."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.quiet import Curve, Quiet, kaplan_meier, quiet, quiet_by_area
from holdfire.measure.refusal import Refusal

EFFECT = np.datetime64("2025-03-25T00", "h")
UNTIL = EFFECT + 240
Spans = list[tuple[int, int, bool]]


def told(spans: Spans) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return begins, ends and certain of (hours after effect, hours after effect, certain)."""
    hours = np.array([span[:2] for span in spans], dtype="timedelta64[h]").reshape(-1, 2)
    return EFFECT + hours[:, 0], EFFECT + hours[:, 1], np.array([span[2] for span in spans], bool)


def found(spans: Spans) -> Quiet:
    answer = quiet(*told(spans), EFFECT, UNTIL)
    assert isinstance(answer, Quiet)
    return answer


@pytest.mark.parametrize(
    ("spans", "first", "last", "longest"),
    [
        ([], None, None, (240, 240)),
        ([(10, 11, True)], (10, 11), (229, 230), (229, 230)),
        ([(10, 11, False)], (10, None), (229, None), (229, 240)),
        ([(10, 11, False), (30, 32, True)], (10, 32), (208, 210), (208, 210)),
        # begun before the effect, or running on after the end
        ([(-5, 3, True), (230, 300, True)], (0, 3), (0, 10), (227, 240)),
        # outside of the window altogether
        ([(-5, 0, True), (240, 250, True)], None, None, (240, 240)),
        # two over one span: they may have been at one instant
        ([(10, 34, True), (10, 34, True)], (10, 34), (206, 230), (206, 230)),
    ],
)
def test_first_last_and_longest(
    spans: Spans,
    first: tuple[float, float | None] | None,
    last: tuple[float, float | None] | None,
    longest: tuple[float, float],
) -> None:
    answer = found(spans)
    assert (answer.first_after, answer.since_last) == (first, last)
    assert answer.longest_spell == longest


def test_the_curve_by_hand() -> None:
    curve = kaplan_meier(np.array([1.0, 2.0, 2.0, 3.0, 5.0, 4.0]))
    assert isinstance(curve, Curve)
    # 6 at risk, then 5, 3 and, with the last still running at 4, 1
    assert curve.hours.tolist() == [1, 2, 3, 5]
    assert curve.share == pytest.approx([5 / 6, 5 / 6 * 3 / 5, 5 / 6 * 3 / 5 * 2 / 3, 0])
    assert (curve.ended, curve.median_hours) == (5, 2)
    # Greenwood at 2 hours: 1/(6*5) + 2/(5*3); S = 1/2
    error = (1 / 30 + 2 / 15) ** 0.5 / np.log(2)
    assert curve.low[1] == pytest.approx(0.5 ** np.exp(1.959964 * error))
    assert curve.high[1] == pytest.approx(0.5 ** np.exp(-1.959964 * error))
    assert (curve.low[-1], curve.high[-1]) == (0.0, curve.high[-2])


def test_half_that_never_comes() -> None:
    curve = kaplan_meier(np.array([1.0] * 5 + [9.0] * 0 + [50.0]))
    assert isinstance(curve, Curve)
    assert curve.median_hours == 1
    long = kaplan_meier(np.array([9.0, 9.0, 9.0, 9.0, 9.0, 1.0]))
    assert isinstance(long, Curve)
    assert (long.hours.tolist(), long.share.tolist()) == ([9], [0])


def test_few_spells_make_no_curve() -> None:
    answer = found([(10, 11, True)])
    assert isinstance(answer.longest, Refusal)
    assert answer.longest.reason == ("1 quiet spell ended; at least 5 are needed for a curve")


def test_a_window_that_does_not_begin_is_refused() -> None:
    answer = quiet(*told([(1, 2, True)]), UNTIL, EFFECT)
    assert isinstance(answer, Refusal)
    assert "not after the effect" in answer.reason


def test_areas_are_told_apart() -> None:
    area = np.array(["b", "a", "b"], dtype=object)
    answers = quiet_by_area(
        area, *told([(10, 11, True), (20, 21, True), (30, 31, True)]), EFFECT, UNTIL
    )
    assert list(answers) == ["a", "b"]
    assert isinstance(answers["a"], Quiet)
    assert answers["a"].first_after == (20, 21)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20, 250), st.integers(1, 40), st.booleans()), max_size=12),
    st.randoms(use_true_random=False),
)
def test_whatever_the_reports_leave_open_lies_within(
    drawn: list[tuple[int, int, bool]], random: object
) -> None:
    """Draw exact instants that the reports allow; their figures lie within those given."""
    choose = random.random  # type: ignore[attr-defined]
    spans = [(begin, begin + width, sure) for begin, width, sure in drawn]
    answer = found(spans)
    inside = [(max(0, a), min(240, b), sure) for a, b, sure in spans if a < 240 and b > 0]
    times = sorted(a + choose() * (b - a) for a, b, sure in inside if sure or choose() < 0.5)
    spells = [b - a for a, b in pairwise([0.0, *times, 240.0])]
    low, high = answer.longest_spell
    assert low - 1e-9 <= max(spells) <= high + 1e-9
    if times:
        assert answer.first_after is not None
        assert answer.first_after[0] <= times[0] + 1e-9
        assert answer.first_after[1] is None or times[0] <= answer.first_after[1] + 1e-9
        assert answer.since_last is not None
        assert answer.since_last[0] <= 240 - times[-1] + 1e-9
        assert answer.since_last[1] is None or 240 - times[-1] <= answer.since_last[1] + 1e-9
