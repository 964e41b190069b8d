"""Hostile text from reports, outlets and statements is inert in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import frictionless
import hxl
import pyarrow.parquet as pq
import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy

from holdfire.publish.exports.about import About
from tests.publish.exports.writing import ABOUT, invented, told, written

NASTY = (
    '=cmd|" /C calc"!A1 <script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe\u202c '
    "\x00\x1b[31m \u2028 \\ \" ' #adm1 {{7*7}} \U0001f600 " + "W" * 1_000_000
)
SCRIPTS = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//x", "https://a b")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\x00-\x08\x1b]")
FILES = (
    "findings.csv", "findings.hxl.csv", "findings.geojson", "statements.csv", "entities.ftm.json",
    "datapackage.json", "ro-crate-metadata.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    findings, incidents, reports = invented(8)
    for row in findings:
        row |= {"reason": NASTY, "outlets": [NASTY, "+1"], "grade": "single source"}
    for row in incidents:
        row |= {"summary": NASTY, "place_name": NASTY, "outlets": [NASTY, "@SUM(A1)"]}
        row |= {"area": NASTY, "lon": None, "lat": None, "radius_m": None}
    for row, address in zip(reports, [*SCRIPTS, NASTY] * 2, strict=False):
        row |= {"summary": NASTY, "outlet": NASTY, "citation": address, "file": "reports/<b>.csv"}
    said = [
        told(statement_id=f"S-{at}", item=at, url=address, said=NASTY, title=NASTY, speaker=NASTY,
             outlet=NASTY)
        for at, address in enumerate(SCRIPTS)
    ]  # fmt: skip
    about = About(
        ABOUT.agreement, NASTY, ABOUT.begins, {"north": NASTY, "south": "=1+1"}, ABOUT.licences
    )
    return written(tmp_path_factory.mktemp("out"), (findings, incidents, reports), said, about)


@pytest.mark.parametrize("name", FILES)
def test_no_file_has_controls_or_grows(out: Path, name: str) -> None:
    text = (out / name).read_text(encoding="utf-8")
    assert not BIDI.search(text)
    assert len(text) < 300_000
    assert "WWWW" in text or name == "datapackage.json"


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("json")])
def test_json_has_no_tag_to_end_a_script(out: Path, name: str) -> None:
    text = (out / name).read_text(encoding="utf-8")
    assert "<" not in text
    for one in text.splitlines() if name.endswith(".ftm.json") else [text]:
        json.loads(one)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("csv")])
def test_no_cell_is_a_formula(out: Path, name: str) -> None:
    with (out / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    for cell in cells:
        assert not re.match(r"\s*[=+\-@]", cell) or re.fullmatch(r"-?[0-9.e+-]+", cell), cell[:40]


def test_hxl_takes_the_first_row_of_tags_and_no_other(out: Path) -> None:
    found = hxl.data(io.BytesIO((out / "findings.hxl.csv").read_bytes()))
    assert found.display_tags[0] == "#meta+id"
    assert len(list(found)) == 8


def test_only_web_addresses_are_links(out: Path) -> None:
    links: list[Any] = []
    for one in (out / "entities.ftm.json").read_text(encoding="utf-8").splitlines():
        entity = json.loads(one)
        links += entity["properties"].get("sourceUrl", [])
        made = EntityProxy.from_dict(model, entity, cleaned=False)
        assert made.to_dict()["properties"].keys() == entity["properties"].keys()
    assert links == []
    crate = (out / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert "javascript:" not in crate


def test_the_data_package_stays_valid(out: Path) -> None:
    found = frictionless.validate(str(out / "datapackage.json"))
    assert found.valid, found.flatten(["type", "title", "note"])
    assert json.loads(pq.read_metadata(out / "incidents.parquet").metadata[b"geo"])
