"""Tables on disk between the stages: written batch by batch, read batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 50_000


class Behind:
    """Does one call after another on a thread of its own, in order, at most one ahead.

    Writing compressed files leaves the interpreter free: the next batch is made meanwhile.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[object] | None = None

    def do(self, call: Callable[..., object], *given: object, **named: object) -> None:
        """Do a call once the one before it is done; raise what that one raised."""
        self.wait()
        self._last = self._pool.submit(call, *given, **named)

    def wait(self) -> None:
        """Wait for the last call; raise what it raised."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def close(self) -> None:
        """End the thread, when its last call is done."""
        self._pool.shutdown()


class TableWriter:
    """Writes one table to a Parquet file as its batches come."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema = path, schema
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", store_schema=True)
        self._behind = Behind()

    def __enter__(self) -> TableWriter:
        """Start writing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; what could not be written is raised, unless worse has happened."""
        try:
            if error is None:
                self._behind.wait()
        finally:
            self._behind.close()
            self._writer.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Append a batch."""
        if batch.num_rows:
            self._behind.do(self._writer.write_batch, batch)


def batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield a table's batches in the order they were written."""
    file = pq.ParquetFile(path)
    yield from file.iter_batches(ROWS, columns=list(columns) if columns else None)


def table(folder: Path, name: str) -> str:
    """Return a table of a folder as SQL names it: its path, quoted."""
    path = (folder / f"{name}.parquet").as_posix().replace("'", "''")
    return f"'{path}'"


def query(sql: str, *parameters: object) -> pa.Table:
    """Return the result of SQL over files; a table is named by its path: ``'x.parquet'``.

    One thread, so that rows without an ORDER BY come in the order they were written.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.sql(sql, params=list(parameters)).to_arrow_table()
