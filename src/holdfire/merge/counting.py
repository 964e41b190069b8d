"""How many incidents there are, over all that is in doubt.

Partitions are drawn at random as often as they are likely: again and again some of the reports
are taken out and put back, each into one of the incidents nearby or by itself, as likely as the
pairs' scores make it (Gibbs sampling). A cluster of k reports is as good as k - 1 times its mean
pair: its pairs are not evidence apart from each other. What the model itself may be wrong by is
drawn as well, as a shift of all scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import Floats, Ints

DRAWS = 24
DRAWS_MANY = 12
MANY = 200_000
"""With so many reports fewer draws tell as much."""
SETTLING = 8
PARTS = 6
MISSING_BITS = -8.0
"""The score of two reports that are no candidates, or hopeless ones."""
SAID_BITS = 100.0
UNSEEN_ORDER = (2, 5, 0, 3, 6, 1, 4)
"""Draws go from few merges to many; the share unseen must not go with them."""
MOST_FLAGS = 200_000_000
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, eq=False)
class Scored:
    """Candidates with their log odds in bits, before rivals; ``single`` as in ``clusters``.

    ``decided`` is 1 for the same, 0 for different, -1 where no reviewer has said.
    """

    left: Ints
    right: Ints
    bits: Floats
    single: Ints
    decided: NDArray[np.int8]

    def undecided(self) -> Scored:
        """Return the same as if no reviewer had said anything."""
        return replace(self, decided=np.full_like(self.decided, -1))


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the low end, the mean and the high end of what was drawn."""
    low, high = np.quantile(values, INTERVAL)
    return float(low), float(np.mean(values)), float(high)


def with_unseen(
    counts: Sequence[float], reports: int, unseen: tuple[float, float]
) -> tuple[float, float, float]:
    """Return the interval of the number of incidents, those merges included that nobody can see.

    A report with a wrong place or day is no candidate of its own incident. ``unseen`` is the
    least and the most of the share of merges that may be missed in this way: it lowers the low
    end. The mean and the high end are those of what can be seen.
    """
    spread = np.linspace(*unseen, num=len(UNSEEN_ORDER))[list(UNSEEN_ORDER)]
    share = np.resize(spread, len(counts))
    seen = np.asarray(counts)
    fewer = seen - (reports - seen) * share / (1.0 - share)
    low = float(np.quantile(fewer, INTERVAL[0]))
    high = float(np.quantile(seen, INTERVAL[1]))
    return low, float(seen.mean()), high


def partitions(scored: Scored, doubt_bits: float, seed: int) -> Iterator[Ints]:
    """Yield partitions, as likely as they are drawn; ``doubt_bits`` is the model's own doubt."""
    rng = np.random.default_rng(seed)
    draws = DRAWS if len(scored.single) < MANY else DRAWS_MANY
    shifts = [NormalDist().inv_cdf((draw + 0.5) / draws) * doubt_bits for draw in range(draws)]
    state = _Sampler(scored)
    for _ in range(SETTLING):
        state.sweep(rng, shifts[0])
    for shift in shifts:
        state.sweep(rng, shift)
        yield state.group.copy()


class _Sampler:
    def __init__(self, scored: Scored) -> None:
        self.count = len(scored.single)
        self.single = scored.single
        self.group = np.arange(self.count)
        said = scored.decided
        once = np.where(said == 1, SAID_BITS, np.where(said == 0, -SAID_BITS, scored.bits))
        self._from = np.concatenate([scored.left, scored.right])
        self._to = np.concatenate([scored.right, scored.left])
        self._bits = np.concatenate([once, once])
        self._left, self._right, self._once = scored.left, scored.right, once

    def sweep(self, rng: np.random.Generator, shift: float) -> None:
        """Take out and put back reports, some at a time and never two candidates at once.

        Two that are out together could not be put back together, and too few would be.
        """
        order = np.lexsort((rng.random(self.count), self.group))
        first = np.searchsorted(self.group[order], self.group[order])
        rank = np.empty(self.count, dtype=np.int64)
        rank[order] = np.arange(self.count) - first
        offset = rng.integers(0, PARTS, int(self.group.max(initial=0)) + 1)
        part = (offset[self.group] + rank) % PARTS
        rank = rng.permutation(self.count)
        for number in range(PARTS):
            out = part == number
            both = np.flatnonzero(out[self._left] & out[self._right])
            left, right = self._left[both], self._right[both]
            out[np.where(rank[left] < rank[right], left, right)] = False
            self._replace(rng, out, shift)

    def _replace(self, rng: np.random.Generator, out: NDArray[np.bool_], shift: float) -> None:
        before = self.group.copy()
        fresh = int(before.max(initial=0)) + 1
        self.group[out] = fresh + np.arange(int(out.sum()))
        there = np.zeros(fresh + self.count, dtype=bool)
        there[self.group] = True
        number = np.cumsum(there) - 1
        self.group, before = number[self.group], np.maximum(number[before], 0)
        sizes = np.bincount(self.group)
        inner = self.group[self._left] == self.group[self._right]
        held = np.bincount(
            self.group[self._left[inner]], weights=self._once[inner] + shift, minlength=len(sizes)
        )
        known = np.bincount(self.group[self._left[inner]], minlength=len(sizes))
        held = held + (sizes * (sizes - 1) // 2 - known) * MISSING_BITS
        asked = out[self._from] & ~out[self._to]
        report, cluster = self._from[asked], self.group[self._to[asked]]
        key, place = np.unique(report * len(sizes) + cluster, return_inverse=True)
        report, cluster = key // len(sizes), key % len(sizes)
        summed = np.bincount(place, weights=self._bits[asked] + shift, minlength=len(key))
        met = np.bincount(place, minlength=len(key))
        summed = summed + (sizes[cluster] - met) * MISSING_BITS
        size = sizes[cluster]
        gain = 2.0 / (size + 1) * (held[cluster] + summed) - 2.0 / size * held[cluster]
        free = ~self._told(out, report, cluster, len(sizes))
        self._choose(rng, report[free], cluster[free], gain[free], before)

    def _told(
        self, out: NDArray[np.bool_], report: Ints, cluster: Ints, clusters: int
    ) -> NDArray[np.bool_]:
        """Return where the report's list, which tells an incident once, is in the cluster."""
        told = ~out & (self.single >= 0)
        lists = int(self.single.max(initial=0)) + 1
        there = self.group[told] * lists + self.single[told]
        asked = cluster * lists + np.maximum(self.single[report], 0)
        if clusters * lists <= MOST_FLAGS:
            flags = np.zeros(clusters * lists, dtype=bool)
            flags[there] = True
            found = flags[asked]
        else:
            found = np.isin(asked, there)
        return np.asarray(found & (self.single[report] >= 0), dtype=bool)

    def _choose(
        self, rng: np.random.Generator, report: Ints, cluster: Ints, gain: Floats, before: Ints
    ) -> None:
        """Put reports back where chance has it.

        Of several that choose one cluster the keenest goes; the others stay where they were,
        if nobody has come there.
        """
        alone = rng.gumbel(size=self.count)
        value = gain * np.log(2.0) + rng.gumbel(size=len(gain)) - alone[report]
        able = np.flatnonzero(value > 0)
        report, cluster, value = report[able], cluster[able], value[able]
        best = np.full(self.count, -np.inf)
        np.maximum.at(best, report, value)
        chosen = np.flatnonzero(value == best[report])
        chosen = chosen[np.lexsort((-value[chosen], cluster[chosen]))]
        keen = np.ones(len(chosen), dtype=bool)
        keen[1:] = cluster[chosen][1:] != cluster[chosen][:-1]
        went, late = chosen[keen], report[chosen[~keen]]
        self.group[report[went]] = cluster[went]
        late = late[~np.isin(before[late], cluster[went])]
        self.group[late] = before[late]
