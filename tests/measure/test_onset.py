"""The hours before the deadline and after the end, held against the usual ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.errors import HoldfireError
from holdfire.measure.onset import Surge, Times, Timing, timing
from holdfire.measure.quiet import Quiet
from holdfire.measure.refusal import Refusal

EFFECT = np.datetime64("2025-03-25T00:00", "m")
HOUR = np.timedelta64(1, "h")
TIMES = Times(EFFECT - 240 * HOUR, EFFECT, EFFECT + 480 * HOUR, EFFECT + 240 * HOUR)
"""Ten days before, ten in effect, ten after the end."""
Span = tuple[float, float, bool]


def columns(spans: list[Span]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return columns of (begins and ends in hours after the effect, certain)."""
    minutes = np.array([span[:2] for span in spans]).reshape(-1, 2) * 60
    hours = minutes.astype("timedelta64[m]")
    return EFFECT + hours[:, 0], EFFECT + hours[:, 1], np.array([span[2] for span in spans], bool)


def timed(spans: list[Span], times: Times = TIMES, hours: int = 24) -> Timing:
    return timing(*columns(spans), times, hours)


def daily(first_day: int, *counts: int) -> list[Span]:
    """Return so many exact incidents a day at noon, from a day after the effect on."""
    return [
        (24 * (first_day + at) + 12, 24 * (first_day + at) + 13, True)
        for at, count in enumerate(counts)
        for _ in range(count)
    ]


BEFORE = daily(-10, 2, 1, 3, 2, 2, 1, 3, 2, 2)
"""Nine days with two a day on average, then the last day before the deadline."""

ONSETS: list[tuple[str, list[Span], Surge]] = [
    (
        "a last day like the others",
        [*BEFORE, *daily(-1, 2)],
        Surge(24, 9, (2, 2), (2.0, 2.0), (1.0, 1.0), (4.5 / 9, 4.5 / 9)),
    ),
    (
        "a rush before the deadline",
        [*BEFORE, *daily(-1, 6)],
        Surge(24, 9, (6, 6), (2.0, 2.0), (3.0, 3.0), (1.0, 1.0)),
    ),
    (
        "quiet before the deadline",
        BEFORE,
        Surge(24, 9, (0, 0), (2.0, 2.0), (0.0, 0.0), (0.0, 0.0)),
    ),
    (
        "one of the last two days, not known which",
        [*BEFORE, *daily(-1, 2), (-48, 0, True)],
        Surge(24, 9, (2, 3), (2.0, 19 / 9), (2 / (19 / 9), 1.5), (4 / 9, 8 / 9)),
    ),
    (
        "one that may not count",
        [*BEFORE, *daily(-1, 2), (-10, -9, False)],
        Surge(24, 9, (2, 3), (2.0, 2.0), (1.0, 1.5), (4.5 / 9, 8 / 9)),
    ),
    (
        "a night attack across the deadline",
        [*BEFORE, *daily(-1, 2), (-4, 4, True)],
        Surge(24, 9, (2, 3), (2.0, 2.0), (1.0, 1.5), (4.5 / 9, 8 / 9)),
    ),
    (
        "at the stroke of the deadline: not before it",
        [*BEFORE, *daily(-1, 2), (0, 0, True), (0, 1, True)],
        Surge(24, 9, (2, 2), (2.0, 2.0), (1.0, 1.0), (4.5 / 9, 4.5 / 9)),
    ),
    (
        "nothing certain before to bound the ratio",
        [(-20, -19, True)],
        Surge(24, 9, (1, 1), (0.0, 0.0), None, (1.0, 1.0)),
    ),
]


@pytest.mark.parametrize(("spans", "expected"), [c[1:] for c in ONSETS], ids=[c[0] for c in ONSETS])
def test_onset(spans: list[Span], expected: Surge) -> None:
    answer = timed(spans).onset
    assert isinstance(answer, Surge)
    assert answer == expected


def test_collapse_is_held_against_the_days_in_effect() -> None:
    in_effect = daily(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0)
    answer = timed([*BEFORE, *in_effect, *daily(10, 4)]).collapse
    assert answer == Surge(24, 10, (4, 4), (0.5, 0.5), (8.0, 8.0), (1.0, 1.0))


def test_shorter_spans() -> None:
    answer = timed([*BEFORE, (-3, -2, True), (-7, -5, True)], hours=6).onset
    assert isinstance(answer, Surge)
    assert (answer.slices, answer.count) == (39, (1, 2))


@pytest.mark.parametrize(
    ("changes", "part", "reason"),
    [
        ({"since": EFFECT - 7 * 24 * HOUR}, "onset", "6 other 24-hour spans can be compared with"),
        ({"since": EFFECT}, "onset", "no other 24-hour span"),
        ({"until": EFFECT - HOUR, "end": None}, "onset", "before the deadline"),
        ({"end": None}, "collapse", "it has not ended"),
        ({"until": EFFECT + 263 * HOUR}, "collapse", "24 hours after the end"),
        ({"end": EFFECT + 100 * HOUR}, "collapse", "4 other 24-hour spans"),
    ],
)
def test_refused(changes: dict[str, Any], part: str, reason: str) -> None:
    answer = getattr(timed(BEFORE, Times(**{**vars(TIMES), **changes})), part)
    assert isinstance(answer, Refusal)
    assert reason in answer.reason


def test_no_such_times() -> None:
    with pytest.raises(HoldfireError, match="not after the effect"):
        Times(EFFECT, EFFECT, EFFECT, EFFECT)
    with pytest.raises(HoldfireError, match="expected 1 or more"):
        timed(BEFORE, hours=0)


@pytest.mark.parametrize(
    ("spans", "first"),
    [
        (BEFORE, None),
        ([(5, 6, True)], (5, 6)),
        # day-precise: at some hour of the day, and of the first day perhaps before the deadline
        ([(0, 24, True)], (0, 24)),
        ([(-12, 12, True), (30, 31, True)], (0, 31)),
        ([(5, 6, False)], (5, None)),
        # on the night that it ended: not surely in effect
        ([(236, 244, True)], (236, None)),
        ([(241, 242, True)], None),
    ],
)
def test_first(spans: list[Span], first: tuple[float, float | None] | None) -> None:
    answer = timed(spans)
    assert isinstance(answer.quiet, Quiet)
    assert answer.quiet.first_after == first
    hours = answer.first and tuple(
        None if at is None else float((at - EFFECT) / HOUR) for at in answer.first
    )
    assert hours == first


def test_a_time_that_is_not_known_is_any_time() -> None:
    begins, ends, certain = columns([*BEFORE, *daily(-1, 2), (0, 1, True)])
    ends[-1] = begins[-1] = np.datetime64("NaT")
    answer = timing(begins, ends, certain, TIMES)
    assert isinstance(answer.onset, Surge)
    assert (answer.onset.count, answer.first) == ((2, 3), (EFFECT, None))
    assert answer.onset.usual == pytest.approx((2.0, 3.0))


SPANS = st.lists(
    st.tuples(st.integers(-240, 470), st.integers(0, 40), st.booleans()).map(
        lambda span: (span[0], span[0] + span[1], span[2])
    ),
    max_size=40,
)


def within(low: float | None, value: float | None, high: float | None) -> bool:
    above = value is None or low is None or low <= value + 1e-9
    return above and (high is None or (value is not None and value <= high + 1e-9))


@given(SPANS, st.randoms(use_true_random=False))
def test_sound(spans: list[Span], random: Any) -> None:
    """Draw exact incidents that the imprecise ones allow: their figures lie in the intervals."""
    exact = []
    for begins, ends, certain in spans:
        if certain or random.random() < 0.5:
            at = random.uniform(begins, max(begins, ends - 0.01)) if ends > begins else begins
            exact.append((at, at, True))
    loose, sharp = timed(spans), timed(exact)
    for one, other in ((loose.onset, sharp.onset), (loose.collapse, sharp.collapse)):
        assert isinstance(one, Surge)
        assert isinstance(other, Surge)
        assert one.count[0] <= other.count[0] <= one.count[1]
        assert within(one.larger_than[0], other.larger_than[0], one.larger_than[1])
        assert within(one.usual[0], other.usual[0], one.usual[1])
        if one.ratio is not None and other.ratio is not None:
            assert within(one.ratio[0], other.ratio[0], one.ratio[1])


@given(SPANS.flatmap(lambda spans: st.tuples(st.just(spans), st.permutations(spans))))
def test_order_changes_nothing(both: tuple[list[Span], list[Span]]) -> None:
    one, other = (timed(spans) for spans in both)
    assert (one.first, one.onset, one.collapse) == (other.first, other.onset, other.collapse)
