"""A series of one's own held against the days before: what it says, refuses and sets aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfire.comparing import Comparison, Question, compare
from holdfire.errors import HoldfireError
from tests.cli.command import holdfire

FIRST, EFFECT = date(2031, 1, 1), date(2031, 5, 1)


def series(folder: Path, count: Callable[[date], float | str | None], days: int = 150) -> Path:
    lines = ["when,shells"]
    for step in range(days):
        day = FIRST + timedelta(days=step)
        if (value := count(day)) is not None:
            lines.append(f"{day},{value}")
    path = folder / "series.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def asked(**given: Any) -> Question:
    whole = {"effect": EFFECT, "many": "shells", "day": "when", "count": "shells", **given}
    return Question(**whole)


def halved(day: date) -> float:
    """Return some 20 a day, and 10 in effect, a little more on some days of the month."""
    return (20 + day.day % 5) * (0.5 if day >= EFFECT else 1)


@pytest.fixture
def half(tmp_path: Path) -> Path:
    return series(tmp_path, halved)


def test_half_is_half(half: Path) -> None:
    found = compare(half, asked())
    assert (found.first, found.last) == (FIRST, date(2031, 5, 30))
    assert found.baseline == (date(2031, 4, 1), date(2031, 4, 30))
    assert found.days == (30, 30)
    assert found.means == pytest.approx((22, 11), abs=0.1)
    assert found.change.low is not None
    assert found.change.high is not None
    assert 0.4 < found.change.low < 0.5 < found.change.high < 0.6
    assert found.sentence.startswith("Shells fell to 11 a day from 22")
    assert "a rank needs at least 4 times as many" in found.rank.refused


def test_a_run_up_is_left_out(tmp_path: Path) -> None:
    def surge(day: date) -> float:
        return 200 if date(2031, 4, 20) <= day < EFFECT else halved(day)

    path = series(tmp_path, surge)
    assert compare(path, asked()).means[0] == pytest.approx(87, abs=3)
    quiet = compare(path, asked(announced=date(2031, 4, 20)))
    assert quiet.means[0] == pytest.approx(22, abs=0.3)
    assert quiet.baseline == (date(2031, 3, 21), date(2031, 4, 19))


def test_a_day_without_a_figure_is_not_a_quiet_day(tmp_path: Path) -> None:
    path = series(tmp_path, lambda day: None if day.day == 7 else halved(day))
    found = compare(path, asked())
    assert found.days == (29, 29)
    assert found.means[1] == pytest.approx(11, abs=0.1)


def test_rows_that_count_one_each_leave_quiet_days(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    days = [FIRST + timedelta(days=step) for step in range(150)]
    rows = [f"{day} 20:00,x" for day in days for _ in range(0 if day.day % 7 == 0 else 3)]
    path.write_text("\n".join(["when,what", *rows, ""]), encoding="utf-8")
    found = compare(path, asked(count=None))
    assert found.days == (30, 30)
    assert found.means[1] == pytest.approx(3 * 26 / 30)


def test_no_event_in_effect_has_an_upper_end_alone(tmp_path: Path) -> None:
    found = compare(series(tmp_path, lambda day: 0 if day >= EFFECT else 6), asked())
    assert found.change.low == 0
    assert found.change.high is not None
    assert found.change.high < 0.1
    assert "at most" in found.sentence


def test_nothing_is_compared_across_a_break(half: Path) -> None:
    found = compare(half, asked(breaks=(date(2031, 4, 28),)))
    assert "whole day" in found.change.refused or "break" in found.change.refused
    assert found.change.low is None
    assert "cannot be told" in found.sentence


def test_rows_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    path = series(tmp_path, lambda day: "many" if day == EFFECT else halved(day))
    with path.open("a", encoding="utf-8") as file:
        file.write("31.02.2031,4\n2031-05-02,-3\n2031-05-03,nan\n,1\n")
    found = compare(path, asked())
    assert found.table.rows == 154
    assert found.table.aside == [
        (122, '"many" is no count of 0 or more'),
        (152, '"31.02.2031" is no day such as 2025-03-18'),
        (153, '"-3" is no count of 0 or more'),
        (154, '"nan" is no count of 0 or more'),
        (155, '"" is no day such as 2025-03-18'),
    ]
    assert "154 rows, 5 set aside" in found.text()
    assert found.days == (30, 29)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("when,rounds\n2031-01-01,4\n", 'no column "shells"'),
        ("when,shells\n", "no row has a day and a count"),
        ("", 'no column "when"'),
        ("when,shells\n0031-01-01,4\n2031-01-01,4\n", "mistyped"),
        ("when,shells\n2031-01-01,\xff\n", "cannot be read"),
    ],
)
def test_a_file_that_is_no_series(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(HoldfireError, match=why):
        compare(path, asked())


def test_announced_after_it_took_effect(half: Path) -> None:
    with pytest.raises(HoldfireError, match="after it took effect"):
        compare(half, asked(announced=date(2031, 5, 2)))


def test_effect_after_the_last_day_refuses(half: Path) -> None:
    found = compare(half, asked(effect=date(2032, 1, 1)))
    assert found.change.low is None
    assert found.change.refused


def test_exchanging_before_and_after_is_the_reciprocal(tmp_path: Path) -> None:
    def flat(low: float, high: float) -> Comparison:
        path = series(tmp_path, lambda day: high if day >= EFFECT else low)
        return compare(path, asked(before=30))

    up, down = flat(10, 20).change, flat(20, 10).change
    assert up.low is not None
    assert down.high is not None
    assert up.low * down.high == pytest.approx(1, rel=1e-6)


def test_at_the_terminal(half: Path) -> None:
    args: list[str | Path] = ["compare", half, "--of", "shells", "--effect", "2031-05-01"]
    columns = ["--day", "when", "--count", "shells"]
    done = holdfire(*args, *columns)
    assert done.code == 0
    assert "in effect  1 May 2031 to 30 May 2031, 30 days: 11" in done.out
    assert "Nothing here says why it changed" in done.out
    found = json.loads(holdfire(*args, *columns, "--json").out)
    assert found["change"]["low"] < 0.5 < found["change"]["high"]
    assert found["days_in_effect"] == 30
    wrong = holdfire(*args[:5], "soon")
    assert wrong.code == 2
    assert "write it as 2025-03-18" in wrong.err
