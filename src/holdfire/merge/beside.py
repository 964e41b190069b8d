"""Two reports compared that are no pair worth keeping: what each comparison finds, unweighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from holdfire.engines.encoder import Encoder
from holdfire.engines.shape import Shape
from holdfire.merge.candidates import GAP_S, between
from holdfire.merge.columns import gather
from holdfire.merge.compare import comparisons
from holdfire.merge.compare.levels import levels
from holdfire.merge.compare.where_when import AreaDistances
from holdfire.merge.copies import copies
from holdfire.merge.matching import MayRepeat
from holdfire.merge.pairing import hours_apart
from holdfire.tables.pair import COMPARISONS
from holdfire.terms.vocabulary import Vocabularies


def beside(
    reports: pa.Table,
    one: str,
    other: str,
    words: Vocabularies,
    areas: Mapping[str, Shape],
    may_repeat: MayRepeat,
    encoder: Encoder | None = None,
) -> dict[str, Any]:
    """Return the levels of all comparisons of two reports by id, as in ``tables/pair``.

    They are those that matching finds, however far apart the two are. ``reports`` has both, and
    others of the same case: what is rare in a text shows among many. ``distance_m`` is in metres,
    ``apart_h`` in hours, ``None`` where a place or a time is not known. That one list does not tell
    an incident twice is no level: then ``rule`` is ``None``.
    """
    columns = gather(reports, words, areas, may_repeat)
    columns = replace(columns, copy_of=np.arange(len(columns)))
    row = {name: at for at, name in enumerate(columns.ids.to_pylist())}
    a, b = (np.array([row[name]]) for name in sorted((one, other)))
    pairs = AreaDistances(columns).corrected(between(columns, a, b))
    early, late = comparisons(columns, words, encoder)
    found: dict[str, Any] = dict.fromkeys(COMPARISONS, "unknown")
    for comparison in (*early, *late):
        level = int(comparison.level[comparison.cells(pairs)[0]])
        found[comparison.name] = list(levels()[comparison.name])[level]
    if found["rule"] == "own-list" and not columns.repeats[columns.list_no[a[0]]]:
        found["rule"] = None
    if abs(int(pairs.gap_s[0])) > GAP_S:
        found["time"] = "apart"
    placed = bool(columns.placed[a[0]] and columns.placed[b[0]])
    timed = bool(columns.timed[a[0]] and columns.timed[b[0]])
    found["distance_m"] = float(pairs.metres[0]) if placed else None
    found["apart_h"] = float(hours_apart(pairs)[0]) if timed else None
    return found


def are_copies(two: pa.Table) -> bool:
    """Return whether two reports, the rows of a table, are copies of each other."""
    leader = copies(two)
    return bool(leader[0] == leader[1])
