"""Laws of a whole run with the matching itself: copies, order of rows, exchanged parties."""

from __future__ import annotations

import random
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfire.pipeline import Run, run

CASE = Path(__file__).parents[2] / "examples" / "simulated-front"
TABLE = "reports/simulated-reports.csv"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def done(folder: Path, lines: list[str], *, exchanged: bool = False) -> Run:
    """Run the simulated case with other lines in its table, or with its parties exchanged."""
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("out"))
    (folder / TABLE).write_text("".join(lines), encoding="utf-8", newline="")
    # A salt of its own: without one, ids follow from all that was supplied.
    text = (folder / "case.toml").read_text(encoding="utf-8")
    salted = text.replace("[publication]", '[publication]\nsalt = "x"')
    (folder / "case.toml").write_text(salted, encoding="utf-8")
    for path in sorted(folder.rglob("*")) if exchanged else ():
        if path.suffix in (".toml", ".csv", ".geojson"):
            path.write_bytes(exchange(path.read_text(encoding="utf-8")).encode())
    return run(folder, now=NOW)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return (CASE / TABLE).read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def plain(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    return done(tmp_path_factory.mktemp("plain") / "case", lines)


def test_some_things_are_told_twice(plain: Run) -> None:
    merged = plain.answer.merged
    assert merged is not None
    assert merged.low <= merged.expected <= merged.high
    assert merged.low <= merged.incidents <= merged.high
    assert merged.incidents < merged.reports


def test_the_order_of_rows_changes_nothing(plain: Run, lines: list[str], tmp_path: Path) -> None:
    rows = lines[1:]
    random.Random(1).shuffle(rows)  # noqa: S311 - no secret
    other = done(tmp_path / "case", [lines[0], *rows])
    assert other.answer.clauses == plain.answer.clauses
    assert other.answer.merged == plain.answer.merged


def test_exact_copies_change_no_figure(plain: Run, lines: list[str], tmp_path: Path) -> None:
    copies = [line for line in lines[1:] if re.match(r"SIM-00\d[05],", line)]
    assert len(copies) > 10
    other = done(tmp_path / "case", [*lines, *copies])
    assert other.answer.clauses == plain.answer.clauses


def test_exchanging_the_parties_exchanges_the_figures(
    plain: Run, lines: list[str], tmp_path: Path
) -> None:
    other = done(tmp_path / "case", lines, exchanged=True)
    assert other.answer.merged == plain.answer.merged
    mine = {exchange(one.clause): one for one in plain.answer.clauses}
    for clause in other.answer.clauses:
        twin = mine[clause.clause]
        assert [one.tallies for one in other.answer.clauses if one.clause == clause.clause] == [
            one.tallies for one in plain.answer.clauses if one.clause == twin.clause
        ]
    held = {(one.clause, party.party, party.responsibility, party.tally)
            for one in other.answer.clauses for party in one.by_party}  # fmt: skip
    assert held == {
        (exchange(one.clause), exchange(party.party or "") or None, party.responsibility,
         party.tally)
        for one in plain.answer.clauses for party in one.by_party
    }  # fmt: skip


def exchange(text: str) -> str:
    """Return a text with the two parties' names exchanged."""
    words = {"north": "south", "south": "north", "North": "South", "South": "North"}
    return re.sub(r"([Nn]orth|[Ss]outh)(?=land)", lambda found: words[found.group()], text)
