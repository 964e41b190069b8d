"""What truly happened in an invented world, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from holdfire.simulate.ground import Floats, Ground, Ints
from holdfire.simulate.regime import Happening, Regime

DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
HOURLY = np.array([3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 4, 4], float)
"""How much of a day's fire falls into each hour, in parts."""
OVERDISPERSED = 0.7


@dataclass(frozen=True, eq=False)
class Incidents:
    """One entry an incident. Acts, weapons and targets are places in the lists of words."""

    minute: Ints
    at_km: Floats
    town: Ints
    happening: Ints
    weapon: NDArray[np.object_]
    target: NDArray[np.object_]
    party: Ints
    deaths: Ints

    def __len__(self) -> int:
        return len(self.minute)

    def first(self, count: int) -> Incidents:
        """Return the earliest ones."""
        return Incidents(*(getattr(self, name)[:count] for name in self.__dataclass_fields__))

    def where(self, kept: NDArray[np.bool_]) -> Incidents:
        """Return those that are kept, (incidents,)."""
        return Incidents(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def make_incidents(
    regime: Regime, ground: Ground, count: int, rng: np.random.Generator
) -> Incidents:
    """Return so many incidents from the first day on, at the regime's rate."""
    day = (rng.random(count) * count / regime.incidents_per_day).astype(np.int64)
    return incidents_at(regime, ground, minutes_of(day, rng), rng)


def incidents_at(
    regime: Regime, ground: Ground, minute: Ints, rng: np.random.Generator
) -> Incidents:
    """Return an incident for each minute since the first day's midnight, sorted."""
    count = len(minute)
    town = _towns(regime, ground, minute, rng)
    share = np.array([one.share for one in regime.happenings])
    happening = rng.choice(len(share), count, p=share / share.sum())
    weapon, target = np.empty((2, count), dtype=object)
    mean = np.array([one.deaths for one in regime.happenings])[happening]
    for at, one in enumerate(regime.happenings):
        here = np.flatnonzero(happening == at)
        weapon[here] = _pick(one, "weapons", len(here), rng)
        target[here] = _pick(one, "targets", len(here), rng)
    return Incidents(
        minute=minute,
        at_km=ground.towns[town] + rng.normal(0.0, regime.in_town_km, (count, 2)),
        town=town,
        happening=happening,
        weapon=weapon,
        target=target,
        party=(rng.random(count) > ground.first_party[town]).astype(np.int64),
        deaths=rng.poisson(mean * rng.gamma(OVERDISPERSED, 1 / OVERDISPERSED, count)),
    )


def minutes_of(day: Ints, rng: np.random.Generator) -> Ints:
    """Return sorted minutes since the first day's midnight, one for each ``day``'s number."""
    hour = rng.choice(24, len(day), p=HOURLY / HOURLY.sum())
    minute: Ints = day * DAY_MIN + hour * 60 + rng.integers(0, 60, len(day))
    minute.sort()
    return minute


def _towns(regime: Regime, ground: Ground, minute: Ints, rng: np.random.Generator) -> Ints:
    """Return where each happened: rates differ between towns and change from week to week."""
    town = np.empty(len(minute), dtype=np.int64)
    week = minute // WEEK_MIN
    edges = np.searchsorted(week, np.arange(week[-1] + 2)) if len(week) else np.zeros(1, int)
    for first, last in pairwise(edges):
        rate = ground.weight * np.exp(rng.normal(0.0, regime.weekly_spread, len(ground.weight)))
        upto = np.cumsum(rate)
        town[first:last] = np.searchsorted(upto, rng.random(last - first) * upto[-1], "right")
    return town


def _pick(one: Happening, kind: str, count: int, rng: np.random.Generator) -> NDArray[np.object_]:
    weights: dict[str, float] = getattr(one, kind)
    share = np.array(list(weights.values()), float)
    return np.array(list(weights), dtype=object)[
        rng.choice(len(share), count, p=share / share.sum())
    ]
