"""An invented world is written once, the same for the same seed, and can be scored."""

import json
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
