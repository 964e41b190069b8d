"""Reports written by hand: only what a case is about is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from holdfire.merge.matching import Matched
from holdfire.merge.model import Model
from holdfire.tables import pair, report

Row = dict[str, Any]
NOON = datetime(2031, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

PLAIN: Row = {
    "source": "own", "file": "reports/a.csv", "republish": True, "sensitive": False,
    "outlet": "Gazette", "outlet_side": "north", "occurred_from": NOON, "occurred_to": NOON + HOUR,
    "time_precision": "hour", "lon": 30.0, "lat": 46.0, "radius_m": 1_000.0,
    "place_precision": "village", "act": "shelling", "target": "any-target",
    "weapon": "any-weapon", "responsibility": "unknown", "counting_unit": "incident",
}  # fmt: skip


def told(name: str, **facts: Any) -> Row:
    """Return one report of one and the same shelling, but for what is given."""
    return {**PLAIN, "report_id": f"R-{name}", "raw": f"row {name}", **facts}


def table(*rows: Mapping[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=report.SCHEMA)


def row(**facts: Any) -> Row:
    """Return one report as a row of every column."""
    return dict.fromkeys(report.SCHEMA.names) | told("x", **facts)


def matched(
    reports: pa.Table,
    groups: Sequence[str],
    doubtful: Mapping[tuple[str, str], float] | None = None,
) -> Matched:
    """Return a matching into groups given as words of one-letter reports; the others alone.

    ``doubtful`` are pairs with their probability; two such reports may be one incident.
    """
    ids = [str(one)[2:] for one in reports["report_id"].to_pylist()]
    named = {letter: at for at, group in enumerate(groups) for letter in group}
    group = np.array([named.get(one, len(groups) + at) for at, one in enumerate(ids)])
    open_ = doubtful or {}
    size = {one: sum(named.get(o, o) == named.get(one, one) for o in ids) for one in ids}
    more = {one: sum(one in both for both in open_) for one in ids}
    rows = [
        {"report_a": f"R-{a}", "report_b": f"R-{b}", "probability": p, "joined": False}
        for (a, b), p in open_.items()
    ]
    least = np.array([1.0 / (size[one] + more[one]) for one in ids])
    most = np.array([1.0 / size[one] for one in ids])
    return Matched(
        pairs=pa.Table.from_pylist(rows, schema=pair.SCHEMA),
        group=group.astype(np.int64),
        least=least,
        expected=(least + most) / 2,
        most=most,
        total=(float(least.sum()), float((least + most).sum() / 2), float(most.sum())),
        model=Model(),
    )
