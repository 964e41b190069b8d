"""Question 1, time, on literal rows with their edge cases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.assess.conftest import END, MINUTE, PLAIN, START, compiled, verdict

TIMES: list[tuple[str, datetime | None, datetime | None, str]] = [
    ("inside", START + MINUTE, END - MINUTE, "yes"),
    ("exactly the window", START, END, "yes"),
    ("ends as it begins", START - MINUTE, START, "no"),
    ("begins as it ends", END, END + MINUTE, "no"),
    ("over the start", START - MINUTE, START + MINUTE, "unknown"),
    ("over the end", END - MINUTE, END + MINUTE, "unknown"),
    ("over all of it", START - MINUTE, END + MINUTE, "unknown"),
    ("before", START - 2 * MINUTE, START - MINUTE, "no"),
    ("after", END + MINUTE, END + 2 * MINUTE, "no"),
    ("begin not known, ends inside", None, START + MINUTE, "unknown"),
    ("begin not known, ends before", None, START, "no"),
    ("end not known, begins inside", END - MINUTE, None, "unknown"),
    ("end not known, begins after", END, None, "no"),
    ("nothing known", None, None, "unknown"),
]


@pytest.mark.parametrize(("what", "begins", "ends", "expected"), TIMES, ids=[c[0] for c in TIMES])
def test_time(what: str, begins: datetime | None, ends: datetime | None, expected: str) -> None:
    assert verdict(compiled(PLAIN), "time", occurred_from=begins, occurred_to=ends) == expected


def test_an_end_not_known_is_not_inside_even_an_open_window() -> None:
    made = compiled(PLAIN, end="")
    assert verdict(made, "time", occurred_from=END, occurred_to=None) == "unknown"
    assert verdict(made, "time", occurred_from=END, occurred_to=END + MINUTE) == "yes"


def test_a_date_only_start_leaves_its_day_open() -> None:
    made = compiled(PLAIN, start="2025-03-10")
    first = {"occurred_from": START, "occurred_to": START + timedelta(days=1)}
    later = {"occurred_from": START + timedelta(days=1), "occurred_to": START + timedelta(days=2)}
    early = {"occurred_from": START - MINUTE, "occurred_to": START}
    assert verdict(made, "time", **first) == "unknown"
    assert verdict(made, "time", **later) == "yes"
    assert verdict(made, "time", **early) == "no"


NIGHTS = [
    ("in one night", "2025-03-12T20:30", "2025-03-12T21:00", "yes"),
    ("over midnight", "2025-03-12T22:30", "2025-03-13T01:00", "yes"),
    ("by day", "2025-03-12T06:00", "2025-03-12T18:00", "no"),
    ("into the evening", "2025-03-12T18:00", "2025-03-12T20:30", "unknown"),
    ("two nights and the day between", "2025-03-12T21:00", "2025-03-13T21:00", "unknown"),
]


@pytest.mark.parametrize(("what", "begins", "ends", "expected"), NIGHTS, ids=[c[0] for c in NIGHTS])
def test_every_night(what: str, begins: str, ends: str, expected: str) -> None:
    made = compiled(
        PLAIN + 'hours = [{ from = "22:00", to = "06:00" }]\n', local_time="Europe/Kyiv"
    )
    span = [datetime.fromisoformat(f"{text}+00:00") for text in (begins, ends)]
    assert verdict(made, "time", occurred_from=span[0], occurred_to=span[1]) == expected


def test_hours_of_a_permit_hold_in_the_span_before_too() -> None:
    permit = 'permits = [{ wording = "p", hours = [{ from = "10:00", to = "12:00" }] }]\n'
    made = compiled(PLAIN + permit)
    for days, question in ((1, "verdict"), (-5, "verdict_before")):
        at = START + timedelta(days=days, hours=10)
        allowed = {"occurred_from": at, "occurred_to": at + MINUTE}
        later = {"occurred_from": at + 120 * MINUTE, "occurred_to": at + 121 * MINUTE}
        assert verdict(made, question, **allowed) == "no"
        assert verdict(made, question, **later) == "yes"


def test_the_clocks_go_back_and_hours_are_what_they_show() -> None:
    """Until 03:30 of a night in which 03:00 to 04:00 comes twice: 03:30 to 04:00 is outside."""
    made = compiled(
        PLAIN + 'hours = [{ from = "02:00", to = "03:30" }]\n', local_time="Europe/Kyiv",
        start="2025-10-20T00:00:00", end="at = 2025-10-30T00:00:00",
    )  # fmt: skip
    clock = {"23:10": "yes", "00:10": "yes", "00:40": "no", "01:10": "yes", "01:40": "no"}
    for text, expected in clock.items():
        day = 25 if text == "23:10" else 26
        at = datetime.fromisoformat(f"2025-10-{day}T{text}+00:00")
        assert verdict(made, "time", occurred_from=at, occurred_to=at + MINUTE) == expected, text
