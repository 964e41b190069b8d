"""A text as the tagger sees it: word pieces, what the pieces lose, and overlapping windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WINDOW = 256
"""Length of a window in word pieces, with the mark at its beginning and the one at its end."""
ROOM = WINDOW - 2
"""Word pieces of the text that fit into one window."""
STEP = 190
"""How far one window lies behind the one before it, in word pieces, when a text is read."""

TYPES = 8
"""Number of what :func:`_types` tells: capital, first of its paragraph, within quotation marks."""

_HALF = re.compile(r"[\ud800-\udfff]")
"""Halves of letters, as broken JSON has them; the tokenizer takes none."""
_FIRST = re.compile(r"(?:^|\n)\s*\S")
_CAPITAL = re.compile(r"[^\W\d_a-z]")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$|(?=\n))|\"[^\"\n]*(?:\"|$|(?=\n))", re.MULTILINE)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text; each array has one row a piece.

    ``ids`` are places in the vocabulary, ``types`` what the pieces themselves do not tell (the
    vocabulary knows no capitals and no line breaks), ``offsets`` ``(start, end)`` in the text.
    """

    ids: Ints
    types: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.ids)


def pieces(tokenizer: Any, text: str) -> Pieces:
    """Return the word pieces of a text, without marks of beginning and end."""
    found = tokenizer.encode(_HALF.sub("\ufffd", text), add_special_tokens=False)
    offsets = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
    return Pieces(np.array(found.ids, dtype=np.int64), _types(text, offsets), offsets)


def _types(text: str, offsets: Ints) -> Ints:
    """Tell for each piece: 1 for a capital, 2 for the first of its paragraph, 4 if quoted."""
    marks = np.zeros(len(text) + 1, dtype=np.int64)
    for found in _CAPITAL.finditer(text):
        if found[0].isupper():
            marks[found.start()] |= 1
    for found in _FIRST.finditer(text):
        marks[found.end() - 1] |= 2
    for found in _QUOTED.finditer(text):
        marks[found.start() : found.end()] |= 4
    return marks[offsets[:, 0]]


def windows(length: int, step: int = STEP, begin: int = 0) -> Iterator[tuple[int, int]]:
    """Yield ``(first, end)`` of the windows that cover a text of so many pieces.

    The first window ends where one that began ``begin`` pieces before the text would, so that
    training can move its windows from one round to the next.
    """
    first = -begin
    while True:
        end = first + ROOM
        yield max(first, 0), min(end, length)
        if end >= length:
            return
        first += step


def batch(
    parts: Sequence[tuple[Pieces, int, int]], marks: tuple[int, int]
) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """Return ids, types and mask of windows, each of shape (windows, longest + 2).

    ``marks`` are the ids of the mark at the beginning and of the one at the end.
    """
    width = max(end - first for _, first, end in parts) + 2
    ids = np.zeros((len(parts), width), dtype=np.int64)
    types = np.zeros_like(ids)
    mask = np.zeros(ids.shape, dtype=np.float32)
    for row, (of, first, end) in enumerate(parts):
        long = end - first
        ids[row, 0], ids[row, long + 1] = marks
        ids[row, 1 : long + 1] = of.ids[first:end]
        types[row, 1 : long + 1] = of.types[first:end]
        mask[row, : long + 2] = 1
    return ids, types, mask


def vocabulary(path: str) -> Any:
    """Return the tokenizer of a file ``tokenizer.json``, set to cut nothing off."""
    from tokenizers import Tokenizer

    read = Tokenizer.from_file(path)
    read.no_truncation()
    read.no_padding()
    return read
