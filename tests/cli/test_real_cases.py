"""The bundled agreements on public data that is not shipped."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from holdfire.engines.store import query
from holdfire.pipeline import Run, run
from holdfire.tables.answer import ClauseAnswer

pytestmark = [pytest.mark.real, pytest.mark.slow]

EXAMPLES = Path(__file__).parents[2] / "examples"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
ATTACKS = Path("missile_attacks") / "missile_attacks_daily.csv"


@pytest.fixture
def data() -> Path:
    near = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("HOLDFIRE_DATA") or near)
    if not folder.is_dir():
        pytest.skip("public data is absent: set HOLDFIRE_DATA to its folder to run this test")
    return folder


def answered(name: str, target: Path, reports: Path | None = None) -> Run:
    """Run a copy of a bundled case, with another file for its reports where one is given."""
    shutil.copytree(EXAMPLES / name, target, ignore=shutil.ignore_patterns("out"))
    if reports is not None:
        shutil.rmtree(target / "reports", ignore_errors=True)
        (target / "reports").mkdir()
        shutil.copy(reports, target / "reports")
    return run(target, now=LATER)


def figures(clause: ClauseAnswer) -> dict[str, tuple[float, float | None]]:
    return {tally.unit: (tally.certain, tally.possible) for tally in clause.tallies}


def test_the_bundled_table_and_the_public_file_give_one_answer(data: Path, tmp_path: Path) -> None:
    ours = answered("thirty-day-2025", tmp_path / "ours")
    theirs = answered("thirty-day-2025", tmp_path / "theirs", data / ATTACKS)
    checked = 0
    for one, other in zip(ours.answer.clauses, theirs.answer.clauses, strict=True):
        assert (one.clause, one.reading) == (other.clause, other.reading)
        if one.clause != "long-range":
            continue
        # What may be told twice is learnt from all of a file's reports: three years of them in
        # one, three months in the other.
        for unit, figure in figures(one).items():
            assert figure == pytest.approx(figures(other)[unit], rel=0.1), unit
        assert {"attack-row", "launch"} <= set(figures(one))
        assert figures(one)["attack-row"][0] > 0
        checked += 1
    assert checked == 2


def test_minsk_has_many_unknown_where_precision_carries_no_more(data: Path, tmp_path: Path) -> None:
    path = data / "ucdp" / "conflict_data_ukr_hdx_2021.csv"
    if not path.is_file():
        pytest.skip(f"{path.name} is absent")
    done = answered("minsk-2-2015", tmp_path / "case", path)
    assert done.answer.used > 900
    table = done.internal / "findings.parquet"
    counted = {
        row["verdict"]: row["many"]
        for row in query(
            f"SELECT verdict, count(*) AS many FROM '{table}' "
            "WHERE clause = 'contact-line' GROUP BY verdict"
        ).to_pylist()
    }
    assert counted["yes"] > 0
    assert counted["unknown"] > 2 * counted["yes"]


def test_the_energy_truce_answers_under_both_readings(data: Path, tmp_path: Path) -> None:
    done = answered("energy-2025", tmp_path / "case", data / ATTACKS)
    readings = {clause.reading for clause in done.answer.clauses}
    assert len(readings) == 2
    assert done.answer.reading_differences
    for clause in done.answer.clauses:
        assert clause.held_by
        assert clause.starts < clause.ends
    starts = {datetime.fromisoformat(clause.starts) for clause in done.answer.clauses}
    moscow = ZoneInfo("Europe/Moscow")
    days = {f"{moment.astimezone(moscow):%Y-%m-%d}" for moment in starts}
    assert days == {"2025-03-18", "2025-03-25"}
