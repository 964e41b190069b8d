"""Handing the tables of a run to the measures: clause by clause, without what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from holdfire.case import Case
from holdfire.engines.store import batches, query, table
from holdfire.measure.counts import Counts
from holdfire.measure.delay import Delay, delays
from holdfire.measure.hotspots import Placed, hotspots, resolution_for
from holdfire.measure.measured import Asked, measured
from holdfire.measure.refusal import Refusal
from holdfire.measure.sides import sides
from holdfire.publish.protect import Plan, without
from holdfire.tables import finding
from holdfire.tables.answer import ClauseAnswer, ClauseTerms
from holdfire.tables.cells import Hotspots, UnitCells
from holdfire.tables.days import first_and_last_day
from holdfire.tables.moment import zone
from holdfire.tables.sides import Sides
from holdfire.tables.units import merging

FINEST = 5
"""H3 resolution, cells of some 250 square kilometres: coarser than any place that is published."""
COLUMNS = (
    "incident_id", "clause", "reading", "verdict", "verdict_before", "act", "target", "actor",
    "place", "permitted", "outlets", "outlet_sides", "independent", "occurred_from", "occurred_to",
    "counting_unit", "incidents_min", "incidents_max",
)  # fmt: skip


def with_measures(
    case: Case, answers: Sequence[ClauseAnswer], terms: Sequence[ClauseTerms], counts: Counts,
    plan: Plan, internal: Path,
) -> list[ClauseAnswer]:  # fmt: skip
    """Return the answers with their measures; those nothing is known of have none."""
    delay = _delay(internal, plan, case.agreement.agreement.local_time)
    found = []
    for answer, one in zip(answers, terms, strict=True):
        reported = counts.covered(one.clause, one.reading)
        if reported is None or not answer.informed:
            found.append(answer)
            continue
        asked = Asked(
            one, reported, delay, counts.tz,
            breaks=[item.day for item in case.settings.comparison.breaks],
            baseline_days=case.settings.comparison.days,
        )  # fmt: skip
        rows = _findings(internal, plan, one)
        found.append(
            replace(answer, measured=measured(rows, asked), cells=_cells(answer, rows, internal))
        )
    return found


def who_says_what(internal: Path, plan: Plan) -> Sides:
    """Return what each side tells, of all but what waits."""
    tables = {name: ds.dataset(internal / f"{name}.parquet") for name in ("incidents", "reports")}
    late = pc.field("incident_id").isin(plan.late)
    findings = ds.dataset(internal / "findings.parquet").filter(~late)
    return sides(findings, tables["incidents"].filter(~late), tables["reports"])


def _cells(answer: ClauseAnswer, rows: pa.Table, internal: Path) -> tuple[UnitCells, ...]:
    """Return the cells of each unit; what is published is never finer than ``FINEST``."""
    if not answer.comparable:
        return ()
    asked = pc.or_(pc.not_equal(rows["verdict"], "no"), pc.not_equal(rows["verdict_before"], "no"))
    wanted = rows.filter(asked)
    found = []
    for unit in sorted(set(wanted["counting_unit"].to_pylist()) & merging()):
        own = wanted.filter(pc.equal(wanted["counting_unit"], unit))
        placed = _placed(own, internal)
        size = min(resolution_for(placed.radius_m), FINEST)
        made = hotspots(placed, answer.days, answer.before_days, resolution=size)
        if isinstance(made, Hotspots):
            found.append(UnitCells(unit, made))
        else:
            found.append(UnitCells(unit, None, made.reason))
    return tuple(found)


def _placed(rows: pa.Table, internal: Path) -> Placed:
    """Return the places of findings, and what each adds to the two counts."""
    where = f"SELECT incident_id, lon, lat, radius_m FROM {table(internal, 'incidents')}"
    places = query(f"{where} WHERE lon IS NOT NULL ORDER BY incident_id")
    at = pc.index_in(rows["incident_id"], places["incident_id"])
    lon, lat, radius_m = (
        places[name].take(at).cast(pa.float64()).to_numpy() for name in ("lon", "lat", "radius_m")
    )
    least, most = (pc.fill_null(rows[f"incidents_{end}"], 1.0).to_numpy() for end in ("min", "max"))
    given = []
    for verdict in ("verdict", "verdict_before"):
        said = rows[verdict].cast(pa.string())
        given.append(np.where(pc.equal(said, "yes").to_numpy(), least, 0.0))
        given.append(np.where(pc.equal(said, "no").to_numpy(), 0.0, most))
    return Placed(lon, lat, radius_m, *given)


def _findings(internal: Path, plan: Plan, terms: ClauseTerms) -> pa.Table:
    """Return the findings of one clause under one reading, as public figures may count them."""
    schema = pa.schema([finding.SCHEMA.field(name) for name in COLUMNS])
    return pa.Table.from_batches(_counted(internal, plan, terms), schema)


def _counted(internal: Path, plan: Plan, terms: ClauseTerms) -> Iterator[pa.RecordBatch]:
    rows = ds.dataset(internal / "findings.parquet", format="parquet")
    own = (pc.field("clause") == terms.clause) & (pc.field("reading") == terms.reading)
    for batch in rows.to_batches(columns=list(COLUMNS), filter=own, use_threads=False):
        if batch.num_rows:
            yield plan.counted(batch)


def _delay(internal: Path, plan: Plan, local_time: str) -> Delay | Refusal:
    """Return how late reports of things that happened come, as of the last of them."""
    columns = ("report_id", "occurred_from", "occurred_to", "reported_at", "counting_unit")
    happened, told = [], []
    for whole in batches(internal / "reports.parquet", columns):
        batch = without(whole, "report_id", plan.dropped_reports)
        batch = batch.filter(pc.is_in(batch["counting_unit"], pa.array(sorted(merging()))))
        tz = zone(local_time)
        first, last = first_and_last_day(batch["occurred_from"], batch["occurred_to"], tz)
        day, _ = first_and_last_day(batch["reported_at"], batch["reported_at"], tz)
        known = pc.and_(pc.equal(first, last), pc.is_valid(day))
        happened.append(first.filter(pc.fill_null(known, False)).to_numpy(zero_copy_only=False))
        told.append(day.filter(pc.fill_null(known, False)).to_numpy(zero_copy_only=False))
    if not sum(map(len, told)):
        return Refusal("no report says both on which day something happened and when it was told")
    reported = np.concatenate(told).astype("datetime64[D]")
    as_of = reported.max().astype(datetime)
    return delays(np.concatenate(happened).astype("datetime64[D]"), reported, as_of)
