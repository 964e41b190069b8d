"""Handing the tables of a run to the measures: clause by clause, without what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from holdfire.case import Case
from holdfire.lateness import Told, delay
from holdfire.measure.areas import Added, Located, Within, by_area, within
from holdfire.measure.counts import Counts
from holdfire.measure.dailies import whenever
from holdfire.measure.delay import Delay
from holdfire.measure.hotspots import Placed, hotspots, resolution_for
from holdfire.measure.measured import Asked, instants, measured
from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Floats
from holdfire.measure.sides import sides
from holdfire.measure.spells import Happened, quiet_of_cells
from holdfire.publish.protect import Plan
from holdfire.tables import finding, incident
from holdfire.tables.answer import ClauseAnswer, ClauseTerms
from holdfire.tables.areas import UnitAreas
from holdfire.tables.cells import CellQuiet, Hotspots, UnitCells
from holdfire.tables.measured import Measured
from holdfire.tables.sides import Sides
from holdfire.tables.units import merging

FINEST = 5
"""H3 resolution, cells of some 250 square kilometres: coarser than any place that is published."""
PLACE = ("incident_id", "lon", "lat", "radius_m", "area")
BUSIEST = 12
"""Cells whose quiet is told."""
COLUMNS = (
    "incident_id", "clause", "reading", "verdict", "verdict_before", "act", "target", "actor",
    "place", "permitted", "outlets", "outlet_sides", "independent", "occurred_from", "occurred_to",
    "counting_unit", "incidents_min", "incidents_max",
)  # fmt: skip


def with_measures(
    case: Case, answers: Sequence[ClauseAnswer], terms: Sequence[ClauseTerms], counts: Counts,
    plan: Plan, internal: Path, told: Told | Refusal,
) -> list[ClauseAnswer]:  # fmt: skip
    """Return the answers with their measures; those nothing is known of have none."""
    found, places = [], _places(internal, plan)
    where = _areas(places, case)
    for answer, one in zip(answers, terms, strict=True):
        reported = counts.covered(one.clause, one.reading)
        if reported is None or not answer.informed:
            found.append(answer)
            continue
        rows = _findings(internal, plan, one)
        asked = Asked(
            one, reported, _delay(told, rows), counts.tz,
            breaks=[item.day for item in case.settings.comparison.breaks],
            baseline_days=case.settings.comparison.days, effort=case.effort,
        )  # fmt: skip
        made = measured(rows, asked)
        found.append(replace(
            answer, measured=made, cells=_cells(answer, rows, asked, places),
            areas=_by_area(rows, places, where, case.area_titles),
            caveats=(*answer.caveats, *_provisional(made)),
        ))  # fmt: skip
    return found


def _provisional(made: Sequence[Measured]) -> list[str]:
    """Return what to know of every figure while reports are coming in."""
    days = sorted({late.day for one in made for late in one.provisional})
    if not days:
        return []
    since = f"{days[0]} is" if len(days) == 1 else f"the days from {days[0]} on are"
    return [f"{since} provisional: less than 95 % of what will be reported is expected to be in"]


def _delay(told: Told | Refusal, rows: pa.Table) -> Delay | Refusal:
    """Return how late a clause's own incidents are told; of all, where its own are too few."""
    _, possible = whenever(rows)
    own = delay(told, rows.filter(possible)["incident_id"])
    return delay(told) if isinstance(own, Refusal) else own


def who_says_what(internal: Path, plan: Plan) -> Sides:
    """Return what each side tells, of all but what waits."""
    tables = {name: ds.dataset(internal / f"{name}.parquet") for name in ("incidents", "reports")}
    late = pc.field("incident_id").isin(plan.late)
    findings = ds.dataset(internal / "findings.parquet").filter(~late)
    return sides(findings, tables["incidents"].filter(~late), tables["reports"])


def _cells(
    answer: ClauseAnswer, rows: pa.Table, asked: Asked, places: pa.Table
) -> tuple[UnitCells, ...]:
    """Return the cells of each unit; what is published is never finer than ``FINEST``."""
    if not answer.comparable:
        return ()
    either = pc.or_(pc.not_equal(rows["verdict"], "no"), pc.not_equal(rows["verdict_before"], "no"))
    wanted = rows.filter(either)
    found = []
    for unit in sorted(set(wanted["counting_unit"].to_pylist()) & merging()):
        own = wanted.filter(pc.equal(wanted["counting_unit"], unit))
        placed = _placed(own, places)
        size = min(resolution_for(placed.radius_m), FINEST)
        made = hotspots(placed, answer.days, answer.before_days, resolution=size)
        if isinstance(made, Hotspots):
            found.append(UnitCells(unit, made, quiet=_quiet(made, placed, own, asked)))
        else:
            found.append(UnitCells(unit, None, made.reason))
    return tuple(found)


def _quiet(made: Hotspots, placed: Placed, rows: pa.Table, asked: Asked) -> tuple[CellQuiet, ...]:
    """Return the quiet of the cells that may have most incidents in effect."""
    busiest = sorted(made.cells, key=lambda one: (-one.in_effect.possible, one.cell))[:BUSIEST]
    begins, ends = (
        np.asarray(rows[name].cast(pa.timestamp("us")).to_numpy(), dtype="datetime64[us]")
        for name in ("occurred_from", "occurred_to")
    )
    effect, until = instants(asked)
    inside = placed.most > 0
    happened = Happened(
        placed.lon[inside], placed.lat[inside], placed.radius_m[inside], begins[inside],
        ends[inside], placed.least[inside] > 0,
    )  # fmt: skip
    return quiet_of_cells([one.cell for one in busiest], happened, effect, until)


def _places(internal: Path, plan: Plan) -> pa.Table:
    """Return where incidents are known to have happened as far as the public may know it.

    Cells of exact places would tell more: a lone incident gives its own cell away.
    """
    schema = pa.schema([incident.SCHEMA.field(name) for name in PLACE])
    whole = ds.dataset(internal / "incidents.parquet").to_batches(use_threads=False)
    shown = (batch.select(list(PLACE)) for batch in plan.incidents(whole))
    return pa.Table.from_batches(
        (
            batch.filter(pc.or_(batch["lon"].is_valid(), batch["area"].is_valid()))
            for batch in shown
        ),
        schema,
    )


def _areas(places: pa.Table, case: Case) -> Within | None:
    """Return which incidents may lie in which named area of the case; ``None`` without any."""
    if not case.ground.areas:
        return None
    lon, lat, radius_m = (
        places[name].cast(pa.float64()).to_numpy() for name in ("lon", "lat", "radius_m")
    )
    return within(Located(lon, lat, radius_m, places["area"].to_pylist()), case.ground.areas)


def _by_area(
    rows: pa.Table, places: pa.Table, where: Within | None, titles: Mapping[str, str]
) -> tuple[UnitAreas, ...]:
    """Return the counts of named areas in each unit of things that happened."""
    if where is None:
        return ()
    found = []
    for unit in sorted(set(rows["counting_unit"].to_pylist()) & merging()):
        own = rows.filter(pc.equal(rows["counting_unit"], unit))
        at = pc.fill_null(pc.index_in(own["incident_id"], places["incident_id"]), -1)
        found.append(by_area(unit, Added(at.to_numpy(), *_counts(own)), where, titles))
    return tuple(one for one in found if one.areas)


def _placed(rows: pa.Table, places: pa.Table) -> Placed:
    """Return the places of findings, and what each adds to the two counts."""
    at = pc.index_in(rows["incident_id"], places["incident_id"])
    lon, lat, radius_m = (
        places[name].take(at).cast(pa.float64()).to_numpy() for name in ("lon", "lat", "radius_m")
    )
    return Placed(lon, lat, radius_m, *_counts(rows))


def _counts(rows: pa.Table) -> list[Floats]:
    """Return what each finding adds to a count at least and at most, in effect, then before."""
    least, most = (pc.fill_null(rows[f"incidents_{end}"], 1.0).to_numpy() for end in ("min", "max"))
    given: list[Floats] = []
    for verdict in ("verdict", "verdict_before"):
        said = rows[verdict].cast(pa.string())
        given.append(np.where(pc.equal(said, "yes").to_numpy(), least, 0.0))
        given.append(np.where(pc.equal(said, "no").to_numpy(), 0.0, most))
    return given


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
