"""How much was being reported on each day, as a case tells it."""

from __future__ import annotations

from datetime import date

import pytest

from holdfire.case.effort import parse_effort


def test_days_and_effort() -> None:
    found, problems = parse_effort("effort,day,note\n12,2025-03-18,all on duty\n0.5,2025-03-19,\n")
    assert problems == []
    assert found == {date(2025, 3, 18): 12.0, date(2025, 3, 19): 0.5}


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("date,effort\n2025-03-18,1\n", "effort.csv", 'no column "day"; it has: date, effort'),
        ("", "effort.csv", 'no column "day"; it has: none'),
        ("day,effort\n31.02.2025,1\n", "effort.csv:2", "is no day and effort"),
        ("day,effort\n2025-03-18,many\n", "effort.csv:2", "is no day and effort"),
        ("day,effort\n2025-03-18\n", "effort.csv:2", "is no day and effort"),
        ("day,effort\n2025-03-18,-1\n", "effort.csv:2", "effort -1: expected 0 or more"),
        ("day,effort\n2025-03-18,inf\n", "effort.csv:2", "expected 0 or more"),
        ("day,effort\n2025-03-18,1\n2025-03-18,2\n", "effort.csv:3", "stands there twice"),
        ("day,effort\n2025-03-18,0\n", "effort.csv", "no day has any effort"),
        ("day,effort\n", "effort.csv", "no day has any effort"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(text: str, where: str, why: str) -> None:
    _, (problem,) = parse_effort(text)
    assert problem.where == where
    assert why in problem.message
