"""Daily series of what a clause prohibits, whether the clause applied that day or not.

**Formula.** An incident counts by its answers to every question but that of time: certain where
all are yes, possible where none is no. It belongs to the local day that is the middle of those it
may have fallen on; one that may have fallen on more than ``WIDEST`` days belongs to no day and is
told apart. Of an incident that may lie on either side of the day of effect, its day is not known
well enough: it is possible and never certain.
**Source.** Ours; the questions are those of ``assess``.
**Assumptions.** Taking the middle of two or three days moves an incident by a day at most.
**Units.** Incidents a day, in one counting unit; never across units.
**Refuses** nothing here: days that no report reaches have no exposure, and comparisons refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.measure.counts import in_grains
from holdfire.measure.series import Daily, Floats
from holdfire.tables.days import first_and_last_day

WIDEST = 3
"""Days that an incident may have fallen on and still belong to the middle one."""
KEYS = ("clause", "reading", "unit", "first", "last")
ALWAYS = ("act", "target", "actor", "place")
DAY = timedelta(days=1)


@dataclass
class Dailies:
    """Adds up findings by day. Give it batches in any order and split as you like."""

    tz: ZoneInfo
    _parts: list[pa.Table] = field(default_factory=list)

    def add(self, findings: Iterable[pa.RecordBatch]) -> None:
        """Add findings: rows of ``tables/finding``."""
        for batch in findings:
            if batch.num_rows:
                self._parts.append(self._summed(batch))
        if len(self._parts) > 500:
            self._parts = [_folded(self._parts)]

    def _summed(self, batch: pa.RecordBatch) -> pa.Table:
        certain, possible = whenever(batch)
        first, last = first_and_last_day(
            batch.column("occurred_from"), batch.column("occurred_to"), self.tz
        )
        rows = pa.table({
            "clause": batch.column("clause").cast(pa.string()),
            "reading": batch.column("reading").cast(pa.string()),
            "unit": batch.column("counting_unit"),
            "first": first,
            "last": last,
            "certain": pc.if_else(certain, in_grains(batch.column("incidents_min")), 0.0),
            "possible": pc.if_else(possible, in_grains(batch.column("incidents_max")), 0.0),
        })  # fmt: skip
        return _folded([rows.filter(possible)])

    def units(self, clause: str, reading: str) -> list[str]:
        """Return the counting units of what a clause prohibits, sorted."""
        rows = self._of(clause, reading)
        return sorted(pc.unique(rows["unit"]).to_pylist())

    def _of(self, clause: str, reading: str) -> pa.Table:
        self._parts = [_folded(self._parts)] if self._parts else []
        if not self._parts:
            return pa.table({name: [] for name in (*KEYS, "certain", "possible")})
        whole = self._parts[0]
        wanted = pc.and_(pc.equal(whole["clause"], clause), pc.equal(whole["reading"], reading))
        return whole.filter(wanted)

    def series(
        self, clause: str, reading: str, unit: str, days: tuple[date, date], effect: date,
        *, run_up: date | None = None, breaks: Sequence[date] = (),
    ) -> tuple[Daily, float]:  # fmt: skip
        """Return the series over some days, and the incidents that belong to none of them.

        ``days`` are the first and the last that reports reach. Those from ``run_up`` to the day
        before ``effect`` are left out. The second figure is the most that were told too vaguely.
        """
        rows = self._of(clause, reading)
        rows = rows.filter(pc.equal(rows["unit"], unit))
        count = (days[1] - days[0]).days + 1
        certain, possible, vague = np.zeros(count), np.zeros(count), 0.0
        for row in rows.to_pylist():
            first, last = row["first"], row["last"]
            if first is None or last is None or (last - first).days >= WIDEST:
                vague += row["possible"]
                continue
            at = (first + (last - first) // 2 - days[0]).days
            if 0 <= at < count:
                possible[at] += row["possible"]
                certain[at] += 0.0 if first < effect <= last else row["certain"]
        left_out = np.zeros(count, dtype=np.bool_)
        if run_up is not None:
            places = np.arange(count)
            left_out = (places >= (run_up - days[0]).days) & (places < (effect - days[0]).days)
        exposure: Floats = np.ones(count)
        daily = Daily(days[0], certain, possible, exposure, left_out, tuple(breaks))
        return daily, vague


def whenever(batch: pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
    """Return of each finding whether it is certain, and whether possible, but for its time."""
    certain = pc.equal(batch.column("permitted"), "no")
    possible = pc.not_equal(batch.column("permitted"), "yes")
    for question in ALWAYS:
        certain = pc.and_(certain, pc.equal(batch.column(question), "yes"))
        possible = pc.and_(possible, pc.not_equal(batch.column(question), "no"))
    return certain, possible


def _folded(parts: Sequence[pa.Table]) -> pa.Table:
    grouped = pa.concat_tables(parts).group_by(list(KEYS), use_threads=False)
    sums = grouped.aggregate([("certain", "sum"), ("possible", "sum")])
    sums = sums.rename_columns([*KEYS, "certain", "possible"])
    return sums.sort_by([(key, "ascending") for key in KEYS])
