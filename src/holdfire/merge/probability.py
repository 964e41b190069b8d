"""How likely two reports are to tell of one incident, learnt without labels.

Fellegi and Sunter's model (1969): each comparison adds the log of how much likelier its outcome
is for true pairs than by chance. Chance is known from placebo pairs (``background.py``); what
true pairs are like follows from what is found beyond chance, by expectation and maximisation
(Winkler 1988) with rivals in competition. Reviewers' decisions, where there are any, stand fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.background import Crowding, Placebo
from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Columns, Floats, Ints
from holdfire.merge.compare.levels import Comparison
from holdfire.merge.compare.where_when import is_near, is_remote
from holdfire.merge.competition import compete, rivals
from holdfire.merge.shipped import Prior
from holdfire.merge.weights import (
    Pooled,
    Weights,
    chance_shares,
    counted,
    pool,
    same_shares,
)

ROUNDS = 10
SHIPPED_PAIRS = 40.0
"""The shipped prior's weight, in true pairs, where chance is known from placebo pairs."""
SHIPPED_ALONE = 4_000.0
"""And where it is not: then the reports hardly tell true pairs from chance."""
STEADY_PAIRS = 8.0
DECIDED_WEIGHT = 3.0
MOST_SHARE = 0.75


@dataclass(frozen=True, eq=False)
class Learnt:
    """What was learnt. Matrices are by pair of lists, the lesser one first.

    ``base`` is the prior in bits before crowding; ``again`` how often each list repeats itself.
    """

    base: Floats
    true_pairs: Floats
    chance_pairs: Floats
    share: Floats
    again: Floats
    weights: Mapping[str, Weights]
    pooled: Mapping[str, Pooled]
    shipped: bool


class Cells:
    """The cells of some pairs in every comparison, and which pair of lists each belongs to."""

    def __init__(self, columns: Columns, comparisons: Sequence[Comparison], pairs: Pairs) -> None:
        self.pairs = pairs
        count = len(columns.lists)
        self.tied = columns.list_no[pairs.left] * count + columns.list_no[pairs.right]
        self.near = is_near(columns, pairs)
        self.of = {one.name: one.cells(pairs) for one in comparisons}

    def where(self, kept: NDArray[np.bool_] | Ints) -> Cells:
        """Return some of the pairs."""
        part = object.__new__(Cells)
        part.pairs, part.tied, part.near = self.pairs.where(kept), self.tied[kept], self.near[kept]
        part.of = {name: cells[kept] for name, cells in self.of.items()}
        return part


def bits(learnt: Learnt, comparisons: Sequence[Comparison], cells: Cells) -> dict[str, Floats]:
    """Return the bits that each comparison adds for each pair."""
    result = {}
    for one in comparisons:
        table = learnt.weights[one.name].bits
        row = cells.tied if one.by_list else 0
        result[one.name] = table[row, cells.of[one.name]]
    return result


class Learning:
    """Expectation and maximisation over the candidates of a sample of the reports."""

    def __init__(
        self,
        columns: Columns,
        comparisons: Sequence[Comparison],
        prior: Prior,
        now: Pairs,
        chance: Placebo,
        crowding: Crowding,
        members: Ints,
    ) -> None:
        self.columns, self.prior = columns, prior
        self.lists = len(columns.lists)
        self.ties = self.lists * self.lists
        self.comparisons = list(comparisons)
        self.now = Cells(columns, comparisons, now)
        self.chance = Cells(columns, comparisons, chance.pairs)
        self.crowded = crowding.bits(now, self.now.near)
        self.crowded_chance = crowding.bits(chance.pairs, self.chance.near, less=1.0)
        self.members = np.bincount(columns.list_no[members], minlength=self.lists).astype(float)
        self.fixed = np.full(len(now), np.nan)
        self._own = np.eye(self.lists, dtype=bool).ravel()
        exposure = chance.exposure.ravel()
        cross = ~self._own & (self._possible() > 0)
        self.shipped = not cross.any() or float(exposure[cross].mean()) < 1.0
        self._each = 1.0 / np.maximum(exposure, 0.5)[self.chance.tied]
        self._seen = {one.name: self._count(one, self.chance, None) for one in comparisons}
        self._remote = is_remote(columns, now)
        self._remote_placebos = np.bincount(
            self.chance.tied, weights=self._each * is_remote(columns, chance.pairs),
            minlength=self.ties,
        )  # fmt: skip
        self._placebos = np.bincount(self.chance.tied, weights=self._each, minlength=self.ties)

    def _count(self, one: Comparison, cells: Cells, weights: Floats | None) -> Floats:
        return counted(one, cells.of[one.name], cells.tied, self.ties, weights)

    def _possible(self) -> Floats:
        can = np.triu(np.ones((self.lists, self.lists)), 1)
        np.fill_diagonal(can, self.columns.repeats.astype(float))
        return can.ravel()

    def start(self) -> Learnt:
        """Return what the shipped prior says."""
        product = np.outer(self.members, self.members).ravel()
        total = max(float(self.members.sum()), 1.0)
        true = product / (self.prior.incidents * total)
        true[self._own] = np.repeat(self.prior.again * self.members, self.lists)[self._own]
        true = true * self._possible()
        first = np.bincount(self.now.tied, minlength=self.ties).astype(float)
        share = np.minimum(true / np.maximum(first, 1.0), 0.5)[self.now.tied]
        none = {one.name: self._count(one, self.now, share * 0.0) for one in self.comparisons}
        return self._model(true, 1.0 - share, none)

    def _model(self, true: Floats, other: Floats, same: Mapping[str, Floats]) -> Learnt:
        """Return the model for numbers of true pairs; ``other``: how likely each is none."""
        weights, pooled = {}, {}
        strength = SHIPPED_ALONE if self.shipped else SHIPPED_PAIRS
        chance = np.bincount(self.now.tied, weights=other, minlength=self.ties)
        if not self.shipped:
            chance = self._placebos * self._nearer(other)
        for one in self.comparisons:
            apart = self._count(one, self.now, other) if self.shipped else self._seen[one.name]
            by_chance = chance_shares(one, apart)
            pooled[one.name] = pool(
                one, same[one.name], by_chance, self.prior.of(one), strength
            )
            weights[one.name] = Weights(
                by_chance,
                same_shares(one, same[one.name], by_chance, pooled[one.name]),
            )
        base = np.log2(np.maximum(true, 1e-6) / np.maximum(chance, 0.5))
        return Learnt(
            base, true, chance, self._shares(true), self._again(true), weights, pooled,
            self.shipped,
        )  # fmt: skip

    def score(
        self, learnt: Learnt, cells: Cells, crowded: Floats
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return the score of each pair, and the bits that each comparison adds to it."""
        parts = bits(learnt, self.comparisons, cells)
        whole = learnt.base[cells.tied] - crowded
        for values in parts.values():
            whole += values
        return whole, parts

    def expected(self, learnt: Learnt) -> Floats:
        """Return the probability of each candidate, rivals considered."""
        score, _ = self.score(learnt, self.now, self.crowded)
        pairs = self.now.pairs
        odds = np.exp2(np.clip(score, -60.0, 40.0)) / unmatched(learnt, self.columns, pairs)
        among = rivals(pairs.left, pairs.right, self.columns.list_no, learnt.again)
        found = compete(odds, among)
        return np.where(np.isnan(self.fixed), found, self.fixed)

    def run(self, rounds: int = ROUNDS) -> Learnt:
        """Return the learnt model."""
        learnt = self.start()
        for _ in range(rounds):
            learnt = self.maximised(self.expected(learnt))
        return learnt

    def maximised(self, found: Floats) -> Learnt:
        """Return the model that makes the found probabilities of the candidates likeliest."""
        weight = np.where(np.isnan(self.fixed), 1.0, DECIDED_WEIGHT) * found
        same = {one.name: self._count(one, self.now, weight) for one in self.comparisons}
        true = self._true(np.bincount(self.now.tied, weights=found, minlength=self.ties))
        return self._model(true, 1.0 - found, same)

    def _nearer(self, other: Floats) -> Floats:
        """Return how much likelier chance pairs are at lag 0 than at the lags.

        What is nearer in time is more alike: a front moves, a town has its bad week. It is
        measured where hardly any true pair is.
        """
        now = np.bincount(self.now.tied, weights=other * self._remote, minlength=self.ties)
        whole = (now.sum() + 1.0) / (self._remote_placebos.sum() + 1.0)
        drawn: Floats = (now + 100.0 * whole) / (self._remote_placebos + 100.0)
        return drawn

    def _true(self, found: Floats) -> Floats:
        """Return the numbers of true pairs, drawn towards what lists of these sizes would share."""
        product = np.outer(self.members, self.members).ravel() * self._possible()
        per_list = np.repeat(self.members, self.lists)
        total = max(float(self.members.sum()), 1.0)
        result = np.zeros(self.ties)
        for own, size, usual in (
            (False, product, 1.0 / (self.prior.incidents * total)),
            (True, per_list * self._possible(), self.prior.again),
        ):
            among = self._own if own else ~self._own
            reach = float(size[among].sum())
            if reach <= 0:
                continue
            held = SHIPPED_PAIRS / max(usual, 1e-12)
            rate = (found[among].sum() + SHIPPED_PAIRS) / (reach + held)
            drawn = (found + STEADY_PAIRS) / (1.0 + STEADY_PAIRS / np.maximum(rate * size, 1e-9))
            most = MOST_SHARE * np.minimum.outer(self.members, self.members).ravel()
            result[among] = np.where(size > 0, np.minimum(drawn, most), 0.0)[among]
        return result

    def _again(self, true: Floats) -> Floats:
        own = np.diag(true.reshape(self.lists, self.lists))
        share = 2.0 * own / np.maximum(self.members, 1.0)
        result: Floats = np.where(self.columns.repeats, np.clip(share / 2, 0.0, 0.15), 0.0)
        return result

    def _shares(self, true: Floats) -> Floats:
        """Return which share of a list's reports (rows) has a counterpart in another (columns)."""
        both = true.reshape(self.lists, self.lists)
        both = both + both.T - np.diag(np.diag(both))
        share: Floats = np.clip(both / np.maximum(self.members, 1.0)[:, None], 0.0, MOST_SHARE)
        return share


def unmatched(learnt: Learnt, columns: Columns, pairs: Pairs) -> Floats:
    """Return the chance that both reports have no counterpart in the other's list."""
    one, other = columns.list_no[pairs.left], columns.list_no[pairs.right]
    result: Floats = (1.0 - learnt.share[one, other]) * (1.0 - learnt.share[other, one])
    return result
