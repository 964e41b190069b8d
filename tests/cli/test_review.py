"""Reviewing pairs and laying them open, as a person does it at a terminal."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pyarrow.parquet as pq
import pytest

from holdfire.case import read_case
from holdfire.case.decisions import DECISIONS
from holdfire.pipeline import run
from holdfire.reviewing import review_case
from tests.cli.command import Said, holdfire

CASE = Path(__file__).parents[2] / "examples" / "simulated-front"
LATER = datetime(2026, 1, 1, tzinfo=UTC)
WIRE = (
    "SIM-WIRE,Two shells fell on the market of the small town on Saturday before noon and nobody "
    "was hurt as the police of the district said"
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The simulated case with ids that stay, run once; with one text that two outlets carry."""
    folder = tmp_path_factory.mktemp("review") / "case"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("out"))
    settings = (folder / "case.toml").read_text(encoding="utf-8")
    salted = settings.replace("[publication]", '[publication]\nsalt = "x"')
    (folder / "case.toml").write_text(salted, encoding="utf-8")
    rows = ["event_id,summary,occurred_at,timezone,lon,lat,radius_m,act,outlet"]
    rows += [f"{WIRE},2025-01-04 11:30,UTC,20.0,10.0,500,shelling,Wire {name}" for name in "AB"]
    (folder / "reports" / "wire.csv").write_text("\n".join(rows), encoding="utf-8")
    run(folder, now=LATER)
    return folder


@pytest.fixture
def case(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "case"))


def answered(case: Path, *keys: str) -> Said:
    """Go through the doubtful pairs and type what is given, one line after another."""
    with mock.patch("click.prompt", side_effect=keys):
        return holdfire("review", case, "--by", "A. Reviewer")


def kept(case: Path) -> list[dict[str, object]]:
    lines = (case / DECISIONS).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def reports(case: Path, outlet: str) -> list[str]:
    table = pq.read_table(case / "out" / "internal" / "reports.parquet")
    return [row["report_id"] for row in table.to_pylist() if row["outlet"] == outlet]


def test_a_review_shows_each_pair_and_keeps_what_is_said(case: Path) -> None:
    said = answered(case, "s", "same street", "d", "", "u", "q")
    assert said.code == 0, said.err
    assert said.out.count("weights in bits") >= 2
    assert "D-2 is taken back" in said.out
    assert "1 kept in" in said.out
    same, different, undone = kept(case)
    assert (same["kind"], same["by"], same["why"]) == ("same", "A. Reviewer", "same street")
    assert different["about"] != same["about"]
    assert (undone["kind"], undone["about"]) == ("undo", ["D-2"])
    listed = holdfire("review", case, "--list").out.splitlines()
    assert ["taken back" in line for line in listed] == [False, True, False]
    data = [
        json.loads(line)
        for line in holdfire("review", case, "--list", "--json").out.split("\n")
        if line
    ]
    assert [row["stands"] for row in data] == [True, False, True]


def test_what_is_decided_is_not_asked_again(case: Path) -> None:
    first = next(iter(review_case(case).next(1)))
    about = (first["report_a"], first["report_b"])
    assert holdfire("review", case, "--by", "me", "--different", *about).code == 0
    asked = [(row["report_a"], row["report_b"]) for row in review_case(case).next(5)]
    assert len(asked) == 5
    assert about not in asked


def test_the_case_is_read_once_however_many_pairs_are_shown(case: Path) -> None:
    with mock.patch("holdfire.explaining.read_case", wraps=read_case) as read:
        answered(case, "n", "n", "n", "q")
    assert read.call_count == 1


def test_a_report_that_is_not_there_is_told_the_same_way_everywhere(case: Path) -> None:
    known = reports(case, "Wire A")[0]
    for words in (("explain", case, known, "R-gone"),
                  ("review", case, "--by", "me", "--same", known, "R-gone")):  # fmt: skip
        said = holdfire(*words)
        assert said.code == 1
        assert 'no report "R-gone" in the last run' in said.err
    assert not (case / DECISIONS).exists()


def test_a_case_that_was_not_run_is_told_the_same_way_everywhere(case: Path) -> None:
    shutil.rmtree(case / "out")
    for words in (("explain", case, "R-a", "R-b"), ("explain", case, "F-a"), ("review", case)):
        said = holdfire(*words)
        assert said.code == 1
        assert "this case has not been run yet" in said.err


def test_one_text_that_two_carry_is_called_a_copy(case: Path) -> None:
    one, other = (*reports(case, "Wire A"), *reports(case, "Wire B"))
    said = holdfire("explain", case, one, other)
    assert said.code == 0
    assert "in one incident" in said.out
    assert "one is a copy of the other" in said.out
    row = json.loads(holdfire("explain", "--json", case, other, one).out)
    assert (row["rule"], row["joined"], row["probability"]) == ("copy", True, 1.0)


def test_two_that_are_no_pair_are_compared_all_the_same(case: Path) -> None:
    wire = reports(case, "Wire A")[0]
    table = pq.read_table(case / "out" / "internal" / "reports.parquet").sort_by("occurred_from")
    first = next(row["report_id"] for row in table.to_pylist() if row["occurred_from"])
    said = holdfire("explain", case, wire, first)
    assert said.code == 0
    assert "no pair that could be one incident" in said.out
    assert "compared all the same, without weights" in said.out
    assert " h apart" in said.out


def test_a_broken_line_is_told_by_every_command_that_reads_it(case: Path) -> None:
    (case / DECISIONS).write_text('{"decision": "D-1"\n', encoding="utf-8")
    for verb in ("check", "run", "review"):
        words = (verb, case, "--list") if verb == "review" else (verb, case)
        said = holdfire(*words)
        assert said.code in (0, 3)
        assert f"{DECISIONS}:1: not a decision" in said.text, verb
