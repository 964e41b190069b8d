"""When incidents happened and were first told, out of the tables of a run.

A report that is given twice tells nothing sooner: what counts is the first report of an incident,
by anybody or by one outlet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.engines.store import query, table
from holdfire.measure import bounded
from holdfire.measure.delay import Days, Delay, by_source, delays
from holdfire.measure.refusal import Refusal
from holdfire.publish.protect import SENSITIVE_OUTLET, Plan
from holdfire.tables.days import first_and_last_day
from holdfire.tables.measured import Lateness
from holdfire.tables.moment import zone
from holdfire.tables.units import merging

NO_DAYS = "no report says both on which day something happened and when it was told"
BY_OUTLET = """
SELECT i.incident_id, i.occurred_from, i.occurred_to, r.report_id, r.reported_at,
  CASE WHEN r.sensitive THEN ? ELSE r.outlet END AS outlet
FROM (
  SELECT incident_id, occurred_from, occurred_to, unnest(report_ids) AS report_id
  FROM {incidents} WHERE list_contains(?, counting_unit)
) i JOIN {reports} r USING (report_id)
WHERE r.reported_at IS NOT NULL
"""


@dataclass(frozen=True)
class Told:
    """Each incident's local day and the day on which each outlet first told of it.

    ``rows`` has ``incident_id``, ``outlet``, ``happened`` and ``told`` (days, never null);
    ``as_of`` is the last day on which anything was told.
    """

    rows: pa.Table
    as_of: date


def told_when(internal: Path, plan: Plan, local_time: str) -> Told | Refusal:
    """Return when things that happened on one known day were told, without what waits."""
    sql = BY_OUTLET.format(
        incidents=table(internal, "incidents"), reports=table(internal, "reports")
    )
    rows = query(sql, SENSITIVE_OUTLET, sorted(merging()))
    for name, ids in (("incident_id", plan.late), ("report_id", plan.dropped_reports)):
        rows = rows.filter(pc.invert(pc.is_in(rows[name], value_set=ids)))
    tz = zone(local_time)
    begins, ends, reported = (
        rows[name].combine_chunks() for name in ("occurred_from", "occurred_to", "reported_at")
    )
    first, last = first_and_last_day(begins, ends, tz)
    told, _ = first_and_last_day(reported, reported, tz)
    known = pc.fill_null(pc.equal(first, last), False)
    columns = [rows["incident_id"], rows["outlet"], first, told]
    names = ["incident_id", "outlet", "happened", "told"]
    days = pa.table(columns, names).filter(known)
    if not days.num_rows:
        return Refusal(NO_DAYS)
    as_of: date = pc.max(told).as_py()
    return Told(_first(days, "incident_id", "outlet", "happened"), as_of)


def delay(told: Told | Refusal, ids: pa.ChunkedArray | None = None) -> Delay | Refusal:
    """Return how late incidents are first told, of all or of those with some ids."""
    if isinstance(told, Refusal):
        return told
    rows = told.rows
    if ids is not None:
        rows = rows.filter(pc.is_in(rows["incident_id"], value_set=ids.combine_chunks()))
    first = _first(rows, "incident_id", "happened")
    return delays(_days(first, "happened"), _days(first, "told"), told.as_of)


def by_outlet(told: Told | Refusal) -> tuple[Lateness, ...]:
    """Return how late each outlet tells of an incident, by name; the unnamed last."""
    if isinstance(told, Refusal):
        return ()
    rows = told.rows
    names = pc.fill_null(rows["outlet"], "").to_pylist()
    found = by_source(names, _days(rows, "happened"), _days(rows, "told"), told.as_of)
    counted = {name: names.count(name) for name in found}
    return tuple(
        Lateness(
            name or None,
            counted[name],
            one.median_days if isinstance(one, Delay) else None,
            bounded.complete_after(one),
        )
        for name, one in sorted(found.items(), key=lambda item: (not item[0], item[0]))
    )


def _first(rows: pa.Table, *keys: str) -> pa.Table:
    grouped = rows.group_by(list(keys), use_threads=False).aggregate([("told", "min")])
    return grouped.rename_columns([*keys, "told"]).sort_by([(key, "ascending") for key in keys])


def _days(rows: pa.Table, name: str) -> Days:
    days: Days = rows[name].to_numpy().astype("datetime64[D]")
    return days
