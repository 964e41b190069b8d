"""Findings as GeoJSON, a batch of text at a time.

Only alleged and possible violations are in it. A place is a point with ``radius_m``: what
happened, happened within that many metres of it. Where no point is known the geometry is
null, and ``area`` is the named area, where there is one.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.text_columns import iso, one_line, per_value

PLACE = ("incident_id", "lon", "lat", "radius_m", "area", "act")
TEXTS = (
    "finding_id", "incident_id", "clause", "reading", "verdict", "decided_by", "reason",
    "held_responsible", "responsibility", "grade", "counting_unit",
)  # fmt: skip
TIMES = ("occurred_from", "occurred_to")


class Writer:
    """Writes a FeatureCollection piece by piece; use it in a ``with`` statement."""

    def __init__(self, path: Path, places: pa.Table) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")
        self._places = places.combine_chunks()
        # Made once: Arrow's own index would hash every incident anew for each batch.
        self._row_of = {name: row for row, name in enumerate(places["incident_id"].to_pylist())}
        self._first = True

    def __enter__(self) -> Writer:
        """Open the collection."""
        self._stream.write('{"type":"FeatureCollection","features":[')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the collection and the file."""
        self._stream.write("\n]}\n")
        self._stream.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the batch's findings that are yes or unknown, with a place or without."""
        named = batch.filter(pc.is_in(batch["verdict"], value_set=pa.array(["yes", "unknown"])))
        rows_of = (self._row_of.get(name) for name in named["incident_id"].to_pylist())
        at = pa.array(rows_of, pa.int64())
        if named.num_rows:
            lines = "\n,".join(self._features(named, at).to_pylist())
            self._stream.write(f"\n{'' if self._first else ','}{lines}")
            self._first = False

    def _at(self, name: str, at: Any) -> Any:
        return pc.take(_whole(self._places[name]), at)

    def _features(self, rows: pa.RecordBatch, at: Any) -> Any:
        texts = {name: rows[name] for name in TEXTS} | {name: iso(rows[name]) for name in TIMES}
        lon, lat, radius = (self._at(name, at) for name in ("lon", "lat", "radius_m"))
        point = pc.binary_join_element_wise(
            '{"type":"Point","coordinates":[', lon.cast(pa.string()), ",", lat.cast(pa.string()),
            "]}", "",
        )  # fmt: skip
        placed = pc.and_(_finite(lon), _finite(lat))
        number = pc.if_else(_finite(radius), radius, None).cast(pa.string())
        parts: list[Any] = [
            '{"type":"Feature","geometry":', pc.if_else(placed, point, "null"),
            ',"properties":{"radius_m":', pc.fill_null(number, "null"),
            ',"area":', _quoted(self._at("area", at)), ',"act":', _quoted(self._at("act", at)),
        ]  # fmt: skip
        for name, values in texts.items():
            parts += [f',"{name}":', _quoted(values)]
        return pc.binary_join_element_wise(*parts, "}}", "")


def _quoted(values: Any) -> Any:
    """Return texts as JSON strings, nulls as ``null``."""
    return pc.fill_null(per_value(values.cast(pa.string()), _in_quotes), "null")


def _in_quotes(values: Any) -> Any:
    texts = one_line(values)
    escaped = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', escaped, '"', "")


def _finite(values: Any) -> Any:
    return pc.fill_null(pc.is_finite(values), False)


def _whole(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
