from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from holdfire.sources import Seen

from .conftest import read_all

HEADER = "occurred_at,place\n"
ONE = "2025-03-13T00:00Z,Milltown\n"
TWO = "2025-03-14T00:00Z,Milltown\n"


def write(path: Path, *lines: str) -> Path:
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_an_id_is_the_hash_of_the_format_and_the_row(tmp_path: Path) -> None:
    [row] = read_all(write(tmp_path / "a.csv", ONE)).reports
    raw = '{"occurred_at": "2025-03-13T00:00Z", "place": "Milltown"}'
    assert row["raw"] == raw
    digest = hashlib.blake2b(b"own" + raw.encode(), digest_size=8).digest()
    assert row["report_id"] == "R-" + base64.b32encode(digest).decode().lower()[:12]


def test_identical_rows_within_a_file_are_rows_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ONE, ONE, TWO, ONE)
    first, again = read_all(path), read_all(path)
    ids = [row["report_id"] for row in first.reports]
    assert len(set(ids)) == 4
    assert ids == [row["report_id"] for row in again.reports]


def test_a_row_of_two_files_is_used_once(tmp_path: Path) -> None:
    seen = Seen()
    first = read_all(write(tmp_path / "a.csv", TWO, ONE), seen=seen)
    second = read_all(write(tmp_path / "b.csv", ONE, ONE, TWO), seen=seen)
    assert first.aside == []
    assert second.aside == [
        (2, "copy", "the same row as row 3 of reports/a.csv"),
        (4, "copy", "the same row as row 2 of reports/a.csv"),
    ]
    # b.csv has the row twice: the second of them is in no other file
    assert [row["row"] for row in second.reports] == [3]


def test_the_ids_used_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    paths = [write(tmp_path / "a.csv", TWO, ONE), write(tmp_path / "b.csv", ONE, ONE, TWO)]
    found = []
    for order in (paths, paths[::-1]):
        seen = Seen()
        found.append(
            {row["report_id"] for path in order for row in read_all(path, seen=seen).reports}
        )
    assert found[0] == found[1]


def test_batches_add_up_to_the_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", *(f"2025-03-13T00:{n:02}Z,Milltown\n" for n in range(50)))
    whole, parts = read_all(path).reports, read_all(path, batch_rows=7).reports
    assert whole == parts
