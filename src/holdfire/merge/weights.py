"""The weight of each cell of a comparison: how much likelier it is among true pairs than by chance.

For every pair of lists the shares are its own where it has many pairs, and drawn towards what
all lists show where it has few; those in turn towards the shipped prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import Floats, Ints
from holdfire.merge.compare.codes import RELATIONS
from holdfire.merge.compare.levels import Comparison

OWN_CHANCE = 5.0
"""Pairs' worth of what would be usual, in a cell's share of chance pairs."""
OWN = 5.0
"""Added to the noise, as a share of the number expected: no two lists are wholly alike."""
FEW = 40.0
"""True pairs over all lists with which half of what two lists show of their own is believed: with
fewer, a pair that looks true for one reason would teach that its other outcomes speak for it."""
MOST_BITS = 14.0
_TINY = 1e-9
_KNOWN = len(RELATIONS) - 1


@dataclass(frozen=True, eq=False)
class Pooled:
    """What the groups of one comparison are worth, over all lists.

    ``share`` of true pairs, and ``ratio`` of that to the share of chance pairs. For codes the
    first four are shares among pairs in which both codes are known.
    """

    share: Floats
    ratio: Floats


@dataclass(frozen=True, eq=False)
class Weights:
    """Shares per pair of lists (or one row for all) and cell, and their ratio in bits."""

    chance: Floats
    same: Floats

    @property
    def bits(self) -> Floats:
        """Bits for the same incident."""
        ratio = np.log2((self.same + _TINY) / (self.chance + _TINY))
        result: Floats = np.clip(ratio, -MOST_BITS, MOST_BITS)
        return result


def counted(
    comparison: Comparison, cells: NDArray[np.int32], tied: Ints, lists: int, weights: Floats | None
) -> Floats:
    """Return weighted numbers of pairs by pair of lists (``tied``) and cell."""
    rows = lists if comparison.by_list else 1
    key = tied * comparison.size + cells if comparison.by_list else cells.astype(np.int64)
    found = np.bincount(key, weights=weights, minlength=rows * comparison.size)
    result: Floats = found.astype(np.float64).reshape(rows, comparison.size)
    return result


def chance_shares(comparison: Comparison, counts: Floats) -> Floats:
    """Return chance shares from numbers of placebo pairs."""
    if comparison.choices:
        size = comparison.choices
        square = counts.reshape(-1, size, size) + 0.02
        left = square.sum(axis=2) / square.sum(axis=(1, 2))[:, None]
        right = square.sum(axis=1) / square.sum(axis=(1, 2))[:, None]
        expected = (left[:, :, None] * right[:, None, :]).reshape(len(counts), size * size)
    else:
        whole = counts.sum(axis=0) + 0.5 / comparison.size
        expected = np.broadcast_to(whole / whole.sum(), counts.shape)
    usual = counts.sum(axis=1, keepdims=True) * expected
    drawn = expected * (counts + OWN_CHANCE) / (usual + OWN_CHANCE)
    shares: Floats = drawn / drawn.sum(axis=1, keepdims=True)
    return shares


def pool(
    comparison: Comparison, same: Floats, chance: Floats, shipped: Pooled, strength: float
) -> Pooled:
    """Return what groups are worth over all lists; the shipped prior counts ``strength`` pairs."""
    groups = len(comparison.groups)
    grouped = np.bincount(comparison.group, weights=same.sum(axis=0), minlength=groups)
    grouped = np.maximum(grouped, 0.0)
    expected = np.bincount(
        comparison.group, weights=(same.sum(axis=1)[:, None] * chance).sum(axis=0), minlength=groups
    )
    by_shipped = strength * shipped.share / np.maximum(shipped.ratio, _TINY)
    ratio = (grouped + strength * shipped.share + _TINY) / (expected + by_shipped + _TINY)
    if comparison.choices:
        known = grouped[:_KNOWN] + strength * shipped.share[:_KNOWN]
        share = np.append(known / max(known.sum(), _TINY), shipped.share[_KNOWN])
    else:
        share = (grouped + strength * shipped.share) / (grouped.sum() + strength)
    return Pooled(share, ratio)


def same_shares(comparison: Comparison, same: Floats, chance: Floats, pooled: Pooled) -> Floats:
    """Return the shares of true pairs from their numbers.

    Each number is drawn towards what all lists show, the more the noisier it is, and the more
    the fewer true pairs there are at all.
    """
    total = np.maximum(same.sum(axis=1, keepdims=True), 1.0)
    shape = shape_of(comparison, chance, pooled)
    expected = shape * total
    spread = expected * np.maximum(np.maximum(same, expected), 1.0) + 1e-12
    believed = same.sum() / (same.sum() + FEW)
    own = spread / (spread + same + OWN * expected + _TINY)
    drawn = expected + believed * own * (same - expected)
    drawn = np.maximum(drawn, 0.05 * expected)
    shares: Floats = drawn / np.maximum(drawn.sum(axis=1, keepdims=True), _TINY)
    return shares


def shape_of(comparison: Comparison, chance: Floats, pooled: Pooled) -> Floats:
    """Return the shares of true pairs that follow from what all lists show."""
    if comparison.choices:
        shape = _code_shape(comparison, chance, pooled)
    else:
        shape = chance * pooled.ratio[comparison.group]
    result: Floats = shape / np.maximum(shape.sum(axis=1, keepdims=True), _TINY)
    return result


def _code_shape(comparison: Comparison, chance: Floats, pooled: Pooled) -> Floats:
    """Return how codes of true pairs would go together by the relations alone.

    The second code is drawn, as often as chance draws it, among those that stand in a drawn
    relation to the first, and the other way round; the mean of both is taken. What is unknown to
    one list is so for reasons of its own.
    """
    size = comparison.choices
    square = chance.reshape(-1, size, size)
    related = comparison.group.reshape(size, size)
    unknown = related == _KNOWN
    silent = np.where(unknown, square * pooled.ratio[_KNOWN], 0.0)
    silent_share = np.clip(silent.sum(axis=(1, 2)), 0.0, 0.999)
    inner = np.where(unknown, 0.0, square)
    inner = inner / np.maximum(inner.sum(axis=(1, 2), keepdims=True), _TINY)
    left, right = inner.sum(axis=2), inner.sum(axis=1)
    drawn = _drawn(left, right, related, pooled.share)
    drawn = (drawn + _drawn(right, left, related, pooled.share).transpose(0, 2, 1)) / 2.0
    whole = silent + (1.0 - silent_share)[:, None, None] * drawn
    return whole.reshape(len(chance), size * size)


def _drawn(first: Floats, second: Floats, related: Ints, share: Floats) -> Floats:
    """Return the chance of each pair of codes when the second is drawn by relation."""
    result = np.zeros((len(first), *related.shape))
    reached = np.zeros(first.shape)
    for relation in range(_KNOWN):
        among = (related == relation)[None, :, :] * second[:, None, :]
        total = among.sum(axis=2, keepdims=True)
        possible = total > 0
        result += share[relation] * np.where(possible, among / np.maximum(total, _TINY), 0.0)
        reached += share[relation] * possible[:, :, 0]
    given: Floats = result * (first / np.maximum(reached, _TINY))[:, :, None]
    return given
