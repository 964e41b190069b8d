"""Texts: how many runs of letters two summaries share, rare ones counting for more.

A text is a sketch of its 3- to 5-letter runs: each is hashed to a place and a sign, weighted by
how rare it is among the reports, and the sketch is brought to length one. The product of two
sketches is close to the cosine of the full vectors, whatever the language or script.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Columns, Ints
from holdfire.merge.compare.levels import Comparison, number
from holdfire.merge.compare.where_when import is_near

PLACES = 512
RUNS = (3, 5)
RARITY = 1 << 18
BLOCK = 8_192
LONGEST = 600
SHORTEST = max(RUNS)
"""Letters that are read of a text, and that it must have."""
SCALE = 127.0
_EDGES = np.array([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
LEVELS = ("apart",) * 4 + ("related",) * 4 + ("alike",) * 3 + ("copy",) * 2 + ("unknown",)
"""What texts between two edges are shown as; the last is for reports without one."""


class Likeness(Protocol):
    """Tells how alike texts are; ``told`` marks the reports that have one.

    ``levels`` are as :data:`LEVELS`; ``prior`` is the table of the shipped prior, if not "text".
    """

    levels: tuple[str, ...]
    prior: str
    told: NDArray[np.bool_]

    def likeness(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return how alike the texts of reports are, from 0 to 1; both must have one."""
        ...


class Sketches:
    """A sketch of each report's text, as small whole numbers to save memory."""

    levels: tuple[str, ...] = LEVELS
    prior = ""

    def __init__(self, text: pa.Array, own: NDArray[np.bool_]) -> None:
        """``own`` marks reports that are no copies: only theirs count for what is rare."""
        words = pc.utf8_slice_codeunits(pc.utf8_lower(pc.fill_null(text, "")), 0, LONGEST)
        long = pc.greater_equal(pc.utf8_length(words), SHORTEST).to_numpy(zero_copy_only=False)
        self.told: NDArray[np.bool_] = np.asarray(long, dtype=bool) & own
        self._row = np.cumsum(self.told) - 1
        some = words.filter(pa.array(self.told))
        count = len(some)
        self._sketch = np.zeros((count, PLACES), dtype=np.int8)
        if count == 0:
            return
        often = np.zeros(RARITY)
        for start in range(0, count, BLOCK):
            _, runs = _runs(some.slice(start, BLOCK))
            often += np.bincount(runs % RARITY, minlength=RARITY)
        weight = np.maximum(np.log((count + 1.0) / (often + 1.0)), 0.0)
        for start in range(0, count, BLOCK):
            part = some.slice(start, BLOCK)
            self._sketch[start : start + len(part)] = _sketched(part, weight)

    def likeness(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the likeness of texts of reports, from 0 to 1; both must have one."""
        result = np.zeros(len(one), dtype=np.float32)
        first, second = self._row[one], self._row[other]
        for start in range(0, len(one), BLOCK):
            part = slice(start, start + BLOCK)
            left = self._sketch[first[part]].astype(np.float32)
            right = self._sketch[second[part]].astype(np.float32)
            result[part] = np.einsum("ij,ij->i", left, right)
        length = np.linalg.norm(self._sketch.astype(np.float32), axis=1) if len(one) else None
        if length is not None:
            result /= np.maximum(length[first] * length[second], 1.0)
        return np.clip(result, 0.0, 1.0)


def _runs(texts: pa.Array) -> tuple[Ints, NDArray[np.uint64]]:
    """Return the text and the hash of every run of letters."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    whole = "".join(texts.to_pylist()).encode("utf-32-le")
    letters = np.frombuffer(whole, dtype=np.uint32).astype(np.uint64)
    text = np.repeat(np.arange(len(texts)), lengths)
    owners, hashes = [], []
    for run in RUNS:
        mixed = np.full(max(len(letters) - run + 1, 0), run, dtype=np.uint64)
        for place in range(run):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + letters[place : place + len(mixed)]
            mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        inside = text[: len(mixed)] == text[run - 1 :]
        owners.append(text[: len(mixed)][inside])
        hashes.append(mixed[inside])
    return np.concatenate(owners), np.concatenate(hashes)


def _sketched(texts: pa.Array, weight: NDArray[np.float64]) -> NDArray[np.int8]:
    text, runs = _runs(texts)
    size = len(texts) * PLACES
    sign = np.where((runs >> np.uint64(40)) & np.uint64(1), 1.0, -1.0)
    place = ((runs >> np.uint64(20)) % np.uint64(PLACES)).astype(np.int64)
    summed = np.bincount(
        text * PLACES + place, weights=sign * weight[runs % RARITY], minlength=size
    ).reshape(-1, PLACES)
    most = np.maximum(np.abs(summed).max(axis=1, keepdims=True), 1e-9)
    return np.round(summed / most * SCALE).astype(np.int8)


def text(columns: Columns, texts: Likeness) -> Comparison:
    """Return the comparison of texts.

    Texts name places, so those of near reports are alike by chance: near pairs have cells of
    their own.
    """
    count = len(texts.levels)

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        result = np.full(len(pairs), count - 1)
        told = texts.told[pairs.left] & texts.told[pairs.right]
        like = texts.likeness(pairs.left[told], pairs.right[told])
        result[told] = np.digitize(like, _EDGES)
        return (result + count * is_near(columns, pairs)).astype(np.int32)

    level = np.array([number("text", one) for one in texts.levels * 2])
    names = tuple(f"{where}-{no}" for where in ("far", "near") for no in range(count))
    return Comparison("text", cells, level, np.arange(2 * count), names, prior=texts.prior)
