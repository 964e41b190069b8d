"""The statements of a case: ``statements/statements.jsonl``, one row of the table a line.

Texts may be read in several goes: what a file said before is replaced when the same file (by
its hash) is read again, and stays otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire.errors import Problem, shown
from holdfire.tables import statement

FOLDER = "statements"
STATEMENTS = "statements.jsonl"
MOST_TOLD = 10
NEVER_NULL = (
    "statement_id", "file", "file_sha256", "item", "speaker_kind", "chain", "mode", "stance",
    "spans",
)  # fmt: skip
_UNREADABLE = (
    ValueError, TypeError, KeyError, AttributeError, pa.ArrowException, RecursionError
)  # fmt: skip
_ADVICE = "made by holdfire read; read the texts again: holdfire read ARTICLE --case DIR"
_TIMES: dict[str, Callable[[str], Any]] = {
    "published": date.fromisoformat,
    "said_from": datetime.fromisoformat,
    "said_to": datetime.fromisoformat,
}


def as_line(row: dict[str, Any]) -> str:
    """Return a row as a line of JSON."""
    return _ENCODER.encode(row)


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_iso, separators=(",", ":"))


def from_line(line: str) -> dict[str, Any]:
    """Return the row of a line; raises ``ValueError`` and its like for one that is none."""
    row: dict[str, Any] = json.loads(line)
    for name, read in _TIMES.items():
        if row.get(name) is not None:
            row[name] = read(row[name])
    for name in NEVER_NULL:
        if row.get(name) is None:
            raise ValueError(f"without {name}")
    if row["stance"] not in statement.STANCES:
        raise ValueError(f"stance {shown(row['stance'])}")
    return row


def statement_rows(folder: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a case's statements; a line that is none is told in ``problems``."""
    path = folder / FOLDER / STATEMENTS
    if not path.is_file():
        return
    wrong = 0
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = from_line(line)
                pa.RecordBatch.from_pylist([row], statement.SCHEMA)
            except _UNREADABLE as error:
                wrong += 1
                if wrong > MOST_TOLD:
                    continue
                where = f"{FOLDER}/{STATEMENTS}:{number}"
                what = f"not a row of the statement table: {shown(error)}"
                problems.append(Problem(where, what, _ADVICE, severity="warning"))
                continue
            yield row
    if wrong > MOST_TOLD:
        more = f"{wrong - MOST_TOLD:,} more lines are no rows of the statement table"
        problems.append(Problem(f"{FOLDER}/{STATEMENTS}", more, _ADVICE, severity="warning"))


def statements(folder: Path, problems: list[Problem]) -> pa.Table:
    """Return a case's statements as a table."""
    return pa.Table.from_pylist(list(statement_rows(folder, problems)), statement.SCHEMA)


def keep_rows(path: Path, rows: Iterable[dict[str, Any]], read: Collection[str] = ()) -> None:
    """Write rows to a file that may have some: the same text (by hash) replaces itself.

    ``read`` are the hashes of texts that were read, those that say nothing among them.

    Line by line, so that memory stays the same; the file is replaced whole, or not at all.
    """
    new = path.with_suffix(".new")
    again = set(read)
    with new.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            again.add(row["file_sha256"])
            out.write(f"{as_line(row)}\n")
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace") as lines:
                out.writelines(line for line in lines if _sha(line) not in again)
    new.replace(path)


def _sha(line: str) -> str | None:
    try:
        return str(json.loads(line)["file_sha256"])
    except _UNREADABLE:
        return None
