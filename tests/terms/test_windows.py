"""When a clause applies: clock changes, hours over midnight, starts known only to the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.terms.agreement import End, Hours, Start, When
from holdfire.terms.clauses import readings_of
from holdfire.terms.windows import (
    FAR,
    WEEKDAYS,
    add,
    bound,
    effect,
    intersected,
    merged,
    recurring,
)

from .conftest import Agreed, changed

KYIV, MOSCOW = "Europe/Kyiv", "Europe/Moscow"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CHANGES = [
    utc(f"2025-{day}T00:00")
    for day in ("02-22", "03-08", "03-29", "04-05", "10-04", "10-25", "11-01")
]


def start(at: When, zone: str | None = None) -> Start:
    return Start.model_validate({"from": at, "zone": zone})


def hours(begins: str, ends: str, **more: object) -> Hours:
    return Hours.model_validate({"from": begins, "to": ends, **more})


@pytest.mark.parametrize(
    ("value", "zone", "earliest", "latest"),
    [
        pytest.param(date(2025, 3, 13), KYIV, "2025-03-12T22:00", "2025-03-13T22:00", id="day"),
        pytest.param(date(2025, 3, 30), KYIV, "2025-03-29T22:00", "2025-03-30T21:00", id="23 h"),
        pytest.param(date(2025, 10, 26), KYIV, "2025-10-25T21:00", "2025-10-26T22:00", id="25 h"),
        pytest.param("2025-03-13", KYIV, "2025-03-12T22:00", "2025-03-13T22:00", id="day as text"),
        pytest.param("2025-03-13 00:00", KYIV, "2025-03-12T22:00", "2025-03-12T22:00", id="text"),
        pytest.param("2025-04-19T18:00+03:00", KYIV, "2025-04-19T15:00", "2025-04-19T15:00",
                     id="offset"),
        pytest.param("2025-04-19T18:00", MOSCOW, "2025-04-19T15:00", "2025-04-19T15:00",
                     id="Moscow time"),
        pytest.param("2025-10-26 03:30", KYIV, "2025-10-26T00:30", "2025-10-26T01:30",
                     id="told twice by the clock"),
    ],
)  # fmt: skip
def test_a_time_means_the_instants_that_it_can_mean(
    value: When, zone: str, earliest: str, latest: str
) -> None:
    found = bound(value, zone)
    assert (found.earliest, found.latest) == (utc(earliest), utc(latest))
    assert found.exact == (earliest == latest)


def test_thirty_calendar_days_over_a_clock_change_end_an_hour_before_720_hours() -> None:
    begins = start(datetime(2025, 3, 13))  # noqa: DTZ001 - a local time, as TOML gives it
    calendar = effect(begins, End(after="30 days"), KYIV)
    clock = effect(begins, End(after="720 hours"), KYIV)
    assert calendar.sure == (utc("2025-03-12T22:00"), utc("2025-04-11T21:00"))
    assert clock.sure == (utc("2025-03-12T22:00"), utc("2025-04-11T22:00"))


def test_in_moscow_the_clocks_do_not_change_and_both_are_the_same() -> None:
    begins = start(date(2025, 3, 18), MOSCOW)
    days = effect(begins, End(after="30 days", zone=MOSCOW), KYIV)
    assert days == effect(begins, End(after="720 hours", zone=MOSCOW), KYIV)
    assert days.possible == (utc("2025-03-17T21:00"), utc("2025-04-17T21:00"))
    assert days.sure == (utc("2025-03-18T21:00"), utc("2025-04-16T21:00"))


def test_weeks_and_minutes() -> None:
    tz = ZoneInfo(KYIV)
    assert add(utc("2025-03-29T22:00"), "1 week", tz) == utc("2025-04-05T21:00")
    assert add(utc("2025-03-29T22:00"), "90 minutes", tz) == utc("2025-03-29T23:30")


def test_an_end_that_the_clocks_tell_twice_is_not_exact() -> None:
    begins = start("2025-10-25 03:30")
    ends = effect(begins, End(after="1 day"), KYIV).ends
    assert ends is not None
    assert (ends.earliest, ends.latest) == (utc("2025-10-26T00:30"), utc("2025-10-26T01:30"))


def test_an_end_that_the_clocks_skip_comes_as_long_after_midnight() -> None:
    ends = effect(start("2025-03-29 03:30"), End(after="1 day"), KYIV).ends
    assert ends is not None
    assert ends.latest == utc("2025-03-30T01:30")


def test_without_an_end_it_is_open() -> None:
    assert effect(start(date(2015, 2, 15)), None, KYIV).possible[1] == FAR
    assert effect(start(date(2015, 2, 15)), End(), KYIV).ends is None


def found(rule: Hours, begins: str, ends: str) -> list[tuple[str, str]]:
    spans = recurring([rule], (utc(begins), utc(ends)), KYIV)
    return [(f"{first:%d %H:%M}", f"{last:%d %H:%M}") for first, last in spans]


@pytest.mark.parametrize(
    ("rule", "begins", "ends", "expected"),
    [
        pytest.param(
            hours("22:00", "06:00"), "2025-06-01T12:00", "2025-06-03T12:00",
            [("01 19:00", "02 03:00"), ("02 19:00", "03 03:00")], id="over midnight",
        ),
        pytest.param(
            hours("22:00", "06:00"), "2025-06-01T00:00", "2025-06-01T12:00",
            [("01 00:00", "01 03:00")], id="a night that began before",
        ),
        pytest.param(
            hours("22:00", "06:00"), "2025-03-29T12:00", "2025-03-30T12:00",
            [("29 20:00", "30 03:00")], id="the short night of spring has seven hours",
        ),
        pytest.param(
            hours("22:00", "06:00"), "2025-10-25T12:00", "2025-10-26T12:00",
            [("25 19:00", "26 04:00")], id="the long night of autumn has nine hours",
        ),
        pytest.param(
            hours("03:00", "04:00"), "2025-03-29T12:00", "2025-03-30T12:00", [],
            id="an hour that the clocks skip",
        ),
        pytest.param(
            hours("03:30", "05:00"), "2025-03-29T12:00", "2025-03-30T12:00",
            [("30 01:00", "30 02:00")], id="begins in a skipped hour: at the change",
        ),
        pytest.param(
            hours("02:00", "03:30"), "2025-03-29T12:00", "2025-03-30T12:00",
            [("30 00:00", "30 01:00")], id="ends in a skipped hour: at the change",
        ),
        pytest.param(
            hours("03:00", "04:00"), "2025-10-25T12:00", "2025-10-26T12:00",
            [("26 00:00", "26 02:00")], id="an hour that the clocks repeat",
        ),
        pytest.param(
            hours("22:00", "03:30"), "2025-10-25T12:00", "2025-10-26T12:00",
            [("25 19:00", "26 00:30"), ("26 01:00", "26 01:30")],
            id="ends in a repeated hour: both times",
        ),
        pytest.param(
            hours("02:00", "03:30"), "2025-10-25T12:00", "2025-10-26T12:00",
            [("25 23:00", "26 00:30"), ("26 01:00", "26 01:30")],
            id="the rest of the repeated hour is left out between",
        ),
        pytest.param(
            hours("03:30", "05:00"), "2025-10-25T12:00", "2025-10-26T12:00",
            [("26 00:30", "26 01:00"), ("26 01:30", "26 03:00")],
            id="begins in a repeated hour: both times",
        ),
        pytest.param(
            hours("00:00", "24:00", days=("sat",)), "2025-03-28T00:00", "2025-04-01T00:00",
            [("28 22:00", "29 22:00")], id="a whole weekday",
        ),
        pytest.param(
            hours("08:00", "16:00", zone="UTC"), "2025-06-01T00:00", "2025-06-02T00:00",
            [("01 08:00", "01 16:00")], id="a zone of its own",
        ),
        pytest.param(
            hours("23:00", "01:00", days=("sun",)), "2025-06-01T00:00", "2025-06-03T00:00",
            [("01 20:00", "01 22:00")], id="the weekday is that of the beginning",
        ),
    ],
)  # fmt: skip
def test_recurring_hours(
    rule: Hours, begins: str, ends: str, expected: list[tuple[str, str]]
) -> None:
    assert found(rule, begins, ends) == expected


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([KYIV, "Australia/Lord_Howe", "America/Havana", "Africa/Casablanca"]),
    st.integers(0, 24 * 12 - 1), st.integers(1, 24 * 12), st.integers(0, 364),
    st.sampled_from([(), ("sun",), ("sat", "mon")]),
)  # fmt: skip
def test_recurring_hours_are_what_the_clock_shows(
    zone: str, first: int, last: int, day: int, days: tuple[str, ...]
) -> None:
    """Minute by minute, on any two days of a year, and on those of clock changes."""
    begins, ends = (f"{n // 12:02}:{n % 12 * 5:02}" for n in (first, last))
    rule = hours(begins, ends, days=days, zone=zone)
    tz = ZoneInfo(zone)
    for start in (utc("2025-01-01T00:00") + timedelta(days=day), *CHANGES):
        within = start, start + timedelta(days=2)
        found = recurring([rule], within, KYIV)
        for number in range(0, 2 * 1440, 5):
            moment = start + timedelta(minutes=number, seconds=30)
            clock = moment.astimezone(tz)
            shown = f"{clock:%H:%M}"
            before = clock.date() - timedelta(days=1)
            if begins < ends:
                on, since = begins <= shown < ends, clock.date()
            else:
                on = shown >= begins or shown < ends
                since = clock.date() if shown >= begins else before
            expected = on and (not days or WEEKDAYS[since.weekday()] in days)
            if begins >= ends and shown < ends and shown >= begins:
                continue
            assert any(a <= moment < b for a, b in found) is expected, (zone, moment)


def test_sets_of_intervals() -> None:
    a, b, c, d = (utc(f"2025-06-0{day}T00:00") for day in (1, 2, 3, 4))
    assert merged([(c, d), (a, b), (b, c), (d, d)]) == ((a, d),)
    assert merged([]) == ()
    assert intersected([(a, c)], [(b, d)]) == ((b, c),)
    assert intersected([(a, b)], [(b, c)]) == ()


def test_a_start_known_to_the_day_makes_the_first_day_possible_and_not_sure(
    agreed: Agreed,
) -> None:
    agreement = agreed(changed("from = 2025-03-01T00:00:00", "from = 2025-03-01"))
    (read,) = readings_of(agreement, agreement.clauses[0])
    assert read.possible == ((utc("2025-02-28T22:00"), utc("2025-03-31T21:00")),)
    assert read.sure == ((utc("2025-03-01T22:00"), utc("2025-03-30T21:00")),)


def test_a_window_of_its_own_known_to_the_day_is_sure_only_after_it(agreed: Agreed) -> None:
    text = changed("windows = []", "windows = [{ from = 2025-03-20, to = 2025-03-25 }]")
    agreement = agreed(text)
    (read,) = readings_of(agreement, agreement.clauses[0])
    assert read.possible == ((utc("2025-03-19T22:00"), utc("2025-03-25T22:00")),)
    assert read.sure == ((utc("2025-03-20T22:00"), utc("2025-03-24T22:00")),)


def test_hours_narrow_what_is_sure_and_what_is_possible_alike(agreed: Agreed) -> None:
    rule = 'hours = [{ from = "08:00", to = "10:00", days = ["sat"] }]'
    agreement = agreed(changed("hours = []", rule).replace("T00:00:00", ""))
    (read,) = readings_of(agreement, agreement.clauses[0])
    days = [1, 8, 15, 22, 29]
    every = [(utc(f"2025-03-{day:02}T06:00"), utc(f"2025-03-{day:02}T08:00")) for day in days]
    assert list(read.possible) == every
    assert list(read.sure) == every[1:]


def test_a_clause_with_a_window_of_its_own_applies_within_both(agreed: Agreed) -> None:
    text = changed("windows = []", "windows = [{ from = 2025-03-20T12:00:00 }]")
    agreement = agreed(text)
    (read,) = readings_of(agreement, agreement.clauses[0])
    assert read.sure == ((utc("2025-03-20T10:00"), utc("2025-03-30T21:00")),)
