"""Candidates of one list compete: a report has at most one counterpart in a list without repeats.

The chances of all ways to assign the reports of two lists one to one are too many to add up;
passing messages between rivals comes close and is fast (belief propagation for data
association: Williams and Lau 2014, doi 10.1109/TAES.2014.120568). A list that may tell an
incident twice leaves room for a second counterpart, as often as it is found to do so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import Floats, Ints

ROUNDS = 12


@dataclass(frozen=True, eq=False)
class Rivals:
    """Which pairs are rivals: numbers of (left report, right list) and the other way round.

    ``left_again`` and ``right_again`` are the chance, per pair, that the right and the left list
    tell an incident a second time.
    """

    left: Ints
    right: Ints
    left_again: Floats
    right_again: Floats


def rivals(
    left: NDArray[np.int32], right: NDArray[np.int32], list_no: Ints, again: Floats
) -> Rivals:
    """Group pairs by report and by the other's list; ``again`` is the share of repeats by list."""
    count = len(again)
    list_left, list_right = list_no[left], list_no[right]
    return Rivals(
        np.unique(left.astype(np.int64) * count + list_right, return_inverse=True)[1],
        np.unique(right.astype(np.int64) * count + list_left, return_inverse=True)[1],
        again[list_right],
        again[list_left],
    )


def compete(odds: Floats, among: Rivals) -> Floats:
    """Return the probability of each pair when rivals are taken into account.

    ``odds`` are those of the pair against both reports having no counterpart.
    """
    if len(odds) == 0:
        return odds.copy()
    back = np.ones(len(odds))
    for _ in range(ROUNDS):
        held = odds * back
        others = np.maximum(_summed(among.left, held) - held, 0.0)
        onward = odds * _room(others, among.left_again)
        others = np.maximum(_summed(among.right, onward) - onward, 0.0)
        back = _room(others, among.right_again)
    held = odds * back
    others = np.maximum(_summed(among.left, held) - held, 0.0)
    weight = held * _room(others, among.left_again)
    probability: Floats = weight / (1.0 + weight)
    return probability


def _summed(group: Ints, values: Floats) -> Floats:
    totals: Floats = np.bincount(group, weights=values)
    return totals[group]


def _room(others: Floats, again: Floats) -> Floats:
    """Return how free a report is for one more counterpart, given the weight of its others."""
    return (1.0 - again) / (1.0 + others) + again
