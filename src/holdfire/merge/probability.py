"""How likely two reports are to tell of one incident: the model, and what it says of pairs.

Fellegi and Sunter's model (1969): each comparison adds the log of how much likelier its outcome
is for true pairs than by chance. The prior is how many true pairs two lists share against how
many candidates chance makes, and how crowded the surroundings of the two reports are. Then
rivals compete. ``learning.py`` finds the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.background import Crowding
from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Columns, Floats, Ints
from holdfire.merge.compare.levels import Comparison
from holdfire.merge.compare.where_when import is_near
from holdfire.merge.weights import Pooled, Weights

MOST_CELLS = 3_000_000
"""With so many cells over all pairs of lists, one table serves all lists."""


class Ties:
    """Numbers the pairs of lists, the lesser list first."""

    def __init__(self, columns: Columns) -> None:
        count = len(columns.lists)
        self.first, self.second = np.triu_indices(count)
        self.own = self.first == self.second
        self.possible = ~self.own | columns.repeats[self.first]
        self._number = np.zeros((count, count), dtype=np.int64)
        self._number[self.first, self.second] = np.arange(len(self.first))
        self._list_no = columns.list_no

    def __len__(self) -> int:
        return len(self.first)

    def of(self, pairs: Pairs) -> Ints:
        """Return the number of each pair's lists."""
        numbers: Ints = self._number[self._list_no[pairs.left], self._list_no[pairs.right]]
        return numbers


@dataclass(frozen=True, eq=False)
class Learnt:
    """What was learnt; arrays are by pair of lists (``Ties``) unless said otherwise.

    ``base`` is the prior in bits before crowding; ``share`` (a matrix) how many of a list's
    reports have a counterpart in another; ``again`` how often each list repeats itself.
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
    """The cells of some pairs in each comparison, which lists they tie, and what crowds them."""

    def __init__(
        self, columns: Columns, ties: Ties, pairs: Pairs, crowding: Crowding, less: float = 0.0
    ) -> None:
        self.pairs = pairs
        self.tied = ties.of(pairs)
        self.crowded = crowding.bits(pairs, is_near(columns, pairs), less)
        self.of: dict[str, NDArray[np.int32]] = {}

    def add(self, comparisons: Sequence[Comparison]) -> Cells:
        """Sort the pairs in some more comparisons."""
        for one in comparisons:
            self.of[one.name] = one.cells(self.pairs)
        return self

    def where(self, kept: NDArray[np.bool_] | Ints) -> Cells:
        """Return some of the pairs."""
        part = object.__new__(Cells)
        part.pairs, part.tied = self.pairs.where(kept), self.tied[kept]
        part.crowded = self.crowded[kept]
        part.of = {name: cells[kept] for name, cells in self.of.items()}
        return part


def bits(learnt: Learnt, one: Comparison, cells: Cells) -> Floats:
    """Return the bits that a comparison adds for each pair."""
    table = learnt.weights[one.name].bits
    result: Floats = table[cells.tied if one.by_list else 0, cells.of[one.name]]
    return result


def prior(learnt: Learnt, cells: Cells) -> Floats:
    """Return the bits of each pair before anything is compared."""
    result: Floats = learnt.base[cells.tied] - cells.crowded
    return result


def score(learnt: Learnt, comparisons: Sequence[Comparison], cells: Cells) -> Floats:
    """Return the log odds of each pair in bits, without rivals."""
    whole = prior(learnt, cells)
    for one in comparisons:
        whole += bits(learnt, one, cells)
    return whole


def unmatched_bits(learnt: Learnt, columns: Columns, pairs: Pairs) -> Floats:
    """Return the bits of both reports having no counterpart in the other's list."""
    one, other = columns.list_no[pairs.left], columns.list_no[pairs.right]
    alone = (1.0 - learnt.share[one, other]) * (1.0 - learnt.share[other, one])
    result: Floats = np.log2(alone)
    return result


def alone_bits(learnt: Learnt, columns: Columns, members: Floats, pairs: Pairs) -> Floats:
    """Return the bits of both reports having no counterpart in any third list.

    An incident that nobody else tells of is the rarer the more lists there are.
    """
    lists = len(columns.lists)
    apart = 1.0 - np.eye(lists)
    weight = apart * members[:, None]
    covered = (learnt.share * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-9)
    each = np.log2(1.0 - covered)
    one, other = columns.list_no[pairs.left], columns.list_no[pairs.right]
    result: Floats = each.sum() - each[one] - np.where(one == other, 0.0, each[other])
    return result
