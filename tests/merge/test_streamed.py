"""More reports than are learnt from: candidates in batches, and nearly the same incidents."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from holdfire.merge.background import sample
from holdfire.merge.candidates import Search
from holdfire.merge.columns import gather
from holdfire.merge.matching import Decided, Matched, match
from holdfire.merge.scores import pairwise
from holdfire.simulate import World, simulate
from holdfire.terms.vocabulary import shipped_vocabularies

WORDS = shipped_vocabularies()
REPORTS, LEARNT_FROM = 2_000, 1_000


@pytest.fixture(scope="module")
def world() -> World:
    return simulate("sparse", REPORTS, 75, text=True)


def streamed(world: World, reports: pa.Table, decided: Decided | None = None) -> Matched:
    return match(
        reports, WORDS, {}, may_repeat=world.may_repeat, decided=decided, learn_from=LEARNT_FROM
    )


@pytest.fixture(scope="module")
def found(world: World) -> Matched:
    return streamed(world, world.reports)


def test_whole_days_are_taken_from_all_over_the_time(world: World) -> None:
    columns = gather(world.reports, WORDS, {}, world.may_repeat)
    rows = Search(columns).rows
    among = sample(columns, rows, LEARNT_FROM)
    assert among is not None
    assert LEARNT_FROM / 2 < among.sum() < LEARNT_FROM
    taken = columns.begins[np.flatnonzero(among)]
    assert taken.min() < np.quantile(columns.begins, 0.2)
    assert taken.max() > np.quantile(columns.begins, 0.8)
    assert sample(columns, rows, REPORTS) is None


def test_incidents_are_nearly_those_of_learning_from_all(world: World, found: Matched) -> None:
    whole = match(world.reports, WORDS, {}, may_repeat=world.may_repeat)
    assert pairwise(found.group, whole.group).f1 >= 0.97
    low, expected, high = found.total
    assert low <= whole.total[1] <= high
    assert expected == pytest.approx(whole.total[1], rel=0.02)
    names = {
        tuple(row.values()) for row in found.pairs.select(["report_a", "report_b"]).to_pylist()
    }
    assert len(names) == found.pairs.num_rows, "each candidate comes in one batch only"


def test_order_of_rows_changes_nothing(world: World, found: Matched) -> None:
    turned = np.random.default_rng(6).permutation(REPORTS)
    again = streamed(world, world.reports.take(pa.array(turned)))
    assert again.pairs.equals(found.pairs)
    assert again.total == found.total
    assert np.array_equal(again.group, found.group[turned])
    assert np.array_equal(again.expected, found.expected[turned])


def test_decisions_hold_also_on_what_no_batch_has(world: World, found: Matched) -> None:
    ids = world.reports["report_id"].to_pylist()
    first, last = ids[0], ids[-1]
    joined = found.pairs.filter(found.pairs["joined"]).to_pylist()[0]
    apart = (joined["report_a"], joined["report_b"])
    again = streamed(world, world.reports, Decided(same=((first, last),), different=(apart,)))
    group = dict(zip(ids, again.group.tolist(), strict=True))
    assert group[first] == group[last]
    assert group[apart[0]] != group[apart[1]]
    told = [(row["report_a"], row["report_b"]) for row in again.pairs.to_pylist() if row["decided"]]
    assert sorted(told) == sorted([apart, (min(first, last), max(first, last))])
