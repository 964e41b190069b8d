"""News texts that were made to break the reading of them: set aside with a reason, or read.

Nothing is measured in seconds: what is asserted is that an answer comes, which, and how big.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Said, holdfire

SOUND = (
    "Moldova rejects the truce again\n\n"
    "Moldova's proposal for a 10-day ceasefire with Latvia was rejected on 2 May by the Latvian "
    "delegation in Geneva.\n\n"
    "“We do not accept the ceasefire,” Latvian President Eva Kalns said on Saturday.\n"
)
MB = 1_000_000
MIXED = "Президент Молдовы said that 停火协议 وقف إطلاق النار was принято by हम and said so. "
BIDI = "\u202e\u2066\u200f\u200b\ufeff\u2069\u202c\u200d\u00ad"
WRONG_LINE = 2
NOT_READ = 1

# name of the file, what it holds, the code, and words that must be said (none: it is read)
FILES: list[tuple[str, bytes, int, str]] = [
    ("no-stop.txt", ("Moldova said that " * (MB // 18)).encode(), NOT_READ, "letters"),
    ("no-space.txt", b"x" * MB, NOT_READ, ""),
    ("quotes.txt", b'"' * 100_000, NOT_READ, ""),
    ("open-quotes.txt", ("“ " * 29_000).encode(), NOT_READ, ""),
    ("quotes-lines.txt", ("“\n" * 100_000).encode(), NOT_READ, ""),
    ("said.txt", b"said " * 100_000, NOT_READ, ""),
    ("said-lines.txt", b"He said so.\n\n" * 20_000, 0, ""),
    ("said-one-line.txt", b"said " * 10_000, 0, ""),
    ("names.txt", b"Ana Rusu Ion Lupu " * 3_000 + b"said so.", NOT_READ, "English"),
    ("days.txt", b"The truce ends on 31 February 2025 or 9999-12-31 at 25:61. " * 900, 0, ""),
    ("numbers.txt", b"He saw 9999999999999999999999999999 violations. " * 900, NOT_READ, "letters"),
    ("zero-width.txt", "\u200b".join(SOUND).encode(), NOT_READ, "without width"),
    ("only-zero-width.txt", "\u200b\u200d\ufeff".encode() * 50_000, NOT_READ, ""),
    ("bidi.txt", "".join(c + BIDI for c in SOUND).encode(), NOT_READ, "direction"),
    ("bidi-only.txt", BIDI.encode() * 20_000, NOT_READ, ""),
    ("accents.txt", ("a" + "\u0301" * 100_000).encode(), NOT_READ, ""),
    ("mixed.txt", (MIXED * 500).encode(), NOT_READ, ""),
    ("nul.txt", b"\0" * 100_000, NOT_READ, ""),
    ("half.txt", SOUND.encode("utf-16")[:-1], 0, ""),
    ("broken.txt", SOUND.encode() + b"\xed\xa0\x80\xff\xfe", 0, ""),
    ("empty.txt", b"", NOT_READ, ""),
    ("brackets.txt", b"[" * 2 * MB, NOT_READ, ""),
    ("brackets.json", b"[" * 2 * MB, NOT_READ, ""),
    ("deep.json", b'{"a":' * 100_000, NOT_READ, ""),
    ("deep.jsonl", b'{"text":' + b"[" * 100_000 + b"\n", NOT_READ, ""),
    ("long-line.jsonl", b'{"text":"' + b"a " * 5 * MB + b'"}\n', NOT_READ, ""),
    ("deep.html", b"<html><body>" + b"<div>" * 100_000 + b"Moldova said so.", NOT_READ, ""),
    ("tags.html", b"<html><body>" + b"<p>He said so.</p>" * 100_000, NOT_READ, ""),
    ("attributes.html", b"<html><p " + b"a=b " * 300_000 + b">He said so.</p>", 0, ""),
    ("entities.html", b"<html><body><p>" + b"&amp;&#x200b;" * 100_000, NOT_READ, ""),
    ("comment.html", b"<html><!--" + b"<!-- " * 200_000, NOT_READ, ""),
    (
        "billion.xml",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
        )
        + b"]><rss><channel><item><description>&j;</description></item></channel></rss>",
        0, "",
    ),
    (
        "outside.xml",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><description>Moldova said &a;</description></item></channel></rss>",
        0, "",
    ),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>" + b"(" * MB, NOT_READ, ""),
]  # fmt: skip

# Paragraphs of tens of thousands of letters, full of statements.
DENSE: list[tuple[str, bytes]] = [
    ("lines.txt", b"Moldova said that the truce\n" * 15_000),
    ("quotes-apart.txt", b'He said "so" ' * 4_000),
    ("that.txt", b"He said that " * 4_000 + b"it holds."),
    ("nested.txt", b"Interfax reported that " * 2_000 + b"Moldova agreed to the truce."),
    ("ands.txt", b"Moldova, Latvia and " * 2_500 + b"Norway rejected the ceasefire."),
]


def told(said: Said) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said.out)
    return found


@pytest.mark.parametrize(("name", "raw", "code", "words"), FILES, ids=[one[0] for one in FILES])
def test_a_hostile_file_is_read_or_set_aside(
    tmp_path: Path, name: str, raw: bytes, code: int, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    said = holdfire("read", path, "--json")
    assert said.code == code, said.err[-500:]
    found = told(said)
    assert bool(found["set_aside"]) is bool(code)
    assert words in said.err
    assert len(said.err) < 2_000
    assert len(said.out) < 20_000
    assert "root:" not in said.out
    if not code:
        assert found["texts"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "raw"), DENSE, ids=[one[0] for one in DENSE])
def test_a_paragraph_full_of_statements_ends_in_an_answer(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    said = holdfire("read", path, "--json")
    found = told(said)
    assert (said.code, found["texts"], len(found["set_aside"])) in ((0, 1, 0), (1, 0, 1))


def in_a_process(*given: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that may wait for ever in a process that is ended."""
    return subprocess.run(
        [sys.executable, "-c", "from holdfire.cli import main; main()", *map(str, given)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".html", ".json", ".jsonl", ".xml", ".pdf"])
def test_200_megabytes_with_nothing_in_them(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"big{suffix}"
    with path.open("wb") as file:
        file.write(b"[" * 10_000)
        file.truncate(200 * MB)
    said = holdfire("read", path, "--json")
    assert said.code == NOT_READ
    assert len(told(said)["set_aside"]) == 1
    assert len(said.text) < 5_000


def test_a_pipe_without_end_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "sound.txt").write_text(SOUND, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "null.txt").symlink_to("/dev/zero")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    done = in_a_process("read", tmp_path, "--json")
    assert done.returncode == 0, done.stderr[-500:]
    found = json.loads(done.stdout)
    aside = {Path(one["file"]).name for one in found["set_aside"]}
    assert aside == {"pipe.txt", "null.txt", "loop.txt", "up"}
    assert found["texts"] == 1


def test_two_thousand_small_files(tmp_path: Path) -> None:
    for number in range(2_000):
        text = f"Moldova rejected the ceasefire on {number % 28 + 1} May, {number} people said."
        (tmp_path / f"{number:04}.txt").write_text(text, encoding="utf-8")
    said = holdfire("read", tmp_path, "--published", "2031-05-28", "--json")
    assert said.code == 0
    found = told(said)
    assert found["texts"] == 2_000
    assert len({one["file"] for one in found["statements"]}) + found["copies"] == 2_000


def test_what_many_texts_say_is_shown_in_few_lines(tmp_path: Path) -> None:
    for number in range(300):
        text = f"Moldova rejected the ceasefire on {number % 28 + 1} May, {number} people said."
        (tmp_path / f"{number:04}.txt").write_text(text, encoding="utf-8")
    said = holdfire("read", tmp_path, "--published", "2031-05-28")
    assert said.code == 0
    assert len(said.out.splitlines()) < 150


def test_thousands_of_files_set_aside_are_told_in_few_lines(tmp_path: Path) -> None:
    for number in range(1_000):
        (tmp_path / f"{number:04}.txt").write_bytes(b"\0" * (number + 1))
    said = holdfire("read", tmp_path)
    assert said.code == NOT_READ
    assert "990 more" in said.err
    assert len(said.err) < 5_000


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(tmp_path: Path, day: str) -> None:
    path, dump = tmp_path / "a.txt", tmp_path / "a.jsonl"
    path.write_text(SOUND, encoding="utf-8")
    rows = [{"text": SOUND, "date": day}, {"text": "Peru rejected it.", "date": "2031-05-03"}]
    dump.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert holdfire("read", dump, "--json").code == 0
    assert holdfire("read", path, "--published", day, "--json").code in (0, NOT_READ, WRONG_LINE)


# A case and what is kept in it.

GARBAGE = [
    b"", b"\n\n", b"\0" * 1_000, b"not json\n", b"[1, 2]\nnull\n5\n", b"{}\n" * 1_000,
    b'{"stance": "accepts"}\n', b'{"stance": ["accepts"]}\n', b"[" * 100_000 + b"\n",
    b'{"stance":"accepts","file_sha256":{"a":1},"published":"2031-02-31"}\n',
    b'{"stance":"accepts","chain":5,"spans":7,"said_from":"9999-12-31T23:59:59+23:59"}\n',
    b'{"stance":"accepts","item":1e400,"hearsay":99999999999999999999999}\n',
    b'{"stance":"accepts","said":"\\ud800"}\n', b"\xff\xfe{\x00}\x00\n", b"x" * MB,
]  # fmt: skip


"""Which garbage has the form of a statement and lacks its id."""


@pytest.mark.parametrize("raw", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_among_the_statements_of_a_case(case: Path, tmp_path: Path, raw: bytes) -> None:
    kept = case / "statements" / "statements.jsonl"
    kept.parent.mkdir()
    kept.write_bytes(raw)
    assert holdfire("check", case).code == 0
    assert holdfire("run", case).code == 0
    text = tmp_path / "a.txt"
    text.write_text(SOUND, encoding="utf-8")
    assert holdfire("read", text, "--case", case).code == 0
    assert "Eva Kalns" in kept.read_text(encoding="utf-8", errors="replace")
    assert holdfire("run", case).code == 0


def test_a_thousand_bad_statements_are_told_in_few_lines(case: Path) -> None:
    (case / "statements").mkdir()
    (case / "statements" / "statements.jsonl").write_bytes(b"{}\n" * 1_000)
    assert len(holdfire("check", case).text) < 20_000


def test_statements_that_are_a_folder(case: Path, tmp_path: Path) -> None:
    (case / "statements" / "statements.jsonl").mkdir(parents=True)
    assert holdfire("run", case).code == 0
    text = tmp_path / "a.txt"
    text.write_text(SOUND, encoding="utf-8")
    assert holdfire("read", text, "--case", case).code == NOT_READ


EVIL = [
    "<script>alert(1)</script>",
    '"""\n[evil]\nkey = 1\n"""',
    "'''\n[evil]\nkey = 1",
    '" ]\nconfirmed_by = "The Devil"\n[evil]\nx = "',
    '\\u0022 \\" \\',
    "=HYPERLINK('http://evil.example')",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\x1b[31mred\x07",
    "](javascript:alert(1))",
    "{{ 7 * 7 }}{% raw %}",
    "x" * 3_000,
]


def evil_text(words: str) -> str:
    return (
        f"Norway's proposal for a 10-day ceasefire between Moldova and Latvia was accepted on 1 "
        f"May by the Moldovan delegation during talks in Geneva ({words}). The ceasefire would "
        f"halt combat operations along the entire front line {words} and suspend missile strikes "
        f"except {words}. Monitors from {words} would watch it.\n\n"
        f"“{words} We reject the ceasefire {words},” Latvian presidential aide {words} Ozols said "
        f"on 2 May. {words} reported 17 violations of the ceasefire in {words} on 2 May.\n\n"
        f"Latvia reported 21 violations, shelling of {words} by Moldova on 2 May.\n"
    )


@pytest.mark.parametrize("words", EVIL, ids=range(len(EVIL)))
def test_hostile_words_stay_words(tmp_path: Path, words: str) -> None:
    record = {"title": words, "outlet": words, "url": f"javascript:{words}", "date": "2031-05-03",
              "text": evil_text(" ".join(words.split()))}  # fmt: skip
    dump, folder = tmp_path / "dump.jsonl", tmp_path / "case"
    dump.write_text(json.dumps(record) + "\n", encoding="utf-8")
    said = holdfire("read", dump, "--case", folder)
    assert said.code == 0, said.err
    assert "\x1b" not in said.text
    found = tomllib.loads((folder / "agreement.toml").read_text(encoding="utf-8"))
    assert "evil" not in found
    assert found["draft"]["confirmed_by"] == ""
    assert "ten-day" in str(found) or "10 days" in str(found)
    assert holdfire("run", folder).code == 1, "nobody has confirmed it"
    with (folder / "reports" / "from-texts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert all(None not in one for one in rows)
    kept = (folder / "statements" / "statements.jsonl").read_text(encoding="utf-8")
    assert all(json.loads(line)["stance"] for line in kept.split("\n")[:-1])


@pytest.mark.parametrize("words", ["=HYPERLINK('http://evil.example')", "@SUM(1+1)", "+1", "-1"])
def test_no_cell_of_the_reports_is_a_formula(tmp_path: Path, words: str) -> None:
    path, folder = tmp_path / "a-2031-05-03.txt", tmp_path / "case"
    path.write_text(evil_text(words), encoding="utf-8")
    assert holdfire("read", path, "--case", folder, "--outlet", words).code == 0
    with (folder / "reports" / "from-texts.csv").open(encoding="utf-8", newline="") as lines:
        for one in csv.DictReader(lines):
            assert not any(cell.startswith(("=", "@", "+", "-")) for cell in one.values())
