"""Rivals, clusters, decisions and counting, on pairs written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.merge.clusters import Edges, Merging, canonical, cuts, share, tied
from holdfire.merge.competition import Rivals, compete
from holdfire.merge.counting import Scored, interval, partitions, with_unseen

Given = dict[tuple[int, int], float]


def edges(given: Given, barred: set[tuple[int, int]] = frozenset()) -> Edges:  # type: ignore[assignment]
    pairs = np.array(list(given)).reshape(-1, 2)
    return Edges(
        pairs[:, 0], pairs[:, 1], np.array(list(given.values())),
        np.array([pair in barred for pair in given], dtype=bool),
    )  # fmt: skip


def merged(given: Given, single: list[int], least: float, **more: object) -> list[int]:
    merging = Merging(np.array(single), np.arange(len(single)), edges(given, **more))  # type: ignore[arg-type]
    return canonical(merging.down_to(least)).tolist()


def test_rivals_share_what_there_is() -> None:
    left, right = np.array([0, 0], dtype=np.int32), np.array([1, 2], dtype=np.int32)
    among = Rivals(left, right, np.array([0, 1, 1]), 2)
    once = compete(np.array([9.0, 9.0]), among, np.zeros(2))
    assert once == pytest.approx([9 / 19, 9 / 19], abs=1e-3)
    alone = compete(np.array([9.0, 0.0]), among, np.zeros(2))
    assert alone == pytest.approx([0.9, 0.0], abs=1e-3)


def test_candidates_of_different_lists_are_no_rivals() -> None:
    left, right = np.array([0, 0], dtype=np.int32), np.array([1, 2], dtype=np.int32)
    among = Rivals(left, right, np.array([0, 1, 2]), 3)
    assert compete(np.array([9.0, 9.0]), among, np.zeros(3)) == pytest.approx([0.9, 0.9])


@pytest.mark.parametrize(
    ("given", "single", "least", "expected"),
    [
        ({(0, 1): 0.8}, [0, 1], 0.5, [0, 0]),
        ({(0, 1): 0.4}, [0, 1], 0.5, [0, 1]),
        ({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1}, [-1, -1, -1], 0.5, [0, 0, 1]),
        ({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.3}, [-1, -1, -1], 0.5, [0, 0, 0]),
        ({(0, 1): 0.9, (1, 2): 0.9}, [5, 1, 5], 0.1, [0, 0, 1]),
        ({(0, 1): 0.9, (1, 2): 0.9}, [70, 1, 70], 0.1, [0, 0, 1]),
    ],
)
def test_clusters(given: Given, single: list[int], least: float, expected: list[int]) -> None:
    assert merged(given, single, least) == expected


def test_barred_pairs_never_meet_through_a_third() -> None:
    given = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0}
    assert merged(given, [-1] * 3, 0.05, barred={(0, 2)}) == [0, 0, 1]


def test_cuts_lie_within_one_another() -> None:
    rng = np.random.default_rng(3)
    pairs = {
        (int(a), int(b)): float(rng.random())
        for a, b in rng.integers(0, 60, (200, 2)) if a < b
    }  # fmt: skip
    certain, chosen, possible = cuts(Merging(np.full(60, -1), np.arange(60), edges(pairs)), 0.4)
    for fine, coarse in ((certain, chosen), (chosen, possible)):
        assert len(np.unique(np.stack([fine, coarse]), axis=1).T) == len(np.unique(fine))
    assert share(certain).sum() >= share(chosen).sum() >= share(possible).sum()


def test_a_decision_that_joins_what_is_parted_is_left_out() -> None:
    group, left_out = tied(4, [(0, 1), (1, 2)], [(0, 2)])
    assert group.tolist() == [0, 0, 2, 3]
    assert left_out == [(1, 2)]


def drawn(bits: float, doubt: float = 0.0, single: int = 0, said: int = -1) -> list[int]:
    """Count clusters in draws of 2,000 pairs of reports that have one candidate each."""
    left = np.arange(0, 4_000, 2)
    scored = Scored(
        left, left + 1, np.full(2_000, bits), np.tile([single, 1], 2_000),
        np.full(2_000, said, dtype=np.int8),
    )  # fmt: skip
    return [len(np.unique(group)) for group in partitions(scored, doubt, 7)]


@pytest.mark.parametrize(("bits", "together"), [(0.0, 0.5), (2.0, 0.8), (-3.0, 1 / 9)])
def test_partitions_are_drawn_as_often_as_they_are_likely(bits: float, together: float) -> None:
    assert np.mean(drawn(bits)) == pytest.approx(4_000 - 2_000 * together, rel=0.01)


def test_a_list_that_tells_once_is_never_drawn_together() -> None:
    assert set(drawn(20.0, single=1)) == {4_000}


def test_decisions_hold_in_every_draw() -> None:
    assert set(drawn(20.0, said=0)) == {4_000}
    assert set(drawn(-20.0, said=1)) == {2_000}


def test_doubt_about_the_model_widens_the_interval() -> None:
    sure, doubtful = interval(drawn(0.0)), interval(drawn(0.0, doubt=1.0))
    assert doubtful[2] - doubtful[0] > 5 * (sure[2] - sure[0])


def test_merges_nobody_can_see_lower_the_low_end_only() -> None:
    counts = [90.0, 91.0, 92.0, 93.0]
    seen, unseen = (with_unseen(counts, 100, (0.0, most)) for most in (0.0, 0.5))
    assert unseen[0] < seen[0]
    assert unseen[1:] == seen[1:]
