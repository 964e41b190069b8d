"""Days and times as texts write them."""

from __future__ import annotations

from datetime import date

import pytest

from holdfire.statements.draft.when import moments, time_zone

from .told import told

DAY = date(2025, 3, 13)  # a Thursday


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("on 18 March", ["2025-03-18"]),
        ("on March 18, 2024", ["2024-03-18"]),
        ("on the 3rd of May", ["2025-05-03"]),
        ("from 30 December", ["2024-12-30"]),
        ("at 10 p.m. on 27 July 1953", ["1953-07-27T22:00"]),
        ("from 6 p.m. Moscow time on 19 April", ["2025-04-19T18:00 Europe/Moscow"]),
        ("at 9:45 pm Khartoum time on 22 May", ["2025-05-22T21:45 Africa/Khartoum"]),
        ("on Saturday, 15 March, at 08:30 GMT", ["2025-03-15T08:30 UTC"]),
        ("at 5 p.m. Indian time (1130 GMT) on 10 May", ["2025-05-10T17:00 Asia/Kolkata"]),
        ("at noon on 1 May", ["2025-05-01T12:00"]),
        ("from midnight on 8 May to midnight on 11 May", ["2025-05-08T00:00", "2025-05-11T00:00"]),
        ("at one minute past midnight on 8 May", ["2025-05-08T00:01"]),
        ("the midnight of 24/25 February", ["2025-02-25T00:00"]),
        ("at one in the morning on 8 May", ["2025-05-08T01:00"]),
        ("at eleven o'clock at night on 8 May", ["2025-05-08T23:00"]),
        ("since 1700 hours on 10 May", ["2025-05-10T17:00"]),
        ("tomorrow", ["2025-03-14"]),
        ("on 31 February", []),
        ("25:00 and 8 a week", []),
        ("they may 3 times march 12 miles", []),
    ],
)  # fmt: skip
def test_moments(text: str, values: list[str]) -> None:
    assert [one.value() for one in moments(text, DAY) if one.day] == values


@pytest.mark.parametrize(
    ("text", "past", "value"),
    [
        ("Tuesday", True, "2025-03-11"),
        ("Tuesday", False, "2025-03-18"),
        ("Tuesday", None, "2025-03-11"),
        ("Saturday", None, "2025-03-15"),
        ("Thursday", True, "2025-03-13"),
        ("last Thursday", None, "2025-03-06"),
        ("next Thursday", None, "2025-03-20"),
    ],
)
def test_weekdays_by_tense(text: str, past: bool | None, value: str) -> None:
    assert [one.value() for one in moments(text, DAY, past=past)] == [value]


def test_midnight_ends_a_weekday_and_begins_a_date() -> None:
    (sunday,) = moments("midnight on Sunday", DAY)
    assert sunday.value(ending=True) == "2025-03-17T00:00"
    (dated,) = moments("midnight on 16 March", DAY)
    assert dated.value(ending=True) == "2025-03-16T00:00"


def test_without_a_day_of_the_text_only_full_dates_are_told() -> None:
    found = moments("on Tuesday, on 3 May, on 3 May 2024", None)
    assert [one.value() for one in found] == ["2024-05-03"]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Moscow time", "Europe/Moscow"), ("Kyiv time", "Europe/Kyiv"), ("GMT", "UTC"),
        ("Bogota time", "America/Bogota"), ("local time", "local"), ("peace time", None),
    ],
)  # fmt: skip
def test_time_zones(words: str, zone: str | None) -> None:
    assert time_zone(words) == zone


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 1, 4), date(9999, 12, 29)])
def test_days_at_the_edges_of_the_calendar_raise_nothing(day: date) -> None:
    text = (
        "The truce began yesterday at midnight, ends tomorrow or next Monday, last Tuesday, on "
        "Friday at midnight, on the 31st, on 1 January, on New Year's Eve, or tonight at midnight."
    )
    for one in moments(text, day):
        one.value(ending=True)
        one.value(closing=True)
    told(text, day)
