"""Incidents as GeoParquet 1.1: the same table, with where each happened as a geometry.

The geometry is the disk that the true place lies in (see ``disks``), or null where only a named
area is known, or nothing. So ``ST_Within(geometry, zone)`` says surely inside and
``ST_Intersects(geometry, zone)`` possibly inside. No reference system is written: that is
OGC:CRS84, longitude first, by the format's own rule.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from holdfire.publish.exports import disks
from holdfire.publish.exports.extent import Extent, boxes

VERSION = "1.1.0"
CORNERS = ("xmin", "ymin", "xmax", "ymax")
GEOMETRY = (
    pa.field("geometry", pa.binary(), metadata={
        "means": "the disk that the true place lies in, a polygon round it, as WKB; null where no "
                 "point is known"}),
    pa.field("bbox", pa.struct([pa.field(name, pa.float64()) for name in CORNERS]), metadata={
        "means": "the box round the geometry, in degrees"}),
)  # fmt: skip


class Writer:
    """Writes batches with their places; use it in a ``with`` statement."""

    def __init__(self, path: Path, schema: pa.Schema, **options: Any) -> None:
        self._schema = pa.schema([*schema, *GEOMETRY])
        self._file = pq.ParquetWriter(str(path), self._schema, **options)
        self._extent, self._types = Extent(), set[str]()

    def __enter__(self) -> Writer:
        """Start writing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what the format tells of the file, and close it."""
        column = {
            "encoding": "WKB",
            "geometry_types": sorted(self._types),
            "orientation": "counterclockwise",
            "edges": "planar",
            "covering": {"bbox": {name: ["bbox", name] for name in CORNERS}},
        }
        box = self._extent.box()
        geo = {
            "version": VERSION, "primary_column": "geometry",
            "columns": {"geometry": column | ({} if box is None else {"bbox": box})},
        }  # fmt: skip
        self._file.add_key_value_metadata({"geo": json.dumps(geo, sort_keys=True)})
        self._file.close()

    def write(self, batch: pa.RecordBatch, row_group_size: int) -> None:
        """Add a batch; it needs ``lon``, ``lat`` and ``radius_m``."""
        made = shapes(batch)
        found = boxes(made)
        self._extent.add(found)
        self._types |= {one.geom_type for one in made[np.unique(
            shapely.get_type_id(made), return_index=True)[1]] if one is not None}  # fmt: skip
        missing = shapely.is_missing(made)
        corners = [pa.array(side, mask=missing) for side in found.T]
        box = pa.StructArray.from_arrays(
            corners, fields=list(GEOMETRY[1].type), mask=pa.array(missing)
        )
        wkb = pa.array(shapely.to_wkb(made, byte_order=1), pa.binary())
        columns = [*batch.columns, wkb, box]
        self._file.write_batch(
            pa.RecordBatch.from_arrays(columns, schema=self._schema), row_group_size=row_group_size
        )


def shapes(rows: Any) -> npt.NDArray[Any]:
    """Return the geometry of each row that has ``lon``, ``lat`` and ``radius_m``."""
    lon, lat, radius = (
        np.asarray(rows[name].to_numpy(zero_copy_only=False), dtype=np.float64)
        for name in ("lon", "lat", "radius_m")
    )
    return disks.shapes(lon, lat, radius)
