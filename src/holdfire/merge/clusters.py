"""From pairs to incidents: the partition that loses least, as the probabilities stand.

Joining two clusters makes every pair across them a claim, which is right as often as their mean
probability. A wrong claim costs as much as a missed one, so clusters are joined by average
linkage, best first, while that is more likely right than not (``docs/decisions/0018``); nothing
joins two reports of a list that tells an incident once, nor what a reviewer called different. One
hierarchy is cut three times, so that certain merges lie within chosen ones and those within all
possible ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import Bools, Floats, Ints

POSSIBLE, CHOSEN, CERTAIN = 0.05, 0.5, 0.95
_BARRED = -1e9


@dataclass(frozen=True, eq=False)
class Edges:
    """Pairs of items with their probability; ``barred`` pairs must not come together."""

    left: Ints
    right: Ints
    probability: Floats
    barred: Bools


class Merging:
    """Average linkage with constraints, joining all mutually best pairs of clusters at once.

    That comes to the same as joining them one after the other, as the mean of a join never
    exceeds both of its parts.
    """

    def __init__(self, single: Ints, group: Ints, edges: Edges) -> None:
        """``single`` is the list of each item if it tells an incident once, else -1."""
        self.group = np.unique(group, return_inverse=True)[1]
        self._edges = edges
        self._single = single
        self._sizes: Ints = np.bincount(self.group)
        self._pair_up()

    def _pair_up(self) -> None:
        """Bring the edges together by pair of clusters."""
        edges, count = self._edges, len(self._sizes)
        one, other = self.group[edges.left], self.group[edges.right]
        low, high = np.minimum(one, other), np.maximum(one, other)
        across = low != high
        key, place = np.unique(low[across] * count + high[across], return_inverse=True)
        weight = np.where(edges.barred, _BARRED, edges.probability)[across]
        self._low, self._high = key // count, key % count
        self._sum = np.bincount(place, weights=weight, minlength=len(key))

    def down_to(self, least: float) -> Ints:
        """Join while a mean probability is at least this; return the cluster of each item."""
        while True:
            mean = self._sum / (self._sizes[self._low] * self._sizes[self._high])
            able = np.flatnonzero(mean >= least)
            if len(able) == 0:
                return self.group.copy()
            able = able[~self._clash(self._low[able], self._high[able])]
            chosen = self._mutual(able, mean[able])
            if len(chosen) == 0:
                return self.group.copy()
            self._join(self._low[chosen], self._high[chosen])

    def _mutual(self, able: Ints, mean: Floats) -> Ints:
        """Return the pairs that are the best of both their clusters; ties go to the first."""
        order = able[np.lexsort((able, -np.round(mean, 12)))]
        rank = np.arange(len(order))
        best = np.full(len(self._sizes), len(order))
        np.minimum.at(best, self._low[order], rank)
        np.minimum.at(best, self._high[order], rank)
        both = (best[self._low[order]] == rank) & (best[self._high[order]] == rank)
        found: Ints = order[both]
        return found

    def _clash(self, low: Ints, high: Ints) -> Bools:
        """Return which pairs of clusters both hold a report of one list that does not repeat."""
        told = self._single >= 0
        lists = int(self._single.max(initial=-1)) + 1
        if lists == 0:
            return np.zeros(len(low), dtype=bool)
        held = np.zeros((len(self._sizes), -(-lists // 64)), dtype=np.uint64)
        numbers = self._single[told]
        bit = np.uint64(1) << (numbers % 64).astype(np.uint64)
        np.bitwise_or.at(held, (self.group[told], numbers // 64), bit)
        return np.asarray((held[low] & held[high]).any(axis=1), dtype=bool)

    def _join(self, low: Ints, high: Ints) -> None:
        number = np.arange(len(self._sizes))
        number[high] = low
        self.group = np.unique(number[self.group], return_inverse=True)[1]
        self._sizes = np.bincount(self.group)
        self._pair_up()


def tied(
    count: int, same: Sequence[tuple[int, int]], different: Sequence[tuple[int, int]]
) -> tuple[Ints, list[tuple[int, int]]]:
    """Return the clusters that reviewers' decisions make, and what of them contradicts others.

    A decision for the same that would bring together what is called different is left out.
    """
    group = np.arange(count)
    members: dict[int, list[int]] = {}
    left_out: list[tuple[int, int]] = []
    for one, other in sorted(same):
        first = members.setdefault(one, [one])
        second = members.setdefault(other, [other])
        if first is second:
            continue
        if any(_parted(first, second, pair) for pair in different):
            left_out.append((one, other))
            continue
        first += second
        for member in second:
            members[member] = first
    for held in members.values():
        group[held] = min(held)
    return group, left_out


def _parted(first: list[int], second: list[int], pair: tuple[int, int]) -> bool:
    one, other = pair
    return (one in first and other in second) or (other in first and one in second)


def canonical(group: Ints) -> Ints:
    """Return groups numbered by their first member."""
    _, first, again = np.unique(group, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    result: Ints = number[again]
    return result


def share(group: Ints) -> NDArray[np.float64]:
    """Return one divided by the size of each member's group."""
    result: NDArray[np.float64] = 1.0 / np.bincount(group)[group]
    return result


def cuts(merging: Merging, chosen: float) -> Iterator[Ints]:
    """Yield the groups of certain, of chosen and of all possible merges."""
    for least in (CERTAIN, min(chosen, CERTAIN), POSSIBLE):
        yield merging.down_to(least)
