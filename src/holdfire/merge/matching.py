"""Which reports tell of one incident: the whole of it as one pure function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from holdfire.engines.shape import Shape
from holdfire.merge.model import Model
from holdfire.terms.vocabulary import Vocabularies

MayRepeat = Callable[[str, str], bool]
"""Whether a list (source, outlet) may tell one incident twice."""


@dataclass(frozen=True, eq=False)
class Decided:
    """What reviewers say, as pairs of report ids."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Matched:
    """Which reports are one incident, and how sure that is.

    ``pairs`` follows ``tables/pair.SCHEMA``: those with a probability of .02 or more, or decided.
    Per row of the reports: ``group`` is the number of its incident, counted in the reports'
    canonical order; ``most``, ``expected`` and ``least`` are one divided by the size of its
    incident when only certain merges are made, on average, and when all possible ones are, so
    that their sums over any reports bound and estimate the number of incidents among them.
    ``total`` is the low, expected and high end of the 90 % interval of that number over all.
    ``conflicts`` are decisions that contradict each other, in words.
    """

    pairs: pa.Table
    group: NDArray[np.int64]
    least: NDArray[np.float64]
    expected: NDArray[np.float64]
    most: NDArray[np.float64]
    total: tuple[float, float, float]
    model: Model
    conflicts: tuple[str, ...] = ()


def match(
    reports: pa.Table,
    words: Vocabularies,
    areas: Mapping[str, Shape],
    *,
    may_repeat: MayRepeat,
    decided: Decided | None = None,
    seed: int = 0,
) -> Matched:
    """Return which reports tell of one incident."""
    raise NotImplementedError
