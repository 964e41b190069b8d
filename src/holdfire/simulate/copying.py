"""Reports that an outlet takes from another: the same facts and words, later, as its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from holdfire.simulate.regime import Regime, Source
from holdfire.simulate.telling import Told

LAG_SHAPE = 1.5


def with_copies(regime: Regime, told: Told, rng: np.random.Generator) -> Told:
    """Return the reports with those that outlets republish; what none of them copies is as it was.

    Nobody republishes what his own list tells already, nor a copy.
    """
    parts = [told, *_copies(regime, told, rng)]
    if len(parts) == 1:
        return told
    whole = Told(
        **{one.name: np.concatenate([getattr(p, one.name) for p in parts]) for one in fields(Told)}
    )
    return replace(whole, number=np.arange(len(whole)))


def _copies(regime: Regime, told: Told, rng: np.random.Generator) -> Iterator[Told]:
    outlets = [one.outlet for one in regime.sources]
    for number, source in enumerate(regime.sources):
        if source.copied > 0:
            yield _taken(number, source, outlets.index(source.copies), told, rng)


def _taken(number: int, source: Source, giver: int, told: Told, rng: np.random.Generator) -> Told:
    mine = told.incident[told.outlet == number]
    open_to_it = (told.outlet == giver) & ~np.isin(told.incident, mine)
    rows = np.flatnonzero(open_to_it & (rng.random(len(told)) < source.copied))
    lag = rng.gamma(LAG_SHAPE, source.copied_lag_h / LAG_SHAPE, len(rows)) * 60
    taken = told.take(rows)
    return replace(
        taken,
        outlet=np.full(len(rows), number),
        reported=taken.reported + lag.astype(np.int64) + 1,
        copy_of=taken.number,
        credited=rng.random(len(rows)) < source.credits,
    )
