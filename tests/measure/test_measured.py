"""The measures of a clause put together: over which days, in which units, and when they refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from holdfire.measure.delay import Delay, delays
from holdfire.measure.measured import Asked, measured
from holdfire.measure.refusal import Refusal
from holdfire.tables.measured import Measured

from .conftest import KYIV, REPORTED, Row, batch, found, kyiv, terms

UNKNOWN = Refusal("no report says when it was told")
FIRST, EFFECT, LAST = date(2025, 1, 1), date(2025, 3, 13), date(2025, 4, 11)


def days(first: date, last: date, each: int, **facts: Any) -> list[Row]:
    """Return so many incidents on each day; a week's rhythm of one more on Mondays."""
    rows = []
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        inside = EFFECT <= day <= LAST
        told = {"verdict": "yes" if inside else "no", "time": "yes" if inside else "no"}
        for number in range(each + (day.weekday() == 0)):
            rows.append(found(f"{day} {8 + number % 12:02}:00", **{**told, **facts}))
    return rows


def asked(rows: list[Row], **changes: Any) -> tuple[Measured, ...]:
    given: dict[str, Any] = {"reported": REPORTED, "delay": UNKNOWN, "tz": KYIV}
    limits = {key: changes.pop(key) for key in list(changes) if key in ("announced", "window")}
    one = Asked(terms(start_label="13 March 2025", **limits), **{**given, **changes})
    return measured(pa.Table.from_batches([batch(rows)]), one)


FALLEN = [*days(FIRST, date(2025, 3, 12), 9), *days(EFFECT, LAST, 2)]


def test_a_fall() -> None:
    (one,) = asked(FALLEN)
    assert one.unit == "incident"
    assert one.days == ("2025-03-13", "2025-04-11")
    assert one.baseline == ("2025-02-11", "2025-03-12")
    assert (one.days_in_effect, one.baseline_days) == (30, 30)
    assert one.per_day == pytest.approx((64 / 30, 64 / 30))
    assert one.ratio.high is not None
    assert one.ratio.low is not None
    assert one.ratio.low < 64 / 274 < one.ratio.high < 0.4
    assert one.ratio == one.ratio_certain == one.ratio_possible
    assert one.sentence.startswith("Incidents fell to 2.1 a day from 9.1;")
    assert "95 % interval" in one.sentence


def test_backwards_rises() -> None:
    rows = [*days(FIRST, date(2025, 3, 12), 2), *days(EFFECT, LAST, 9)]
    (one,) = asked(rows)
    assert one.ratio.low is not None
    assert one.ratio.low > 2.5
    assert one.sentence.startswith("Incidents rose to 9.1 a day from 2.1;")


def test_what_may_not_count_widens() -> None:
    (sure,) = asked(FALLEN)
    (open_too,) = asked([*FALLEN, *days(EFFECT, LAST, 4, place="unknown", verdict="unknown")])
    assert open_too.per_day is not None
    assert open_too.per_day[0] < open_too.per_day[1]
    assert sure.ratio.low is not None
    assert sure.ratio.high is not None
    assert open_too.ratio.low is not None
    assert open_too.ratio.high is not None
    assert open_too.ratio.high > sure.ratio.high
    assert open_too.ratio_certain.best == pytest.approx(sure.ratio_certain.best)


def test_the_run_up_is_left_out_of_the_baseline() -> None:
    rush = days(date(2025, 3, 8), date(2025, 3, 12), 40)
    (plain,) = asked([*FALLEN, *rush])
    (left_out,) = asked([*FALLEN, *rush], announced=kyiv("2025-03-08 10:00"))
    assert left_out.baseline == ("2025-02-06", "2025-03-07")
    assert left_out.before_per_day == pytest.approx((274 / 30,) * 2, abs=0.1)
    assert plain.before_per_day is not None
    assert plain.before_per_day[0] > 14


REFUSED = {
    "reports begin with the clause": (
        {"reported": (kyiv("2025-03-13 00:00"), kyiv("2025-05-01 00:00"))}, "no whole day before",
    ),
    "a break at the start": ({"breaks": (EFFECT,)}, "2025-03-13"),
    "reports end after five days": (
        {"reported": (REPORTED[0], kyiv("2025-03-18 00:00"))}, "in effect",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(changes: dict[str, Any], reason: str) -> None:
    (one,) = asked(FALLEN, **changes)
    assert one.ratio.low is None
    assert one.ratio.high is None
    assert reason in one.ratio.refused
    assert "cannot be told" in one.sentence


def test_no_whole_day_in_effect_is_reported_on() -> None:
    assert asked(FALLEN, reported=(REPORTED[0], kyiv("2025-03-13 20:00"))) == ()


def test_claims_and_warnings_are_not_measured() -> None:
    rows = [*FALLEN, *days(EFFECT, LAST, 3, counting_unit="claim"),
            *days(EFFECT, LAST, 3, counting_unit="alert-interval"),
            *days(EFFECT, LAST, 1, counting_unit="attack-row")]  # fmt: skip
    assert [one.unit for one in asked(rows)] == ["attack-row", "incident"]


def test_a_start_within_a_day_is_measured_from_the_next() -> None:
    window = kyiv("2025-03-13 18:00"), kyiv("2025-04-12 18:00")
    (one,) = asked(FALLEN, window=window)
    assert one.days == ("2025-03-14", "2025-04-11")
    assert one.baseline[1] == "2025-03-12"


def lag() -> Delay:
    """Return delays of none to four days, alike, as of 11 April."""
    happened = np.repeat(np.arange("2025-01-01", "2025-04-12", dtype="datetime64[D]"), 5)
    told = happened + np.tile(np.arange(5), len(happened) // 5).astype("timedelta64[D]")
    found_ = delays(happened, told, LAST)
    assert isinstance(found_, Delay)
    return found_


def test_recent_days_are_provisional_and_left_out() -> None:
    (one,) = asked(FALLEN, delay=lag())
    assert [late.day for late in one.provisional] == [f"2025-04-{day:02}" for day in range(8, 12)]
    shares = [late.complete for late in one.provisional]
    assert shares == sorted(shares, reverse=True)
    assert 0.1 < shares[-1] < 0.3
    assert one.days_in_effect == 26
    late = one.provisional[0]
    assert late.comes_to.low is not None
    assert late.comes_to.high is not None
    assert late.seen[0] <= late.comes_to.low <= late.comes_to.high
    assert one.complete_after.best == 4
    assert "the last four days are provisional" in one.sentence


def test_sources_and_times() -> None:
    rows = [found("2025-03-14 12:00", outlets=["A"], independent=1),
            found("2025-03-20 12:00", outlets=["A", "B"], independent=2)]  # fmt: skip
    (one,) = asked(rows)
    assert one.told_once == (1, 2)
    assert (one.first_h.low, one.first_h.high) == (36.0, 37.0)
    assert one.all_of_them.refused
    ended = (kyiv("2025-04-12 00:00") - kyiv("2025-03-20 13:00")) / timedelta(hours=1)
    assert one.since_last_h.low == ended


def test_the_order_of_rows_changes_nothing() -> None:
    assert asked(FALLEN) == asked(FALLEN[::-1])


def test_exchanging_the_parties_changes_nothing_but_their_names() -> None:
    swapped = [row | {"held_responsible": "south", "outlet_sides": ["north"]} for row in FALLEN]
    assert asked(FALLEN) == asked(swapped)
