"""Log-linear models of which lists have which incidents: fitted, chosen, their intervals.

Formula, source and assumptions are in ``unseen.py``, which alone uses this. A history is a row of
0 and 1, a list a column; every history but that of no list is a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, xlogy

from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Bools, Floats, Ints

AIC_WITHIN = 4.0 + 1e-6
AT_ODDS = 0.001
"""Deviance that a true model reaches once in a thousand worlds."""
STEPS = 30
CLOSE = 1e-3
"""Incidents, to which an end of an interval is found."""
CHI95 = 1.959963984540054**2


@dataclass(frozen=True)
class Model:
    """One log-linear model: the pairs of lists that depend on each other, and what it says.

    ``low`` and ``high`` bound the number of all incidents; ``high`` is ``None`` if nothing does.
    """

    pairs: tuple[tuple[int, int], ...]
    estimate: float
    low: float
    high: float | None
    aic: float
    bic: float


def table(told: Bools) -> tuple[Ints, Floats]:
    """Return every history but that of no list, (histories, lists), and how many have it."""
    lists = told.shape[1]
    powers = 1 << np.arange(lists)
    histories = (np.arange(1, 2**lists)[:, None] // powers) % 2
    counts = np.bincount(told @ powers, minlength=2**lists)[1:].astype(np.float64)
    return histories, counts


def kept(histories: Ints, counts: Floats) -> list[Model] | Refusal:
    """Return the models to span: near the lowest AIC, and the lowest BIC."""
    lists = histories.shape[1]
    pairs = list(combinations(range(lists), 2))
    fewest = len(counts) - 1 - lists
    found: list[Model] = []
    for size in range(min(len(pairs), fewest - 1) + 1):
        for chosen in combinations(pairs, size):
            free = len(counts) - 1 - lists - size
            _, deviance, empty = unseen_by(histories, counts, chosen)
            if empty or chdtrc(free, deviance) < AT_ODDS:
                continue
            columns = 1 + lists + size
            aic = deviance + 2 * columns
            bic = deviance + float(np.log(counts.sum())) * columns
            found.append(Model(chosen, 0.0, 0.0, None, aic, bic))
    if not found:
        return Refusal("no model of how the lists depend on each other fits their overlaps")
    lowest = min(model.aic for model in found) + AIC_WITHIN
    best = min(model.bic for model in found)
    near = [model for model in found if model.aic <= lowest or model.bic == best]
    return [_spanned(histories, counts, model) for model in near]


def _design(histories: Ints, chosen: tuple[tuple[int, int], ...]) -> Floats:
    pairs = [histories[:, one] * histories[:, other] for one, other in chosen]
    return np.column_stack([np.ones(len(histories)), histories, *pairs]).astype(np.float64)


def unseen_by(
    histories: Ints, counts: Floats, chosen: tuple[tuple[int, int], ...]
) -> tuple[float, float, bool]:
    """Return the number on no list, the deviance, and whether a cell of a pair is empty."""
    design = _design(histories, chosen)
    empty = any(not counts[design[:, -1 - at] > 0].sum() for at in range(len(chosen)))
    fitted = _poisson(design, counts)
    return float(np.exp(fitted[0])), _deviance(design, counts, fitted), empty


def _poisson(design: Floats, counts: Floats) -> Floats:
    """Return the coefficients of a Poisson regression, by reweighted least squares."""
    means: Floats = counts + 0.5
    found: Floats = np.zeros(design.shape[1])
    steady = 1e-9 * np.eye(design.shape[1])
    for _ in range(STEPS):
        working = np.log(means) + (counts - means) / means
        weighted = design.T * means
        old = found
        found = np.asarray(np.linalg.solve(weighted @ design + steady, weighted @ working))
        means = np.exp(np.clip(design @ found, -30, 30))
        if np.abs(found - old).max() < 1e-6:
            break
    return found


def _deviance(design: Floats, counts: Floats, fitted: Floats) -> float:
    means = np.exp(np.clip(design @ fitted, -30, 30))
    return float(2.0 * (xlogy(counts, counts / means) - counts + means).sum())


def _spanned(histories: Ints, counts: Floats, model: Model) -> Model:
    """Return the model with its estimate and the interval of the profile likelihood.

    The number on no list is held, as a count of its own, and the rest fitted (Cormack 1992).
    """
    design = _design(histories, model.pairs)
    nobody = np.zeros((1, design.shape[1]))
    nobody[0, 0] = 1.0
    whole = np.vstack([design, nobody])

    def lack(unseen_: float) -> float:
        every = np.append(counts, unseen_)
        return _deviance(whole, every, _poisson(whole, every))

    point = float(np.exp(_poisson(design, counts)[0]))
    seen, least = float(counts.sum()), lack(point)
    low, high = _crossing(lack, least, point, min(0.5, point)), None
    far = point + 1.0
    for _ in range(30):
        far *= 2.0
        if lack(far) - least > CHI95:
            high = seen + _crossing(lack, least, point, far)
            break
        if far > 100.0 * seen:
            break
    return Model(model.pairs, seen + point, seen + low, high, model.aic, model.bic)


def _crossing(lack: Callable[[float], float], least: float, inner: float, outer: float) -> float:
    """Return where the lack of fit is the 95 % quantile above the least; 0 where it is nowhere."""
    if lack(outer) - least <= CHI95:
        return 0.0
    return float(brentq(lambda unseen_: lack(unseen_) - least - CHI95, inner, outer, xtol=CLOSE))
