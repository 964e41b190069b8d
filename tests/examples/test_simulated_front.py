"""The simulated case: made by its script, byte for byte, and marked as simulated everywhere."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "simulated-front"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("simulated_front_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    old, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = old
    return module


def test_making_it_again_gives_the_same_bytes(make: ModuleType) -> None:
    built: dict[str, bytes] = make.build()
    kept = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for part in ("zones", "control", "reports")
        for path in sorted((FOLDER / part).glob("*"))
    }
    assert sorted(built) == sorted(kept)
    for name, content in built.items():
        assert content == kept[name], f"{name} is not what make.py makes"


def test_it_is_written_where_it_is_told_to(
    make: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["make.py", str(tmp_path)])
    make.main()
    assert (tmp_path / "reports" / "simulated-reports.csv").read_bytes() == make.table()


def test_every_row_says_that_it_is_simulated(make: ModuleType) -> None:
    rows = list(csv.DictReader(io.StringIO(make.table().decode())))
    assert len(rows) > 200
    for row in rows:
        assert row["summary"].startswith("SIMULATED")
        assert row["outlet"].startswith("SIMULATED")
        assert row["citation"].startswith("SIMULATED")
    assert "SIMULATED" in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert 'title = "SIMULATED' in (FOLDER / "agreement.toml").read_text(encoding="utf-8")


def test_one_day_is_missing_and_one_has_the_line_alone(make: ModuleType) -> None:
    days = sorted(path.stem for path in (FOLDER / "control").glob("*.geojson"))
    assert len(days) == make.DAYS - 1
    assert make.MISSING_DAY not in days
    assert '"LineString"' in (FOLDER / "control" / f"{make.LINE_ONLY_DAY}.geojson").read_text()


def test_the_land_lies_in_open_sea(make: ModuleType) -> None:
    assert (make.WEST, make.EAST, make.SOUTH, make.NORTH) == (0.2, 2.8, -1.8, -0.2)
