"""Do no harm, by default, in everything public.

Places are rounded to a grid, the newest incidents wait, rows whose licence keeps them in
the house leave only a pointer, rows marked sensitive little more than a day and a kind, and
words of one's own wait until somebody has read them. What was held back is counted, so that
holding back is not hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish import coarse, reworded
from holdfire.tables import incident, report

KEPT_OF_RESTRICTED = (
    "report_id", "source", "file", "file_sha256", "row", "republish", "sensitive", "outlet",
    "outlet_side",
)  # fmt: skip
"""All that leaves the house of a report that may not be republished: where to find it."""

KEPT_OF_RESTRICTED_INCIDENT = (
    "incident_id", "report_ids", "outlets", "occurred_from", "occurred_to", "time_precision",
    "act", "counting_unit", "republish", "sensitive", "independent", "incidents_min",
    "incidents_expected", "incidents_max", "maybe_same",
)  # fmt: skip

KEPT_OF_SENSITIVE = (
    "report_id", "source", "file", "file_sha256", "row", "occurred_from", "occurred_to",
    "act", "target", "lon", "lat", "radius_m", "counting_unit", "actors", "responsibility",
    "republish", "sensitive",
)  # fmt: skip
"""All that is published of a sensitive report, its time as days and its place coarser."""

KEPT_OF_SENSITIVE_INCIDENT = (
    "incident_id", "report_ids", "incidents_min", "incidents_expected", "incidents_max",
    "maybe_same", *KEPT_OF_SENSITIVE,
)  # fmt: skip

FREE_TEXT = (
    "raw", "summary", "place_name", "actor_name", "weapon_name", "citation", "circumstance",
    "responsibility_rule", "event_id", "time_precision", "place_precision",
)  # fmt: skip
"""Words of the source. Reports of one's own lose them until somebody has read them."""

HELD_OF_FINDING = (
    "quantity_unit", "quantity_min", "quantity_best", "quantity_max", "quantity_least",
    "quantity_most", "outlet_sides",
)  # fmt: skip
"""What a finding tells of a row whose licence or whose danger keeps it in the house."""

OWN = "own"
SENSITIVE_COARSER = 5
"""Places of sensitive rows are so many times coarser than the others."""
SENSITIVE_OUTLET = "withheld: sensitive"


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
    """Ids of incidents that any row of restricted licence tells of: the facts of an incident are
    what all its reports leave together, so that one closed row shows in them. Its open reports
    are published as reports, with facts of their own."""
    sensitive: pa.Array
    """Ids of incidents that a row marked sensitive tells of."""
    dropped_reports: pa.Array
    """Ids of reports that describe withheld incidents and nothing else."""
    counts: dict[str, int]
    grid_m: float
    local_time: str
    text: bool
    """Whether words of one's own have been read and may be published."""

    def counted(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch of internal findings as the public figures may count it.

        Without what waits; who told of a sensitive incident is not named; what must not give
        its minutes away is counted by its days.
        """
        batch = without(batch, "incident_id", self.late)
        kept_in, tender = self._which(batch)
        batch = coarse.whole_days(batch, pc.or_(kept_in, tender), self.local_time)
        told: tuple[tuple[str, list[str | None]], ...]
        told = (("outlets", [SENSITIVE_OUTLET]), ("outlet_sides", [None]))
        for name, instead in told if pc.any(tender).as_py() else ():
            # Lists cannot be chosen between row by row: taken out of both instead.
            kind = batch.schema.field(name).type
            both = pa.concat_arrays([batch[name].cast(kind), pa.array([instead], kind)])
            own = pa.array(np.arange(batch.num_rows))
            batch = coarse.put(batch, name, both.take(pc.if_else(tender, batch.num_rows, own)))
        return batch

    def findings(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public findings: none of a withheld incident, times and edges coarsened."""
        for whole in batches:
            batch = without(whole, "incident_id", self.late)
            kept_in, tender = self._which(batch)
            closed = pc.or_(kept_in, tender)
            batch = coarse.whole_days(batch, closed, self.local_time)
            batch = coarse.blank(batch, closed, HELD_OF_FINDING)
            batch = coarse.blank(batch, tender, ("outlets",))
            batch = reworded.days(batch, closed, self.local_time)
            batch = reworded.unquoted(batch, closed if self.text else coarse.everyone(batch))
            batch = reworded.distances(batch, pc.invert(tender), self.grid_m)
            batch = reworded.distances(batch, tender, self.grid_m * SENSITIVE_COARSER)
            # Several zones' distances to one place, even rounded ones, would give it away.
            near = coarse.everyone(batch) if self.grid_m > 0 else closed
            yield coarse.blank(batch, near, ("edge_m",))

    def incidents(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public incidents."""
        for whole in batches:
            batch = without(whole, "incident_id", self.late)
            kept_in, tender = self._which(batch)
            tender = pc.or_(tender, _true(batch["sensitive"]))
            if not self.text:
                batch = coarse.blank(batch, coarse.everyone(batch), FREE_TEXT)
            batch = coarse.whole_days(batch, pc.or_(kept_in, tender), self.local_time)
            batch = coarse.only(batch, kept_in, KEPT_OF_RESTRICTED_INCIDENT)
            batch = coarse.only(batch, tender, KEPT_OF_SENSITIVE_INCIDENT)
            yield self._placed(_unnamed(batch, self.late), tender)

    def reports(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the public reports."""
        for whole in batches:
            batch = without(whole, "report_id", self.dropped_reports)
            # Unknown is treated as forbidden: only an explicit "yes" lets a row out.
            kept_in = pc.invert(_true(batch["republish"]))
            tender = _true(batch["sensitive"])
            batch = coarse.whole_days(batch, tender, self.local_time)
            batch = coarse.only(batch, kept_in, KEPT_OF_RESTRICTED)
            batch = coarse.only(batch, tender, KEPT_OF_SENSITIVE)
            if not self.text:
                batch = coarse.blank(batch, _own(batch["source"]), FREE_TEXT)
                batch = coarse.blank(batch, coarse.everyone(batch), ("raw",))
            if self.grid_m > 0:
                # The row as read holds the exact coordinates that the grid is there to hide.
                placed = pc.or_(pc.is_valid(batch["lon"]), pc.is_valid(batch["lat"]))
                batch = coarse.blank(batch, placed, ("raw",))
            yield self._placed(batch, tender)

    def _which(self, batch: pa.RecordBatch) -> tuple[Any, Any]:
        """Return which rows are of restricted and which of sensitive incidents."""
        ids = batch["incident_id"]
        return _member(ids, self.restricted), _member(ids, self.sensitive)

    def _placed(self, batch: pa.RecordBatch, tender: Any) -> pa.RecordBatch:
        batch = coarse.places(batch, self.grid_m * SENSITIVE_COARSER, tender)
        return coarse.places(batch, self.grid_m, pc.invert(tender))


def plan(
    incidents: Iterable[pa.RecordBatch],
    reports: Iterable[pa.RecordBatch],
    *,
    grid_m: float = 1000.0,
    delay_h: float = 24.0,
    cutoff: datetime | None = None,
    local_time: str = "UTC",
    text: bool = False,
) -> Plan:
    """Decide what is held back, from the few columns that decide it.

    An incident waits while its end or its newest report is later than ``cutoff`` (the
    moment of publication less the delay), or while neither time is known. No cutoff: none.
    ``delay_h`` only words the reason. ``text``: words of one's own have been read.
    """
    told = _columns(
        reports, report.SCHEMA, "report_id", "source", "reported_at", "republish", "sensitive"
    )
    happened = _columns(
        incidents, incident.SCHEMA, "incident_id", "report_ids", "occurred_to", "sensitive"
    ).combine_chunks()
    links = _links(happened, told)
    newest, any_closed, any_tender = _by_incident(links, happened.num_rows)
    ids = _array(happened["incident_id"])
    late = ids.filter(_too_new(happened["occurred_to"], newest, cutoff))
    restricted = ids.filter(pa.array(any_closed))
    tender = ids.filter(pc.or_(pa.array(any_tender), _true(_array(happened["sensitive"]))))
    dropped = _only_late(links, ids, late)
    counts = {
        f"incidents withheld: under {delay_h:g} hours since they happened or were told": len(late),
        "reports of sources that do not let their rows leave": _count_false(told["republish"]),
        "reports marked sensitive, published with little more than day, kind and a coarser place": (
            _count_true(told["sensitive"])
        ),
        "reports whose own words are held back: set [publication] text = true once they have "
        "been read": 0 if text else _count_true(_own(told["source"])),
    }
    return Plan(
        late, restricted, tender, dropped, {k: v for k, v in counts.items() if v},
        grid_m, local_time, text,
    )  # fmt: skip


def public_tables(
    findings: pa.Table,
    incidents: pa.Table,
    reports: pa.Table,
    *,
    grid_m: float = 1000.0,
    delay_h: float = 24.0,
    cutoff: datetime | None = None,
    local_time: str = "UTC",
    text: bool = False,
) -> tuple[Tables, dict[str, int]]:
    """Return the tables as the public may see them, and what was held back, in words and counts."""
    decided = plan(
        incidents.to_batches(), reports.to_batches(),
        grid_m=grid_m, delay_h=delay_h, cutoff=cutoff, local_time=local_time, text=text,
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
            "sensitive": pc.fill_null(pc.take(_array(told["sensitive"]), at), False),
        }
    )


def _by_incident(links: pa.Table, rows: int) -> tuple[Any, Any, Any]:
    """Return per incident the newest report's time (NaT: none known), and of its reports
    whether any is closed and whether any is sensitive."""
    grouped = links.group_by("incident").aggregate(
        [("reported_at", "max"), ("republish", "all"), ("sensitive", "any")]
    )
    newest = np.full(rows, np.datetime64("NaT"), dtype="datetime64[us]")
    closed, tender = np.ones(rows, dtype=bool), np.zeros(rows, dtype=bool)
    at = grouped["incident"].to_numpy()
    newest[at] = grouped["reported_at_max"].cast(pa.timestamp("us")).to_numpy()
    closed[at] = ~grouped["republish_all"].to_numpy()
    tender[at] = grouped["sensitive_any"].to_numpy()
    return newest, closed, tender


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


def without(batch: pa.RecordBatch, name: str, ids: pa.Array) -> pa.RecordBatch:
    """Return the rows whose id in one column is none of those given."""
    return batch.filter(pc.invert(_member(batch[name], ids))) if len(ids) else batch


def _unnamed(batch: pa.RecordBatch, ids: pa.Array) -> pa.RecordBatch:
    """Return incidents that do not name any of those given as one they may be the same as."""
    lists = batch["maybe_same"]
    if not len(ids) or not len(pc.list_flatten(lists)):
        return batch
    entries = pc.list_flatten(lists)
    shown = pc.invert(_member(pc.struct_field(entries, "incident_id"), ids))
    counts = np.bincount(
        pc.list_parent_indices(lists).to_numpy()[np.asarray(shown)], minlength=batch.num_rows
    )
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    return coarse.put(batch, "maybe_same", pa.ListArray.from_arrays(offsets, entries.filter(shown)))


def _member(values: Any, ids: pa.Array) -> Any:
    return pc.is_in(values, value_set=ids)


def _true(values: Any) -> Any:
    return pc.fill_null(values, False)


def _own(sources: Any) -> Any:
    return pc.fill_null(pc.equal(sources, OWN), False)


def _count_true(values: Any) -> int:
    return int(pc.sum(_true(values).cast(pa.int64())).as_py() or 0)


def _count_false(values: Any) -> int:
    return len(values) - _count_true(values)


def _array(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _columns(batches: Iterable[pa.RecordBatch], schema: pa.Schema, *names: str) -> pa.Table:
    return pa.Table.from_batches(
        (batch.select(list(names)) for batch in batches),
        pa.schema([schema.field(name) for name in names]),
    )
