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
