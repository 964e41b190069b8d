"""Findings as GeoJSON (RFC 7946), a batch of text at a time.

Only alleged and possible violations are in it. A place is the disk that the true place lies in, as
a polygon round it (see ``exports/disks.py``); ``lon``, ``lat`` and ``radius_m`` are its middle and
size. Where no point is known the geometry is null, and ``area`` is the named area, where there is
one.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from holdfire.publish.exports.extent import Extent, boxes
from holdfire.publish.exports.geoparquet import shapes
from holdfire.publish.exports.json_text import joined, number, quoted
from holdfire.publish.exports.places import Places
from holdfire.publish.text_columns import iso

TEXTS = (
    "incident_id", "clause", "reading", "verdict", "decided_by", "reason",
    "held_responsible", "responsibility", "grade", "counting_unit",
)  # fmt: skip
TIMES = ("occurred_from", "occurred_to")


class Writer:
    """Writes a FeatureCollection piece by piece; use it in a ``with`` statement."""

    def __init__(self, path: Path, places: Places) -> None:
        self._stream = path.open("wb")
        self._places, self._extent = places, Extent()
        self._first = True

    def __enter__(self) -> Writer:
        """Open the collection."""
        self._stream.write(b'{"type":"FeatureCollection","features":[')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the collection, say how far it reaches, and close the file."""
        box = self._extent.box()
        ends = "" if box is None else f',"bbox":{json.dumps(box)}'
        self._stream.write(f"\n]{ends}}}\n".encode())
        self._stream.close()

    def write(self, batch: pa.RecordBatch, at: Any) -> None:
        """Add findings that are yes or unknown; ``at`` are the rows of their places."""
        if batch.num_rows:
            lines = joined(self._features(batch, at))
            # Every feature but the first comes after a comma.
            self._stream.write(lines[1:] if self._first else lines)
            self._first = False

    def _geometries(self, at: Any) -> Any:
        """Return the geometries as text: one place of many findings is drawn once."""
        coded = at.dictionary_encode()
        made = shapes(self._places.table.take(coded.dictionary))
        self._extent.add(boxes(made))
        texts = pa.array(shapely.to_geojson(made), pa.string())
        return pc.fill_null(texts.take(coded.indices), "null")

    def _features(self, rows: pa.RecordBatch, at: Any) -> Any:
        texts = {name: rows[name] for name in TEXTS} | {name: iso(rows[name]) for name in TIMES}
        texts |= {name: self._places.of(name, at) for name in ("area", "act")}
        figures = {name: self._places.of(name, at) for name in ("lon", "lat", "radius_m")}
        parts: list[Any] = [
            ',\n{"type":"Feature","id":', quoted(rows["finding_id"]),
            ',"geometry":', self._geometries(at), ',"properties":{"finding_id":',
            quoted(rows["finding_id"]),
        ]  # fmt: skip
        for name, values in figures.items():
            parts += [f',"{name}":', number(values)]
        for name, values in texts.items():
            parts += [f',"{name}":', quoted(values)]
        return pc.binary_join_element_wise(*parts, "}}", "")
