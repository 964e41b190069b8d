"""How two reports compare: each comparison sorts pairs into cells, and cells into named levels."""

from __future__ import annotations

import numpy as np

from holdfire.merge.columns import Columns, Ints
from holdfire.merge.compare import codes, figures, text, where_when
from holdfire.merge.compare.levels import Comparison
from holdfire.terms.vocabulary import Vocabularies


def comparisons(columns: Columns, words: Vocabularies) -> tuple[list[Comparison], list[Comparison]]:
    """Return the comparisons, and those that are too costly for hopeless pairs."""
    early = [
        where_when.time(columns),
        where_when.place(columns),
        *codes.codes(columns, words),
        figures.casualties(columns),
        figures.quantity(columns),
        figures.rule(columns),
    ]
    sketches = text.Sketches(columns.text, columns.copy_of == np.arange(len(columns)))
    return early, [text.text(columns, sketches)] if sketches.told.sum() > 1 else []


def precision_kinds(columns: Columns) -> Ints:
    """Number the reports by list and by how precise they are in place and time."""
    place = np.digitize(columns.radius_m, where_when.RADII_M, right=True)
    time = np.digitize(columns.ends - columns.begins, where_when.LENGTHS_S, right=True)
    kinds: Ints = (columns.list_no * 3 + place) * 3 + time
    return kinds
