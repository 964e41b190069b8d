"""The energy truce of spring 2025 in two series that know nothing of targets: what changed then.

Neither says whether the truce was kept: an alert is a warning, not a strike, and a row of the
attack table tells of weapons launched, not of what they were aimed at.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfire.pipeline import run
from holdfire.tables.measured import Measured
from tests.cli.command import holdfire
from tests.cli.test_real_cases import ATTACKS, EXAMPLES, data

pytestmark = [pytest.mark.real, pytest.mark.slow]
__all__ = ["data"]

ALERTS = Path("air_raid_alerts") / "daily_region_alert_hours.csv"
HOURS = "oblast-hours of air-raid alert (warnings, not strikes)"
WINDOWS = [("2025-03-18", "2025-03-11"), ("2025-03-25", "2025-03-18")]
ANY_TARGET = """
[[clauses]]
id = "long-range"
title = "long-range strikes on anything"
wording = "not a clause of the truce: what its table of attacks can tell, whatever the target"
text = "kremlin-list"
acts = ["long-range-strike"]
"""


@pytest.mark.parametrize(("effect", "announced"), WINDOWS)
def test_hours_of_alert(data: Path, effect: str, announced: str) -> None:
    path = data / ALERTS
    if not path.is_file():
        pytest.skip(f"{path.name} is absent")
    args = ["--effect", effect, "--announced", announced, "--until", "2025-04-17"]
    said = holdfire(
        "compare", path, "--of", HOURS, "--count", "alert_hours", *args, "--json"
    )  # fmt: skip
    assert said.code == 0
    found = json.loads(said.out)
    # of 24 oblasts with 24 hours each: some 8 hours each before, some 6 and a half after
    assert 150 < found["in_effect_per_day"] < found["before_per_day"] < 200
    assert 0.7 < found["change"]["low"] < 0.85 < found["change"]["high"] < 1
    # and yet changes as large are common: three years of dates say so
    assert found["dates_tried"] > 1_000
    assert 0.5 < found["rank"]["low"] <= found["rank"]["high"] < 0.8
    assert found["sentence"].startswith(
        "Oblast-hours of air-raid alert (warnings, not strikes) fell"
    )


def test_rows_of_long_range_attacks(data: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(EXAMPLES / "energy-2025", case, ignore=shutil.ignore_patterns("out", "reports"))
    (case / "reports").mkdir()
    shutil.copy(data / ATTACKS, case / "reports")
    with (case / "agreement.toml").open("a", encoding="utf-8") as file:
        file.write(ANY_TARGET)
    answer = run(case, now=datetime(2026, 1, 1, tzinfo=UTC)).answer
    found: dict[str, Measured] = {
        one.reading: measured
        for one in answer.clauses
        if one.clause == "long-range"
        for measured in one.measured
        if measured.unit == "attack-row"
    }
    assert set(found) == {"from-18-march", "from-25-march"}
    for one in found.values():
        assert one.ratio.low is not None
        assert one.ratio.high is not None
        # a third more or a third fewer: neither a fall nor a rise can be told
        assert 0.3 < one.ratio.low < 1 < one.ratio.high < 2.5
        assert one.dates_tried > 500
        assert one.rank.low is not None
        assert one.rank.high is not None
        assert one.rank.high < 0.95
        assert one.sentence.startswith("Attack rows may have fallen or risen")
