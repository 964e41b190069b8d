"""Parquet as a stream of records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from holdfire.errors import SourceError
from holdfire.sources.opening import check_columns, unique_columns
from holdfire.sources.tabular import SAMPLE_ROWS, Read

ROWS_AT_ONCE = 4_096
FAULTS = (pa.ArrowException, OSError, ValueError, TypeError, OverflowError, NotImplementedError)
"""What reading a damaged or unusual Parquet file may raise."""


def head_of(path: Path) -> tuple[list[str], list[dict[str, Any]], list[str]]:
    """Return the columns, the first few records and notes."""
    try:
        with pq.ParquetFile(path) as file:
            check_columns(len(file.schema_arrow.names))
            columns, notes = unique_columns(list(file.schema_arrow.names))
            first = next(iter(_rows(file, columns, SAMPLE_ROWS)), [])
    except FAULTS as error:
        raise SourceError(
            f"it begins like Parquet and cannot be read as such: {_brief(error)}",
            advice="is it cut off? Fetch or write it again",
        ) from error
    return columns, first[:SAMPLE_ROWS], notes


def records(path: Path) -> Iterator[Read]:
    """Yield every record; the first one is row 2, as under a header."""
    row = 1
    try:
        with pq.ParquetFile(path) as file:
            columns = unique_columns(list(file.schema_arrow.names))[0]
            for rows in _rows(file, columns, ROWS_AT_ONCE):
                for values in rows:
                    row += 1
                    yield Read(row, values, values)
    except FAULTS as error:
        reason = f"the file cannot be read from here on: {_brief(error)}"
        yield Read(row + 1, {}, None, reason, "file broken off")


def _rows(file: pq.ParquetFile, columns: list[str], at_once: int) -> Iterator[list[dict[str, Any]]]:
    for batch in file.iter_batches(batch_size=at_once, use_threads=False):
        cells = [_whole_microseconds(column).to_pylist() for column in batch.columns]
        yield [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def _whole_microseconds(column: pa.Array) -> pa.Array:
    # Python's datetime has no nanoseconds; a report is never known to one.
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _brief(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else type(error).__name__
