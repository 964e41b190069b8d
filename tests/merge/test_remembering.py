"""What a case remembers of its incidents' ids: rows that are only added, and where they lead."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from holdfire.merge.identity import JOINED, SPLIT, Forward
from holdfire.remembering import FILE, forwarded, past, remember, remembered, whereabouts


def test_nothing_to_say_writes_nothing(tmp_path: Path) -> None:
    remember(tmp_path, (), ())
    assert not (tmp_path / FILE).exists()
    assert remembered(tmp_path).kept == ()
    assert forwarded(tmp_path, "F-a.strikes.as-written") == []


def test_rows_are_added_and_none_is_changed(tmp_path: Path) -> None:
    first = Forward("I-b", ("I-a",), JOINED)
    remember(tmp_path, ("I-k",), (first,))
    before = (tmp_path / FILE).read_bytes()
    second = Forward("I-a", ("I-a", "I-c"), SPLIT)
    remember(tmp_path, (), (second,))
    assert (tmp_path / FILE).read_bytes().startswith(before)
    assert remembered(tmp_path).kept == ("I-k",)
    assert remembered(tmp_path).forwards == (first, second)


def test_a_line_cut_short_is_left_out_and_runs_into_no_other(tmp_path: Path) -> None:
    remember(tmp_path, ("I-k",), ())
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"incident": "I-b", "no')
    remember(tmp_path, ("I-m",), ())
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('[1]\n{"incident": "I-x"}\n\n')
    assert remembered(tmp_path).kept == ("I-k", "I-m")
    assert remembered(tmp_path).forwards == ()


def test_an_old_id_is_followed_over_several_runs_and_round_no_circle(tmp_path: Path) -> None:
    steps = (
        Forward("I-a", ("I-b",), JOINED), Forward("I-b", ("I-b", "I-c"), SPLIT),
        Forward("I-c", ("I-a",), JOINED),
    )  # fmt: skip
    remember(tmp_path, (), steps)
    assert whereabouts(tmp_path, "I-a") == steps
    assert whereabouts(tmp_path, "I-z") == ()
    (said, *_) = forwarded(tmp_path, "F-a.strikes.as-written")
    assert said == (
        "I-a is no more what it was (joined): its reports are in I-b, whose findings begin with F-b"
    )


def test_the_past_is_the_last_run_and_what_was_kept(tmp_path: Path) -> None:
    assert past(tmp_path, tmp_path).incidents.num_rows == 0
    remember(tmp_path, ("I-k",), ())
    table = pa.table({"incident_id": ["I-a"], "report_ids": [["R-a"]], "more": [1]})
    pq.write_table(table, tmp_path / "incidents.parquet")
    found = past(tmp_path, tmp_path)
    assert found.incidents.to_pylist() == [{"incident_id": "I-a", "report_ids": ["R-a"]}]
    assert tuple(found.kept) == ("I-k",)
    (tmp_path / "incidents.parquet").write_bytes(b"no table")
    assert past(tmp_path, tmp_path).incidents.num_rows == 0
