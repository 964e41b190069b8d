"""Findings with HXL tags: a row of hashtags under the header (HXL 1.1, tagging conventions).

A file of its own, since a second header row is in the way of a spreadsheet's filters and of pandas.
Only alleged and possible violations are in it, since tools for such files count rows.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from holdfire.publish import text_columns
from holdfire.publish.exports import dictionary
from holdfire.publish.exports.places import Places

OF_PLACES = {
    "lon": "lon", "lat": "lat", "radius_m": "radius_m", "area": "area", "what": "act",
}  # fmt: skip


class Writer:
    """Writes the tagged file batch by batch; use it in a ``with`` statement."""

    def __init__(self, path: Path, places: Places) -> None:
        plain = [
            (one.name, pa.string() if pa.types.is_dictionary(one.kind) else one.kind)
            for one in dictionary.columns("tagged")
        ]
        self._schema = text_columns.flat_schema(pa.schema(plain))
        self._places = places
        self._stream = path.open("wb")
        for row in ([one.name for one in dictionary.columns("tagged")], tags()):
            self._stream.write((",".join(f'"{cell}"' for cell in row) + "\n").encode())
        self._csv = pacsv.CSVWriter(
            self._stream, self._schema, write_options=pacsv.WriteOptions(include_header=False)
        )

    def __enter__(self) -> Writer:
        """Start writing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._csv.close()
        self._stream.close()

    def write(self, batch: pa.RecordBatch, at: Any) -> None:
        """Add findings that are yes or unknown; ``at`` are the rows of their places."""
        columns = [self._column(name, batch, at) for name in self._schema.names]
        made = pa.RecordBatch.from_arrays(columns, self._schema.names)
        self._csv.write_batch(text_columns.flat(made, self._schema))

    def _column(self, name: str, batch: pa.RecordBatch, at: Any) -> Any:
        if name not in OF_PLACES:
            return batch[name]
        values = self._places.of(OF_PLACES[name], at)
        if not pa.types.is_floating(values.type):
            return values
        return pc.if_else(pc.is_finite(values), values, None)


def tags() -> list[str]:
    """Return the row of hashtags."""
    return [one.hxl for one in dictionary.columns("tagged")]
