"""Which outlets tell of which incidents: the lists that the estimate of the unseen rests on.

**Formula.** The outlets with most incidents are the lists, five at most; what none of them tells is
left out. Of two lists, the share copied is that of the incidents told by just these two whose
sources do not stand for themselves (``independent`` is 1: one copies or quotes the other).
**Source.** Ours; ``unseen.py`` refuses where lists copy each other.
**Units.** Incidents.
**Refuses** nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.measure.series import Bools
from holdfire.measure.unseen import MOST_LISTS

BETWEEN = "\x1f"
"""Stands between names, and is in none."""


@dataclass(frozen=True, eq=False)
class Lists:
    """``on_list`` is (incidents, lists); ``copied`` is by pairs of places in ``names``."""

    names: tuple[str, ...]
    on_list: Bools
    copied: dict[tuple[int, int], float]


def lists(findings: pa.Table, *, possible: bool = False) -> Lists:
    """Return the lists of the incidents that are certain (or possible) in effect."""
    sure = pc.equal(findings["verdict"], "yes")
    groups = _grouped(
        findings.filter(pc.not_equal(findings["verdict"], "no") if possible else sure)
    )
    often = Counter[str]()
    for told, _, count in groups:
        often.update(dict.fromkeys(told, count))
    ranked = sorted(often.items(), key=lambda item: (-item[1], item[0]))
    names = tuple(name for name, _ in ranked[:MOST_LISTS])
    place = {name: at for at, name in enumerate(names)}
    rows: list[Bools] = []
    shared, leaning = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for told, independent, count in groups:
        on = sorted(place[name] for name in told if name in place)
        row = np.zeros(len(names), dtype=np.bool_)
        row[on] = True
        rows.append(np.tile(row, (count, 1)))
        if len(told) == len(on) == 2:
            shared[on[0], on[1]] += count
            leaning[on[0], on[1]] += count if independent == 1 else 0
    copied = {pair: leaning[pair] / count for pair, count in sorted(shared.items())}
    on_list = np.concatenate(rows) if rows else np.zeros((0, len(names)), dtype=np.bool_)
    return Lists(names, on_list, copied)


def _grouped(findings: pa.Table) -> list[tuple[tuple[str, ...], int | None, int]]:
    """Return which outlets tell of an incident, how many stand for themselves, and how often."""
    whole = findings["outlets"].combine_chunks()
    joined = pc.binary_join(pc.fill_null(whole, pa.scalar([], whole.type)), BETWEEN)
    rows = pa.table({"told": joined, "independent": findings["independent"]})
    counted = rows.group_by(["told", "independent"], use_threads=False).aggregate(
        [([], "count_all")]
    )
    found = [
        (
            tuple(sorted(set(row["told"].split(BETWEEN)) - {""})),
            row["independent"],
            row["count_all"],
        )
        for row in counted.to_pylist()
    ]
    return sorted(found, key=lambda item: (item[0], item[1] or 0))
