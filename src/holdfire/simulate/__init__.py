"""Invented worlds in which the truth is known, to measure how well reports are merged."""

from holdfire.simulate.regime import Regime, regime, regimes, sizes
from holdfire.simulate.world import World, simulate

__all__ = ["Regime", "World", "regime", "regimes", "simulate", "sizes"]
