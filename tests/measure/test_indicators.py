"""The figures as rows: unique ids, plain values, the right spans, and the ratio's ends."""

from __future__ import annotations

import json

import pytest

from holdfire.measure.indicators import indicators
from holdfire.tables.indicator import Indicator

from .conftest import REPORTED, Row, before, found, kyiv, measured

ROWS: list[Row] = [
    found(), found(verdict="unknown"), found(held_responsible=None, responsibility="unknown"),
    before(), before(verdict_before="unknown"),
    found(counting_unit="attack-row", quantity_unit="launch", quantity_min=3.0, quantity_max=3.0),
    found(counting_unit="attack-row", quantity_unit="launch", held_responsible="south"),
]  # fmt: skip


def of(rows: list[Row]) -> dict[str, Indicator]:
    return {figure.id: figure for figure in indicators([measured(rows)])}


def test_ids_are_unique_and_sorted() -> None:
    answers = [
        measured(ROWS),
        measured([found(clause="sea")], clause="sea"),
        measured([], clause="x"),
    ]
    ids = [figure.id for figure in indicators(answers)]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
    assert indicators(answers) == indicators(reversed(answers))


def test_every_figure_is_plain_json_and_keeps_both_ends() -> None:
    for figure in indicators([measured(ROWS)]):
        row = json.loads(json.dumps(figure.as_json(), allow_nan=False))
        assert {"id", "clause", "reading", "unit", "span", "low", "high"} <= set(row)


def test_counts_and_their_spans() -> None:
    made = of(ROWS)
    count = made["strikes.as-written.count.incident"]
    assert (count.low, count.high, count.span, count.unit) == (2, 3, "window", "incident")
    count = made["strikes.as-written.count-before.incident"]
    assert (count.low, count.high, count.span) == (1, 2, "before")


def test_rates_are_by_the_day() -> None:
    rate = of(ROWS)["strikes.as-written.rate.incident"]
    assert (rate.low, rate.high, rate.unit) == (2 / 30, 3 / 30, "incident per day")


def test_no_upper_figure_stays_none() -> None:
    made = of(ROWS)
    for key in ("count", "rate"):
        figure = made[f"strikes.as-written.{key}.launch"]
        assert (figure.low is None, figure.high) == (False, None)


def test_by_party_and_nobody_certain() -> None:
    made = of(ROWS)
    held = made["strikes.as-written.party.north.reported.incident"]
    assert (held.party, held.low, held.high) == ("north", 1, 2)
    nobody = made["strikes.as-written.party.nobody-certain.unknown.incident"]
    assert (nobody.party, nobody.low, nobody.high) == (None, 1, 1)


def test_a_day_is_a_figure() -> None:
    day = of(ROWS)["strikes.as-written.day.2025-03-14.window.incident"]
    assert (day.day, day.low, day.high) == ("2025-03-14", 2, 3)


def test_quiet_days_and_the_first_one() -> None:
    made = of(ROWS)
    quiet = made["strikes.as-written.quiet-days"]
    assert (quiet.low, quiet.high, quiet.unit) == (29, 29, "day")
    first = made["strikes.as-written.first"]
    assert (first.low_text, first.high_text) == ("2025-03-14T12:00+02:00", "2025-03-14T13:00+02:00")


def test_nothing_known_makes_no_figure_and_a_vague_one_says_so() -> None:
    assert of([]) == {}
    vague = of([found(act="unknown", verdict="unknown")])
    assert "strikes.as-written.quiet-days" not in vague
    assert all("nothing supplied tells of" in figure.caveats[-1] for figure in vague.values())


def test_no_ratio_where_nothing_tells_of_the_span_before() -> None:
    assert "strikes.as-written.ratio.incident" in of(ROWS)
    assert not any(".ratio." in key for key in of([found()]))


def test_the_ratio_goes_by_the_day_where_the_span_before_is_shorter() -> None:
    """1 in 30 days against 1 in 10: a third as many a day."""
    begins = kyiv("2025-03-03 00:00")
    answer = measured(
        [found(), before()],
        reported=(begins, REPORTED[1]),
        before=(begins, kyiv("2025-03-13 00:00")),
    )
    (figure,) = (one for one in indicators([answer]) if one.id.endswith("ratio.incident"))
    assert [figure.low, figure.high] == pytest.approx([1 / 3, 1 / 3])
