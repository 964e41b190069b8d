"""The pair table and the model's own account of itself, from what was learnt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import HOUR, Columns, Floats, Ints
from holdfire.merge.compare.levels import Comparison, levels
from holdfire.merge.model import Level
from holdfire.merge.probability import Cells, Learnt, bits, prior
from holdfire.tables import pair


def pair_table(
    columns: Columns,
    learnt: Learnt,
    comparisons: Sequence[Comparison],
    cells: Cells,
    probability: Floats,
    decided: NDArray[np.int8],
    group: Ints,
) -> pa.Table:
    """Return the rows of ``tables/pair`` for some candidates.

    ``decided`` is 1 for the same, 0 for different and -1 where no reviewer has said. What the
    bits leave over to the probability is the rivals'.
    """
    pairs = cells.pairs
    before = prior(learnt, cells)
    filled: dict[str, pa.Array] = {"prior": pa.array(before.astype(np.float32))}
    whole = before.copy()
    by_name = {one.name: one for one in comparisons}
    for name in pair.COMPARISONS:
        if name in by_name:
            one = by_name[name]
            value = bits(learnt, one, cells)
            level = one.level[cells.of[name]]
        else:
            value = np.zeros(len(pairs))
            level = np.full(len(pairs), list(levels()[name]).index("unknown"))
        whole += value
        filled[f"{name}_bits"] = pa.array(value.astype(np.float32))
        filled[name] = pa.DictionaryArray.from_arrays(
            pa.array(level.astype(np.int8)), pa.array(list(levels()[name]))
        )
    inner = np.clip(probability, 1e-9, 1.0 - 1e-9)
    odds_bits = np.log2(inner / (1.0 - inner))
    filled["competition_bits"] = pa.array((odds_bits - whole).astype(np.float32))
    sure = np.where(decided == 1, 1.0, np.where(decided == 0, 0.0, probability))
    filled["probability"] = pa.array(sure.astype(np.float32))
    placed = columns.placed[pairs.left] & columns.placed[pairs.right]
    timed = columns.timed[pairs.left] & columns.timed[pairs.right]
    filled["distance_m"] = pa.array(pairs.metres, mask=~placed)
    filled["apart_h"] = pa.array(hours_apart(pairs), mask=~timed)
    said = np.array([None, "different", "same"], dtype=object)[decided.astype(np.int64) + 1]
    filled["decided"] = pa.array(said, pa.string())
    filled["joined"] = pa.array(group[pairs.left] == group[pairs.right])
    one, other = columns.ids.take(pa.array(pairs.left)), columns.ids.take(pa.array(pairs.right))
    turned = pc.greater(one, other)
    filled["report_a"] = pc.if_else(turned, other, one)
    filled["report_b"] = pc.if_else(turned, one, other)
    ends = pa.table({name: filled[name] for name in ("report_a", "report_b")})
    order = pc.sort_indices(ends, [("report_a", "ascending"), ("report_b", "ascending")])
    del ends, one, other, turned
    # one column after another: of millions of pairs a second copy of all would be the peak
    arrays = [filled.pop(name).take(order) for name in pair.SCHEMA.names]
    return pa.Table.from_arrays(arrays, schema=pair.SCHEMA)


def hours_apart(pairs: Pairs) -> NDArray[np.float32]:
    """Return the hours between the intervals of each pair, 0 where they overlap or meet."""
    apart = np.maximum(np.abs(pairs.gap_s.astype(np.float32)) - 1, 0) / np.float32(HOUR)
    return apart.astype(np.float32)


def told(learnt: Learnt, comparisons: Sequence[Comparison]) -> dict[str, tuple[Level, ...]]:
    """Return for each comparison its levels with their shares and mean bits, over all lists."""
    result = {}
    for one in comparisons:
        weights = learnt.weights[one.name]
        same = _averaged(weights.same, learnt.true_pairs)
        chance = _averaged(weights.chance, learnt.chance_pairs)
        names = list(levels()[one.name])
        by_level = [
            np.bincount(one.level, weights=shares, minlength=len(names))
            for shares in (same, chance)
        ]
        result[one.name] = tuple(
            Level(name, float(s), float(c), float(np.log2((s + 1e-9) / (c + 1e-9))))
            for name, s, c in zip(names, *by_level, strict=True)
        )
    return result


def _averaged(shares: Floats, weight: Floats) -> Floats:
    if len(shares) == 1:
        return shares[0]
    total = max(float(weight.sum()), 1e-9)
    mean: Floats = (shares * weight[:, None]).sum(axis=0) / total
    return mean
