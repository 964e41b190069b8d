"""The likeliest tags of a text."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.learned.paths import WEIGHT, follows, likeliest
from holdfire.statements.learned.tags import TAGS

SIZE = len(TAGS)
OUT, BEGIN, INSIDE = 0, 5, 6
NOTHING = np.zeros((SIZE, SIZE))


def scored(*likely: dict[int, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    scores = np.zeros((len(likely), SIZE), dtype=np.float32)
    for row, one in enumerate(likely):
        for tag, score in one.items():
            scores[row, tag] = score
    return scores


@pytest.mark.parametrize(
    ("scores", "tags"),
    [
        (scored({BEGIN: 9}, {INSIDE: 9}, {OUT: 9}), [BEGIN, INSIDE, OUT]),
        (scored({OUT: 9}, {INSIDE: 9, BEGIN: 8}, {INSIDE: 9}), [OUT, BEGIN, INSIDE]),
        (scored({INSIDE: 9, BEGIN: 1}), [BEGIN]),
        (scored({OUT: 9}, {INSIDE: 9, OUT: 8.5}, {OUT: 9}), [OUT, OUT, OUT]),
        (scored(), []),
    ],
)
def test_an_inside_tag_stands_behind_its_own(
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]], tags: list[int]
) -> None:
    assert likeliest(scores, NOTHING).tolist() == tags


def test_what_usually_follows_tips_the_balance() -> None:
    usual = follows([np.array([BEGIN, *[INSIDE] * 50, OUT, OUT, OUT])])
    scores = scored({BEGIN: 9}, {INSIDE: 9}, {OUT: 2.1, INSIDE: 2}, {INSIDE: 9}, {OUT: 9})
    assert likeliest(scores, usual).tolist() == [BEGIN, INSIDE, INSIDE, INSIDE, OUT]


def test_follows_is_a_ratio_of_frequencies() -> None:
    table = follows([np.array([OUT, OUT, OUT, BEGIN] * 100)])
    assert table[OUT, BEGIN] == pytest.approx(np.log((1 / 3) / (1 / 4)), abs=0.01)
    assert table[BEGIN, OUT] == pytest.approx(np.log(1 / (3 / 4)), abs=0.02)
    assert table[OUT, INSIDE] < 0.1


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_no_other_tags_are_likelier(seed: int, length: int) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.normal(0, 2, (length, SIZE)).astype(np.float32)
    table = draw.normal(0, 1, (SIZE, SIZE))

    def worth(tags: tuple[int, ...]) -> float:
        steps = sum(WEIGHT * table[a, b] for a, b in itertools.pairwise(tags))
        return float(sum(scores[at, tag] for at, tag in enumerate(tags)) + steps)

    def sound(tags: tuple[int, ...]) -> bool:
        return all(b % 2 or not b or a in (b - 1, b) for a, b in itertools.pairwise((0, *tags)))

    every = [tags for tags in itertools.product(range(SIZE), repeat=length) if sound(tags)]
    assert tuple(likeliest(scores, table).tolist()) == max(every, key=worth)
