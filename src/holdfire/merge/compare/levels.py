"""The levels of each comparison, from ``levels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Ints


@cache
def levels() -> dict[str, dict[str, str]]:
    """Return for each comparison its levels in order, with their wording."""
    text = resources.files("holdfire.merge").joinpath("levels.toml").read_text(encoding="utf-8")
    return {
        name: {level: str(told["words"]) for level, told in table.items()}
        for name, table in tomllib.loads(text).items()
    }


def number(comparison: str, level: str) -> int:
    """Return the place of a level among those of its comparison."""
    return list(levels()[comparison]).index(level)


@dataclass(frozen=True, eq=False)
class Comparison:
    """One comparison of the pairs.

    ``cells`` sorts pairs into ``size`` cells; ``level`` and ``group`` say for each cell which
    level it is shown as and with which other cells its weight is pooled between lists.
    ``choices`` is the number of codes where a cell is a pair of codes (and group a relation), else
    0. Where ``by_list`` is not set all lists share one table; the weights of cells
    that are ``ruled`` are those of the shipped prior and never learnt. ``prior`` is the table of
    the shipped prior where it is not called as the comparison is.
    """

    name: str
    cells: Callable[[Pairs], NDArray[np.int32]]
    level: Ints
    group: Ints
    groups: tuple[str, ...]
    choices: int = 0
    by_list: bool = True
    ruled: tuple[int, ...] = ()
    prior: str = ""

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.level)
