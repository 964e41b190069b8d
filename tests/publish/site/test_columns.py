"""The compact file says what the findings say."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from holdfire.publish.site.columns import EACH_FILE, NO_DAY, TYPES, narrow, packed
from holdfire.publish.site.selection import Selection
from tests.publish.site.conftest import publication


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    whole = gzip.decompress(data)
    length = int.from_bytes(whole[:4], "little")
    assert length % 4 == 0
    header = json.loads(whole[4 : 4 + length])
    return header, {
        name: np.frombuffer(whole, f"<{kind}", count, 4 + length + at)
        for name, (kind, at, count) in header["columns"].items()
    }


def test_what_goes_in_comes_out() -> None:
    given = {"a": narrow([1, 2, 3]), "b": narrow([70_000]), "c": np.array([-5, 9], np.int32)}
    header, found = unpacked(packed({"act": ["<b>", "ї"]}, given))
    assert header["act"] == ["<b>", "ї"]
    assert {name: values.tolist() for name, values in found.items()} == {
        "a": [1, 2, 3], "b": [70_000], "c": [-5, 9],
    }  # fmt: skip
    assert found["a"].dtype == TYPES["u1"]


def test_it_holds_every_finding(site: Path, tmp_path: Path) -> None:
    lines = Selection(publication(tmp_path)).lines
    header, found = unpacked((site / "explore" / "findings.bin").read_bytes())
    assert len(lines) == len(found["day"]) == 60
    epoch = date.fromisoformat(header["epoch"])
    for row, line in enumerate(lines):
        assert found["day"][row] != NO_DAY
        assert epoch + timedelta(days=int(found["day"][row])) == line.first
        assert bool(found["certain"][row]) == (line.verdict == "yes")
        assert header["act"][found["act"][row]] == line.act
        assert header["clause"][found["clause"][row]][0] == line.clause
        assert header["name"][found["name"][row]] == line.name
    rows = json.loads((site / "explore" / "rows" / "0.json").read_text(encoding="utf-8"))
    assert len(rows) == min(EACH_FILE, 60)
    assert [row[0] for row in rows] == [line.at for line in lines]


def test_longitudes_run_on_across_the_antimeridian(tmp_path: Path) -> None:
    from holdfire.publish.site import columns
    from holdfire.publish.site.selection import Place

    class Chosen:
        places = (Place(179.9, 0.0, 10.0, ()), Place(-179.9, 0.0, 10.5, ()))

    found = columns._places(Chosen(), [])  # type: ignore[arg-type]
    west, east = (int(value) / columns.PER_DEGREE for value in found["placeLon"])
    assert abs(east - west) < 1
    assert found["placeRadius"].tolist() == [10, 11]
