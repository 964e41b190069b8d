"""Change: the rate in effect over the baseline's, as a ratio with a 95 % interval.

**Formula.** Daily counts are negative binomial, log mu_t = log exposure_t + level + change · [t in
effect] + weekday + trend · t. The ratio is exp(change). Its interval is what the profile likelihood
does not reject at 5 % (chi-squared, 1 degree), with the overdispersion from the Cox–Reid adjusted
likelihood, found anew for each value that is to be rejected.
**Days alike.** The variance is multiplied by 1 + 2 Σ r, r the residuals' correlations at lags of
1 to 7 days as far as they are above 0: always, not only where a test finds them.
**Source.** Cameron & Trivedi 2013, ch. 3; Cox & Reid 1987; Venzon & Moolgavkar 1988; Geyer 1992 for
the correlations. Exchanging before and in effect gives the reciprocal, whatever the counts.
**No event on one side.** The ratio is 0 (or unbounded) and has one end: the ratio at which a spell
without any event has a chance of 2.5 %, averaged over the doubt in the other side's level.
**Assumptions.** One level before and one after; an effect at once; the same weekday pattern and
overdispersion on both sides; effort proportional to exposure. Days that resemble those before them
for longer (correlation 0.7 from one day's true rate to the next) make it cover some 92 % rather
than 95 %: docs/methods-measures.md has the figures. Nothing is said of causes.
**Units.** A ratio of events a day at equal exposure; 0.5 is half as many.
**Refuses** where nothing was counted, fewer than 14 baseline days or 7 days in effect are left, or
a declared break of the series stands between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import ndtr, stdtrit

from holdfire.measure.negbin import (
    Beside,
    Counted,
    beside,
    carry_over,
    fit,
    inflation,
    log_density,
    overdispersion,
    profile,
    root,
)
from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Bools, Compared, Daily, Floats, Ints, OnBreak, compared

TAIL = 0.025
Z95 = 1.959963984540054
TREND_FROM = 56
"""So many baseline days tell a trend from a level; with fewer a trend eats the change."""
MONTH = 30.0
"""Days that the trend's coefficient is for."""
CHANGE = 1
"""The column of the design that is the change."""
WEEKDAY_RIDGE = 1.0
TREND_RIDGE = 0.1
LEVEL_RIDGE = 0.01
"""Precisions of the penalties: e^±2 between weekdays is at the border of the thinkable."""
FEWEST_FREE = 5
FAR = 40.0
"""Bounds the search for a log ratio."""
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(24)


@dataclass(frozen=True)
class Ratio:
    """A ratio and its 95 % interval; ``None`` for an end, or an estimate, that nothing bounds."""

    estimate: float | None
    low: float
    high: float | None


@dataclass(frozen=True)
class Fitted:
    """One comparison. ``p_value`` is two-sided, of no change.

    ``overdispersion`` is alpha in variance = mean + alpha · mean²; ``carry_over`` is the
    correlation of one day's residual with the next; the two rates are events a day as counted.
    """

    ratio: Ratio
    p_value: float
    overdispersion: float
    carry_over: float
    before_per_day: float
    in_effect_per_day: float


@dataclass(frozen=True)
class Change:
    """The change of the certain and of the possible counts.

    ``envelope`` spans the two intervals. ``widest`` spans what every choice of counts between
    certain and possible allows: certain in effect against possible before, and the reverse.
    """

    certain: Fitted | Refusal
    possible: Fitted | Refusal
    envelope: Ratio | Refusal
    widest: Ratio | Refusal
    baseline_days: int
    days_in_effect: int
    trend: bool


@dataclass(frozen=True, eq=False)
class Design:
    """What every comparison over the same days shares: ``columns`` (days, columns), ``offset``."""

    columns: Floats
    offset: Floats
    ridge: Floats
    in_effect: Bools
    own: Bools
    beside: Beside


def change(
    daily: Daily,
    effect: date,
    announced: date | None = None,
    *,
    trend: bool | None = None,
    on_break: OnBreak = "exclude",
) -> Change | Refusal:
    """Return the change at ``effect``, the first day in effect, or why there is none.

    The run-up, from the day ``announced`` to the effect, is left out: violence often rises there.
    A trend is fitted where the baseline has 56 days or more, unless ``trend`` says otherwise.
    """
    days = compared(daily, effect, on_break, announced)
    if isinstance(days, Refusal):
        return days
    own = days.segment == 0
    before = int((own & ~days.in_effect).sum())
    trended = before >= TREND_FROM if trend is None else trend
    shared = design(daily, days, trend=trended)
    certain, possible = daily.certain[days.days], daily.possible[days.days]
    rows = np.stack([
        certain, possible,
        np.where(days.in_effect, certain, possible), np.where(days.in_effect, possible, certain),
    ])  # fmt: skip
    # where nothing is open, all four are the same and are fitted once
    different, which = np.unique(rows, axis=0, return_inverse=True)
    fitted = ratios(different, shared)
    low, high, lowest, highest = (fitted[place] for place in which)
    return Change(
        low, high, _span(low, high), _span(lowest, highest),
        before, int((own & days.in_effect).sum()), trended,
    )  # fmt: skip


def design(daily: Daily, days: Compared, *, trend: bool) -> Design:
    """Return the design: level, change, other segments' levels, weekdays, trend."""
    own = days.segment == 0
    after = (own & days.in_effect).astype(np.float64)
    columns, ridge = [np.ones(len(after)), after], [0.0, 0.0]
    for segment in np.unique(days.segment[~own]):
        columns.append((days.segment == segment).astype(np.float64))
        ridge.append(LEVEL_RIDGE)
    weekday = weekday_columns(daily.weekdays()[days.days])
    columns.extend(weekday)
    ridge.extend([WEEKDAY_RIDGE] * len(weekday))
    if trend:
        columns.append((days.days - days.days.mean()) / MONTH)
        ridge.append(TREND_RIDGE)
    return Design(
        np.column_stack(columns),
        np.log(daily.exposure[days.days]),
        np.array(ridge),
        days.in_effect,
        own,
        beside(days.days, 2 * days.segment + days.in_effect),
    )


def weekday_columns(weekdays: Ints) -> list[Floats]:
    """Return six columns that sum to nothing over a week; none where a weekday never occurs."""
    if len(np.unique(weekdays)) < 7:
        return []
    steps = np.vstack([np.eye(6), -np.ones(6)])
    contrasts = np.linalg.qr(steps)[0]
    return list(contrasts[weekdays].T)


def ratios(counts: Floats, shared: Design) -> list[Fitted | Refusal]:
    """Return the comparison for each row of ``counts`` (series, days), all at once."""
    after, before = shared.own & shared.in_effect, shared.own & ~shared.in_effect
    some_after: Bools = counts[:, after].sum(axis=1) > 0
    some_before: Bools = counts[:, before].sum(axis=1) > 0
    found: list[Fitted | Refusal] = [
        Refusal("nothing was counted before or in effect: there is nothing to compare")
    ] * len(counts)
    both = np.flatnonzero(some_after & some_before)
    if len(both):
        for place, fitted in zip(both, _two_sided(counts[both], shared), strict=True):
            found[place] = fitted
    for place in np.flatnonzero(some_after != some_before):
        found[place] = _one_sided(
            counts[place], shared, empty=after if some_before[place] else before
        )
    return found


def _counted(counts: Floats, shared: Design, columns: Floats, weight: Floats) -> Counted:
    ridge = (
        shared.ridge if columns.shape[1] == len(shared.ridge) else np.delete(shared.ridge, CHANGE)
    )
    return Counted(counts, columns[None], shared.offset[None], weight[None], ridge)


def _two_sided(counts: Floats, shared: Design) -> list[Fitted]:
    counted = _counted(counts, shared, shared.columns, np.ones(len(shared.offset)))
    full = fit(counted, overdispersion(counted))
    carried = carry_over(counts, full, shared.beside)
    wider = np.sqrt(inflation(carried))
    low, high = profile(counted, full, CHANGE, Z95 * wider)
    roots = root(counted, CHANGE) / wider
    found = []
    for at, row in enumerate(counts):
        logs = np.array([full.coefficients[at, CHANGE], low[at], high[at]])
        ratio = Ratio(*np.exp(logs).tolist())
        p_value = float(2.0 * ndtr(-roots[at]))
        found.append(_fitted(row, shared, ratio, p_value, full.alpha[at], carried[at, 0]))
    return found


def _one_sided(counts: Floats, shared: Design, empty: Bools) -> Fitted:
    """Bound the ratio where no event fell on the ``empty`` days."""
    columns = np.delete(shared.columns, CHANGE, axis=1)
    counted = _counted(counts[None], shared, columns, (~empty).astype(np.float64))
    full = fit(counted, overdispersion(counted))
    # a week that the weekday columns fit exactly says little of its level, yet not nothing
    freedom = max(FEWEST_FREE, int((~empty).sum()) - columns.shape[1])
    means: Floats = full.means[0, empty]
    slope: Floats = means @ columns[empty] / means.sum()
    doubt = float(np.sqrt(slope @ np.linalg.inv(full.information[0]) @ slope))
    doubt *= float(stdtrit(freedom, 1 - TAIL)) / Z95

    def chance(log_ratio: float) -> float:
        shifted = means * np.exp(log_ratio + doubt * NODES)[:, None]
        silent = log_density(np.zeros_like(shifted), shifted, full.alpha[:, None]).sum(axis=1)
        return float(NODE_WEIGHTS @ np.exp(silent) / NODE_WEIGHTS.sum())

    low, high = -FAR, FAR
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if chance(middle) > TAIL else (low, middle)
    none_in_effect = bool((shared.in_effect & empty).any())
    ratio = Ratio(0.0, 0.0, float(np.exp(low))) if none_in_effect else Ratio(
        None, float(np.exp(-low)), None)  # fmt: skip
    carried = float(carry_over(counts[None], full, shared.beside)[0, 0])
    return _fitted(counts, shared, ratio, min(1.0, 2.0 * chance(0.0)), full.alpha[0], carried)


def _fitted(
    counts: Floats, shared: Design, ratio: Ratio, p_value: float, alpha: float, carried: float
) -> Fitted:
    before = counts[shared.own & ~shared.in_effect]
    after = counts[shared.own & shared.in_effect]
    return Fitted(
        ratio, p_value, float(alpha), float(carried), float(before.mean()), float(after.mean())
    )


def _span(*answers: Fitted | Refusal) -> Ratio | Refusal:
    """Return what all the answers' intervals lie in; a refusal of one leaves it unbounded."""
    found: Sequence[Ratio] = [one.ratio for one in answers if isinstance(one, Fitted)]
    if len(found) < len(answers):
        return next(one for one in answers if isinstance(one, Refusal))
    highs = [one.high for one in found]
    return Ratio(
        found[0].estimate if len(set(found)) == 1 else None,
        min(one.low for one in found),
        None if None in highs else max(high for high in highs if high is not None),
    )
