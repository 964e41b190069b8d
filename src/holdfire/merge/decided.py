"""Reviewers' decisions, as pairs of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs, between
from holdfire.merge.clusters import tied
from holdfire.merge.columns import Columns, Ints

UNSAID = -1
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Decisions:
    """Pairs that reviewers decided (the lesser list first), and what follows for each report.

    ``group`` brings together what is the same; a decision that contradicts others is left out of
    it and told in ``conflicts``.
    """

    left: Ints = field(default_factory=_NONE.copy)
    right: Ints = field(default_factory=_NONE.copy)
    same: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    group: Ints = field(default_factory=_NONE.copy)
    conflicts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many pairs are decided."""
        return len(self.left)

    def of(self, pairs: Pairs) -> NDArray[np.int8]:
        """Return 1 for pairs that are the same, 0 for different ones, ``UNSAID`` for others."""
        result = np.full(len(pairs), UNSAID, dtype=np.int8)
        if self.count == 0:
            return result
        size = int(max(self.left.max(), self.right.max(), pairs.right.max(initial=0))) + 1
        key = self.left * size + self.right
        order = np.argsort(key)
        asked = pairs.left.astype(np.int64) * size + pairs.right
        place = np.minimum(np.searchsorted(key[order], asked), len(order) - 1)
        met = key[order[place]] == asked
        result[met] = self.same[order[place[met]]]
        return result


def decisions(
    columns: Columns,
    same: Sequence[tuple[str, str]],
    different: Sequence[tuple[str, str]],
) -> Decisions:
    """Return decisions on reports by id; those on reports that are not there wait for them."""
    asked = {name for pair in (*same, *different) for name in pair}
    rows = {name: row for row, name in enumerate(columns.ids.to_pylist()) if name in asked}
    ids = columns.ids

    def known(pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
        found = [(rows[a], rows[b]) for a, b in pairs if a in rows and b in rows]
        copies = [(int(columns.copy_of[a]), int(columns.copy_of[b])) for a, b in found]
        return sorted({(min(pair), max(pair)) for pair in copies if pair[0] != pair[1]})

    apart = known(different)
    group, left_out = tied(len(columns), [p for p in known(same) if p not in apart], apart)
    both = [p for p in known(same) if p in apart]
    conflicts = tuple(
        f"{ids[a].as_py()} and {ids[b].as_py()} are called the same, but {why}"
        for pairs, why in (
            (both, "another decision calls them different; they are kept apart"),
            (left_out, "other decisions part what that would bring together; it is left out"),
        )
        for a, b in pairs
    )
    kept = [p for p in known(same) if p not in both and p not in left_out]
    every = np.array([*kept, *apart], dtype=np.int64).reshape(-1, 2)
    pairs = between(columns, every[:, 0], every[:, 1])
    return Decisions(
        pairs.left.astype(np.int64), pairs.right.astype(np.int64),
        np.arange(len(every)) < len(kept), group, conflicts,
    )  # fmt: skip
