"""Invented worlds in which the truth is known: to measure what holdfire finds, and to plan with.

``simulate`` makes one from a regime; one with a ceasefire of a chosen effect is written as a whole
case that ``holdfire run`` can be held against.
"""

from holdfire.simulate.ceasefire import Ceasefire
from holdfire.simulate.regime import Regime, regime, regimes, sizes
from holdfire.simulate.regime_file import read_regime, with_ceasefire
from holdfire.simulate.world import World, simulate

__all__ = [
    "Ceasefire",
    "Regime",
    "World",
    "read_regime",
    "regime",
    "regimes",
    "simulate",
    "sizes",
    "with_ceasefire",
]
