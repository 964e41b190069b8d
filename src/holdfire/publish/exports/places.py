"""Where and what each incident was, kept while its findings are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.exports.json_text import whole
from holdfire.tables import incident

COLUMNS = (
    "incident_id", "lon", "lat", "radius_m", "area", "act", "republish", "sensitive",
)  # fmt: skip


class Places:
    """A few columns of every public incident, and the row of each by its id."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        schema = pa.schema([incident.SCHEMA.field(name) for name in COLUMNS])
        kept = (batch.select(list(COLUMNS)).cast(schema) for batch in batches)
        self.table = pa.Table.from_batches(kept, schema).combine_chunks()
        # Made once: Arrow's own index would hash every incident anew for each batch.
        self._row_of = {name: row for row, name in enumerate(self.table["incident_id"].to_pylist())}

    def rows(self, incident_ids: Any) -> Any:
        """Return the row of each incident, null for one that is not there."""
        return pa.array((self._row_of.get(name) for name in incident_ids.to_pylist()), pa.int64())

    def of(self, name: str, at: Any) -> Any:
        """Return a column's values in the given rows."""
        return pc.take(whole(self.table[name]), at)

    def open(self, at: Any) -> Any:
        """Return which rows are of incidents whose reports may all leave, none sensitive."""
        may = pc.fill_null(self.of("republish", at), False)
        return pc.and_not(may, pc.fill_null(self.of("sensitive", at), True))
