"""The jump and the bend of an interrupted time series."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.measure.interrupted import Interrupted, Segmented, interrupted
from holdfire.measure.refusal import Refusal

from .daily import daily, day, worlds

DAYS = np.arange(84)


def segmented(found: Interrupted | Refusal) -> Segmented:
    assert isinstance(found, Interrupted)
    assert isinstance(found.certain, Segmented)
    return found.certain


def curve(level: float, slope: float, jump: float, bend: float) -> list[float]:
    """Return exact means: slopes are a week, the effect is on day 56."""
    since = np.maximum(0, DAYS - 56)
    logs = np.log(level) + np.log(slope) * DAYS / 7 + np.log(bend) * since / 7
    return list(np.round(1000 * np.exp(logs) * np.where(DAYS >= 56, jump, 1.0)))


@pytest.mark.parametrize(
    ("slope", "jump", "bend"),
    [(1.0, 1.0, 1.0), (1.0, 0.5, 1.0), (0.9, 1.0, 1.0), (1.1, 0.4, 0.8), (1.0, 1.0, 0.7)],
)
def test_what_was_drawn_is_found(slope: float, jump: float, bend: float) -> None:
    found = segmented(interrupted(daily(curve(10, slope, jump, bend)), day(56)))
    assert found.level.estimate == pytest.approx(jump, rel=0.02)
    assert found.slope_before.estimate == pytest.approx(slope, rel=0.02)
    assert found.slope_change.estimate == pytest.approx(bend, rel=0.02)
    # the last day is 27 days after the effect
    assert found.at_end.estimate == pytest.approx(jump * bend ** (27 / 7), rel=0.02)
    for ratio in (found.level, found.slope_before, found.slope_change, found.at_end):
        assert ratio.estimate is not None
        assert ratio.high is not None
        assert ratio.low < ratio.estimate < ratio.high


def test_a_fall_that_had_begun_before_is_no_jump() -> None:
    found = segmented(interrupted(daily(curve(10, 0.8, 1.0, 1.0)), day(56)))
    assert found.level.low < 1 < (found.level.high or 0)


def test_the_run_up_is_left_out() -> None:
    counts = worlds(1, 56, 28, 8.0, 0.5, 0.2)[0]
    counts[50:56] = 90.0
    found = interrupted(daily(counts), day(56), day(50))
    assert found == interrupted(daily(counts, left_out=range(50, 56)), day(56))
    assert isinstance(found, Interrupted)
    assert found.baseline_days == 50


def test_envelopes_hold_both_kinds_of_count() -> None:
    counts = worlds(1, 56, 28, 8.0, 0.5, 0.2)[0]
    found = interrupted(daily(counts, counts + 3), day(56))
    assert isinstance(found, Interrupted)
    assert isinstance(found.possible, Segmented)
    assert not isinstance(found.level, Refusal)
    low = segmented(found).level
    assert found.level.low == min(low.low, found.possible.level.low)
    assert (found.baseline_days, found.days_in_effect) == (56, 28)


@pytest.mark.parametrize(
    ("counts", "effect", "breaks", "why"),
    [
        ([5] * 60, 20, [], "20 days before and 40 days in effect"),
        ([5] * 60, 50, [], "50 days before and 10 days in effect"),
        ([5] * 40 + [0] * 20, 40, [], "no event was counted on one side"),
        ([5] * 60, 40, [40], "declared to break"),
    ],
)
def test_refused_with_the_reason(
    counts: list[float], effect: int, breaks: list[int], why: str
) -> None:
    found = interrupted(daily(counts, breaks=breaks), day(effect))
    answer = found.certain if isinstance(found, Interrupted) else found
    assert isinstance(answer, Refusal)
    assert why in answer.reason
