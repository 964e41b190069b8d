"""Makes ``src/holdfire/merge/prior.toml``: what true pairs are like in simulated worlds.

    python -m benchmarks.merge_prior > src/holdfire/merge/prior.toml

The worlds are of every kind the simulator has, with seeds that no benchmark and no test uses.
``doubt_bits`` and ``unseen`` are kept as they are in the file: docs/merge.md says how they were
chosen.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.background import placebo, surroundings
from holdfire.merge.candidates import Search, joined
from holdfire.merge.columns import gather
from holdfire.merge.compare import comparisons, precision_kinds
from holdfire.merge.compare.codes import RELATIONS
from holdfire.merge.learning import Learning
from holdfire.merge.shipped import UNKNOWN_GROUP, Prior, shipped, written
from holdfire.simulate import regimes, simulate
from holdfire.terms.vocabulary import shipped_vocabularies

SEEDS = range(9001, 9004)
REPORTS = 12_000
FEWEST = 40.0
"""A group with fewer pairs, true or expected, keeps what the file says: a judgement of ours."""
MOST_BITS = 6.0
"""No simulation is sure of more than that about the world."""
CODES = ("act", "target", "weapon", "actor")
HEAD = (
    "What pairs of reports of one incident are like, in simulated worlds: for each group of cells",
    "of a comparison the share of true pairs in it, and how many bits likelier it is for true",
    "pairs than by chance. For act, target, weapon and actor the shares are among pairs in which",
    "both are known. It is where learning starts, and all there is for periods too short to learn",
    "from. What the worlds hardly have is a judgement. Made by: python -m benchmarks.merge_prior",
)


class _Sums:
    """Numbers of true pairs, and of those expected if they were like chance pairs, by group."""

    def __init__(self) -> None:
        self.true: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.chance: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.incidents: list[float] = []
        self.again: list[float] = []

    def world(self, kind: str, seed: int) -> None:
        """Add one world."""
        world = simulate(kind, REPORTS, seed, text=True)
        words = shipped_vocabularies()
        columns = gather(world.reports, words, {}, world.may_repeat)
        truth = np.unique(np.asarray(world.truth), return_inverse=True)[1][columns.rows]
        search = Search(columns)
        chance = placebo(search, None)
        crowding = surroundings(search, chance, None).crowding(
            precision_kinds(columns), search.rows
        )
        now = joined(list(search.pairs()))
        early, late = comparisons(columns, words)
        learning = Learning(
            columns, [*early, *late], [], shipped(), now, chance, crowding, search.rows
        )
        same = (truth[now.left] == truth[now.right]).astype(float)
        learnt = learning.maximised(same)
        for one in learning.comparisons:
            weights = learnt.weights[one.name]
            tied = learnt.true_pairs if one.by_list else learnt.true_pairs.sum()[None]
            true = np.bincount(one.group, weights=(tied[:, None] * weights.same).sum(axis=0))
            usual = np.bincount(one.group, weights=(tied[:, None] * weights.chance).sum(axis=0))
            for group, t, c in zip(one.groups, true, usual, strict=False):
                self.true[one.name][group] += t
                self.chance[one.name][group] += c
        self._numbers(learning, np.bincount(learning.now.tied, weights=same).astype(np.float64))

    def _numbers(self, learning: Learning, true: NDArray[np.float64]) -> None:
        ties, members = learning.ties, learning.members
        true = np.pad(true, (0, len(ties) - len(true)))
        product = members[ties.first] * members[ties.second]
        across = ~ties.own
        self.incidents.append(product[across].sum() / true[across].sum() / members.sum())
        own = ties.own & ties.possible
        self.again.append(true[own].sum() / max(members[ties.first[own]].sum(), 1.0))

    def prior(self) -> Prior:
        """Return what all worlds show."""
        kept = shipped()
        groups = {}
        for name, true in self.true.items():
            known = set(RELATIONS[:-1]) if name in CODES else set(true)
            whole = sum(true.values())
            among = sum(t for group, t in true.items() if group in known)
            rows = {}
            for group, t in true.items():
                expected = self.chance[name][group]
                rows[group] = kept.groups.get(name, {}).get(group, UNKNOWN_GROUP)
                if max(t, expected) >= FEWEST:
                    bits = np.clip(np.log2((t + 1.0) / (expected + 1.0)), -MOST_BITS, MOST_BITS)
                    rows[group] = (t / (among if group in known else whole), float(bits))
            groups[name] = rows
        return Prior(
            float(np.mean(self.incidents)), float(np.mean(self.again)), kept.doubt_bits,
            kept.unseen, groups,
        )  # fmt: skip


def main() -> None:
    """Write the prior to standard output."""
    sums = _Sums()
    for kind in regimes():
        for seed in SEEDS:
            sums.world(kind, seed)
    sys.stdout.write(written(sums.prior(), HEAD))


if __name__ == "__main__":
    main()
