"""Who says what: each side's reports by whom they accuse, what only one side tells, its totals.

**Formula.** Counts are intervals: the certain alleged violations at least, all that may be one at
most, each with what merging leaves open. An incident counts for every side that has an outlet
that tells of it, so the sides' counts overlap and are not to be added. It is told by one side
alone at least where all its outlets are known to be of that side, at most where none is known to
be of another. Two sides that tell of one incident agree where the reports of each name one
actor, and the same; what was inferred by a rule is nobody's accusation and is not compared.
**Totals.** A claim is a total that somebody stated. Claims over the same days may be the same
violations: what a side claimed is at least the greatest sum of claims whose spans do not overlap,
at most the sum of all. Beside it stands what that side's reports of incidents hold against the
same party. The two count different things and are never added or subtracted.
**Source.** Ours; for sources of two sides of one conflict: Davenport & Ball, *Journal of Conflict
Resolution* 46 (2002).
**Assumptions.** The side of an outlet is as the case's files say; one that is not known stands
apart. An outlet of a side does not always speak for it.
**Units.** The counting unit of the rows, never across units.
**Refuses** nothing: where a side tells of nothing there is no row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from holdfire.measure.counts import GRAIN
from holdfire.measure.tallies import whole
from holdfire.tables.sides import Accused, Agreement, Alone, Sides, Totals

Rows: TypeAlias = "pa.Table | ds.Dataset"
"""A table, or a data set of files: read as it is needed, however many rows it has."""
Row = dict[str, Any]

CLAIM = "claim"
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


def sides(findings: Rows, incidents: Rows, reports: Rows) -> Sides:
    """Return who says what. The three are tables of those names, with their columns or more.

    Memory is that of the different groups, not of the rows, where data sets are given; only
    incidents told of by two sides are held while their reports are looked up.
    """
    # one thread, as in engines/store.py: sums of whole grains make the order not matter at all
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, rows in (("findings", findings), ("incidents", incidents), ("reports", reports)):
            connection.register(name, rows)
        told = connection.sql(_TOLD).to_arrow_table().to_pylist()
        both = connection.sql(_BOTH).to_arrow_table().to_pylist()
        claims = connection.sql(_CLAIMS).to_arrow_table().to_pylist()
    by_side = [{**row, "side": side} for row in told for side in _telling(row)]
    return Sides(
        tuple(_accused(by_side)),
        tuple(_alone(by_side)),
        tuple(_agreement(both)),
        tuple(_totals(claims, by_side)),
    )


_GRAINS = f"""
    CAST(SUM(CAST(ROUND(COALESCE(incidents_min, 1.0) / {GRAIN!r}) AS BIGINT)) AS DOUBLE) AS least,
    CAST(SUM(CAST(ROUND(COALESCE(incidents_max, 1.0) / {GRAIN!r}) AS BIGINT)) AS DOUBLE) AS most
"""
_KNOWN = "COALESCE(LIST_SORT(LIST_DISTINCT(outlet_sides)), [])"
_UNSAID = """
    (COALESCE(LEN(outlet_sides), 0) = 0 OR LEN(outlet_sides) > LIST_COUNT(outlet_sides))
"""
_TOLD = f"""
    SELECT clause, reading, counting_unit AS unit, CAST(verdict AS VARCHAR) AS verdict,
        held_responsible AS accused, COALESCE(responsibility, 'unknown') AS responsibility,
        {_KNOWN} AS known, {_UNSAID} AS unsaid, {_GRAINS}
    FROM findings WHERE verdict <> 'no' AND counting_unit <> '{CLAIM}' GROUP BY ALL
"""
# the right side of a join is the one held: incidents of two sides, never all reports or findings
_BOTH = f"""
    WITH several AS (
        SELECT incident_id, UNNEST(report_ids) AS report_id
        FROM incidents WHERE LEN(LIST_DISTINCT(outlet_sides)) > 1
    ), said AS (
        SELECT incident_id, outlet_side AS side,
            LIST_SORT(LIST_DISTINCT(LIST(
                CASE WHEN responsibility = 'reported' AND LEN(actors) = 1 THEN actors[1] END
            ))) AS accused
        FROM several JOIN reports USING (report_id)
        WHERE outlet IS NOT NULL AND outlet_side IS NOT NULL GROUP BY ALL
    ), told AS (
        SELECT incident_id, LIST(side ORDER BY side) AS sides,
            LIST(accused ORDER BY side) AS accused
        FROM said GROUP BY incident_id
    )
    SELECT clause, reading, counting_unit AS unit, CAST(verdict AS VARCHAR) AS verdict,
        told.sides, told.accused, {_GRAINS}
    FROM told JOIN findings USING (incident_id)
    WHERE verdict <> 'no' AND counting_unit <> '{CLAIM}' GROUP BY ALL
"""
_CLAIMS = f"""
    SELECT DISTINCT clause, reading, held_responsible AS accused, quantity_unit AS unit,
        {_KNOWN} AS known, {_UNSAID} AS unsaid,
        occurred_from, occurred_to, quantity_least AS least, quantity_most AS most
    FROM findings WHERE verdict <> 'no' AND counting_unit = '{CLAIM}'
"""


def _telling(row: Row) -> list[str | None]:
    """Return every side that tells of the incidents of a group, ``None`` for one not known."""
    return [*row["known"], None] if row["unsaid"] else row["known"]


def _accused(rows: list[Row]) -> Iterator[Accused]:
    for key, own in _grouped(
        rows, "clause", "reading", "unit", "side", "accused", "responsibility"
    ):
        certain, possible = _counted(own)
        yield Accused(**key, certain=certain, possible=possible)


def _alone(rows: list[Row]) -> Iterator[Alone]:
    for key, own in _grouped(rows, "clause", "reading", "unit", "side"):
        only = [] if key["side"] is None else [key["side"]]
        most = [row for row in own if row["known"] == only]
        least = [row for row in most if not row["unsaid"]]
        alone = _counted(least)[0], _counted(most)[1]
        yield Alone(**key, alone=alone, told=_counted(own))


def _agreement(groups: list[Row]) -> Iterator[Agreement]:
    rows = [
        {**row, "sides": (one, other), "accused": (tuple(said_one), tuple(said_other))}
        for row in groups
        for (one, said_one), (other, said_other) in combinations(
            zip(row["sides"], row["accused"], strict=True), 2
        )
    ]
    for key, own in _grouped(rows, "clause", "reading", "unit", "sides", "accused"):
        certain, possible = _counted(own)
        yield Agreement(**key, certain=certain, possible=possible)


def _totals(claims: list[Row], rows: list[Row]) -> Iterator[Totals]:
    by_side = [{**row, "side": side} for row in claims for side in _telling(row)]
    traced = {
        tuple(key.values()): tuple(
            (unit["unit"], *_counted(of)) for unit, of in _grouped(own, "unit")
        )
        for key, own in _grouped(rows, "clause", "reading", "side", "accused")
    }
    for key, own in _grouped(by_side, "clause", "reading", "side", "accused", "unit"):
        most = [row["most"] for row in own]
        high = None if None in most else float(sum(sorted(most)))
        low = 0.0 if key["unit"] is None else _disjoint(own)
        beside = traced.get(tuple(key.values())[:-1], ())
        yield Totals(**key, claims=len(own), claimed=(low, high), traced=beside)


def _disjoint(claims: list[Row]) -> float:
    """Return the greatest sum of claims whose spans do not overlap (weighted scheduling)."""
    best = [(EARLIEST, 0.0)]
    spans = sorted(
        (row["occurred_to"] or LATEST, row["occurred_from"] or EARLIEST, row["least"] or 0.0)
        for row in claims
    )
    for ends, begins, least in spans:
        before = next(total for end, total in reversed(best) if end <= begins)
        best.append((ends, max(best[-1][1], before + least)))
    return best[-1][1]


def _counted(rows: Iterable[Row]) -> tuple[int, int]:
    """Return the certain and the possible count; groups hold whole grains of incidents."""
    given = list(rows)
    least = sum(row["least"] for row in given if row["verdict"] == "yes")
    return whole(least * GRAIN), whole(sum(row["most"] for row in given) * GRAIN)


def _grouped(rows: Iterable[Row], *names: str) -> list[tuple[Row, list[Row]]]:
    """Return the rows by what they have under the names, in order of that."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    ordered = sorted(found.items(), key=lambda item: [_rank(value) for value in item[0]])
    return [(dict(zip(names, key, strict=True)), own) for key, own in ordered]


def _rank(value: Any) -> tuple[bool, Any]:
    """Order what is not known last."""
    return (value is None, "" if value is None else value)
