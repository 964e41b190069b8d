"""Daily series written down by hand, and worlds of them drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from scipy.special import gammaincinv, ndtr

from holdfire.measure.series import Bools, Daily, Floats

FIRST = date(2025, 1, 6)
"""A Monday."""
NINE_BEFORE = [12, 7, 9, 15, 4, 8, 11, 10, 6, 13, 9, 3, 14, 8, 7, 12, 5, 10, 9, 11, 6]
THREE_AFTER = [4, 2, 5, 1, 3, 6, 2, 4, 0, 3, 5, 2, 1, 4]
"""Three weeks with a mean of 9 and two with a mean of 3."""


def day(place: int) -> date:
    """Return the day at a place of a series."""
    return FIRST + timedelta(days=place)


def daily(
    certain: Sequence[float] | Floats,
    possible: Sequence[float] | Floats | None = None,
    exposure: Floats | None = None,
    left_out: Sequence[int] = (),
    breaks: Sequence[int] = (),
) -> Daily:
    """Return a series from ``FIRST`` on; ``left_out`` and ``breaks`` are places in it."""
    low = np.asarray(certain, dtype=np.float64)
    out: Bools = np.zeros(len(low), dtype=np.bool_)
    out[list(left_out)] = True
    return Daily(
        FIRST,
        low,
        low if possible is None else np.asarray(possible, dtype=np.float64),
        np.ones(len(low)) if exposure is None else exposure,
        out,
        tuple(day(place) for place in breaks),
    )


def worlds(
    count: int, before: int, after: int, rate: float, ratio: float, alpha: float, seed: int = 1,
    memory: float = 0.0,
) -> Floats:  # fmt: skip
    """Return true daily counts, (count, before + after): a weekday pattern and overdispersion.

    ``memory`` is the correlation of one day's true rate with the next day's, by a normal
    autoregression behind the gamma rates.
    """
    random = np.random.default_rng(seed)
    days = np.arange(before + after)
    means = rate * np.exp(0.3 * np.sin(2 * np.pi * days / 7)) * np.where(days >= before, ratio, 1.0)
    shape = (count, len(days))
    if not alpha:
        spread = np.ones(shape)
    elif not memory:
        spread = random.gamma(1 / alpha, alpha, shape)
    else:
        normal = random.standard_normal(shape)
        for place in days[1:]:
            fresh = np.sqrt(1 - memory**2) * normal[:, place]
            normal[:, place] = memory * normal[:, place - 1] + fresh
        spread = alpha * gammaincinv(1 / alpha, ndtr(normal))
    return random.poisson(means * spread).astype(np.float64)


def in_by(ages: Floats, typical: float = 1.5) -> Floats:
    """Return the share of reports in at each age in days; half are in after ``typical``."""
    found: Floats = 1.0 - 0.5 ** ((ages + 0.5) / typical)
    return found
