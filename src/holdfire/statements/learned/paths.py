"""The likeliest tags of a whole text, from the scores of each piece and what follows what."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from holdfire.statements.learned.encoding import Ints
from holdfire.statements.learned.tags import TAGS

WEIGHT = 0.4
"""How much it counts what follows what. Chosen on PolNeAR's dev part: soft pairs gain a point;
from 0.4 to 0.8 they are the same within half a point, and cues get worse."""
NEVER = -1e9
SMOOTHING = 0.01

Table = NDArray[np.float64]


def follows(texts: Iterable[Ints]) -> Table:
    """Return how much likelier one tag is behind another than anywhere, from tagged texts.

    Natural logarithms, shape (tag, the tag behind it). The network has learned how frequent tags
    are; only what their order adds is told here.
    """
    counts = np.full((len(TAGS), len(TAGS)), SMOOTHING)
    for tags in texts:
        np.add.at(counts, (tags[:-1], tags[1:]), 1)
    behind = counts / counts.sum(axis=1, keepdims=True)
    anywhere = counts.sum(axis=0) / counts.sum()
    table: Table = np.log(behind) - np.log(anywhere)
    return table


def likeliest(scores: NDArray[np.float32], table: Table) -> Ints:
    """Return the tags of a text that are likeliest together (Viterbi's way).

    ``scores`` has the shape (pieces, tags), ``table`` is what :func:`follows` told. An inside tag
    stands behind its own kind only.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    inside = np.arange(2, len(TAGS), 2)
    allowed = np.zeros(table.shape, dtype=bool)
    allowed[inside, inside] = allowed[inside - 1, inside] = True
    steps = np.where(allowed | (np.arange(len(TAGS)) % 2 == 1), WEIGHT * table, NEVER)
    steps[:, 0] = WEIGHT * table[:, 0]
    peak = scores - scores.max(axis=1, keepdims=True).astype(np.float64)
    shares = peak - np.log(np.exp(peak).sum(axis=1, keepdims=True))
    best = shares[0].copy()
    best[inside] = NEVER
    came = np.zeros(scores.shape, dtype=np.int64)
    every = np.arange(len(TAGS))
    for at in range(1, len(scores)):
        ways = best[:, None] + steps
        came[at] = ways.argmax(axis=0)
        best = ways[came[at], every] + shares[at]
    tags = np.zeros(len(scores), dtype=np.int64)
    tags[-1] = best.argmax()
    for at in range(len(scores) - 1, 0, -1):
        tags[at - 1] = came[at, tags[at]]
    return tags
