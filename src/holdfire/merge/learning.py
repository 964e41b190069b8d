"""Learns the model from the reports alone, by expectation and maximisation.

What chance does is known from placebo pairs (``background.py``); what true pairs are like
follows from the candidates, each counting as much as it is likely to be one (Winkler 1988), with
rivals in competition. Where a period is too short for placebo pairs, chance is what is left of
the candidates, and what true pairs are like is held near the shipped prior. Reviewers' decisions
stand fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.background import Crowding, Placebo
from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Columns, Floats, Ints
from holdfire.merge.compare.levels import Comparison
from holdfire.merge.compare.where_when import is_remote
from holdfire.merge.competition import Rivals, compete
from holdfire.merge.probability import MOST_CELLS, Cells, Learnt, Ties, score, unmatched_bits
from holdfire.merge.shipped import Prior
from holdfire.merge.weights import Weights, chance_shares, counted, pool, same_shares

ROUNDS_FIRST, ROUNDS_THEN = 4, 8
SHIPPED_PAIRS = 40.0
"""The shipped prior's weight, in true pairs, where chance is known from placebo pairs."""
SHIPPED_ALONE = 4_000.0
"""And where it is not: then the reports hardly tell true pairs from chance."""
STEADY_PAIRS = 8.0
STEADY_ALONE = 40.0
RAISED, MOST_RAISED = 0.75, 1.0
HOPELESS_BITS = -12.0
"""A candidate below this is as good as none, whatever its text may say."""
DECIDED_WEIGHT = 3.0
MOST_SHARE = 0.75
SAMPLE = 60_000
"""Placebo pairs whose texts are compared."""


class Learning:
    """The candidates of a sample of the reports, and what is learnt from them.

    ``late`` comparisons are costly: they are made for candidates that are not hopeless.
    """

    def __init__(
        self,
        columns: Columns,
        comparisons: Sequence[Comparison],
        late: Sequence[Comparison],
        prior: Prior,
        now: Pairs,
        chance: Placebo,
        crowding: Crowding,
        members: Ints,
    ) -> None:
        self.columns, self.prior = columns, prior
        self.ties = Ties(columns)
        self.early = [self._sized(one) for one in comparisons]
        self.late = [self._sized(one) for one in late]
        self.comparisons = list(self.early)
        self.lags_d = chance.lags_d
        self.least_bits = HOPELESS_BITS
        members_by_list = np.bincount(columns.list_no[members], minlength=len(columns.lists))
        self.members = members_by_list.astype(np.float64)
        self.now = Cells(columns, self.ties, now, crowding).add(self.comparisons)
        self.fixed = np.full(len(now), np.nan)
        self._chance = Cells(columns, self.ties, chance.pairs, crowding, less=1.0)
        exposure = chance.exposure[self.ties.first, self.ties.second]
        cross = ~self.ties.own
        self.shipped = not cross.any() or float(exposure[cross].mean()) < 1.0
        each = 1.0 / np.maximum(exposure, 0.5)[self._chance.tied]
        self._placebos = self._by_tie(self._chance, each)
        self._remote_placebos = self._by_tie(self._chance, each * is_remote(columns, chance.pairs))
        self._seen = self._placebo_counts(self._chance, self.comparisons)
        self._gone = np.zeros(len(self.ties))
        self._gone_remote = np.zeros(len(self.ties))
        self._gone_cells: dict[str, Floats] = {}
        self._prepare()

    def _sized(self, one: Comparison) -> Comparison:
        fits = one.by_list and one.size * len(self.ties) <= MOST_CELLS
        return one if fits else replace(one, by_list=False)

    def _prepare(self) -> None:
        pairs, columns = self.now.pairs, self.columns
        self._remote = is_remote(columns, pairs)
        self._rivals = Rivals(pairs.left, pairs.right, columns.list_no, len(columns.lists))

    def _by_tie(self, cells: Cells, weights: Floats) -> Floats:
        found = np.bincount(cells.tied, weights=weights, minlength=len(self.ties))
        return found.astype(np.float64)

    def _count(self, one: Comparison, cells: Cells, weights: Floats | None) -> Floats:
        return counted(one, cells.of[one.name], cells.tied, len(self.ties), weights)

    def _placebo_counts(self, cells: Cells, comparisons: Sequence[Comparison]) -> dict[str, Floats]:
        cells.add(comparisons)
        counts = {one.name: self._count(one, cells, None) for one in comparisons}
        for one in comparisons:
            del cells.of[one.name]
        return counts

    def hold(self, left: Ints, right: Ints, same: NDArray[np.bool_]) -> None:
        """Let reviewers' decisions on candidates stand fast (the pairs as in ``Pairs``)."""
        count = len(self.columns)
        asked = self.now.pairs.left.astype(np.int64) * count + self.now.pairs.right
        order = np.argsort(asked)
        key = left * count + right
        place = np.minimum(np.searchsorted(asked[order], key), max(len(order) - 1, 0))
        if len(order):
            met = asked[order[place]] == key
            self.fixed[order[place[met]]] = same[met]

    def forget(self) -> None:
        """Let go of the candidates, which may be many."""
        nothing = np.zeros(0, dtype=np.int64)
        self.now, self._chance = self.now.where(nothing), self._chance.where(nothing)
        self.fixed = self.fixed[nothing]
        self._prepare()

    def run(self) -> Learnt:
        """Return the learnt model."""
        learnt = self.start()
        for _ in range(ROUNDS_FIRST):
            learnt = self.maximised(self.expected(learnt))
        self._drop_hopeless(learnt)
        found = self.expected(learnt)
        self._add_late()
        for _ in range(ROUNDS_THEN):
            learnt = self.maximised(found)
            found = self.expected(learnt)
        learnt = self.maximised(found)
        return self._raised(learnt) if self.shipped else learnt

    def _raised(self, learnt: Learnt) -> Learnt:
        """Return the model with its prior moved towards the shipped number of true pairs.

        Without placebo pairs the candidates alone find too few, as some are taken for chance and
        make it look like them. Most of the way is gone in logarithms, and at most a bit added.
        """
        usual = float(self._drawn(np.zeros(len(self.ties)), 1.0).sum())
        seen = max(float(self.expected(learnt).sum()), 1e-9)
        aim = seen * (usual / seen) ** RAISED
        low, high = 0.0, MOST_RAISED
        for _ in range(6):
            middle = (low + high) / 2.0
            tried = replace(learnt, base=learnt.base + middle)
            low, high = (middle, high) if self.expected(tried).sum() < aim else (low, middle)
        return replace(learnt, base=learnt.base + low)

    def _drop_hopeless(self, learnt: Learnt) -> None:
        hopeless = score(learnt, self.comparisons, self.now) < HOPELESS_BITS
        hopeless &= np.isnan(self.fixed)
        gone = self.now.where(hopeless)
        self._gone = self._by_tie(gone, np.ones(len(gone.pairs)))
        self._gone_remote = self._by_tie(gone, self._remote[hopeless].astype(float))
        self._gone_cells = {one.name: self._count(one, gone, None) for one in self.comparisons}
        self.now, self.fixed = self.now.where(~hopeless), self.fixed[~hopeless]
        self._prepare()

    def _add_late(self) -> None:
        count = len(self._chance.pairs)
        sample = self._chance.where(np.arange(0, count, max(count // SAMPLE, 1)))
        self._seen.update(self._placebo_counts(sample, self.late))
        self.now.add(self.late)
        self.comparisons = [*self.comparisons, *self.late]

    def expected(self, learnt: Learnt) -> Floats:
        """Return the probability of each candidate, rivals considered."""
        found = score(learnt, self.comparisons, self.now)
        found -= unmatched_bits(learnt, self.columns, self.now.pairs)
        odds = np.exp2(np.clip(found, -60.0, 40.0))
        probability = compete(odds, self._rivals, learnt.again, rounds=5)
        return np.where(np.isnan(self.fixed), probability, self.fixed)

    def start(self) -> Learnt:
        """Return what the shipped prior says."""
        ties = self.ties
        true = self._drawn(np.zeros(len(ties)), 1.0)
        first = self._by_tie(self.now, np.ones(len(self.now.pairs)))
        share = np.minimum(true / np.maximum(first, 1.0), 0.5)[self.now.tied]
        none = {one.name: self._count(one, self.now, share * 0.0) for one in self.comparisons}
        return self._model(true, 1.0 - share, none)

    def maximised(self, found: Floats) -> Learnt:
        """Return the model that makes the found probabilities of the candidates likeliest."""
        weight = np.where(np.isnan(self.fixed), 1.0, DECIDED_WEIGHT) * found
        same = {one.name: self._count(one, self.now, weight) for one in self.comparisons}
        return self._model(self._drawn(self._by_tie(self.now, found), 0.0), 1.0 - found, same)

    def _model(self, true: Floats, other: Floats, same: Mapping[str, Floats]) -> Learnt:
        """Return the model for numbers of true pairs; ``other``: how likely each is none."""
        weights, pooled = {}, {}
        strength = SHIPPED_ALONE if self.shipped else SHIPPED_PAIRS
        chance = self._by_tie(self.now, other) + self._gone
        if not self.shipped:
            chance = self._placebos * self._nearer(other)
        for one in self.comparisons:
            apart = self._seen[one.name]
            if self.shipped:
                apart = self._count(one, self.now, other) + self._gone_cells.get(one.name, 0.0)
            by_chance = chance_shares(one, apart)
            shared = pool(one, same[one.name], by_chance, self.prior.of(one), strength)
            shares = same_shares(one, same[one.name], by_chance, shared)
            for cell in one.ruled:
                ratio = self.prior.of(one).ratio[one.group[cell]]
                shares[:, cell] = by_chance[:, cell] * ratio
            weights[one.name], pooled[one.name] = Weights(by_chance, shares), shared
        base = np.log2(np.maximum(true, 0.02) / np.maximum(chance, 0.5))
        return Learnt(
            base, true, chance, self._shares(true), self._again(true), weights, pooled,
            self.shipped,
        )  # fmt: skip

    def _nearer(self, other: Floats) -> Floats:
        """Return how much likelier chance pairs are at lag 0 than at the lags.

        What is nearer in time is more alike: a front moves, a town has its bad week. It is
        measured where hardly any true pair is.
        """
        now = self._by_tie(self.now, other * self._remote) + self._gone_remote
        whole = (now.sum() + 1.0) / (self._remote_placebos.sum() + 1.0)
        drawn: Floats = (now + 100.0 * whole) / (self._remote_placebos + 100.0)
        return drawn

    def _drawn(self, found: Floats, shipped: float) -> Floats:
        """Return the numbers of true pairs, drawn towards what lists of these sizes would share.

        ``shipped`` is 1 where the shipped prior alone is asked.
        """
        first, second = self.members[self.ties.first], self.members[self.ties.second]
        total = max(float(self.members.sum()), 1.0)
        result = np.zeros(len(self.ties))
        for own, size, usual in (
            (False, first * second, 1.0 / (self.prior.incidents * total)),
            (True, first, self.prior.again),
        ):
            among = (self.ties.own == own) & self.ties.possible
            size = np.where(among, size, 0.0)
            if size.sum() <= 0:
                continue
            rate = (found[among].sum() + SHIPPED_PAIRS) / (size.sum() + SHIPPED_PAIRS / usual)
            held = np.maximum((usual if shipped else rate) * size, 1e-9)
            steady = STEADY_ALONE if self.shipped else STEADY_PAIRS
            drawn = (found + steady) / (1.0 + steady / held)
            drawn = held if shipped else drawn
            result[among] = np.minimum(drawn, MOST_SHARE * np.minimum(first, second))[among]
        return result

    def _again(self, true: Floats) -> Floats:
        again = np.zeros(len(self.columns.lists))
        own = self.ties.own
        listed = self.ties.first[own]
        again[listed] = np.clip(true[own] / np.maximum(self.members[listed], 1.0), 0.0, 0.15)
        return np.where(self.columns.repeats, again, 0.0)

    def _shares(self, true: Floats) -> Floats:
        """Return which share of a list's reports (rows) has a counterpart in another (columns)."""
        count = len(self.columns.lists)
        both = np.zeros((count, count))
        both[self.ties.first, self.ties.second] = true
        both[self.ties.second, self.ties.first] = true
        share: Floats = np.clip(both / np.maximum(self.members, 1.0)[:, None], 0.0, MOST_SHARE)
        return share
