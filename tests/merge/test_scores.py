"""Scores of groupings, by literal cases counted by hand and by their laws."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.merge.scores import (
    BINS,
    Labels,
    b_cubed,
    calibration,
    covers,
    incidents,
    pairwise,
)


def labels(word: str) -> Labels:
    """Return a grouping written as a letter a report."""
    return np.array([ord(letter) for letter in word], dtype=np.int64)


PAIRWISE = [
    # found, truth, precision, recall, F1
    ("aabb", "aabb", 1, 1, 1),
    ("aabb", "ccdd", 1, 1, 1),
    ("abcd", "aabb", 1, 0, 0),
    ("aaaa", "aabb", 2 / 6, 1, 1 / 2),
    ("aabb", "aaaa", 1, 2 / 6, 1 / 2),
    ("aabb", "abab", 0, 0, 0),
    ("aaab", "aabb", 1 / 3, 1 / 2, 2 / 5),
    ("abcd", "abcd", 1, 1, 1),
    ("aabc", "abcd", 0, 1, 0),
    ("", "", 1, 1, 1),
]

B_CUBED = [
    ("aabb", "aabb", 1, 1, 1),
    ("abcd", "aabb", 1, 1 / 2, 2 / 3),
    ("aaaa", "aabb", 1 / 2, 1, 2 / 3),
    ("aabb", "abab", 1 / 2, 1 / 2, 1 / 2),
    # reports 1 and 2: 2/3 of theirs are right; 3: 1/3; 4: all. Recall: all, all, half, half.
    ("aaab", "aabb", (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 3 / 4, 12 / 17),
    ("", "", 1, 1, 1),
]


@pytest.mark.parametrize(("found", "truth", "precision", "recall", "f1"), PAIRWISE)
def test_pairwise(found: str, truth: str, precision: float, recall: float, f1: float) -> None:
    score = pairwise(labels(found), labels(truth))
    assert (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.parametrize(("found", "truth", "precision", "recall", "f1"), B_CUBED)
def test_b_cubed(found: str, truth: str, precision: float, recall: float, f1: float) -> None:
    score = b_cubed(labels(found), labels(truth))
    assert (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


GROUPINGS = st.lists(st.tuples(st.integers(0, 6), st.integers(-3, 3)), max_size=30)


@given(GROUPINGS)
def test_the_fast_way_counts_what_a_list_of_pairs_counts(rows: list[tuple[int, int]]) -> None:
    found, truth = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    pairs = list(combinations(range(len(rows)), 2))
    claimed = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    true = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    score = pairwise(found, truth)
    assert score.precision == pytest.approx(len(claimed & true) / len(claimed) if claimed else 1)
    assert score.recall == pytest.approx(len(claimed & true) / len(true) if true else 1)
    mine = [{at for at in range(len(rows)) if found[at] == one} for one in found]
    right = [{at for at in range(len(rows)) if truth[at] == one} for one in truth]
    if rows:
        shares = [len(a & b) / len(a) for a, b in zip(mine, right, strict=True)]
        assert b_cubed(found, truth).precision == pytest.approx(np.mean(shares))


@given(GROUPINGS)
def test_found_and_truth_exchanged_exchange_precision_and_recall(
    rows: list[tuple[int, int]],
) -> None:
    found, truth = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    for score in (pairwise, b_cubed):
        there, back = score(found, truth), score(truth, found)
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
        assert there.f1 == pytest.approx(back.f1)


def test_a_million_reports_need_no_list_of_pairs() -> None:
    one = np.zeros(1_000_000, dtype=np.int64)
    assert pairwise(one, one).f1 == b_cubed(one, one).f1 == 1


def test_groupings_of_different_reports_are_refused() -> None:
    with pytest.raises(ValueError, match="2 reports grouped, 3 with a truth"):
        pairwise(labels("ab"), labels("abc"))
    with pytest.raises(ValueError, match="2 reports grouped, 3 with a truth"):
        b_cubed(labels("ab"), labels("abc"))


def test_calibration_by_hand() -> None:
    told = np.array([0.82, 0.88, 0.84, 0.86, 0.05, 0.05, 1.0, 0.0])
    same = np.array([True, True, True, False, False, True, True, False])
    found = calibration(told, same)
    assert found.pairs == 8
    assert [(one.low, one.pairs) for one in found.bins] == [(0.0, 3), (0.8, 4), (0.9, 1)]
    assert [one.told for one in found.bins] == pytest.approx([0.1 / 3, 0.85, 1.0])
    assert [one.same for one in found.bins] == pytest.approx([1 / 3, 0.75, 1.0])
    assert found.error == pytest.approx((3 * 0.3 + 4 * 0.1 + 0) / 8)


def test_calibration_of_a_coin_that_is_told_as_certain() -> None:
    same = np.arange(1_000) % 2 == 0
    assert calibration(np.ones(1_000), same).error == pytest.approx(0.5)
    assert calibration(np.full(1_000, 0.5), same).error == pytest.approx(0.0)


def test_bins_meet_without_a_gap() -> None:
    told = np.linspace(0, 1, 1_001)
    found = calibration(told, told > 0.5)
    assert [one.low for one in found.bins] == [at / BINS for at in range(BINS)]
    assert [one.pairs for one in found.bins] == [100] * 9 + [101]


def test_no_pairs_have_no_error() -> None:
    nothing = calibration(np.array([]), np.array([], dtype=np.bool_))
    assert (nothing.error, nothing.pairs, nothing.bins) == (0.0, 0, ())


def test_answers_must_be_as_many_as_probabilities() -> None:
    with pytest.raises(ValueError, match="2 probabilities and 1 answers"):
        calibration(np.array([0.1, 0.2]), np.array([True]))


@pytest.mark.parametrize(
    ("interval", "inside"),
    [((1, 2, 3), True), ((3, 4, 5), True), ((1, 3), True), ((3.1, 5), False), ((1, 2.9), False)],
)
def test_whether_the_interval_has_the_number_of_incidents(
    interval: tuple[float, ...], inside: bool
) -> None:
    truth = labels("abca")
    assert incidents(truth) == 3
    assert covers(interval, truth) is inside
