"""The rows of incidents: reports that stand alone as they are, the others combined.

Most incidents have one report, and their rows are its columns, whole batches at a time. Only
those of two reports and more are put together one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.merge.columns import flat
from holdfire.merge.doubt import Doubt, least_quantity, maybe_same, most_quantity
from holdfire.merge.facts import Ground, combine
from holdfire.merge.independence import sources
from holdfire.tables import incident, report
from holdfire.terms.vocabulary import Vocabularies

Ints = NDArray[np.int64]

NEEDED = tuple(
    dict.fromkeys(
        [
            "report_id", "source", "file", "outlet", "outlet_side", "event_id", "reported_at",
            "citation",
            *(name for name in incident.SCHEMA.names if name in report.SCHEMA.names),
        ]
    )
)  # fmt: skip
"""The columns of reports that the stage reads. Of rows as they were read it needs a hash only."""
AT_ONCE = 20_000
"""Reports that are held as rows at a time."""
ADDED = (
    "incidents_min", "incidents_expected", "incidents_max", "quantity_least", "quantity_most",
    "maybe_same",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Grouped:
    """All reports (the columns ``NEEDED``), and what is known of them.

    ``group`` is the incident of each, ``copy_of`` the row that its text is a copy of, ``rank`` the
    order in which they were told, ``ids`` the incidents' ids by number.
    """

    reports: pa.Table
    group: Ints
    copy_of: Ints
    rank: Ints
    ids: pa.Array
    doubt: Doubt


def incidents(given: Grouped, words: Vocabularies, ground: Ground) -> Iterator[pa.RecordBatch]:
    """Yield all incidents: those of one report in the reports' order, then the others."""
    size = np.bincount(given.group, minlength=len(given.ids))
    combined = list(_combined(given, size, words, ground))
    added = _added(given, size, combined)
    single = size[given.group] == 1
    start = 0
    for batch in given.reports.to_batches():
        rows = np.arange(start, start + batch.num_rows)
        start += batch.num_rows
        alone = single[rows]
        if alone.any():
            kept = batch if alone.all() else batch.filter(pa.array(alone))
            number = pa.array(given.group[rows[alone]])
            yield _row_by_row(kept, given.ids.take(number), added.take(number))
    for number, facts in combined:
        take = pa.array(number)
        yield _filled(
            {name: facts[name] for name in facts.schema.names}, added.take(take), len(number)
        )


def _row_by_row(batch: pa.RecordBatch, ids: pa.Array, added: pa.RecordBatch) -> pa.RecordBatch:
    outlet = batch.column("outlet")
    count = batch.num_rows
    own: dict[str, Any] = {name: batch.column(name) for name in batch.schema.names}
    own |= {
        "incident_id": ids,
        "report_ids": _lists(batch.column("report_id"), pa.array(np.ones(count, dtype=bool))),
        "outlets": _lists(outlet, pc.is_valid(outlet)),
        "outlet_sides": _lists(batch.column("outlet_side"), pc.is_valid(outlet)),
        "independent": pa.array(np.ones(count, dtype=np.int32)),
        "across_sides": pa.array(np.zeros(count, dtype=bool)),
        "disputed": _lists(outlet, pa.array(np.zeros(count, dtype=bool))),
    }
    return _filled(own, added, count)


def _filled(own: dict[str, Any], added: pa.RecordBatch, count: int) -> pa.RecordBatch:
    columns = [
        (added.column(field.name) if field.name in ADDED else own[field.name]).cast(field.type)
        for field in incident.SCHEMA
    ]
    return pa.RecordBatch.from_arrays(columns, schema=incident.SCHEMA)


def _lists(values: pa.Array, kept: pa.Array) -> pa.Array:
    """Return each value as a list of one, where it is kept; else an empty list."""
    offsets = np.concatenate([[0], np.cumsum(np.asarray(kept))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values.filter(kept).cast(pa.string()))


def _combined(
    given: Grouped, size: Ints, words: Vocabularies, ground: Ground
) -> Iterator[tuple[Ints, pa.RecordBatch]]:
    """Yield incidents of several reports by number, with the columns that are their own."""
    several = np.flatnonzero(size[given.group] > 1)
    order = several[np.lexsort((given.rank[several], given.group[several]))]
    schema = pa.schema([f for f in incident.SCHEMA if f.name not in ADDED] + [_FIGURES])
    at = 0
    while at < len(order):
        upto = min(at + AT_ONCE, len(order))
        while upto < len(order) and given.group[order[upto]] == given.group[order[upto - 1]]:
            upto += 1
        rows = order[at:upto]
        at = upto
        numbers = given.group[rows]
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        told = given.reports.take(pa.array(rows)).to_pylist()
        copies = given.copy_of[rows].tolist()
        ends = [*starts[1:].tolist(), len(rows)]
        made = [
            _one(told[first:last], copies[first:last], words, ground)
            for first, last in zip(starts.tolist(), ends, strict=True)
        ]
        names = given.ids.take(pa.array(numbers[starts])).to_pylist()
        for facts, name in zip(made, names, strict=True):
            facts["incident_id"] = name
        yield numbers[starts], pa.RecordBatch.from_pylist(made, schema=schema)


_FIGURES = pa.field("_figures", pa.list_(pa.float64()))
"""The most of each report's quantity, copies apart: only to work out what the row adds."""


def _one(
    reports: list[dict[str, Any]], copies: list[int], words: Vocabularies, ground: Ground
) -> dict[str, Any]:
    told = sources(reports, copies)
    facts = combine(reports, told.of, words, ground)
    outlets = dict.fromkeys((r["outlet"], r["outlet_side"]) for r in reports if r["outlet"])
    texts = {copy: row for row, copy in reversed(list(zip(reports, copies, strict=True)))}
    unit = facts["quantity_unit"]
    return facts | {
        "report_ids": [row["report_id"] for row in reports],
        "outlets": [outlet for outlet, _ in outlets],
        "outlet_sides": [side for _, side in outlets],
        "independent": told.count,
        "across_sides": told.across,
        "_figures": [
            row["quantity_max"] for row in texts.values() if unit and row["quantity_unit"] == unit
        ],
    }


def _added(
    given: Grouped, size: Ints, combined: list[tuple[Ints, pa.RecordBatch]]
) -> pa.RecordBatch:
    """Return what each incident adds to figures, by its number."""
    count = len(given.ids)
    unit, low, high = np.full(count, -1), np.full(count, np.nan), np.full(count, np.nan)
    single = np.flatnonzero(size[given.group] == 1)
    encoded = flat(given.reports["quantity_unit"]).dictionary_encode()
    named = {name: number for number, name in enumerate(encoded.dictionary.to_pylist())}
    numbers = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    at = given.group[single]
    unit[at] = numbers[single]
    for values, column in ((low, "quantity_min"), (high, "quantity_max")):
        figures = flat(given.reports[column]).to_numpy(zero_copy_only=False)
        values[at] = figures[single]
    for number, facts in combined:
        unit[number] = [named.get(name, -1) for name in facts["quantity_unit"].to_pylist()]
        low[number] = facts["quantity_min"].to_numpy(zero_copy_only=False)
        high[number] = [
            np.nan if figure is None else figure
            for figure in map(
                most_quantity, given.doubt.most[number].tolist(), facts["_figures"].to_pylist(),
                facts["quantity_max"].to_pylist(),
            )
        ]  # fmt: skip
    least = least_quantity(given.doubt, unit, low)
    return pa.RecordBatch.from_arrays(
        [
            pa.array(given.doubt.least), pa.array(given.doubt.expected), pa.array(given.doubt.most),
            pa.array(least, from_pandas=True), pa.array(high, from_pandas=True),
            maybe_same(given.doubt, given.ids),
        ],
        names=list(ADDED),
    )  # fmt: skip
