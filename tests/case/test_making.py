"""Making the folder of a case: what is there stays, and the salt is its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from holdfire.case.making import FOLDERS, make

FILES = {"README.md", "agreement.toml", "case.toml"}


def test_a_new_case_has_its_folders_and_files(tmp_path: Path) -> None:
    make(tmp_path / "a" / "case")
    assert {one.name for one in (tmp_path / "a" / "case").iterdir()} == FILES | set(FOLDERS)
    for name in ("agreement.toml", "case.toml"):
        tomllib.loads((tmp_path / "a" / "case" / name).read_text(encoding="utf-8"))


def test_without_an_agreement_everything_else_is_made(tmp_path: Path) -> None:
    make(tmp_path, agreement=False)
    assert {one.name for one in tmp_path.iterdir()} == FILES - {"agreement.toml"} | set(FOLDERS)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "own.csv").write_text("mine")
    for name in FILES:
        (tmp_path / name).write_text(f"my {name}")
    make(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in FILES} == {
        name: f"my {name}" for name in FILES
    }
    assert (tmp_path / "reports" / "own.csv").read_text() == "mine"


def test_each_case_has_a_salt_of_its_own(tmp_path: Path) -> None:
    salts = set()
    for name in ("one", "two"):
        make(tmp_path / name)
        text = (tmp_path / name / "case.toml").read_text(encoding="utf-8")
        assert '"SALT"' not in text
        salts |= set(re.findall(r'"([0-9a-f]{32})"', text))
    assert len(salts) == 2


def test_making_again_keeps_the_salt(tmp_path: Path) -> None:
    make(tmp_path)
    before = (tmp_path / "case.toml").read_bytes()
    make(tmp_path)
    assert (tmp_path / "case.toml").read_bytes() == before
