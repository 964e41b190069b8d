"""What is said of a clause: by party, by day, quiet days, the first one, and where reports end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from holdfire.measure.answers import by_day, clause_answers, days_of, local_days
from holdfire.tables.answer import PartyTally, Tally, Told

from .conftest import (
    BEFORE,
    KYIV,
    REPORTED,
    WINDOW,
    Row,
    before,
    counted,
    found,
    kyiv,
    measured,
    terms,
)

UTC_ZONE = ZoneInfo("UTC")
AUCKLAND = ZoneInfo("Pacific/Auckland")


# ---- by party -----------------------------------------------------------------------------


def test_parties_are_disjoint_and_in_order() -> None:
    rows = [
        found(), found(verdict="unknown"), found(held_responsible="south"),
        found(held_responsible="south", responsibility="inferred", verdict="unknown"),
        found(held_responsible=None, responsibility="unknown"),
    ]  # fmt: skip
    assert measured(rows).by_party == (
        PartyTally("north", "reported", Tally("incident", 1, 2, 0, 0, (1, 2), (0, 0))),
        PartyTally("south", "reported", Tally("incident", 1, 1, 0, 0, (1, 1), (0, 0))),
        PartyTally("south", "inferred", Tally("incident", 0, 1, 0, 0, (0, 1), (0, 0))),
        PartyTally(None, "unknown", Tally("incident", 1, 1, 0, 0, (1, 1), (0, 0))),
    )


def test_parties_add_up_to_the_whole() -> None:
    rows = [
        found(), before(), found(held_responsible="south", verdict="unknown"),
        before(held_responsible=None, responsibility="disputed"),
    ]  # fmt: skip
    answer = measured(rows)
    (whole,) = answer.tallies
    parts = [held.tally for held in answer.by_party]
    assert sum(part.certain for part in parts) == whole.certain
    assert sum(part.possible or 0 for part in parts) == whole.possible
    assert sum(part.before_certain for part in parts) == whole.before_certain
    assert sum(part.before_possible or 0 for part in parts) == whole.before_possible


def test_one_missing_figure_unbounds_its_own_party_only() -> None:
    figure: dict[str, Any] = {"quantity_unit": "launch", "quantity_min": 2.0, "quantity_max": 2.0}
    rows = [found(**figure),
            found(**{**figure, "quantity_max": None}, held_responsible="south")]  # fmt: skip
    launches = [held for held in measured(rows).by_party if held.tally.unit == "launch"]
    assert [(held.party, held.tally.possible) for held in launches] == [
        ("north", 2),
        ("south", None),
    ]


# ---- by day -------------------------------------------------------------------------------

DAYS: dict[str, tuple[Row, dict[str, tuple[int, int]]]] = {
    "within one day": (found("2025-03-14 12:00"), {"2025-03-14": (1, 1)}),
    "up to midnight is still that day": (
        found("2025-03-14 23:00", "2025-03-15 00:00"),
        {"2025-03-14": (1, 1)},
    ),
    "over midnight is certain on neither": (
        found("2025-03-14 20:00", "2025-03-15 08:00"),
        {"2025-03-14": (0, 1), "2025-03-15": (0, 1)},
    ),
    "possible on its one day": (
        found("2025-03-14 12:00", verdict="unknown"),
        {"2025-03-14": (0, 1)},
    ),
    "the short day of the clock change": (
        found("2025-03-30 00:00", "2025-03-31 00:00"),
        {"2025-03-30": (1, 1)},
    ),
    "late on the short day": (
        found("2025-03-30 23:30", "2025-03-31 00:00"),
        {"2025-03-30": (1, 1)},
    ),
    "the last night, half outside the window": (
        found("2025-04-11 20:00", "2025-04-12 08:00", verdict="unknown"),
        {"2025-04-11": (0, 1)},
    ),
    "the first night, half outside the window": (
        found("2025-03-12 20:00", "2025-03-13 08:00", verdict="unknown"),
        {"2025-03-13": (0, 1)},
    ),
}


@pytest.mark.parametrize("name", DAYS)
def test_local_days(name: str) -> None:
    row, expected = DAYS[name]
    answer = measured([row])
    told = {
        day.day: (day.certain, day.possible)
        for day in answer.by_day
        if day.period == "window" and (day.certain or day.possible)
    }
    assert told == expected


def test_every_day_of_both_spans_is_listed_once_per_unit() -> None:
    answer = measured([found(), found(counting_unit="pixel")])
    window = [day for day in answer.by_day if day.period == "window"]
    assert len(window) == 2 * 30
    assert len(answer.by_day) == 2 * 60
    assert len({(day.day, day.unit, day.period) for day in answer.by_day}) == 2 * 60
    assert (window[0].day, window[29].day) == ("2025-03-13", "2025-04-11")


def test_a_time_without_bounds_may_be_any_day() -> None:
    answer = measured([found(None, "", verdict="unknown")])
    assert {(day.certain, day.possible) for day in answer.by_day if day.period == "window"} == {
        (0, 1)
    }


def test_a_time_with_an_open_end_may_be_any_day_from_its_beginning() -> None:
    answer = measured([found("2025-04-10 12:00", "", verdict="unknown")])
    possible = [day.day for day in answer.by_day if day.period == "window" and day.possible]
    assert possible == ["2025-04-10", "2025-04-11"]


def test_days_go_by_the_agreements_clock() -> None:
    row = found("2025-03-14 23:00")  # 21:00 UTC, and 10:00 of the 15th in Auckland
    for tz, day in ((KYIV, "2025-03-14"), (UTC_ZONE, "2025-03-14"), (AUCKLAND, "2025-03-15")):
        found_days = by_day(counted([row], tz=tz).table().to_pylist(), terms(), tz)
        assert [one.day for one in found_days if one.certain] == [day]


def test_days_of_a_span() -> None:
    midnight = kyiv("2025-03-13 00:00")
    assert days_of((midnight, midnight), KYIV) == []
    assert days_of((kyiv("2025-03-13 23:59"), kyiv("2025-03-14 00:01")), KYIV) == [
        date(2025, 3, 13),
        date(2025, 3, 14),
    ]
    assert days_of((kyiv("2025-03-30 00:00"), kyiv("2025-03-31 00:00")), KYIV) == [
        date(2025, 3, 30)
    ]


LENGTHS = {
    "30 days over a clock change": ("2025-03-13 00:00", "2025-04-12 00:00", 30.0),
    "720 hours over a clock change": ("2025-03-13 00:00", "2025-04-12 01:00", 30.0),
    "30 hours": ("2025-04-19 18:00", "2025-04-21 00:00", 1.25),
    "the short day": ("2025-03-30 00:00", "2025-03-31 00:00", 1.0),
    "an hour": ("2025-03-14 12:00", "2025-03-14 13:00", 1 / 24),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_length_in_days(name: str) -> None:
    begins, ends, expected = LENGTHS[name]
    assert local_days((kyiv(begins), kyiv(ends)), KYIV) == pytest.approx(expected, abs=1e-12)


def test_an_hour_that_the_clock_shows_twice_is_not_a_span_of_no_length() -> None:
    """At 04:00 on 26 October 2025 the clocks of Kyiv go back to 03:00 (01:00 UTC)."""
    span = datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert local_days(span, KYIV) == pytest.approx(1 / 24)
    answer = clause_answers(counted([found()]), [terms(window=span)], lambda _: REPORTED)[0]
    assert answer.days > 0


# ---- quiet days ---------------------------------------------------------------------------

QUIET: dict[str, tuple[list[Row], tuple[int | None, int | None]]] = {
    "one day is not": ([found()], (29, 29)),
    "one day may not be": ([found(verdict="unknown")], (29, 30)),
    "one night of two days": ([found("2025-03-14 20:00", "2025-03-15 08:00")], (28, 29)),
    "two nights may have had their attacks on the day between": (
        [
            found("2025-03-14 20:00", "2025-03-15 08:00"),
            found("2025-03-15 20:00", "2025-03-16 08:00"),
        ],
        (27, 29),
    ),
    "three nights need two days": (
        [found(f"2025-03-{day} 20:00", f"2025-03-{day + 1} 08:00") for day in (14, 15, 16)],
        (26, 28),
    ),
    "a long one on the day of a short one": (
        [found("2025-03-14 00:00", "2025-03-20 00:00"), found("2025-03-16 12:00")],
        (24, 29),
    ),
    "every day was, and reports of the kind were supplied": ([before()], (30, 30)),
    "any day may not have been": ([found(None, "", verdict="unknown")], (0, 30)),
    "nothing known": ([], (None, None)),
    "nothing known, and some too vague": ([found(act="unknown", verdict="unknown")], (None, None)),
}


@pytest.mark.parametrize("name", QUIET)
def test_quiet_days(name: str) -> None:
    rows, expected = QUIET[name]
    answer = measured(rows)
    assert (answer.quiet_days_min, answer.quiet_days_max) == expected


def test_days_that_no_report_reaches_are_silent_and_not_surely_quiet() -> None:
    answer = measured([found()], reported=(REPORTED[0], kyiv("2025-03-20 00:00")))
    assert (answer.quiet_days_min, answer.quiet_days_max) == (6, 29)


# ---- the first one ------------------------------------------------------------------------

FIRST: dict[str, tuple[list[Row], tuple[str | None, str | None]]] = {
    "none": ([], (None, None)),
    "one, from its begin to its end": (
        [found("2025-03-14 12:00")],
        ("2025-03-14T12:00+02:00", "2025-03-14T13:00+02:00"),
    ),
    "after the clock change": (
        [found("2025-04-01 12:00")],
        ("2025-04-01T12:00+03:00", "2025-04-01T13:00+03:00"),
    ),
    "the earliest end, not the earliest begin, makes one certain": (
        [found("2025-03-14 00:00", "2025-03-20 00:00"), found("2025-03-15 12:00")],
        ("2025-03-14T00:00+02:00", "2025-03-15T13:00+02:00"),
    ),
    "possible before it is certain": (
        [found("2025-03-14 12:00", verdict="unknown"), found("2025-03-16 12:00")],
        ("2025-03-14T12:00+02:00", "2025-03-16T13:00+02:00"),
    ),
    "never before the clause": (
        [found("2025-03-12 20:00", "2025-03-13 08:00", verdict="unknown")],
        ("2025-03-13T00:00+02:00", None),
    ),
    "an unbounded begin may be the very first moment": (
        [found(None, "2025-03-20 00:00", verdict="unknown")],
        ("2025-03-13T00:00+02:00", None),
    ),
}


@pytest.mark.parametrize("name", FIRST)
def test_first(name: str) -> None:
    rows, expected = FIRST[name]
    answer = measured(rows)
    assert (answer.first_possible, answer.first_certain) == expected


# ---- who tells, what is left open, how old the control file was -----------------------------


def test_who_tells_most_first() -> None:
    rows = [
        found(), found(verdict="unknown"), found(verdict="no"),
        found(outlets=["Observers"], outlet_sides=["neutral"]),
        found(outlets=[], outlet_sides=[]),
    ]  # fmt: skip
    assert measured(rows).told_by == (
        Told("Gazette", "south", 2), Told("Observers", "neutral", 1), Told("not named", None, 1),
    )  # fmt: skip


def test_an_incident_that_several_tell_of_counts_for_each_of_them() -> None:
    rows = [
        found(outlets=["Gazette", "Radio"], outlet_sides=["south", None]),
        found(outlets=["Radio", "Observers"], outlet_sides=[None, "neutral"]),
    ]
    assert measured(rows).told_by == (
        Told("Radio", None, 2), Told("Gazette", "south", 1), Told("Observers", "neutral", 1),
    )  # fmt: skip


def test_what_is_left_open() -> None:
    rows = [
        found(), found(verdict="unknown", decided_by="place"),
        found(verdict="unknown", decided_by="act"), found(verdict="unknown", decided_by="place"),
    ]  # fmt: skip
    assert measured(rows).undecided_by == (("place", 2), ("act", 1))


def test_the_stalest_control_file_of_what_counts() -> None:
    rows = [
        found(stale_days=2), found(stale_days=5, verdict="unknown"),
        found(stale_days=40, verdict="no"), found(),
    ]  # fmt: skip
    assert measured(rows).stalest_days == 5
    assert measured([found()]).stalest_days is None


# ---- where the reports begin and end ---------------------------------------------------------

ENDS = "the reports of this kind end on 2025-03-20, before the clause does"


def test_reports_that_cover_both_spans_need_no_caveat() -> None:
    assert measured([found()]).caveats == ()


def test_reports_that_end_early() -> None:
    answer = measured(
        [found()], reported=(REPORTED[0], kyiv("2025-03-20 12:00")), caveats=("first",)
    )
    assert answer.caveats == ("first", ENDS)


def test_reports_that_end_before_it_begins_tell_nothing_of_it() -> None:
    answer = measured([before()], reported=(REPORTED[0], kyiv("2025-03-01 00:00")))
    said = "the reports of this kind end on 2025-02-28, before the clause begins"
    assert answer.caveats == (said,)
    assert not answer.informed
    assert answer.quiet_days_min is None


def test_reports_that_begin_after_it_ends_tell_nothing_of_it() -> None:
    late = kyiv("2025-05-01 00:00"), kyiv("2025-06-01 00:00")
    rows = [found("2025-05-02 12:00", verdict="no", time="no")]
    answer = measured(rows, reported=late, before=(WINDOW[0], WINDOW[0]))
    assert not answer.informed
    said = "the reports of this kind begin on 2025-05-01, after the clause ends"
    assert answer.caveats[0] == said


def test_comparison_trimmed_to_where_reports_begin() -> None:
    begins = kyiv("2025-03-03 00:00")
    answer = measured(
        [found(), before()], reported=(begins, REPORTED[1]), before=(begins, WINDOW[0])
    )
    assert answer.before_days == 10
    assert answer.before_starts == "2025-03-03T00:00+02:00"
    assert answer.caveats == (
        "the reports of this kind begin on 2025-03-03: the span before is looked at from there",
    )
    assert sum(day.period == "before" for day in answer.by_day) == 10


def test_nothing_before_to_compare_with() -> None:
    begins = kyiv("2025-03-20 06:00")
    answer = measured([found("2025-03-21 12:00")], reported=(begins, REPORTED[1]),
                      before=(WINDOW[0], WINDOW[0]))  # fmt: skip
    assert answer.caveats == (
        "the reports of this kind begin on 2025-03-20, after the clause does",
        "no report of this kind is from before it, so there is nothing to compare with",
    )
    assert not answer.comparable
    assert answer.before_days == 0
    assert not any(day.period == "before" for day in answer.by_day)


def test_no_reports_at_all() -> None:
    nothing = datetime(1970, 1, 1, tzinfo=UTC)
    answer = measured([], reported=(nothing, nothing), before=(WINDOW[0], WINDOW[0]))
    assert (answer.informed, answer.vague, answer.tallies, answer.caveats) == (False, 0, (), ())


def test_answers_come_in_the_agreements_order() -> None:
    counts = counted([found(clause="b"), found(clause="a")])
    order = [terms(clause="b"), terms(clause="c"), terms(clause="a")]
    answers = clause_answers(counts, order, lambda _: REPORTED)
    assert [answer.clause for answer in answers] == ["b", "c", "a"]


def test_times_are_told_by_the_local_clock() -> None:
    answer = measured([])
    assert (answer.starts, answer.ends) == ("2025-03-13T00:00+02:00", "2025-04-12T00:00+03:00")
    assert (answer.before_starts, answer.before_ends) == (
        "2025-02-11T00:00+02:00", "2025-03-13T00:00+02:00",
    )  # fmt: skip
    assert (answer.days, answer.before_days) == (30, 30)
    assert BEFORE[1] == WINDOW[0]
