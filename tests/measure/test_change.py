"""The change of a rate: literal cases, an independent library's figures, laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.errors import HoldfireError
from holdfire.measure.change import Change, Fitted, Ratio, change
from holdfire.measure.negbin import Counted, fit, overdispersion
from holdfire.measure.refusal import Refusal

from .daily import NINE_BEFORE, THREE_AFTER, daily, day, worlds

COUNTS = [*NINE_BEFORE, *THREE_AFTER]
EFFECT = day(21)


def made(*args: object, **settings_: object) -> Change:
    found = change(*args, **settings_)  # type: ignore[arg-type]
    assert isinstance(found, Change)
    return found


def fitted(answer: Fitted | Refusal) -> Fitted:
    assert isinstance(answer, Fitted)
    return answer


def spanned(answer: Ratio | Refusal) -> Ratio:
    assert isinstance(answer, Ratio)
    return answer


def test_nine_a_day_to_three_a_day_is_a_third() -> None:
    found = made(daily(COUNTS), EFFECT)
    one = fitted(found.certain)
    assert (one.before_per_day, one.in_effect_per_day) == (9.0, 3.0)
    assert one.ratio.estimate == pytest.approx(1 / 3, rel=0.02)
    assert one.ratio.low < 1 / 3 < (one.ratio.high or 0) < 0.5
    assert one.p_value < 0.001
    assert (found.baseline_days, found.days_in_effect, found.trend) == (21, 14, False)
    assert found.envelope == found.widest == one.ratio


# statsmodels 0.15.0: GLM(y, X, family=NegativeBinomial(alpha=0.2)).fit(); the first is ln 9, -ln 3
@pytest.mark.parametrize(
    ("shape", "coefficients", "errors", "likelihood"),
    [
        ("level", [2.19722458, -1.09861229], [0.12171612, 0.23002185], -85.10204583),
        (
            "trend and exposure",
            [2.19344846, -1.23625827, -0.01898604],
            [0.17823826, 0.39962891, 0.54603105],
            -103.32396981,
        ),
    ],
)
def test_the_regression_is_that_of_statsmodels(
    shape: str, coefficients: list[float], errors: list[float], likelihood: float
) -> None:
    days = np.arange(35.0)
    columns = [np.ones(35), (days >= 21).astype(float)]
    offset = np.zeros(35)
    if shape != "level":
        columns.append((days - 17) / 30)
        offset = np.sin(days)
    design = np.column_stack(columns)[None]
    ones = np.ones((1, 35))
    found = fit(
        Counted(np.array([COUNTS], float), design, offset[None], ones, np.zeros(len(columns))),
        np.array([0.2]),
    )
    assert found.coefficients[0] == pytest.approx(coefficients, abs=1e-5)
    assert found.standard_errors()[0] == pytest.approx(errors, abs=1e-5)
    assert found.log_likelihood[0] == pytest.approx(likelihood, abs=1e-6)


def test_overdispersion_is_found_again() -> None:
    ones = np.ones((1, 200))
    for alpha in (0.0, 0.4, 1.0):
        counts = worlds(40, 200, 0, 20.0, 1.0, alpha)
        counted = Counted(counts, ones[:, :, None], np.zeros((1, 200)), ones, np.zeros(1))
        assert np.median(overdispersion(counted)) == pytest.approx(alpha + 0.04, abs=0.08)


def test_no_event_in_effect_bounds_the_ratio_from_above_only() -> None:
    # one a day, then none in 14 days: Poisson, known level, would be exp(-14 r) = 2.5 %: r = 0.263
    found = fitted(made(daily([1, 0, 2] * 14 + [0] * 14), day(42)).certain)
    assert (found.ratio.estimate, found.ratio.low) == (0.0, 0.0)
    assert found.ratio.high == pytest.approx(-math.log(0.025) / 14, abs=0.03)
    assert found.p_value < 0.001


def test_no_event_before_bounds_the_ratio_from_below_only() -> None:
    found = fitted(made(daily([0] * 28 + [1, 0, 2] * 5), day(28)).certain)
    assert found.ratio.estimate is None
    assert found.ratio.high is None
    assert 1 < found.ratio.low < 28


@pytest.mark.parametrize(
    ("counts", "effect", "left_out", "breaks", "why"),
    [
        ([0] * 40, 20, [], [], "nothing was counted"),
        ([1] * 20, 10, [], [], "10 whole days before"),
        ([1] * 40, 36, [], [], "4 whole days in effect"),
        ([1] * 40, 20, range(26, 40), [], "6 whole days in effect"),
        ([1] * 60, 30, [], [30], "declared to break on 2025-02-05"),
        ([1] * 60, 30, range(24, 30), [27], "declared to break on 2025-02-02"),
        ([1] * 60, 30, [], [20], "10 whole days before"),
        ([1] * 60, 70, [], [], "no whole day in effect"),
    ],
)
def test_refused_with_the_reason(
    counts: list[float], effect: int, left_out: list[int], breaks: list[int], why: str
) -> None:
    found = change(daily(counts, left_out=left_out, breaks=breaks), day(effect))
    answer = found.certain if isinstance(found, Change) else found
    assert isinstance(answer, Refusal)
    assert why in answer.reason


def test_a_break_is_never_spanned() -> None:
    early = [100.0] * 30
    series = daily([*early, *COUNTS], breaks=[30])
    excluded = made(series, day(51))
    assert fitted(excluded.certain).before_per_day == 9.0
    assert fitted(excluded.certain).ratio.estimate == pytest.approx(1 / 3, rel=0.05)
    split = made(series, day(51), on_break="split")
    assert fitted(split.certain).before_per_day == 9.0
    assert fitted(split.certain).ratio.estimate == pytest.approx(1 / 3, rel=0.05)


def test_left_out_days_change_nothing() -> None:
    spoilt = [*NINE_BEFORE, 80, 90, 70, *THREE_AFTER]
    found = made(daily(spoilt, left_out=[21, 22, 23]), day(24))
    assert found.baseline_days == 21
    assert fitted(found.certain).ratio.estimate == pytest.approx(1 / 3, rel=0.05)


def test_the_run_up_is_left_out() -> None:
    spoilt = [*NINE_BEFORE, 80, 90, 70, *THREE_AFTER]
    found = made(daily(spoilt), day(24), day(21))
    given_ = made(daily(spoilt, left_out=[21, 22, 23]), day(24))
    assert found == given_
    assert made(daily(spoilt), day(24)).baseline_days == 24
    assert made(daily(spoilt), day(24), day(30)).baseline_days == 24


def test_a_day_without_exposure_is_silent_and_not_quiet() -> None:
    exposure = np.ones(35)
    exposure[30:33] = 0.0
    counts = np.array(COUNTS, float)
    counts[30:33] = 0.0
    assert made(daily(counts, exposure=exposure), EFFECT).days_in_effect == 11


def test_half_the_effort_is_half_the_reports() -> None:
    exposure = np.where(np.arange(35) < 21, 1.0, 0.5)
    found = fitted(made(daily(COUNTS, exposure=exposure), EFFECT).certain)
    assert found.ratio.estimate == pytest.approx(2 / 3, rel=0.02)


def test_envelope_and_widest_span_what_the_counts_leave_open() -> None:
    possible = np.array(COUNTS) + 2.0
    found = made(daily(COUNTS, possible), EFFECT)
    low, high = fitted(found.certain).ratio, fitted(found.possible).ratio
    envelope, widest = spanned(found.envelope), spanned(found.widest)
    assert envelope.low == min(low.low, high.low)
    assert envelope.high == max(low.high or 0, high.high or 0)
    assert envelope.estimate is None
    assert widest.low < envelope.low < (envelope.high or 0) < (widest.high or 0)


def test_days_that_resemble_the_day_before_widen_the_interval() -> None:
    steady = np.repeat(worlds(1, 30, 10, 10.0, 1.0, 0.3)[0], 3)
    shuffled = np.concatenate([np.random.default_rng(1).permutation(p) for p in
                               (steady[:90], steady[90:])])  # fmt: skip
    wide, plain = (
        fitted(made(daily(counts), day(90), trend=False).certain) for counts in (steady, shuffled)
    )
    assert wide.carry_over > 0.4
    assert (wide.ratio.high or 0) / wide.ratio.low > 1.3 * (plain.ratio.high or 0) / plain.ratio.low


@pytest.mark.parametrize(
    ("certain", "possible", "exposure"),
    [
        ([1, 2], [1], [1, 1]),
        ([3, 0], [1, 1], [1, 1]),
        ([-1, 0], [1, 1], [1, 1]),
        ([1, 1], [1, 1], [1, -1]),
        ([float("nan"), 1], [1, 1], [1, 1]),
    ],
)
def test_columns_that_no_series_can_have_are_an_error(
    certain: list[float], possible: list[float], exposure: list[float]
) -> None:
    with pytest.raises(HoldfireError):
        daily(certain, possible, np.array(exposure, float))


COUNT = st.integers(0, 12)


MONTH = st.lists(COUNT | st.integers(0, 1), min_size=28, max_size=28)


def reciprocal(one: float | None, other: float | None) -> bool:
    if one in (0.0, None) or other in (0.0, None):
        return {one, other} == {0.0, None}
    return one * other == pytest.approx(1, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(MONTH, MONTH)
def test_exchanging_before_and_in_effect_gives_the_reciprocal(
    before: list[int], after: list[int]
) -> None:
    one = made(daily([*before, *after]), day(28)).certain
    other = made(daily([*after, *before]), day(28)).certain
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        assert one == other
        return
    assert one.p_value == pytest.approx(other.p_value, abs=1e-6)
    assert reciprocal(one.ratio.estimate, other.ratio.estimate)
    assert reciprocal(one.ratio.low, other.ratio.high)
    assert reciprocal(one.ratio.high, other.ratio.low)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.1, 0.3, 2.0]))
def test_backwards_in_time_is_the_reciprocal_with_a_trend_too(seed: int, rate: float) -> None:
    counts = worlds(1, 28, 28, rate, 1.0, 1.0, seed)[0]
    one = made(daily(counts), day(28), trend=True).certain
    other = made(daily(counts[::-1]), day(28), trend=True).certain
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        assert one == other
        return
    assert reciprocal(one.ratio.low, other.ratio.high)
    assert reciprocal(one.ratio.high, other.ratio.low)


@settings(max_examples=25, deadline=None)
@given(st.lists(COUNT, min_size=42, max_size=42), st.floats(0.01, 100))
def test_the_unit_of_exposure_changes_nothing(counts: list[int], unit: float) -> None:
    plain = made(daily(counts), day(28)).certain
    scaled = made(daily(counts, exposure=np.full(42, unit)), day(28)).certain
    if isinstance(plain, Refusal) or isinstance(scaled, Refusal):
        assert plain == scaled
        return
    assert plain.p_value == pytest.approx(scaled.p_value, rel=1e-3, abs=1e-6)
    assert plain.ratio.low == pytest.approx(scaled.ratio.low, rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=42, max_size=42))
def test_the_envelope_holds_both_intervals(counts: list[tuple[int, int]]) -> None:
    low = [a for a, _ in counts]
    found = made(daily(low, [a + b for a, b in counts]), day(28))
    if isinstance(found.envelope, Refusal):
        return
    for one in (found.certain, found.possible):
        assert isinstance(one, Fitted)
        assert found.envelope.low <= one.ratio.low
        if found.envelope.high is not None:
            assert one.ratio.high is not None
            assert one.ratio.high <= found.envelope.high
