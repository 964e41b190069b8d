"""Interrupted time series: the jump at the effect and the change of slope after it.

**Formula.** Segmented regression of daily counts, negative binomial: log mu_t = log exposure_t +
level + slope · t + jump · [t in effect] + bend · (t − effect) · [t in effect] + weekday. Intervals
(95 %), overdispersion and the widening for days that resemble the day before are those of
``change.py``. ``at_end`` is exp(jump + bend · last day): the rate on the last day over what the
slope before would have led to.
**Source.** Bernal, Cummins & Gasparrini, *Int. J. Epidemiology* 46 (2017) 348–355; for local
ceasefires Lundgren, Svensson & Karakus, *J. Conflict Resolution* 67 (2023). The intervals
are by likelihood, widened for days alike, and not by Newey & West (*Econometrica* 55, 1987),
whose errors are too small with some 60 days.
**Assumptions.** The slope before would have gone on, a straight line on the log scale; the effect
is at once; the same weekday pattern and overdispersion throughout.
**Units.** ``level`` and ``at_end`` are ratios of rates; slopes are ratios a week: 0.9 is 10 %
fewer every week.
**Refuses** where fewer than 28 days before or 14 in effect are left, no event fell on one side, or
a declared break stands between them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from holdfire.measure.change import (
    CHANGE,
    MONTH,
    TREND_RIDGE,
    Z95,
    Design,
    Ratio,
    design,
)
from holdfire.measure.negbin import Counted, carry_over, fit, inflation, overdispersion, profile
from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import Daily, Floats, OnBreak, compared

FEWEST_BEFORE = 28
FEWEST_IN_EFFECT = 14
"""A slope needs a fortnight at least, and the slope before is what all is held against."""
WEEK = 7.0


@dataclass(frozen=True)
class Segmented:
    """What the regression of one kind of count gives; each with its 95 % interval."""

    level: Ratio
    slope_before: Ratio
    slope_change: Ratio
    at_end: Ratio
    overdispersion: float
    carry_over: float


@dataclass(frozen=True)
class Interrupted:
    """The interrupted time series of the certain and of the possible counts, and envelopes."""

    certain: Segmented | Refusal
    possible: Segmented | Refusal
    level: Ratio | Refusal
    slope_change: Ratio | Refusal
    at_end: Ratio | Refusal
    baseline_days: int
    days_in_effect: int


def interrupted(
    daily: Daily, effect: date, announced: date | None = None, *, on_break: OnBreak = "exclude"
) -> Interrupted | Refusal:
    """Return jump and bend at ``effect``, the first day in effect, or why there are none.

    The run-up, from the day ``announced`` to the effect, is left out.
    """
    days = compared(daily, effect, on_break, announced)
    if isinstance(days, Refusal):
        return days
    own = days.segment == 0
    before, after = int((own & ~days.in_effect).sum()), int((own & days.in_effect).sum())
    if before < FEWEST_BEFORE or after < FEWEST_IN_EFFECT:
        return Refusal(
            f"{many(before, 'day')} before and {many(after, 'day')} in effect can be compared; a"
            f" slope needs at least {FEWEST_BEFORE} and {FEWEST_IN_EFFECT}"
        )
    shared = design(daily, days, trend=True)
    since = (days.days - daily.at(effect)).astype(np.float64)
    rows = np.stack([daily.certain[days.days], daily.possible[days.days]])
    certain, possible = segmented(rows, shared, since)
    pair = certain, possible
    return Interrupted(
        certain,
        possible,
        _envelope(pair, "level"),
        _envelope(pair, "slope_change"),
        _envelope(pair, "at_end"),
        before,
        after,
    )


def segmented(counts: Floats, shared: Design, since: Floats) -> list[Segmented | Refusal]:
    """Return the regression for each row of ``counts`` (series, days).

    ``since`` (days,) are the days since the effect. ``shared`` has the trend as its last column.
    """
    after, before = shared.own & shared.in_effect, shared.own & ~shared.in_effect
    some = (counts[:, after].sum(axis=1) > 0) & (counts[:, before].sum(axis=1) > 0)
    found: list[Segmented | Refusal] = [
        Refusal("no event was counted on one side of the effect: a slope of nothing is not known")
    ] * len(counts)
    both = np.flatnonzero(some)
    if len(both):
        for place, one in zip(both, _fitted(counts[both], shared, since), strict=True):
            found[place] = one
    return found


def _fitted(counts: Floats, shared: Design, since: Floats) -> list[Segmented]:
    after = shared.columns[:, CHANGE]
    trend = shared.columns.shape[1] - 1
    bent = _bent(counts, shared, after * since / MONTH)
    full = fit(bent, overdispersion(bent))
    carried = carry_over(counts, full, shared.beside)
    reach = Z95 * np.sqrt(inflation(carried))
    last = since[shared.own].max()
    ended = _bent(counts, shared, after * (since - last) / MONTH)
    asked = (bent, CHANGE, 1.0), (bent, trend, WEEK / MONTH), (bent, trend + 1, WEEK / MONTH)
    answers = []
    for counted, column, unit in (*asked, (ended, CHANGE, 1.0)):
        same = fit(counted, full.alpha)
        low, high = profile(counted, same, column, reach)
        logs = unit * np.column_stack([same.coefficients[:, column], low, high])
        answers.append([Ratio(*row) for row in np.exp(logs).tolist()])
    found = []
    for at, alpha in enumerate(full.alpha.tolist()):
        level, slope, bend, end = (answer[at] for answer in answers)
        found.append(Segmented(level, slope, bend, end, alpha, float(carried[at, 0])))
    return found


def _bent(counts: Floats, shared: Design, bend: Floats) -> Counted:
    columns = np.column_stack([shared.columns, bend])
    ridge = np.append(shared.ridge, TREND_RIDGE)
    offset = shared.offset[None]
    return Counted(counts, columns[None], offset, np.ones_like(offset), ridge)


def _envelope(answers: tuple[Segmented | Refusal, ...], name: str) -> Ratio | Refusal:
    found: list[Ratio] = []
    for answer in answers:
        if isinstance(answer, Refusal):
            return answer
        found.append(getattr(answer, name))
    highs = [one.high for one in found if one.high is not None]
    widest = replace(found[0], low=min(one.low for one in found), high=max(highs))
    return widest if len(set(found)) == 1 else replace(widest, estimate=None)
