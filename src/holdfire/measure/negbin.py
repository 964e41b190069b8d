"""Negative-binomial regression of daily counts, many series at once.

Model: Y ~ NB(mean mu, variance mu + alpha mu²), log mu = offset + X b (NB2 of Cameron & Trivedi,
*Regression Analysis of Count Data*, 2nd ed. 2013, ch. 3). Given alpha, b is found by iteratively
reweighted least squares. alpha is the maximum of the profile likelihood adjusted for the fitted
b after Cox & Reid (JRSS B 49, 1987): l(b(alpha), alpha) − ½ log det X'WX, which takes off most of
the downward bias that maximum likelihood has with few days. ``ridge`` is the precision of a
normal penalty about 0 on each coefficient: it keeps a weekday without an event finite.
Fixed numbers of steps, no chance: the same input gives the same output.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from holdfire.measure.series import Bools, Floats, Ints

STEPS = 40
CLOSE = 1e-5
FARTHEST = 30.0
"""Bound of the linear predictor: e³⁰ events a day are never seen, and e⁻³⁰ never matter."""
ALPHAS = np.log([1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8])
"""Searched first; the lowest stands for a Poisson count."""
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
NARROWINGS = 12
HALVINGS = 13
LAGS = 7
"""Days that one day may resemble: a week."""
Beside = tuple[tuple[Ints, Ints], ...]
"""For each lag from 1 to 7 the places of the days so far apart: the later and the earlier."""


@dataclass(frozen=True, eq=False)
class Counted:
    """What is modelled: ``counts`` (series, days), ``design`` (series or 1, days, columns).

    ``offset`` (series or 1, days) is the log of the exposure; ``weight`` of the same shape is 1
    for a day that counts and 0 for one that does not; ``ridge`` is (columns,).
    """

    counts: Floats
    design: Floats
    offset: Floats
    weight: Floats
    ridge: Floats

    def without(self, column: int, value: Floats) -> Counted:
        """Return the same with one coefficient held at ``value`` (series,)."""
        return Counted(
            self.counts,
            np.delete(self.design, column, axis=2),
            self.offset + value[:, None] * self.design[:, :, column],
            self.weight,
            np.delete(self.ridge, column),
        )

    def taken(self, rows: Ints) -> Counted:
        """Return the series at the places ``rows``, which may repeat."""
        parts = (self.counts, self.design, self.offset, self.weight)
        some = [part if len(part) == 1 else part[rows] for part in parts[1:]]
        return Counted(self.counts[rows], some[0], some[1], some[2], self.ridge)


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients (series, columns), means (series, days), information (series, columns²).

    ``log_likelihood`` (series,) is penalised. ``alpha`` (series,) is the overdispersion.
    """

    coefficients: Floats
    means: Floats
    information: Floats
    log_likelihood: Floats
    alpha: Floats

    def standard_errors(self) -> Floats:
        """Return the model's standard error of each coefficient, (series, columns)."""
        inverse = np.linalg.inv(self.information)
        return np.sqrt(np.diagonal(inverse, axis1=1, axis2=2))


def fit(counted: Counted, alpha: Floats, start: Floats | None = None) -> Fit:
    """Return the fits for known overdispersion ``alpha`` (series,).

    ``start`` is a first guess of the means, (series, days).
    """
    counts, design, offset = counted.counts, counted.design, counted.offset
    spread = alpha[:, None]
    if start is None:
        start = (counts + counts.mean(axis=1, keepdims=True) + 0.1) / 2.0
    means = np.maximum(start, np.exp(-FARTHEST))
    across = np.swapaxes(design, 1, 2)
    columns = design.shape[2]
    penalty = np.diag(counted.ridge + 1e-10)
    old = np.full((len(counts), columns), np.inf)
    for _ in range(STEPS):
        weights = counted.weight * means / (1.0 + spread * means)
        working = np.log(means) - offset + (counts - means) / means
        weighted = across * weights[:, None, :]
        information = weighted @ design + penalty
        found = np.linalg.solve(information, weighted @ working[:, :, None])[:, :, 0]
        predictor = np.clip((design @ found[:, :, None])[:, :, 0] + offset, -FARTHEST, FARTHEST)
        means = np.exp(predictor)
        if np.abs(found - old).max() < CLOSE:
            break
        old = found
    weights = counted.weight * means / (1.0 + spread * means)
    information = (across * weights[:, None, :]) @ design + penalty
    likelihood = (counted.weight * log_density(counts, means, spread)).sum(axis=1)
    likelihood -= 0.5 * (counted.ridge * found**2).sum(axis=1)
    return Fit(found, means, information, likelihood, alpha)


def log_density(counts: Floats, means: Floats, alpha: Floats) -> Floats:
    """Return the log probability of each count; counts need not be whole."""
    size = 1.0 / np.maximum(alpha, 1e-8)
    given = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1.0)
    found: Floats = given + xlogy(counts, means / size) - (counts + size) * np.log1p(means / size)
    return found


def overdispersion(counted: Counted) -> Floats:
    """Return the alpha of each series, (series,): 0.0001 where none is seen."""

    def adjusted(log_alpha: Floats, start: Floats | None) -> tuple[Floats, Floats]:
        found = fit(counted, np.exp(log_alpha), start)
        return found.log_likelihood - 0.5 * np.linalg.slogdet(found.information)[1], found.means

    series = len(counted.counts)
    values, starts, start = [], [], None
    for log_alpha in ALPHAS:
        value, start = adjusted(np.full(series, log_alpha), start)
        values.append(value)
        starts.append(start)
    best = np.argmax(np.stack(values), axis=0)
    low, high = ALPHAS[np.maximum(best - 1, 0)], ALPHAS[np.minimum(best + 1, len(ALPHAS) - 1)]
    start = np.stack(starts)[best, np.arange(series)]
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = adjusted(left, start)[0], adjusted(right, start)[0]
    for _ in range(NARROWINGS):
        lower = at_left > at_right
        low, high = np.where(lower, low, left), np.where(lower, right, high)
        probe = np.where(lower, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        value = adjusted(probe, start)[0]
        left, right = np.where(lower, probe, right), np.where(lower, left, probe)
        at_left, at_right = np.where(lower, value, at_right), np.where(lower, at_left, value)
    found: Floats = np.where(best == 0, np.exp(ALPHAS[0]), np.exp((low + high) / 2.0))
    return found


def profile(counted: Counted, full: Fit, column: int, reach: Floats) -> tuple[Floats, Floats]:
    """Return where the signed root of the likelihood ratio is ∓``reach`` (series,): an interval.

    The profile likelihood of one coefficient (Venzon & Moolgavkar, *Applied Statistics* 37,
    1988). The overdispersion is first that of the full fit, then that of the fit held at the end
    so found: what a value that is to be rejected would have to explain.
    """
    series = len(counted.counts)
    both = counted.taken(np.tile(np.arange(series), 2))
    sign, wide = np.repeat([-1.0, 1.0], series), np.tile(reach, 2)
    alpha = np.tile(full.alpha, 2)
    ends = _ends(both, fit(both, alpha), column, sign * wide)
    alpha = overdispersion(both.without(column, ends))
    ends = _ends(both, fit(both, alpha), column, sign * wide)
    return ends[:series], ends[series:]


def root(counted: Counted, column: int) -> Floats:
    """Return the root of the likelihood ratio of no effect, (series,), its overdispersion held."""
    still = counted.without(column, np.zeros(len(counted.counts)))
    alpha = overdispersion(still)
    ratio = 2.0 * (fit(counted, alpha).log_likelihood - fit(still, alpha).log_likelihood)
    found: Floats = np.sqrt(np.maximum(0.0, ratio))
    return found


def beside(days: Ints, side: Ints) -> Beside:
    """Return the pairs of ``days`` (days,) at each lag that are on the same ``side`` (days,).

    Pairs across the effect or a break are left out: so exchanging the sides changes nothing.
    """
    apart = days[:, None] - days[None, :]
    same = side[:, None] == side[None, :]
    found = (np.nonzero(same & (apart == lag)) for lag in range(1, LAGS + 1))
    return tuple((later, earlier) for later, earlier in found)


def carry_over(counts: Floats, full: Fit, pairs: Beside) -> Floats:
    """Return the correlations of a day's Pearson residual with later ones', (series, 7).

    A level is fitted on each side of the effect, which takes 1 / days of a side off each
    correlation (Kendall, *Biometrika* 41, 1954); it is added again.
    """
    spread = np.sqrt(full.means + full.alpha[:, None] * full.means**2)
    residual = (counts - full.means) / spread
    whole = np.maximum((residual**2).sum(axis=1), 1e-12)
    sums = [(residual[:, one] * residual[:, other]).sum(axis=1) for one, other in pairs]
    found: Floats = np.stack(sums, axis=1) / whole[:, None] + 2.0 / counts.shape[1]
    return found


def inflation(carried: Floats) -> Floats:
    """Return the factor of the variance for days that resemble those before, (series,), 1 or more.

    1 + 2 Σ r over the initial positive sequence made monotone (Geyer, *Statistical Science* 7,
    1992): from lag 1 to the first that is not above 0, none larger than the one before it.
    """
    falling = np.minimum.accumulate(carried, axis=1)
    found: Floats = 1.0 + 2.0 * np.maximum(falling, 0.0).sum(axis=1)
    return found


def _ends(counted: Counted, full: Fit, column: int, reach: Floats) -> Floats:
    """Return the value at which the signed root is ``reach`` (series,), by halving."""
    centre, wanted = full.coefficients[:, column], reach**2

    def beyond(value: Floats) -> Bools:
        held = fit(counted.without(column, value), full.alpha, full.means)
        outside: Bools = 2.0 * (full.log_likelihood - held.log_likelihood) > wanted
        return outside

    step = reach * full.standard_errors()[:, column]
    inner, outer = centre, centre + step * 1.25
    for _ in range(12):
        outside = beyond(outer)
        if outside.all():
            break
        inner = np.where(outside, inner, outer)
        outer = np.where(outside, outer, outer + step)
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2.0
        outside = beyond(middle)
        inner, outer = np.where(outside, inner, middle), np.where(outside, middle, outer)
    found: Floats = (inner + outer) / 2.0
    return found
