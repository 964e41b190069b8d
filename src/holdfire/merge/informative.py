"""Which doubtful pairs a reviewer should look at first."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from holdfire.merge.clusters import CHOSEN

AGAIN = 0.5
"""What is left of a pair's worth for each pair of one of its reports that is asked before it."""


def most_informative(pairs: pa.Table, count: int, cut: float = CHOSEN) -> NDArray[np.int64]:
    """Return the rows of a pair table whose answer would tell most, best first.

    An answer is worth most where it would change what is joined: a pair that is not joined though
    it may well be the same, or is joined though it may well be different. ``cut`` is the
    probability down to which pairs were joined. Pairs of a report that was just asked about wait,
    as the first answer may settle them.
    """
    probability = pairs["probability"].to_numpy().astype(np.float64)
    open_pairs = pairs["decided"].is_null().to_numpy()
    joined = pairs["joined"].to_numpy()
    worth = np.where(joined, (1.0 - probability) * cut, probability * (1.0 - cut))
    worth = np.where(open_pairs, worth, -1.0)
    order = np.argsort(-np.round(worth, 6), kind="stable")[: max(20 * count, 1000)]
    order = order[worth[order] >= 0.0]
    names = [pairs[side].take(pa.array(order)).to_pylist() for side in ("report_a", "report_b")]
    asked: dict[str, int] = {}
    ranked: list[tuple[float, int, int]] = []
    for row, one, other in zip(order, *names, strict=True):
        before = asked.get(one, 0) + asked.get(other, 0)
        ranked.append((-float(worth[row]) * AGAIN**before, len(ranked), int(row)))
        asked[one] = asked.get(one, 0) + 1
        asked[other] = asked.get(other, 0) + 1
    return np.array([row for _, _, row in sorted(ranked)[:count]], dtype=np.int64)
