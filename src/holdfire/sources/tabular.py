"""CSV and TSV as a stream of records, in constant memory whatever the file holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, TextIO

from holdfire.errors import SourceError
from holdfire.sources.opening import Shape, check_columns, decoded, unique_columns

LINE_MAX = 4 * 1024 * 1024
RECORD_MAX = 16 * 1024 * 1024
CELL_MAX = 1024 * 1024
SAMPLE_ROWS = 5


@dataclass(slots=True)
class Read:
    """One record as read. ``problem`` is why it cannot be used, ``kind`` its class of reasons.

    ``raw`` is what is kept of the record word for word; ``values`` what an adapter is given.
    ``raw_json`` is ``raw`` as JSON text, where the reader has it at hand.
    """

    row: int
    values: dict[str, Any]
    raw: Any
    problem: str = ""
    kind: str = ""
    raw_json: str = ""


class _Lines:
    """Lines of a stream, bounded: one line, and all lines of one record together.

    It raises ``csv.Error`` from within the reader, which then starts afresh on the next line.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LINE_MAX)
        if not line:
            raise StopIteration
        self.size += len(line)
        if len(line) == LINE_MAX and line[-1] not in "\r\n":
            while (rest := self._stream.readline(LINE_MAX)) and rest[-1] not in "\r\n":
                pass
            raise csv.Error(f"a line is longer than {LINE_MAX:,} characters")
        if self.size > RECORD_MAX:
            raise csv.Error(f"a record is longer than {RECORD_MAX:,} characters")
        return line


def head_of(
    head: bytes, shape: Shape, complete: bool
) -> tuple[list[str], list[dict[str, str]], list[str]]:
    """Return the columns, the first few records and notes, from a file's first bytes."""
    words = decoded(head, shape.encoding).lstrip("\ufeff")
    csv.field_size_limit(CELL_MAX)
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(words.splitlines(keepends=True), delimiter=shape.delimiter):
            if cells:
                rows.append(cells)
            if len(rows) > SAMPLE_ROWS + 1:
                break
    except csv.Error as error:
        if not rows:
            raise SourceError(f"its first line cannot be read as CSV: {error}") from error
    if not complete and len(rows) <= SAMPLE_ROWS + 1:
        rows = rows[:-1]
        if not rows:
            raise SourceError("its first line is longer than 256 KB")
    header = rows[0] if rows else []
    check_columns(len(header))
    columns, notes = unique_columns(header)
    sample = [dict(zip(columns, cells, strict=False)) for cells in rows[1 : SAMPLE_ROWS + 1]]
    return columns, sample, notes


def records(path: Path, shape: Shape) -> Iterator[Read]:
    """Yield every record of a CSV file, unusable ones with their problem.

    ``row`` counts records as a spreadsheet shows them: the header is row 1, and a line break
    within quotation marks starts no new row.
    """
    csv.field_size_limit(CELL_MAX)
    with path.open(encoding=shape.encoding, errors=shape.errors, newline="") as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=shape.delimiter, strict=True)
        columns: list[str] = []
        header: list[str] = []
        template = ""
        row = 0
        while True:
            row += 1
            lines.size = 0
            started = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _broken(row, str(error), started + 1, reader.line_num)
                if not columns:
                    return  # without its header, no row of it can be told
                continue
            if not columns:
                header = cells
                columns = unique_columns([cell.lstrip("\ufeff") for cell in cells])[0]
                keys = (encode_basestring(name).replace("%", "%%") for name in columns)
                template = "{" + ", ".join(f"{key}: %s" for key in keys) + "}"
                continue
            if len(cells) != len(columns):
                if cells:
                    yield _ragged(row, cells, columns)
                continue
            if cells == header:
                yield Read(row, {}, cells, "the header is repeated here", "repeated header")
                continue
            values = dict(zip(columns, cells, strict=True))
            # The same text as json.dumps(values, ensure_ascii=False), at a third of its cost.
            raw_json = template % tuple(map(encode_basestring, cells))
            yield Read(row, values, values, raw_json=raw_json)


def _ragged(row: int, cells: list[str], columns: list[str]) -> Read:
    kind = "row has too many cells" if len(cells) > len(columns) else "row has too few cells"
    return Read(row, {}, cells, f"row has {len(cells)} cells, header has {len(columns)}", kind)


def _broken(row: int, message: str, first: int, last: int) -> Read:
    if "field larger than" in message:
        message = f"a cell is longer than {CELL_MAX:,} characters"
    elif "unexpected end of data" in message:
        message = "a quotation mark is never closed"
    elif "expected after" in message:
        message = "a quotation mark ends within a cell"
    span = f"lines {first} to {last}" if last > first else f"line {first}"
    reason = f"{message} ({span}): is a quotation mark missing or too many?"
    return Read(row, {}, None, reason, "not readable as CSV")
