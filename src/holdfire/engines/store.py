"""Tables on disk between the stages: written batch by batch, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 50_000


class TableWriter:
    """Writes one table to a Parquet file as its batches come."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema = path, schema
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", store_schema=True)

    def __enter__(self) -> TableWriter:
        """Start writing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._writer.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Append a batch."""
        if batch.num_rows:
            self._writer.write_batch(batch)


def batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield a table's batches in the order they were written."""
    file = pq.ParquetFile(path)
    yield from file.iter_batches(ROWS, columns=list(columns) if columns else None)


def query(sql: str, *parameters: object) -> pa.Table:
    """Return the result of SQL over files; a table is named by its path: ``'x.parquet'``.

    One thread, so that rows without an ORDER BY come in the order they were written.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.sql(sql, params=list(parameters)).to_arrow_table()
