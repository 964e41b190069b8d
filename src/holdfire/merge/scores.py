"""How well reports were merged, where the truth is known.

Pairwise: of the pairs of reports put into one incident, how many are (precision), and of the
pairs that are one incident, how many were put together (recall). B-cubed: the same asked of each
report about the incident it is in, then averaged over reports (Bagga and Baldwin 1998), so that
one large incident weighs no more than its reports. Calibration: expected calibration error in
bins of equal width (Naeini, Cooper and Hauskrecht 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Floats = NDArray[np.float64]

BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1. Who claims nothing claims nothing wrong: that precision is 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose probability is in ``[low, high)``, the last bin with its end."""

    low: float
    high: float
    pairs: int
    told: float
    same: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Mean distance between what was told and what is, over pairs; bins without pairs left out."""

    error: float
    pairs: int
    bins: tuple[Bin, ...]


def pairwise(found: Labels, truth: Labels) -> Score:
    """Score two groupings of the same reports by their pairs; no list of pairs is made."""
    both, ours, theirs = _contingency(found, truth)
    right, claimed, true = (_pairs(sizes) for sizes in (both[0], ours, theirs))
    return Score(
        right / claimed if claimed else 1.0,
        right / true if true else 1.0,
        2 * right / (claimed + true) if claimed + true else 1.0,
    )


def b_cubed(found: Labels, truth: Labels) -> Score:
    """Score two groupings of the same reports by each report's incident."""
    (shared, our, their), ours, theirs = _contingency(found, truth)
    if not len(found):
        return Score(1.0, 1.0, 1.0)
    precision = float((shared**2 / ours[our]).sum() / len(found))
    recall = float((shared**2 / theirs[their]).sum() / len(found))
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def calibration(probability: Floats, same: NDArray[np.bool_], bins: int = BINS) -> Calibration:
    """Return how far the probabilities told for pairs are from the shares that are the same.

    ``same`` says of each pair whether it is one incident. The error is the mean over pairs of the
    distance between the two in each pair's bin; with no pairs it is 0.
    """
    if len(probability) != len(same):
        raise ValueError(f"{len(probability)} probabilities and {len(same)} answers")
    where = np.minimum((probability * bins).astype(np.int64), bins - 1)
    count = np.bincount(where, minlength=bins)
    told = np.bincount(where, probability, bins) / np.maximum(count, 1)
    share = np.bincount(where, same.astype(np.float64), bins) / np.maximum(count, 1)
    error = float((count * np.abs(told - share)).sum() / max(len(same), 1))
    return Calibration(
        error,
        len(same),
        tuple(
            Bin(at / bins, (at + 1) / bins, int(count[at]), float(told[at]), float(share[at]))
            for at in range(bins)
            if count[at]
        ),
    )


def incidents(truth: Labels) -> int:
    """Return how many incidents the reports truly tell of."""
    return len(np.unique(truth))


def covers(interval: Sequence[float], truth: Labels) -> bool:
    """Whether the true number of incidents is within the first and last of the interval."""
    return interval[0] <= incidents(truth) <= interval[-1]


def _pairs(sizes: Labels) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _contingency(
    found: Labels, truth: Labels
) -> tuple[tuple[Labels, Labels, Labels], Labels, Labels]:
    """Return the overlaps (size, ours, theirs) and the sizes of our and of their groups."""
    if len(found) != len(truth):
        raise ValueError(f"{len(found)} reports grouped, {len(truth)} with a truth")
    _, our, ours = np.unique(found, return_inverse=True, return_counts=True)
    _, their, theirs = np.unique(truth, return_inverse=True, return_counts=True)
    cells, shared = np.unique(our * len(theirs) + their, return_counts=True)
    return (shared, cells // max(len(theirs), 1), cells % max(len(theirs), 1)), ours, theirs
