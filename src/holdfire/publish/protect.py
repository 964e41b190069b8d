"""Do no harm, by default, in everything public.

Places are rounded to a grid, the newest incidents wait, rows whose licence keeps them in
the house leave only a pointer, rows marked sensitive lose their free text. What was held
back is counted, so that holding back is not hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish import grid
from holdfire.tables import incident, report

KEPT_OF_RESTRICTED = (
    "report_id", "source", "file", "file_sha256", "row", "republish", "sensitive", "outlet",
)  # fmt: skip
"""All that leaves the house of a report that may not be republished: where to find it."""

KEPT_OF_RESTRICTED_INCIDENT = (
    "incident_id", "report_ids", "outlets", "occurred_from", "occurred_to", "time_precision",
    "act", "counting_unit", "republish", "sensitive",
)  # fmt: skip

FREE_TEXT = ("raw", "summary", "place_name", "actor_name", "citation")
"""Words of the source. A row marked sensitive publishes none of them."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables as the public may see them."""

    findings: pa.Table
    incidents: pa.Table
    reports: pa.Table


@dataclass(frozen=True, slots=True)
class Plan:
    """What is held back, decided once and then applied batch by batch."""

    late: pa.Array
    """Ids of incidents that are withheld for now."""
    restricted: pa.Array
    """Ids of incidents that rest on rows of restricted licence alone."""
    dropped_reports: pa.Array
    """Ids of reports that describe withheld incidents and nothing else."""
    counts: dict[str, int]
    grid_m: float
    local_time: str

    def findings(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public findings: none of a withheld incident, times and edges coarsened."""
        for whole in batches:
            batch = _without(whole, "incident_id", self.late)
            kept_in = _member(batch["incident_id"], self.restricted)
            yield _coarse_edges(_whole_days(batch, kept_in, self.local_time), self.grid_m)

    def incidents(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public incidents."""
        for whole in batches:
            batch = _without(whole, "incident_id", self.late)
            kept_in = _member(batch["incident_id"], self.restricted)
            batch = _whole_days(batch, kept_in, self.local_time)
            batch = _blank(batch, kept_in, set(batch.schema.names) - {*KEPT_OF_RESTRICTED_INCIDENT})
            batch = _blank(batch, _true(batch["sensitive"]), FREE_TEXT)
            yield _coarse_places(batch, self.grid_m)

    def reports(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public reports."""
        for whole in batches:
            batch = _without(whole, "report_id", self.dropped_reports)
            # Unknown is treated as forbidden: only an explicit "yes" lets a row out.
            kept_in = pc.invert(_true(batch["republish"]))
            batch = _blank(batch, kept_in, set(batch.schema.names) - {*KEPT_OF_RESTRICTED})
            batch = _blank(batch, _true(batch["sensitive"]), FREE_TEXT)
            # The row as read holds the exact coordinates that the grid is there to hide.
            batch = _blank(batch, pc.is_valid(batch["lon"]), ("raw",)) if self.grid_m > 0 else batch
            yield _coarse_places(batch, self.grid_m)


def plan(
    incidents: Iterable[pa.RecordBatch],
    reports: Iterable[pa.RecordBatch],
    *,
    grid_m: float = 1000.0,
    delay_h: float = 24.0,
    cutoff: datetime | None = None,
    local_time: str = "UTC",
) -> Plan:
    """Decide what is held back, from the few columns that decide it.

    An incident waits while its end or its newest report is later than ``cutoff`` (the
    moment of publication less the delay), or while neither time is known. No cutoff: none.
    ``delay_h`` only words the reason.
    """
    told = pa.Table.from_batches(
        (b.select(["report_id", "reported_at", "republish", "sensitive"]) for b in reports),
        _some(report.SCHEMA, "report_id", "reported_at", "republish", "sensitive"),
    )
    happened = pa.Table.from_batches(
        (b.select(["incident_id", "report_ids", "occurred_to"]) for b in incidents),
        _some(incident.SCHEMA, "incident_id", "report_ids", "occurred_to"),
    ).combine_chunks()
    links = _links(happened, told)
    newest, all_closed = _by_incident(links, happened.num_rows)
    ids = _array(happened["incident_id"])
    late = ids.filter(_too_new(happened["occurred_to"], newest, cutoff))
    restricted = ids.filter(pa.array(all_closed))
    dropped = _only_late(links, ids, late)
    counts = {
        f"incidents withheld: under {delay_h:g} hours since they happened or were told": len(late),
        "reports of sources that do not let their rows leave": _count_false(told["republish"]),
        "reports marked sensitive, published without free text": _count_true(told["sensitive"]),
    }
    return Plan(
        late, restricted, dropped, {k: v for k, v in counts.items() if v}, grid_m, local_time
    )


def public_tables(
    findings: pa.Table,
    incidents: pa.Table,
    reports: pa.Table,
    *,
    grid_m: float = 1000.0,
    delay_h: float = 24.0,
    cutoff: datetime | None = None,
    local_time: str = "UTC",
) -> tuple[Tables, dict[str, int]]:
    """Return the tables as the public may see them, and what was held back, in words and counts."""
    decided = plan(
        incidents.to_batches(), reports.to_batches(),
        grid_m=grid_m, delay_h=delay_h, cutoff=cutoff, local_time=local_time,
    )  # fmt: skip
    tables = Tables(
        pa.Table.from_batches(decided.findings(findings.to_batches()), findings.schema),
        pa.Table.from_batches(decided.incidents(incidents.to_batches()), incidents.schema),
        pa.Table.from_batches(decided.reports(reports.to_batches()), reports.schema),
    )
    return tables, decided.counts


def _links(happened: pa.Table, told: pa.Table) -> pa.Table:
    """Return one row per incident and report: the incident's row number, the report's facts."""
    lists = _array(happened["report_ids"])
    names = pc.list_flatten(lists)
    at = pc.index_in(names, value_set=_array(told["report_id"]))
    return pa.table(
        {
            "incident": pc.list_parent_indices(lists),
            "report_id": names,
            "reported_at": pc.take(_array(told["reported_at"]), at),
            "republish": pc.fill_null(pc.take(_array(told["republish"]), at), False),
        }
    )


def _by_incident(links: pa.Table, rows: int) -> tuple[Any, Any]:
    """Return per incident the newest report's time (NaT: none known) and whether all are closed."""
    grouped = links.group_by("incident").aggregate([("reported_at", "max"), ("republish", "any")])
    newest = np.full(rows, np.datetime64("NaT"), dtype="datetime64[us]")
    closed = np.zeros(rows, dtype=bool)
    at = grouped["incident"].to_numpy()
    newest[at] = grouped["reported_at_max"].cast(pa.timestamp("us")).to_numpy()
    closed[at] = ~grouped["republish_any"].to_numpy()
    return newest, closed


def _too_new(ends: pa.ChunkedArray, newest: Any, cutoff: datetime | None) -> pa.Array:
    if cutoff is None:
        return pa.array(np.zeros(len(newest), dtype=bool))
    last = np.datetime64(int(cutoff.timestamp() * 1_000_000), "us")
    happened = _array(ends).cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    undated = np.isnat(happened) & np.isnat(newest)
    return pa.array((happened > last) | (newest > last) | undated)


def _only_late(links: pa.Table, ids: pa.Array, late: pa.Array) -> pa.Array:
    waits = _member(pc.take(ids, _array(links["incident"])), late)
    waiting = links.filter(waits)["report_id"]
    shown = links.filter(pc.invert(waits))["report_id"]
    return pc.unique(waiting.filter(pc.invert(pc.is_in(waiting, value_set=_array(shown)))))


def _coarse_places(batch: pa.RecordBatch, grid_m: float) -> pa.RecordBatch:
    lon, lat, radius = (
        np.asarray(batch[name].to_numpy(zero_copy_only=False), dtype=np.float64)
        for name in ("lon", "lat", "radius_m")
    )
    for name, values in zip(
        ("lon", "lat", "radius_m"), grid.coarsen(lon, lat, radius, grid_m), strict=True
    ):
        batch = _put(batch, name, pa.array(values, pa.float64(), from_pandas=True))
    return batch


def _coarse_edges(batch: pa.RecordBatch, grid_m: float) -> pa.RecordBatch:
    """Round distances to a zone's edge: several exact ones would give the place away."""
    if grid_m <= 0:
        return batch
    rounded = pc.multiply(pc.round(pc.divide(batch["edge_m"], grid_m)), grid_m)
    return _coarse_words(_put(batch, "edge_m", rounded), grid_m)


_DISTANCE = re.compile(r"(\d+(?:\.\d)?) (km|m) (inside|outside) the zone's edge")


def _coarse_words(batch: pa.RecordBatch, grid_m: float) -> pa.RecordBatch:
    """Round the same distances where a reason puts them into words."""

    def about(found: re.Match[str]) -> str:
        metres = float(found[1]) * (1000.0 if found[2] == "km" else 1.0)
        steps = round(metres / grid_m)
        far = f"about {steps * grid_m / 1000:g} km" if steps else f"less than {grid_m / 1000:g} km"
        return f"{far} {found[3]} the zone's edge"

    told = pc.fill_null(pc.match_substring(batch["reason"], " the zone's edge"), False)
    if not pc.any(told).as_py():
        return batch
    texts = [_DISTANCE.sub(about, text) for text in batch["reason"].filter(told).to_pylist()]
    words = pc.replace_with_mask(batch["reason"], told, pa.array(texts, batch["reason"].type))
    return _put(batch, "reason", words)


def _whole_days(batch: pa.RecordBatch, where: pa.Array, local_time: str) -> pa.RecordBatch:
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
        batch = _put(batch, name, pc.if_else(where, day, batch[name]))
    if "time_precision" in batch.schema.names:
        words = pc.if_else(where, pa.scalar("day"), batch["time_precision"])
        batch = _put(batch, "time_precision", words)
    return batch


def _blank(batch: pa.RecordBatch, where: pa.Array, names: Iterable[str]) -> pa.RecordBatch:
    for name in sorted(set(names) & set(batch.schema.names)):
        kind = batch.schema.field(name).type
        batch = _put(batch, name, pc.if_else(where, pa.scalar(None, kind), batch[name]))
    return batch


def _without(batch: pa.RecordBatch, name: str, ids: pa.Array) -> pa.RecordBatch:
    return batch.filter(pc.invert(_member(batch[name], ids))) if len(ids) else batch


def _member(values: Any, ids: pa.Array) -> Any:
    return pc.is_in(values, value_set=ids)


def _put(batch: pa.RecordBatch, name: str, values: Any) -> pa.RecordBatch:
    at = batch.schema.get_field_index(name)
    return batch.set_column(at, batch.schema.field(at), values.cast(batch.schema.field(at).type))


def _true(values: Any) -> Any:
    return pc.fill_null(values, False)


def _count_true(values: Any) -> int:
    return int(pc.sum(_true(values).cast(pa.int64())).as_py() or 0)


def _count_false(values: Any) -> int:
    return len(values) - _count_true(values)


def _array(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _some(schema: pa.Schema, *names: str) -> pa.Schema:
    return pa.schema([schema.field(name) for name in names])
