"""docs/planning.md: its commands work as they stand, print what it shows, and find the truth."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from holdfire.simulate import read_regime

PAGE = (Path(__file__).parents[2] / "docs" / "planning.md").read_text(encoding="utf-8")
DESIGNS = ("thin", "vague", "three", "copies", "late")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


def bash(script: str, folder: Path) -> str:
    """Run a script as a reader would, with the tools of this environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euc", script], cwd=folder, env={**os.environ, "PATH": path},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def shape(printed: str) -> list[str]:
    """Return the lines without their figures; a refusal's reason is cut off."""
    plain = (re.sub(r"[\d.]+", "0", line) for line in printed.splitlines())
    return [line if "or not" not in line else line[:16] for line in plain if line]


def test_every_design_is_a_regime_file_of_one_world(tmp_path: Path) -> None:
    bash(blocks("sh")[0], tmp_path)
    made = {path.stem: read_regime(path) for path in tmp_path.glob("*.toml")}
    assert sorted(made) == sorted(DESIGNS)
    assert {one.name for one in made.values()} == {"plan"}
    assert {one.ceasefire.effect for one in made.values() if one.ceasefire} == {0.5}
    assert len(made["thin"].sources) == 2
    assert made["copies"].sources[2].copies == "Mission"
    assert made["three"].sources[0].lag_h < made["late"].sources[0].lag_h


@pytest.mark.slow
def test_the_page_can_be_pasted(tmp_path: Path) -> None:
    some = ("late",)
    files, worlds, shown, head = (
        block.replace("incidents_per_day = 60", "incidents_per_day = 8")
        .replace("days_before = 50", "days_before = 30")
        .replace(" ".join(DESIGNS), " ".join(some))
        .replace("three/", "late/")
        for block in blocks("sh")
    )
    bash(files, tmp_path)
    bash(worlds, tmp_path)
    (tmp_path / "read.py").write_text(blocks("python")[0], encoding="utf-8")
    printed = bash(shown, tmp_path)
    assert "ratio = 0.5" in bash(head, tmp_path)
    said, in_the_page = blocks("text")
    assert said.lstrip().startswith("combat: Incidents")
    assert "combat: Incidents" in (tmp_path / "late.txt").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^(\w+)\n((?:  .*\n)+)", printed, re.M))
    there = dict(re.findall(r"^(\w+)\n((?:  .*\n)+)", in_the_page, re.M))
    assert list(parts) == list(some)
    assert list(there) == list(DESIGNS)
    for name, lines in parts.items():
        assert shape(lines) == shape(there[name])
        for kind in ("ratio", "whatever is open"):
            low, high = map(float, re.findall(rf"{kind}\s+([\d.]+) to ([\d.]+)", lines)[0])
            assert low <= 0.5 <= high
        assert tomllib.loads((tmp_path / name / "truth.toml").read_text())["changes"]
    (provisional,) = re.findall(r"provisional\s+(\d+)", parts["late"])
    assert 6 <= int(provisional) <= 15
    assert "of what happened is expected to be in" in parts["late"]
