"""The measures of a whole run, on an invented ceasefire that halved the rate of violence."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfire.pipeline import Run, run
from holdfire.tables.measured import Measured
from tests.cli.command import holdfire

NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "case"
    made = holdfire(
        "simulate", folder, "--regime", "sparse", "--effect", "0.5", "--days-before", "40",
        "--days", "25", "--per-day", "6", "--seed", "3",
    )  # fmt: skip
    assert made.code == 0
    # ids that do not follow from all that was supplied
    with (folder / "case.toml").open("a", encoding="utf-8") as file:
        file.write('\n[publication]\nsalt = "x"\n')
    return folder


@pytest.fixture(scope="module")
def plain(world: Path) -> Run:
    return run(world, now=NOW)


def changed(world: Path, folder: Path, change: Callable[[Path], None]) -> Run:
    """Run a copy of the world with something changed."""
    shutil.copytree(world, folder, ignore=shutil.ignore_patterns("out"))
    change(folder)
    return run(folder, now=NOW)


def only(done: Run) -> Measured:
    ((one,),) = (clause.measured for clause in done.answer.clauses)
    return one


def facts(done: Run) -> dict[str, Any]:
    """Return all measures as plain values."""
    answer = done.answer
    assert answer.sides is not None
    found: dict[str, Any] = json.loads(json.dumps({
        "clauses": [asdict(one) for one in answer.clauses],
        "sides": asdict(answer.sides),
        "lateness": [asdict(one) for one in answer.lateness],
    }))  # fmt: skip
    return found


def test_the_truth_is_within(world: Path, plain: Run) -> None:
    one = only(plain)
    assert one.ratio.low is not None
    assert one.ratio.high is not None
    assert one.ratio.low < 0.5 < one.ratio.high
    for part in (one.ratio_certain, one.ratio_possible):
        assert part.low is not None
        assert part.high is not None
        assert part.low < 0.5 < part.high
    assert one.days == ("2021-04-10", "2021-05-02")
    assert (one.days_in_effect, one.baseline_days) == (23 - len(one.provisional), 40)
    assert one.provisional
    assert "provisional" in one.sentence


def test_each_outlet_is_late_in_its_own_way(plain: Run) -> None:
    found = {one.outlet: one.half_after for one in plain.answer.lateness}
    assert list(found) == [
        "Events Project", "Field Monitors", "Northern Staff", "Southern Channel"
    ]  # fmt: skip
    assert found["Events Project"] == max(days or 0 for days in found.values())


def test_the_parties_exchanged(world: Path, plain: Run, tmp_path: Path) -> None:
    def swap(folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".toml", ".csv"):
                path.write_text(exchange(path.read_text(encoding="utf-8")), encoding="utf-8")

    other = changed(world, tmp_path / "case", swap)
    mirrored = json.loads(exchange(json.dumps(facts(plain))))
    assert unordered(facts(other)) == unordered(mirrored)


def exchange(text: str) -> str:
    """Return a text with the two parties' names exchanged."""
    words = {"north": "south", "south": "north", "North": "South", "South": "North"}
    return re.sub("[Nn]orth|[Ss]outh", lambda found: words[found.group()], text)


def unordered(value: Any) -> Any:
    """Return a value with its lists sorted: which party stands first says nothing."""
    if isinstance(value, dict):
        return {key: unordered(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(unordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def test_a_report_given_again_changes_no_measure(world: Path, plain: Run, tmp_path: Path) -> None:
    def again(folder: Path) -> None:
        for path in sorted((folder / "reports").iterdir()):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join([*lines, *lines[1::5]]), encoding="utf-8")

    other = changed(world, tmp_path / "case", again)
    assert other.answer.rows > plain.answer.rows
    assert facts(other) == facts(plain)


def test_nothing_is_compared_across_a_declared_break(world: Path, tmp_path: Path) -> None:
    def declared(folder: Path) -> None:
        text = (folder / "case.toml").read_text(encoding="utf-8")
        broken = 'days = 40\nbreaks = [{ day = 2021-04-05, why = "a list was added" }]'
        assert "days = 40" in text
        (folder / "case.toml").write_text(text.replace("days = 40", broken), encoding="utf-8")

    one = only(changed(world, tmp_path / "case", declared))
    assert one.ratio.low is None
    assert one.ratio.high is None
    assert "whole days before can be compared" in one.ratio.refused


def test_half_the_effort_before_is_no_fall(world: Path, plain: Run, tmp_path: Path) -> None:
    def told(folder: Path) -> None:
        first = date(2021, 3, 1)
        days = [first + timedelta(days=at) for at in range(70)]
        rows = [f"{day},{2 if day < date(2021, 4, 10) else 1}" for day in days]
        (folder / "effort.csv").write_text("\n".join(["day,effort", *rows, ""]), encoding="utf-8")

    one, same = only(changed(world, tmp_path / "case", told)), only(plain)
    for mine, theirs in ((one.ratio_certain, same.ratio_certain), (one.ratio, same.ratio)):
        assert mine.low is not None
        assert theirs.low is not None
        assert mine.low == pytest.approx(2 * theirs.low, rel=0.02)
    assert one.per_day == same.per_day


def test_cells_know_places_no_finer_than_the_public_does(
    world: Path, plain: Run, tmp_path: Path
) -> None:
    def marked(folder: Path) -> None:
        for path in sorted((folder / "reports").iterdir()):
            head, *rows = path.read_text(encoding="utf-8").splitlines()
            lines = [f'{head},"sensitive"', *(f"{row},true" for row in rows)]
            path.write_text("\n".join([*lines, ""]), encoding="utf-8")

    def size(done: Run) -> int:
        ((unit,),) = (clause.cells for clause in done.answer.clauses)
        assert unit.hotspots is not None
        return unit.hotspots.resolution

    tender = changed(world, tmp_path / "case", marked)
    assert tender.answer.clauses[0].tallies == plain.answer.clauses[0].tallies
    # disks five kilometres wider lie whole in larger cells only
    assert size(tender) < size(plain)


def test_what_waits_is_in_no_measure(world: Path, plain: Run, tmp_path: Path) -> None:
    """Measures are public: what is too new to be published is left out of them."""
    folder = tmp_path / "case"
    shutil.copytree(world, folder, ignore=shutil.ignore_patterns("out"))
    early = run(folder, now=datetime(2021, 4, 28, 12, tzinfo=UTC))
    assert only(early).days == ("2021-04-10", "2021-04-26")
    assert only(plain).days == ("2021-04-10", "2021-05-02")
    counted = [sum(one.incidents for one in done.answer.lateness) for done in (early, plain)]
    assert counted[0] < counted[1]
