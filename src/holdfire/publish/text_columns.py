"""Columns as text: for CSV that opens in a spreadsheet without running anything."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

CONTROLS = r"[\x{0000}-\x{0008}\x{000B}\x{000C}\x{000E}-\x{001F}\x{007F}-\x{009F}\x{00AD}\x{061C}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}]"
"""Controls, soft hyphens, zero-width and direction marks: none has business in a data file."""
BREAKS = r"[\t\r\n]+"
FORMULA = r"^(\s*[=+\-@＝＋－＠])"
"""What a spreadsheet may take for a formula; full-width signs count in some languages."""
LONGEST = 4_000


def flat_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema with times and lists as strings."""
    return pa.schema([f.with_type(pa.string()) if _is_odd(f.type) else f for f in schema])


def flat(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return the batch as the flat schema, its text inert."""
    columns = [_column(batch[field.name]) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def inert(texts: Any) -> Any:
    """Return texts that no spreadsheet runs: controls out, a formula's sign behind an apostrophe."""
    return pc.replace_substring_regex(one_line(texts), FORMULA, r"'\1")


def one_line(texts: Any) -> Any:
    """Return texts on one line, without controls and not longer than a cell may be."""
    short = pc.utf8_slice_codeunits(texts, 0, LONGEST)
    return pc.replace_substring_regex(pc.replace_substring_regex(short, BREAKS, " "), CONTROLS, "")


def iso(times: Any) -> Any:
    """Return UTC times as ISO 8601 with a Z; fractions of a second only where there are any."""
    return pc.replace_substring_regex(
        pc.strftime(times, format="%Y-%m-%dT%H:%M:%SZ"), r"\.0+Z$", "Z"
    )


def _column(values: Any) -> Any:
    kind = values.type
    if pa.types.is_timestamp(kind):
        return iso(values)
    if pa.types.is_list(kind):
        return inert(pc.binary_join(values, "|"))
    return inert(values) if pa.types.is_string(kind) else values


def _is_odd(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_list(kind))
