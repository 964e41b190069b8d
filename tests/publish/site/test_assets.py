"""The bundles in the package are what their sources give."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WEB, ASSETS = ROOT / "web", ROOT / "src" / "holdfire" / "publish" / "site" / "assets"


@pytest.mark.skipif(
    shutil.which("node") is None or not (WEB / "node_modules").is_dir(),
    reason="needs Node and what web/package-lock.json names (cd web && npm ci --ignore-scripts)",
)
def test_the_sources_give_the_bundles(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WEB, check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted({path.name for path in ASSETS.iterdir()} - {"site.css"})
    _, unlike, missing = filecmp.cmpfiles(tmp_path, ASSETS, made, shallow=False)
    assert (unlike, missing) == ([], []), "make assets, then commit what it writes"


def test_the_lock_file_names_no_host() -> None:
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 20
