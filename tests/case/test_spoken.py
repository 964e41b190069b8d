"""The statements of a case as lines of a file: written, read back, replaced, and what is no row."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from holdfire.case.spoken import (
    FOLDER,
    STATEMENTS,
    as_line,
    from_line,
    keep_rows,
    statement_rows,
    statements,
)
from holdfire.errors import Problem
from holdfire.tables.statement import SCHEMA

Row = dict[str, Any]


def statement(number: int = 1, **facts: Any) -> Row:
    row: Row = dict.fromkeys(SCHEMA.names) | {
        "statement_id": f"S-{number:04}", "file": "a.txt", "file_sha256": "aa", "item": 1,
        "published": date(2031, 5, 3), "said_from": datetime(2031, 5, 1, 21, tzinfo=UTC),
        "said_to": datetime(2031, 5, 2, 21, tzinfo=UTC), "stance": "accepts", "said": "“Так”\u2028",
        "chain": [{"name": "The Ledger", "kind": "outlet", "role": None, "party": None,
                   "spans": []}],
        "spans": {part: [] for part in ("source", "cue", "content", "conditions", "when", "where")},
        "outlets": [], "speaker_kind": "person", "mode": "direct",
    }  # fmt: skip
    return row | facts


def kept(folder: Path, *rows: Row) -> Path:
    path = folder / FOLDER / STATEMENTS
    path.parent.mkdir(exist_ok=True)
    keep_rows(path, rows)
    return path


def test_a_row_comes_back_from_its_line() -> None:
    line = as_line(statement())
    assert "\n" not in line
    assert '"said_from":"2031-05-01T21:00:00Z"' in line
    assert from_line(line) == statement()


def test_a_row_without_times_comes_back() -> None:
    bare = statement(published=None, said_from=None, said_to=None)
    assert from_line(as_line(bare)) == bare


def test_what_has_no_form_of_its_own_is_not_written() -> None:
    with pytest.raises(TypeError):
        as_line(statement(said=b"bytes"))


BAD = [
    '{"stance": "accepts"}',
    "", "not json", "[1]", "null", "{}", '{"stance": "maybe"}', '{"stance": null}',
    '{"stance": "accepts", "published": "2031-02-31"}',
    '{"stance": "accepts", "said_from": 5}',
    '{"stance": "accepts", "item": "first"}',
    '{"stance": "accepts", "chain": 7}',
    '{"stance": "accepts", "spans": {"cue": [[1, 2, 3]]}}',
    "[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("line", BAD, ids=range(len(BAD)))
def test_a_line_that_is_no_row_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = kept(tmp_path, statement(1), statement(2))
    first, second, _ = path.read_text(encoding="utf-8").split("\n")
    path.write_text(f"{first}\n{line}\n{second}\n", encoding="utf-8")
    problems: list[Problem] = []
    found = statements(tmp_path, problems)
    assert found["statement_id"].to_pylist() == ["S-0001", "S-0002"]
    (problem,) = problems
    assert problem.where == f"{FOLDER}/{STATEMENTS}:2"
    assert problem.severity == "warning"
    assert "holdfire read" in problem.advice
    assert len(problem.message) < 500


def test_a_case_without_statements_has_an_empty_table(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert statements(tmp_path, problems).schema.equals(SCHEMA)
    assert list(statement_rows(tmp_path, problems)) == []
    assert problems == []


def test_the_same_text_replaces_itself_and_others_stay(tmp_path: Path) -> None:
    path = kept(tmp_path, statement(1), statement(2, file_sha256="bb"), statement(3))
    kept(tmp_path, statement(4), statement(5, file_sha256="cc"))
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [(one["statement_id"], one["file_sha256"]) for one in found] == [
        ("S-0004", "aa"), ("S-0005", "cc"), ("S-0002", "bb"),
    ]  # fmt: skip


def test_lines_that_cannot_be_read_stay_for_a_person(tmp_path: Path) -> None:
    path = kept(tmp_path, statement(1))
    with path.open("a", encoding="utf-8") as out:
        out.write("my own note\n")
    kept(tmp_path, statement(2))
    assert path.read_text(encoding="utf-8").endswith("\nmy own note\n")


def test_a_row_that_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = kept(tmp_path, statement(1))
    before = path.read_bytes()
    with pytest.raises(TypeError):
        kept(tmp_path, statement(2), statement(3, said=b"bytes"))
    assert path.read_bytes() == before


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = kept(tmp_path, statement(1), statement(2, file_sha256="bb"))
    once = path.read_bytes()
    kept(tmp_path, statement(1), statement(2, file_sha256="bb"))
    assert path.read_bytes() == once
