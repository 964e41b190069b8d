"""Which outlets are lists, which incident is on which, and what was copied."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from holdfire.measure.lists import lists

from .conftest import Row, batch, found


def told(outlets: list[str], independent: int | None = None, **facts: Any) -> Row:
    return found(outlets=outlets, independent=independent or len(outlets), **facts)


CASES = {
    "nothing": ([], (), []),
    "one outlet": ([told(["A"])], ("A",), [[True]]),
    "the fullest first, then by name": (
        [told(["B", "C"]), told(["C", "A"])], ("C", "A", "B"),
        [[True, True, False], [True, False, True]],
    ),
    "possible ones are left out": ([told(["A"], verdict="unknown")], (), []),
    "no outlet is named": ([told([], 1)], (), [[]]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "names", "on_list"), CASES.values(), ids=CASES)
def test_lists(rows: list[Row], names: tuple[str, ...], on_list: list[list[bool]]) -> None:
    made = lists(pa.Table.from_batches([batch(rows)]))
    assert made.names == names
    assert made.on_list.tolist() == on_list


def test_possible_ones_where_asked() -> None:
    rows = [told(["A"]), told(["B"], verdict="unknown"), told(["A", "B"], verdict="no")]
    made = lists(pa.Table.from_batches([batch(rows)]), possible=True)
    assert made.names == ("A", "B")
    assert made.on_list.tolist() == [[True, False], [False, True]]


def test_five_lists_at_most() -> None:
    rows = [told([name] * 1) for name in "AABBCCDDEEF"]
    made = lists(pa.Table.from_batches([batch(rows)]))
    assert made.names == tuple("ABCDE")
    assert made.on_list.sum() == 10


def test_what_two_lists_share_and_one_of_them_copied() -> None:
    rows = [told(["A", "B"], 1), told(["A", "B"]), told(["A", "B"]), told(["A", "B"], 1),
            told(["A", "B", "C"], 1), told(["A", "C"])]  # fmt: skip
    made = lists(pa.Table.from_batches([batch(rows)]))
    assert made.names == ("A", "B", "C")
    assert made.copied == {(0, 1): 0.5, (0, 2): 0.0}
