"""Results of the measures as figures with their ends, or the reason why there are none."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.measure.bounded import all_of_them
from holdfire.measure.lists import Lists
from holdfire.measure.unseen import unseen
from holdfire.tables.measured import Bounded

NAMES = ("A", "B", "C")
EVEN = {"100": 160, "010": 140, "001": 140, "110": 100, "101": 90, "011": 100, "111": 60}
"""Three lists of half of some 900 incidents each."""


def told(times: float = 1.0, **changes: int) -> Lists:
    counts = {key: round(times * count) for key, count in {**EVEN, **changes}.items()}
    rows = [[mark == "1" for mark in key] for key, count in counts.items() for _ in range(count)]
    return Lists(NAMES, np.array(rows, dtype=np.bool_), {})


def alone(given: Lists) -> Bounded:
    return all_of_them(given, given, 1.0)


def test_with_nothing_open_it_is_the_estimate_of_the_certain() -> None:
    found, plain = alone(told()), unseen(told().on_list)
    assert (found.low, found.high, found.best) == tuple(
        getattr(plain, name) for name in ("low", "high", "estimate")
    )
    assert found.low is not None
    assert found.low > 790


def test_what_is_open_widens_it_to_both_ends() -> None:
    certain, possible = told(), told(2.0)
    found = all_of_them(certain, possible, 1.0)
    assert found.low == alone(certain).low
    assert found.high == alone(possible).high
    assert found.best is None


@pytest.mark.parametrize(
    ("certain", "possible", "complete", "why"),
    [
        (told(), told(), 0.94, "94% of what happened is expected to be in; at least 95%"),
        (told(), told(2.0, **{"111": 900}), 1.0, "took"),
        (Lists(NAMES[:2], told().on_list[:, :2], {}), told(), 1.0, "2 lists; between 3 and 5"),
        (Lists(NAMES, told().on_list, {(1, 0): 0.5}), told(), 1.0, "50% of what B and A both tell"),
    ],
)
def test_refused(certain: Lists, possible: Lists, complete: float, why: str) -> None:
    found = all_of_them(certain, possible, complete)
    assert (found.low, found.high) == (None, None)
    assert why in found.refused
