"""The data files: streamed, so that a million findings need no more memory than a thousand.

Equal rows give equal bytes however they were batched: row groups have a fixed size and
nothing is stamped with a time. What each file is for: ``docs/data.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from holdfire.engines.store import Behind
from holdfire.publish import geojson, text_columns
from holdfire.publish.exports import dictionary, ftm, geoparquet, hxl, package
from holdfire.publish.exports.about import About
from holdfire.publish.exports.dictionary import SET_ASIDE_PUBLIC
from holdfire.publish.exports.json_text import parts
from holdfire.publish.exports.places import COLUMNS, Places
from holdfire.tables import finding, incident, report, statement
from holdfire.tables.indicator import Indicator

ROW_GROUP = 65_536
PARQUET = {"compression": "zstd", "version": "2.6", "write_statistics": True}
CALLED = pa.array(["yes", "unknown"])
"""Verdicts of alleged and possible violations."""
OUTPUTS = (
    "findings.parquet", "findings.csv", "findings.hxl.csv", "findings.geojson",
    "incidents.parquet", "reports.parquet", "set_aside.csv", "indicators.json",
    "statements.parquet", "statements.csv", "forwarding.csv", "entities.ftm.json",
    "dictionary.csv",
)  # fmt: skip


def write_data(
    directory: Path,
    *,
    findings: Iterable[pa.RecordBatch],
    incidents: Iterable[pa.RecordBatch],
    reports: Iterable[pa.RecordBatch],
    set_aside: Iterable[pa.RecordBatch],
    indicators: Iterable[Indicator],
    statements: pa.Table | None = None,
    forwarding: Iterable[tuple[str, tuple[str, ...], str]] = (),
    provenance: Mapping[str, Any],
    about: About | None = None,
) -> dict[str, str]:
    """Write every data file into a directory; return the sha256 of each by name.

    The tables must be the public ones. ``provenance`` gains ``outputs`` and ``newest``, the last
    day that anything published tells of, and is written last. ``about`` is the case in words.
    """
    directory.mkdir(parents=True, exist_ok=True)
    about = about or About()
    days = Newest()
    with ftm.Writer(directory / "entities.ftm.json", about) as entities:
        places = write_incidents(directory, days.seen(incidents, "occurred_from"), entities)
        write_findings(directory, findings, places, entities)
        write_reports(directory, days.seen(reports, "reported_at"), entities)
        entities.statements(statements)
    write_set_aside(directory / "set_aside.csv", set_aside)
    write_indicators(directory / "indicators.json", indicators)
    write_statements(directory, statements)
    write_forwarding(directory / "forwarding.csv", forwarding)
    dictionary.write(directory / "dictionary.csv")
    hashes = {n: sha256(directory / n) for n in sorted(OUTPUTS) if (directory / n).is_file()}
    version = str(provenance.get("version", ""))
    package.write(directory / "datapackage.json", about, version, hashes)
    hashes["datapackage.json"] = sha256(directory / "datapackage.json")
    record = {**provenance, "outputs": hashes, "newest": days.day()}
    write_provenance(directory / "provenance.json", record)
    return hashes | {"provenance.json": sha256(directory / "provenance.json")}


class Newest:
    """The last instant in a column of the batches that pass."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def seen(self, batches: Iterable[pa.RecordBatch], name: str) -> Iterator[pa.RecordBatch]:
        """Yield the batches as they are."""
        for batch in batches:
            last = pc.max(batch[name]).as_py()
            if last is not None:
                self._last = last if self._last is None else max(self._last, last)
            yield batch

    def day(self) -> str:
        """Return the day of it, ``YYYY-MM-DD`` in UTC; empty where there was none."""
        return "" if self._last is None else self._last.date().isoformat()


def write_findings(
    directory: Path,
    batches: Iterable[pa.RecordBatch],
    places: Places,
    entities: ftm.Writer | None = None,
) -> int:
    """Write the findings in every format in one pass; return how many there were."""
    schema = _plain_schema(finding.SCHEMA)
    flat = text_columns.flat_schema(schema)
    rows = 0
    with ExitStack() as files:
        parquet = files.enter_context(_parquet(directory / "findings.parquet", schema))
        csv = files.enter_context(pacsv.CSVWriter(str(directory / "findings.csv"), flat))
        features = files.enter_context(geojson.Writer(directory / "findings.geojson", places))
        tagged = files.enter_context(hxl.Writer(directory / "findings.hxl.csv", places))
        packing, wording = (files.enter_context(closing(Behind())) for _ in range(2))
        for batch in regrouped(batches, schema):
            packing.do(parquet.write_batch, batch, row_group_size=ROW_GROUP)
            wording.do(_write_csv, csv, batch, flat)
            called = batch.filter(pc.is_in(batch["verdict"], value_set=CALLED))
            for part, at in parts(called, places.rows(called["incident_id"])):
                features.write(part, at)
                tagged.write(part, at)
                if entities is not None:
                    entities.findings(part, places, at)
            rows += batch.num_rows
        packing.wait()
        wording.wait()
    return rows


def _write_csv(csv: pacsv.CSVWriter, batch: pa.RecordBatch, flat: pa.Schema) -> None:
    csv.write_batch(text_columns.flat(batch, flat))


def write_incidents(
    directory: Path, batches: Iterable[pa.RecordBatch], entities: ftm.Writer | None = None
) -> Places:
    """Write the incidents as GeoParquet; return where each happened."""
    schema = _plain_schema(incident.SCHEMA)
    kept: list[pa.RecordBatch] = []
    with geoparquet.Writer(directory / "incidents.parquet", schema, **PARQUET) as parquet:
        for batch in regrouped(batches, schema):
            parquet.write(batch, ROW_GROUP)
            kept.append(batch.select(list(COLUMNS)))
            if entities is not None:
                for part, _ in parts(batch):
                    entities.incidents(part)
    return Places(kept)


def write_reports(directory: Path, batches: Iterable[pa.RecordBatch], entities: ftm.Writer) -> None:
    """Write the reports as Parquet."""
    schema = _plain_schema(report.SCHEMA)
    with _parquet(directory / "reports.parquet", schema) as parquet:
        for batch in regrouped(batches, schema):
            parquet.write_batch(batch, row_group_size=ROW_GROUP)
            for part, _ in parts(batch):
                entities.reports(part)


def write_parquet(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    """Write one table as Parquet with fixed row groups."""
    plain = _plain_schema(schema)
    with _parquet(path, plain) as parquet:
        for batch in regrouped(batches, plain):
            parquet.write_batch(batch, row_group_size=ROW_GROUP)


def write_set_aside(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write which rows were set aside and of what kind the reasons were, and no word of theirs."""
    schema = pa.schema([report.SET_ASIDE.field(name) for name in SET_ASIDE_PUBLIC])
    with pacsv.CSVWriter(str(path), schema) as csv:
        for batch in regrouped((b.select(list(SET_ASIDE_PUBLIC)) for b in batches), schema):
            csv.write_batch(text_columns.flat(batch, schema))


def write_statements(directory: Path, statements: pa.Table | None) -> None:
    """Write the statements as Parquet with their passages, and as CSV with the chain's names.

    Where there are none, what an earlier run wrote is taken away.
    """
    paths = [directory / "statements.parquet", directory / "statements.csv"]
    if statements is None or not statements.num_rows:
        for path in paths:
            path.unlink(missing_ok=True)
        return
    write_parquet(paths[0], statements.to_batches(), statement.SCHEMA)
    names = [
        [link["name"] or "unnamed" for link in chain or []]
        for chain in statements["chain"].to_pylist()
    ]
    at = statements.schema.get_field_index("chain")
    flat = statements.set_column(at, "chain", pa.array(names, pa.list_(pa.string())))
    flat = flat.drop_columns(["spans"])
    schema = text_columns.flat_schema(flat.schema)
    with pacsv.CSVWriter(str(paths[1]), schema) as csv:
        for batch in flat.combine_chunks().to_batches():
            csv.write_batch(text_columns.flat(batch, schema))


def write_forwarding(path: Path, forwarding: Iterable[tuple[str, tuple[str, ...], str]]) -> None:
    """Write where incidents of earlier runs are now: old id, ids now, why; no file for none."""
    rows = [
        {"incident_id": old, "now": "|".join(now), "why": why}
        for old, now, why in forwarding
        if now
    ]
    if not rows:
        path.unlink(missing_ok=True)
        return
    pacsv.write_csv(pa.Table.from_pylist(rows), str(path))


def write_indicators(path: Path, indicators: Iterable[Indicator]) -> None:
    """Write the indicators as JSON, sorted by id."""
    rows = [one.as_json() for one in sorted(indicators, key=_indicator_order)]
    path.write_text(_json(rows), encoding="utf-8", newline="\n")


def write_provenance(path: Path, provenance: Mapping[str, Any]) -> None:
    """Write what the outputs were made from and with, keys sorted."""
    path.write_text(_json(provenance), encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the hash of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def regrouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the same rows in batches of the fixed size, as the schema's types."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        waiting.append(_as(batch, schema))
        held += batch.num_rows
        if held >= ROW_GROUP:
            table = pa.Table.from_batches(waiting, schema).combine_chunks()
            whole = held - held % ROW_GROUP
            yield from table.slice(0, whole).to_batches(max_chunksize=ROW_GROUP)
            waiting, held = table.slice(whole).to_batches(), held - whole
    if held:
        yield from pa.Table.from_batches(waiting, schema).combine_chunks().to_batches()


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [pc.cast(batch[field.name], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _plain_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema with dictionaries as plain strings: their order would show the batching."""
    return pa.schema(
        [f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in schema]
    )


def _parquet(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(str(path), schema, **PARQUET)


def _indicator_order(one: Indicator) -> tuple[str, ...]:
    return (one.id, one.clause, one.reading, one.party or "", one.unit, one.day or "")


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
