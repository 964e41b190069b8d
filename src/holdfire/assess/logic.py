"""Kleene's strong three-valued logic on arrays.

Answers are held as -1 (``no``), 0 (``unknown``) and 1 (``yes``), so that AND is the least,
OR the greatest and NOT the negative (Kleene 1952, section 64).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Answers = NDArray[np.int8]
NO, UNKNOWN, YES = np.int8(-1), np.int8(0), np.int8(1)
WORDS = ("no", "unknown", "yes")
_WORDS = pa.array(WORDS)


def word(answer: int) -> str:
    """Return ``no``, ``unknown`` or ``yes``."""
    return WORDS[int(answer) + 1]


def everywhere(answer: np.int8, rows: int) -> Answers:
    """Return one answer for every row."""
    return np.full(rows, answer, dtype=np.int8)


def both(answers: Sequence[Answers]) -> Answers:
    """AND: one ``no`` makes ``no``, otherwise one ``unknown`` makes ``unknown``."""
    return np.asarray(np.minimum.reduce(list(answers)), dtype=np.int8)


def either(answers: Sequence[Answers]) -> Answers:
    """OR: one ``yes`` makes ``yes``, otherwise one ``unknown`` makes ``unknown``."""
    return np.asarray(np.maximum.reduce(list(answers)), dtype=np.int8)


def negated(answers: Answers) -> Answers:
    """NOT: ``unknown`` stays."""
    return np.asarray(-answers, dtype=np.int8)


def decided(yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> Answers:
    """Return ``yes`` and ``no`` where they hold, ``unknown`` elsewhere."""
    return np.where(yes, YES, np.where(no, NO, UNKNOWN)).astype(np.int8)


def as_words(answers: Answers) -> pa.DictionaryArray:
    """Return answers as a column of words."""
    return pa.DictionaryArray.from_arrays(pa.array(answers + 1, pa.int8()), _WORDS)
