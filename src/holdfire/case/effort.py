"""``effort.csv``: how much was being reported each day, so that less of it passes for no calm.

Two columns: ``day`` (2025-03-18) and ``effort`` in any unit that is proportional to what would be
seen of equal violence: observers on duty, patrols, hours of drone flight. A day without a row is
a day on which nobody looked.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from math import isfinite

from holdfire.errors import Problem, shown

FILE = "effort.csv"
COLUMNS = ("day", "effort")


def parse_effort(text: str) -> tuple[Mapping[date, float], list[Problem]]:
    """Return the effort of each day, and everything that is wrong with the file."""
    rows = csv.DictReader(StringIO(text))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        had = ", ".join(rows.fieldnames or ["none"])
        return {}, [Problem(FILE, f'no column "{missing[0]}"; it has: {had}')]
    found: dict[date, float] = {}
    problems = []
    for row in rows:
        where = f"{FILE}:{rows.line_num}"
        try:
            day = date.fromisoformat((row["day"] or "").strip())
            effort = float((row["effort"] or "").strip())
        except ValueError:
            said = shown(f"{row['day']},{row['effort']}")
            problems.append(Problem(where, f"{said} is no day and effort, as in 2025-03-18,12"))
            continue
        if not isfinite(effort) or effort < 0:
            problems.append(Problem(where, f"effort {effort:g}: expected 0 or more"))
        elif day in found:
            problems.append(Problem(where, f"{day} stands there twice"))
        else:
            found[day] = effort
    if not problems and not any(found.values()):
        problems.append(Problem(FILE, "no day has any effort", "leave the file out"))
    return found, problems
