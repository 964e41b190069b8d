"""Columns as JSON text, a batch at a time: a document of a million rows is never held whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.text_columns import one_line, per_value

PIECE = 8_192
LESS = "\\u003c"
"""A less-than sign in JSON: as itself it could end the script that a page holds the text in."""


def dumped(value: Any, indent: int | None = None) -> str:
    """Return plain values as JSON text, with no tag in it however it is put into a page."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        value, indent=indent, ensure_ascii=False, allow_nan=False, separators=separators
    )
    return text.replace("<", LESS)


def quoted(values: Any) -> Any:
    """Return texts as JSON strings on one line and without controls, nulls as ``null``."""
    return pc.fill_null(strings(values), "null")


def strings(values: Any) -> Any:
    """Return texts as JSON strings on one line and without controls; nulls stay null."""
    return per_value(values.cast(pa.string()), _in_quotes)


def number(values: Any) -> Any:
    """Return numbers as JSON numbers; what is not finite, and null, as ``null``."""
    return pc.fill_null(pc.if_else(finite(values), values, None).cast(pa.string()), "null")


def finite(values: Any) -> Any:
    """Return which numbers are there and finite."""
    return pc.fill_null(pc.is_finite(values), False)


def joined(values: Any) -> Any:
    """Return all texts of an array one after another, as bytes that are not copied."""
    offsets, data = values.buffers()[1:]
    if data is None:
        return b""
    ends = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    return memoryview(data)[ends[0] : ends[-1]]


def parts(batch: pa.RecordBatch, at: Any = None) -> Iterator[tuple[pa.RecordBatch, Any]]:
    """Yield a batch in pieces whose text is short enough to hold, each with its part of ``at``."""
    for begins in range(0, batch.num_rows, PIECE):
        yield batch.slice(begins, PIECE), None if at is None else at.slice(begins, PIECE)


def whole(values: Any) -> Any:
    """Return a column as one array."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _in_quotes(values: Any) -> Any:
    texts = one_line(values)
    escaped = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
    escaped = pc.replace_substring(escaped, "<", LESS)
    return pc.binary_join_element_wise('"', escaped, '"', "")
