"""How a text is cut: word pieces, what they lose, and windows that cover it."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.learned.encoding import ROOM, STEP, WINDOW, batch, pieces, windows

CAPITAL, FIRST, QUOTED = 1, 2, 4


class Words:
    """Stands in for a tokenizer: words and marks, numbered by their length."""

    def encode(self, text: str, add_special_tokens: bool) -> SimpleNamespace:
        assert not add_special_tokens
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        return SimpleNamespace(ids=[len(m[0]) for m in found], offsets=[m.span() for m in found])


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Mara left", [CAPITAL | FIRST, 0]),
        ("a Ёлка", [FIRST, CAPITAL]),
        ("one\n\n  Two Three", [FIRST, CAPITAL | FIRST, CAPITAL]),
        ("a “b C” d", [FIRST, QUOTED, QUOTED, QUOTED | CAPITAL, QUOTED, 0]),
        ('"a" b "c\nd', [FIRST | QUOTED, QUOTED, QUOTED, 0, QUOTED, QUOTED, FIRST]),
        ("a “b\nc d”", [FIRST, QUOTED, QUOTED, FIRST, 0, 0]),
        ("it’s ” a", [FIRST, 0, 0, 0, 0]),
        ("", []),
    ],
)
def test_types(text: str, types: list[int]) -> None:
    assert pieces(Words(), text).types.tolist() == types


def test_offsets_are_of_the_text() -> None:
    of = pieces(Words(), "He said: no.")
    assert [tuple(row) for row in of.offsets.tolist()] == [
        (0, 2),
        (3, 7),
        (7, 8),
        (9, 11),
        (11, 12),
    ]
    assert of.ids.tolist() == [2, 4, 1, 2, 1]
    assert len(of) == 5


@pytest.mark.parametrize(
    ("length", "step", "begin", "cuts"),
    [
        (0, STEP, 0, [(0, 0)]),
        (ROOM, STEP, 0, [(0, ROOM)]),
        (ROOM + 1, 200, 0, [(0, ROOM), (200, ROOM + 1)]),
        (500, ROOM, 100, [(0, 154), (154, 408), (408, 500)]),
    ],
)
def test_windows(length: int, step: int, begin: int, cuts: list[tuple[int, int]]) -> None:
    assert list(windows(length, step, begin)) == cuts


@given(st.integers(0, 3000), st.integers(1, ROOM), st.integers(0, ROOM - 1))
def test_windows_cover_everything(length: int, step: int, begin: int) -> None:
    found = list(windows(length, step, begin))
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(end - first <= ROOM for first, end in found)
    assert all(b[0] <= a[1] for a, b in pairwise(found))


def test_a_batch_is_as_wide_as_its_longest_window() -> None:
    of = pieces(Words(), "Mara said no")
    ids, types, mask = batch([(of, 0, 3), (of, 1, 2)], (101, 102))
    assert ids.tolist() == [[101, 4, 4, 2, 102], [101, 4, 102, 0, 0]]
    assert types.tolist() == [[0, 3, 0, 0, 0], [0, 0, 0, 0, 0]]
    assert mask.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert ids.dtype == np.int64
    assert WINDOW == ROOM + 2
