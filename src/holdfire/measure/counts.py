"""Counts as intervals, gathered batch by batch into one small table.

One pass over the findings adds them up by everything that a figure can be asked for: clause,
reading, units, verdicts, who is held responsible, outlet and local days. All figures are
then read off that table, so no figure can disagree with another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.tables.days import first_and_last_day
from holdfire.tables.moment import day_start

KEYS = (
    "clause", "reading", "counting_unit", "quantity_unit", "verdict", "verdict_before",
    "held_responsible", "responsibility", "actors", "decided_by", "outlet", "side",
    "first_day", "last_day",
)  # fmt: skip
SUMS = {
    "rows": "sum", "least": "sum", "expected": "sum", "most": "sum",
    "quantity_least": "sum", "quantity_most": "sum", "no_most": "sum",
    "occurred_from": "min", "occurred_to": "min", "stale_days": "max",
}  # fmt: skip
OPEN_DAY = date(1, 1, 1), date(9999, 12, 31)
"""Stand for a day that is not bounded."""
FOLD_AT = 200_000
OUTLETS = "\x1f"
"""Stands between the outlets of one incident, and between their sides: in no name."""
GRAIN = 2.0**-30
"""Shares are rounded to this, so that their sums are exact and no order of rows shows in them."""


@dataclass
class Counts:
    """Adds up findings. Give it batches in any order and split as you like."""

    tz: ZoneInfo
    informed: Counter[tuple[str, str]] = field(default_factory=Counter)
    informed_before: Counter[tuple[str, str]] = field(default_factory=Counter)
    _covered: dict[tuple[str, str], tuple[datetime, datetime]] = field(default_factory=dict)
    different: Counter[tuple[str, str]] = field(default_factory=Counter)
    _parts: list[pa.Table] = field(default_factory=list)

    def add(self, findings: Sequence[pa.RecordBatch]) -> None:
        """Add all findings of one batch of incidents: one batch per clause and reading."""
        first: dict[str, pa.Array] = {}
        for batch in findings:
            if batch.num_rows == 0:
                continue
            key = (batch.column("clause")[0].as_py(), batch.column("reading")[0].as_py())
            informing = _informing(batch)
            self.informed[key] += _total(informing)
            self._cover(key, batch.filter(informing))
            early = pc.not_equal(batch.column("time_before"), "no")
            self.informed_before[key] += _total(pc.and_(informing, early))
            verdicts = batch.column("verdict").cast(pa.string())
            told = first.setdefault(key[0], verdicts)
            self.different[key] += _total(pc.not_equal(verdicts, told))
            self._parts.append(_summed(_flat(batch, self.tz)))
        if sum(part.num_rows for part in self._parts) > FOLD_AT:
            self._parts = [_folded(self._parts)]

    def covered(self, clause: str, reading: str) -> tuple[datetime, datetime] | None:
        """Return from when to when reports of the clause's own kind reach, in whole local days.

        A report that may be of any day of a month does not cover the month: the span is from
        the first day that one surely was by, to the last day that one surely was on or after.
        """
        found = self._covered.get((clause, reading))
        if found is None:
            return None
        first, last = (moment.astimezone(self.tz).date() for moment in sorted(found))
        return day_start(first, self.tz), day_start(last + timedelta(days=1), self.tz)

    def _cover(self, key: tuple[str, str], informing: pa.RecordBatch) -> None:
        ended = pc.min(informing.column("occurred_to")).as_py()
        begun = pc.max(informing.column("occurred_from")).as_py()
        known = [value for value in (ended, begun) if value is not None]
        if not known:
            return
        ended = (ended or known[0]) - timedelta(microseconds=1)
        begun = begun or known[0]
        old = self._covered.get(key)
        self._covered[key] = (min(ended, old[0]), max(begun, old[1])) if old else (ended, begun)

    def table(self) -> pa.Table:
        """Return the sums so far, sorted by their keys."""
        if not self._parts:
            return pa.table({name: [] for name in (*KEYS, *SUMS)})
        return _folded(self._parts).sort_by([(key, "ascending") for key in KEYS])


def _total(flags: pa.Array) -> int:
    return pc.sum(flags).as_py() or 0


def _informing(batch: pa.RecordBatch) -> pa.Array:
    """Say of each row whether it is surely of a kind the clause prohibits, and may be its own."""
    surely = pc.and_(pc.equal(batch.column("act"), "yes"), pc.equal(batch.column("target"), "yes"))
    maybe = pc.and_(
        pc.not_equal(batch.column("place"), "no"), pc.not_equal(batch.column("actor"), "no")
    )
    return pc.and_(surely, maybe)


def _flat(batch: pa.RecordBatch, tz: ZoneInfo) -> pa.Table:
    concerned = pc.or_(
        pc.not_equal(batch.column("verdict"), "no"),
        pc.not_equal(batch.column("verdict_before"), "no"),
    )
    rows = batch.filter(concerned)
    has_quantity = pc.is_valid(rows.column("quantity_unit"))
    first, last = first_and_last_day(rows.column("occurred_from"), rows.column("occurred_to"), tz)
    text = pa.string()
    columns = {
        **{name: rows.column(name).cast(text) for name in KEYS[:8]},
        "actors": pc.binary_join(rows.column("actors"), "|"),
        "decided_by": rows.column("decided_by").cast(text),
        "outlet": _joined(rows.column("outlets")),
        "side": _joined(rows.column("outlet_sides")),
        "first_day": pc.fill_null(first, OPEN_DAY[0]),
        "last_day": pc.fill_null(last, OPEN_DAY[1]),
        "rows": pc.fill_null(pc.cast(pc.is_valid(rows.column("finding_id")), pa.int64()), 0),
        "least": in_grains(rows.column("incidents_min")),
        "expected": in_grains(rows.column("incidents_expected")),
        "most": in_grains(rows.column("incidents_max")),
        "quantity_least": pc.fill_null(rows.column("quantity_least"), 0.0),
        "quantity_most": pc.fill_null(rows.column("quantity_most"), 0.0),
        "no_most": _flag(pc.and_(has_quantity, pc.is_null(rows.column("quantity_most")))),
        "occurred_from": rows.column("occurred_from"),
        "occurred_to": rows.column("occurred_to"),
        "stale_days": rows.column("stale_days"),
    }
    return pa.table(columns)


def in_grains(values: pa.Array) -> pa.Array:
    """Return what rows add to a count, in grains; a row that does not say adds one."""
    return pc.multiply(pc.round(pc.divide(pc.fill_null(values, 1.0), GRAIN)), GRAIN)


def _joined(lists: pa.Array) -> pa.Array:
    """Return each list as one text; what is not known in it is an empty part."""
    known = pc.fill_null(pc.list_flatten(lists), "")
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    ends = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths)])
    return pc.binary_join(pa.ListArray.from_arrays(ends.cast(pa.int32()), known), OUTLETS)


def _flag(values: pa.Array) -> pa.Array:
    return pc.cast(values, pa.int64())


def _summed(table: pa.Table) -> pa.Table:
    grouped = table.group_by(list(KEYS), use_threads=False).aggregate(list(SUMS.items()))
    return grouped.rename_columns([_plain(name) for name in grouped.column_names])


def _plain(name: str) -> str:
    stem, _, kind = name.rpartition("_")
    return stem if stem in SUMS and SUMS[stem] == kind else name


def _folded(parts: Sequence[pa.Table]) -> pa.Table:
    return _summed(pa.concat_tables(parts))
