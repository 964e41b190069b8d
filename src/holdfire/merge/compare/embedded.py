"""Texts compared by a sentence model: how near what they mean is, beyond what is usual."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.engines.encoder import Encoder
from holdfire.merge.columns import Ints
from holdfire.merge.compare.text import BLOCK, LEVELS, LONGEST, SHORTEST

USUAL = 0.3
"""The cosine of two texts that have nothing to do with each other, before any are seen."""
STEADY = 50.0
"""Pairs' worth of that in the mean of chance pairs."""
MOST_CHANCE = 20_000
_SHOWN = {"apart": "meant-apart", "related": "meant-related", "alike": "meant-alike",
          "copy": "meant-same"}  # fmt: skip


class Embeddings:
    """A vector of each report's text.

    Reports of one war are all somewhat alike, to one model more than to another: the cosine of
    two is measured from the mean of texts that stand far apart among the reports, which is 0 here;
    the same text is 1.
    """

    levels: tuple[str, ...] = tuple(_SHOWN.get(level, level) for level in LEVELS)
    prior = "embedded"

    def __init__(self, text: pa.Array, own: NDArray[np.bool_], encoder: Encoder) -> None:
        """``own`` marks reports that are no copies: only theirs count for what is usual."""
        words = pc.utf8_slice_codeunits(pc.fill_null(text, ""), 0, LONGEST)
        long = pc.greater_equal(pc.utf8_length(words), SHORTEST).to_numpy(zero_copy_only=False)
        self.told: NDArray[np.bool_] = np.asarray(long, dtype=bool) & own
        self._row = np.cumsum(self.told) - 1
        distinct = words.filter(pa.array(self.told)).dictionary_encode()
        self._which = distinct.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        self._vector = encoder.vectors(distinct.dictionary.to_pylist()).astype(np.float16)
        self._usual = self._mean()

    def _mean(self) -> float:
        count = len(self._which)
        one = np.arange(0, count, max(count // MOST_CHANCE, 1))
        other = (one + count // 2) % max(count, 1)
        apart = one != other
        found = self._product(one[apart], other[apart])
        return float((found.sum() + STEADY * USUAL) / (len(found) + STEADY))

    def _product(self, one: Ints, other: Ints) -> NDArray[np.float64]:
        result = np.zeros(len(one))
        for start in range(0, len(one), BLOCK):
            part = slice(start, start + BLOCK)
            left = self._vector[self._which[one[part]]].astype(np.float64)
            right = self._vector[self._which[other[part]]].astype(np.float64)
            result[part] = np.einsum("ij,ij->i", left, right)
        return result

    def likeness(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return how alike the texts of reports are, from 0 to 1; both must have one."""
        found = self._product(self._row[one], self._row[other])
        return np.clip((found - self._usual) / (1.0 - self._usual), 0.0, 1.0).astype(np.float32)
