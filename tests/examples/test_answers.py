"""What the bundled cases answer, end to end."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfire.pipeline import run
from holdfire.tables.answer import Answer, ClauseAnswer

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def answer(name: str, folder: Path, reports: Path | None = None) -> Answer:
    """Run a copy of a case, with another file of reports in place of its own where given."""
    copy = folder / name
    shutil.copytree(EXAMPLES / name, copy, ignore=shutil.ignore_patterns("out"))
    if reports is not None:
        shutil.rmtree(copy / "reports", ignore_errors=True)
        (copy / "reports").mkdir()
        shutil.copy(reports, copy / "reports")
    return run(copy, now=NOW).answer


def clause(found: Answer, name: str, reading: str) -> ClauseAnswer:
    (one,) = (part for part in found.clauses if (part.clause, part.reading) == (name, reading))
    return one


def counts(found: ClauseAnswer) -> dict[str, tuple[float, float | None, float, float | None]]:
    return {
        tally.unit: (tally.certain, tally.possible, tally.before_certain, tally.before_possible)
        for tally in found.tallies
    }


LONG_RANGE = {"attack-row": (38, 49, 54, 66), "launch": (3191, 3419, 4622, 4782)}
"""Certain and possible rows, then the same for the 30 days before. Worked out from the attack table
by a few lines of plain Python as well, without holdfire, with the same result."""


def told_by_rows(found: ClauseAnswer) -> bool:
    """Whether the figures are those of the rows, but for the few that may be told twice.

    Each outlet's list has each attack once. So next to nothing merges: what one command says of its
    own region may be a part of what the Air Force says of the same night.
    """
    return all(
        0.85 * low <= certain <= low and 0.95 * high <= (possible or 0.0) <= 1.03 * high
        for unit, figures in LONG_RANGE.items()
        for (low, high), (certain, possible) in zip(
            (figures[:2], figures[2:]), (counts(found)[unit][:2], counts(found)[unit][2:]),
            strict=True,
        )
    )  # fmt: skip


@pytest.mark.parametrize("reading", ["calendar-days", "720-hours"])
def test_long_range_strikes_that_would_have_counted(tmp_path: Path, reading: str) -> None:
    found = answer("thirty-day-2025", tmp_path)
    assert found.status == "never in effect"
    assert found.counterfactual
    assert (found.rows, found.used) == (139, 139)
    assert told_by_rows(clause(found, "long-range", reading))
    for silent in ("frontline", "black-sea"):
        assert not clause(found, silent, reading).informed
        assert clause(found, silent, reading).tallies == () or not any(
            tally.certain for tally in clause(found, silent, reading).tallies
        )


def public(name: str) -> Path:
    """Return a file of public data that is not shipped, or skip."""
    near = Path(__file__).parents[3] / "shared" / "data"
    path = Path(os.environ.get("HOLDFIRE_DATA") or near) / name
    if not path.is_file():
        pytest.skip("public data is absent: set HOLDFIRE_DATA to its folder to run this test")
    return path


@pytest.mark.real
def test_the_attack_table_itself_gives_the_same_answer(tmp_path: Path) -> None:
    table = public("missile_attacks/missile_attacks_daily.csv")
    found = answer("thirty-day-2025", tmp_path, table)
    for reading in ("calendar-days", "720-hours"):
        assert told_by_rows(clause(found, "long-range", reading))


def test_the_energy_truce_differs_by_reading(tmp_path: Path) -> None:
    found = answer("energy-2025", tmp_path)
    early = counts(clause(found, "energy", "from-18-march"))["incident"]
    late = counts(clause(found, "energy", "from-25-march"))["incident"]
    assert early[:2] == (6, 7), "certain: all but the night of 18 March, whose day is open"
    assert late[:2] == (5, 5), "without those of 18 to 21 March"


@pytest.mark.real
def test_fatal_events_answer_minsk_with_many_unknown(tmp_path: Path) -> None:
    table = public("ucdp/conflict_data_ukr_hdx_2021.csv")
    found = answer("minsk-2-2015", tmp_path, table)
    for reading in ("russia-bound", "russia-mediates"):
        certain, possible, _, _ = counts(clause(found, "contact-line", reading))["fatal-event"]
        assert possible is not None
        assert 0 < certain < possible / 10
    for band in ("artillery", "rockets", "heavy-rockets"):
        assert not clause(found, f"withdrawal-{band}", "as-written").informed


@pytest.mark.parametrize("name", ["easter-2025", "minsk-2-2015", "sudan-jeddah-2023"])
def test_without_reports_nothing_is_known(tmp_path: Path, name: str) -> None:
    found = answer(name, tmp_path)
    assert found.rows == 0
    assert not any(part.informed for part in found.clauses)


def test_the_simulated_case_has_an_answer_of_every_kind_to_every_clause(tmp_path: Path) -> None:
    found = answer("simulated-front", tmp_path)
    assert found.simulated
    assert sum(file.set_aside for file in found.files) == 10
    for part in found.clauses:
        assert part.informed, part.clause
        assert any(tally.certain for tally in part.tallies), f"{part.clause}: nothing certain"
        assert any(
            tally.possible is None or tally.possible > tally.certain for tally in part.tallies
        ), f"{part.clause}: no doubt"
    assert found.merged is not None
    assert found.merged.reports - 80 < found.merged.incidents < found.merged.reports - 25
    assert dict(found.unknown_places) == {"Old Quay": 1}
    assert dict(found.unknown_actors) == {"men without insignia": 1}
