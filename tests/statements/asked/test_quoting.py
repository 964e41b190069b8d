"""A quotation is found where it stands, however lines are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.asked.quoting import Quotable


@pytest.mark.parametrize(
    ("text", "quoted", "places"),
    [
        ("a truce, a truce", "a truce", [(0, 7), (9, 16)]),
        ("a \n\t truce", "a truce", [(0, 10)]),
        ("a truce", "  a\n truce ", [(0, 7)]),
        ("a\u00a0truce", "a truce", [(0, 7)]),
        ("“a truce”", "“a truce”", [(0, 9)]),
        ("“a truce”", '"a truce"', []),
        ("atruce truces", "truce", []),
        ("the U.S.", "U.S.", [(4, 8)]),
        ("a truce", "", []),
        ("a truce", "   ", []),
        ("", "a", []),
    ],
)
def test_places(text: str, quoted: str, places: list[tuple[int, int]]) -> None:
    assert Quotable(text).find(quoted) == places


@given(st.lists(st.sampled_from(["a", "truce", "“", "\n", "  ", "holds", "\u2003"])), st.data())
def test_any_run_of_whole_words_is_found_where_it_stands(
    parts: list[str], data: st.DataObject
) -> None:
    text = " ".join(parts)
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quoted = " ".join(words[first : last + 1])
    found = Quotable(text).find(quoted)
    assert found
    assert all(text[start:end].split() == quoted.split() for start, end in found)
