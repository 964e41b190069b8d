"""What two lists show of their own is believed as far as there is enough of it."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.merge.columns import Floats
from holdfire.merge.compare.levels import Comparison
from holdfire.merge.weights import FEW, Pooled, same_shares

EVERY = np.arange(2)
TWO = Comparison("text", lambda pairs: pairs.left, EVERY, EVERY, ("alike", "apart"))
CHANCE = np.array([[0.2, 0.8]])
POOLED = Pooled(np.array([0.8, 0.2]), np.array([4.0, 0.25]))
"""What all lists show: of true pairs 80 % are alike, of chance pairs 20 %."""


def apart(pairs: float) -> float:
    """Return the share of true pairs that are apart, where as many were found, all of them."""
    return float(same_shares(TWO, np.array([[0.0, pairs]]), CHANCE, POOLED)[0, 1])


def test_without_any_it_is_what_all_lists_show() -> None:
    assert apart(0.0) == pytest.approx(0.2)


def test_one_pair_teaches_nearly_nothing_and_many_do() -> None:
    shares = [apart(pairs) for pairs in (0.0, 1.0, FEW, 100 * FEW)]
    assert shares == sorted(shares)
    assert shares[1] == pytest.approx(0.2, abs=0.01)
    assert shares[3] > 0.8


def test_shares_are_shares() -> None:
    for same in ([[0.0, 0.0]], [[3.0, 1.0]], [[1e6, 2.0]]):
        found: Floats = same_shares(TWO, np.array(same), CHANCE, POOLED)
        assert found.sum() == pytest.approx(1.0)
        assert (found > 0).all()
