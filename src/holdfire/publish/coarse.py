"""Columns made coarser or empty, for the rows that a mask names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish import grid
from holdfire.tables import report

PLACE = ("lon", "lat", "radius_m")


def places(batch: pa.RecordBatch, grid_m: float, where: Any | None = None) -> pa.RecordBatch:
    """Move the places to the grid, of the chosen rows or of all."""
    if where is not None and not pc.any(where).as_py():
        return batch
    lon, lat, radius = (
        np.asarray(batch[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in PLACE
    )
    for name, values in zip(PLACE, grid.coarsen(lon, lat, radius, grid_m), strict=True):
        moved = pa.array(values, pa.float64(), from_pandas=True)
        batch = put(batch, name, moved if where is None else pc.if_else(where, moved, batch[name]))
    return batch


def whole_days(batch: pa.RecordBatch, where: Any, local_time: str) -> pa.RecordBatch:
    """Widen the times of the chosen rows to whole local days."""
    if not pc.any(where).as_py():
        return batch
    for name, to_day, side in (
        ("occurred_from", pc.floor_temporal, "earliest"),
        ("occurred_to", pc.ceil_temporal, "latest"),
    ):
        local = pc.local_timestamp(batch[name].cast(pa.timestamp("us", tz=local_time)))
        # A midnight that the clocks skip or repeat is taken on the side that widens the span.
        day = pc.assume_timezone(
            to_day(local, unit="day"), local_time, ambiguous=side, nonexistent=side
        ).cast(report.UTC)
        batch = put(batch, name, pc.if_else(where, day, batch[name]))
    if "time_precision" in batch.schema.names:
        words = pc.if_else(where, pa.scalar("day"), batch["time_precision"])
        batch = put(batch, "time_precision", words)
    return batch


def blank(batch: pa.RecordBatch, where: Any, names: Iterable[str]) -> pa.RecordBatch:
    """Empty some columns of the chosen rows."""
    for name in sorted(set(names) & set(batch.schema.names)):
        kind = batch.schema.field(name).type
        batch = put(batch, name, pc.if_else(where, pa.scalar(None, kind), batch[name]))
    return batch


def only(batch: pa.RecordBatch, where: Any, kept: Iterable[str]) -> pa.RecordBatch:
    """Empty all but the columns kept, of the chosen rows: a new column is held back too."""
    return blank(batch, where, set(batch.schema.names) - set(kept))


def put(batch: pa.RecordBatch, name: str, values: Any) -> pa.RecordBatch:
    """Put values in a column's place."""
    at = batch.schema.get_field_index(name)
    return batch.set_column(at, batch.schema.field(at), values.cast(batch.schema.field(at).type))


def everyone(batch: pa.RecordBatch, value: bool = True) -> Any:
    """Return a mask of all rows."""
    return pa.array(np.full(batch.num_rows, value))
