"""What a matching learnt, in a form that can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one comparison: how often it is met, and what that is worth.

    ``same`` and ``chance`` are the shares of true pairs and of chance pairs at this level;
    ``bits`` is the mean weight of the candidate pairs found at it.
    """

    name: str
    same: float
    chance: float
    bits: float


@dataclass(frozen=True, eq=False)
class Model:
    """Weights per comparison and level, and where they come from.

    ``prior_bits`` is the mean prior of the candidate pairs; ``background`` the chance pairs
    expected per report; ``lags_d`` the shifts in days that chance was learnt from; ``shipped``
    how much weight the shipped prior had against these reports, from 0 to 1; ``decided`` how many
    reviewers' decisions were learnt from; ``true_pairs`` the low, expected and high number of
    true pairs that the reports as a whole show, whichever they are.
    """

    levels: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    prior_bits: float = 0.0
    background: float = 0.0
    lags_d: tuple[float, ...] = ()
    shipped: float = 1.0
    decided: int = 0
    true_pairs: tuple[float, float, float] = (0.0, 0.0, 0.0)
