"""Real reports of spring 2025: ten pairs that are one incident, and ten that are not.

The attack rows are those of the bundled case; the other reports are restated, with their source,
in ``spring_2025/told-by-others.csv``. Somebody who read the posts and articles judged the pairs.
"""

from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from holdfire.case import read_case
from holdfire.merge.matching import Matched, match
from holdfire.outcome import format_settings
from holdfire.sources import Seen, SourceFile, read, recognise
from holdfire.sources.adapter import Context
from holdfire.tables import report

CASE = Path(__file__).parents[2] / "examples" / "thirty-day-2025"
OTHERS = Path(__file__).parent / "spring_2025" / "told-by-others.csv"

SAME = [
    ("aj-1101-drones", "2025-02-28 17:30 Shahed-136/131"),
    ("ap-99-drones", "2025-03-23 18:00 Shahed-136/131"),
    ("aj-1128-drones", "2025-03-26 18:00 Shahed-136/131"),
    ("mod-kryvyi-rih", "2025-04-04 16:00 Ballistic Missile"),
    ("mod-sumy-iskander", "2025-04-13 09:00 Iskander-M/KN-23"),
    ("ki-sumy-hospitals", "cbs-sumy-hospital"),
    ("mod-sudzha", "mt-sudzha"),
    ("mod-sudzha", "nm-sudzha"),
    ("mod-sudzha", "pr-sudzha"),
    ("mt-sudzha", "pr-sudzha"),
]
DIFFERENT = [
    ("aj-1101-drones", "2025-02-27 17:00 Shahed-136/131"),  # 208 drones, the night before
    ("aj-1101-drones", "2025-03-01 17:00 Shahed-136/131"),  # 79 drones, the night after
    ("ap-99-drones", "2025-03-22 17:00 Shahed-136/131"),  # 147 drones, the night before
    ("ap-99-drones", "2025-03-24 16:00 Shahed-136/131"),  # 139 drones, the night after
    ("aj-1128-drones", "2025-03-25 18:00 Shahed-136/131"),  # 117 drones, the night before
    ("ap-sumy-missile", "ki-sumy-hospitals"),  # one town, five days apart
    ("mod-kropotkinskaya", "ap-99-drones"),  # one night, the two sides' drones
    ("mod-sudzha", "mod-kropotkinskaya"),
    ("mod-kryvyi-rih", "2025-04-04 18:00 Shahed-136/131"),  # 92 drones later that night
    ("mod-sumy-iskander", "ap-sumy-missile"),  # one town, three weeks apart
]


@cache
def _matched() -> tuple[pa.Table, Matched]:
    case = read_case(CASE)
    seen, batches = Seen(), []
    for path in (CASE / "reports" / "long-range-2025.csv", OTHERS):
        found = recognise(SourceFile(path, path.name))
        assert found.adapter == "own"
        context = Context(case.names(), case.words, format_settings(case, "own"))
        for batch in read(found, context, seen):
            assert batch.set_aside.num_rows == 0, batch.set_aside.to_pylist()
            batches.append(batch.reports)
    reports = pa.Table.from_batches(batches, report.SCHEMA)
    return reports, match(
        reports, case.words, case.ground.areas, may_repeat=lambda source, outlet: False
    )


def _group(name: str) -> int:
    reports, matched = _matched()
    for at, row in enumerate(reports.to_pylist()):
        when = f"{row['occurred_from']:%Y-%m-%d %H:%M} {row['weapon_name']}"
        if name in (row["event_id"], when):
            return int(matched.group[at])
    raise AssertionError(f"no report {name}")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_told_by_two(one: str, other: str) -> None:
    assert _group(one) == _group(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_that_look_alike(one: str, other: str) -> None:
    assert _group(one) != _group(other)


def test_rows_that_contradict_each_other_in_time_and_number_stay_apart() -> None:
    """Of so few reports no two may teach by themselves that a contradiction speaks for them."""
    case = read_case(CASE)
    reports, _ = _matched()
    bundled = reports.filter(pc.equal(reports["file"], "long-range-2025.csv"))
    assert bundled.num_rows == 139
    found = match(bundled, case.words, case.ground.areas, may_repeat=lambda source, outlet: False)
    joined = found.pairs.filter(found.pairs["joined"]).to_pylist()
    assert [row for row in joined if row["apart_h"] > 6 and row["quantity"] == "differ"] == []
    low, _, high = found.total
    assert low < high, "that some may be the same stays in the interval"
