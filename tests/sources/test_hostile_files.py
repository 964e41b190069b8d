"""Files that are broken, huge, deep or malicious: a sentence each, never a traceback."""

from __future__ import annotations

import json
import os
import random
import resource
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfire.sources import SourceFile, read, recognise

from .conftest import Written, context_for, read_all

ZONE = {"timezone": "UTC"}


def tried(path: Path) -> str:
    found = recognise(SourceFile(path, path.name))
    assert found.adapter is None
    return found.tried()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b" \n\t\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"PK\x03\x04 and so on", "save the sheet as CSV"),
        (b"\x1f\x8b\x08 and so on", "unpack it first"),
        (b"PAR1 and so on", "cannot be read as such"),
        (bytes(4096), "its content is no text"),
        (b"[1, 2]", "it is a JSON list"),
        (b"{}", "it is JSON without features"),
        (b'{"type": "Topology", "objects": {}}', "it is JSON without features"),
        (b'{"type": "FeatureCollection", "features": [', "it breaks off in the middle"),
        (b'{"type": "FeatureCollection", "features": [{"a', "it breaks off in the middle"),
        (b'{"a": nonsense and so on for a while}', "it is no JSON"),
        (b'{"a": ' + b"[" * 200_000, "nested too deeply"),
        (b'{"features": [' + b'{"a":' * 200_000, "nested too deeply"),
        (b'{"crs": {"properties": {"name": "EPSG:3857"}}, "features": []}', "not WGS 84"),
        (",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1", "it has 10,000 columns"),
        (b"x" * 300_000, "its first line is longer than 256 KB"),
        (b'"' + b"x\n" * 200_000, "its first line is longer than 256 KB"),
    ],
)
def test_files_that_are_no_reports(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert words in tried(path)


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    assert "it is a folder" in tried(tmp_path)
    assert "it cannot be opened: No such file" in tried(tmp_path / "absent")
    os.mkfifo(tmp_path / "pipe")
    assert "it is no regular file" in tried(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "it cannot be opened" in tried(tmp_path / "loop")
    (tmp_path / "dev").symlink_to("/dev/zero")
    assert "it is no regular file" in tried(tmp_path / "dev")


def test_a_link_to_a_regular_file_is_followed(tmp_path: Path, written: Written) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(written("occurred_at", "2025-03-13"))
    assert len(read_all(link, ZONE).reports) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(written: Written) -> None:
    path = written("occurred_at", "2025-03-13")
    path.chmod(0)
    assert "it cannot be opened: Permission denied" in tried(path)


def test_100_megabytes_of_noise_are_told_from_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "noise"
    piece = random.Random(1).randbytes(1 << 20)  # noqa: S311
    with path.open("wb") as stream:
        for _ in range(100):
            stream.write(piece)
    tracemalloc.start()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert "its content is no text" in tried(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 10
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_header_without_rows(written: Written) -> None:
    result = read_all(written("occurred_at,place"), ZONE)
    assert (result.reading.rows, result.reports) == (0, [])


def test_a_truncated_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"occurred_at": ["2025-03-13"] * 1000}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is it cut off?" in tried(path)
    damaged = bytearray(whole)
    damaged[8:40] = bytes(32)
    path.write_bytes(damaged)
    found = recognise(SourceFile(path, "x"))
    if found.adapter is not None:
        assert read_all(path, ZONE).aside


def test_a_column_name_that_occurs_twice(written: Written) -> None:
    result = read_all(
        written("occurred_at,place,place", "2025-03-13,Milltown,Upper District"), ZONE
    )
    assert result.reports[0]["place_name"] == "Milltown"
    assert 'column "place" occurs more than once: the first is used' in result.notes
    assert json.loads(result.reports[0]["raw"])["place (2)"] == "Upper District"


def test_a_quotation_mark_that_is_never_closed_swallows_a_megabyte_at_most(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w") as stream:
        stream.write('occurred_at,place\n2025-03-13,a\n2025-03-13,"b\n')
        for _ in range(60_000):
            stream.write("2025-03-14,a line that belongs to nobody\n")
    result = read_all(path, ZONE, batch_rows=1_000)
    row, kind, reason = result.aside[0]
    assert (row, kind) == (3, "not readable as CSV")
    assert "a cell is longer than 1,048,576 characters (lines 3 to " in reason
    assert result.reports[0]["row"] == 2


def test_a_header_with_a_broken_quotation_mark(written: Written) -> None:
    result = read_all(written('occurred_at,"pl"ace', "2025-03-13,a", "2025-03-14,b"), ZONE)
    assert result.reports == []
    assert [(row, kind) for row, kind, _ in result.aside] == [(1, "not readable as CSV")]


def test_features_with_ever_new_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.ndjson"
    with path.open("w") as stream:
        for number in range(5_000):
            deaths = ', "deaths": 3' if number == 4_999 else ""
            stream.write(
                '{"type": "Feature", "properties": {"occurred_at": "2025-03-13", '
                f'"c{number}": 1{deaths}}}}}\n'
            )
    result = read_all(path, ZONE)
    assert len(result.reports) == 5_000
    assert result.reports[-1]["deaths_best"] == 3
    assert len(result.notes) <= 201


def test_one_endless_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w") as stream:
        stream.write("occurred_at,place\n2025-03-13,a\n")
        for _ in range(20):
            stream.write("x" * (1 << 20))
        stream.write("\n2025-03-14,b\n")
    result = read_all(path, ZONE)
    assert [row["row"] for row in result.reports] == [2, 4]
    assert "a line is longer than 4,194,304 characters" in result.aside[0][2]


def test_bytes_of_another_encoding_far_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = ["occurred_at,place", *["2025-03-13,Village"] * 20_000]
    path.write_bytes("\n".join(lines).encode() + "\n2025-03-13,Село\n".encode("cp1251"))
    result = read_all(path, ZONE)
    assert result.aside == [
        (20_002, "encoding", "the row holds bytes that are not of the file's encoding")
    ]


def test_features_that_break_off_or_nest_deeply(tmp_path: Path) -> None:
    good = '{"type": "Feature", "properties": {"occurred_at": "2025-03-13"}, "geometry": null}'
    deep = '{"type": "Feature", "properties": {"x": ' + "[" * 100_000
    for name, tail, words in (
        ("cut", good[:30], "it breaks off in the middle"),
        ("deep", deep, "its JSON is nested too deeply"),
        ("bad", '{"x": ?' + "0" * 100, "it is no JSON"),
    ):
        path = tmp_path / name
        path.write_text('{"features": [' + f"{good}," * 3000 + tail)
        result = read_all(path, ZONE)
        assert len(result.reports) == 3000
        [(row, kind, reason)] = result.aside
        assert (row, kind) == (3002, "file broken off")
        assert words in reason


def test_a_large_file_of_features_needs_the_memory_of_one(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    with path.open("w") as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for number in range(8_000):
            stream.write("," if number else "")
            stream.write(
                '{"type": "Feature", "properties": {"occurred_at": "2025-03-13", "radius_m": 5,'
                f' "summary": "{"x" * 4000} {number}"}},'
                ' "geometry": {"type": "Point", "coordinates": [37.5, 48.5]}}'
            )
        stream.write("]}")
    found = recognise(SourceFile(path, "x"))
    tracemalloc.start()
    rows = sum(
        batch.reports.num_rows for batch in read(found, context_for("own", ZONE), batch_rows=500)
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 8_000
    assert peak < 16 << 20  # the file is 33 MB


def test_odd_values_in_features(written: Written) -> None:
    half = '{"type": "Feature", "properties": {"occurred_at": "2025-03-13", "place": "\\ud800"}}'
    number = '{"type": "Feature", "properties": {"occurred_at": 1' + "0" * 5000 + "}}"
    nan = '{"type": "Feature", "properties": {"occurred_at": "2025-03-13", "deaths": NaN}}'
    nested = '{"type": "Feature", "properties": {"occurred_at": {"a": [1, null]}}}'
    shape = (
        '{"type": "Feature", "properties": {"occurred_at": "2025-03-13"},'
        ' "geometry": {"type": "Polygon", "coordinates": [[1, "x"]]}}'
    )
    result = read_all(written(half, number, nan, nested, shape, "[]"), ZONE)
    kinds = [kind for _, kind, _ in result.aside]
    assert kinds == [
        "encoding", "date not understood", "deaths not a whole number", "date not understood",
        "coordinates impossible",
    ]  # fmt: skip


FORCED = ("acled", "alerts", "missile_attacks", "ucdp_ged", "own")
HEADERS = st.sampled_from([
    b"occurred_at,lon,lat,radius_m,deaths,quantity\n",
    b"time_start,time_end,model,launched,destroyed,target,source\n",
    b'{"type": "FeatureCollection", "features": [{"properties": {"occurred_at": ',
    b"region,started_at,finished_at,naive\n",
    b"PAR1",
    b"\xff\xfe",
    b"",
])  # fmt: skip


@given(head=HEADERS, rest=st.one_of(st.binary(max_size=600), st.text(max_size=300).map(str.encode)))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bytes_whatever_give_a_traceback(tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(head + rest)
    for force in (None, *FORCED):
        found = recognise(SourceFile(path, "x"), force=force)
        assert found.why
        if found.adapter is None:
            continue
        reading = read(found, context_for(found.adapter, ZONE))
        for batch in reading:
            batch.reports.validate(full=True)
            assert "not understood by the format" not in batch.set_aside["kind"].to_pylist()
        assert reading.rows == reading.used + reading.set_aside + reading.skipped
