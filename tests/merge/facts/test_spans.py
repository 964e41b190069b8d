"""Intervals of several reports: what they share, and what is kept where they share nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.merge.facts.spans import Shared, Span, middle, shared

TIMES: dict[str, tuple[list[Span], Shared]] = {
    "one alone": ([(1, 5)], Shared((1, 5), False)),
    "one within another": ([(0, 24), (3, 4)], Shared((3, 4), False)),
    "two that overlap": ([(0, 10), (8, 20)], Shared((8, 10), False)),
    "two that only touch share nothing": ([(0, 10), (10, 20)], Shared((0, 20), True)),
    "two apart": ([(0, 3), (10, 20)], Shared((0, 20), True)),
    "a wide one narrows both of two that are apart": (
        [(0, 3), (10, 20), (2, 12)], Shared((2, 12), True)),
    "a day and two hours of it that differ": ([(0, 24), (3, 4), (9, 10)], Shared((3, 10), True)),
    "no end": ([(4, None), (6, 9)], Shared((6, 9), False)),
    "no end at all": ([(4, None), (6, None)], Shared((6, None), False)),
    "nothing known": ([(None, None), (None, None)], Shared((None, None), False)),
    "before and after": ([(None, 5), (5, None)], Shared((None, None), True)),
    "before, after, and a day of either": (
        [(None, 5), (7, None), (3, 4), (8, 9)], Shared((3, 9), True)),
}  # fmt: skip


@pytest.mark.parametrize("name", TIMES)
def test_times(name: str) -> None:
    spans, expected = TIMES[name]
    assert shared(spans, closed=False) == expected
    assert shared(spans[::-1], closed=False) == expected


FIGURES: dict[str, tuple[list[Span], Shared]] = {
    "the same figure": ([(3, 3), (3, 3)], Shared((3, 3), False)),
    "two figures": ([(3, 3), (5, 5)], Shared((3, 5), True)),
    "at least, and exactly": ([(3, None), (5, 5)], Shared((5, 5), False)),
    "at least more than exactly": ([(7, None), (5, 5)], Shared((5, None), True)),
    "ranges that meet in one figure": ([(2, 5), (5, 9)], Shared((5, 5), False)),
    "no figure, and one": ([(None, None), (4, 6)], Shared((4, 6), False)),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures(name: str) -> None:
    spans, expected = FIGURES[name]
    assert shared(spans, closed=True) == expected


BOUND = st.none() | st.integers(0, 9)
SPANS = st.lists(
    st.tuples(BOUND, BOUND).filter(lambda s: s[0] is None or s[1] is None or s[0] <= s[1]),
    min_size=1,
    max_size=5,
)


def within(value: int, span: Span) -> bool:
    return (span[0] is None or span[0] <= value) and (span[1] is None or value <= span[1])


@given(SPANS)
def test_what_all_allow_is_what_comes_out(spans: list[Span]) -> None:
    found = shared(spans, closed=True)
    allowed = [v for v in range(-1, 12) if all(within(v, span) for span in spans)]
    assert found.disputed == (not allowed)
    inside = [v for v in range(-1, 12) if within(v, found.span)]
    if allowed:
        assert inside == allowed
    else:
        assert set(inside) >= {
            v for v in range(-1, 12) for a in spans for b in spans
            if within(v, a) and within(v, b) and all(
                within(v, c) for c in spans if _meet(a, c) and _meet(b, c))
            and _largest(v, spans)
        }  # fmt: skip


def _meet(one: Span, other: Span) -> bool:
    return any(within(v, one) and within(v, other) for v in range(-1, 12))


def _largest(value: int, spans: list[Span]) -> bool:
    """Whether no other value is allowed by all that allow this one, and by more besides."""
    own = {at for at, span in enumerate(spans) if within(value, span)}
    return bool(own) and not any(
        own < {at for at, span in enumerate(spans) if within(other, span)}
        for other in range(-1, 12)
    )


def test_the_best_is_one_that_was_said() -> None:
    assert middle([3, 9, 5], (None, None)) == 5
    assert middle([3, 9], (None, None)) == 3
    assert middle([3, 9], (4, None)) == 9
    assert middle([3, 9], (4, 5)) is None
    assert middle([], (None, None)) is None
