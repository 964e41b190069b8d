"""Every report as an incident of its own: nothing is merged yet.

The place of the merging stage, with its table: an incident keeps its id as long as its
report does.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.tables import incident


def one_each(reports: pa.RecordBatch) -> pa.RecordBatch:
    """Return one incident per report, in the same order."""
    ids = reports.column("report_id")
    columns = {
        "incident_id": pc.replace_substring_regex(ids, pattern="^R-", replacement="I-"),
        "report_ids": _lists(ids),
        "outlets": _lists(reports.column("outlet")),
        "outlet_sides": _lists(reports.column("outlet_side")),
    }
    return pa.RecordBatch.from_arrays(
        [
            columns[name] if name in columns else reports.column(name)
            for name in incident.SCHEMA.names
        ],
        schema=incident.SCHEMA,
    )


def _lists(values: pa.Array) -> pa.Array:
    """Return each value as a list of one; null becomes an empty list."""
    present = pc.is_valid(values).cast(pa.int32())
    offsets = pa.concat_arrays(
        [pa.array([0], pa.int32()), pc.cumulative_sum(present).cast(pa.int32())]
    )
    return pa.ListArray.from_arrays(offsets, values.drop_null())
