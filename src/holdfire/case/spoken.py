"""The statements of a case: ``statements/statements.jsonl``, one row of the table a line.

Texts may be read in several goes: what a file said before is replaced when the same file (by
its hash) is read again, and stays otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire.errors import Problem, shown
from holdfire.tables import statement

FOLDER = "statements"
STATEMENTS = "statements.jsonl"
_ADVICE = "made by holdfire read; read the texts again: holdfire read ARTICLE --case DIR"
_TIMES: dict[str, Callable[[str], Any]] = {
    "published": date.fromisoformat,
    "said_from": datetime.fromisoformat,
    "said_to": datetime.fromisoformat,
}


def as_line(row: dict[str, Any]) -> str:
    """Return a row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=_iso, separators=(",", ":"))


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def statement_rows(folder: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a case's statements; a line that is none is told in ``problems``."""
    path = folder / FOLDER / STATEMENTS
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                for name, read in _TIMES.items():
                    if row.get(name) is not None:
                        row[name] = read(row[name])
                if row["stance"] not in statement.STANCES:
                    raise ValueError(f"stance {shown(row['stance'])}")
                pa.RecordBatch.from_pylist([row], statement.SCHEMA)
            except (ValueError, TypeError, KeyError, AttributeError, pa.ArrowException,
                    RecursionError) as error:  # fmt: skip
                where = f"{FOLDER}/{STATEMENTS}:{number}"
                what = f"not a row of the statement table: {shown(error)}"
                problems.append(Problem(where, what, _ADVICE, severity="warning"))
                continue
            yield row


def statements(folder: Path, problems: list[Problem]) -> pa.Table:
    """Return a case's statements as a table, in order of publication."""
    return pa.Table.from_pylist(list(statement_rows(folder, problems)), statement.SCHEMA)


def merged(before: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what a case says after more texts were read: the same file replaces itself."""
    new = list(now)
    again = {row["file_sha256"] for row in new}
    kept = [row for row in before if row["file_sha256"] not in again]
    return sorted([*kept, *new], key=_order)


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    first = min((span[0] for span in row["spans"]["content"]), default=0)
    return (
        str(row["published"] or "9999"), row["file"], row["item"], first, row["statement_id"],
    )  # fmt: skip
