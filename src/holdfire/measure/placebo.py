"""Placebo: the same comparison at every earlier date, and how the real change ranks among them.

**Formula.** The change at a date is the negative-binomial regression of ``change.py`` over a window
of its own: as many days before, the same gap as the run-up left, as many days in effect, the same
columns, one overdispersion (that of the days before the announcement). It is made at every date
whose whole window ends before the announcement, then at the real one. ``larger_than`` is the share
of the earlier dates whose change is smaller in size, |log ratio|; a tie counts half.
Neighbouring dates share most of their days, so that a share of 95 % comes by itself in more than
5 % of cases. ``by_itself`` is how often: the same windows are laid over 4,000 series of independent
normal days (a fixed seed), and (1 + series with a share as large) / (1 + 4,000) is given.
**Source.** Randomisation inference over placebo dates: Abadie, Diamond & Hainmueller, JASA 105
(2010); in-time placebos: Bertrand, Duflo & Mullainathan, QJE 119 (2004); (1 + #) / (1 + n): Davison
& Hinkley, *Bootstrap Methods* (1997), § 4.2. The reference by windows laid over noise is ours.
**Assumptions.** Earlier dates are like this one but for the agreement. ``by_itself`` takes sums
over weeks as near enough normal, and windows as only so much alike as the days they share make
them.
**Units.** Shares, 0 to 1.
**Refuses** where fewer than 50 earlier dates can be tried, fewer than 4 windows fit side by side,
or the real comparison cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from holdfire.measure.change import (
    CHANGE,
    MONTH,
    TREND_RIDGE,
    WEEKDAY_RIDGE,
    weekday_columns,
)
from holdfire.measure.negbin import Counted, fit, overdispersion
from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import FEWEST_BEFORE, FEWEST_IN_EFFECT, Bools, Daily, Floats, Ints

FEWEST_DATES = 50
"""A rank of 98 % needs 50 dates."""
FEWEST_WINDOWS = 4
CHANGE_RIDGE = 0.05
"""Keeps the change finite where a side has no event: as if half an event or less had been."""
NEAR = 1e-6
NOISE, SEED = 4000, 20250318
"""Series of noise that the windows are laid over, and the seed they are drawn with."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """The rank of one kind of count: the share of earlier dates with a smaller change.

    ``by_itself`` is how often a share as large comes where nothing changed: a p-value. ``same_way``
    is the share of earlier dates with no such fall (or rise) as the real one. ``ratio`` is the real
    change over the same window lengths; ``earlier`` the others' ratios by date.
    """

    larger_than: float
    by_itself: float
    same_way: float
    ratio: float
    earlier: Floats


@dataclass(frozen=True, eq=False)
class Placebo:
    """Ranks of the certain and the possible counts, and the intervals of both.

    ``dates`` are the earlier dates tried; ``independent`` is how many windows fit side by side.
    """

    certain: Ranked
    possible: Ranked
    larger_than: tuple[float, float]
    by_itself: tuple[float, float]
    dates: tuple[date, ...]
    independent: float


@dataclass(frozen=True, eq=False)
class _Windows:
    """One window a date: ``places`` in the series and those ``used``, (dates, days)."""

    places: Ints
    used: Bools
    in_effect: Bools


def placebo(
    daily: Daily,
    effect: date,
    announced: date | None = None,
    *,
    baseline_days: int | None = None,
    trend: bool = False,
) -> Placebo | Refusal:
    """Return the rank of the change at ``effect`` among those at every earlier date.

    ``announced`` is the first day that may already be changed (``effect`` where not given): no
    earlier window reaches it. The windows have the length of what is in effect, and
    ``baseline_days`` before (as many as in effect, at least 28, where not given).
    """
    start = daily.at(effect)
    until = start if announced is None else min(start, daily.at(announced))
    usable = np.flatnonzero(~daily.left_out & (daily.exposure > 0))
    in_effect = int(usable[-1]) + 1 - start if len(usable) else 0
    gap = start - until
    before = max(28, in_effect) if baseline_days is None else baseline_days
    if in_effect < FEWEST_IN_EFFECT or before < FEWEST_BEFORE or until - before < 0:
        return Refusal(
            f"{many(until, 'day')} before and {many(in_effect, 'day')} in effect are given; at"
            f" least {max(before, FEWEST_BEFORE)} and {FEWEST_IN_EFFECT} are needed"
        )
    dates = np.arange(before + gap, until - in_effect + 1)
    windows = _windows(daily, np.append(dates, start), before, gap, in_effect)
    enough = _enough(windows)
    if not enough[-1]:
        return Refusal("too few days of the real comparison were reported on, or it spans a break")
    dates, kept = dates[enough[:-1]], np.flatnonzero(enough)
    length = before + gap + in_effect
    independent = len(dates) / length + 1.0 if len(dates) else 0.0
    if len(dates) < FEWEST_DATES:
        found = many(len(dates), "earlier date")
        return Refusal(f"{found} can be tried; a rank needs at least {FEWEST_DATES}")
    if independent < FEWEST_WINDOWS:
        return Refusal(
            f"the earlier days hold {independent:.1f} times as many as are compared; a rank needs"
            f" at least {FEWEST_WINDOWS} times as many"
        )
    some = _Windows(windows.places[kept], windows.used[kept], windows.in_effect)
    chance = _chance(some, trend)
    certain, possible = (
        _ranked(_log_ratios(daily, counts, some, until, trend), chance)
        for counts in (daily.certain, daily.possible)
    )
    ranks = sorted((certain.larger_than, possible.larger_than))
    alone = sorted((certain.by_itself, possible.by_itself))
    days = tuple(date.fromordinal(daily.first_day.toordinal() + int(day)) for day in dates)
    return Placebo(certain, possible, (ranks[0], ranks[1]), (alone[0], alone[1]), days, independent)


def _windows(daily: Daily, dates: Ints, before: int, gap: int, in_effect: int) -> _Windows:
    relative = np.concatenate([np.arange(-gap - before, -gap), np.arange(in_effect)])
    places = dates[:, None] + relative
    silent = daily.exposure <= 0
    # a run-up is left out by its place in the window; other days by what they are themselves
    used = ~(daily.left_out | silent)[places]
    cuts = np.array([daily.at(day) for day in daily.breaks], dtype=np.int64)
    broken = ((cuts > places[:, :1]) & (cuts <= places[:, -1:])).any(axis=1)
    return _Windows(places, used & ~broken[:, None], relative >= 0)


def _enough(windows: _Windows) -> Bools:
    before = windows.used[:, ~windows.in_effect].sum(axis=1)
    after = windows.used[:, windows.in_effect].sum(axis=1)
    found: Bools = (before >= FEWEST_BEFORE) & (after >= FEWEST_IN_EFFECT)
    return found


def _log_ratios(daily: Daily, counts: Floats, windows: _Windows, until: int, trend: bool) -> Floats:
    """Return the log ratio at every date; the last is the real one."""
    weekdays = daily.weekdays()
    levels = np.column_stack([np.ones(len(counts)), *weekday_columns(weekdays)])
    ridge = np.array([0.0, *[WEEKDAY_RIDGE] * (levels.shape[1] - 1)])
    offset = np.log(np.where(daily.exposure > 0, daily.exposure, 1.0))
    told = (~daily.left_out & (daily.exposure > 0) & (np.arange(len(counts)) < until)).astype(float)
    alpha = overdispersion(Counted(counts[None], levels[None], offset[None], told[None], ridge))
    shape = windows.places.shape
    after = np.broadcast_to(windows.in_effect.astype(float), shape)
    level, *weekly = np.moveaxis(levels[windows.places], 2, 0)
    columns = [level, after, *weekly]
    ridges = [ridge[0], CHANGE_RIDGE, *ridge[1:]]
    if trend:
        relative = windows.places[0] - windows.places[0].mean()
        columns.append(np.broadcast_to(relative / MONTH, shape))
        ridges.append(TREND_RIDGE)
    counted = Counted(
        counts[windows.places],
        np.stack(columns, axis=2),
        offset[windows.places],
        windows.used.astype(float),
        np.array(ridges),
    )
    found: Floats = fit(counted, np.full(shape[0], alpha[0])).coefficients[:, CHANGE]
    return found


def _ranked(logs: Floats, chance: Floats) -> Ranked:
    earlier, real = logs[:-1], float(logs[-1])
    direction = np.sign(real) if abs(real) > NEAR else 1.0
    share = _share_below(np.abs(earlier), abs(real))
    as_large = len(chance) - int(np.searchsorted(chance, share - NEAR))
    return Ranked(
        share,
        (1 + as_large) / (1 + len(chance)),
        _share_below(direction * earlier, direction * real),
        float(np.exp(real)),
        np.exp(earlier),
    )


def _share_below(values: Floats, value: float) -> float:
    below, ties = values < value - NEAR, np.abs(values - value) <= NEAR
    return float((below + 0.5 * ties).mean())


def _chance(windows: _Windows, trend: bool) -> Floats:
    """Return the shares that come by themselves with these windows, (noise,), sorted."""
    first = int(windows.places.min())
    return _shares_of_noise(
        tuple((windows.places[:, 0] - first).tolist()),
        tuple((windows.places[0] - windows.places[0, 0]).tolist()),
        windows.used.tobytes(),
        int((~windows.in_effect).sum()),
        trend,
    )


@lru_cache(maxsize=8)
def _shares_of_noise(
    starts: tuple[int, ...], relative: tuple[int, ...], used: bytes, before: int, trend: bool
) -> Floats:
    """Return the share of windows with a smaller contrast than the last has, for each noise."""
    steps = np.array(relative)
    shape = len(starts), len(steps)
    columns = [np.ones(len(steps)), (np.arange(len(steps)) >= before).astype(np.float64)]
    if trend:
        columns.append((steps - steps.mean()) / MONTH)
    design = np.column_stack(columns)
    weight = np.frombuffer(used, dtype=np.bool_).reshape(shape).astype(np.float64)
    across = design.T[None] * weight[:, None, :]
    # least squares: the row of (X'X)⁻¹X' that gives the change, for each window
    rows = np.linalg.solve(across @ design, across)[:, CHANGE]
    places = np.array(starts)[:, None] + steps
    contrast = np.zeros((shape[0], int(places.max()) + 1))
    np.put_along_axis(contrast, places, rows, axis=1)
    noise = np.random.default_rng(SEED).standard_normal((contrast.shape[1], NOISE))
    sizes = np.abs(contrast @ noise)
    return np.sort((sizes[:-1] < sizes[-1]).mean(axis=0))
