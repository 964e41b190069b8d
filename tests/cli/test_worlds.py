"""An invented world is written once, the same for the same seed, and can be scored."""

import json
import tomllib
from pathlib import Path

from tests.cli.command import holdfire


def test_a_world_is_written_and_scored(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    done = holdfire("simulate", folder, "--reports", "300", "--regime", "sparse", "--seed", "4")
    assert done.code == 0, done.err
    files = sorted((folder / "reports").glob("*.csv"))
    assert len(files) == 4
    scored = holdfire("evaluate", "merge", *files, "--truth", folder / "truth.csv", "--json")
    assert scored.code == 0, scored.err
    found = json.loads(scored.out)
    assert found["reports"] == 300
    assert found["without_truth"] == found["unknown_in_truth"] == found["set_aside"] == 0
    assert found["pairwise"]["f1"] > 0.6
    assert found["incidents"]["low"] <= found["incidents"]["expected"] <= found["incidents"]["high"]


def test_the_same_seed_makes_the_same_world(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert holdfire("simulate", tmp_path / name, "--reports", "50", "--seed", seed).code == 0

    def content(name: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((tmp_path / name).rglob("*.csv"))]

    assert content("a") == content("b") != content("c")


def test_a_world_with_a_ceasefire_is_a_case_that_runs(tmp_path: Path) -> None:
    asked = ("--effect", "0.4", "--days-before", "30", "--days", "14", "--per-day", "5")
    done = holdfire("simulate", tmp_path / "w", *asked, "--seed", "2")
    assert done.code == 0, done.err
    assert "In effect for 14 days from 2021-03-31" in done.out
    assert "combat, all: 0.40" in done.out
    truth = tomllib.loads((tmp_path / "w/truth.toml").read_text())
    assert truth["changes"][0]["ratio"] == 0.4
    found = holdfire("run", tmp_path / "w", "--json")
    assert found.code == 0, found.err
    figures = {one["id"]: one for one in json.loads(found.out)}
    change = figures["combat.as-written.change.incident"]
    assert change["low"] < 0.4 < change["high"]


def test_a_regime_file_and_options_that_override_it(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("incidents_per_day = 4\n[ceasefire]\neffect = 0.7\ndays = 10\n")
    done = holdfire("simulate", tmp_path / "a", "--regime", mine, "--days-before", "15")
    assert done.code == 0, done.err
    assert "In effect for 10 days from 2021-03-16" in done.out
    assert "combat, all: 0.70" in done.out
    done = holdfire("simulate", tmp_path / "b", "--regime", mine, "--reports", "400")
    assert done.code == 0, done.err
    assert 300 < int(done.out.split()[0]) < 500


def test_options_that_cannot_be_meant_are_told(tmp_path: Path) -> None:
    done = holdfire("simulate", tmp_path / "x", "--days", "30")
    assert done.code == 2
    assert "add --effect" in done.err
    done = holdfire("simulate", tmp_path / "x", "--per-day", "3", "--reports", "30")
    assert done.code == 2
    assert "give one of them" in done.err
    (tmp_path / "bad.toml").write_text("[ceasefire]\nefect = 0.5\n")
    done = holdfire("simulate", tmp_path / "x", "--regime", tmp_path / "bad.toml")
    assert done.code == 1
    assert "bad.toml:2: ceasefire.efect: is no key" in done.err
    assert not (tmp_path / "x").exists()


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    assert "one of sparse, dense" in holdfire("simulate", tmp_path / "x", "--regime", "odd").err
    (tmp_path / "file").write_text("")
    assert "not empty" in holdfire("simulate", tmp_path).err
    holdfire("simulate", tmp_path / "w", "--reports", "20")
    reports = sorted((tmp_path / "w/reports").glob("*.csv"))
    (tmp_path / "truth.csv").write_text("a,b\n1,2\n")
    done = holdfire("evaluate", "merge", *reports, "--truth", tmp_path / "truth.csv")
    assert done.code == 1
    assert "expected a header with event_id" in done.err
    (tmp_path / "truth.csv").write_text("event_id,incident_id\nx,1\nx,2\n")
    done = holdfire("evaluate", "merge", *reports, "--truth", tmp_path / "truth.csv")
    assert 'belongs to both "1" and "2"' in done.err
    (tmp_path / "truth.csv").write_text("event_id,incident_id\nx,1\n")
    done = holdfire("evaluate", "merge", *reports, "--truth", tmp_path / "truth.csv")
    assert "the truth names none of the reports" in done.err
    odd = tmp_path / "odd.csv"
    odd.write_text("nothing,known\n1,2\n")
    done = holdfire("evaluate", "merge", odd, "--truth", tmp_path / "truth.csv")
    assert "of no known format" in done.err
