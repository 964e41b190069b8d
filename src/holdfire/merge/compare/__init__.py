"""How two reports compare: each comparison sorts pairs into cells, and cells into named levels."""

from __future__ import annotations

import numpy as np

from holdfire.engines.encoder import Encoder
from holdfire.merge.columns import Columns, Ints
from holdfire.merge.compare import codes, figures, text, where_when
from holdfire.merge.compare.embedded import Embeddings
from holdfire.merge.compare.levels import Comparison
from holdfire.terms.vocabulary import Vocabularies


def comparisons(
    columns: Columns, words: Vocabularies, encoder: Encoder | None = None
) -> tuple[list[Comparison], list[Comparison]]:
    """Return the comparisons, and those that are too costly for hopeless pairs.

    Texts are compared by a sentence model where ``encoder`` is one, else by their letters.
    """
    early = [
        where_when.time(columns),
        where_when.place(columns),
        *codes.codes(columns, words),
        figures.casualties(columns),
        figures.quantity(columns),
        figures.rule(columns),
    ]
    own = columns.copy_of == np.arange(len(columns))
    texts: text.Likeness
    if encoder is None:
        texts = text.Sketches(columns.text, own)
    else:
        texts = Embeddings(columns.text, own, encoder)
    return early, [text.text(columns, texts)] if texts.told.sum() > 1 else []


def precision_kinds(columns: Columns) -> Ints:
    """Number the reports by list and by how precise they are in place and time."""
    place = np.digitize(columns.radius_m, where_when.RADII_M, right=True)
    time = np.digitize(columns.ends - columns.begins, where_when.LENGTHS_S, right=True)
    kinds: Ints = (columns.list_no * 3 + place) * 3 + time
    return kinds
