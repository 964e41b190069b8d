"""The arithmetic of rates: what is compared with what, and when nothing is."""

from __future__ import annotations

import pytest

from holdfire.tables.answer import ClauseAnswer, Tally, change, per_day


def clause(
    days: float = 30.0, before_days: float = 30.0, *, comparable: bool = True
) -> ClauseAnswer:
    return ClauseAnswer(
        clause="c", title="C", wording="", citation="", reading="r", reading_title="", held_by=(),
        informed=True, vague=0, starts="", ends="", before_starts="", before_ends="",
        days=days, before_days=before_days, comparable=comparable,
    )  # fmt: skip


CASES: dict[str, tuple[tuple[float, float | None, float, float | None], object]] = {
    "all certain": ((10, 10, 20, 20), (0.5, 0.5)),
    "an interval": ((10, 15, 20, 30), (10 / 30, 15 / 20)),
    "nothing certain before: no upper end": ((10, 15, 0, 30), (10 / 30, None)),
    "nothing before at all": ((10, 15, 0, 0), None),
    "from nought upwards is no figure": ((0, 15, 0, 30), None),
    "no upper figure in the window": ((10, None, 20, 30), (10 / 30, None)),
    "no upper figure before": ((10, 15, 20, None), (None, 15 / 20)),
    "no upper figure at all": ((4, None, 2, None), None),
    "nothing in the window": ((0, 0, 20, 30), (0, 0)),
    "nothing certain in the window": ((0, 6, 20, 30), (0, 0.3)),
}


@pytest.mark.parametrize("name", CASES)
def test_change(name: str) -> None:
    (low, high, before_low, before_high), expected = CASES[name]
    found = change(clause(), Tally("incident", low, high, before_low, before_high))
    assert found == (expected if expected is None else pytest.approx(expected))


def test_rates_go_by_the_length_of_each_span() -> None:
    tally = Tally("incident", 30, 60, 10, 20)
    shorter = clause(before_days=10.0)
    assert per_day(shorter, tally) == ((1.0, 2.0), (1.0, 2.0))
    assert change(shorter, tally) == (0.5, 2.0)


def test_nothing_is_compared_with_silence() -> None:
    silent = clause(comparable=False)
    assert per_day(silent, Tally("incident", 30, 60, 0, 0)) == ((1.0, 2.0), None)
    assert change(silent, Tally("incident", 30, 60, 0, 0)) is None
