"""A whole run: no word that a case keeps in the house is in any public file."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from holdfire.pipeline import run
from tests.cli.command import holdfire

REPORTS = """\
occurred_at,timezone,lon,lat,radius_m,place,act,actor,outlet,summary,citation,sensitive
2025-01-04 21:17,UTC,30.98765,48.54321,37,SECRET-1,shelling,A,Monitors,SECRET-2,SECRET-3,
2025-01-05 22:19,UTC,30.98765,48.54321,37,,shelling,A,SECRET-0,SECRET-4,,true
2025-01-06 2x:21,UTC,30.98765,48.54321,37,,SECRET-5,A,Monitors,,,
2025-01-07,UTC,,,,SECRET-6,shelling,SECRET-7,Monitors,,,
"""
KEPT = re.compile(r"SECRET\S*|22:19|2x:21|30\.98765|48\.54321|\b37\.0\b")


def public_text(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pylist())
    if path.suffix in (".gz", ".bin"):
        return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    return path.read_text(encoding="utf-8")


def test_nothing_that_is_kept_in_is_public(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert holdfire("new", folder).code == 0
    (folder / "reports" / "a.csv").write_text(REPORTS, encoding="utf-8")
    (folder / "reports" / "b.csv").write_text("SECRET-8,x\nSECRET-9,2\n", encoding="utf-8")
    made = run(folder, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert (made.answer.rows, made.answer.used) == (4, 3)
    files = [path for path in (folder / "out").iterdir() if path.is_file()]
    assert len(files) > 5
    for path in files:
        assert not KEPT.findall(public_text(path)), path.name
    inside = str(pq.read_table(folder / "out" / "internal" / "reports.parquet").to_pylist())
    assert {f"SECRET-{at}" for at in (1, 2, 3, 4, 6, 7)} <= set(re.findall(r"SECRET-\d", inside))


def test_the_internal_bulletin_has_it_all_and_says_what_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert holdfire("new", folder).code == 0
    (folder / "reports" / "a.csv").write_text(REPORTS, encoding="utf-8")
    assert holdfire("run", folder, "--internal").code == 0
    whole = (folder / "out" / "internal" / "bulletin.html").read_text(encoding="utf-8")
    assert "INTERNAL, not for publication" in whole
    assert whole.startswith("<!DOCTYPE html>")
    assert "<title>INTERNAL: " in whole
    assert {"SECRET-1", "SECRET-2", "30.988"} <= set(re.findall(r"SECRET-\d|30\.988", whole))
    public = (folder / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert "INTERNAL" not in public
    assert not KEPT.findall(public)


def test_nothing_that_is_kept_in_is_on_the_site(tmp_path: Path) -> None:
    folder, site = tmp_path / "case", tmp_path / "site"
    assert holdfire("new", folder).code == 0
    (folder / "reports" / "a.csv").write_text(REPORTS, encoding="utf-8")
    assert holdfire("publish", folder, "--out", site).code == 0
    own = [path for path in site.rglob("*") if path.is_file() and "assets" not in path.parts]
    texts = [path for path in own if path.suffix not in (".png", ".ico")]
    assert len(texts) > 20
    for path in texts:
        assert not KEPT.findall(public_text(path)), path.name
