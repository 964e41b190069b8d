"""Candidates of one list compete: a report has at most one counterpart in a list without repeats.

The chances of all ways to assign the reports of two lists one to one are too many to add up;
passing messages between rivals comes close and is fast (belief propagation for data
association: Williams and Lau 2014, doi 10.1109/TAES.2014.120568). A list that may tell an
incident twice leaves room for a second counterpart, as often as it is found to do so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import Floats, Ints

ROUNDS = 12


class Rivals:
    """Which pairs are rivals: those of one report with candidates of one list."""

    def __init__(
        self, left: NDArray[np.int32], right: NDArray[np.int32], list_no: Ints, lists: int
    ) -> None:
        self.list_left = list_no[left].astype(np.int32)
        self.list_right = list_no[right].astype(np.int32)
        self.left = _numbered(left.astype(np.int64) * lists + self.list_right)
        self.right = _numbered(right.astype(np.int64) * lists + self.list_left)


def _numbered(key: Ints) -> NDArray[np.int32]:
    return np.unique(key, return_inverse=True)[1].astype(np.int32)


def compete(odds: Floats, among: Rivals, again: Floats, rounds: int = ROUNDS) -> Floats:
    """Return the probability of each pair when rivals are taken into account.

    ``odds`` are those of the pair against both reports having no counterpart; ``again`` is how
    often each list tells an incident a second time.
    """
    if len(odds) == 0:
        return odds.copy()
    left_again = again.astype(np.float32)[among.list_right]
    right_again = again.astype(np.float32)[among.list_left]
    back = np.ones(len(odds))
    for _ in range(rounds):
        held = odds * back
        others = np.maximum(_summed(among.left, held) - held, 0.0)
        onward = odds * _room(others, left_again)
        others = np.maximum(_summed(among.right, onward) - onward, 0.0)
        back = _room(others, right_again)
    held = odds * back
    others = np.maximum(_summed(among.left, held) - held, 0.0)
    weight = held * _room(others, left_again)
    probability: Floats = weight / (1.0 + weight)
    return probability


def _summed(group: NDArray[np.int32], values: Floats) -> Floats:
    totals = np.bincount(group, weights=values)
    summed: Floats = totals[group].astype(np.float64, copy=False)
    return summed


def _room(others: Floats, again: NDArray[np.float32]) -> Floats:
    """Return how free a report is for one more counterpart, given the weight of its others."""
    return (1.0 - again) / (1.0 + others) + again
