"""Every kind of bad file among the reports: set aside with a reason, and the others still used."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.command import holdfire
from tests.hostile.conftest import GOOD_ROWS

HEADER = "occurred_at,timezone,lon,lat,radius_m,act,actor,summary\n"
CELLS = {
    "occurred_at": "2025-01-04 23:00", "timezone": "Europe/Kyiv", "lon": "31.0", "lat": "48.5",
    "radius_m": "100", "act": "shelling", "actor": "North", "summary": "Обстріл",
}  # fmt: skip
ROW = ",".join(CELLS.values()) + "\n"
SOUND = (HEADER + ROW * 20).encode()
NOISE = random.Random(11).randbytes  # noqa: S311 - noise, not a secret
MOST_MEMORY_KB = 1_500_000


def row(**changed: str) -> str:
    return ",".join({**CELLS, **changed}.values()) + "\n"


def parquet(**columns: Any) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


def collection(*features: str) -> bytes:
    return ('{"type":"FeatureCollection","features":[' + ",".join(features) + "]}").encode()


PARQUET = parquet(occurred_at=["2025-01-04T00:00Z"] * 900, lon=[31.0] * 900, lat=[48.5] * 900)
TOLD = '{"occurred_at":"2025-01-04","timezone":"UTC"}'

# name of the file, its bytes, how many of its rows are used and set aside (None: not read at
# all), and words that must be said
FILES: list[tuple[str, bytes, tuple[int, int] | None, str]] = [
    ("noise.csv", NOISE(50_000), None, "no text"),
    ("nothing.csv", b"", None, "it is empty"),
    ("spaces.csv", b" \n\n \n", None, "it is empty"),
    ("words.txt", b"not a table at all", None, "columns"),
    ("page.csv", b"<!doctype html><html>404</html>", None, "columns"),
    ("other.json", b'{"a": 1}', None, "JSON without features"),
    ("list.json", b"[1, 2, 3]", None, "a JSON list"),
    ("gz.csv", b"\x1f\x8b\x08\x00" + NOISE(5_000), None, "unpack it first"),
    ("book.csv", b"PK\x03\x04" + NOISE(5_000), None, "save the sheet as CSV"),
    ("utf16.csv", SOUND.decode().encode("utf-16"), (20, 0), "read as UTF-16"),
    ("utf16-le.csv", SOUND.decode().encode("utf-16-le"), (20, 0), "without a byte order mark"),
    ("cp1251.csv", SOUND.decode().encode("cp1251"), (20, 0), "a guess"),
    ("latin.csv", (HEADER + row(summary="café") * 20).encode("latin-1"), (20, 0), "a guess"),
    ("bom.csv", b"\xef\xbb\xbf" + SOUND, (20, 0), ""),
    ("crlf.csv", SOUND.replace(b"\n", b"\r\n"), (20, 0), ""),
    ("cr.csv", SOUND.replace(b"\n", b"\r"), (20, 0), ""),
    ("header.csv", HEADER.encode(), (0, 0), ""),
    ("late.csv", SOUND + ROW.encode() * 9_000 + ROW.encode("cp1251"), (9_020, 1), "encoding"),
    ("quote.csv", (HEADER + ROW + '"open,' + ROW * 3).encode(), (1, 1), "never closed"),
    ("nul.csv", (HEADER + row(summary="a\0b") + ROW).encode(), (1, 1), "NUL"),
    ("cells.csv", (HEADER + "1,2\n" + ROW + "," * 50 + "\n").encode(), (1, 2), "row has 2 cells"),
    ("twice.csv", ("lon," + HEADER + "31.5," + ROW).encode(), (1, 0), "more than once"),
    ("line.csv", b"x" * 10_000_000, None, "longer than 256 KB"),
    ("line-2.csv", SOUND + b"y" * 10_000_000 + b"\n" + ROW.encode(), (21, 1), "4,194,304"),
    ("cell.csv", (HEADER + row(summary="z" * 2_000_000) + ROW).encode(), (1, 1), "1,048,576"),
    ("half.parquet", PARQUET[: len(PARQUET) // 2], None, "is it cut off?"),
    ("short.parquet", PARQUET[:-3], None, "is it cut off?"),
    ("mark.parquet", b"PAR1", None, "is it cut off?"),
    ("no-radius.parquet", PARQUET, (0, 900), "radius"),
    (
        "nested.parquet",
        parquet(occurred_at=["2025-01-04T00:00Z"], lon=[31.0], lat=[48.5], radius_m=[5.0],
                more=[{"a": [1, 2]}], pairs=pa.array([[("k", 1)]], pa.map_("string", "int32"))),
        (1, 0), "kept in raw",
    ),
    (
        "kinds.parquet",
        parquet(occurred_at=[{"a": 1}], lon=[[1.0]], lat=[True], radius_m=[b"\xff"]),
        (0, 1), "not understood",
    ),
    ("deep.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 100_000, None, "deep"),
    (
        "deep-2.geojson",
        collection('{"type":"Feature","properties":{"occurred_at":' + "[" * 5_000),
        None, "deep",
    ),
    (
        "nan.geojson",
        collection(
            f'{{"type":"Feature","properties":{TOLD},'
            '"geometry":{"type":"Point","coordinates":[NaN,48]}}',
            f'{{"type":"Feature","properties":{TOLD},"geometry":null}}',
        ),
        (1, 1), "no number",
    ),
    (
        "wrong.geojson",
        collection('{"type":"Feature","properties":[1],"geometry":null}', "5", "null",
                   '{"type":"Feature","properties":{"occurred_at":{"a":1},"lon":[1]}}'),
        (0, 4), "no GeoJSON Feature",
    ),
    (
        "half-character.geojson",
        collection('{"type":"Feature","properties":{"occurred_at":"2025-01-04T00:00Z",'
                   '"summary":"\\ud800"},"geometry":null}'),
        (0, 1), "encoding",
    ),
    (
        "numbers.csv",
        (HEADER + "".join([
            row(lon="1e400"), row(lat="-1e400"), row(lon="١٢"), row(lon="nan"), row(lat="inf"),
            row(radius_m="-5"), row(radius_m="1e400"), row(radius_m="9" * 5000), row(lon="0x1F"),
            row(lon="1_0"), row(lat="348.1", lon="48.1"), row(radius_m=""), row(lon=""), ROW,
        ])).encode(),
        (1, 13), "are longitude and latitude exchanged?",
    ),
    (
        "dates.csv",
        (HEADER + "".join(row(occurred_at=day) for day in [
            "0000-01-01", "0001-01-01", "0001-01-03", "9999-12-30", "9999-12-31",
            "9999-12-31 23:59", "2025-02-31", "31.01.2025", "٢٠٢٥-01-04", "2025-03-30 03:30",
            "2025-01-04T00:00+99:00", "2199-12-30",
        ]) + row(timezone="Mars/Base") + row(timezone="", occurred_at="yesterday")).encode(),
        (3, 11), "the clocks skipped it",
    ),
    (
        "kinds.csv",
        (HEADER + row(act="missle-strike") + row(act="SHELLING") + row(actor="West")).encode(),
        (1, 2), 'Did you mean "missile-strike"?',
    ),
    ("\x1b[31mred\n.csv", SOUND, (20, 0), ""),
]  # fmt: skip


def checked(case: Path, code: int) -> dict[str, Any]:
    """Check and run; return what the check said, after the sums that must always hold."""
    said = holdfire("check", "--json", case)
    assert said.code == code, said.text
    found: dict[str, Any] = json.loads(said.out)
    assert holdfire("check", case).code == code
    done = holdfire("run", case)
    assert done.code == 0, done.text
    record = json.loads((case / "out" / "provenance.json").read_text(encoding="utf-8"))
    inputs = {entry["file"]: entry for entry in record["inputs"]}
    assert inputs["reports/good.csv"]["used"] == len(GOOD_ROWS) - 1
    used = pq.read_metadata(case / "out" / "internal" / "reports.parquet").num_rows
    aside = pq.read_metadata(case / "out" / "internal" / "set_aside.parquet").num_rows
    assert used == sum(entry["used"] for entry in record["inputs"])
    assert aside == sum(entry["set_aside"] for entry in record["inputs"])
    for entry in record["inputs"]:
        assert entry["rows"] == entry["used"] + entry["set_aside"]
    return found


@pytest.mark.parametrize(
    ("name", "content", "rows", "told"), FILES, ids=[ascii(name) for name, *_ in FILES]
)
def test_a_bad_file_is_told_and_the_others_are_used(
    case: Path, name: str, content: bytes, rows: tuple[int, int] | None, told: str
) -> None:
    (case / "reports" / name).write_bytes(content)
    found = checked(case, 0 if rows is not None and rows[1] == 0 else 3)
    (entry,) = (one for one in found["files"] if one["file"] == f"reports/{name}")
    if rows is None:
        assert entry["format"] is None
    else:
        assert (entry["used"], entry["set_aside"]) == rows
        assert entry["rows"] == sum(rows)
    reasons = [one["reason"] for one in found["set_aside"]]
    assert told in entry["note"] or any(told in reason for reason in reasons)
    assert "\x1b" not in holdfire("check", case).text


def test_any_of_them_together(case: Path) -> None:
    for name, content, *_ in FILES:
        if name != "late.csv":
            (case / "reports" / name).write_bytes(content)
    assert len(checked(case, 3)["files"]) == len(FILES)


def test_an_agreement_without_an_end_and_a_report_of_another_century(case: Path) -> None:
    path = case / "agreement.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('[ends]\nafter = "30 days"\n', ""), encoding="utf-8")
    far = HEADER + row(occurred_at="9999-12-30") + row(occurred_at="2150-01-01")
    (case / "reports" / "far.csv").write_text(far, encoding="utf-8")
    checked(case, 3)


def test_a_folder_with_the_name_of_a_file_is_looked_into(case: Path) -> None:
    (case / "reports" / "x.csv").mkdir()
    (case / "reports" / "x.csv" / "inside").write_bytes(SOUND)
    found = checked(case, 0)
    assert [one["file"] for one in found["files"]] == ["reports/good.csv", "reports/x.csv/inside"]


@pytest.mark.parametrize("target", ["nowhere", "x.csv", "."])
def test_a_link_that_leads_to_no_file_is_told(case: Path, target: str) -> None:
    (case / "reports" / "x.csv").symlink_to(target)
    found = checked(case, 3)
    assert found["files"][1]["format"] is None


def test_a_pipe_is_not_waited_for(case: Path) -> None:
    os.mkfifo(case / "reports" / "pipe.csv")
    assert "no regular file" in checked(case, 3)["files"][1]["note"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_no_text_is_shown_as_bytes(case: Path) -> None:
    with open(os.fsencode(case / "reports") + b"/\xff.csv", "wb") as file:
        file.write(SOUND)
    assert checked(case, 0)["files"][1]["file"] == "reports/\\udcff.csv"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(case: Path) -> None:
    path = case / "reports" / "secret.csv"
    path.write_bytes(SOUND)
    path.chmod(0)
    assert "cannot be opened" in checked(case, 3)["files"][1]["note"]


MEASURED = """
import resource, sys
from holdfire.cli import main
try:
    main()
finally:
    sys.stderr.write(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
"""


def measured(*words: str | Path) -> tuple[int, str, int]:
    """Run a command in a process of its own; return its code, words and peak memory in KB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, words)],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    told, _, peak = done.stderr.rpartition("peak ")
    assert "Traceback" not in told, told
    return done.returncode, done.stdout + told, int(peak)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["noise", "letters", "one line", "brackets", "quotes", "commas"])
def test_100_mb_of_garbage_need_no_memory(case: Path, kind: str) -> None:
    pieces = {
        "noise": NOISE(1_000_000),
        "letters": b"qwertz uiop\n" * 83_334,
        "one line": b"x" * 1_000_000,
        "brackets": b"[" * 1_000_000,
        "quotes": b'"' * 999_999 + b"\n",
        "commas": b"," * 1_000_000,
    }
    with (case / "reports" / "garbage.csv").open("wb") as file:
        for _ in range(100):
            file.write(pieces[kind])
    for command, code in (("check", 3), ("run", 0)):
        ended, said, peak = measured(command, case)
        assert ended == code, said
        assert "reports/garbage.csv" in said
        assert peak < MOST_MEMORY_KB


@pytest.mark.slow
def test_100_mb_of_rows_that_cannot_be_used_need_no_memory(case: Path) -> None:
    bad = (HEADER + (row(lon="348") + row(occurred_at="never")) * 10_000).encode()
    with (case / "reports" / "bad.csv").open("wb") as file:
        for _ in range(100_000_000 // len(bad)):
            file.write(bad)
    ended, said, peak = measured("run", case)
    assert ended == 0
    assert "set aside" in said
    assert peak < MOST_MEMORY_KB


@pytest.mark.slow
def test_ten_thousand_columns_are_refused(case: Path) -> None:
    names = [f"c{number}" for number in range(10_000)]
    text = ",".join(["occurred_at", *names]) + "\n" + "1," * 10_000 + "1\n"
    (case / "reports" / "wide.csv").write_text(text * 20, encoding="utf-8")
    ended, said, peak = measured("check", case)
    assert ended == 3
    assert "10,001 columns" in said
    assert peak < MOST_MEMORY_KB
