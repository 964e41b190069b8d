"""Columns as JSON text, a batch at a time: a document of a million rows is never held whole."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.text_columns import one_line, per_value

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


def whole(values: Any) -> Any:
    """Return a column as one array."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _in_quotes(values: Any) -> Any:
    texts = one_line(values)
    escaped = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
    escaped = pc.replace_substring(escaped, "<", LESS)
    return pc.binary_join_element_wise('"', escaped, '"', "")
