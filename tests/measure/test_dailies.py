"""Daily series from findings: which day, certain or possible, what belongs to no day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from holdfire.measure.dailies import Dailies

from .conftest import KYIV, Row, by_clause, found

DAYS = date(2025, 3, 12), date(2025, 3, 16)
EFFECT = date(2025, 3, 13)


def series(*rows: Row) -> tuple[list[float], list[float], float]:
    dailies = Dailies(KYIV)
    for row in rows:
        dailies.add(by_clause([row]))
    daily, vague = dailies.series("strikes", "as-written", "incident", DAYS, EFFECT)
    return daily.certain.tolist(), daily.possible.tolist(), vague


ONE, NONE = [0.0, 0.0, 1.0, 0.0, 0.0], [0.0] * 5
CASES = {
    "an hour of one day": (found(), ONE, ONE, 0.0),
    "a day before the clause applies counts too": (
        found("2025-03-12 10:00", verdict="no", time="no"),
        [1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0], 0.0,
    ),
    "what is of another kind does not": (found(act="no", verdict="no"), NONE, NONE, 0.0),
    "what is permitted does not": (found(permitted="yes", verdict="no"), NONE, NONE, 0.0),
    "what may be permitted is possible": (found(permitted="unknown"), NONE, ONE, 0.0),
    "a place that is not known is possible": (found(place="unknown"), NONE, ONE, 0.0),
    "two days: the first of them": (found("2025-03-14 20:00", "2025-03-15 06:00"), ONE, ONE, 0.0),
    "three days: the one between": (found("2025-03-13 20:00", "2025-03-15 06:00"), ONE, ONE, 0.0),
    "four days: none": (found("2025-03-13 20:00", "2025-03-16 06:00"), NONE, NONE, 1.0),
    "no end: none": (found("2025-03-14 20:00", ""), NONE, NONE, 1.0),
    "over the day of effect: possible, never certain": (
        found("2025-03-12 20:00", "2025-03-13 06:00"), NONE, [1.0, 0.0, 0.0, 0.0, 0.0], 0.0,
    ),
    "beyond what reports reach": (found("2025-03-17 10:00"), NONE, NONE, 0.0),
    "maybe the same as another": (
        found(incidents_min=0.5, incidents_max=1.0), [0.0, 0.0, 0.5, 0.0, 0.0], ONE, 0.0,
    ),
    "another unit": (found(counting_unit="claim"), NONE, NONE, 0.0),
}  # fmt: skip


@pytest.mark.parametrize(("row", "certain", "possible", "vague"), CASES.values(), ids=CASES)
def test_a_day(row: Row, certain: list[float], possible: list[float], vague: float) -> None:
    assert series(row) == (certain, possible, vague)


def test_the_run_up_is_left_out_and_batches_add_up() -> None:
    dailies = Dailies(KYIV)
    rows = [found(), found(place="unknown"), found("2025-03-15 12:00", counting_unit="claim")]
    for row in rows:
        dailies.add(by_clause([row]))
    assert dailies.units("strikes", "as-written") == ["claim", "incident"]
    daily, _ = dailies.series(
        "strikes", "as-written", "incident", DAYS, date(2025, 3, 15), run_up=date(2025, 3, 13),
        breaks=[date(2025, 3, 14)],
    )  # fmt: skip
    assert np.flatnonzero(daily.left_out).tolist() == [1, 2]
    assert (daily.certain.sum(), daily.possible.sum()) == (1.0, 2.0)
    assert daily.breaks == (date(2025, 3, 14),)


def test_nothing_at_all() -> None:
    assert series() == (NONE, NONE, 0.0)
    assert Dailies(KYIV).units("strikes", "as-written") == []
