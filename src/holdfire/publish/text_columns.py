"""Columns as text: for CSV that opens in a spreadsheet without running anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

CONTROLS = (
    r"[\x{0000}-\x{0008}\x{000B}\x{000C}\x{000E}-\x{001F}\x{007F}-\x{009F}\x{00AD}\x{061C}"
    r"\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}]"
)
"""Controls, soft hyphens, zero-width and direction marks: none has business in a data file."""
BREAKS = r"[\t\r\n]+"
FORMULA = r"^(\s*[=+\-@＝＋－＠])"
"""What a spreadsheet may take for a formula; full-width signs count in some languages."""
SUSPECT = pa.array([*"=+-@＝＋－＠ "])
"""What a text may begin with that :data:`FORMULA` fits."""
LONGEST = 4_000
FEW = 1_024
"""So many of the first texts tell whether they repeat."""
FOUR_DIGITS = (
    int(datetime(1000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000,
    int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()) * 1_000_000,
)


def flat_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema with times and lists as strings."""
    return pa.schema([f.with_type(pa.string()) if _is_odd(f.type) else f for f in schema])


def flat(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return the batch as the flat schema, its text inert."""
    columns = [_column(batch[field.name]) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def inert(texts: Any) -> Any:
    """Return texts that no spreadsheet runs: a formula's sign stands behind an apostrophe."""
    return per_value(texts, _inert)


def one_line(texts: Any) -> Any:
    """Return texts on one line, without controls and not longer than a cell may be."""
    return per_value(texts, _one_line)


def _inert(texts: Any) -> Any:
    short = _one_line(texts)
    begins = pc.utf8_slice_codeunits(short, 0, 1)
    if _ordinary(texts) and not pc.any(pc.is_in(begins, value_set=SUSPECT)).as_py():
        return short
    return pc.replace_substring_regex(short, FORMULA, r"'\1")


def _one_line(texts: Any) -> Any:
    if _ordinary(texts):
        return texts
    short = pc.utf8_slice_codeunits(texts, 0, LONGEST)
    return pc.replace_substring_regex(pc.replace_substring_regex(short, BREAKS, " "), CONTROLS, "")


def per_value(texts: Any, of: Callable[[Any], Any]) -> Any:
    """Return texts changed one by one; where few are different, each of them but once."""
    if len(texts) > FEW and not isinstance(texts, pa.ChunkedArray):
        sample = texts.slice(0, FEW)
        if len(pc.unique(sample)) < FEW // 8:
            encoded = texts.dictionary_encode()
            return of(encoded.dictionary).take(encoded.indices)
    return of(texts)


def _ordinary(texts: Any) -> bool:
    """Whether every text is short and of printable ASCII: then nothing is to be taken out."""
    if isinstance(texts, pa.ChunkedArray) or not pa.types.is_string(texts.type):
        return False
    if (pc.max(pc.binary_length(texts)).as_py() or 0) > LONGEST:
        return False
    offsets, data = texts.buffers()[1:]
    if data is None or len(texts) == 0:
        return True
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    codes = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    return len(codes) == 0 or bool(codes.min() >= 0x20 and codes.max() < 0x7F)


def iso(times: Any) -> Any:
    """Return UTC times as ISO 8601 with a Z; fractions of a second only where there are any."""
    if _whole_seconds(times):
        return _clocked(times.cast(pa.int64()))
    return pc.replace_substring_regex(
        pc.strftime(times, format="%Y-%m-%dT%H:%M:%SZ"), r"\.0+Z$", "Z"
    )


def _clocked(micros: Any) -> Any:
    """Word days and times of day apart: there are few different ones of each."""
    second = pc.divide(micros, 1_000_000)
    day = pc.floor(pc.divide(second.cast(pa.float64()), 86_400.0)).cast(pa.int64())
    rest = pc.subtract(second, pc.multiply(day, 86_400))
    days, clocks = day.dictionary_encode(), rest.dictionary_encode()
    dates = days.dictionary.cast(pa.int32()).cast(pa.date32()).cast(pa.string())
    times = clocks.dictionary.cast(pa.int32()).cast(pa.time32("s")).cast(pa.string())
    return pc.binary_join_element_wise(
        dates.take(days.indices), "T", times.take(clocks.indices), "Z", ""
    )


def _whole_seconds(times: Any) -> bool:
    """Whether every time is a whole second of a year of four digits."""
    if times.type != pa.timestamp("us", "UTC") or isinstance(times, pa.ChunkedArray):
        return False
    micros = times.drop_null().view(pa.int64()).to_numpy()
    if len(micros) == 0:
        return True
    inside = micros.min() >= FOUR_DIGITS[0] and micros.max() < FOUR_DIGITS[1]
    return bool(inside and not (micros % 1_000_000).any())


def _column(values: Any) -> Any:
    kind = values.type
    if pa.types.is_timestamp(kind):
        return iso(values)
    if pa.types.is_list(kind):
        return inert(pc.binary_join(values, "|"))
    return inert(values) if pa.types.is_string(kind) else values


def _is_odd(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_list(kind))
