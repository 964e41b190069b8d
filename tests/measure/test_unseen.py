"""How many incidents no list has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.loglinear import Model
from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Bools
from holdfire.measure.unseen import Alone, Unseen, chao_bound, seen_by_one, taken_at_most, unseen


def told(histories: dict[str, int]) -> Bools:
    """Return incidents from counts by history: "110" is on the first two lists."""
    rows = [[mark == "1" for mark in key] for key, times in histories.items() for _ in range(times)]
    return np.array(rows, dtype=np.bool_)


# 0.5, 0.4 and 0.3 of 1,000, independent: 210 are on none
EVEN = {"100": 210, "010": 140, "001": 90, "110": 140, "101": 90, "011": 60, "111": 60}


def estimated(found: Unseen | Refusal) -> Unseen:
    assert isinstance(found, Unseen)
    return found


def model(found: Unseen, *pairs: tuple[int, int]) -> Model:
    return next(one for one in found.models if one.pairs == pairs)


def test_independent_lists_give_the_number_they_were_drawn_from() -> None:
    found = estimated(unseen(told(EVEN)))
    assert found.seen == 790
    assert found.estimate == pytest.approx(1000, abs=0.1)
    assert found.low < 1000 < (found.high or 0) < 1200
    assert found.models[0].pairs == ()


def test_the_models_have_their_closed_forms() -> None:
    found = estimated(unseen(told({**EVEN, "001": 96, "011": 66})))
    # two pairs share a list: the other two are independent where that list is silent
    both = model(found, (0, 1), (0, 2))
    seen = found.seen
    assert both.estimate == pytest.approx(seen + 140 * 96 / 66, rel=1e-4)
    # one pair: the third list is independent of the two taken together
    one = model(found, (0, 1))
    assert one.estimate == pytest.approx(seen + 96 * (210 + 140 + 140) / (90 + 66 + 60), rel=1e-4)


def test_every_model_lies_in_the_span() -> None:
    found = estimated(unseen(told(EVEN)))
    for one in found.models:
        assert found.low <= one.low <= one.estimate <= (one.high or 0) <= (found.high or 0)
    assert len(found.models) == 7


def test_missed_matches_make_too_many() -> None:
    found = estimated(unseen(told(EVEN)))
    estimates = [estimate for _, estimate in found.if_matches_missed]
    assert [share for share, _ in found.if_matches_missed] == [0.02, 0.05, 0.1]
    assert found.estimate > estimates[0] > estimates[1] > estimates[2] > 800


def test_chao_by_hand() -> None:
    # f1 = 440, f2 = 290, 3 lists: 790 + 2/3 * 440 * 439 / 2 / 291
    bound, low = chao_bound(told(EVEN))
    assert bound == pytest.approx(790 + 2 / 3 * 440 * 439 / (2 * 291))
    assert 790 < low < bound


def test_chao_with_nothing_seen_once_is_what_was_seen() -> None:
    assert chao_bound(told({"111": 5})) == (5.0, 5.0)


@pytest.mark.parametrize(
    ("histories", "copied", "why"),
    [
        ({"11": 20, "10": 20, "01": 20}, {}, "2 lists"),
        ({"111111": 20}, {}, "6 lists"),
        (EVEN, {(1, 0): 0.06}, "6% of what list 2 and list 1 both tell is one text"),
        (EVEN, {(0, 1): 0.01, (2, 0): 0.5}, "50% of what list 3 and list 1 both tell"),
        ({**EVEN, "110": 1, "111": 1}, {}, "share 2 incidents; at least 5"),
        ({**EVEN, "101": 10, "011": 10, "111": 160, "001": 90}, {}, "leave open that list 1 took"),
        ({"110": 10, "100": 10, "010": 10}, {}, "list 1 and list 3 share no incident"),
        ({"111": 50}, {}, "took 100% of what list 2 has"),
        ({**EVEN, **{key: EVEN[key] // 9 for key in EVEN}}, {}, "must rule out 25%"),
        ({"100": 90, "010": 90, "001": 90}, {}, "share no incident"),
    ],
)
def test_refused_with_the_reason(
    histories: dict[str, int], copied: dict[tuple[int, int], float], why: str
) -> None:
    found = unseen(told(histories), copied)
    assert isinstance(found, Refusal)
    assert why in found.reason


def test_a_refusal_names_the_lists() -> None:
    found = unseen(told(EVEN), {(0, 1): 0.4}, ("The Gazette", "the monitors", "Radio"))
    assert isinstance(found, Refusal)
    assert found.reason.startswith("40% of what The Gazette and the monitors both tell")


@pytest.mark.parametrize(
    ("histories", "most"),
    [
        # 60 of 150 against 60 of 150: nothing taken, give or take sqrt(2 * 0.24 / 150) / 0.6
        ({"111": 60, "101": 60, "011": 90, "001": 90}, 1.645 * 0.0943),
        ({"111": 50, "001": 50}, 1.0),
        ({"111": 50}, 1.0),
        ({"110": 50, "100": 50}, 1.0),
    ],
)
def test_what_a_list_may_have_taken_by_hand(histories: dict[str, int], most: float) -> None:
    assert taken_at_most(told(histories), 0, 1) == pytest.approx(most, abs=0.002)


def test_a_few_copies_are_borne() -> None:
    assert isinstance(unseen(told(EVEN), {(0, 1): 0.05}), Unseen)


def test_incidents_on_no_list_are_not_counted_as_seen() -> None:
    extra = np.vstack([told(EVEN), np.zeros((50, 3), dtype=np.bool_)])
    assert estimated(unseen(extra)).seen == 790


def test_seen_by_one_list_only() -> None:
    found = seen_by_one(told({"100": 3, "010": 1, "110": 4}))
    assert isinstance(found, Alone)
    assert (found.incidents, found.alone, found.share) == (8, 4, 0.5)
    assert found.alone_by_list == (3, 1, 0)
    # Clopper and Pearson for 4 of 8
    assert (found.low, found.high) == pytest.approx((0.157, 0.843), abs=0.001)


@pytest.mark.parametrize(("key", "share"), [("10", 1.0), ("11", 0.0)])
def test_seen_by_one_at_its_ends(key: str, share: float) -> None:
    found = seen_by_one(told({key: 5}))
    assert isinstance(found, Alone)
    assert found.low <= found.share == share <= found.high


def test_seen_by_one_needs_two_lists_and_an_incident() -> None:
    assert isinstance(seen_by_one(np.zeros((3, 2), dtype=np.bool_)), Refusal)
    assert isinstance(seen_by_one(told({"1": 3})), Refusal)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 500), st.permutations([0, 1, 2]))
def test_neither_the_order_of_lists_nor_of_incidents_matters(seed: int, order: list[int]) -> None:
    random = np.random.default_rng(seed)
    lists = random.random((400, 3)) < np.array([0.5, 0.4, 0.3])
    plain, other = unseen(lists), unseen(random.permutation(lists)[:, order])
    if isinstance(plain, Refusal) or isinstance(other, Refusal):
        assert type(plain) is type(other)
        return
    assert plain.estimate == pytest.approx(other.estimate, rel=1e-4)
    assert (plain.low, plain.high) == pytest.approx((other.low, other.high), rel=1e-3)


CELL = st.sampled_from([0, 0, 1, 3, 8, 25, 90])


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL, min_size=7, max_size=7))
def test_any_overlaps_give_an_answer_or_a_reason(counts: list[int]) -> None:
    keys = [format(at, "03b") for at in range(1, 8)]
    lists = told(dict(zip(keys, counts, strict=True))) if any(counts) else np.zeros((1, 3), bool)
    found = unseen(lists)
    if isinstance(found, Refusal):
        assert found.reason
        return
    assert found.seen <= found.low <= found.estimate <= (found.high or 0)
    assert found.seen <= found.chao_low <= found.chao
